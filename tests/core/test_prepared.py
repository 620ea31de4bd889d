"""Statements are planned once for each connection, and answer as any other."""

import pytest
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext

from buendnisnetz.core import prepared
from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.tasks.models import Task
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db


def _prepared(part: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE starts_with(statement, %s)", [part]
        )
        return int(cursor.fetchone()[0])


def test_what_is_asked_twice_is_prepared_once():
    sql = "SELECT 17 + %s::int AS prepared_here"
    for number, known in ((1, 0), (2, 1), (3, 1)):
        with prepared.cursor() as cursor:
            cursor.execute(sql, [number])
            assert cursor.fetchall() == [(17 + number,)]
        assert _prepared("SELECT 17 + $1::int AS prepared_here") == known


@pytest.mark.parametrize("value", ["100 %", "o'clock", "%s", "a\\b", "{name}", "ä"])
def test_what_is_always_the_same_stands_in_the_text(value):
    task = make_task(value)
    make_task("another")
    question = Question(
        lambda: Task.objects.filter(title=value, pk__gte=Slot("least")).values("title")
    )
    for _time in range(3):
        assert question.rows(least=task.pk) == [{"title": value}]
    assert question.rows(least=task.pk + 1) == []


def test_a_planned_slot_is_planned_for_anew():
    first, second = make_task("a"), make_task("b")
    question = Question(lambda: Task.objects.filter(pk=Slot("pk", planned=True)).values("title"))
    for task in (first, second, first):
        assert question.rows(pk=task.pk) == [{"title": task.title}]
    # Two texts: one for each value; only the one that came back is prepared.
    assert _prepared('SELECT "tasks_task"."title"') == 1


def test_a_log_of_queries_tells_the_values():
    question = Question(lambda: Task.objects.filter(title=Slot("title")).values("title"))
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert question.rows(title="Umfrage") == []
        assert ["'Umfrage'" in query["sql"] for query in asked] == [True]


def test_what_is_undone_does_not_spoil_what_is_prepared():
    question = Question(lambda: Task.objects.filter(title=Slot("title")).values("title"))
    make_task("a")
    for _time in range(3):
        with prepared.cursor() as cursor:
            cursor.execute("SAVEPOINT before")
        make_task("b")
        assert question.rows(title="b") == [{"title": "b"}]
        with prepared.cursor() as cursor:
            cursor.execute("ROLLBACK TO SAVEPOINT before")
        assert question.rows(title="b") == []
        assert question.rows(title="a") == [{"title": "a"}]


def test_a_value_nobody_can_store_is_an_error_of_the_data():
    question = Question(lambda: Task.objects.filter(title=Slot("title")).values("title"))
    with pytest.raises((DataError, ValueError)):
        question.rows(title="\x00")


def test_a_list_of_numbers_is_one_statement_however_large_they_are():
    question = Question(lambda: Task.objects.filter(one_of("pk", "keys")).values("pk"))
    task = make_task()
    for further in ([], [40_000], [3_000_000_000]):
        assert question.rows(keys=[task.pk, *further]) == [{"pk": task.pk}]
    assert question.rows(keys=[]) == []
    assert _prepared('SELECT "tasks_task"."id" AS "pk" FROM "tasks_task" WHERE') == 1
