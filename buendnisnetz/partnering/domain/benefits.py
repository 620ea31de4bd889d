"""Writing statements of benefit and examples of good practice (S24, S88, S89)."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.queries.alliances import twelve_months_before
from buendnisnetz.network.domain.saving import compared, edited, locked, saved
from buendnisnetz.network.models import Post
from buendnisnetz.notifications.outbox import queue_mail
from buendnisnetz.partnering.domain.places import place_size_of
from buendnisnetz.partnering.domain.posts import mail_address
from buendnisnetz.partnering.models import Benefit, PracticeCard
from buendnisnetz.territories.models import Territory


class BenefitFacts(TypedDict, total=False):
    audience: str
    claim: str
    evidence: str
    example: str
    source_title: str
    source_url: str
    checked_on: date | None
    is_published: bool


class PracticeFacts(TypedDict, total=False):
    title: str
    field: str
    territory: Territory | None
    problem: str
    steps: str
    partners: str
    cost: str
    effect: str
    transfer: str
    evidence: str
    source_url: str
    contact: Post | None
    is_published: bool


class CheckedInFutureError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("A source cannot have been checked on a day in the future."))


class NobodyAnswersError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Nobody can be reached for this example at present."))


def is_outdated(checked_on: date | None, today: date) -> bool:
    """Whether a source was last looked at more than twelve months ago."""
    return checked_on is not None and checked_on < twelve_months_before(today)


def create_benefit(*, actor: Any, today: date, **facts: Unpack[BenefitFacts]) -> Benefit:
    """Write a statement down. Raises RuleBrokenError (published without source), CheckedInFutureError."""
    _check_day(facts, today)
    with recorded(actor=actor, action="partnering.benefit.created"):
        return saved(Benefit(**facts))


def edit_benefit(
    *, benefit: Benefit, version: int, actor: Any, today: date, **facts: Unpack[BenefitFacts]
) -> Benefit:
    """Change a statement. Raises as :func:`create_benefit`, and EditConflictError."""
    _check_day(facts, today)
    with recorded(actor=actor, action="partnering.benefit.edited"):
        return edited(benefit, version, facts)


def confirm_source(*, benefit: Benefit, actor: Any, today: date) -> Benefit:
    """Note that the source was looked at today and still says so. Raises RuleBrokenError."""
    with recorded(actor=actor, action="partnering.benefit.checked"):
        row = locked(benefit)
        row.checked_on = today
        return saved(row)


def _check_day(facts: BenefitFacts, today: date) -> None:
    checked_on = facts.get("checked_on")
    if checked_on is not None and checked_on > today:
        raise CheckedInFutureError


def create_practice(*, actor: Any, today: date, **facts: Unpack[PracticeFacts]) -> PracticeCard:
    """Write an example down; the size of its place is taken from the population of the day.

    Raises RuleBrokenError (published without evidence).
    """
    with recorded(actor=actor, action="partnering.practicecard.created"):
        size = place_size_of(facts.get("territory"), today)
        return saved(PracticeCard(**facts, place_size=size))


def edit_practice(
    *, card: PracticeCard, version: int, actor: Any, today: date, **facts: Unpack[PracticeFacts]
) -> PracticeCard:
    """Change an example. Raises EditConflictError, RuleBrokenError."""
    with recorded(actor=actor, action="partnering.practicecard.edited"):
        row = compared(card, version, facts)
        row.place_size = place_size_of(row.territory, today)
        return saved(row)


def ask_about_practice(
    *, card: PracticeCard, sender: str, reply_to: str, question: str, now: datetime
) -> None:
    """Pass a question on to the post that answers for an example; the asker never sees its address.

    Raises NobodyAnswersError.
    """
    address = mail_address(card.contact, timezone.localdate(now))
    if not address:
        raise NobodyAnswersError
    with recorded(actor=None, action="partnering.practicecard.asked"):
        queue_mail(
            to=address,
            subject=_("Question about your example: %(title)s") % {"title": card.title},
            text=_(
                "Good day,\n\n%(sender)s asks about your example “%(title)s”:\n\n%(question)s\n\nPlease answer to: %(reply_to)s\n"
            )
            % {
                "sender": sender,
                "title": card.title,
                "question": question,
                "reply_to": reply_to,
            },
            kind="partnering.practice",
            now=now,
            reply_to=reply_to,
        )
