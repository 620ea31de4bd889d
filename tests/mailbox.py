"""A real mail server on loopback, and the jobs that bring mail to it."""

import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


class Mailbox:
    """Keeps what was delivered; ``refusal`` is what it answers instead of taking a mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refusal = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"


def open_mailbox(settings: Any) -> tuple[Mailbox, Controller]:
    """Start a server on a free port and let Django send there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    return mailbox, controller


def waiting_jobs(name: str = "") -> list[tuple[str, dict[str, Any]]]:
    """The jobs that stand in the queue, as name and arguments, in order."""
    rows = ProcrastinateJob.objects.filter(status="todo").order_by("id")
    return [(row.task_name, row.args) for row in rows if name in row.task_name]


class Worker:
    """Runs jobs queued from now on, each once, inside the test's own transaction."""

    def __init__(self) -> None:
        self.done = set(ProcrastinateJob.objects.values_list("pk", flat=True))

    def run(self) -> list[str]:
        """Work until nothing waits any more; gives the names of the jobs that ran."""
        names = []
        while True:
            rows = ProcrastinateJob.objects.filter(status="todo").exclude(pk__in=self.done)
            job = rows.order_by("id").first()
            if job is None:
                return names
            self.done.add(job.pk)
            app.tasks[job.task_name].func(**job.args)
            names.append(job.task_name)
