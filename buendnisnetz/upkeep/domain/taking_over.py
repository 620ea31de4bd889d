"""Taking a reviewed list in: one transaction in a job, with everything remembered for taking back."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.models import Versioned
from buendnisnetz.core.queue import enqueue
from buendnisnetz.core.statistics import refresh_statistics
from buendnisnetz.upkeep.domain.lists import ListStateError, locked, move
from buendnisnetz.upkeep.domain.writing import Ledger
from buendnisnetz.upkeep.domain.writing_members import MemberWriter
from buendnisnetz.upkeep.domain.writing_people import PeopleWriter
from buendnisnetz.upkeep.enums import ListStatus, RowChoice, Target
from buendnisnetz.upkeep.models import ListRow, PartnerList, WrittenRow

# From so many new rows on the database has to look at its tables anew to plan well.
_MANY = 1000


class UndecidedRowsError(DomainError):
    """Rows are left that nobody decided about."""

    def __init__(self, count: int) -> None:
        super().__init__(
            _("%(count)s rows are still to be decided. Please decide them, or leave them out.")
            % {"count": count}
        )


class NothingToWriteError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("No row is to be taken in. Please decide about at least one."))


def confirm(*, partner_list: PartnerList, actor: Any) -> PartnerList:
    """Queue the writing of everything that was decided.

    Raises ListStateError, UndecidedRowsError, NothingToWriteError.
    """
    with recorded(actor=actor, action="upkeep.list.confirmed"):
        row = locked(partner_list)
        if row.status != ListStatus.READY:
            raise ListStateError(row)
        counts = Counter(row.rows.values_list("choice", flat=True))
        if counts[RowChoice.OPEN]:
            raise UndecidedRowsError(counts[RowChoice.OPEN])
        if not counts[RowChoice.NEW] + counts[RowChoice.SAME]:
            raise NothingToWriteError
        move(row, ListStatus.WRITING)
        row.confirmed_by, row.error = actor, ""
        row.save()
        row.progress.done = 0
        row.progress.total = counts[RowChoice.NEW] + counts[RowChoice.SAME]
        row.progress.save()
        enqueue("upkeep.write_list", partner_list=row.pk)
        return row


def write(*, partner_list: int, now: datetime) -> None:
    """Write a confirmed list: all of it or nothing. A rule that says no sends it back to the review
    with its sentence. Does nothing if the list is at another stage."""
    row = PartnerList.objects.select_related("confirmed_by").get(pk=partner_list)
    if row.status != ListStatus.WRITING:
        return
    try:
        _write(row, now)
    except DomainError as error:
        _send_back(row, str(error))


def _write(found: PartnerList, now: datetime) -> None:
    actor = found.confirmed_by
    with recorded(actor=actor, action="upkeep.list.written"):
        row = locked(found)
        if row.status != ListStatus.WRITING:
            return
        chosen = row.rows.filter(choice__in=[RowChoice.NEW, RowChoice.SAME]).order_by("line")
        rows: list[ListRow] = list(chosen.select_related("organisation", "person"))
        ledger = Ledger()
        writer = PeopleWriter if row.target == Target.PEOPLE else MemberWriter
        writer(row, rows, ledger, actor, timezone.localdate(now), now).write()
        _remember(row, ledger)
        move(row, ListStatus.DONE)
        row.confirmed_at = now
        row.save()
    if len(ledger.made) > _MANY:
        refresh_statistics()


def _remember(row: PartnerList, ledger: Ledger) -> None:
    """What was made and changed, in order: parents before parts."""
    kinds: Iterable[type[models.Model]] = {type(made) for made in (*ledger.made, *ledger.changed)}
    types = ContentType.objects.get_for_models(*kinds)
    WrittenRow.objects.bulk_create(
        (
            WrittenRow(
                partner_list=row,
                content_type=types[type(made)],
                object_id=made.pk,
                version=made.version if isinstance(made, Versioned) else None,
                before=ledger.changed.get(made),
            )
            for made in dict.fromkeys([*ledger.made, *ledger.changed])
        ),
        batch_size=1000,
    )


def _send_back(found: PartnerList, reason: str) -> None:
    with recorded(actor=None, action="upkeep.list.sent_back"):
        row = locked(found)
        if row.status == ListStatus.WRITING:
            move(row, ListStatus.READY)
            row.error = reason[:500]
            row.save()
