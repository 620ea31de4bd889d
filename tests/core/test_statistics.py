"""What PostgreSQL remembers of the rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buendnisnetz.core.statistics import KEYS_REMEMBERED, remember_fewer_keys

pytestmark = pytest.mark.django_db


def _remembered(column: str) -> list[int | None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attstattarget FROM pg_attribute WHERE attname = %s"
            " AND attrelid IN ('network_person'::regclass, 'tasks_task'::regclass)",
            [column],
        )
        return [row[0] for row in cursor.fetchall()]


def test_few_search_keys_are_remembered_once_the_tables_are_there():
    assert _remembered("search_key") == [KEYS_REMEMBERED] * 2
    assert KEYS_REMEMBERED not in _remembered("public_id")


def test_nothing_is_done_twice():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tasks_task ALTER search_key SET STATISTICS 100")
    for queries in (3, 1):
        with CaptureQueriesContext(connection) as asked:
            remember_fewer_keys()
        assert len(asked) == queries
    assert _remembered("search_key") == [KEYS_REMEMBERED] * 2
