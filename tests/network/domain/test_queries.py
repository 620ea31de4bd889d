"""Reading by day, by user and by name."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.domain import organisations, people
from buendnisnetz.network.domain.queries import alliances, choices, holders, listed
from buendnisnetz.network.domain.queries import organisations as organisation_queries
from buendnisnetz.network.domain.queries import people as people_queries
from buendnisnetz.network.domain.queries import posts as post_queries
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.models import (
    Alliance,
    MovedAddress,
    Organisation,
    Person,
    Post,
    Term,
    WorkingGroup,
)
from buendnisnetz.territories.enums import ChamberKind
from tests.factories.network import (
    TODAY,
    agree,
    make_alliance,
    make_group,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.territories import make_chamber, make_district, make_municipality

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def test_posts_of_a_user_today():
    person, user = make_person(), make_user()
    people.link_user(person=person, user=user, actor=None)
    now = make_term(person=person)
    make_term(person=person, valid_to=date(2021, 1, 1))
    make_term()
    assert holders.posts_of(user, TODAY) == [now.post_id]
    assert holders.posts_of(NOBODY, TODAY) == []
    assert holders.posts_of(None, TODAY) == []


def test_current_contact_of_an_alliance():
    alliance = make_alliance()
    assert holders.current_contact(alliance, TODAY) is None
    vacant = make_post(alliance)
    assert holders.current_contact(alliance, TODAY) == (vacant, [])
    official = make_post(alliance, is_contact=True)
    term = make_term(official)
    assert holders.current_contact(alliance, TODAY) == (official, [term])
    contact = listed.details_of([alliance.pk], TODAY)[alliance.pk].contact
    assert contact == (official.public_id, official.title)


def test_parts_of_an_organisations_history():
    body, user = make_organisation(), make_user(Role.STATE_COORDINATION)
    organisations.add_alias(organisation=body, name="Sozialwerk", actor=None)
    post, membership = make_post(body), make_membership(organisation=body)
    MovedAddress.objects.create(public_id="weg", old_key=4711, organisation=body)
    make_post(make_organisation())
    parts = organisation_queries.parts_of(body, user)
    assert set(parts) == {body.aliases.get(), membership, post, Organisation(pk=4711)}


def test_people_of_an_organisation_on_a_day():
    body = make_organisation()
    past = make_term(make_post(body, "B"), valid_to=date(2021, 1, 1))
    now = make_term(make_post(body, "A"))
    assert holders.people_of(body, date(2020, 6, 1)) == [now, past]
    assert holders.people_of(body, TODAY) == [now]


def test_people_to_find_again_when_a_body_ended():
    body = make_organisation()
    make_term(make_post(body), valid_to=date(2017, 1, 1), valid_from=None)
    left = make_term(make_post(body), valid_from=None)
    organisations.end_organisation(
        organisation=body, last_day=date(2018, 12, 31), successor=None, actor=None
    )
    body.refresh_from_db()
    keeper = make_user(Role.STATE_COORDINATION)
    assert list(organisation_queries.people_to_find_again(body, keeper)) == [left]


def test_chambers_of_an_alliance_by_its_districts():
    district, other = make_district(), make_district()
    ihk = make_chamber(district)
    make_chamber(other, ChamberKind.HWK, "HWK Anderswo")
    town = make_municipality(district)
    found = alliances.chambers_of(make_alliance(territory=town), TODAY)
    assert [row.chamber for row in found] == [ihk]


def test_alliances_in_a_district():
    district, other = make_district(), make_district()
    inside = make_alliance(territory=make_municipality(district))
    make_alliance(territory=other)
    rows = alliances.narrowed(Alliance.objects.all(), {"district": district.ags}, TODAY)
    assert list(rows) == [inside]


def test_people_narrowed_by_what_they_hold():
    district = make_district()
    body = make_organisation(territory=make_municipality(district))
    planner = make_term(make_post(body, kind=PostKind.SOCIAL_PLANNER)).person
    former = make_term(valid_to=date(2021, 1, 1)).person

    def narrowed(**values: str) -> list[Person]:
        return list(people_queries.narrowed(Person.objects.order_by("pk"), values, TODAY))

    assert narrowed() == [planner, former]
    assert narrowed(kind="SOCIAL_PLANNER") == [planner]
    assert narrowed(district=district.ags) == [planner]
    assert narrowed(terms="current") == [planner]
    assert narrowed(terms="none") == [former]


def test_posts_narrowed():
    district = make_district()
    contact = make_post(make_alliance(territory=district), is_contact=True)
    held = make_term(make_post(make_organisation(territory=district))).post
    planner = make_post(district, kind=PostKind.SOCIAL_PLANNER)

    def narrowed(**values: str) -> list[Post]:
        return list(post_queries.narrowed(Post.objects.order_by("pk"), values, TODAY))

    assert narrowed() == [contact]
    assert narrowed(which="all") == [contact, held, planner]
    assert narrowed(which="vacant") == [contact, planner]
    assert narrowed(which="all", district=district.ags) == [contact, held, planner]
    assert narrowed(which="all", kind="SOCIAL_PLANNER") == [planner]


class TestVisibility:
    def test_public_sees_only_what_is_public(self):
        hidden = make_alliance(is_public=False)
        shown = make_alliance()
        make_organisation(is_public=False)
        body = make_organisation()
        make_group("versteckt", alliance=hidden)
        groups = [make_group("offen", alliance=shown), make_group("Land")]
        assert list(Alliance.objects.visible_to(NOBODY)) == [shown]
        assert list(Organisation.objects.visible_to(NOBODY)) == [body]
        assert list(WorkingGroup.objects.visible_to(NOBODY).order_by("pk")) == groups

    def test_public_sees_contacts_of_public_bodies(self):
        make_post(make_organisation(is_public=False), is_contact=True)
        make_post(make_alliance(is_public=False), is_contact=True)
        make_post(make_organisation())
        shown = [
            make_post(scope, is_contact=True)
            for scope in (make_organisation(), make_alliance(), make_group(), make_district())
        ]
        assert list(Post.objects.visible_to(NOBODY).order_by("pk")) == shown

    def test_public_sees_names_only_with_consent(self):
        post = make_post(is_contact=True, is_shared=True)
        agreed, silent = make_term(post), make_term(post)
        agree(agreed.person)
        assert list(Term.objects.visible_to(NOBODY)) == [agreed]
        assert holders.names_of_holders([post.pk], TODAY, NOBODY) == {
            post.pk: agreed.person.full_name()
        }
        assert list(Person.objects.visible_to(NOBODY)) == [agreed.person]
        keeper = make_user(Role.STATE_COORDINATION)
        assert silent in Term.objects.visible_to(keeper)

    @pytest.mark.parametrize("withdrawn", [date(2024, 1, 1), TODAY])
    def test_withdrawn_consent_hides_the_name(self, withdrawn, time_machine):
        time_machine.move_to("2026-11-22T12:00:00+00:00")
        term = make_term(make_post(is_contact=True))
        agree(term.person)
        people.withdraw_consent(person=term.person, kind="PUBLIC_NAME", on=withdrawn, actor=None)
        assert list(Term.objects.visible_to(NOBODY)) == []

    def test_coordinator_sees_own_alliance_with_members(self):
        alliance, other = make_alliance(), make_alliance()
        member = make_membership(alliance).organisation
        group = make_group(alliance=alliance)
        own = [make_post(scope) for scope in (alliance, group, member)]
        make_post(other)
        make_post(make_membership(other).organisation)
        user = make_user(Role.ALLIANCE_COORDINATOR, alliance)
        assert list(Post.objects.visible_to(user).order_by("pk")) == own

    def test_member_and_chamber_see_their_house(self):
        body = make_organisation()
        own, contact = make_post(body), make_post(is_contact=True)
        make_post()
        for role in (Role.MEMBER, Role.CHAMBER):
            user = make_user(role, body)
            assert list(Post.objects.visible_to(user).order_by("pk")) == [own, contact]

    def test_planner_sees_the_district(self):
        district, other = make_district(), make_district()
        town = make_municipality(district)
        scopes = (
            district, town, make_organisation(territory=town),
            make_organisation(territory=district), make_alliance(territory=district),
        )  # fmt: skip
        own = [make_post(scope) for scope in scopes]
        make_post(other)
        user = make_user(Role.DISTRICT_PLANNER, district)
        assert list(Post.objects.visible_to(user).order_by("pk")) == own

    def test_ministry_sees_contacts_only(self):
        contact = make_post(is_contact=True)
        make_post()
        assert list(Post.objects.visible_to(make_user(Role.MINISTRY))) == [contact]


class TestChoosing:
    def _chosen(self, kind, typed):
        return choices.chosen(kind, typed, make_user(Role.STATE_COORDINATION), TODAY)

    def test_by_id_by_text_and_by_name(self):
        body = make_organisation("Musterwerk", city="Musterstadt")
        text = choices.option_text("organisationen", body)
        assert text == f"Musterwerk (Musterstadt) [{body.public_id}]"
        for typed in (text, body.public_id, "Musterwerk", "musterwerk", "Musterwerk (Musterstadt)"):
            assert self._chosen("organisationen", typed) == (body, [])

    def test_the_same_name_twice_is_a_question(self):
        pair = {make_organisation("Musterwerk"), make_organisation("Musterwerk")}
        row, meant = self._chosen("organisationen", "Musterwerk")
        assert (row, set(meant)) == (None, pair)

    def test_typing_error_is_a_question(self):
        body = make_organisation("Kinderbetreuung Musterstadt")
        assert self._chosen("organisationen", "Kinderbetreung") == (None, [body])

    def test_nothing_fits(self):
        assert self._chosen("organisationen", "Xylophon") == (None, [])
        assert self._chosen("organisationen", "") == (None, [])

    def test_every_kind_can_be_chosen(self):
        rows = {
            "organisationen": make_organisation("Auswahl A"),
            "personen": make_person("Auswahl"),
            "gebiete": make_district(name="Auswahlkreis"),
            "buendnisse": make_alliance("Auswahl B"),
            "stellen": make_post(make_organisation("Auswahl C"), "Auswahlstelle"),
            "konten": make_user(email="auswahl@example.org"),
        }
        for kind, row in rows.items():
            assert self._chosen(kind, choices.option_text(kind, row)) == (row, [])

    def test_options_need_a_letter_and_are_few(self):
        for number in range(25):
            make_organisation(f"Musterwerk {number}")
        user = make_user(Role.STATE_COORDINATION)
        assert choices.options("organisationen", "", user, TODAY) == []
        assert len(choices.options("organisationen", "muster", user, TODAY)) == 20

    def test_hidden_rows_cannot_be_chosen(self):
        body = make_organisation("Geheim", is_public=False)
        assert choices.chosen("organisationen", body.public_id, NOBODY, TODAY) == (None, [])

    def test_ended_rows_are_not_offered(self):
        body = make_organisation("Vergangen")
        organisations.end_organisation(
            organisation=body, last_day=date(2018, 1, 1), successor=None, actor=None
        )
        assert self._chosen("organisationen", "Vergangen") == (None, [])

    def test_accounts_are_found_by_name_and_address(self):
        user = make_user(email="nora@example.org")
        keeper = make_user(Role.STATE_COORDINATION)
        for typed in ("nora@", user.display_name):
            assert user in choices.options("konten", typed, keeper, TODAY)
        assert choices.options("konten", "nora@", make_user(Role.MINISTRY), TODAY) == []
