"""What a firm says itself in the public form: it creates the first step with the right holder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import links
from buendnisnetz.core.search import search_key
from buendnisnetz.network.models import Alliance
from buendnisnetz.notifications.outbox import queue_mail
from buendnisnetz.partnering.domain import consent
from buendnisnetz.partnering.domain.hand_overs import end_hand_overs, hand_over
from buendnisnetz.partnering.domain.posts import mail_address, reply_address, responsible_post
from buendnisnetz.partnering.domain.prospect_values import ProspectValues
from buendnisnetz.partnering.domain.prospect_work import drop_open_tasks, task_for
from buendnisnetz.partnering.domain.prospects import create_prospect, move_prospect
from buendnisnetz.partnering.domain.queries.contacts import contact_for, responsible_alliance
from buendnisnetz.partnering.domain.retention import forget_contact
from buendnisnetz.partnering.enums import (
    ENDED,
    ChamberChoice,
    HandOverWish,
    Origin,
    Stage,
    TaskPurpose,
)
from buendnisnetz.partnering.models import Interest, Prospect, WithdrawalLink
from buendnisnetz.territories.models import Territory

ANSWER_WITHIN = timedelta(days=7)
# As long as the contact is kept.
WITHDRAWAL_VALID_FOR = timedelta(days=366)
_SALT = "partnering.withdrawal"


@dataclass(frozen=True, kw_only=True)
class InterestValues:
    """What a firm wrote."""

    firm: str
    place: Territory
    contact_email: str
    contact_words: str = ""
    wz_section: str = ""
    size_class: str = ""
    topics: Sequence[str] = ()
    message: str = ""
    chamber: ChamberChoice = ChamberChoice.UNKNOWN
    wish: HandOverWish = HandOverWish.NONE


def record_interest(*, values: InterestValues, now: datetime) -> Interest:
    """Keep what a firm wrote; who answers gets a task, the firm a confirmation with a link.

    The firm becomes a prospect of the alliance of its place (or of the coordination office), unless
    it is one already. On its wish it is handed over to the chamber's contact or an advice office.
    """
    today = timezone.localdate(now)
    with recorded(actor=None, action="partnering.interest.sent"):
        alliance = responsible_alliance(values.place, today)
        prospect = _prospect(values, alliance, now)
        interest = Interest.objects.create(
            prospect=prospect,
            contact_words=values.contact_words,
            contact_email=values.contact_email,
            message=values.message,
            topics=list(values.topics),
            chamber=values.chamber,
            wish=values.wish,
            consent_text=consent.consent_text(values.wish),
            consent_version=consent.VERSION,
            sent_at=now,
        )
        handed = _hand_on(prospect, interest, values, now)
        words = _("Answer: they want to take part")
        if values.wish != HandOverWish.NONE and not handed:
            words = _("Answer: they want to take part; find out to whom they can be handed on")
        task_for(prospect, TaskPurpose.FIRST_STEP, words, due_on=today + ANSWER_WITHIN, now=now)
        _confirm(interest, alliance, now)
    return interest


def _prospect(values: InterestValues, alliance: Alliance | None, now: datetime) -> Prospect:
    """The prospect that a firm is already, with the contact that it just gave, or a new one."""
    same = Prospect.objects.exclude(stage__in=ENDED).filter(
        alliance=alliance, territory=values.place, search_key=search_key(values.firm)
    )
    found: Prospect | None = same.select_for_update(of=("self",)).order_by("pk").first()
    if found is None:
        return create_prospect(
            values=ProspectValues(
                alliance=alliance,
                name=values.firm,
                territory=values.place,
                wz_section=values.wz_section,
                size_class=values.size_class,
                topics=values.topics,
                contact_words=values.contact_words,
                contact_email=values.contact_email,
                holder=responsible_post(alliance, timezone.localdate(now)),
            ),
            origin=Origin.PUBLIC_FORM,
            actor=None,
            now=now,
        )
    found.contact_words, found.contact_email = values.contact_words, values.contact_email
    found.last_step_on, found.silence_reminded_on = timezone.localdate(now), None
    found.forgotten_on = None
    found.version += 1
    found.save()
    return found


def _hand_on(prospect: Prospect, interest: Interest, values: InterestValues, now: datetime) -> bool:
    """Hand the firm over if it wants that and somebody is known who can be written to."""
    if values.wish == HandOverWish.NONE:
        return False
    today = timezone.localdate(now)
    post = contact_for(values.place, values.wish, values.chamber, today)
    if post is None or not mail_address(post, today):
        return False
    waiting = prospect.hand_overs.waiting()
    if not waiting.filter(post=post).exists():
        hand_over(
            prospect=prospect, post=post, interest=interest, actor=None, now=now,
            consent_words=_("ticked in the public form, text %(version)s") % {"version": consent.VERSION},
        )  # fmt: skip
    return True


def _confirm(interest: Interest, alliance: Alliance | None, now: datetime) -> None:
    link = links.issued(
        WithdrawalLink(interest=interest), salt=_SALT, view="partnering:interest_withdraw",
        now=now, valid_for=WITHDRAWAL_VALID_FOR,
    )  # fmt: skip
    queue_mail(
        to=interest.contact_email,
        subject=_("Your interest in the alliance for families"),
        text=_(
            "Good day,\n\nthank you for your interest in taking part (%(firm)s).\n\nWho answers you: %(who)s\nUntil when: %(day)s\n\n"
            "You agreed to this:\n%(consent)s\n\nIf that was not you, or if you do not want it any more, take it back here, without signing in:\n\n%(link)s\n\n%(site)s\n"
        )
        % {
            "firm": interest.prospect.name,
            "who": alliance.name if alliance else _("the state's coordination office of the alliances"),
            "day": f"{timezone.localdate(now) + ANSWER_WITHIN:%d.%m.%Y}",
            "consent": interest.consent_text,
            "link": link,
            "site": settings.SITE_URL,
        },
        kind="partnering.interest",
        now=now,
        reply_to=reply_address(interest.prospect.holder, alliance, timezone.localdate(now)),
    )  # fmt: skip


def interest_behind(*, token: str, now: datetime, lock: bool = False) -> WithdrawalLink:
    """What a link takes back. Raises LinkClosedError."""
    rows = WithdrawalLink.objects.select_related("interest__prospect")
    return links.behind(rows, token, salt=_SALT, now=now, lock=lock)


def withdraw_interest(*, token: str, now: datetime) -> Interest:
    """The firm takes its interest back: contact and message go at once, also from the history.

    An open prospect declines by it, its open tasks are dropped, and whoever it was handed over to
    is asked to delete it. Raises LinkClosedError.
    """
    with recorded(actor=None, action="partnering.interest.withdrawn"):
        link = interest_behind(token=token, now=now, lock=True)
        link.answered_at = now
        link.save()
        interest = link.interest
        prospect = interest.prospect
        interest.withdrawn_at = now
        interest.contact_words = interest.contact_email = interest.message = ""
        interest.save()
        end_hand_overs(prospect=prospect, now=now)
        words = _("They took their interest back by the link in the mail.")
        if prospect.stage not in ENDED:
            move_prospect(
                prospect=prospect, stage=Stage.DECLINED, words=words, actor=None, now=now,
                author_words=prospect.name,
            )  # fmt: skip
            drop_open_tasks(prospect, words, now)
        forget_contact(prospect=prospect, today=timezone.localdate(now))
    return Interest.objects.get(pk=interest.pk)
