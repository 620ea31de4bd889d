"""The lists: what they show, how they narrow, sort, page and leave as files."""

from datetime import date

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.domain import organisations, terms, working_groups
from buendnisnetz.network.domain.alliances import change_status
from buendnisnetz.network.enums import AllianceStatus, OrganisationKind, PostKind
from buendnisnetz.network.models import Organisation
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
from tests.factories.territories import make_district, make_municipality
from tests.network.views.reading import csv_of, rows_of, text_of, xlsx_of

pytestmark = pytest.mark.django_db
LISTS = {
    "buendnisse": 5, "organisationen": 4, "personen": 5, "stellen": 5, "arbeitsgruppen": 4,
}  # fmt: skip


@pytest.fixture
def office(client):
    client.force_login(
        make_user(Role.STATE_COORDINATION),
        backend="buendnisnetz.accounts.backends.SignInBackend",
    )
    return client


def _fill(number: int) -> None:
    """Rows in every list, each with everything that costs a query."""
    for _row in range(number):
        district = make_district()
        body = make_organisation(territory=make_municipality(district))
        alliance = make_alliance(territory=district, carrier=body)
        make_membership(alliance, body)
        make_term(make_post(alliance, is_contact=True, email="a@example.org"))
        group = make_group(alliance=alliance)
        working_groups.add_group_member(group=group, organisation=body, since=None, actor=None)


@pytest.mark.parametrize("path", sorted(LISTS))
@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_rows(office, django_assert_max_num_queries, path, number):
    _fill(number)
    office.get(f"/netz/{path}/")
    with django_assert_max_num_queries(12) as found:
        response = office.get(f"/netz/{path}/")
    assert len(rows_of(response)) == number
    assert len(found) == LISTS[path], [query["sql"] for query in found.captured_queries]


@pytest.mark.parametrize("path", sorted(LISTS))
def test_exports_hold_the_rows_of_the_page(office, path):
    _fill(3)
    page = rows_of(office.get(f"/netz/{path}/"))
    as_csv = csv_of(office.get(f"/netz/{path}/?format=csv"))
    as_xlsx = xlsx_of(office.get(f"/netz/{path}/?format=xlsx"))
    assert as_csv == as_xlsx
    assert [row[0] for row in as_csv[1:]] == [row[0] for row in page]
    shown = list(as_csv[0])
    assert len(as_csv) == 4
    assert len(shown) >= len(page[0])


@pytest.mark.parametrize("path", sorted(LISTS))
def test_empty_list_says_what_to_do(office, path):
    text = text_of(office.get(f"/netz/{path}/"))
    assert "Noch kein" in text or "Noch niemand" in text


@pytest.mark.parametrize("path", sorted(LISTS))
def test_nothing_found_offers_a_way_back(office, path):
    _fill(1)
    text = text_of(office.get(f"/netz/{path}/?q=xylophonquartett"))
    assert "Nichts gefunden" in text
    assert "Zurücksetzen" in text


