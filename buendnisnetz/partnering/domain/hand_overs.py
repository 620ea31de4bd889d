"""Handing a firm on to its chamber or an advice office, with its consent and a day for the answer (S29)."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import links
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import RuleBrokenError, locked
from buendnisnetz.network.models import Post
from buendnisnetz.notifications.outbox import queue_mail
from buendnisnetz.partnering.domain.posts import mail_address, reply_address
from buendnisnetz.partnering.domain.prospect_work import task_for
from buendnisnetz.partnering.domain.topics import labels_of
from buendnisnetz.partnering.enums import HandOverStatus, TaskPurpose
from buendnisnetz.partnering.models import HandOver, Interest, Prospect

REPLY_WITHIN = timedelta(days=14)
_SALT = "partnering.hand_over"


class NoAddressError(DomainError):
    def __init__(self, post: Post) -> None:
        super().__init__(
            _("“%(post)s” has no e-mail address. Please add one first.")
            % {"post": post.title_and_scope()}
        )


class AnsweredAlreadyError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This was answered already, or its time is over."))


def hand_over(
    *,
    prospect: Prospect,
    post: Post,
    consent_words: str,
    actor: Any,
    now: datetime,
    interest: Interest | None = None,
) -> HandOver:
    """Hand a prospect on to a post, with a mail and a link to answer until a day.

    ``consent_words`` say how the firm agreed; without consent nothing is handed on. The firm's own
    words and contact go with it, our notes never do. Raises NoAddressError, RuleBrokenError.
    """
    today = timezone.localdate(now)
    if not consent_words.strip():
        raise RuleBrokenError(_("Please say how the firm agreed."))
    with recorded(actor=actor, action="partnering.handover.sent"):
        address = mail_address(post, today)
        if not address:
            raise NoAddressError(post)
        row = locked(prospect)
        if row.hand_overs.filter(post=post, status=HandOverStatus.SENT).exists():
            raise RuleBrokenError(_("They were asked already and have not answered yet."))
        handed = HandOver(
            prospect=row,
            post=post,
            interest=interest,
            consent_words=consent_words.strip()[:300],
            handed_on=today,
            reply_by=today + REPLY_WITHIN,
        )
        link = links.issued(
            handed, salt=_SALT, view="partnering:hand_over_answer", now=now,
            valid_for=REPLY_WITHIN + timedelta(days=1),
        )  # fmt: skip
        queue_mail(
            to=address,
            subject=_("A firm would like to hear from you: %(firm)s") % {"firm": row.name},
            text=_letter(handed, link),
            kind="partnering.handover",
            now=now,
            reply_to=reply_address(row.holder, row.alliance, today),
        )
    return handed


def _letter(handed: HandOver, link: str) -> str:
    row, interest = handed.prospect, handed.interest
    return _(
        "Good day,\n\na firm is interested in family and work and agreed that you hear of it (%(consent)s).\n\n"
        "Firm: %(firm)s\nPlace: %(place)s\nStaff: %(size)s\nTopics: %(topics)s\nContact: %(contact)s\nMessage: %(message)s\n\n"
        "Please say until %(day)s whether you take it on, without signing in:\n\n%(link)s\n"
    ) % {
        "consent": handed.consent_words,
        "firm": row.name,
        "place": row.territory.name if row.territory else "–",
        "size": row.get_size_class_display() or "–",
        "topics": labels_of(row.topics) or "–",
        "contact": ", ".join(filter(None, (row.contact_words, row.contact_email))) or "–",
        "message": interest.message if interest and interest.message else "–",
        "day": f"{handed.reply_by:%d.%m.%Y}",
        "link": link,
    }


def hand_over_behind(*, token: str, now: datetime, lock: bool = False) -> HandOver:
    """The waiting hand-over of a link. Raises LinkClosedError."""
    rows = HandOver.objects.waiting().select_related("prospect__territory", "post", "interest")
    found: HandOver = links.behind(rows, token, salt=_SALT, now=now, lock=lock)
    return found


def answer_by_link(*, token: str, accepted: bool, words: str, now: datetime) -> HandOver:
    """The answer of a link. Raises LinkClosedError."""
    with recorded(actor=None, action="partnering.handover.answered"):
        return _answered(hand_over_behind(token=token, now=now, lock=True), accepted, words, now)


def answer_hand_over(
    *, handed: HandOver, accepted: bool, words: str, actor: Any, now: datetime
) -> HandOver:
    """The answer of somebody who is signed in. Raises AnsweredAlreadyError."""
    with recorded(actor=actor, action="partnering.handover.answered"):
        row = locked(handed)
        if row.status != HandOverStatus.SENT:
            raise AnsweredAlreadyError
        return _answered(row, accepted, words, now)


def _answered(row: HandOver, accepted: bool, words: str, now: datetime) -> HandOver:
    row.status = HandOverStatus.ACCEPTED if accepted else HandOverStatus.DECLINED
    row.words, row.answered_at = words.strip(), now
    row.save()
    return row


def overdue_hand_overs(now: datetime) -> QuerySet[HandOver]:
    rows = HandOver.objects.waiting().filter(reply_by__lt=timezone.localdate(now))
    return rows.order_by("pk")


def expire_hand_over(*, handed: int, now: datetime) -> HandOver | None:
    """Close one that nobody answered in time, and remind whoever is responsible for the prospect."""
    today = timezone.localdate(now)
    with recorded(actor=None, action="partnering.handover.expired"):
        rows = overdue_hand_overs(now).select_for_update(of=("self",))
        row: HandOver | None = rows.select_related("prospect", "post").filter(pk=handed).first()
        if row is None:
            return None
        row.status = HandOverStatus.EXPIRED
        row.save()
        words = _("No answer from %(post)s until %(day)s: ask, or hand on to somebody else") % {
            "post": row.post.title_and_scope(),
            "day": f"{row.reply_by:%d.%m.%Y}",
        }
        task_for(row.prospect, TaskPurpose.HAND_OVER, words, due_on=today, now=now)
    return row


def end_hand_overs(*, prospect: Prospect, now: datetime) -> None:
    """The firm withdrew: whoever was told of it is asked to delete it. Inside the caller's transaction."""
    told = prospect.hand_overs.exclude(status=HandOverStatus.DECLINED).select_related("post")
    for row in told.order_by("pk"):
        if row.status == HandOverStatus.SENT:
            row.status = HandOverStatus.EXPIRED
            row.save()
        address = mail_address(row.post, timezone.localdate(now))
        if address:
            queue_mail(
                to=address,
                subject=_("Please delete: %(firm)s") % {"firm": prospect.name},
                text=_(
                    "Good day,\n\n%(firm)s has withdrawn its consent. Please delete what you got about it on %(day)s, unless it is in touch with you itself.\n"
                )
                % {"firm": prospect.name, "day": f"{row.handed_on:%d.%m.%Y}"},
                kind="partnering.handover",
                now=now,
            )
