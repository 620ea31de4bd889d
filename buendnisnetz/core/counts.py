"""Several counts in one query."""

from typing import Any

from django.db.models import QuerySet

from buendnisnetz.core.questions import Compiled, compiled


def counts_of(**wanted: QuerySet[Any]) -> dict[str, int]:
    """How many rows each queryset has; what cannot have any is not asked."""
    asked = counting(**wanted)
    return asked.answer({})[0] if asked else dict.fromkeys(wanted, 0)


def counting(**wanted: QuerySet[Any]) -> Compiled | None:
    """The same for a :class:`~buendnisnetz.core.questions.Question`: one row with all counts."""
    parts = {name: compiled(rows.order_by().values("pk")) for name, rows in wanted.items()}
    if not any(parts.values()):
        return None
    columns = (
        f"(SELECT count(*) FROM ({part.sql}) AS counted)" if part else "0"  # noqa: S608 -- our own
        for part in parts.values()
    )
    return Compiled(
        sql=f"SELECT {', '.join(columns)}",
        parameters=tuple(value for part in parts.values() if part for value in part.parameters),
        names=tuple(parts),
    )
