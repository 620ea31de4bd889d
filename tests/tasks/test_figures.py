"""Promised, done, late, silent: counted by the database, checked against counting by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buendnisnetz.accounts.enums import Role
from buendnisnetz.tasks.domain import lifecycle
from buendnisnetz.tasks.domain.queries.figures import (
    Figures,
    figures_by_year,
    figures_of,
    silent,
    total_of,
)
from buendnisnetz.tasks.enums import CLOSED, TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task, TaskNote
from tests.factories.network import make_user
from tests.factories.tasks import NOW, make_task
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def test_nothing_recorded_counts_as_nothing():
    assert figures_of(Task.objects.all(), TODAY) == Figures()
    assert figures_by_year(Task.objects.all(), TODAY) == []


def test_late_overdue_silent():
    make_task(opened_on=TODAY - 300 * DAY, due_on=TODAY - 10 * DAY, status=TaskStatus.DONE)
    make_task(opened_on=TODAY - 300 * DAY, due_on=TODAY + DAY, status=TaskStatus.DONE)
    make_task(opened_on=TODAY - 300 * DAY, due_on=TODAY - DAY)
    make_task(opened_on=TODAY - 20 * DAY)
    make_task(status=TaskStatus.DROPPED)
    assert figures_of(Task.objects.all(), TODAY) == Figures(
        recorded=5, done=2, done_late=1, dropped=1, open=2, overdue=1, silent=1
    )


def test_a_word_ends_the_silence():
    task = make_task(opened_on=TODAY - 300 * DAY)
    assert silent(Task.objects.all(), TODAY).get() == task
    lifecycle.comment(task=task, text="Es geht weiter.", actor=None, now=NOW)
    assert not silent(Task.objects.all(), TODAY).exists()


_TASKS = st.lists(
    st.tuples(
        st.integers(0, 900),  # opened so many days ago
        st.none() | st.integers(-500, 100),  # due so many days from today
        st.none() | st.tuples(st.sampled_from(sorted(CLOSED)), st.integers(0, 900)),
        st.none() | st.integers(0, 900),  # the last word so many days ago
    ),
    max_size=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TASKS)
def test_the_years_add_up_and_equal_counting_by_hand(facts):
    Task.objects.all().delete()
    expected: dict[int, Figures] = {}
    for opened, due, closed, word in facts:
        opened_on = TODAY - opened * DAY
        task = make_task(opened_on=opened_on, due_on=TODAY + due * DAY if due is not None else None)
        if closed:
            closed_on = max(opened_on, TODAY - closed[1] * DAY)
            Task.objects.filter(pk=task.pk).update(
                status=closed[0], closed_on=closed_on, result="so"
            )
        if word is not None:
            lifecycle.comment(task=task, text="Wort", actor=None, now=NOW - word * DAY)
        task.refresh_from_db()
        expected[opened_on.year] = _plus(expected.get(opened_on.year, Figures()), _alone(task))
    years = dict(figures_by_year(Task.objects.all(), TODAY))
    assert years == expected
    total = Figures()
    for figures in expected.values():
        total = _plus(total, figures)
    assert total_of(figures_by_year(Task.objects.all(), TODAY)) == total
    assert figures_of(Task.objects.all(), TODAY) == total
    assert total.recorded == total.done + total.dropped + total.open


def _alone(task: Task) -> Figures:
    is_open = task.status not in CLOSED
    words = [note.written_at.date() for note in TaskNote.objects.filter(task=task)]
    last = max([task.opened_on, *words])
    return Figures(
        recorded=1,
        done=int(task.status == TaskStatus.DONE),
        done_late=int(
            task.status == TaskStatus.DONE and bool(task.due_on) and task.due_on < task.closed_on
        ),
        dropped=int(task.status == TaskStatus.DROPPED),
        open=int(is_open),
        overdue=int(is_open and bool(task.due_on) and task.due_on < TODAY),
        silent=int(is_open and last <= TODAY - 180 * DAY),
    )


def _plus(one: Figures, other: Figures) -> Figures:
    return Figures(**{name: value + getattr(other, name) for name, value in vars(one).items()})


def test_the_page_shows_years_and_takes_a_selection(as_user):
    office = as_user(make_user(Role.STATE_COORDINATION))
    assert "Nichts festgehalten" in text_of(office.get("/aufgaben/zahlen/"))
    make_task(opened_on=date(2024, 5, 1), kind=TaskKind.PROMISE)
    make_task(opened_on=date(2023, 5, 1))
    page = text_of(office.get("/aufgaben/zahlen/"))
    assert "2024" in page
    assert "2023" in page
    assert "2023" not in text_of(office.get("/aufgaben/zahlen/?kind=PROMISE"))


def test_no_years_have_no_total():
    assert total_of([]) == Figures()
