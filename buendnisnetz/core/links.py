"""Signed links in mails that answer without a sign-in: one use, a limited time, one purpose.

A room keeps one row per link, with :class:`OneUseLink` among its bases. Only a hash of the link's
secret is stored; the signature binds it to the purpose (``salt``), so that a link made for one
question never answers another.
"""

import hashlib
import secrets
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.core.errors import DomainError

_LONGEST = 200


class LinkClosedError(DomainError):
    """The link was used, is too old, or was never ours."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This link was used already or is no longer valid. Please sign in, or answer the mail to the person who sent it."
            )
        )


class OneUseLink(models.Model):
    """What is kept of a link: never the secret itself."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(gettext_lazy("valid until"))
    answered_at = models.DateTimeField(gettext_lazy("answered at"), null=True, blank=True)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=OneUseLink)


def issued(row: Row, *, salt: str, view: str, now: datetime, valid_for: timedelta) -> str:
    """Save a new row and return its link's absolute address. It cannot be had a second time."""
    secret = secrets.token_urlsafe(18)
    row.token_hash, row.expires_at = _hash(secret), now + valid_for
    row.save()
    token = signing.dumps([row.pk, secret], salt=salt)
    return settings.SITE_URL.rstrip("/") + reverse(view, args=[token])


def behind(
    rows: "models.QuerySet[Row, Any]",
    token: str,
    *,
    salt: str,
    now: datetime,
    lock: bool = False,
    again: bool = False,
) -> Row:
    """The unanswered row of a link. Raises LinkClosedError.

    ``lock``: keep it from others until the transaction ends, so that it answers once.
    ``again``: an answer may be changed until the link runs out (a poll, an invitation).
    """
    try:
        number, secret = signing.loads(token[:_LONGEST], salt=salt)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkClosedError from None
    if lock:
        rows = rows.select_for_update(of=("self",))
    row: Row | None = rows.filter(pk=number, token_hash=_hash(str(secret))).first()
    used = row is not None and row.answered_at is not None and not again
    if row is None or used or row.expires_at <= now:
        raise LinkClosedError
    return row


def end_of(day: date) -> datetime:
    """The last moment of a day here: a link "until Friday" works on Friday evening."""
    return timezone.make_aware(datetime.combine(day, time.max))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
