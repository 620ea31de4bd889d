"""Whom to invite on a topic, and why each of them is on the list (S102)."""

from datetime import date
from typing import Any

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.audit.history import history_of
from buendnisnetz.network.domain.memberships import end_membership
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.partnering.domain.queries import invitations
from buendnisnetz.partnering.domain.resources import save_profile
from buendnisnetz.partnering.enums import Topic
from buendnisnetz.partnering.models import GroupInterest, InterestProfile
from buendnisnetz.ui.jinja import url
from tests.factories.network import (
    make_alliance,
    make_group,
    make_group_member,
    make_membership,
    make_organisation,
    make_user,
)
from tests.factories.partnering import TODAY, make_contact
from tests.factories.territories import make_district, make_municipality
from tests.network.views.reading import rows_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make_alliance("Bündnis Mitte")


def member(alliance: Any, name: str, *topics: Topic, **facts: Any) -> InterestProfile:
    body = make_organisation(name, **facts)
    make_membership(alliance, body)
    return profile(body, *topics)


def profile(body: Any, *topics: Topic, on: date = TODAY, groups: Any = ()) -> InterestProfile:
    return save_profile(organisation=body, topics=topics, groups=groups, actor=None, today=on)


def names(**values: Any) -> list[str]:
    rows = invitations.narrowed(InterestProfile.objects.exclude(topics=[]), values, TODAY)
    return list(
        rows.order_by("organisation__sort_key").values_list("organisation__name", flat=True)
    )


class TestGroups:
    """Working groups and committees that a member wants to hear of."""

    def test_since_when_stays_and_what_is_no_longer_wanted_goes(self, alliance):
        body = member(alliance, "Haus").organisation
        kept, left = make_group("Bleibt", alliance=alliance), make_group("Geht", alliance=alliance)
        profile(body, on=date(2026, 1, 5), groups=[kept, left])
        profile(body, groups=[kept])
        row = GroupInterest.objects.get()
        assert (row.organisation, row.working_group, row.since) == (body, kept, date(2026, 1, 5))

    def test_those_of_its_alliances_and_of_the_state_can_be_chosen(self, alliance):
        body = member(alliance, "Haus").organisation
        make_group("Eigene", alliance=alliance)
        make_group("Landesweit", alliance=None)
        make_group("Beendet", alliance=alliance, valid_to=date(2026, 1, 1))
        far = make_group("Fremde", alliance=make_alliance("Anderes"))
        office = make_user(Role.STATE_COORDINATION)

        def not_wanted() -> set[str]:
            rows = invitations.groups_to_choose(body, office, TODAY)
            assert [row.name for row in rows] == sorted(row.name for row in rows)
            return {row.name for row in rows if not row.is_wanted}

        assert not_wanted() == {"Eigene", "Landesweit"}
        profile(body, groups=[far])
        assert not_wanted() == {"Eigene", "Landesweit"}
        (wanted,) = [
            row for row in invitations.groups_to_choose(body, office, TODAY) if row.is_wanted
        ]
        assert (wanted.pk, wanted.name) == (far.pk, "Fremde")

    def test_chosen_and_seen_on_the_pages(self, alliance, as_user):
        body = member(alliance, "Haus").organisation
        group = make_group("Ausschuss Soziales", alliance=alliance)
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))
        address = url("partnering:profile_edit", body.public_id)
        assert "Ausschuss Soziales" in text_of(client.get(address))
        client.post(address, {"groups": [str(group.pk)]})
        assert GroupInterest.objects.get().working_group == group
        page = client.get(url("partnering:invitation_list"), {"group": group.public_id})
        ((name, *_rest, why),) = rows_of(page)
        assert name == "Haus"
        assert why.startswith("Möchte von der Arbeitsgruppe Ausschuss Soziales hören")


class TestProfile:
    def test_it_is_one_row_that_changes_with_its_day(self):
        body = make_organisation()
        first = profile(body, Topic.HOUSING, on=date(2026, 1, 5))
        changed = profile(body, Topic.MOBILITY, Topic.CHILDCARE)
        assert first.pk == changed.pk
        row = InterestProfile.objects.get()
        assert (row.topics, row.changed_on) == ([Topic.MOBILITY, Topic.CHILDCARE], TODAY)

    def test_what_it_was_before_stays_in_the_history(self):
        body = make_organisation()
        profile(body, Topic.HOUSING)
        row = profile(body, Topic.MOBILITY)
        told = str([change for event in history_of(row) for change in event.changes])
        assert "Wohnen" in told or "HOUSING" in told

    def test_it_can_be_emptied(self):
        row = profile(profile(make_organisation(), Topic.HOUSING).organisation)
        assert row.topics == []
        assert list(invitations.profiles_for(make_user(Role.STATE_COORDINATION))) == []


