"""Taking in what writing pages send and giving back what others wrote meanwhile.

A page keeps, for each entry, the text that it last had from the server (the base) and sends base and
text. Both are merged with what the server has by then, word by word. Every change has a key, so that
a page that never heard the answer may send it again. Entries are never deleted: an empty text takes
one out, and words that somebody else put in meanwhile bring it back.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.merge import merged
from buendnisnetz.meetings.domain.editions.guard import locked_meeting
from buendnisnetz.meetings.domain.editions.states import writable_edition_of
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import AgendaItem, Meeting, MinutesEntry, WriteOperation

MOST_CHANGES = 200
LONGEST_TEXT = 20_000
STEP = 1024
KEEP_OPERATIONS = timedelta(days=30)
_PUBLIC_ID = re.compile(r"[23456789abcdefghjkmnpqrstuvwxyz]{8,12}")
FIELDS = frozenset({"kind", "item", "speaker", "internal"})


class ChangeNotUnderstoodError(DomainError):
    """A page sent something that no page of ours sends."""

    def __init__(self) -> None:
        super().__init__(
            _("This change could not be understood. Please load the page again; your text stays.")
        )


class TooMuchTextError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("An entry has at most %(limit)s characters. Please make two of it.")
            % {"limit": LONGEST_TEXT}
        )


@dataclass(frozen=True)
class Change:
    """What one page did to one entry since the base that it had.

    ``entry`` is the public id, chosen by the page for a new entry; ``after`` is the entry that it
    follows ("" for the end). ``fields`` holds only what was changed: kind, item (public id or ""),
    speaker (words), internal.
    """

    key: UUID
    entry: str
    base: str
    text: str
    after: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


def sync(
    *, meeting: Meeting, changes: Sequence[Change], actor: Any, now: datetime
) -> tuple[int, list[str]]:
    """Merge changes into a meeting's entries; the meeting's change number and the entries touched.

    Raises FrozenError, ChangeNotUnderstoodError, TooMuchTextError; then nothing of it is written.
    """
    if len(changes) > MOST_CHANGES:
        raise ChangeNotUnderstoodError
    with recorded(actor=actor, action="meetings.entry.written"):
        # The lock makes writers of one meeting wait for each other, so that order is the server's.
        locked = locked_meeting(meeting)
        if not changes:
            return locked.change_number, []
        writable_edition_of(locked=locked, actor=actor, now=now)
        done = set(
            WriteOperation.objects.filter(key__in=[change.key for change in changes]).values_list(
                "key", flat=True
            )
        )
        writer = _Writer(locked, now)
        for change in changes:
            if change.key not in done:
                writer.apply(change)
        Meeting.objects.filter(pk=locked.pk).update(change_number=locked.change_number)
        return locked.change_number, writer.touched


class _Writer:
    """Applies changes to the entries of one locked meeting."""

    def __init__(self, meeting: Meeting, now: datetime) -> None:
        self.meeting = meeting
        self.now = now
        self.touched: list[str] = []

    def apply(self, change: Change) -> None:
        _check(change)
        entry = self._entry(change)
        entry.text = merged(change.base, change.text, entry.text)
        if len(entry.text) > LONGEST_TEXT:
            raise TooMuchTextError
        self._set(entry, change.fields)
        self.meeting.change_number += 1
        entry.change_number = self.meeting.change_number
        entry.version += 1
        entry.save()
        WriteOperation.objects.create(key=change.key, entry=entry, done_at=self.now)
        self.touched.append(entry.public_id)

    def _entry(self, change: Change) -> MinutesEntry:
        found: MinutesEntry | None = MinutesEntry.objects.filter(public_id=change.entry).first()
        if found is None:
            return MinutesEntry(
                public_id=change.entry,
                meeting=self.meeting,
                kind=EntryKind.NOTE,
                text="",
                position=self._place_after(change.after),
                version=0,
            )
        if found.meeting_id != self.meeting.pk:
            raise ChangeNotUnderstoodError
        return found

    def _place_after(self, after: str) -> int:
        """A position behind the named entry and before the one that follows it now."""
        entries = MinutesEntry.objects.filter(meeting=self.meeting)
        places = entries.order_by("position").values_list("position", flat=True)
        before: int | None = places.filter(public_id=after).first() if after else None
        if before is None:
            last: int | None = places.last()
            return (last or 0) + STEP
        behind: int | None = places.filter(position__gt=before).first()
        if behind is None:
            return before + STEP
        if behind - before > 1:
            return (before + behind) // 2
        self._make_room()
        return self._place_after(after)

    def _make_room(self) -> None:
        """Spread the positions; the order stays, so nobody's page has to know."""
        entries = list(
            MinutesEntry.objects.filter(meeting=self.meeting).order_by("position", "pk").only("pk")
        )
        for place, entry in enumerate(entries, start=1):
            entry.position = place * STEP
        MinutesEntry.objects.bulk_update(entries, ["position"])

    def _set(self, entry: MinutesEntry, fields: Mapping[str, Any]) -> None:
        if "kind" in fields:
            entry.kind = EntryKind(fields["kind"])
        if "speaker" in fields:
            entry.speaker_words = str(fields["speaker"]).strip()[:160]
            entry.speaker = self._speaker(entry.speaker_words)
        if "internal" in fields:
            entry.is_internal = bool(fields["internal"])
        if "item" in fields:
            items = AgendaItem.objects.filter(meeting=self.meeting)
            entry.agenda_item = items.filter(public_id=fields["item"]).first()

    def _speaker(self, words: str) -> Any:
        """The person of the attendance list who is written like this."""
        if not words:
            return None
        rows = self.meeting.attendances.filter(name__iexact=words, person__isnull=False)
        found = rows.select_related("person").first()
        return found.person if found else None


def _check(change: Change) -> None:
    if not _PUBLIC_ID.fullmatch(change.entry) or not FIELDS.issuperset(change.fields):
        raise ChangeNotUnderstoodError
    if "\x00" in change.text or "\x00" in change.base:
        raise ChangeNotUnderstoodError
    if max(len(change.text), len(change.base)) > LONGEST_TEXT:
        raise TooMuchTextError
    kind = change.fields.get("kind", EntryKind.NOTE)
    if kind not in EntryKind.values:
        raise ChangeNotUnderstoodError


def forget_operations(*, now: datetime) -> int:
    """Forget the keys of changes that no page sends again."""
    return WriteOperation.objects.filter(done_at__lt=now - KEEP_OPERATIONS).delete()[0]
