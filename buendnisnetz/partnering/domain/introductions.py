"""Introducing two posts: both are asked, and contacts go out only when both agreed (S114).

The row is locked before its state is read, so that two answers at the same moment follow each other.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import links
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import locked, saved
from buendnisnetz.network.models import Alliance, Post
from buendnisnetz.partnering.domain import introduction_mails as mails
from buendnisnetz.partnering.domain.letters import Letter
from buendnisnetz.partnering.domain.posts import mail_address, responsible_post
from buendnisnetz.partnering.enums import (
    INTRODUCTION_TRANSITIONS,
    OPEN_INTRODUCTIONS,
    IntroductionStatus,
    SideAnswer,
)
from buendnisnetz.partnering.models import Introduction, IntroductionSide
from buendnisnetz.tasks.domain.lifecycle import TaskValues, change_status, create_task
from buendnisnetz.tasks.enums import CLOSED, TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task

REPLY_WITHIN = timedelta(days=14)
_SALT = "partnering.introduction"


class NoAddressError(DomainError):
    def __init__(self, post: Post) -> None:
        super().__init__(
            _("“%(post)s” cannot be written to: neither the post nor its holder has an address.")
            % {"post": post.title_and_scope()}
        )


class ContactInTextError(DomainError):
    """The letter would give away what is only given when both agreed."""

    def __init__(self, contact: str) -> None:
        super().__init__(
            _(
                "“%(contact)s” must not stand in the letter: contacts are passed on when both agreed."
            )
            % {"contact": contact}
        )


class SamePostError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please choose two different posts."))


class AskedAlreadyError(DomainError):
    def __init__(self, sent_on: date) -> None:
        super().__init__(
            _("These two were asked on %(day)s, and it is still open. Please wait for the answer.")
            % {"day": f"{sent_on:%d.%m.%Y}"}
        )


class IntroductionStateError(DomainError):
    def __init__(self, row: Introduction) -> None:
        super().__init__(
            _("The introduction is “%(status)s” already.") % {"status": row.get_status_display()}
        )


def introduce(
    *,
    first: Post,
    second: Post,
    reason: str,
    letter: Letter,
    actor: Any,
    now: datetime,
    alliance: Alliance | None = None,
) -> Introduction:
    """Ask both sides by mail, each with a link of its own, and make a task for the answer.

    ``letter`` is what was shown in the preview. Raises NoAddressError, ContactInTextError,
    SamePostError, AskedAlreadyError.
    """
    today = timezone.localdate(now)
    if first.pk == second.pk:
        raise SamePostError
    with recorded(actor=actor, action="partnering.introduction.sent"):
        # Always in the same order, so that two who introduce the same pair do not wait for ever.
        for post in sorted((first, second), key=lambda post: post.pk):
            locked(post)
        _check(first, second, letter, today)
        row = saved(
            Introduction(
                first_post=first, second_post=second, alliance=alliance,
                reason=reason.strip()[:300], subject=letter.subject, text=letter.text,
                sent_on=today, reply_by=today + REPLY_WITHIN, asked_by=actor,
            )
        )  # fmt: skip
        row.task = _task(row, actor, now)
        row.save()
        for post in (first, second):
            _ask(IntroductionSide(introduction=row, post=post), now)
    return row


def _check(first: Post, second: Post, letter: Letter, today: date) -> None:
    for post in (first, second):
        address = mail_address(post, today)
        if not address:
            raise NoAddressError(post)
        for contact in (address, post.email, post.phone):
            if contact and contact.casefold() in f"{letter.subject} {letter.text}".casefold():
                raise ContactInTextError(contact)
    open_ones = Introduction.objects.filter(
        first_post__in=(first, second), second_post__in=(first, second),
        status__in=OPEN_INTRODUCTIONS,
    )  # fmt: skip
    asked = open_ones.first()
    if asked is not None:
        raise AskedAlreadyError(asked.sent_on)


def _task(row: Introduction, actor: Any, now: datetime) -> Task:
    """Waiting for the answer is work of whoever asked. The coordination office's tasks are the
    ministry's to see too, so theirs name nobody."""
    title = _("Wait for the answer to an introduction (%(code)s)") % {"code": row.public_id}
    if row.alliance is not None:
        title = _("Wait for the answer: %(first)s and %(second)s") % mails.sides(row)
    return create_task(
        values=TaskValues(
            kind=TaskKind.TASK,
            title=title,
            holder=responsible_post(row.alliance, timezone.localdate(now)),
            alliance=row.alliance,
            due_on=row.reply_by,
        ),
        actor=actor,
        now=now,
        origin_label=_("Introduction"),
        origin_url=reverse("partnering:introduction_detail", args=[row.public_id]),
    )