@pytest.mark.parametrize("path", sorted(LISTS))
def test_part_of_the_page_for_htmx(office, path):
    _fill(1)
    response = office.get(f"/netz/{path}/", headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith('<div id="results">')


@pytest.mark.parametrize("path", sorted(LISTS))
def test_wrong_filter_values_do_no_harm(office, path):
    _fill(1)
    response = office.get(f"/netz/{path}/?am=gestern&kind=TIER&district=x&page=99&sort=unsinn")
    assert response.status_code == 200


class TestAlliances:
    def test_row(self, client):
        district = make_district(name="Musterkreis")
        made = make_alliance("Bündnis A", district, founded_on=date(2006, 5, 1))
        make_membership(made)
        make_post(made, "Koordination", is_contact=True)
        assert rows_of(client.get("/netz/buendnisse/")) == [
            ["Bündnis A", "aktiv", "Musterkreis", "1", "01.05.2006", "Koordination", "22.11.2026"]
        ]

    def test_unconfirmed_is_marked_and_can_be_asked_for(self, client, time_machine):
        make_alliance("Alt", confirmed_on=date(2024, 1, 1))
        make_alliance("Neu")
        assert "unbestätigt" in text_of(client.get("/netz/buendnisse/?q=Alt"))
        found = rows_of(client.get("/netz/buendnisse/?status=UNCONFIRMED"))
        assert [row[0] for row in found] == ["Alt"]

    def test_dissolved_only_when_asked_for(self, client):
        make_alliance("Aktiv")
        make_alliance("Vorbei", status=AllianceStatus.DISSOLVED)

        def names(query: str) -> list[str]:
            return [row[0] for row in rows_of(client.get(f"/netz/buendnisse/{query}"))]

        assert names("") == ["Aktiv"]
        assert names("?status=ALL") == ["Aktiv", "Vorbei"]
        assert names("?status=DISSOLVED") == ["Vorbei"]

    def test_as_of_a_day_shows_the_state_of_that_day(self, client):
        made = make_alliance("Wandel", since=date(2015, 1, 1), status=AllianceStatus.FOUNDING)
        change_status(
            alliance=made, status=AllianceStatus.ACTIVE, evidence="Treffen",
            since=date(2018, 1, 1), actor=None, today=TODAY,
        )  # fmt: skip
        make_membership(made, since=date(2019, 1, 1))
        shown = [
            [row[1::2][:2] for row in rows_of(client.get(f"/netz/buendnisse/?am={day}"))]
            for day in ("2014-06-01", "2016-06-01", "2020-06-01")
        ]
        assert shown == [[], [["in Gründung", "0"]], [["aktiv", "1"]]]

    def test_district(self, client):
        one, two = make_district("16001"), make_district("16002")
        make_alliance("Eins", make_municipality(one))
        make_alliance("Zwei", two)
        found = rows_of(client.get("/netz/buendnisse/?district=16001"))
        assert [row[0] for row in found] == ["Eins"]

    def test_sorting_both_ways(self, client):
        for name in ("Ähre", "Zebra", "Apfel"):
            make_alliance(name)

        def names(sort: str) -> list[str]:
            return [row[0] for row in rows_of(client.get(f"/netz/buendnisse/?sort={sort}"))]

        assert names("name") == ["Ähre", "Apfel", "Zebra"]
        assert names("-name") == ["Zebra", "Apfel", "Ähre"]

    @pytest.mark.parametrize("typed", ["Buendnis", "bündnisse", "bundnis"])
    def test_search(self, client, typed):
        make_alliance("Bündnis Musterstadt")
        make_alliance("Netzwerk Anderswo")
        found = rows_of(client.get("/netz/buendnisse/", {"q": typed}))
        assert [row[0] for row in found] == ["Bündnis Musterstadt"]

    def test_button_to_add_is_for_keepers(self, client, office):
        assert "Bündnis anlegen" in text_of(office.get("/netz/buendnisse/"))
        client.logout()
        assert "Bündnis anlegen" not in text_of(client.get("/netz/buendnisse/"))


class TestOrganisations:
    def test_row_and_export(self, client):
        place = make_municipality(make_district(name="Musterkreis"))
        make_organisation(
            "Musterwerk", short_name="MW", kind=OrganisationKind.COMPANY, territory=place,
            size_class="SMALL", wz_section="C", valid_from=date(1990, 1, 1), city="Ort",
            email="a@example.org", phone="0361", website="https://example.org",
        )  # fmt: skip
        assert rows_of(client.get("/netz/organisationen/")) == [
            ["Musterwerk", "Unternehmen", "Wirtschaft", "Musterkreis", "seit 01.01.1990"]
        ]
        assert csv_of(client.get("/netz/organisationen/?format=csv"))[1] == [
            "Musterwerk · MW", "Unternehmen", "Wirtschaft", "Musterkreis", "10 bis 49",
            "C Verarbeitendes Gewerbe", "seit 01.01.1990", "Ort", "a@example.org", "0361",
            "https://example.org",
        ]  # fmt: skip

    def test_ended_on_request_and_on_its_days(self, client):
        body = make_organisation("Vergangen", valid_from=date(2000, 1, 1))
        organisations.end_organisation(
            organisation=body, last_day=date(2018, 12, 31), successor=None, actor=None
        )

        def found(query: str) -> list[str]:
            return [row[0] for row in rows_of(client.get(f"/netz/organisationen/{query}"))]

        assert found("") == []
        assert found("?ended=on") == ["Vergangen"]
        assert found("?am=2018-12-31") == ["Vergangen"]
        assert found("?am=31.12.2018") == ["Vergangen"]
        assert found("?am=1999-12-31&ended=on") == []

    @pytest.mark.parametrize(
        "query",
        ["kind=COMPANY", "sector=BUSINESS", "size_class=LARGE", "wz_section=C", "district=16001"],
    )
    def test_every_filter(self, client, query):
        make_organisation(
            "Gesucht", kind=OrganisationKind.COMPANY, size_class="LARGE", wz_section="C",
            territory=make_district("16001"),
        )  # fmt: skip
        make_organisation("Andere", territory=make_district("16002"))
        found = rows_of(client.get(f"/netz/organisationen/?{query}"))
        assert [row[0] for row in found] == ["Gesucht"]

    @pytest.mark.parametrize("typed", ["kinder", "Kinderbetreung"])
    def test_search(self, client, typed):
        make_organisation("Kinderbetreuung Musterstadt")
        make_organisation("Handwerk")
        found = rows_of(client.get("/netz/organisationen/", {"q": typed}))
        assert [row[0] for row in found] == ["Kinderbetreuung Musterstadt"]

    def test_paging(self, client):
        Organisation.objects.bulk_create(
            Organisation(name=f"Verein {number:03}", kind="ASSOCIATION", sector="SOCIAL")
            for number in range(120)
        )
        page = client.get("/netz/organisationen/?page=3")
        assert [row[0] for row in rows_of(page)] == [f"Verein {n:03}" for n in range(100, 120)]

    def test_formulas_are_defused_in_exports(self, client):
        make_organisation("=1+1")
        assert csv_of(client.get("/netz/organisationen/?format=csv"))[1][0] == "'=1+1"


class TestPeople:
    def test_function_and_place_on_the_day(self, office):
        term = make_term(
            make_post(make_organisation("Musterkammer"), "Leitung"), make_person("Sorgsam", "Ada")
        )
        terms.end_term(term=term, last_day=date(2022, 1, 1), actor=None)
        assert rows_of(office.get("/netz/personen/?am=2021-01-01")) == [
            ["Ada Sorgsam", "Leitung", "Musterkammer"]
        ]
        assert rows_of(office.get("/netz/personen/")) == [["Ada Sorgsam", "–", "–"]]

    def test_filter_by_function_and_with_posts(self, office):
        make_term(make_post(kind=PostKind.MAYOR), make_person("Amt", "Anna"))
        make_person("Ohne", "Otto")
        for query in ("kind=MAYOR", "terms=current"):
            found = rows_of(office.get(f"/netz/personen/?{query}"))
            assert [row[0] for row in found] == ["Anna Amt"]
        assert [r[0] for r in rows_of(office.get("/netz/personen/?terms=none"))] == ["Otto Ohne"]

    def test_coordinators_see_their_people_only(self, client):
        alliance = make_alliance()
        make_term(make_post(alliance), make_person("Eigen", "Eva"))
        make_term(make_post(make_alliance()), make_person("Fremd", "Fritz"))
        client.force_login(
            make_user(Role.ALLIANCE_COORDINATOR, alliance),
            backend="buendnisnetz.accounts.backends.SignInBackend",
        )
        assert [row[0] for row in rows_of(client.get("/netz/personen/"))] == ["Eva Eigen"]


class TestPosts:
    def test_public_sees_the_address_and_the_name_only_with_consent(self, client):
        post = make_post(
            make_organisation("Musteramt"), "Sozialplanung", is_contact=True,
            email="planung@example.org", phone="0361",
        )  # fmt: skip
        term = make_term(post, make_person("Sorgsam", "Ada"))
        row = ["Sozialplanung", "Musteramt", "–", "planung@example.org", "0361", "–"]
        assert rows_of(client.get("/netz/stellen/")) == [row]
        agree(term.person)
        assert rows_of(client.get("/netz/stellen/"))[0][2] == "Ada Sorgsam"

    def test_vacant_and_all(self, office):
        make_term(make_post(title="Besetzt"))
        make_post(title="Frei")
        make_post(title="Kontakt", is_contact=True)

        def titles(which: str) -> list[str]:
            rows = rows_of(office.get(f"/netz/stellen/?which={which}&sort=title"))
            return [row[0] for row in rows]

        assert titles("") == ["Kontakt"]
        assert titles("vacant") == ["Frei", "Kontakt"]
        assert titles("all") == ["Besetzt", "Frei", "Kontakt"]

    def test_mail_link(self, client):
        make_post(is_contact=True, email="a@example.org")
        assert 'href="mailto:a@example.org"' in client.get("/netz/stellen/").content.decode()


class TestGroups:
    def test_row_and_ended(self, client):
        alliance = make_alliance("Bündnis A")
        make_group("Pflege", alliance=alliance, topic="Pflege", valid_from=date(2019, 1, 1))
        ended = make_group("Landesgruppe")
        working_groups.end_group(
            group=ended, last_day=date(2020, 1, 1), results="Leitfaden", actor=None
        )
        row = ["Pflege", "Pflege", "Bündnis A", "0", "seit 01.01.2019"]
        assert rows_of(client.get("/netz/arbeitsgruppen/")) == [row]
        assert rows_of(client.get("/netz/arbeitsgruppen/?ended=on")) == [
            ["Landesgruppe", "–", "das ganze Land", "0", "bis 01.01.2020"], row,
        ]  # fmt: skip
        found = rows_of(client.get("/netz/arbeitsgruppen/?ended=on&q=leitfaden"))
        assert [row[0] for row in found] == ["Landesgruppe"]
