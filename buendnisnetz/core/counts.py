"""Several counts in one query."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counts_of(**wanted: QuerySet[Any]) -> dict[str, int]:
    """How many rows each queryset has; what cannot have any is not asked."""
    counts = dict.fromkeys(wanted, 0)
    parts: list[tuple[str, str]] = []
    values: list[Any] = []
    for name, rows in wanted.items():
        try:
            sql, parameters = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append((name, f"(SELECT count(*) FROM ({sql}) AS counted)"))  # noqa: S608 -- our own
        values += parameters
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(part for _name, part in parts)}", values)
            found = cursor.fetchone()
        counts |= dict(zip((name for name, _part in parts), found, strict=True))
    return counts
