"""Reminding the holders of tasks by mail, and taking their answers without a sign-in.

The link is signed, valid for 14 days and answers once: done, in progress, or not mine. It says
nothing about anything but its one task.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import links
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.queries.holders import mail_address_of
from buendnisnetz.network.domain.saving import locked
from buendnisnetz.notifications.outbox import queue_mail
from buendnisnetz.tasks.domain.lifecycle import change_status, comment
from buendnisnetz.tasks.enums import CLOSED, MailAnswer, NoteKind, TaskStatus
from buendnisnetz.tasks.models import Reminder, Task, TaskNote

VALID_FOR = timedelta(days=14)
# Days before the due day on which the first reminder goes out, and the pause until the next one.
BEFORE_DUE = timedelta(days=3)
PAUSE = timedelta(days=7)
_SALT = "tasks.reminder"


class NoAddressError(DomainError):
    """Nobody could receive a reminder."""

    def __init__(self) -> None:
        super().__init__(
            _("Neither the post nor its holder has an e-mail address. Please add one first.")
        )


class ClosedTaskError(DomainError):
    """Nobody needs to be reminded of what is closed."""

    def __init__(self) -> None:
        super().__init__(_("The task is closed, so there is nothing to remind of."))


class RemindedTodayError(DomainError):
    """One reminder a day is enough."""

    def __init__(self) -> None:
        super().__init__(_("A reminder went out today already."))


def tasks_to_remind(*, now: datetime) -> QuerySet[Task]:
    """Open tasks that are due soon or overdue and were not reminded of within the pause."""
    today = timezone.localdate(now)
    lately = Reminder.objects.filter(task=OuterRef("pk"), sent_at__gt=now - PAUSE)
    rows: QuerySet[Task] = Task.objects.all().open()
    return (
        rows.filter(due_on__lte=today + BEFORE_DUE, holder__isnull=False)
        .exclude(Exists(lately))
        .order_by("pk")
    )


def remind_when_due(*, task: int, now: datetime) -> Reminder | None:
    """Send the reminder that a task wants by itself; None if it wants none (any more).

    Raises NoAddressError.
    """
    with recorded(actor=None, action="tasks.reminder.sent"):
        row = Task.objects.select_for_update(of=("self",)).filter(pk=task).first()
        if row is None or not tasks_to_remind(now=now).filter(pk=task).exists():
            return None
        return remind(task=row, actor=None, now=now)


def send_reminder(*, task: Task, actor: Any, now: datetime) -> Reminder:
    """Queue one reminder to the post's address, or its holder's, because somebody asks for it.

    Raises NoAddressError, ClosedTaskError, RemindedTodayError.
    """
    with recorded(actor=actor, action="tasks.reminder.sent"):
        row = locked(task)
        if row.status in CLOSED:
            raise ClosedTaskError
        start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        if row.reminders.filter(sent_at__gte=start, post=row.holder).exists():
            raise RemindedTodayError
        return remind(task=row, actor=actor, now=now)


def remind(*, task: Task, actor: Any, now: datetime) -> Reminder:
    """Queue a reminder of a locked task, within the caller's transaction. Raises NoAddressError."""
    if task.holder is None:
        raise NoAddressError
    address = mail_address_of(task.holder, timezone.localdate(now))
    if not address:
        raise NoAddressError
    reminder = Reminder(task=task, post=task.holder, sent_at=now)
    link = links.issued(reminder, salt=_SALT, view="tasks:answer", now=now, valid_for=VALID_FOR)
    queue_mail(
        to=address,
        subject=_("Reminder: %(task)s") % {"task": task.title[:120]},
        text=_letter(task, link),
        kind="tasks.reminder",
        now=now,
    )
    TaskNote.objects.create(
        task=task, kind=NoteKind.REMINDER, text=str(task.holder), author=actor, written_at=now
    )
    return reminder


def _letter(task: Task, link: str) -> str:
    due = f"{task.due_on:%d.%m.%Y}" if task.due_on else task.due_words or _("no day named")
    return _(
        "Good day,\n\nthis is still open:\n\n%(title)s\n\nResponsible: %(post)s\nDue: %(due)s\nOrigin: %(origin)s\n\n"
        "Please say with one click how it stands, without signing in. The link works once, for 14 days:\n\n%(link)s\n"
    ) % {
        "title": task.title,
        "post": task.holder,
        "due": due,
        "origin": task.origin_label or "–",
        "link": link,
    }


def reminder_behind(*, token: str, now: datetime, lock: bool = False) -> Reminder:
    """The unanswered reminder that a link belongs to. Raises LinkClosedError."""
    rows = Reminder.objects.select_related("task", "post")
    return links.behind(rows, token, salt=_SALT, now=now, lock=lock)


def answer_reminder(*, token: str, answer: MailAnswer, text: str, now: datetime) -> Task:
    """Record the one answer of a link. Raises LinkClosedError, and TransitionError if the task was
    closed in the meantime (the link then stays unused)."""
    with recorded(actor=None, action="tasks.reminder.answered"):
        reminder = reminder_behind(token=token, now=now, lock=True)
        reminder.answered_at, reminder.answer = now, answer
        reminder.save()
        return _apply(reminder.task, str(reminder.post), answer, text, now)


def _apply(task: Task, who: str, answer: MailAnswer, text: str, now: datetime) -> Task:
    common: dict[str, Any] = {"task": task, "actor": None, "now": now, "author_words": who}
    if answer == MailAnswer.DONE:
        return change_status(
            status=TaskStatus.DONE, text=text or _("reported as done by mail link"), **common
        )
    if answer == MailAnswer.PROGRESS:
        if task.status == TaskStatus.IN_PROGRESS:
            comment(text=text or _("still in progress"), **common)
            return task
        return change_status(status=TaskStatus.IN_PROGRESS, text=text, **common)
    comment(text=_("“This is not mine.” %(text)s") % {"text": text}, **common)
    return task
