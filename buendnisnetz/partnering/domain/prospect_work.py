"""Working on a prospect: notes of contacts, the next step as a task, reminders when nothing happens."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import locked, saved
from buendnisnetz.network.models import Post
from buendnisnetz.partnering.domain.notices import notices_to_tell
from buendnisnetz.partnering.domain.posts import responsible_post
from buendnisnetz.partnering.domain.silence import silent_prospects
from buendnisnetz.partnering.enums import ContactKind, TaskPurpose
from buendnisnetz.partnering.models import ContactNote, Prospect, ProspectTask, Stakeholder
from buendnisnetz.tasks.domain.lifecycle import TaskValues, change_status, create_task
from buendnisnetz.tasks.enums import CLOSED, TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task


class NoteInFutureError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This day lies in the future. Plan it as the next step instead."))


def add_note(
    *,
    about: Prospect | Stakeholder,
    kind: ContactKind,
    met_on: date,
    words: str,
    actor: Any,
    now: datetime,
) -> ContactNote:
    """Note a contact; it is never changed afterwards. With a prospect it ends the silence.

    Raises NoteInFutureError.
    """
    if met_on > timezone.localdate(now):
        raise NoteInFutureError
    with recorded(actor=actor, action="partnering.contactnote.created"):
        note = ContactNote(
            met_on=met_on, kind=kind, words=words.strip(), author=actor, written_at=now
        )
        if isinstance(about, Prospect):
            note.prospect = row = locked(about)
            row.last_step_on = max(row.last_step_on, met_on)
            row.silence_reminded_on = None
            saved(row)
        else:
            note.stakeholder = about
        note.save()
    return note


def plan_next_step(
    *, prospect: Prospect, words: str, due_on: date, holder: Post | None, actor: Any, now: datetime
) -> Task:
    """Make the next step a task of a post, by default the one that is responsible for the prospect."""
    with recorded(actor=actor, action="partnering.prospect.step_planned"):
        row = locked(prospect)
        return task_for(
            row, TaskPurpose.NEXT_STEP, words, due_on=due_on, holder=holder or row.holder,
            actor=actor, now=now,
        )  # fmt: skip


def task_for(
    prospect: Prospect,
    purpose: TaskPurpose,
    words: str,
    *,
    due_on: date,
    now: datetime,
    holder: Post | None = None,
    actor: Any = None,
) -> Task:
    """A task that hangs on a prospect, inside the caller's transaction.

    Tasks of the coordination office are also the ministry's to see, and prospects are not: such a
    task says nothing of whom it is about, and leads to the page that does.
    """
    own = prospect.alliance is None
    plain = str(TaskPurpose(purpose).label)
    title = f"{plain} ({prospect.public_id})" if own else f"{words} ({prospect.name})"
    task = create_task(
        values=TaskValues(
            kind=TaskKind.TASK,
            title=title[:1].upper() + title[1:],
            holder=holder or prospect.holder or responsible_post(prospect.alliance, timezone.localdate(now)),
            alliance=prospect.alliance,
            due_on=due_on,
        ),
        actor=actor,
        now=now,
        origin_label=_("Winning partners"),
        origin_url=reverse("partnering:prospect_detail", args=[prospect.public_id]),
    )  # fmt: skip
    ProspectTask.objects.create(prospect=prospect, task=task, purpose=purpose, words=words[:300])
    return task


def drop_open_tasks(prospect: Prospect, reason: str, now: datetime) -> None:
    """Drop what is still open of a prospect, inside the caller's transaction."""
    for link in prospect.task_links.exclude(task__status__in=CLOSED).select_related("task"):
        change_status(task=link.task, status=TaskStatus.DROPPED, text=reason, actor=None, now=now)


def remind_of_silence(*, prospect: int, now: datetime) -> Task | None:
    """Make the one task that says that nothing happens; None if it is not (or no longer) needed."""
    today = timezone.localdate(now)
    with recorded(actor=None, action="partnering.prospect.silence_reminded"):
        row = Prospect.objects.select_for_update(of=("self",)).filter(pk=prospect).first()
        if row is None or not silent_prospects(today).filter(pk=prospect).exists():
            return None
        row.silence_reminded_on = today
        saved(row)
        words = _("No step since %(day)s: go on, or decline with a reason") % {
            "day": f"{row.last_step_on:%d.%m.%Y}"
        }
        return task_for(row, TaskPurpose.SILENCE, words, due_on=today, now=now)


def remind_to_tell(*, notice: int, now: datetime) -> Task | None:
    """A task for whoever has to tell somebody in person what is stored; None if there is one."""
    with recorded(actor=None, action="partnering.notice.reminded"):
        rows = notices_to_tell(timezone.localdate(now)).select_for_update(of=("self",))
        row = rows.select_related("prospect").filter(pk=notice).first()
        if row is None:
            return None
        asked = row.prospect.task_links.filter(purpose=TaskPurpose.NOTICE)
        if asked.exclude(task__status__in=CLOSED).exists():
            return None
        words = _("Tell them what is stored about them, until %(day)s") % {
            "day": f"{row.due_on:%d.%m.%Y}"
        }
        return task_for(row.prospect, TaskPurpose.NOTICE, words, due_on=row.due_on, now=now)
