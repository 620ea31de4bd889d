"""Whatever the text: no exception but the reader's own, valid output, true spans, same result."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import buendnisnetz.reader
from buendnisnetz.reader import Minutes, ReaderError, load_document, read_entries, read_minutes
from buendnisnetz.reader.codec import minutes_from_dict
from buendnisnetz.reader.markup import plain_view
from buendnisnetz.reader.sheet import make_sheet
from buendnisnetz.reader.text import normalise, tidy

SCHEMA = json.loads(
    (Path(buendnisnetz.reader.__file__).parent / "minutes.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
MINUTES = (Path(__file__).parent / "minutes" / "strategietreffen.txt").read_text(encoding="utf-8")
PIECES = [line for line in MINUTES.split("\n") if line.strip()] + [
    "Anwesend: Berg, Anna Tal, Jörg CDU Au, Petra", "TOP 1 Kasse", "1. Kasse", "Beschluss: Das Fest findet statt.",
    "Abstimmung: 5 Ja, 2 Nein, 1 Enthaltung", "Was\tWer\tBis wann", "Räume prüfen\tAnna\tKW 20", "Frau Berg klärt das bis zum 3.4.",
    "| a | b |", "- [ ] Klingel @tal", "Entschuldigt: (Anna Berg), Jörg Tal", "Nächste Sitzung: 31.2.2020", "**", "```", "> Zitat", "lAnna, lBert, lCora",
    "Seite 1 von 2", "Seite 2 von 2", "gez. Berg gez. Tal", "---", "date: 2020-01-01", "Anlage 1: Karte", "be-", "wahrt", "K a s s e",
]  # fmt: skip
SLOW = settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(minutes: Minutes) -> None:
    """What holds for every result."""
    plain = minutes.to_dict()
    VALIDATOR.validate(plain)
    view = make_sheet(minutes.text).plain
    for start, end in _spans(plain):
        assert 0 <= start <= end <= len(minutes.text)
    for item in (*minutes.decisions, *minutes.tasks):
        assert item.text == tidy(view[slice(*item.span)])
    for person in minutes.participants:
        passage = minutes.text[slice(*person.span)]
        assert (
            all(word in passage for word in person.name.removeprefix("Familie ").split())
            or person.confidence < 0.95
        )
    assert minutes_from_dict(plain) == minutes


def _check_sentence(error: ReaderError) -> None:
    assert error.sentence.endswith(".")


def _spans(value: Any) -> list[tuple[int, int]]:
    if isinstance(value, dict):
        own = [tuple(value["span"])] if "span" in value else []
        return own + [s for key, v in value.items() if key != "span" for s in _spans(v)]
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(part, int) for part in value):
            return [(value[0], value[1])]
        return [s for v in value for s in _spans(v)]
    return []


@given(st.text(max_size=400))
@SLOW
def test_any_text_is_read(text: str) -> None:
    check(read_minutes(text))


@given(
    st.lists(st.sampled_from(PIECES), max_size=25),
    st.sampled_from(["\n", "\n\n", " ", " | ", "\t"]),
)
@SLOW
def test_shuffled_minutes_are_read(pieces: list[str], joint: str) -> None:
    check(read_minutes(joint.join(pieces)))


@given(st.data())
@SLOW
def test_mutated_minutes_are_read(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(MINUTES)))
    text = MINUTES[start : start + 1500]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(text) - 1, 0)))
        text = (
            text[:at] + data.draw(st.text(max_size=6)) + text[at + data.draw(st.integers(0, 30)) :]
        )
    check(read_minutes(text))


@given(st.lists(st.sampled_from(PIECES), max_size=15))
@SLOW
def test_same_text_gives_same_result(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    assert read_minutes(text) == read_minutes(text)


@given(st.lists(st.sampled_from(PIECES), max_size=15))
@SLOW
def test_entries_stand_in_the_text(pieces: list[str]) -> None:
    minutes = read_minutes("\n".join(pieces))
    view = make_sheet(minutes.text).plain
    for entry in read_entries(minutes.text, minutes):
        assert entry.text == tidy(view[slice(*entry.span)])


@given(st.text(max_size=300))
@SLOW
def test_plain_view_keeps_every_place(text: str) -> None:
    read = normalise(text).text
    assert len(plain_view(read)) == len(read)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
@SLOW
def test_normalising_twice_changes_nothing(pieces: list[str]) -> None:
    once = normalise("\n".join(pieces)).text
    assert normalise(once).text == once


@given(st.binary(max_size=600))
@SLOW
def test_any_bytes_are_text_or_a_sentence(content: bytes) -> None:
    try:
        check(read_minutes(load_document(content, "datei")))
    except ReaderError as error:
        _check_sentence(error)


@pytest.mark.parametrize(
    "head",
    [b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"<html>"],
)
@given(st.binary(max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_bytes_behind_a_known_head_are_text_or_a_sentence(head: bytes, content: bytes) -> None:
    try:
        load_document(head + content, "datei")
    except ReaderError as error:
        _check_sentence(error)
