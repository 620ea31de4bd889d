"""What a writing page shows and asks for anew."""

from dataclasses import dataclass
from typing import Any

from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.meetings.domain.writing.understanding import Understander, Understood, of_entries
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import AgendaItem, Attendance, Decision, Meeting, MinutesEntry


@dataclass(frozen=True)
class WritingPage:
    """Everything that the page needs when it is opened."""

    number: int
    entries: list[MinutesEntry]
    items: list[Any]
    attendances: list[Attendance]
    understood: dict[str, Understood]
    unanswered: list[MinutesEntry]
    decisions: dict[int, Decision]


@dataclass(frozen=True)
class Changes:
    """What changed since a number: the entries, and the order of all."""

    number: int
    entries: list[MinutesEntry]
    order: list[str]
    understood: dict[str, Understood]


def writing_page(meeting: Meeting) -> WritingPage:
    """The rows of the page; six queries."""
    entries: list[MinutesEntry] = _ENTRIES.rows(meeting=meeting.pk)
    understander = Understander(meeting)
    answered = {row.answers_id for row in entries if row.answers_id}
    return WritingPage(
        number=meeting.change_number,
        entries=entries,
        items=_AGENDA.rows(meeting=meeting.pk),
        attendances=understander.attendances,
        understood=of_entries(understander, entries),
        unanswered=[
            row for row in entries if row.kind == EntryKind.QUESTION and row.pk not in answered
        ],
        decisions={row.entry_id: row for row in _DECISIONS.rows(meeting=meeting.pk)},
    )


_ENTRIES = Question(
    lambda: (
        MinutesEntry.objects.filter(meeting=Slot("meeting"))
        .exclude(text="")
        .select_related("agenda_item")
        .order_by("position", "pk")
    )
)
_AGENDA = Question(lambda: AgendaItem.objects.filter(meeting=Slot("meeting")).order_by("position"))
_DECISIONS = Question(lambda: Decision.objects.filter(meeting=Slot("meeting"), entry__isnull=False))


def changes_since(meeting: Meeting, number: int) -> Changes:
    """Entries that changed after ``number``, those taken out too; at most six queries."""
    current: int = Meeting.objects.values_list("change_number", flat=True).get(pk=meeting.pk)
    if current == number:
        return Changes(current, [], [], {})
    entries = list(
        meeting.entries.filter(change_number__gt=number)
        .select_related("agenda_item")
        .order_by("position", "pk")
    )
    order = list(
        meeting.entries.exclude(text="")
        .order_by("position", "pk")
        .values_list("public_id", flat=True)
    )
    return Changes(current, entries, order, of_entries(Understander(meeting), entries))
