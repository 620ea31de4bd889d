"""In which state the contents of the database are: a name that changes with every change.

A trigger on every table counts transactions that wrote to it, in one row per database connection so
that writers never wait for each other. What a reader sees as the sum belongs to exactly those changes
that it sees: as long as two readers see the same sum, they read the same contents.
"""

from django.db import connection

from buendnisnetz.core.models import Change

_TABLE = Change._meta.db_table
# What is written all the time and shown on no page: sessions, counters, the job queue.
_UNCOUNTED = ("django_session", "core_cache", "core_ratelimit", _TABLE)

# For a statement of one's own that wants to know the state, too. The table's file is part of it: a
# database that was restored, or emptied, begins to count from somewhere else.
STATE = f"""
(SELECT concat(pg_relation_filenode('{_TABLE}'), '.', coalesce(sum(number), 0)) FROM {_TABLE})
"""  # noqa: S608 -- our own name

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION core_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Once per transaction: the setting is forgotten when it ends, or when a part of it is undone.
  IF coalesce(current_setting('buendnisnetz.change_counted', true), '') = '' THEN
    INSERT INTO {_TABLE} AS counted (connection_id, number) VALUES (pg_backend_pid(), 1)
      ON CONFLICT (connection_id) DO UPDATE SET number = counted.number + 1;
    PERFORM set_config('buendnisnetz.change_counted', 'yes', true);
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


def forget_ended_connections() -> None:
    """Put the rows of connections that are gone into one; the sum stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM {_TABLE} WHERE connection_id <> 0 AND connection_id NOT IN"  # noqa: S608
            "  (SELECT pid FROM pg_stat_activity) RETURNING number)"
            f" INSERT INTO {_TABLE} AS counted (connection_id, number)"
            " SELECT 0, sum(number) FROM gone HAVING count(*) > 0"
            " ON CONFLICT (connection_id) DO UPDATE SET number = counted.number + EXCLUDED.number"
        )
