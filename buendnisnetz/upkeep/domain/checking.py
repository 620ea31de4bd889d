"""Reading the rows of a list: what each cell means, which entry a row may mean, what would change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.upkeep.domain import changes, matching, progress
from buendnisnetz.upkeep.domain.cells import CellError
from buendnisnetz.upkeep.domain.columns import Field, fields_of
from buendnisnetz.upkeep.domain.lists import locked, move
from buendnisnetz.upkeep.domain.member_rows import MemberResolver
from buendnisnetz.upkeep.domain.people_rows import PeopleResolver
from buendnisnetz.upkeep.enums import ListStatus, RowChoice, RowMatch, Target
from buendnisnetz.upkeep.models import ListRow, PartnerList

BATCH = 400


@dataclass
class Draft:
    """A row while it is being checked."""

    row: ListRow
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)

    def refuse(self, key: str, message: str) -> None:
        """Note what is wrong with a cell."""
        self.row.errors.append({"field": key, "message": message})


Resolver = MemberResolver | PeopleResolver


def check(*, partner_list: int, now: datetime) -> None:
    """Check all rows of a list whose columns were named. The long part, the matching, is done before
    the transaction that writes. Does nothing if the list is at another stage."""
    found = PartnerList.objects.select_related("alliance").get(pk=partner_list)
    if found.status != ListStatus.CHECKING:
        return
    rows = list(found.rows.order_by("line"))
    drafts = _drafts(found, rows)
    resolver = _resolver(found, drafts, timezone.localdate(now))
    for draft in drafts:
        resolver.resolve(draft)
    sound = [draft for draft in drafts if not draft.row.errors]
    _find_twice(sound, resolver)
    _match(found, sound, resolver)
    _finish(found, drafts)
    with recorded(actor=None, action="upkeep.list.checked"), transaction.atomic():
        current = locked(found)
        if current.status != ListStatus.CHECKING or current.version != found.version:
            return
        move(current, ListStatus.READY)
        current.error = ""
        current.save()
        current.rows.all().delete()
        ListRow.objects.bulk_create(rows, batch_size=500)


def _drafts(partner_list: PartnerList, rows: Sequence[ListRow]) -> list[Draft]:
    known = fields_of(partner_list.target)
    plan = [(place, known[key]) for place, key in enumerate(partner_list.columns) if key]
    return [_draft(row, plan) for row in rows]


def _draft(row: ListRow, plan: Sequence[tuple[int, Field]]) -> Draft:
    """The cells that hold something, and what those mean that need no look into the database."""
    row.pk = None
    row.errors, row.notes, row.candidates, row.changes, row.values = [], [], [], [], {}
    row.organisation = row.person = None
    row.match, row.choice = RowMatch.UNKNOWN, RowChoice.OPEN
    draft = Draft(row, {})
    for place, column in plan:
        cell = row.cells[place]
        if not cell:
            if column.required:
                draft.refuse(column.key, _("This is missing."))
            continue
        draft.texts[column.key] = cell
        if column.parse is not None:
            try:
                draft.values[column.key] = column.parse(cell)
            except CellError as error:
                draft.refuse(column.key, str(error))
    return draft


def _resolver(partner_list: PartnerList, drafts: Sequence[Draft], today: date) -> Resolver:
    if partner_list.target == Target.PEOPLE:
        return PeopleResolver(partner_list, drafts, today)
    return MemberResolver(partner_list, drafts, today)


def _find_twice(drafts: Sequence[Draft], resolver: Resolver) -> None:
    """The second of two rows that say the same entry is asked about."""
    seen: dict[Any, int] = {}
    for draft in drafts:
        key = resolver.identity(draft)
        if key in seen:
            draft.row.match, draft.row.choice = RowMatch.TWICE, RowChoice.OPEN
            draft.row.notes.append(_("Stands in line %(line)s already.") % {"line": seen[key]})
        else:
            seen[key] = draft.row.line


def _match(partner_list: PartnerList, drafts: Sequence[Draft], resolver: Resolver) -> None:
    """Ask the directory, a batch at a time, and say how far it is."""
    asked = [draft for draft in drafts if draft.row.match == RowMatch.UNKNOWN]
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        found = resolver.candidates([draft.values for draft in batch])
        for draft, candidates in zip(batch, found, strict=True):
            _decide(draft.row, candidates)
        progress.report(partner_list.pk, min(start + BATCH, len(asked)), len(asked))
    resolver.compare(drafts)


def _decide(row: ListRow, candidates: list[dict[str, Any]]) -> None:
    """What is put forward: a clear entry, a question, or a new one."""
    row.candidates = candidates
    clear = matching.clear_candidate(candidates)
    if clear is not None:
        row.match, row.choice = RowMatch.EXACT, RowChoice.SAME
        changes.choose_entry(row, clear)
    elif candidates:
        row.match, row.choice = RowMatch.SIMILAR, RowChoice.OPEN
    else:
        row.match, row.choice = RowMatch.UNKNOWN, RowChoice.NEW


def _finish(partner_list: PartnerList, drafts: Sequence[Draft]) -> None:
    """Faulty rows stay behind; errors say line and column as the sheet shows them."""
    headings = dict(zip(partner_list.columns, partner_list.header, strict=True))
    places = {key: place for place, key in enumerate(partner_list.columns) if key}
    for draft in drafts:
        row = draft.row
        row.values = draft.values
        row.label = (draft.values.get("label") or row.label)[:250]
        if row.errors:
            row.match, row.choice = RowMatch.FAULTY, RowChoice.SKIP
            row.candidates, row.changes, row.organisation, row.person = [], [], None, None
            row.errors = [
                {
                    "column": places.get(error["field"]),
                    "heading": headings.get(error["field"], ""),
                    "message": error["message"],
                }
                for error in row.errors
            ]
