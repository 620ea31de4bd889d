"""Reading lists and their rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.network.models import Alliance
from buendnisnetz.upkeep.enums import ListStatus, RowChoice, RowMatch
from buendnisnetz.upkeep.models import ListRow, PartnerList


@dataclass(frozen=True)
class Counts:
    """How many rows of a list there are by what is known and by what becomes of them."""

    total: int
    by_match: dict[str, int]
    by_choice: dict[str, int]
    open_by_match: dict[str, int]
    changed: int = 0

    @property
    def undecided(self) -> int:
        return self.by_choice.get(RowChoice.OPEN, 0)

    @property
    def taken(self) -> int:
        return self.by_choice.get(RowChoice.NEW, 0) + self.by_choice.get(RowChoice.SAME, 0)


def counts_of(partner_list: PartnerList) -> Counts:
    """Everything in one query."""
    rows = partner_list.rows.order_by().values("match", "choice")
    grouped = rows.annotate(
        count=Count("pk"), changed=Count("pk", filter=Q(choice=RowChoice.SAME) & ~Q(changes=[]))
    )
    by_match: dict[str, int] = {}
    by_choice: dict[str, int] = {}
    undecided: dict[str, int] = {}
    changed = 0
    for entry in grouped:
        match, choice, count = entry["match"], entry["choice"], entry["count"]
        by_match[match] = by_match.get(match, 0) + count
        by_choice[choice] = by_choice.get(choice, 0) + count
        changed += entry["changed"]
        if choice == RowChoice.OPEN:
            undecided[match] = undecided.get(match, 0) + count
    return Counts(sum(by_match.values()), by_match, by_choice, undecided, changed)


def lists_for(user: Any) -> QuerySet[Any]:
    """Lists that a user may see, with the number of rows to be decided."""
    visible: QuerySet[Any] = PartnerList.objects.visible_to(user)
    waiting = Q(rows__choice=RowChoice.OPEN)
    rows: QuerySet[Any] = visible.annotate(
        size=Count("rows"), undecided=Count("rows", filter=waiting)
    )
    return rows


def narrowed(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    return rows.filter(status=values["status"]) if values.get("status") else rows


def alliances_for(user: Any) -> QuerySet[Alliance]:
    """Alliances that a user may hand lists in for."""
    access = access_of(user)
    rows: QuerySet[Alliance] = Alliance.objects.visible_to(user).order_by("sort_key")
    if not access.sees_whole_state:
        rows = rows.filter(pk__in=access.ids(ScopeKind.ALLIANCE))
    return rows


def rows_of(partner_list: PartnerList) -> QuerySet[Any]:
    rows: QuerySet[Any] = ListRow.objects.filter(partner_list=partner_list)
    return rows


def narrowed_rows(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    if values.get("match"):
        rows = rows.filter(match=values["match"])
    if values.get("choice"):
        rows = rows.filter(choice=values["choice"])
    if values.get("changed"):
        rows = rows.exclude(changes=[])
    return rows


def faulty_lines(partner_list: PartnerList) -> Iterator[list[str]]:
    """The rows that stay behind, each with what is wrong, for handing in again."""
    rows = partner_list.rows.filter(match=RowMatch.FAULTY).order_by("line")
    for row in rows.iterator(chunk_size=500):
        yield [*row.cells, " ".join(cell_errors(row))]


def cell_errors(row: ListRow) -> list[str]:
    """What is wrong in a row's cells, each with its heading."""
    return [
        f"{error['heading']}: {error['message']}" if error["heading"] else error["message"]
        for error in row.errors
    ]


def waiting_lists(user: Any) -> QuerySet[PartnerList]:
    """Lists that wait for their columns to be named or for a review."""
    waiting = [ListStatus.MAPPING, ListStatus.READY]
    return PartnerList.objects.visible_to(user).filter(status__in=waiting)


@dataclass(frozen=True)
class Sample:
    """A column as the naming page shows it: heading, first cells."""

    heading: str
    cells: list[str] = field(default_factory=list)


def samples(partner_list: PartnerList, most: int = 4) -> list[Sample]:
    """The first filled cells of each column."""
    first = list(partner_list.rows.order_by("line").values_list("cells", flat=True)[:50])
    found = []
    for place, heading in enumerate(partner_list.header):
        filled = [cells[place] for cells in first if place < len(cells) and cells[place]]
        found.append(Sample(heading, list(dict.fromkeys(filled))[:most]))
    return found
