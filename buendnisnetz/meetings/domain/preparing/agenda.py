"""Writing the agenda: items with speakers, their order, what is moved on or asked about again."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.editions.guard import check_writable
from buendnisnetz.meetings.enums import AgendaItemKind, MeetingStatus
from buendnisnetz.meetings.models import AgendaItem, AgendaSpeaker, Meeting
from buendnisnetz.network.domain.queries.holders import roles_on
from buendnisnetz.network.models import Person
from buendnisnetz.tasks.models import Task

LONGEST_TITLE = 400


class OrderChangedError(DomainError):
    """The order sent does not hold exactly the items that are there."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed the agenda meanwhile. Please load the page again."))


class MovedAlreadyError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This item was moved to a later meeting already."))


class OnAgendaAlreadyError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This stands on the agenda already."))


def add_item(
    *,
    meeting: Meeting,
    actor: Any,
    speakers: Sequence[tuple[str, str]] = (),
    **values: Any,
) -> AgendaItem:
    """Put an item at the end; ``values`` are its fields, ``speakers`` names with functions.

    Raises FrozenError.
    """
    with recorded(actor=actor, action="meetings.agenda.added"):
        check_writable(meeting=meeting)
        last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
        number = values.pop("number", "") or str(last + 1)
        item = AgendaItem.objects.create(
            meeting=meeting, position=last + 1, number=number, **values
        )
        _set_speakers(item, speakers, actor)
        return item


def edit_item(
    *, item: AgendaItem, actor: Any, speakers: Sequence[tuple[str, str]], **values: Any
) -> AgendaItem:
    """Change an item and who speaks to it. Raises FrozenError."""
    with recorded(actor=actor, action="meetings.agenda.edited"):
        check_writable(meeting=item.meeting)
        for name, value in values.items():
            setattr(item, name, value)
        item.number = item.number or str(item.position)
        item.save()
        _set_speakers(item, speakers, actor)
        return item


def _set_speakers(item: AgendaItem, speakers: Sequence[tuple[str, str]], user: Any) -> None:
    """Names that mean exactly one person of the directory are linked; a function that was left empty
    is filled with the one held on the day of the meeting (S06)."""
    rows = [(name.strip(), function.strip()) for name, function in speakers if name.strip()]
    found = {name: _person_named(name, user) for name, _function in rows}
    people = [person.pk for person in found.values() if person]
    roles = roles_on(people, item.meeting.held_on, user) if people else {}
    item.speakers.all().delete()
    for name, function in rows:
        person = found[name]
        held = roles.get(person.pk, []) if person else []
        words = function or ", ".join(f"{role.title}, {role.scope}" for role in held[:2])
        AgendaSpeaker.objects.create(
            item=item, person=person, name=name[:160], function=words[:200]
        )


def _person_named(name: str, user: Any) -> Person | None:
    given, _blank, family = name.rpartition(" ")
    rows = Person.objects.visible_to(user).filter(
        family_name__iexact=family, given_name__iexact=given
    )
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def move_item(*, item: AgendaItem, up: bool, actor: Any) -> None:
    """One place up or down; at the end of the list nothing happens. Raises FrozenError."""
    with recorded(actor=actor, action="meetings.agenda.ordered"):
        check_writable(meeting=item.meeting)
        order = list(item.meeting.agenda.order_by("position").values_list("pk", flat=True))
        here = order.index(item.pk)
        there = here - 1 if up else here + 1
        if 0 <= there < len(order):
            order[here], order[there] = order[there], order[here]
            _keep_order(item.meeting, order)


def put_in_order(*, meeting: Meeting, order: Sequence[int], actor: Any) -> None:
    """Give the items another order. Raises OrderChangedError, FrozenError."""
    with recorded(actor=actor, action="meetings.agenda.ordered"):
        check_writable(meeting=meeting)
        if sorted(order) != sorted(meeting.agenda.values_list("pk", flat=True)):
            raise OrderChangedError
        _keep_order(meeting, order)


def close_gap(meeting: Meeting) -> None:
    """After an item went, the others are counted anew."""
    _keep_order(meeting, list(meeting.agenda.order_by("position").values_list("pk", flat=True)))


def _keep_order(meeting: Meeting, order: Sequence[int]) -> None:
    """Positions follow the order, and numbers as long as the meeting is planned: afterwards they are those
    of the minutes. A number that somebody wrote ("2a") stays with its item."""
    rows = {row.pk: row for row in meeting.agenda.all()}
    is_planned = meeting.status == MeetingStatus.PLANNED
    for position, pk in enumerate(order, start=1):
        row = rows[pk]
        row.position = position
        if is_planned and (row.number.isdecimal() or not row.number):
            row.number = str(position)
    AgendaItem.objects.bulk_update(rows.values(), ["position", "number"])


def ask_about(*, meeting: Meeting, task: Task, actor: Any) -> AgendaItem:
    """Put a task that is still open on the agenda (S118). Raises OnAgendaAlreadyError, FrozenError."""
    with recorded(actor=actor, action="meetings.agenda.added"):
        check_writable(meeting=meeting)
        if meeting.agenda.filter(follows_up=task).exists():
            raise OnAgendaAlreadyError
        return add_item(
            meeting=meeting,
            actor=actor,
            title=task.title[:LONGEST_TITLE],
            kind=AgendaItemKind.REPORT,
            follows_up=task,
        )


def carry_on(*, meeting: Meeting, item: AgendaItem, actor: Any) -> AgendaItem:
    """Move an item of an earlier meeting to this one. Raises MovedAlreadyError, FrozenError."""
    with recorded(actor=actor, action="meetings.agenda.carried"):
        check_writable(meeting=meeting)
        row = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        if AgendaItem.objects.filter(carried_from=row).exists():
            raise MovedAlreadyError
        return add_item(
            meeting=meeting,
            actor=actor,
            title=row.title,
            kind=row.kind,
            duration=row.duration,
            is_internal=row.is_internal,
            carried_from=row,
        )
