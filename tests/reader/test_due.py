"""Words of a deadline turned into a proposed day."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.reader import resolve_due

MEETING = datetime.date(2019, 3, 6)
NEXT = datetime.date(2019, 4, 10)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("bis Ende Mai", "2019-05-31"),
        ("Ende Januar", "2020-01-31"),
        ("Mitte Juni", "2019-06-15"),
        ("Anfang April 2020", "2020-04-10"),
        ("Ende Februar 2020", "2020-02-29"),
        ("KW 20", "2019-05-17"),
        ("KW 2", "2020-01-10"),
        ("20. KW", "2019-05-17"),
        ("zur nächsten Sitzung", "2019-04-10"),
        ("nächstes Treffen", "2019-04-10"),
        ("Pfingsten", "2019-06-09"),
        ("vor Ostern", "2019-04-18"),
        ("vor Weihnachten", "2019-12-23"),
        ("in zwei Wochen", "2019-03-20"),
        ("innerhalb von 10 Tagen", "2019-03-16"),
        ("in drei Monaten", "2019-06-06"),
        ("Frühjahr 2020", "2020-05-31"),
        ("im Herbst", "2019-11-30"),
        ("umgehend", "2019-03-13"),
        ("zeitnah", "2019-03-20"),
        ("heute", "2019-03-06"),
        ("bis Donnerstag", "2019-03-07"),
        ("bis Mittwoch", "2019-03-13"),
        ("diese Woche", "2019-03-08"),
        ("nächste Woche", "2019-03-15"),
        ("übernächste Woche", "2019-03-22"),
        ("bis 15.4.", "2019-04-15"),
        ("2019-05-01", "2019-05-01"),
        ("bis Jahresende", "2019-12-31"),
        ("Ende 2020", "2020-12-31"),
        ("im April", "2019-04-30"),
        ("Ende des Quartals", "2019-03-31"),
        ("kommenden Monat", "2019-04-30"),
    ],
)
def test_words_become_a_day(words: str, day: str) -> None:
    assert resolve_due(words, MEETING, NEXT) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    "words", ["vor den Osterferien", "nach der Sommerpause", "laufend", "irgendwann", "", "KW 77"]
)
def test_what_nobody_can_know_stays_open(words: str) -> None:
    assert resolve_due(words, MEETING, NEXT) is None


def test_without_a_meeting_only_full_days_are_known() -> None:
    assert resolve_due("bis Ende Mai", None, None) is None
    assert resolve_due("bis 1.5.2019", None, None) == datetime.date(2019, 5, 1)


@given(st.text(max_size=60), st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)))
def test_no_words_raise(words: str, meeting: datetime.date) -> None:
    assert isinstance(resolve_due(words, meeting, None), datetime.date | None)
