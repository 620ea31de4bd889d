"""The lists: how many questions they ask the database, how they narrow, and how they leave as files."""

from datetime import timedelta

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.partnering.domain import exchanges, hand_overs, introductions, resources
from buendnisnetz.partnering.domain import stakeholders as stakeholder_domain
from buendnisnetz.partnering.enums import (
    Audience,
    InvitationAnswer,
    PlaceSize,
    PracticeField,
    Stage,
)
from buendnisnetz.partnering.models import PracticeCard
from buendnisnetz.territories.enums import ChamberKind
from tests.factories.meetings import attend, make_meeting
from tests.factories.network import (
    make_alliance,
    make_group,
    make_membership,
    make_organisation,
    make_user,
)
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_benefit,
    make_booking,
    make_chamber_post,
    make_contact,
    make_introduction,
    make_practice,
    make_prospect,
    make_resource,
    make_stakeholder,
    make_wish,
)
from tests.factories.territories import make_chamber, make_district, make_municipality
from tests.network.views.reading import csv_of, rows_of, text_of, xlsx_of
from tests.partnering.views.world import fill

pytestmark = pytest.mark.django_db

# How many queries each list may ask, whatever it holds.
LISTS = {
    "/partner/": 5,
    "/partner/nutzen/": 3,
    "/partner/nutzen/pflege/": 3,
    "/partner/beispiele/": 4,
    "/partner/stakeholder/": 4,
    "/partner/vermittlungen/": 3,
    "/partner/kammern/": 6,
    "/partner/austausch/": 3,
    "/partner/ressourcen/": 4,
    "/partner/gesuche/": 4,
    "/partner/einladungsliste/": 7,
}


@pytest.fixture
def office(as_user) -> Client:
    return as_user(make_user(Role.STATE_COORDINATION))


def names(client: Client, address: str) -> list[str]:
    return [row[0] for row in rows_of(client.get(address))]


# Each test goes through all lists, for to fill them takes longer than to read them.
@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_rows(office, django_assert_max_num_queries, number):
    fill(number)
    asked, shown = {}, {}
    for address in LISTS:
        office.get(address)
        with django_assert_max_num_queries(12) as found:
            response = office.get(address)
        asked[address], shown[address] = len(found), len(rows_of(response))
    assert asked == LISTS
    assert min(shown.values()) >= number


def test_exports_hold_the_rows_of_the_page(office):
    fill(3)
    for address in LISTS:
        page = names(office, address)
        as_csv = csv_of(office.get(f"{address}?format=csv"))
        assert as_csv == xlsx_of(office.get(f"{address}?format=xlsx"))
        # A second line of a cell stands behind a dot there.
        assert [row[0].split(" · ")[0] for row in as_csv[1:]] == page
        assert len(page) >= 3


@pytest.mark.parametrize("address", sorted(LISTS))
def test_an_empty_list_says_so_and_a_search_too(office, address):
    assert rows_of(office.get(address)) == []
    assert office.get(f"{address}?q=Gibt+es+nicht").status_code == 200


def test_every_column_sorts_both_ways(office):
    fill(2)
    for address in LISTS:
        page = office.get(address).content.decode()
        keys = {part.split('"')[0].split("&")[0] for part in page.split("sort=")[1:]}
        assert keys
        for key in keys:
            assert office.get(f"{address}?sort={key.lstrip('-')}").status_code == 200
            assert office.get(f"{address}?sort=-{key.lstrip('-')}").status_code == 200


