"""In which state the contents of the database are: a name that changes with every change.

A trigger on every table counts transactions that wrote to it, in one row per database connection so
that writers never wait for each other, and once more per table. What a reader sees as the sum belongs to
exactly those changes that it sees: as long as two readers see the same sum, they read the same contents,
of everything or of these tables.
"""

from collections.abc import Collection

from django.db import connection

from buendnisnetz.core import prepared
from buendnisnetz.core.models import Change, TableChange

_TABLE = Change._meta.db_table
_OF_TABLES = TableChange._meta.db_table
# What is written all the time and shown on no page: sessions, counters, the job queue.
_UNCOUNTED = ("django_session", "core_cache", "core_ratelimit", _TABLE, _OF_TABLES)

# For a statement of one's own that wants to know the state, too. The table's file is part of it: a
# database that was restored, or emptied, begins to count from somewhere else.
STATE = f"""
(SELECT concat(pg_relation_filenode('{_TABLE}'), '.', coalesce(sum(number), 0)) FROM {_TABLE})
"""  # noqa: S608 -- our own name

_STATE_OF_TABLES = f"""
SELECT concat(pg_relation_filenode('{_OF_TABLES}'), '.', coalesce(sum(number), 0))
FROM {_OF_TABLES} WHERE name = ANY(%s)
"""  # noqa: S608

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION core_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- Once per transaction: the setting is forgotten when it ends, or when a part of it is undone.
  counted text := coalesce(current_setting('buendnisnetz.change_counted', true), '');
  own text := ' ' || TG_TABLE_NAME || ' ';
BEGIN
  IF counted = '' THEN
    INSERT INTO {_TABLE} AS c (connection_id, number) VALUES (pg_backend_pid(), 1)
      ON CONFLICT (connection_id) DO UPDATE SET number = c.number + 1;
  END IF;
  IF strpos(counted, own) = 0 THEN
    INSERT INTO {_OF_TABLES} AS c (name, connection_id, number)
      VALUES (TG_TABLE_NAME, pg_backend_pid(), 1)
      ON CONFLICT (name, connection_id) DO UPDATE SET number = c.number + 1;
    PERFORM set_config('buendnisnetz.change_counted', counted || own, true);
  END IF;
  RETURN NULL;
END $$
"""  # noqa: S608
_TABLES_WITHOUT = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
  AND relname <> ALL(%s) AND relname NOT LIKE 'procrastinate%%'
  AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'count_change')
ORDER BY relname
"""


def count_changes() -> None:
    """Give every table its trigger; after migrations, for tables that are new."""
    if _TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION)
        cursor.execute(_TABLES_WITHOUT, [list(_UNCOUNTED)])
        for (table,) in cursor.fetchall():
            cursor.execute(
                "CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
                f" ON {connection.ops.quote_name(table)} EXECUTE FUNCTION core_count_change()"
            )


def state() -> str:
    """The name of the state that this connection sees: equal for equal contents."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {STATE}")
        name: str = cursor.fetchone()[0]
    return name


def are_counted(tables: Collection[str]) -> bool:
    """Whether a change of any of these would be noticed."""
    return not any(name in _UNCOUNTED or name.startswith("procrastinate") for name in tables)


def state_of(tables: Collection[str]) -> str:
    """The same of some tables alone: equal for equal contents of theirs. Views and functions that read
    others are not followed."""
    with prepared.cursor() as cursor:
        cursor.execute(_STATE_OF_TABLES, [list(tables)])
        name: str = cursor.fetchone()[0]
    return name


def forget_ended_connections() -> None:
    """Put the rows of connections that are gone into one; the sums stay."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGETTING.format(table=_TABLE, key="", each="HAVING count(*) > 0"))
        cursor.execute(_FORGETTING.format(table=_OF_TABLES, key="name, ", each="GROUP BY name"))


_FORGETTING = """
WITH gone AS (
    DELETE FROM {table} WHERE connection_id <> 0
        AND connection_id NOT IN (SELECT pid FROM pg_stat_activity)
    RETURNING {key} number
)
INSERT INTO {table} AS counted ({key} connection_id, number)
SELECT {key} 0, sum(number) FROM gone {each}
ON CONFLICT ({key} connection_id) DO UPDATE SET number = counted.number + EXCLUDED.number
"""
