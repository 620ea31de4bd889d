"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskKind(models.TextChoices):
    """How binding it is (S117): somebody is to do it, a wish to somebody, or a sentence in minutes
    that implies a deed ("will be informed")."""

    TASK = "TASK", _("task")
    PROMISE = "PROMISE", _("promise")
    SUGGESTION = "SUGGESTION", _("suggestion")


class TaskStatus(models.TextChoices):
    OPEN = "OPEN", _("open")
    IN_PROGRESS = "IN_PROGRESS", _("in progress")
    DONE = "DONE", _("done")
    DROPPED = "DROPPED", _("dropped")


TASK_TRANSITIONS: dict[TaskStatus, frozenset[TaskStatus]] = {
    TaskStatus.OPEN: frozenset({TaskStatus.IN_PROGRESS, TaskStatus.DONE, TaskStatus.DROPPED}),
    TaskStatus.IN_PROGRESS: frozenset({TaskStatus.OPEN, TaskStatus.DONE, TaskStatus.DROPPED}),
    # Closed in error: it can be opened again, and the history shows both.
    TaskStatus.DONE: frozenset({TaskStatus.OPEN}),
    TaskStatus.DROPPED: frozenset({TaskStatus.OPEN}),
}
CLOSED: frozenset[TaskStatus] = frozenset({TaskStatus.DONE, TaskStatus.DROPPED})


class NoteKind(models.TextChoices):
    """What a note on a task records."""

    COMMENT = "COMMENT", _("comment")
    STATUS = "STATUS", _("state changed")
    HOLDER = "HOLDER", _("responsibility changed")
    MAIL_ANSWER = "MAIL_ANSWER", _("answer by mail link")
    REMINDER = "REMINDER", _("reminder sent")
    EVENT = "EVENT", _("what it waited for has happened")


class MailAnswer(models.TextChoices):
    """What the link in a reminder can say without signing in."""

    DONE = "DONE", _("It is done")
    PROGRESS = "PROGRESS", _("I am working on it")
    NOT_MINE = "NOT_MINE", _("This is not mine")
