"""What becomes of the rows of a list under review: one by one, or a whole kind at once."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.upkeep.domain import changes, member_rows, people_rows
from buendnisnetz.upkeep.domain.lists import CHOICES_OF, ListStateError, locked
from buendnisnetz.upkeep.enums import ListStatus, RowChoice, RowMatch, Target
from buendnisnetz.upkeep.models import ListRow, PartnerList

_BATCH = 500


class ChoiceError(DomainError):
    """A row cannot become that."""

    def __init__(self) -> None:
        super().__init__(_("This row cannot become that. Please choose something else."))


class NoCandidateError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please choose which entry the row means."))


def decide_row(
    *,
    row: ListRow,
    choice: RowChoice,
    candidate: int | None,
    taken: Collection[str] | None,
    actor: Any,
) -> ListRow:
    """Say what becomes of one row; ``candidate`` is the number of the entry that it means, ``taken``
    names the changes to be taken over (None: as put forward).

    Raises ListStateError, ChoiceError, NoCandidateError.
    """
    with recorded(actor=actor, action="upkeep.list.row_decided"):
        partner_list = _under_review(row.partner_list)
        current: ListRow = ListRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
        current.partner_list = partner_list
        if choice not in CHOICES_OF[current.match]:
            raise ChoiceError
        current.choice = choice
        if choice == RowChoice.SAME and current.match != RowMatch.NUMBERED:
            if candidate not in {found["pk"] for found in current.candidates}:
                raise NoCandidateError
            changes.choose_entry(current, candidate)
            _compare(current)
        elif choice == RowChoice.NEW:
            changes.choose_entry(current, None)
            current.changes = []
        if taken is not None:
            for change in current.changes:
                change["take"] = change["field"] in taken
        current.save()
        return current


def decide_all(*, partner_list: PartnerList, match: RowMatch, choice: RowChoice, actor: Any) -> int:
    """Decide all rows of one kind at once; "same" takes the likeliest entry of each. How many.

    Raises ListStateError, ChoiceError.
    """
    with recorded(actor=actor, action="upkeep.list.rows_decided"):
        current = _under_review(partner_list)
        if choice not in CHOICES_OF[match]:
            raise ChoiceError
        rows = list(current.rows.filter(match=match))
        for row in rows:
            row.partner_list = current
            row.choice = choice
            if match != RowMatch.NUMBERED and choice != RowChoice.SKIP:
                best = row.candidates[0]["pk"] if choice == RowChoice.SAME else None
                changes.choose_entry(row, best)
        if choice == RowChoice.SAME and match != RowMatch.NUMBERED:
            _compare_all(current, rows)
        elif choice == RowChoice.NEW:
            for row in rows:
                row.changes = []
        ListRow.objects.bulk_update(
            rows, ["choice", "organisation", "person", "changes"], batch_size=_BATCH
        )
        return len(rows)


def take_all_changes(*, partner_list: PartnerList, take: bool, actor: Any) -> int:
    """Take over, or leave, everything that rows say otherwise. How many rows."""
    with recorded(actor=actor, action="upkeep.list.rows_decided"):
        current = _under_review(partner_list)
        rows = list(current.rows.filter(choice=RowChoice.SAME).exclude(changes=[]))
        for row in rows:
            for change in row.changes:
                change["take"] = take
        ListRow.objects.bulk_update(rows, ["changes"], batch_size=_BATCH)
        return len(rows)


def _under_review(partner_list: PartnerList) -> PartnerList:
    row = locked(partner_list)
    if row.status != ListStatus.READY:
        raise ListStateError(row)
    return row


def _compare(row: ListRow) -> None:
    known_of = people_rows.known_of if row.partner_list.target == Target.PEOPLE else member_rows.known_of  # fmt: skip
    row.changes = changes.found_changes(
        row.partner_list.target, row.values, known_of(row), take=False
    )


def _compare_all(partner_list: PartnerList, rows: list[ListRow]) -> None:
    """The same for many rows in a handful of queries."""
    if partner_list.target == Target.PEOPLE:
        keys = [(row.person_id or 0, row.values.get("post")) for row in rows]
        known = people_rows.known_people(keys)
    else:
        keys = [(row.organisation_id or 0, row.values.get("alliance")) for row in rows]
        known = member_rows.known_members(keys)
    for row, key in zip(rows, keys, strict=True):
        row.changes = changes.found_changes(partner_list.target, row.values, known[key], take=False)
