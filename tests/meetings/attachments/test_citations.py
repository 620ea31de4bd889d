"""Where minutes cite an attachment (S07)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.meetings.domain import citations
from buendnisnetz.meetings.domain.citations import Piece


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Präsentation ist in Anhang 1 angefügt.", {1}),
        ("siehe Anlage 3", {3}),
        ("(Anl. 12)", {12}),
        ("ANLAGE NR. 4 liegt bei", {4}),
        ("Anlagen 1 und 2", {1, 2}),
        ("Anlagen 1, 2 sowie 5", {1, 2, 5}),
        ("in den Anhängen 2 bis 4", {2, 3, 4}),
        ("Anlagen 1–3 und 7", {1, 2, 3, 7}),
        ("Anlagen 5 - 2", {2, 5}),
        ("Anlage 3. Danach", {3}),
        ("Anlage\n7", {7}),
        # One attachment: what follows is a number of something else.
        ("Anlage 3 und 4 Familien", {3}),
        ("Anhang 2, 10 Personen", {2}),
        # Numbers that are none of attachments.
        ("Anlage 1 zu § 5 SGB VIII", set()),
        ("Anlage 2 der Verordnung", set()),
        ("Anlage 3.2 des Plans", set()),
        ("Anlage 12.3.2024", set()),
        ("Anlage 4,5", set()),
        ("Biogasanlage 3", set()),
        ("Solar-Anlage 3", set()),
        ("Anlage 2024", set()),
        ("die Anlage", set()),
        ("", set()),
    ],
)
def test_numbers_that_a_text_cites(text, expected):
    assert citations.numbers_cited(text) == expected


def test_of_a_range_both_ends_lead_somewhere():
    found = list(citations.citations_in("Anlagen 1–3 und Anhang 5"))
    assert [(row.start, row.end, row.number) for row in found] == [
        (8, 9, 1),
        (10, 11, 3),
        (16, 24, 5),
    ]


def test_a_text_is_cut_at_what_is_in_the_list():
    assert citations.pieces("Laut Anlage 1 und Anlage 9.", {1}) == [
        Piece("Laut "),
        Piece("Anlage 1", 1),
        Piece(" und Anlage 9."),
    ]
    assert citations.pieces("Anlage 1", {1}) == [Piece("Anlage 1", 1)]
    assert citations.pieces("ohne", {1}) == [Piece("ohne")]
    assert citations.pieces("", {1}) == []


_WORDS = st.sampled_from(
    ["Anlage", "Anlagen", "Anhang", "Anhänge", "Anl.", "1", "2", "3", "12", "und", "bis", "–", ",", " ", "\n", "§", "x", "<b>", "Nr."]
)  # fmt: skip


@given(
    st.lists(_WORDS, max_size=30).map(" ".join) | st.text(max_size=80), st.sets(st.integers(1, 12))
)
def test_pieces_together_are_the_text_and_every_link_was_cited(text, known):
    cut = citations.pieces(text, known)
    assert "".join(piece.text for piece in cut) == text
    linked = {piece.number for piece in cut if piece.number}
    assert linked <= known & citations.numbers_cited(text)
    assert all(piece.text for piece in cut)


def test_a_list_in_the_text_is_no_citation():
    text = "Wie in Anlage 1 steht.\nAnlagen: 1 Zahlen\n - Anlage 2: Folien\nAnhang 3\n"
    assert citations.numbers_cited(citations.without_lists(text)) == {1}


@pytest.mark.parametrize(
    ("title", "texts", "expected"),
    [
        ("einladung zur arbeitsmarktkonferenz", ["die einladung zur arbeitsmarktkonferenz liegt bei"], True),
        ("einladung zur arbeitsmarktkonferenz", ["die einladung", "eine arbeitsmarktkonferenz"], False),
        ("plan", ["der plan steht"], False),
        ("zahlen", [], False),
    ],
)  # fmt: skip
def test_named_by_its_title(title, texts, expected):
    assert citations.named_in(title, texts) is expected