class TestProspects:
    def test_it_says_how_far_what_next_and_for_whom(self, office):
        alliance = make_alliance("Bündnis Mitte")
        make_prospect(
            "Optik Muster", alliance=alliance, now=NOW - timedelta(days=61),
            territory=make_municipality(make_district(), "Musterdorf"),
        )  # fmt: skip
        text = text_of(office.get("/partner/"))
        for words in (
            "Optik Muster",
            "vorgemerkt",
            "Bündnis Mitte",
            "Musterdorf",
            "61 Tage ohne Schritt",
        ):
            assert words in text

    def test_a_search_finds_by_name(self, office):
        make_prospect("Optik Muster")
        make_prospect("Tischlerei Beispiel")
        assert names(office, "/partner/?q=tischl") == ["Tischlerei Beispiel"]

    def test_narrowed_by_stage_side_place_and_silence(self, office):
        alliance = make_alliance("Mitte")
        place = make_municipality(make_district("16070"))
        make_prospect("Hier", Stage.TALK, alliance=alliance, territory=place)
        make_prospect("Still", now=NOW - timedelta(days=90))
        make_prospect("Nein", Stage.DECLINED)
        assert set(names(office, "/partner/")) == {"Hier", "Still"}
        assert names(office, "/partner/?stage=TALK") == ["Hier"]
        assert names(office, "/partner/?stage=DECLINED") == ["Nein"]
        assert len(names(office, "/partner/?stage=all")) == 3
        assert names(office, f"/partner/?alliance={alliance.slug}") == ["Hier"]
        assert names(office, "/partner/?alliance=office") == ["Still"]
        assert names(office, "/partner/?district=16070") == ["Hier"]
        assert names(office, "/partner/?silent=on") == ["Still"]

    def test_a_chamber_sees_what_was_handed_over_without_steps_and_reasons(self, as_user):
        post = make_chamber_post(make_chamber(make_district()))
        handed = make_prospect("Übergeben", now=NOW - timedelta(days=90))
        make_prospect("Nicht übergeben")
        hand_overs.hand_over(prospect=handed, post=post, consent_words="Ja.", actor=None, now=NOW)
        client = as_user(make_user(Role.CHAMBER, post.organisation))
        response = client.get("/partner/")
        assert [row[0] for row in rows_of(response)] == ["Übergeben"]
        assert "90 Tage ohne Schritt" not in text_of(response)
        assert client.get("/partner/tafel/").status_code == 403

    @pytest.mark.parametrize("role", [Role.MINISTRY, Role.MEMBER, Role.DISTRICT_PLANNER])
    def test_nobody_else_gets_the_list(self, as_user, role):
        scope = {Role.MEMBER: make_organisation, Role.DISTRICT_PLANNER: make_district}.get(role)
        client = as_user(make_user(role, scope() if scope else None))
        assert client.get("/partner/").status_code == 403


class TestBenefits:
    def test_visitors_see_what_is_published_with_its_source(self, client):
        make_benefit("Weniger Fehltage", source_title="Umfrage 2023")
        make_benefit("Entwurf", is_published=False)
        response = client.get("/partner/nutzen/")
        assert [row[0] for row in rows_of(response)] == ["Weniger Fehltage"]
        assert "Umfrage 2023" in text_of(response)

    def test_narrowed_by_audience(self, client):
        make_benefit("Für Betriebe")
        make_benefit("Für Gemeinden", audience=Audience.MUNICIPALITY)
        assert names(client, "/partner/nutzen/?audience=MUNICIPALITY") == ["Für Gemeinden"]

    def test_the_office_finds_drafts_and_what_is_to_be_checked_again(self, office):
        make_benefit("Frisch")
        make_benefit("Alt", checked_on=TODAY - timedelta(days=400))
        make_benefit("Entwurf", is_published=False)
        assert names(office, "/partner/nutzen/pflege/?which=outdated") == ["Alt"]
        assert names(office, "/partner/nutzen/pflege/?which=draft") == ["Entwurf"]
        assert len(names(office, "/partner/nutzen/pflege/")) == 3
        assert "prüfen" in text_of(office.get("/partner/nutzen/pflege/"))

    def test_examples_are_found_by_field_size_and_place(self, client):
        town = make_municipality(make_district("16070"))
        bank = make_practice("Bank", territory=town)
        PracticeCard.objects.filter(pk=bank.pk).update(place_size=PlaceSize.TOWN)
        make_practice("Café", field=PracticeField.HEALTH)
        make_practice("Entwurf", is_published=False)
        assert names(client, "/partner/beispiele/?field=HEALTH") == ["Café"]
        assert names(client, "/partner/beispiele/?place_size=TOWN") == ["Bank"]
        assert names(client, "/partner/beispiele/?district=16070") == ["Bank"]
        assert names(client, "/partner/beispiele/?q=caf") == ["Café"]


