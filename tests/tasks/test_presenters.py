"""What the pages say about a task."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.tasks import presenters
from buendnisnetz.tasks.domain.queries.tasks import Card
from buendnisnetz.tasks.enums import TASK_TRANSITIONS, TaskStatus

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "status", "expected"),
    [
        (None, "OPEN", ("Ende des Jahres", "")),
        (date(2026, 11, 22), "OPEN", ("22.11.2026", "danger")),
        (date(2026, 11, 23), "OPEN", ("23.11.2026", "")),
        (date(2026, 11, 22), "DONE", ("22.11.2026", "")),
    ],
)
def test_due_text(day, status, expected):
    assert presenters.due_text(day, "Ende des Jahres", status, TODAY) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (date(2026, 11, 23), "0 Tage"),
        (date(2026, 11, 22), "1 Tag"),
        (date(2026, 9, 25), "59 Tage"),
        (date(2026, 9, 24), "2 Monate"),
        (date(2024, 12, 5), "23 Monate"),
        (date(2024, 11, 23), "2 Jahre"),
        (date(2017, 8, 24), "9 Jahre"),
    ],
)
def test_age_text(since, expected):
    assert presenters.age_text(since, TODAY) == expected


@given(st.dates(max_value=TODAY))
def test_age_is_never_zero_months_or_one_year(since):
    assert presenters.age_text(since, TODAY).split(" ", 1)[1] in {"Tag", "Tage", "Monate", "Jahre"}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("OPEN", ["Beginnen", "Erledigt"]),
        ("IN_PROGRESS", ["Zurück auf offen", "Erledigt"]),
        ("DONE", ["Wieder öffnen"]),
        ("DROPPED", ["Wieder öffnen"]),
    ],
)
def test_moves_of(status, expected):
    moves = presenters.moves_of(status)
    assert [label for _status, label in moves] == expected
    assert {move for move, _label in moves} <= TASK_TRANSITIONS[TaskStatus(status)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"for_all_alliances": True}, "alle Bündnisse"),
        ({"assignee_words": "Frau Muster"}, "Frau Muster"),
        ({}, "niemand benannt"),
        ({"holder": "Kasse", "scope": "Musterverein"}, "Kasse Musterverein"),
        ({"holder": "Kasse", "scope": ""}, "Kasse"),
    ],
)
def test_who_text(facts, expected):
    card = Card(1, "abcdefgh", "Aufgabe", "TASK", "OPEN", None, "", "", False, None, None)
    assert presenters.who_text(card._replace(**facts)) == expected
