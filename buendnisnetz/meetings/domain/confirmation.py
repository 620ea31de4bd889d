"""Taking a reviewed document over: everything that was accepted is written in one transaction.

The same document a second time adds nothing. Every row that is made is remembered, so that the
whole import can be taken back while nothing was built on it (:mod:`.undo`).
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.models import Versioned
from buendnisnetz.meetings.domain.accepted import Accepted
from buendnisnetz.meetings.domain.confirmed_directory import DirectoryWriter
from buendnisnetz.meetings.domain.confirmed_meeting import MeetingWriter
from buendnisnetz.meetings.domain.minutes_import import (
    ImportStateError,
    existing_minutes,
    locked,
    move,
)
from buendnisnetz.meetings.domain.review import accept_above
from buendnisnetz.meetings.enums import FindingKind, ImportStatus, Verdict
from buendnisnetz.meetings.models import ImportedRow, Meeting, MinutesImport


class UndecidedError(DomainError):
    """Proposals are left that nobody decided about."""

    def __init__(self, count: int) -> None:
        super().__init__(
            _(
                "%(count)s findings are still undecided. Accept or drop them first, or accept the rest at once."
            )
            % {"count": count}
        )


class DateMissingError(DomainError):
    """A meeting needs a day."""

    def __init__(self) -> None:
        super().__init__(
            _("The day of the meeting is missing. Please add it under “About the meeting”.")
        )


@dataclass
class Ledger:
    """What an import made, found or left as it was, per kind of row."""

    made: list[models.Model] = field(default_factory=list)
    matched: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)

    def add(self, row: Any) -> Any:
        self.made.append(row)
        return row

    @property
    def created(self) -> Counter[str]:
        return Counter(row._meta.model_name or "" for row in self.made)


@dataclass(frozen=True)
class Confirmed:
    """The result of a confirmation; ``created`` is empty when the document was there before."""

    meeting: Meeting
    created: dict[str, int]
    matched: dict[str, int]
    unchanged: dict[str, int]


def confirm_import(*, minutes_import: MinutesImport, actor: Any, now: datetime) -> Confirmed:
    """Write everything that was accepted. Atomic: all of it or nothing.

    Raises ImportStateError, UndecidedError, DateMissingError and what the directory's rules say.
    """
    with recorded(actor=actor, action="meetings.minutes_import.confirmed"):
        row = locked(minutes_import)
        if row.status != ImportStatus.READY:
            raise ImportStateError(row)
        known = existing_minutes(row)
        if known is not None:
            return _already_there(row, known.meeting, now)
        _check(row)
        accepted = Accepted.of(row)
        if accepted.held_on is None:
            raise DateMissingError
        ledger = Ledger()
        directory = DirectoryWriter(row, accepted, accepted.held_on, ledger, actor)
        directory.write()
        meeting = MeetingWriter(
            row, accepted, accepted.held_on, ledger, directory, actor, now
        ).write()
        _finish(row, meeting, ledger, now)
    return Confirmed(meeting, dict(ledger.created), dict(ledger.matched), dict(ledger.unchanged))


def _check(row: MinutesImport) -> None:
    undecided = (
        row.proposals.filter(verdict=Verdict.PROPOSED).exclude(kind=FindingKind.QUERY).count()
    )
    if undecided:
        raise UndecidedError(undecided)


def _already_there(row: MinutesImport, meeting: Meeting, now: datetime) -> Confirmed:
    """The same text was taken over before: point to it and add nothing."""
    move(row, ImportStatus.CONFIRMED)
    row.meeting, row.confirmed_at = meeting, now
    row.save()
    unchanged = {
        "meeting": 1,
        "attendance": meeting.attendances.count(),
        "agendaitem": meeting.agenda.count(),
        "minutesentry": meeting.entries.count(),
        "decision": meeting.decisions.count(),
        "task": meeting.entries.filter(task_links__isnull=False).count(),
        "attachment": meeting.attachments.count(),
    }
    return Confirmed(meeting, {}, {}, unchanged)


def _finish(row: MinutesImport, meeting: Meeting, ledger: Ledger, now: datetime) -> None:
    types = ContentType.objects.get_for_models(*{type(made) for made in ledger.made})
    versions = _versions(ledger.made)
    ImportedRow.objects.bulk_create(
        ImportedRow(
            minutes_import=row,
            content_type=types[type(made)],
            object_id=made.pk,
            version=versions.get((type(made), made.pk)),
        )
        for made in ledger.made
    )
    move(row, ImportStatus.CONFIRMED)
    row.meeting, row.confirmed_at = meeting, now
    row.save()


def _versions(made: list[models.Model]) -> dict[tuple[type[models.Model], int], int]:
    """The versions that the rows have now; the import itself may have saved one twice."""
    keys: dict[type[models.Model], list[int]] = {}
    for item in made:
        if isinstance(item, Versioned):
            keys.setdefault(type(item), []).append(item.pk)
    return {
        (model, pk): version
        for model, numbers in keys.items()
        for pk, version in model._default_manager.filter(pk__in=numbers).values_list(
            "pk", "version"
        )
    }


def accept_all_and_confirm(
    *, minutes_import: MinutesImport, confidence: float, actor: Any, now: datetime
) -> Confirmed:
    """For the command line: accept at or above a confidence, drop the rest, take over."""
    with recorded(actor=actor, action="meetings.minutes_import.confirmed"):
        accept_above(minutes_import=minutes_import, confidence=confidence, actor=actor, now=now)
        minutes_import.proposals.filter(verdict=Verdict.PROPOSED).exclude(
            kind=FindingKind.QUERY
        ).update(verdict=Verdict.DROPPED, decided_by=actor, decided_at=now)
        return confirm_import(minutes_import=minutes_import, actor=actor, now=now)
