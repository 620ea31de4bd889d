"""Detail pages: what they say to whom, on which day."""

import json
from datetime import date

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core import slots
from buendnisnetz.network.domain import (
    alliances,
    memberships,
    organisations,
    people,
    terms,
    working_groups,
)
from buendnisnetz.network.domain.erasure import erase_person
from buendnisnetz.network.enums import AllianceStatus, Contribution, OrganisationKind, PostKind
from tests.factories.network import (
    TODAY,
    agree,
    make_group,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
)
from tests.factories.territories import make_chamber
from tests.network.views.reading import text_of

PAGES = {
    "alliance_detail": 6, "organisation_detail": 5, "person_detail": 5, "post_detail": 6,
    "group_detail": 6,
}  # fmt: skip
NOUNS = {
    "alliance_detail": "network.alliance", "organisation_detail": "network.organisation",
    "person_detail": "network.person", "post_detail": "network.post",
    "group_detail": "network.group",
}  # fmt: skip


def _more(world, number):
    """More of everything that a detail page shows."""
    for _row in range(number):
        body = make_organisation(territory=world.district)
        make_membership(world.alliance, body)
        make_membership(organisation=world.organisation)
        working_groups.add_group_member(
            group=world.group, organisation=body, since=None, actor=None
        )
        make_group(alliance=world.alliance)
        for scope in (world.alliance, world.organisation, world.group):
            make_term(make_post(scope, kind=PostKind.STAFF, is_shared=True))
        make_term(make_post(is_shared=True), world.person)
        make_term(world.post, is_acting=True)


@pytest.mark.parametrize("name", sorted(PAGES))
@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(world, keeper, django_assert_max_num_queries, name, number):
    _more(world, number)
    keeper.get(world.address(name))
    with django_assert_max_num_queries(12) as found:
        assert keeper.get(world.address(name)).status_code == 200
    assert len(found) == PAGES[name], [query["sql"][:150] for query in found.captured_queries]


@pytest.mark.parametrize("name", sorted(NOUNS))
def test_upper_rooms_fill_the_slot(world, keeper, name, monkeypatch):
    def panel(subject, user):
        return f"<p>Aus {type(subject).__name__}</p>"

    others = slots._panels[NOUNS[name]]
    monkeypatch.setitem(slots._panels, NOUNS[name], [*others, (1000, panel)])
    assert "Aus " in text_of(keeper.get(world.address(name)))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_history_tab_is_for_roles(world, client, keeper, name):
    assert "Verlauf" in text_of(keeper.get(world.address(name)))
    if name != "person_detail":
        assert "Verlauf" not in text_of(client.get(world.address(name)))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("alliance_history", ["Bündnis angelegt", "Mitglied beigetreten", "Stelle angelegt"]),
        ("organisation_history", ["Organisation angelegt", "Mitglied beigetreten"]),
        ("person_history", ["Person angelegt", "Amtszeit begonnen"]),
        ("post_history", ["Stelle angelegt", "Amtszeit begonnen"]),
        ("group_history", ["Arbeitsgruppe angelegt", "Mitglied der Gruppe beigetreten"]),
    ],
)
def test_history_says_what_was_done(world, keeper, name, words):
    text = text_of(keeper.get(world.address(name)))
    for word in words:
        assert word in text


