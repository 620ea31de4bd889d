"""The pages about every municipality: the list, and the same by district."""

from types import SimpleNamespace

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.territories.enums import Urbanisation
from buendnisnetz.territories.models import Territory
from tests.factories.insight import join, make_mark
from tests.factories.meetings import make_meeting
from tests.factories.network import make_alliance, make_organisation, make_post, make_term
from tests.factories.territories import make_district, make_municipality
from tests.network.views.reading import csv_of, rows_of, text_of, xlsx_of

pytestmark = pytest.mark.django_db
LIST = "/orte/"


@pytest.fixture
def district(db: None) -> Territory:
    return make_district("16070", "Ilm-Kreis")


@pytest.fixture
def places(district: Territory) -> dict[str, Territory]:
    """A town with everything, a village with a mark, a white spot, and one in another district."""
    other = make_district("16063", "Wartburgkreis")
    found = {
        "Arnstadt": make_municipality(
            district, "Arnstadt", ags="16070004", urbanisation=Urbanisation.INTERMEDIATE
        ),
        "Elleben": make_municipality(
            district, "Elleben", ags="16070012", urbanisation=Urbanisation.SPARSE
        ),
        "Plaue": make_municipality(
            district, "Plaue", ags="16070043", urbanisation=Urbanisation.SPARSE
        ),
        "Vacha": make_municipality(other, "Vacha", ags="16063082"),
    }
    make_alliance(territory=found["Arnstadt"])
    make_term(make_post(found["Arnstadt"], kind=PostKind.OTHER, is_contact=True))
    make_term(make_post(found["Arnstadt"], "Kümmerin", kind=PostKind.CARETAKER))
    make_meeting(territory=found["Arnstadt"])
    join(make_alliance(), OrganisationKind.COMPANY, territory=found["Arnstadt"])
    make_mark(found["Elleben"], said_by="Gemeinderat")
    return found


def listed(client: Client, query: str = "") -> list[list[str]]:
    """The rows of the list; the totals above it are a table too."""
    _before, _totals, rest = client.get(LIST + query).content.partition(b'class="is-totals"')
    return rows_of(SimpleNamespace(content=rest.partition(b"</table>")[2]))


def names(client: Client, query: str = "") -> list[str]:
    return [row[0] for row in listed(client, query)]