class TestList:
    def test_only_members_of_today_who_asked_for_the_topic(self, alliance):
        member(alliance, "Will", Topic.HOUSING, Topic.MOBILITY)
        member(alliance, "Will anderes", Topic.CHILDCARE)
        profile(make_organisation("Kein Mitglied"), Topic.HOUSING)
        left = member(alliance, "Ging", Topic.HOUSING).organisation
        end_membership(
            membership=left.memberships.get(), last_day=date(2026, 1, 1), reason="", actor=None
        )
        assert names(topic="HOUSING") == ["Will"]
        assert names() == ["Will", "Will anderes"]

    def test_an_organisation_that_ended_is_not_invited(self, alliance):
        gone = member(alliance, "Aufgelöst", Topic.HOUSING).organisation
        gone.valid_to = date(2026, 6, 1)
        gone.save()
        assert names() == []

    def test_narrowed_by_alliance_district_and_kind(self, alliance):
        district = make_district("16070")
        member(
            alliance, "Hier", Topic.HOUSING,
            territory=make_municipality(district), kind=OrganisationKind.COMPANY,
        )  # fmt: skip
        member(make_alliance("Anderes"), "Dort", Topic.HOUSING, kind=OrganisationKind.CHURCH)
        assert names(alliance=alliance.slug) == ["Hier"]
        assert names(district="16070") == ["Hier"]
        assert names(kind="CHURCH") == ["Dort"]
        assert names(alliance="office") == ["Dort", "Hier"]

    def test_the_same_are_counted_as_are_read(self, alliance):
        member(alliance, "Will", Topic.HOUSING)
        twice = member(alliance, "Zweimal", Topic.HOUSING).organisation
        make_membership(make_alliance("Anderes"), twice)
        member(alliance, "Will nichts")
        profile(make_organisation("Kein Mitglied"), Topic.HOUSING)
        ended = member(alliance, "Beendet", Topic.HOUSING).organisation
        ended.valid_to = TODAY
        ended.save()
        rows = invitations.profiles_for(make_user(Role.STATE_COORDINATION))
        for asked in ({}, {"alliance": alliance.slug}):
            read = invitations.narrowed(rows, asked, TODAY)
            counted = invitations.narrowed(rows, asked, TODAY, to_count=True)
            assert {row.organisation.name for row in read} == {"Will", "Zweimal"}
            assert sorted(row.pk for row in counted) == sorted(row.pk for row in read)

    def test_by_a_group_also_without_a_topic(self, alliance):
        group = make_group("Ausschuss Soziales", alliance=alliance)
        made = member(alliance, "Nur Gruppe")
        member(alliance, "Nur Thema", Topic.HOUSING)
        profile(made.organisation, groups=[group])
        office = make_user(Role.STATE_COORDINATION)
        assert set(invitations.profiles_for(office)) == set(InterestProfile.objects.all())
        rows = invitations.narrowed(
            invitations.profiles_for(office), {"group": group.public_id}, TODAY
        )
        assert list(rows) == [made]
        wanted = [(group.public_id, "Ausschuss Soziales")]
        for own, is_office, expected in (
            ([], True, wanted), ([alliance.pk], False, wanted), ([make_alliance("Anderes").pk], False, []),
        ):  # fmt: skip
            found = invitations.groups_wanted(own=own, office=is_office, today=TODAY)
            assert found == expected

    def test_hundreds_of_groups_are_narrowed_by_the_alliance(self, alliance, monkeypatch):
        monkeypatch.setattr(invitations, "MOST_GROUPS_OFFERED", 2)
        other = make_alliance("Anderes")
        first, second = (make_group(name, alliance=alliance) for name in ("A", "B"))
        state = make_group("Z", alliance=None)
        far = make_group("C", alliance=other)
        profile(member(alliance, "Haus").organisation, groups=[first, second, state])
        profile(member(other, "Hof").organisation, groups=[far])

        def offered(**asked: str) -> list[str]:
            rows = invitations.groups_wanted(own=[], office=True, today=TODAY, **asked)
            return [name for _key, name in rows]

        assert offered() == ["A", "Z"]
        assert offered(group=far.public_id) == ["C", "Z"]
        assert offered(asked=other.slug) == ["C"]

    def test_who_may_make_a_list_of_whom(self, alliance):
        own = member(alliance, "Eigenes", Topic.HOUSING)
        other = member(make_alliance("Anderes"), "Fremdes", Topic.HOUSING)
        coordinator = make_user(Role.ALLIANCE_COORDINATOR, alliance)
        assert list(invitations.profiles_for(coordinator)) == [own]
        assert set(invitations.profiles_for(make_user(Role.STATE_COORDINATION))) == {own, other}


