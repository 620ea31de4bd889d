"""Which place a name of an institution carries: the rules on a small invented register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.meetings.domain.places import Gazetteer, Place
from buendnisnetz.territories.enums import Level

DISTRICTS = {
    1: "Auenkreis", 2: "Wiesental", 3: "Lindener Land", 4: "Berg-Tal-Kreis", 5: "Lindenburg",
}  # fmt: skip
TOWNS = [
    (11, 2, "Wiesental"), (12, 1, "Bad Klotten/Werra"), (13, 1, "Klotten"), (14, 4, "Rohr"),
    (15, 3, "Neudorf (bei Aue)"), (16, 4, "Neudorf (bei Zell)"), (17, 3, "Nordhausen"),
    (18, 3, "Linden"), (19, 4, "Halle"), (20, 5, "Lindenburg"), (21, 1, "Zell am See"),
]  # fmt: skip
REGISTER = [
    *(Place(pk, Level.DISTRICT, pk, name) for pk, name in DISTRICTS.items()),
    *(Place(pk, Level.MUNICIPALITY, district, name) for pk, district, name in TOWNS),
]
GAZETTEER = Gazetteer(REGISTER)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Stadt Wiesental", 11),
        ("LRA Wiesental", 2),
        ("Jugendamt, Landratsamt Wiesental", 2),
        ("Kreis Wiesental", 2),
        ("LRA Auenkreis, Gleichstellungsbeauftragte", 1),
        ("Tierheim des Auenkreises", 1),
        ("Bündnis für Stadt Linden", 18),
        ("Lindener Bündnis für Familie", 18),
        ("Bündnis Lindener Land", 3),
        ("Nordhäuser Tafel", 17),
        ("Haller Elternverein", 19),
        ("Bürgermeister Bad Klotten", 12),
        ("Bad Klotten/Werra", 12),
        ("Kita Klotten", 13),
        ("Zell", 21),
        ("Berg-Tal-Kreis", 4),
        ("FZ Rohr", 14),
        ("Gemeinde Rohr e. V. Festausschuss", 14),
        ("Familienzentrum Lindenburg", 20),
        # A short name in the middle may be anything.
        ("Autohaus Rohr Meier", None),
        # "Bad X" is another town, and one that the register does not know.
        ("Stadt Bad Wiesental", None),
        # Two of the same name; two different places.
        ("Kita Neudorf", None),
        ("Verein Linden und Rohr", None),
        ("Kita am Linden", 18),
        ("verein der wiesental freunde", None),
        ("TMASGFF", None),
        ("", None),
    ],
)
def test_the_place_in_a_name(words: str, number: int | None) -> None:
    found = GAZETTEER.place_of(words)
    assert (found.pk if found else None) == number


def test_a_town_is_more_than_its_district() -> None:
    assert GAZETTEER.place_of("Stadt Linden, Lindener Land") == REGISTER[5 + 7]


def test_an_empty_register_finds_nothing() -> None:
    assert Gazetteer([]).place_of("Stadt Wiesental") is None


@given(st.text(max_size=80))
def test_any_words_can_be_asked_about(words: str) -> None:
    found = GAZETTEER.place_of(words)
    assert found is None or found in REGISTER


@given(st.sampled_from([place for place in REGISTER if place.level == Level.MUNICIPALITY]))
def test_every_town_of_one_name_is_found_by_its_full_name(place: Place) -> None:
    assert GAZETTEER.place_of(f"Stadt {place.name}") == place
