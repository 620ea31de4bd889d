"""Places as people type them, and twenty municipalities in the two districts where chambers cross (S19, S113)."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django.plugin import DjangoDbBlocker

from buendnisnetz.network.enums import AllianceStatus, PostKind
from buendnisnetz.partnering.domain import postcodes
from buendnisnetz.partnering.domain.places import (
    district_key,
    find_places,
    place_size_of,
)
from buendnisnetz.partnering.domain.queries.contacts import (
    alliances_at,
    chambers_at,
    groups_at,
    responsible_alliance,
)
from buendnisnetz.partnering.enums import PlaceSize, Topic
from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.load import load
from buendnisnetz.territories.models import Chamber, Territory
from tests.factories.network import make_alliance, make_group, make_post
from tests.factories.partnering import TODAY, make_chamber_post, make_point
from tests.factories.territories import make_district, make_municipality
from tests.undone import shared

pytestmark = pytest.mark.django_db

# Place, key, district, IHK, HWK, whose working group answers; written by hand from the chambers' own
# pages: the Ilm-Kreis belongs to IHK Südthüringen and HWK Erfurt, the Wartburgkreis the other way round.
ILM = ("16070", "IHK Südthüringen", "Handwerkskammer Erfurt")
WARTBURG = ("16063", "IHK Erfurt", "Handwerkskammer Südthüringen")
MUNICIPALITIES = [
    ("Ilmenau", "16070029", ILM), ("Arnstadt", "16070004", ILM), ("Stadtilm", "16070048", ILM),
    ("Großbreitenbach", "16070058", ILM), ("Geratal", "16070057", ILM), ("Plaue", "16070043", ILM),
    ("Amt Wachsenburg", "16070028", ILM), ("Osthausen-Wülfershausen", "16070041", ILM),
    ("Martinroda", "16070034", ILM), ("Elgersburg", "16070011", ILM),
    ("Eisenach", "16063105", WARTBURG), ("Bad Salzungen", "16063003", WARTBURG),
    ("Ruhla", "16063066", WARTBURG), ("Treffurt", "16063076", WARTBURG),
    ("Vacha", "16063082", WARTBURG), ("Gerstungen", "16063097", WARTBURG),
    ("Wutha-Farnroda", "16063092", WARTBURG), ("Bad Liebenstein", "16063099", WARTBURG),
    ("Geisa", "16063032", WARTBURG), ("Barchfeld-Immelborn", "16063004", WARTBURG),
]  # fmt: skip


@pytest.fixture
def thuringia(db) -> None:
    load(dataset.read("thueringen"))


@pytest.fixture(scope="class")
def _thuringia_of_a_class(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with shared(django_db_blocker):
        load(dataset.read("thueringen"))
        yield


@pytest.fixture
def all_thuringia(_thuringia_of_a_class, db) -> None:
    """For classes of which every test needs it."""


def names(rows) -> list[str]:
    return [row.short_name for row in rows]


class TestTwentyMunicipalities:
    """The right chambers with their contacts, and the right working group: nothing wrong."""

    @pytest.fixture
    def world(self, all_thuringia):
        for chamber in Chamber.objects.all():
            make_chamber_post(chamber, f"{chamber.pk}@kammer.example", title=chamber.name)
        groups = {}
        for ags in ("16070", "16063"):
            district = Territory.objects.get(ags=ags)
            alliance = make_alliance(f"Bündnis {district.short_name}", district)
            make_post(alliance, kind=PostKind.COORDINATOR, is_contact=True)
            groups[ags] = make_group(
                f"Arbeitsgruppe {ags}",
                alliance=alliance,
                topic="Vereinbarkeit von Familie und Beruf",
            )
            make_group(f"Andere {ags}", alliance=alliance, topic="Wohnen im Alter")
        return groups

    def test_chambers_contacts_and_groups(self, world):
        wrong = []
        for name, ags, (district, ihk, hwk) in MUNICIPALITIES:
            (place,) = find_places(name, TODAY)
            found = chambers_at(place, TODAY)
            chambers = [row.chamber.name for row in found]
            contacts = [[contact.title for contact in row.contacts] for row in found]
            groups = groups_at(
                [row.pk for row in alliances_at(place, TODAY)], Topic.FAMILY_AND_WORK, TODAY
            )
            expected = (ags, [ihk, hwk], [[ihk], [hwk]], [world[district]])
            if (place.ags, chambers, contacts, groups) != expected:
                wrong.append((name, place.ags, chambers, contacts, groups))
        assert len(MUNICIPALITIES) == 20
        assert wrong == []

    def test_the_alliance_that_answers_is_the_districts(self, world):
        for name, _ags, (district, _ihk, _hwk) in MUNICIPALITIES:
            (place,) = find_places(name, TODAY)
            assert responsible_alliance(place, TODAY) == world[district].alliance

    def test_each_is_found_by_its_postcode_too(self, all_thuringia):
        """Where a postcode has several municipalities, the right one is among them."""
        by_key = {
            ags: postcode for postcode, keys in postcodes._table().items() for ags in keys
        }  # fmt: skip
        for _name, ags, _district in MUNICIPALITIES:
            assert ags in [row.ags for row in find_places(by_key[ags], TODAY)]

    def test_before_the_merger_eisenach_stood_alone(self, world):
        (place,) = find_places("Eisenach", date(2020, 1, 1))
        found = chambers_at(place, date(2020, 1, 1))
        assert (place.ags, [row.chamber.name for row in found]) == (
            "16056000", ["IHK Erfurt", "Handwerkskammer Südthüringen"],
        )  # fmt: skip


class TestTyped:
    def test_umlauts_case_and_blanks_do_not_matter(self, all_thuringia):
        assert names(find_places("  grossbreitenbach ", TODAY)) == ["Großbreitenbach"]

    def test_the_beginning_is_enough_where_it_is_clear(self, all_thuringia):
        assert names(find_places("Wutha", TODAY)) == ["Wutha-Farnroda"]

    def test_a_key_is_one_place(self, all_thuringia):
        assert names(find_places("16070029", TODAY)) == ["Ilmenau"]

    def test_an_old_name_leads_to_who_holds_the_land_today(self, all_thuringia):
        assert names(find_places("Marksuhl", TODAY)) == ["Gerstungen"]
        assert names(find_places("16063052", TODAY)) == ["Gerstungen"]

    def test_a_word_inside_a_name_is_found_at_last(self, all_thuringia):
        assert "Amt Wachsenburg" in names(find_places("Wachsenburg", TODAY))

    @pytest.mark.parametrize("typed", ["", "   ", "Xanadu am Meer", "00000", "99999999", "---"])
    def test_nonsense_finds_nothing(self, all_thuringia, typed):
        assert find_places(typed, TODAY) == []

    def test_the_largest_part_of_a_postcode_comes_first(self, all_thuringia):
        keys = postcodes.keys_of("98693")
        assert [row.ags for row in find_places("98693", TODAY)] == list(keys)
        assert keys[0] == "16070029"


class TestTypedWhereFewPlacesAre:
    def test_several_are_offered_with_their_districts(self, db):
        for ags, name in (("16061", "Kreis A"), ("16062", "Kreis B")):
            make_municipality(make_district(ags, name), "Kirchheim")
        found = find_places("Kirchheim", TODAY)
        assert [row.parent.short_name for row in found] == ["Kreis A", "Kreis B"]


class TestPostcodes:
    def row(self, plz: str, ags: str, of_postcode: str, of_municipality: str) -> dict[str, str]:
        return {
            "plz": plz, "ags": ags, "anteil_plzflaeche": of_postcode,
            "anteil_gemeindeflaeche": of_municipality,
        }  # fmt: skip

    def test_slivers_go_and_every_municipality_keeps_its_best(self):
        rows = [
            self.row("11111", "16000001", "0.9", "1.0"),
            self.row("11111", "16000002", "0.01", "0.05"),
            self.row("22222", "16000002", "0.01", "0.95"),
            self.row("22222", "16000003", "0.019", "0.2"),
            self.row("33333", "16000003", "0.001", "0.29"),
        ]
        assert postcodes.compact(rows) == [
            ("11111", "16000001"), ("22222", "16000002"), ("33333", "16000003"),
        ]  # fmt: skip

    def test_the_largest_share_stands_first(self):
        rows = [
            self.row("11111", "16000001", "0.2", "1"),
            self.row("11111", "16000002", "0.8", "1"),
        ]
        assert [ags for _plz, ags in postcodes.compact(rows)] == ["16000002", "16000001"]

    def test_the_stored_table_covers_every_municipality(self, thuringia):
        keys = {ags for found in postcodes._table().values() for ags in found}
        current = Territory.objects.municipalities().as_of(date(2024, 12, 31))
        assert set(current.values_list("ags", flat=True)) == keys

    def test_unknown_postcodes_have_no_keys(self):
        assert postcodes.keys_of("12345") == ()

    def test_what_is_written_can_be_read(self, tmp_path):
        target = tmp_path / "postcodes.csv"
        postcodes.write([("11111", "16000001")], target)
        assert target.read_text(encoding="utf-8") == "postcode,ags\n11111,16000001\n"


class TestAlliancesAtAPlace:
    def test_own_town_first_then_district_resting_last(self):
        district = make_district()
        place, other = make_municipality(district), make_municipality(district, "Anderswo")
        of_district = make_alliance("B Kreis", district)
        of_town = make_alliance("C Ort", place)
        resting = make_alliance("A Ruht", district, status=AllianceStatus.RESTING)
        make_alliance("Anderswo", other)
        make_alliance("Vorbei", place, status=AllianceStatus.DISSOLVED)
        found = alliances_at(place, TODAY)
        assert [row.name for row in found] == [of_town.name, of_district.name, resting.name]
        assert [row.own_place for row in found] == [True, False, False]
        assert responsible_alliance(place, TODAY) == of_town

    def test_a_resting_one_answers_nobody(self):
        place = make_municipality(make_district())
        make_alliance("Ruht", place, status=AllianceStatus.RESTING)
        assert responsible_alliance(place, TODAY) is None

    def test_hidden_ones_are_not_offered(self):
        place = make_municipality(make_district())
        make_alliance("Geheim", place, is_public=False)
        assert alliances_at(place, TODAY) == []

    def test_one_of_a_district_that_ended_answers_for_its_land(self, thuringia):
        old = Territory.objects.get(ags="16056", level="DISTRICT")
        alliance = make_alliance("Bündnis Eisenach", old)
        (eisenach,) = find_places("Eisenach", TODAY)
        (ilmenau,) = find_places("Ilmenau", TODAY)
        assert alliances_at(eisenach, TODAY) == [alliance]
        assert alliances_at(ilmenau, TODAY) == []

    def test_state_wide_groups_come_after_the_own_ones(self):
        place = make_municipality(make_district())
        own = make_group("Z-Gruppe", alliance=make_alliance("A", place), topic="Familie und Beruf")
        wide = make_group("A-Gruppe", topic="Beruf und Familie")
        make_group("Ende", topic="Familie und Beruf", valid_from=None)
        found = groups_at([own.alliance_id], Topic.FAMILY_AND_WORK, TODAY)
        assert found[0] == own
        assert wide in found


class TestContacts:
    def test_a_contact_for_just_this_district_comes_first(self, all_thuringia):
        chamber = Chamber.objects.get(name="IHK Südthüringen")
        ilm = Territory.objects.get(ags="16070")
        general = make_chamber_post(chamber, title="Allgemein")
        special = make_chamber_post(chamber, title="Nur Ilm-Kreis", email="")
        make_point(general, topics=["CHILDCARE"])
        make_point(special, district=ilm)
        (place,) = find_places("Ilmenau", TODAY)
        found = chambers_at(place, TODAY)[0].contacts
        assert [(row.title, row.specific, row.topics) for row in found] == [
            ("Nur Ilm-Kreis", True, ()), ("Allgemein", False, ("CHILDCARE",)),
        ]  # fmt: skip

    def test_a_contact_for_another_district_is_open_here(self, all_thuringia):
        chamber = Chamber.objects.get(name="IHK Südthüringen")
        make_point(make_chamber_post(chamber), district=Territory.objects.get(ags="16054"))
        (ilmenau,), (suhl,) = find_places("Ilmenau", TODAY), find_places("Suhl", TODAY)
        assert chambers_at(ilmenau, TODAY)[0].contacts == []
        assert len(chambers_at(suhl, TODAY)[0].contacts) == 1

    def test_a_post_that_stopped_answering_answers_for_nobody(self, all_thuringia):
        point = make_point(make_chamber_post(Chamber.objects.get(name="IHK Erfurt")))
        point.valid_to = date(2021, 1, 1)
        point.save()
        (place,) = find_places("Eisenach", TODAY)
        assert chambers_at(place, TODAY)[0].contacts == []


class TestSizes:
    @pytest.mark.parametrize(
        ("name", "size"),
        [("Elgersburg", PlaceSize.VILLAGE), ("Stadtilm", PlaceSize.SMALL_TOWN),
         ("Ilmenau", PlaceSize.TOWN), ("Erfurt", PlaceSize.CITY)],
    )  # fmt: skip
    def test_by_inhabitants(self, all_thuringia, name, size):
        (place,) = find_places(name, TODAY)
        assert place_size_of(place, TODAY) == size


class TestSizesOfOtherPlaces:
    def test_districts_count_as_large_and_the_unknown_as_nothing(self, db):
        district = make_district()
        assert place_size_of(district, TODAY) == PlaceSize.CITY
        assert place_size_of(make_municipality(district), TODAY) == ""
        assert place_size_of(None, TODAY) == ""

    def test_keys_of_districts(self, db):
        district = make_district("16070")
        assert district_key(make_municipality(district, ags="16070001")) == "16070"
        assert district_key(district) == "16070"
        assert district_key(district.parent) == ""
        assert district_key(None) == ""
