"""What PostgreSQL knows about the rows."""

from django.apps import apps
from django.db import connection

from buendnisnetz.core.search import SearchKeyField

# To plan a search, PostgreSQL compares what was typed with each example of a key that it remembers.
# With its usual 200 that takes longer than the search.
KEYS_REMEMBERED = 10


def refresh_statistics() -> None:
    """Call after many rows came at once: until autovacuum has looked, PostgreSQL plans as if tables
    were empty, and a page that takes milliseconds may take minutes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def remember_fewer_keys() -> None:
    """Keep few examples of each search key. Once done, it costs one query."""
    keys = [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, SearchKeyField)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _OTHERWISE, [[f"{table}.{column}" for table, column in keys], KEYS_REMEMBERED]
        )
        for table, column in cursor.fetchall():
            cursor.execute(
                f'ALTER TABLE "{table}" ALTER "{column}" SET STATISTICS {KEYS_REMEMBERED}'
            )
            cursor.execute(f'ANALYZE "{table}" ("{column}")')


_OTHERWISE = """
SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid)
    AND c.relname || '.' || a.attname = ANY(%s) AND a.attstattarget IS DISTINCT FROM %s
"""
