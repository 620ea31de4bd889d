"""From words to work: entries that are decisions or tasks get lives of their own (S54, S91, S117).

While people write, an entry is only text. Settled, a decision can be followed and a task has a
holder. Settling again follows what was written since: texts are taken over, what was taken out ends.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.meetings.domain.editions.guard import check_writable
from buendnisnetz.meetings.domain.origins import TASK_KINDS, origin_of
from buendnisnetz.meetings.domain.writing.understanding import DEEDS, Understander, Understood
from buendnisnetz.meetings.enums import DecisionStatus, EntryKind
from buendnisnetz.meetings.models import Decision, EntryTask, Meeting, MinutesEntry
from buendnisnetz.tasks.domain.lifecycle import TaskValues, change_status, create_task
from buendnisnetz.tasks.enums import CLOSED, TaskStatus
from buendnisnetz.tasks.models import Task

_LONGEST_TITLE = 300


def settle(*, meeting: Meeting, actor: Any, now: datetime) -> tuple[int, int]:
    """Make decisions and tasks of a meeting's entries; how many of each there are now.

    What somebody changed on a task since (holder, day, state) is left alone. Raises FrozenError.
    """
    with recorded(actor=actor, action="meetings.entry.settled"):
        check_writable(meeting=meeting)
        # Entries from forms and imports have had decisions and tasks since they were made.
        entries = list(
            MinutesEntry.objects.filter(meeting=meeting, change_number__gt=0)
            .select_related("agenda_item")
            .order_by("position", "pk")
        )
        _decide(meeting, entries, now)
        _give_out(meeting, entries, actor, now)
    tasks = EntryTask.objects.filter(meeting=meeting).count()
    return meeting.decisions.count(), tasks


def _decide(meeting: Meeting, entries: list[MinutesEntry], now: datetime) -> None:
    known = {row.entry_id: row for row in meeting.decisions.exclude(entry=None)}
    for entry in entries:
        wanted = entry.kind == EntryKind.DECISION and bool(entry.text)
        decision = known.get(entry.pk)
        if decision is None and wanted:
            Decision.objects.create(
                meeting=meeting, entry=entry, agenda_item=entry.agenda_item, text=entry.text
            )
        elif decision is not None and wanted and decision.text != entry.text:
            decision.text, decision.agenda_item = entry.text, entry.agenda_item
            decision.save()
        elif decision is not None and not wanted and decision.status == DecisionStatus.OPEN:
            decision.delete()


def _give_out(meeting: Meeting, entries: list[MinutesEntry], actor: Any, now: datetime) -> None:
    links = EntryTask.objects.filter(meeting=meeting).select_related("task")
    known = {link.entry_id: link.task for link in links}
    understander = Understander(meeting)
    for entry in entries:
        wanted = entry.kind in DEEDS and bool(entry.text)
        task = known.get(entry.pk)
        if task is None and wanted:
            _create(meeting, entry, understander.read(entry.text), actor, now)
        elif task is not None and wanted:
            _follow(task, entry)
        elif task is not None and task.status not in CLOSED:
            change_status(
                task=task,
                status=TaskStatus.DROPPED,
                actor=actor,
                now=now,
                text=_("taken out of the minutes"),
            )


def _create(
    meeting: Meeting, entry: MinutesEntry, said: Understood, actor: Any, now: datetime
) -> None:
    values = TaskValues(
        kind=TASK_KINDS[EntryKind(entry.kind)],
        title=entry.text[:_LONGEST_TITLE],
        details=entry.text if len(entry.text) > _LONGEST_TITLE else "",
        holder=said.holder,
        assignee_words="" if said.holder else said.who,
        for_all_alliances=said.all_alliances,
        alliance=meeting.alliance,
        due_on=said.due_on,
        due_words=said.due_words,
        waits_for=said.waits_for,
    )
    task = create_task(
        values=values,
        actor=actor,
        now=now,
        opened_on=meeting.held_on,
        **origin_of(meeting, entry),
    )
    EntryTask.objects.create(entry=entry, task=task)


def _follow(task: Task, entry: MinutesEntry) -> None:
    """Words that were corrected in the minutes are corrected in the task."""
    title, kind = entry.text[:_LONGEST_TITLE].strip(), TASK_KINDS[EntryKind(entry.kind)]
    if (task.title, task.kind) != (title, kind):
        task.title, task.kind = title, kind
        task.version += 1
        task.save()