class TestStakeholders:
    def test_marked_by_influence_and_answers(self, office):
        key = make_stakeholder(make_organisation("Wichtig"), influence=3, interest=1)
        invited = make_stakeholder(make_organisation("Eingeladen"))
        stakeholder_domain.invite(
            stakeholder=invited, meeting=make_meeting(), invited_on=TODAY, actor=None, today=TODAY
        )
        assert names(office, "/partner/stakeholder/?which=key") == ["Wichtig"]
        assert names(office, "/partner/stakeholder/?which=silent") == ["Eingeladen"]
        assert key.organisation.name in text_of(office.get("/partner/stakeholder/"))

    def test_who_said_yes_and_did_not_come(self, office):
        row = make_stakeholder(make_organisation("Fehlte"))
        meeting = make_meeting(held_on=TODAY - timedelta(days=5))
        invitation = stakeholder_domain.invite(
            stakeholder=row, meeting=meeting, invited_on=TODAY - timedelta(days=20), actor=None,
            today=TODAY,
        )  # fmt: skip
        stakeholder_domain.note_answer(
            invitation=invitation, answer=InvitationAnswer.ACCEPTED,
            answered_on=TODAY - timedelta(days=10), words="", actor=None,
        )  # fmt: skip
        attend(meeting)
        assert names(office, "/partner/stakeholder/?which=missing") == ["Fehlte"]


class TestIntroductions:
    def test_open_ones_and_those_in_a_state(self, office):
        sent = make_introduction()
        withdrawn = make_introduction()
        introductions.withdraw_introduction(introduction=withdrawn, actor=None, now=NOW)
        name = sent.first_post.scope_name
        assert names(office, "/partner/vermittlungen/?status=open") == [name]
        other = withdrawn.first_post.scope_name
        assert names(office, "/partner/vermittlungen/?status=WITHDRAWN") == [other]

    def test_found_by_either_side(self, office):
        body = make_organisation("Tischlerei Beispiel")
        row = make_introduction(second=make_contact(body))
        make_introduction()
        found = names(office, "/partner/vermittlungen/?q=tischlerei")
        assert found == [row.first_post.scope_name]

    def test_a_firm_sees_its_own_only(self, as_user):
        body = make_organisation("Tischlerei Beispiel")
        own = make_introduction(second=make_contact(body))
        make_introduction()
        client = as_user(make_user(Role.MEMBER, body))
        assert names(client, "/partner/vermittlungen/") == [own.first_post.scope_name]


class TestChambers:
    def test_open_where_nobody_is_known(self, office):
        district = make_district("16070", "Ilm-Kreis")
        make_chamber_post(make_chamber(district, ChamberKind.IHK, "IHK Süd"), title="Familie")
        make_chamber(district, ChamberKind.HWK, "HWK Nord")
        shown = {row[1]: row[2] for row in rows_of(office.get("/partner/kammern/"))}
        assert shown == {"IHK Süd": "Familie", "HWK Nord": "offen"}
        rows = rows_of(office.get("/partner/kammern/?open=on"))
        assert [row[1] for row in rows] == ["HWK Nord"]

    def test_narrowed_by_kind_district_and_words(self, office):
        make_chamber(make_district("16070", "Ilm-Kreis"), ChamberKind.IHK, "IHK Süd")
        make_chamber(make_district("16063", "Wartburgkreis"), ChamberKind.HWK, "HWK Nord")
        for query in ("kind=HWK", "district=16063", "q=wartburg", "q=nord"):
            rows = rows_of(office.get(f"/partner/kammern/?{query}"))
            assert [row[1] for row in rows] == ["HWK Nord"], query


