"""What PostgreSQL knows about the rows."""

from django.db import connection


def refresh_statistics() -> None:
    """Call after many rows came at once: until autovacuum has looked, PostgreSQL plans as if tables
    were empty, and a page that takes milliseconds may take minutes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
