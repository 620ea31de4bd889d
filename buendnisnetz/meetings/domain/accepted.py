"""What a review accepted, sorted for writing."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Self

from buendnisnetz.meetings.enums import FindingKind, Verdict
from buendnisnetz.meetings.models import MinutesImport, Proposal


def day_of(text: Any) -> date | None:
    """An ISO day, None for anything else."""
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def time_of(text: Any) -> time | None:
    """A time of day as HH:MM, None for anything else."""
    try:
        return time.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


@dataclass
class Accepted:
    """The accepted proposals by kind; the meeting's own fields as values."""

    rows: dict[FindingKind, list[Proposal]]
    values: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, minutes_import: MinutesImport) -> Self:
        rows: dict[FindingKind, list[Proposal]] = {kind: [] for kind in FindingKind}
        query = minutes_import.proposals.filter(verdict=Verdict.ACCEPTED).select_related(
            "person", "organisation"
        )
        for row in query.order_by("position"):
            rows[FindingKind(row.kind)].append(row)
        result = cls(rows)
        for row in rows[FindingKind.FIELD]:
            name, value = row.data["field"], row.data["value"]
            if name in {"chair", "recorder"}:
                result.lists.setdefault(name, []).append(value)
            else:
                result.values[name] = value
        return result

    @property
    def held_on(self) -> date | None:
        return day_of(self.values.get("date"))

    def of_kind(self, kind: FindingKind) -> list[Proposal]:
        return self.rows[kind]
