"""The way of a list: received, read, its columns named, checked, decided about, put away."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import ratelimit
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.queue import enqueue
from buendnisnetz.files.models import StoredFile
from buendnisnetz.files.store import MEGABYTE, store_file
from buendnisnetz.network.models import Alliance
from buendnisnetz.upkeep.domain import columns as fields
from buendnisnetz.upkeep.enums import LIST_TRANSITIONS, ListStatus, RowChoice, RowMatch, Target
from buendnisnetz.upkeep.models import ColumnMapping, ListProgress, ListRow, PartnerList
from buendnisnetz.upkeep.reading.sandbox import kind_of, read_list
from buendnisnetz.upkeep.reading.table import Table, UnreadableError

LARGEST = 15 * MEGABYTE
UPLOADS_PER_HOUR = 60


class ListStateError(DomainError):
    """The list is at another stage by now."""

    def __init__(self, partner_list: PartnerList) -> None:
        super().__init__(
            _("This list is “%(status)s” by now. Please load the page again.")
            % {"status": partner_list.get_status_display()}
        )


class ColumnsError(DomainError):
    """What the columns hold is not clear enough to go on."""


def locked(partner_list: PartnerList) -> PartnerList:
    found: PartnerList = (
        PartnerList.objects.select_for_update(of=("self",))
        .select_related("file", "alliance", "uploaded_by")
        .get(pk=partner_list.pk)
    )
    return found


def move(partner_list: PartnerList, status: ListStatus) -> None:
    """Change the state; the caller holds the lock and saves. Raises ListStateError."""
    if status not in LIST_TRANSITIONS[ListStatus(partner_list.status)]:
        raise ListStateError(partner_list)
    partner_list.status = status
    partner_list.version += 1


def receive_list(
    *,
    upload: "File[Any]",
    name: str,
    target: Target,
    alliance: Alliance | None,
    actor: Any,
    now: datetime,
) -> PartnerList:
    """Keep a list and queue its reading.

    Raises FileTooLargeError, EmptyFileError, and TooOftenError after ``UPLOADS_PER_HOUR``.
    """
    ratelimit.count(
        f"list-upload:{actor.pk}", limit=UPLOADS_PER_HOUR, period=timedelta(hours=1), now=now
    )
    with recorded(actor=actor, action="upkeep.list.received"):
        stored = store_file(upload=upload, name=name, limit=LARGEST, actor=actor, now=now)
        row = PartnerList.objects.create(
            file=stored, target=target, alliance=alliance, uploaded_by=actor, uploaded_at=now
        )
        ListProgress.objects.create(partner_list=row)
        enqueue("upkeep.read_list", partner_list=row.pk)
    return row


def read(*, partner_list: int, now: datetime) -> None:
    """Open a received list in a process of its own; what cannot be read says why.

    Does nothing if it was read or put away in the meantime.
    """
    row = PartnerList.objects.select_related("file").get(pk=partner_list)
    if row.status != ListStatus.RECEIVED:
        return
    try:
        table = _table(row.file, row.sheet)
    except UnreadableError as error:
        _fail(row, error)
        return
    with recorded(actor=None, action="upkeep.list.read"):
        row = locked(row)
        if row.status != ListStatus.RECEIVED:
            return
        move(row, ListStatus.MAPPING)
        row.header, row.sheet, row.sheets, row.error = table.header, table.sheet, table.sheets, ""
        row.columns = known_columns(row.target, table.header)
        row.save()
        row.rows.all().delete()
        ListRow.objects.bulk_create(
            (
                ListRow(partner_list=row, line=line, cells=cells, label=_label(cells))
                for line, cells in table.rows
            ),
            batch_size=1000,
        )


def _label(cells: Sequence[str]) -> str:
    return next((cell for cell in cells if cell), "")[:250]


def _table(stored: StoredFile, sheet: str) -> Table:
    with _as_path(stored) as path:
        with path.open("rb") as file:
            kind = kind_of(stored.name, file.read(64))
        return read_list(path, kind, sheet=sheet)


@contextmanager
def _as_path(stored: StoredFile) -> Iterator[Path]:
    """The stored file on disk, for the process that opens it apart from ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        with stored.content.open("rb") as source, path.open("wb") as target:
            for chunk in source.chunks():
                target.write(chunk)
        yield path


def _fail(row: PartnerList, error: UnreadableError) -> None:
    with recorded(actor=None, action="upkeep.list.failed"):
        row = locked(row)
        if row.status == ListStatus.RECEIVED:
            move(row, ListStatus.FAILED)
            row.error = sentence(error)[:500]
            row.save()


