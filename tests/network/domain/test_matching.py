"""Which person or organisation a name may mean: proposals with reasons."""

from datetime import date

import pytest

from buendnisnetz.network.domain import organisations, people
from buendnisnetz.network.domain.queries.matching import (
    PersonQuery,
    match_organisation,
    match_organisations,
    match_people,
    match_person,
)
from tests.factories.network import make_organisation, make_person, make_post, make_term

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 1)


def _found(name: str, **what: str) -> list[tuple[object, float]]:
    return [(match.row, match.score) for match in match_person(name, **what)]


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("Ada Schirnick", 1.0),
        ("Dr. Ada Schirnick", 1.0),
        ("Frau Ada Schirnick", 1.0),
        ("Schirnick, Ada", 0.98),
        ("ADA SCHIRNICK", 0.98),
        ("Schirnick Ada", 0.96),
        ("Frau Schirnick", 0.6),
        ("A. Schirnick", 0.75),
    ],
)
def test_forms_of_a_name(typed, score):
    person = make_person("Schirnick", "Ada")
    make_person("Anderslautend", "Bodo")
    assert _found(typed) == [(person, score)]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        (("Schirnick", "Ada"), "Ada Schiernick"),
        (("Schultze", "Ada"), "Ada Schultz"),
        (("Strejček", "Ada"), "Ada Strejcek"),
        (("Groß-Möller", "Ada"), "Ada Gross Moeller"),
        (("Maier", "Ada"), "Ada Meier"),
    ],
)
def test_spelling_variants_are_proposed(stored, typed):
    person = make_person(*stored)
    (match,) = match_person(typed)
    assert match.row == person
    assert match.score >= 0.75
    assert person.full_name() in match.reasons[0]


def test_confirmed_other_spelling():
    person = make_person("Schirnick", "Ada")
    people.add_alias(person=person, name="Adelheid Kranich", actor=None)
    (match,) = match_person("Adelheid Kranich")
    assert (match.row, match.score) == (person, 0.97)
    assert match.reasons == ("Eine bestätigte andere Schreibweise: Adelheid Kranich.",)


def test_same_family_name_at_the_same_place_is_likelier():
    at_home, elsewhere = make_person("Schirnick", "Ada"), make_person("Schirnick", "Bea")
    make_term(make_post(make_organisation("Musterkammer", short_name="MK"), "Leitung"), at_home)
    make_term(make_post(make_organisation("Anderswo")), elsewhere)
    for place in ("Musterkammer", "MK", "Muster-Kammer"):
        first, *others = match_person("Frau Schirnick", place, "Leiterin", DAY)
        assert (first.row, first.score) == (at_home, 0.9)
        assert first.reasons[1] == "Gehört zu: Musterkammer."
        assert others == []


def test_role_counts_a_little():
    person = make_person("Schirnick", "Ada")
    make_term(make_post(title="Sozialplanung"), person)
    (match,) = match_person("A. Schirnick", role="Sozialplanung")
    assert (match.score, match.reasons[-1]) == (0.8, "Hat diese Funktion: Sozialplanung.")


def test_only_the_day_of_the_text_counts():
    person = make_person("Schirnick", "Ada")
    make_term(make_post(make_organisation("Musterkammer")), person, valid_to=date(2021, 1, 1))
    (match,) = match_person("A. Schirnick", "Musterkammer", None, DAY)
    assert match.score == 0.75
    (match,) = match_person("A. Schirnick", "Musterkammer", None, date(2020, 6, 1))
    assert match.score == 1.0


def test_same_name_elsewhere_is_less_likely():
    person = make_person("Schirnick", "Ada")
    make_term(make_post(make_organisation("Anderswo")), person)
    (match,) = match_person("Ada Schirnick", "Musterkammer")
    assert match.score == 0.9
    assert match.reasons[1] == "Ist von anderswo bekannt: Anderswo."


def test_nobody_is_like_it():
    make_person("Schirnick", "Ada")
    assert match_person("Xaver Quodlibet") == []
    assert match_person("") == []


def test_two_people_of_the_same_name_are_both_proposed():
    pair = {make_person("Schirnick", "Ada"), make_person("Schirnick", "Ada")}
    assert {match.row for match in match_person("Ada Schirnick")} == pair


def test_erased_people_are_never_proposed():
    person = make_person("Schirnick", "Ada")
    person.erased_at = "2026-01-01T00:00:00Z"
    person.save()
    assert match_person("Ada Schirnick") == []


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("Industrie- und Handelskammer Musterstadt", 1.0),
        ("Industrie und Handelskammer Musterstadt", 1.0),
        ("IHK Musterstadt", 0.97),
        ("Handelskammer Musterstadt", 0.65),
        ("Alte Kammer", 0.97),
    ],
)
def test_forms_of_an_organisation(typed, score):
    body = make_organisation(
        "Industrie- und Handelskammer Musterstadt", short_name="IHK Musterstadt"
    )
    organisations.add_alias(organisation=body, name="Alte Kammer", actor=None)
    make_organisation("Bäckerei Sonnenschein")
    (match,) = match_organisation(typed)
    assert (match.row, match.score) == (body, score)


def test_legal_form_and_spelling_of_an_organisation():
    body = make_organisation("Musterwerk Thüringen GmbH")
    (match,) = match_organisation("Musterwerk Thüringen")
    assert (match.row, match.score) == (body, 1.0)
    (match,) = match_organisation("Musterwerck Thueringen")
    assert match.row == body
    assert match.reasons == ("Der Name wird ähnlich geschrieben: Musterwerk Thüringen GmbH.",)


def test_ended_organisation_says_so():
    body = make_organisation("Stiftung Vergangenheit")
    organisations.end_organisation(
        organisation=body, last_day=date(2018, 12, 31), successor=None, actor=None
    )
    (match,) = match_organisation("Stiftung Vergangenheit")
    assert (match.score, match.reasons[1]) == (0.98, "Endete am 31.12.2018.")


def test_sixty_names_cost_few_queries(django_assert_num_queries):
    for number in range(60):
        make_term(make_post(), make_person(f"Probename{number}", "Ada"))
    asked = [PersonQuery(f"Ada Probename{number}", "Musterverein") for number in range(60)]
    with django_assert_num_queries(4):
        found = match_people(asked, DAY)
    assert [matches[0].row.family_name for matches in found] == [
        f"Probename{number}" for number in range(60)
    ]
    with django_assert_num_queries(3):
        match_organisations([f"Musterverein {number}" for number in range(60)])