class TestExchangeAndResources:
    def test_exchanges_are_found_by_either_group(self, office):
        one, other = make_group("AG Wohnen"), make_group("AG Pflege")
        exchanges.arrange_exchange(one=one, other=other, reasons="", actor=None, today=TODAY)
        assert names(office, "/partner/austausch/?q=pflege") == ["AG Wohnen"]
        assert names(office, "/partner/austausch/?q=verkehr") == []

    def test_resources_say_how_much_is_in_use_today(self, office):
        resource = make_resource(title="Saal", amount=10)
        make_booking(resource, amount=4, first_day=TODAY, last_day=TODAY)
        make_booking(
            resource,
            amount=3,
            first_day=TODAY + timedelta(days=1),
            last_day=TODAY + timedelta(days=1),
        )
        row = rows_of(office.get("/partner/ressourcen/"))[0]
        assert (row[0], row[2], row[3]) == ("Saal", "10 Plätze", "4")

    def test_ended_resources_and_closed_wishes_are_shown_when_asked_for(self, office):
        make_resource(title="Saal")
        resources.end_resource(
            resource=make_resource(title="Weg"), last_day=TODAY - timedelta(days=1), actor=None
        )
        wish = make_wish(title="Raum")
        resources.close_wish(wish=make_wish(title="Gefunden"), result="", actor=None, today=TODAY)
        assert names(office, "/partner/ressourcen/") == ["Saal"]
        assert names(office, "/partner/gesuche/") == [wish.title]

    def test_narrowed_by_kind_and_place(self, office):
        district = make_district("16070")
        make_resource(title="Saal", territory=district)
        make_resource(title="Geld", kind="MONEY")
        make_wish(title="Raum", territory=district)
        make_wish(title="Helfer", kind="STAFF")
        assert names(office, "/partner/ressourcen/?kind=MONEY") == ["Geld"]
        assert names(office, "/partner/ressourcen/?district=16070") == ["Saal"]
        assert names(office, "/partner/gesuche/?kind=STAFF") == ["Helfer"]
        assert names(office, "/partner/gesuche/?district=16070") == ["Raum"]


class TestInvitationList:
    def test_each_line_explains_itself_in_the_files_too(self, office):
        alliance = make_alliance("Bündnis Mitte")
        body = make_organisation("Haus Muster", kind=OrganisationKind.COMPANY)
        make_membership(alliance, body)
        make_contact(body, "post@haus.example")
        resources.save_profile(
            organisation=body, topics=["HOUSING"], groups=(), actor=None, today=TODAY
        )
        assert "Möchte hören von: Wohnen" in text_of(
            office.get("/partner/einladungsliste/?topic=HOUSING")
        )
        row = csv_of(office.get("/partner/einladungsliste/?topic=HOUSING&format=csv"))[1]
        assert row[0] == "Haus Muster"
        assert any("Mitglied bei Bündnis Mitte." in cell for cell in row)
        assert any("post@haus.example" in cell for cell in row)
        assert names(office, "/partner/einladungsliste/?topic=MOBILITY") == []

    def test_an_alliance_invites_its_own_members(self, as_user):
        own, other = make_alliance("Eigenes"), make_alliance("Anderes")
        for alliance, name in ((own, "Hier"), (other, "Dort")):
            body = make_organisation(name)
            make_membership(alliance, body)
            resources.save_profile(
                organisation=body, topics=["HOUSING"], groups=(), actor=None, today=TODAY
            )
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, own))
        assert names(client, "/partner/einladungsliste/") == ["Hier"]