class TestTheList:
    def test_each_place_with_its_answers(self, keeper, places):
        rows = {row[0]: row[1:] for row in listed(keeper)}
        assert rows["Arnstadt"][:6] == ["Ilm-Kreis", "eigenes", "ja", "ja", "1", "ja"]
        assert rows["Arnstadt"][7] == "–"
        assert rows["Plaue"] == ["Ilm-Kreis", "–", "–", "–", "–", "–", "gering besiedelt", "ja"]
        assert "Gemeinderat, 01.01.2026" in text_of(keeper.get(LIST))

    def test_totals_stand_above_and_follow_the_filter(self, keeper, places):
        assert "1 von 4" in text_of(keeper.get(LIST))
        assert "1 von 3" in text_of(keeper.get(LIST + "?district=16070"))
        assert "0 von 1" in text_of(keeper.get(LIST + "?district=16063"))

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["Arnstadt", "Elleben", "Plaue", "Vacha"]),
            ("?sort=-name", ["Vacha", "Plaue", "Elleben", "Arnstadt"]),
            ("?sort=district", ["Arnstadt", "Elleben", "Plaue", "Vacha"]),
            ("?sort=-meetings", ["Arnstadt", "Vacha", "Plaue", "Elleben"]),
            ("?district=16063", ["Vacha"]),
            ("?missing=white", ["Elleben", "Plaue", "Vacha"]),
            ("?missing=MEETING&district=16070", ["Elleben", "Plaue"]),
            ("?missing=mark", ["Plaue", "Vacha"]),
            ("?settled=urban", ["Arnstadt"]),
            ("?settled=rural", ["Elleben", "Plaue"]),
            ("?q=arn", ["Arnstadt"]),
            ("?q=16070012", ["Elleben"]),
            ("?q=nirgends", []),
            ("?district=quatsch", ["Arnstadt", "Elleben", "Plaue", "Vacha"]),
        ],
    )
    def test_filters_search_and_order(self, keeper, places, query, expected):
        assert names(keeper, query) == expected

    def test_an_earlier_day_knows_nothing_of_later(self, keeper, places):
        rows = {row[0]: row for row in listed(keeper, "?stand=2009-01-01")}
        assert set(rows["Arnstadt"][2:7]) == {"–"}
        page = keeper.get(LIST + "?stand=2009-01-01").content.decode()
        assert f"/gebiete/{places['Arnstadt'].public_id}/?stand=2009-01-01" in page

    def test_exports(self, keeper, places):
        as_csv = csv_of(keeper.get(LIST + "?format=csv"))
        assert as_csv == xlsx_of(keeper.get(LIST + "?format=xlsx"))
        assert as_csv[0][-1] == "Schlüssel (AGS)"
        assert [row[-1] for row in as_csv[1:]] == ["16070004", "16070012", "16070043", "16063082"]

    def test_pages_of_fifty(self, keeper, district):
        for number in range(53):
            make_municipality(district, f"Dorf {number:02}")
        first, second = names(keeper), names(keeper, "?page=2")
        assert not set(first) & set(second)
        assert len(first) + len(second) == 53

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs(self, keeper, district, number, django_assert_num_queries):
        for _number in range(number):
            place = make_municipality(district)
            make_alliance(territory=place)
            make_mark(place)
        keeper.get(LIST)
        with django_assert_num_queries(4):
            keeper.get(LIST)

    def test_without_territories_it_says_so(self, keeper):
        assert "load_territories" in text_of(keeper.get(LIST))

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.MINISTRY, Role.CHAMBER])
    def test_everybody_who_works_in_the_network_reads_it(self, as_role, places, role):
        client = as_role(role, None if role == Role.MINISTRY else make_organisation())
        assert len(names(client)) == 4
        assert Client().get(LIST).status_code == 302


class TestDistricts:
    def test_m_of_n_and_the_white_ones(self, keeper, places):
        rows = {row[0]: row[1:] for row in rows_of(keeper.get("/orte/kreise/"))}
        assert rows["Ilm-Kreis"][:7] == [
            "3", "1 von 3", "1 von 3", "1 von 3", "1 von 3", "1 von 3", "2",
        ]  # fmt: skip
        assert rows["Ilm-Kreis"][8:10] == ["1 von 1", "0 von 2"]
        assert rows["Wartburgkreis"][8:10] == ["–", "–"]

    def test_meetings_outside_the_districts_seat(self, keeper, places):
        """Ten meetings, seven of them in the seat."""
        Territory.objects.filter(pk=places["Arnstadt"].parent_id).update(seat=places["Arnstadt"])
        for _number in range(6):
            make_meeting(territory=places["Arnstadt"])
        for _number in range(3):
            make_meeting(territory=places["Plaue"])
        rows = {row[0]: row[1:] for row in rows_of(keeper.get("/orte/kreise/"))}
        assert rows["Ilm-Kreis"][7] == "30 % (3 von 10)"

    def test_exports_and_order(self, keeper, places):
        as_csv = csv_of(keeper.get("/orte/kreise/?format=csv&sort=-white"))
        assert as_csv == xlsx_of(keeper.get("/orte/kreise/?format=xlsx&sort=-white"))
        assert [row[0] for row in as_csv[1:]] == ["Ilm-Kreis", "Wartburgkreis"]
        assert names_of_districts(keeper, "?q=wart") == ["Wartburgkreis"]

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs(self, keeper, number, django_assert_num_queries):
        for _number in range(number):
            make_alliance(territory=make_municipality(make_district()))
        keeper.get("/orte/kreise/")
        with django_assert_num_queries(3):
            keeper.get("/orte/kreise/")


def names_of_districts(client: Client, query: str) -> list[str]:
    return [row[0] for row in rows_of(client.get("/orte/kreise/" + query))]


def test_a_map_without_territories_is_404(keeper):
    assert keeper.get("/orte/karte/").status_code == 404
