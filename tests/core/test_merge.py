"""Texts that several people write at once lose no word (S54, feature 3)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnisnetz.core.merge import Change, differences, merged, tokens

texts = st.text(alphabet="ab \n\tÄß<>&.", max_size=40)
NUMBER = st.integers(0, 10**6)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("", "Eins", "", "Eins"),
        ("Der Rat tagt.", "Der Rat tagt nicht.", "Der Rat tagt.", "Der Rat tagt nicht."),
        (
            "eins zwei drei",
            "eins zwei drei vier",
            "null eins zwei drei",
            "null eins zwei drei vier",
        ),
        ("eins zwei drei", "eins drei", "eins zwei drei vier", "eins drei vier"),
        ("das rote Haus", "das blaue Haus", "das grüne Haus", "das grüne blaue Haus"),
        ("eins", "", "eins zwei", " zwei"),
        ("eins", "eins", "", ""),
        ("eins", "zwei", "zwei", "zwei"),
        ("ab", "ab cd", "ab ef", "ab ef cd"),
        ("Zeile\nZeile", "Zeile\nneu\nZeile", "Zeile\nZeile.", "Zeile\nneu\nZeile."),
    ],
)
def test_both_sides_changes_come_together(base, mine, theirs, expected):
    assert merged(base, mine, theirs) == expected


@given(texts, texts)
def test_one_side_alone_is_taken_as_it_is(base, other):
    assert merged(base, other, base) == other
    assert merged(base, base, other) == other
    assert merged(base, other, other) == other


def _edited(draw, base, mark):
    """A text in which one writer took words out and put marked ones in; which were put in and out."""
    kept, gone, added = [], set(), []
    for word in base:
        if draw(st.booleans()):
            added.append(f"{mark}{draw(NUMBER)}.{len(added)}")
            kept.append(added[-1])
        if draw(st.integers(0, 3)):
            kept.append(word)
        else:
            gone.add(word)
    return " ".join(kept), gone, added


@st.composite
def writings(draw):
    base = [f"w{number}" for number in range(draw(st.integers(0, 12)))]
    return base, _edited(draw, base, "a"), _edited(draw, base, "b")


@settings(max_examples=300)
@given(writings())
def test_what_was_put_in_is_there_and_what_was_taken_out_is_gone(given_texts):
    base, (mine, gone, added), (theirs, other_gone, other_added) = given_texts
    result = merged(" ".join(base), mine, theirs).split()
    wanted = [word for word in base if word not in gone | other_gone]
    assert [word for word in result if word.startswith("w")] == wanted
    assert [word for word in result if word.startswith("a")] == added
    assert [word for word in result if word.startswith("b")] == other_added
    assert len(result) == len(wanted) + len(added) + len(other_added)


@given(texts)
def test_tokens_give_the_text_again(text):
    assert "".join(tokens(text)) == text


@given(texts, texts)
def test_differences_give_both_texts_again(old, new):
    pieces = differences(old, new)
    assert "".join(p.text for p in pieces if p.change != Change.ADDED) == old
    assert "".join(p.text for p in pieces if p.change != Change.REMOVED) == new


def test_differences_are_words_not_lines():
    pieces = differences("Der Rat tagt am Montag.", "Der Rat tagt am Dienstag.")
    assert [(p.change.value, p.text) for p in pieces] == [
        ("same", "Der Rat tagt am"),
        ("removed", " Montag."),
        ("added", " Dienstag."),
    ]


def test_differences_of_long_texts_stay_whole():
    old = " ".join(f"Wort{number}" for number in range(6_000))
    new = old.replace("Wort3000", "anders")
    changed = [(p.change.value, p.text) for p in differences(old, new) if p.change != Change.SAME]
    assert changed == [("removed", " Wort3000"), ("added", " anders")]
