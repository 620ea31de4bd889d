"""The rows of several tables in one query, for files that tell everything about somebody."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from buendnisnetz.core.questions import compiled


def gathered(**wanted: QuerySet[Any, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each queryset of ``values()``, as JSON can hold them: days and times are text."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in wanted}
    parts = {name: part for name, rows in wanted.items() if (part := compiled(rows))}
    if parts:
        columns = (
            f"(SELECT coalesce(json_agg(found), '[]') FROM ({part.sql}) AS found)"  # noqa: S608 -- our own
            for part in parts.values()
        )
        values = [value for part in parts.values() for value in part.parameters]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)}", values)
            found |= dict(zip(parts, cursor.fetchone(), strict=True))
    return found
