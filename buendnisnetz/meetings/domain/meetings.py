"""Writing meetings by hand."""

from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.editions.guard import check_writable
from buendnisnetz.meetings.domain.editions.states import writable_edition
from buendnisnetz.meetings.domain.origins import TASK_KINDS, origin_of
from buendnisnetz.meetings.domain.preparing import invitations
from buendnisnetz.meetings.domain.preparing.agenda import close_gap
from buendnisnetz.meetings.domain.preparing.standing import (
    ReasonMissingError,
    put_standing_items,
)
from buendnisnetz.meetings.domain.queries.bodies import bodies_named
from buendnisnetz.meetings.enums import DecisionStatus, EntryKind, MeetingStatus
from buendnisnetz.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    EntryTask,
    Meeting,
    MeetingSeries,
    MinutesEntry,
)
from buendnisnetz.network.domain.saving import edited
from buendnisnetz.network.models import Person, Post, Term
from buendnisnetz.tasks.domain.lifecycle import TaskValues, create_task


class ProofMissingError(DomainError):
    """A decision is not done because somebody clicks."""

    def __init__(self) -> None:
        super().__init__(_("Please say how it was carried out, or why it no longer holds."))


class AlreadyThereError(DomainError):
    """The person is on the list of this meeting already."""

    def __init__(self) -> None:
        super().__init__(_("This person is on the list already."))


def create_meeting(*, actor: Any, **values: Any) -> Meeting:
    """Record a meeting; ``values`` are its fields. One that is planned gets its standing items (S109)."""
    with recorded(actor=actor, action="meetings.meeting.created"):
        meeting = Meeting(**values)
        meeting.full_clean(exclude=["topics"])
        meeting.save()
        if meeting.status == MeetingStatus.PLANNED:
            put_standing_items(meeting=meeting, actor=actor)
    return meeting


def create_series(*, actor: Any, **values: Any) -> MeetingSeries:
    """Name a row of meetings that belong together; ``values`` are its fields."""
    with recorded(actor=actor, action="meetings.series.created"):
        series = MeetingSeries(**values)
        series.full_clean()
        series.save()
    return series


def edit_meeting(
    *, meeting: Meeting, version: int, actor: Any, now: datetime, **values: Any
) -> Meeting:
    """Change a meeting; those invited get a mail if day, time or place changed or it is cancelled.

    Raises EditConflictError if somebody else saved in the meantime, FrozenError.
    """
    with recorded(actor=actor, action="meetings.meeting.edited"):
        check_writable(meeting=meeting)
        before = Meeting.objects.get(pk=meeting.pk)
        after = edited(meeting, version, values)
        invitations.tell_changes(before=before, after=after, actor=actor, now=now)
        return after


def remove_meeting(*, meeting: Meeting, actor: Any) -> None:
    """Delete a meeting that was made by mistake. Raises NotEmptyMeetingError once it holds anything."""
    with recorded(actor=actor, action="meetings.meeting.removed"):
        locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        if (
            locked.entries.exists()
            or locked.attendances.exists()
            or locked.invitations.exists()
            or hasattr(locked, "minutes")
        ):
            raise NotEmptyMeetingError
        locked.delete()


class NotEmptyMeetingError(DomainError):
    """What somebody may ask for later is not deleted."""

    def __init__(self) -> None:
        super().__init__(_("This meeting holds entries already. Cancel it instead of deleting it."))


def add_agenda_item(
    *, meeting: Meeting, title: str, number: str, kind: str, actor: Any
) -> AgendaItem:
    with recorded(actor=actor, action="meetings.agenda.added"):
        check_writable(meeting=meeting)
        last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
        return AgendaItem.objects.create(
            meeting=meeting,
            position=last + 1,
            number=number or str(last + 1),
            title=title,
            kind=kind,
        )


def remove_agenda_item(*, item: AgendaItem, actor: Any) -> None:
    """Remove an item; entries that belonged to it stay. A standing item is left out with a reason
    instead. Raises ReasonMissingError, FrozenError."""
    with recorded(actor=actor, action="meetings.agenda.removed"):
        check_writable(meeting=item.meeting)
        if item.standing_id is not None:
            raise ReasonMissingError
        item.delete()
        close_gap(item.meeting)