def _ask(side: IntroductionSide, now: datetime) -> None:
    """Send a side its question with a fresh link; the one before stops working."""
    link = links.issued(
        side, salt=_SALT, view="partnering:introduction_answer", now=now, valid_for=REPLY_WITHIN
    )
    mails.send_question(side, link, now)


def side_behind(*, token: str, now: datetime) -> IntroductionSide:
    """The side whose unanswered link this is. Raises LinkClosedError, IntroductionStateError."""
    rows = IntroductionSide.objects.select_related(
        "introduction__first_post", "introduction__second_post", "post"
    )
    side = links.behind(rows, token, salt=_SALT, now=now)
    if side.introduction.status not in OPEN_INTRODUCTIONS:
        raise IntroductionStateError(side.introduction)
    return side


def answer_introduction(
    *, token: str, answer: SideAnswer, words: str, now: datetime
) -> Introduction:
    """One side's answer. When both agreed each gets the office contact of the other by mail; when
    one declines the other is told that it will not come about.

    Raises LinkClosedError, IntroductionStateError.
    """
    with recorded(actor=None, action="partnering.introduction.answered"):
        row = locked(side_behind(token=token, now=now).introduction)
        # Read again behind the lock: the other window may have been quicker.
        side = side_behind(token=token, now=now)
        side.answer, side.words, side.answered_at = answer, words.strip()[:500], now
        side.save()
        _move(row, _status_after(row), now)
    return row


def _status_after(row: Introduction) -> IntroductionStatus:
    answers = list(row.sides.order_by("pk").values_list("answer", flat=True))
    if SideAnswer.DECLINED in answers:
        return IntroductionStatus.DECLINED
    agreed = answers.count(SideAnswer.AGREED)
    return IntroductionStatus.AGREED if agreed == len(answers) else IntroductionStatus.ONE_AGREED


def withdraw_introduction(*, introduction: Introduction, actor: Any, now: datetime) -> Introduction:
    """Take an open introduction back; both links stop working. Raises IntroductionStateError."""
    with recorded(actor=actor, action="partnering.introduction.withdrawn"):
        row = locked(introduction)
        _move(row, IntroductionStatus.WITHDRAWN, now)
    return row


def note_result(*, introduction: Introduction, result: str, actor: Any) -> Introduction:
    """Write down what came of an introduction. Raises IntroductionStateError while it is open."""
    with recorded(actor=actor, action="partnering.introduction.result"):
        row = locked(introduction)
        if row.status in OPEN_INTRODUCTIONS:
            raise IntroductionStateError(row)
        row.result = result.strip()
        return saved(row)


def unanswered_sides(now: datetime) -> QuerySet[IntroductionSide]:
    """Sides whose link ran out without an answer, of introductions that are still open."""
    rows = IntroductionSide.objects.filter(answered_at=None, expires_at__lte=now)
    return rows.filter(introduction__status__in=OPEN_INTRODUCTIONS).order_by("pk")


def remind_or_expire(*, side: int, now: datetime) -> Introduction | None:
    """Remind a silent side once; after that the introduction ends without an answer.

    None if the side answered in the meantime.
    """
    with recorded(actor=None, action="partnering.introduction.reminded"):
        rows = Introduction.objects.select_for_update(of=("self",))
        row: Introduction = rows.get(sides=side)
        late = unanswered_sides(now).select_related("introduction", "post").filter(pk=side).first()
        if late is None:
            return None
        if late.reminded_at is not None:
            _move(row, IntroductionStatus.EXPIRED, now)
            return row
        late.reminded_at = now
        _ask(late, now)
        row.reply_by = timezone.localdate(now) + REPLY_WITHIN
        return saved(row)


def _move(row: Introduction, status: IntroductionStatus, now: datetime) -> None:
    """The one place where the state changes: with its mails, and the end of the waiting task."""
    if status not in INTRODUCTION_TRANSITIONS[IntroductionStatus(row.status)]:
        raise IntroductionStateError(row)
    row.status = status
    if status not in OPEN_INTRODUCTIONS:
        row.closed_on = timezone.localdate(now)
        _end_task(row, now)
    saved(row)
    if status == IntroductionStatus.AGREED:
        mails.send_contacts(row, now)
    elif status in (IntroductionStatus.DECLINED, IntroductionStatus.EXPIRED):
        mails.send_regret(row, now)


def _end_task(row: Introduction, now: datetime) -> None:
    if row.task is not None and locked(row.task).status not in CLOSED:
        change_status(
            task=row.task, status=TaskStatus.DONE, actor=None, now=now,
            text=str(IntroductionStatus(row.status).label),
        )  # fmt: skip
