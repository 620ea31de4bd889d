"""What this room's acts are called in the history."""

from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.actions import register

register(
    {
        "tasks.task.created": _("task recorded"),
        "tasks.task.edited": _("task edited"),
        "tasks.task.given": _("given to another post"),
        "tasks.task.open": _("opened again"),
        "tasks.task.in_progress": _("begun"),
        "tasks.task.done": _("done"),
        "tasks.task.dropped": _("dropped"),
        "tasks.task.commented": _("commented"),
        "tasks.task.due_by_event": _("due by an event"),
        "tasks.reminder.sent": _("reminder sent"),
        "tasks.reminder.answered": _("answered by mail link"),
    }
)