def add_attendance(*, meeting: Meeting, actor: Any, **values: Any) -> Attendance:
    """Put somebody on the list, with function and organisation as on that day. Raises AlreadyThereError.

    Of somebody in the directory, what is not given comes from there (S06). Bodies that the words
    name exactly are linked, so that the meeting's page can say who was there.
    """
    with recorded(actor=actor, action="meetings.attendance.added"):
        check_writable(meeting=meeting)
        person = values.get("person")
        if person is not None and meeting.attendances.filter(person=person).exists():
            raise AlreadyThereError
        if person is not None:
            values = _from_directory(person, meeting.held_on, actor, values)
        if not {"organisation", "alliance"} & values.keys():
            values |= bodies_named(values.get("organisation_words") or "", meeting.held_on)
        last = meeting.attendances.aggregate(last=Max("position"))["last"] or 0
        return Attendance.objects.create(meeting=meeting, position=last + 1, **values)


def _from_directory(person: Person, day: date, actor: Any, given: dict[str, Any]) -> dict[str, Any]:
    """What was given, with name, function and institution of the person on a day where nothing was."""
    values = {**given, "name": given.get("name") or person.full_name()}
    if given.get("function") or given.get("organisation_words"):
        return values
    terms = Term.objects.visible_to(actor).as_of(day).filter(person=person)
    term = terms.select_related("post").order_by("is_acting", "post__sort_key", "pk").first()
    if term is None:
        return values
    post = term.post
    return {
        **values,
        "function": post.title,
        "organisation_words": post.scope_name,
        "organisation": post.organisation,
        "alliance": post.alliance,
    }


def remove_attendance(*, attendance: Attendance, actor: Any) -> None:
    with recorded(actor=actor, action="meetings.attendance.removed"):
        check_writable(meeting=attendance.meeting)
        attendance.delete()


def add_entry(
    *,
    meeting: Meeting,
    kind: EntryKind,
    text: str,
    actor: Any,
    now: datetime,
    agenda_item: AgendaItem | None = None,
    speaker_words: str = "",
    holder: Post | None = None,
    due_on: date | None = None,
    due_words: str = "",
) -> MinutesEntry:
    """Write an entry; a decision or a task becomes one with its own life (S54, S91, S117)."""
    with recorded(actor=actor, action="meetings.entry.added"):
        writable_edition(meeting=meeting, actor=actor, now=now)
        last = meeting.entries.aggregate(last=Max("position"))["last"] or 0
        entry = MinutesEntry.objects.create(
            meeting=meeting,
            position=last + 1,
            kind=kind,
            text=text.strip(),
            agenda_item=agenda_item,
            speaker_words=speaker_words,
        )
        if kind == EntryKind.DECISION:
            Decision.objects.create(
                meeting=meeting, entry=entry, agenda_item=agenda_item, text=entry.text
            )
        elif kind in TASK_KINDS:
            values = TaskValues(
                kind=TASK_KINDS[kind],
                title=entry.text,
                details=entry.text if len(entry.text) > 300 else "",
                holder=holder,
                alliance=meeting.alliance,
                due_on=due_on,
                due_words=due_words,
            )
            task = create_task(
                values=values,
                actor=actor,
                now=now,
                opened_on=meeting.held_on,
                **origin_of(meeting, entry),
            )
            EntryTask.objects.create(entry=entry, task=task)
    return entry


def set_decision_status(
    *, decision: Decision, status: DecisionStatus, result: str, actor: Any, today: date
) -> Decision:
    """Show that a decision was carried out or repealed, or open it again. Raises ProofMissingError."""
    with recorded(actor=actor, action="meetings.decision.moved"):
        row: Decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        if status != DecisionStatus.OPEN and not result.strip():
            raise ProofMissingError
        row.status, row.result = status, result.strip()
        row.status_on = today if status != DecisionStatus.OPEN else None
        row.save()
    return row
