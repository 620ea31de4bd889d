"""What stands beside a name in a list of participants (S06, S13)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.meetings.domain.institutions import Institution, institution_of
from buendnisnetz.network.domain.guessing import is_alliance, organisation_kind
from buendnisnetz.network.enums import OrganisationKind


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Bürgermeisterin Stadt Wiesental", ("Bürgermeisterin", "Stadt Wiesental", "")),
        ("Stadt Wiesental, Bürgermeister", ("Bürgermeister", "Stadt Wiesental", "")),
        (
            "LRA Auenkreis, Gleichstellungsbeauftragte",
            ("Gleichstellungsbeauftragte", "LRA Auenkreis", ""),
        ),
        ("Jugendamt, LRA Auental", ("", "Jugendamt, LRA Auental", "")),
        ("Lokales Bündnis Wiesental, Elternpost.de", ("", "Lokales Bündnis Wiesental", "Elternpost.de")),
        ("Wichtel GmbH, Bündnis für Familie Au", ("", "Wichtel GmbH", "Bündnis für Familie Au")),
        ("Bündnis Hohenfels / Stadt Hohenfels", ("", "Bündnis Hohenfels", "Stadt Hohenfels")),
        (
            "Bündnis Hohenfels, Stadt Hohenfels, Bürgermeister",
            ("Bürgermeister", "Bündnis Hohenfels", "Stadt Hohenfels"),
        ),
        ("Bündnis Hohenfels, Sozialamt", ("", "Bündnis Hohenfels, Sozialamt", "")),
        # A house and its carrier are one body.
        ("AWO Kreisverband, Kita Rabennest", ("", "AWO Kreisverband, Kita Rabennest", "")),
        ("Elternschule/Stiftung Familie", ("", "Elternschule/Stiftung Familie", "")),
        ("Bürgermeister", ("", "Bürgermeister", "")),
        ("", ("", "", "")),
    ],
)  # fmt: skip
def test_words_are_taken_apart(words: str, found: tuple[str, str, str]) -> None:
    assert institution_of(words) == Institution(*found)


@given(st.text(max_size=60))
def test_no_words_are_invented(words: str) -> None:
    found = institution_of(words)
    known = "".join(words.split())
    for part in found:
        for word in part.split():
            assert word.strip(",;/") in known or not word.strip(",;/")
    assert bool(found.also_for) <= bool(found.body)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Netzwerk Gesunder Betrieb", OrganisationKind.NETWORK),
        ("AG Pflege und Beruf", OrganisationKind.NETWORK),
        ("Arbeitskreis der Familienverbände", OrganisationKind.NETWORK),
        ("Stahlbau Klump AG", OrganisationKind.COMPANY),
        ("Elternpost.net", OrganisationKind.COMPANY),
        ("Zunder & Co", OrganisationKind.COMPANY),
        ("Stadtwerke Wiesental", OrganisationKind.COMPANY),
        ("GStB", OrganisationKind.UMBRELLA_BODY),
        ("Gemeinde- und Städtebund", OrganisationKind.UMBRELLA_BODY),
        ("Familienbündnis Orlasenke", OrganisationKind.NETWORK),
        ("Bündnis Hohenfels", OrganisationKind.NETWORK),
        ("Familienverband Ortsgruppe Au", OrganisationKind.FAMILY_ORGANISATION),
    ],
)
def test_the_kind_of_a_body_is_guessed(name: str, kind: OrganisationKind) -> None:
    assert organisation_kind(name) == kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jenaer Bündnis für Familie", True),
        ("Familienbündnis Saalebogen", True),
        ("Bündnis Auental", True),
        ("Bündnis 90/Die Grünen", False),
        ("Bündnis gegen Kälte", False),
        ("Netzwerk Pflege", False),
    ],
)
def test_parties_are_no_alliances_for_families(name: str, expected: bool) -> None:
    assert is_alliance(name) is expected
