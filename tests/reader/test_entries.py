"""The talk as entries with kind and voice (S54)."""

import pytest

from buendnisnetz.reader import Entry, read_entries, read_minutes

HEAD = "Protokoll vom 6.3.2019\n\nAnwesend: Anna Berg, Jörg Tal\n\nTOP 1 Kasse\n\n"


def entries(text: str) -> tuple[Entry, ...]:
    minutes = read_minutes(HEAD + text)
    return read_entries(HEAD + text, minutes)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Frau Berg fragt, ob das Geld reicht.", "question"),
        ("Herr Tal antwortet, dass es knapp wird.", "answer"),
        ("Frau Berg weist auf die Frist hin.", "hint"),
        ("Herr Tal fordert mehr Personal für alle.", "demand"),
        ("Frau Berg berichtet aus dem Bündnis.", "report"),
        ("Herr Tal begrüßt alle sehr herzlich.", "contribution"),
        ("Als Ergebnis wurde festgehalten, dass gespart wird.", "result"),
        ("In der Kasse liegen noch zwölf Euro.", "note"),
    ],
)
def test_kind_follows_the_verb(text: str, kind: str) -> None:
    assert [entry.kind for entry in entries(text + "\n")] == [kind]


def test_another_voice_begins_another_entry() -> None:
    found = entries(
        "Frau Berg fragt nach dem Geld. Sie braucht es bald. Herr Tal antwortet, es sei da.\n"
    )
    assert [(entry.speaker, entry.text.split()[-1]) for entry in found] == [
        ("Anna Berg", "bald."),
        ("Jörg Tal", "da."),
    ]


def test_a_name_alone_on_a_line_speaks_in_what_follows() -> None:
    found = entries("Frau Berg:\n\nDas Geld ist leider schon ausgegeben worden.\n")
    assert [entry.speaker for entry in found] == ["Anna Berg"]


def test_entries_know_their_item_and_place() -> None:
    minutes = read_minutes(HEAD + "Frau Berg fragt nach dem Geld.\n")
    (entry,) = read_entries(minutes.text, minutes)
    assert entry.agenda_number == "1"
    assert minutes.text[slice(*entry.span)] == entry.text
