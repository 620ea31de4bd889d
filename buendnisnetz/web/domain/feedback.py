"""Reports of barriers go to the operator by mail; nothing else is kept of them."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.notifications.outbox import queue_mail


class NoOperatorError(DomainError):
    """Nobody is named who could read it."""

    def __init__(self) -> None:
        super().__init__(
            _("No address is set up for this yet. Please use the contact in the imprint.")
        )


def send_feedback(*, text: str, reply_to: str, page: str, now: datetime) -> None:
    """Queue the report to the operator's address. Raises NoOperatorError."""
    address = settings.OPERATOR["email"]
    if not address:
        raise NoOperatorError
    lines = [
        text,
        "",
        _("Page: %(page)s") % {"page": page or "–"},
        _("Answer to: %(address)s") % {"address": reply_to or "–"},
    ]
    with transaction.atomic():
        queue_mail(
            to=address,
            subject=_("Report of a barrier"),
            text="\n".join(lines),
            kind="web.feedback",
            now=now,
        )