def test_history_of_an_alliance_costs_one_query_for_all_its_parts(
    world, keeper, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page = text_of(keeper.get(f"/netz/buendnisse/{world.alliance.slug}/verlauf/"))
    assert "Verlauf" in page


def test_history_names_who_and_what(world, signed_in):
    keeper = signed_in()
    actor = world.users[Role.STATE_COORDINATION]
    organisations.edit_organisation(
        organisation=world.organisation, version=1, actor=actor, city="Neustadt"
    )
    text = text_of(keeper.get(world.address("organisation_history")))
    assert f"{actor.display_name} · Organisation geändert Ort: Musterstadt → Neustadt" in text


class TestAlliance:
    def test_profile_and_contact_in_public(self, world, client):
        text = text_of(client.get(world.address("alliance_detail")))
        assert "aktiv seit 01.01.2010" in text
        assert "Arbeitet in Musterkreis" in text
        assert "koordination@buendnis.example" in text
        assert "Sorgsam" not in text

    def test_public_sees_official_contacts_only(self, world, client, keeper):
        agree(
            make_term(
                make_post(world.alliance, "Schirmherrschaft"), make_person("Hoch", "Hans")
            ).person
        )
        assert "Schirmherrschaft Hans Hoch" in text_of(keeper.get(world.address("alliance_detail")))
        client.logout()
        public = text_of(client.get(world.address("alliance_detail")))
        assert "Schirmherrschaft" not in public
        assert "Hans Hoch" not in public

    def test_name_of_the_contact_with_consent(self, world, client):
        agree(world.person)
        page = client.get(world.address("alliance_detail"))
        assert "Ada Sorgsam" in text_of(page)
        assert f"/netz/personen/{world.person.public_id}/" not in page.content.decode()

    def test_members_by_kind_with_share(self, world, client):
        make_membership(
            world.alliance, make_organisation("Kita", kind=OrganisationKind.CHILDCARE),
            contributions=[Contribution.ROOMS],
        )  # fmt: skip
        text = text_of(client.get(world.address("alliance_detail")))
        assert "1 von 2 Mitgliedern gehört zur Wirtschaft (50 %)." in text
        assert "Kinderbetreuung Kita seit 01.01.2015 Räume" in text

    def test_hidden_members_and_carriers_are_not_public(self, world, client, keeper):
        organisations.edit_organisation(
            organisation=world.organisation, version=1, actor=None, is_public=False
        )
        alliances.edit_alliance(
            alliance=world.alliance, version=1, actor=None, carrier=world.organisation
        )
        for name in ("alliance_detail", "group_detail"):
            assert "Musterkammer" in text_of(keeper.get(world.address(name)))
        client.logout()
        for name in ("alliance_detail", "group_detail"):
            assert "Musterkammer" not in text_of(client.get(world.address(name)))

    def test_another_day_shows_another_alliance(self, world, client):
        memberships.end_membership(
            membership=world.membership, last_day=date(2018, 1, 1), reason="Umzug", actor=None
        )
        alliances.change_status(
            alliance=world.alliance, status=AllianceStatus.RESTING, evidence="Brief",
            since=date(2020, 1, 1), actor=None, today=TODAY,
        )  # fmt: skip
        address = world.address("alliance_detail")
        then = text_of(client.get(address + "?am=2017-06-01"))
        now = text_of(client.get(address))
        assert "aktiv seit 01.01.2010" in then
        assert "Mitglieder 1" in then
        assert "ruhend seit 01.01.2020" in now
        assert "An diesem Tag kein Mitglied" in now
        assert "Ehemalige Mitglieder Musterkammer 01.01.2015 bis 01.01.2018" in now
        assert "Umzug" not in now

    def test_before_its_first_day(self, world, client):
        text = text_of(client.get(world.address("alliance_detail") + "?am=2001-01-01"))
        assert "An diesem Tag gab es das Bündnis noch nicht." in text

    def test_unconfirmed_asks_to_confirm(self, world, keeper, client):
        world.alliance.status_periods.update(confirmed_on=date(2024, 1, 1))
        assert "Bitte beim Bündnis nachfragen" in text_of(
            keeper.get(world.address("alliance_detail"))
        )
        client.logout()
        public = text_of(client.get(world.address("alliance_detail")))
        assert "unbestätigt" in public
        assert "nachfragen" not in public

    def test_chambers_of_its_districts(self, world, client):
        make_chamber(world.district, name="IHK Musterland")
        assert "IHK Musterland" in text_of(client.get(world.address("alliance_detail")))

    def test_buttons_for_those_who_may(self, world, signed_in):
        may = text_of(signed_in(Role.ALLIANCE_COORDINATOR).get(world.address("alliance_detail")))
        not_ = text_of(signed_in(Role.MINISTRY).get(world.address("alliance_detail")))
        for button in ("Profil bearbeiten", "Mitglied aufnehmen", "Stand ändern", "Stelle anlegen"):
            assert button in may
            assert button not in not_
        assert "Löschen" not in may


class TestOrganisation:
    def test_ended_with_successor_and_people_to_find_again(self, world, keeper, client):
        make_term(make_post(world.organisation, "Leitung"), make_person("Wieder", "Wanda"))
        new = make_organisation("Neue Kammer")
        organisations.end_organisation(
            organisation=world.organisation, last_day=date(2018, 12, 31), successor=new, actor=None
        )
        text = text_of(keeper.get(world.address("organisation_detail")))
        assert "Beendet am 31.12.2018 Nachfolgerin: Neue Kammer" in text
        assert "Personen zum Wiederfinden" in text
        assert "Wanda Wieder" in text
        client.logout()
        assert "Wanda Wieder" not in text_of(client.get(world.address("organisation_detail")))
        follower = text_of(client.get(f"/netz/organisationen/{new.public_id}/"))
        assert "Trat an die Stelle von: Musterkammer" in follower

    def test_note_is_not_public(self, world, client, keeper):
        world.organisation.note = "Vertraulich"
        world.organisation.save()
        assert "Vertraulich" in text_of(keeper.get(world.address("organisation_detail")))
        client.logout()
        assert "Vertraulich" not in text_of(client.get(world.address("organisation_detail")))

    def test_other_names_can_be_taken_away(self, world, keeper):
        organisations.add_alias(organisation=world.organisation, name="MK", actor=None)
        organisations.add_alias(organisation=world.organisation, name="Die Kammer", actor=None)
        page = keeper.get(world.address("organisation_detail"))
        assert "MK Entfernen Die Kammer Entfernen" in text_of(page)


class TestPost:
    @pytest.mark.parametrize(
        ("day", "answer"),
        [
            ("2019-12-31", "Am 31.12.2019: niemand"),
            ("2020-01-01", "Am 01.01.2020: Ada Sorgsam"),
            ("24.08.2023", "Am 24.08.2023: Nora Neu"),
            ("unsinn", "Am 22.11.2026: Nora Neu"),
        ],
    )
    def test_who_held_this_post_on_a_day(self, world, keeper, day, answer):
        terms.succeed(
            term=world.term, person=make_person("Neu", "Nora"), first_day=date(2022, 4, 1),
            actor=None,
        )  # fmt: skip
        assert answer in text_of(keeper.get(world.address("post_detail") + f"?am={day}"))

    def test_public_learns_no_name_without_consent(self, world, client):
        text = text_of(client.get(world.address("post_detail")))
        assert "öffentlich steht kein Name" in text
        assert "Sorgsam" not in text
        agree(world.person)
        assert "Ada Sorgsam" in text_of(client.get(world.address("post_detail")))


class TestPerson:
    def test_terms_as_a_timeline(self, world, keeper):
        make_term(
            make_post(title="Leitung"), world.person, date(2010, 1, 1), valid_to=date(2012, 1, 1)
        )
        text = text_of(keeper.get(world.address("person_detail")))
        assert text.index("seit 01.01.2020 Koordination") < text.index(
            "01.01.2010 bis 01.01.2012 Leitung"
        )

    def test_consents_and_account_are_for_keepers(self, world, keeper, signed_in):
        assert "Einwilligungen" in text_of(keeper.get(world.address("person_detail")))
        other = text_of(signed_in(Role.MINISTRY).get(world.address("person_detail")))
        assert "Einwilligungen" not in other
        assert "Name endgültig entfernen" not in other

    def test_erased_person_keeps_the_facts(self, world, keeper):
        erase_person(person=world.person, actor=None, now="2026-11-22T10:00:00Z")
        text = text_of(keeper.get(world.address("person_detail")))
        assert "Name entfernt" in text
        assert "seit 01.01.2020 Koordination" in text
        assert "Sorgsam" not in text

    def test_export_is_for_keepers_and_the_person(self, world, keeper, signed_in):
        address = world.address("person_export")
        data = json.loads(keeper.get(address).content)
        assert data["person"]["family_name"] == "Sorgsam"
        own = world.users[Role.MINISTRY]
        assert signed_in(Role.MINISTRY).get(address).status_code == 403
        people.link_user(person=world.person, user=own, actor=None)
        assert signed_in(Role.MINISTRY).get(address).status_code == 200


class TestCards:
    def _lines(self, response):
        assert response["Content-Type"] == "text/vcard; charset=utf-8"
        assert response["Content-Disposition"].endswith('.vcf"')
        return response.content.decode().split("\r\n")

    def test_organisation(self, world, client):
        assert self._lines(client.get(world.address("organisation_card"))) == [
            "BEGIN:VCARD", "VERSION:4.0", "KIND:org", "FN:Musterkammer", "ORG:Musterkammer",
            "ADR;TYPE=work:;;;Musterstadt;;;", "EMAIL;TYPE=work:info@musterkammer.example",
            f"UID:{world.organisation.public_id}", "END:VCARD", "",
        ]  # fmt: skip

    def test_post_without_and_with_consent(self, world, client):
        lines = self._lines(client.get(world.address("post_card")))
        assert "FN:Koordination\\, Bündnis Musterstadt" in lines
        assert "KIND:group" in lines
        agree(world.person)
        lines = self._lines(client.get(world.address("post_card")))
        assert lines[2:4] == ["KIND:individual", "FN:Ada Sorgsam"]

    def test_person(self, world, keeper):
        lines = self._lines(keeper.get(world.address("person_card")))
        assert lines[3:7] == [
            "FN:Ada Sorgsam", "N:Sorgsam;Ada;;;", "ORG:Bündnis Musterstadt", "TITLE:Koordination",
        ]  # fmt: skip

    def test_long_lines_are_folded_between_letters(self, world, client):
        world.organisation.name = "Übergröße; " * 15
        world.organisation.save()
        lines = self._lines(client.get(world.address("organisation_card")))
        assert max(len(line.encode()) for line in lines) <= 75
        unfolded = "\r\n".join(lines).replace("\r\n ", "")
        assert "FN:" + "Übergröße\\; " * 15 in unfolded


def test_group_shows_mandate_members_and_results(world, client):
    working_groups.edit_group(
        group=world.group, version=1, actor=None, mandate="Pflege vereinbaren", results="Leitfaden"
    )
    text = text_of(client.get(world.address("group_detail")))
    for word in ("Pflege vereinbaren", "Leitfaden", "Musterkammer", "Bündnis Musterstadt"):
        assert word in text


def test_choosing_gives_options(world, keeper):
    page = keeper.get("/netz/auswahl/organisationen/?q=muster")
    text = f"Musterkammer (Musterstadt) [{world.organisation.public_id}]"
    assert page.content.decode() == f'<option value="{text}"></option>'
    assert keeper.get("/netz/auswahl/organisationen/?organisation=muster").content == page.content
    assert keeper.get("/netz/auswahl/organisationen/").content == b""