class TestReasons:
    def reasons(self, topic: str = "") -> dict[str, list[str]]:
        rows = InterestProfile.objects.values("organisation", "topics", "changed_on")
        found = invitations.reasons_of(rows, topic, TODAY)
        bodies = InterestProfile.objects.in_bulk(list(found), field_name="organisation_id")
        return {bodies[pk].organisation.name: texts for pk, texts in found.items()}

    def test_each_line_says_why(self, alliance):
        body = member(alliance, "Haus", Topic.HOUSING, Topic.CHILDCARE).organisation
        make_group_member(make_group("AG Wohnen", alliance=alliance), body)
        make_group_member(make_group("AG Pflege", alliance=alliance, topic="Pflege"), body)
        assert self.reasons("HOUSING") == {
            "Haus": [
                "Möchte hören von: Wohnen (Stand 23.11.2026).",
                "Mitglied bei Bündnis Mitte.",
                "Sitzt in der Arbeitsgruppe AG Wohnen.",
            ]
        }

    def test_without_a_topic_all_of_them_are_named(self, alliance):
        body = member(alliance, "Haus", Topic.HOUSING, Topic.CHILDCARE).organisation
        make_group_member(make_group("AG Irgendwas", alliance=alliance), body)
        texts = self.reasons()["Haus"]
        assert (
            texts[0] == "Möchte hören von: Kinderbetreuung und Ferien, Wohnen (Stand 23.11.2026)."
        )
        assert texts[-1] == "Sitzt in der Arbeitsgruppe AG Irgendwas."

    def test_a_group_that_it_wants_to_hear_of_is_a_reason(self, alliance):
        group = make_group("Ausschuss Soziales", alliance=alliance)
        body = member(alliance, "Haus").organisation
        profile(body, Topic.CHILDCARE, groups=[group])
        # Asked for another topic, the group alone says why it is here.
        assert self.reasons("HOUSING")["Haus"] == [
            "Möchte von der Arbeitsgruppe Ausschuss Soziales hören (seit 23.11.2026).",
            "Mitglied bei Bündnis Mitte.",
        ]

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow(self, alliance, number, django_assert_num_queries):
        for row in range(number):
            member(alliance, f"Haus {row}", Topic.HOUSING)
        rows = list(InterestProfile.objects.values("organisation", "topics", "changed_on"))
        with django_assert_num_queries(1):
            invitations.reasons_of(rows, "", TODAY)


class TestAddresses:
    def test_an_official_contact_before_others_and_none_without_an_address(self):
        body, other, silent = make_organisation(), make_organisation(), make_organisation()
        official = make_contact(body, email="offiziell@haus.example")
        make_contact(body, email="spaeter@haus.example")
        internal = make_contact(other, email="intern@haus.example")
        type(internal).objects.filter(pk=internal.pk).update(is_contact=False)
        make_contact(silent)
        silent.posts.update(email="")
        found = invitations.addresses_of([body.pk, other.pk, silent.pk], TODAY)
        assert {pk: row["email"] for pk, row in found.items()} == {
            body.pk: "offiziell@haus.example",
            other.pk: "intern@haus.example",
        }
        assert found[body.pk]["public_id"] == official.public_id

    def test_ended_posts_are_not_written_to(self):
        body = make_organisation()
        ended = make_contact(body, email="alt@haus.example")
        ended.valid_to = date(2026, 1, 1)
        ended.save()
        assert invitations.addresses_of([body.pk], TODAY) == {}
