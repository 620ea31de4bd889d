"""What one line says about who does what until when, and what it waits for (S44, S117)."""

import pytest

from buendnisnetz.reader import event_in, read_deed


@pytest.mark.parametrize(
    ("line", "event"),
    [
        (
            "Die Bündnisse werden informiert, wenn das Verfahren startet.",
            "wenn das Verfahren startet",
        ),
        ("Sobald die  Zahlen\nvorliegen, wird eingeladen.", "Sobald die Zahlen vorliegen"),
        (
            "Frau Kern schreibt nach Beginn der Antragsfrist alle an.",
            "nach Beginn der Antragsfrist",
        ),
        ("Herr Brasack sucht einen Raum.", ""),
        ("Nach der Pause spricht Frau Kern.", ""),
    ],
)
def test_the_event_that_a_line_waits_for(line, event):
    assert event_in(line) == event


def test_with_a_day_nothing_else_is_waited_for():
    deed = read_deed("Frau Kern fragt bis 15. März nach, wenn nichts kommt", ["Ada Kern"], None)
    assert (deed.who, deed.waits_for) == ("Ada Kern", "")
