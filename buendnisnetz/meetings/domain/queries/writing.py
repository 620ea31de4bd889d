"""What a writing page shows and asks for anew."""

from dataclasses import dataclass
from typing import Any

from buendnisnetz.core.questions import Compiled, Question, Slot
from buendnisnetz.core.together import together
from buendnisnetz.meetings.domain.writing.understanding import (
    Understander,
    Understood,
    of_entries,
    people,
)
from buendnisnetz.meetings.domain.writing.voting import voters
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
    # How many may vote.
    voters: int


@dataclass(frozen=True)
class Changes:
    """What changed since a number: the entries, and the order of all."""

    number: int
    entries: list[MinutesEntry]
    order: list[str]
    understood: dict[str, Understood]


def writing_page(meeting: Meeting) -> WritingPage:
    """The rows of the page; one query, and one for the posts of those who are to do something."""
    parts = _PARTS.row(meeting=meeting.pk)
    entries: list[MinutesEntry] = parts["entries"]
    understander = Understander(meeting, parts["attendances"])
    answered = {row.answers_id for row in entries if row.answers_id}
    return WritingPage(
        number=meeting.change_number,
        entries=entries,
        items=parts["items"],
        attendances=understander.attendances,
        understood=of_entries(understander, entries),
        unanswered=[
            row for row in entries if row.kind == EntryKind.QUESTION and row.pk not in answered
        ],
        decisions={row.entry_id: row for row in parts["decisions"]},
        voters=len(parts["voters"]),
    )


_OF_ENTRY = (
    "public_id", "kind", "text", "speaker_words", "is_internal", "answers", "agenda_item__public_id",
)  # fmt: skip


def _parts() -> Compiled:
    meeting = Slot("meeting")
    entries = MinutesEntry.objects.filter(meeting=meeting).exclude(text="")
    items = AgendaItem.objects.filter(meeting=meeting).only("public_id", "number", "title")
    decisions = Decision.objects.filter(meeting=meeting, entry__isnull=False)
    return together(
        entries=entries.select_related("agenda_item").only(*_OF_ENTRY).order_by("position", "pk"),
        items=items.order_by("position"),
        attendances=people(),
        decisions=decisions.only("entry", "votes_yes", "votes_no", "votes_abstain"),
        voters=voters().values("pk"),
    )


_PARTS = Question(_parts)


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