def sentence(error: UnreadableError) -> str:
    """Why a list cannot be read, and what to do."""
    sentences = {
        "EMPTY": _("The list holds no rows below a heading. Please check the first sheet."),
        "BROKEN": _("The file is damaged or of another kind. Please save it as .xlsx or .csv."),
        "ENCRYPTED": _("The file has a password. Please save it without one."),
        "TOO_LARGE": _("The file unpacks to far more than a list needs. Please save it anew."),
        "TOO_SLOW": _("Reading took too long and was stopped. Please split the list."),
        "TOO_MANY_ROWS": _("The list has more than %(limit)s rows. Please split it."),
        "TOO_MANY_COLUMNS": _("The list has more than %(limit)s columns. Please delete some."),
        "OLD_CARDS": _("These are vCards of an old version. Please export version 3.0 or 4.0."),
    }
    return sentences[error.code] % error.values


def known_columns(target: str, header: Sequence[str]) -> list[str]:
    """The columns as they were named the last time under these headings, or as proposed."""
    remembered = ColumnMapping.objects.filter(
        target=target, headings=fields.fingerprint(header)
    ).first()
    allowed = {"", *fields.fields_of(target)}
    if (
        remembered
        and len(remembered.columns) == len(header)
        and allowed.issuperset(remembered.columns)
    ):
        return list(remembered.columns)
    return fields.proposed(target, header)


def choose_sheet(*, partner_list: PartnerList, sheet: str, actor: Any) -> PartnerList:
    """Read another sheet of the same file. Raises ListStateError, ColumnsError."""
    with recorded(actor=actor, action="upkeep.list.sheet_chosen"):
        row = locked(partner_list)
        if sheet not in row.sheets:
            raise ColumnsError(_("There is no such sheet in the file."))
        move(row, ListStatus.RECEIVED)
        row.sheet = sheet
        row.save()
        enqueue("upkeep.read_list", partner_list=row.pk)
        return row


def name_columns(
    *, partner_list: PartnerList, columns: Sequence[str], actor: Any, now: datetime
) -> PartnerList:
    """Say what each column holds, remember it for the same headings, and queue the checking.

    Raises ColumnsError, ListStateError.
    """
    with recorded(actor=actor, action="upkeep.list.columns_named"):
        row = locked(partner_list)
        _check_columns(row, columns)
        move(row, ListStatus.CHECKING)
        row.columns = list(columns)
        row.save()
        ColumnMapping.objects.update_or_create(
            target=row.target,
            headings=fields.fingerprint(row.header),
            defaults={"columns": row.columns, "used_at": now},
        )
        row.progress.done = row.progress.total = 0
        row.progress.save()
        enqueue("upkeep.check_list", partner_list=row.pk)
        return row


def _check_columns(row: PartnerList, columns: Sequence[str]) -> None:
    known = fields.fields_of(row.target)
    named = [key for key in columns if key]
    if len(columns) != len(row.header) or not set(named) <= set(known):
        raise ColumnsError(_("These are not the columns of this list."))
    twice = next((key for key in named if named.count(key) > 1), None)
    if twice is not None:
        raise ColumnsError(
            _("“%(field)s” is named twice. Please choose one column for it.")
            % {"field": known[twice].heading}
        )
    if row.target == Target.MEMBERS and "name" not in named:
        raise ColumnsError(_("Please say which column holds the name of the organisation."))
    if row.target == Target.PEOPLE and not {"name", "family_name"} & set(named):
        raise ColumnsError(_("Please say which column holds the name of the person."))


def back_to_columns(*, partner_list: PartnerList, actor: Any) -> PartnerList:
    """Name the columns anew; decisions about rows are made again. Raises ListStateError."""
    with recorded(actor=actor, action="upkeep.list.columns_reopened"):
        row = locked(partner_list)
        move(row, ListStatus.MAPPING)
        row.save()
        return row


def check_again(*, partner_list: PartnerList, actor: Any) -> PartnerList:
    """Look at the rows of a list anew that was taken back. Raises ListStateError."""
    with recorded(actor=actor, action="upkeep.list.checked_again"):
        row = locked(partner_list)
        move(row, ListStatus.CHECKING)
        row.save()
        enqueue("upkeep.check_list", partner_list=row.pk)
        return row


def discard(*, partner_list: PartnerList, actor: Any) -> PartnerList:
    """Put a list away; it stays in the overview until it is emptied. Raises ListStateError."""
    with recorded(actor=actor, action="upkeep.list.discarded"):
        row = locked(partner_list)
        move(row, ListStatus.DISCARDED)
        row.save()
        return row


# What a row of each kind can become; the directory's own rules are asked when it is written.
CHOICES_OF: Mapping[str, frozenset[RowChoice]] = {
    RowMatch.FAULTY: frozenset({RowChoice.SKIP}),
    RowMatch.TWICE: frozenset({RowChoice.SKIP, RowChoice.NEW}),
    RowMatch.SIMILAR: frozenset({RowChoice.NEW, RowChoice.SAME, RowChoice.SKIP}),
    RowMatch.EXACT: frozenset({RowChoice.NEW, RowChoice.SAME, RowChoice.SKIP}),
    RowMatch.NUMBERED: frozenset({RowChoice.SAME, RowChoice.SKIP}),
    RowMatch.UNKNOWN: frozenset({RowChoice.NEW, RowChoice.SKIP}),
}
