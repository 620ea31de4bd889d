"""Asking every six months by mail whether a contact is still right (S77).

The link needs no sign-in and answers once. Two weeks without an answer bring a reminder, two more
weeks a task for somebody: whoever gives out tasks listens to ``signals.contact_troubled``.
"""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import links
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.posts import confirmed
from buendnisnetz.network.domain.queries.holders import holders_on, mail_address_of
from buendnisnetz.network.domain.saving import locked
from buendnisnetz.network.enums import ContactAnswer, ContactTrouble, PostKind
from buendnisnetz.network.models import ContactCheck, Post
from buendnisnetz.network.signals import contact_troubled
from buendnisnetz.notifications.outbox import queue_mail
from buendnisnetz.territories.enums import Level

EVERY_MONTHS = 6
PAUSE = timedelta(days=14)
VALID_FOR = timedelta(days=42)
_SALT = "network.contact_check"
_LONGEST_WORDS = 2000


class WordsMissingError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please say in a sentence what has changed."))


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the month's last day where it has none like it."""
    place = day.year * 12 + day.month - 1 - months
    year, month = divmod(place, 12)
    for last in range(day.day, day.day - 4, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


def contacts(day: date) -> QuerySet[Post]:
    """The posts that are asked: each district's contact and each alliance's coordination."""
    district = Q(territory__level=Level.DISTRICT)
    alliance = Q(alliance__isnull=False, kind=PostKind.COORDINATOR)
    posts: QuerySet[Post] = Post.objects.as_of(day).filter(district | alliance, is_contact=True)
    return posts


def contacts_to_ask(*, now: datetime) -> QuerySet[Post]:
    """Contacts that nobody confirmed for six months and that were not asked since."""
    today = timezone.localdate(now)
    since = months_before(today, EVERY_MONTHS)
    asked = ContactCheck.objects.filter(post=OuterRef("pk"), sent_at__date__gt=since)
    stale = contacts(today).filter(Q(confirmed_on=None) | Q(confirmed_on__lte=since))
    return stale.exclude(Exists(asked)).order_by("pk")


def ask_contact(*, post: int, now: datetime) -> ContactCheck | None:
    """Queue the question to one contact; None if it needs none (any more) or has no address."""
    with recorded(actor=None, action="network.contact.asked"):
        row = Post.objects.select_for_update(of=("self",)).filter(pk=post).first()
        if row is None or not contacts_to_ask(now=now).filter(pk=post).exists():
            return None
        address = mail_address_of(row, timezone.localdate(now))
        if address:
            return _asked(row, address, now, is_reminder=False)
        # Asked in vain: the row keeps it from being asked again tomorrow.
        check = ContactCheck(post=row, sent_at=now, passed_on_at=now)
        links.issued(check, salt=_SALT, view="network:contact_answer", now=now, valid_for=PAUSE)
        _trouble(row, ContactTrouble.NO_ADDRESS, "", now)
        return None


def _asked(post: Post, address: str, now: datetime, *, is_reminder: bool) -> ContactCheck:
    check = ContactCheck(post=post, sent_at=now, is_reminder=is_reminder)
    link = links.issued(
        check, salt=_SALT, view="network:contact_answer", now=now, valid_for=VALID_FOR
    )
    subject = _("Reminder: is this contact still right?") if is_reminder else _(
        "Is this contact still right?"
    )  # fmt: skip
    queue_mail(
        to=address, subject=subject, text=_letter(post, link, now), kind="network.contact", now=now
    )
    return check


def _letter(post: Post, link: str, now: datetime) -> str:
    day = timezone.localdate(now)
    holders = ", ".join(term.person.titled_name() for term in holders_on(post, day))
    return _(
        "Good day,\n\nthis contact stands in the network:\n\n%(post)s\nHeld by: %(holder)s\n"
        "Deputy: %(deputy)s\nE-mail address: %(email)s\nPhone: %(phone)s\n\n"
        "Is it still right? One click is enough, without signing in. The link works once, for six weeks:\n\n%(link)s\n"
    ) % {
        "post": post.title_and_scope(),
        "holder": holders or _("nobody entered"),
        "deputy": post.deputy.title_and_scope() if post.deputy else _("nobody entered"),
        "email": post.email or "–",
        "phone": post.phone or "–",
        "link": link,
    }


def _unanswered() -> QuerySet[ContactCheck]:
    later = ContactCheck.objects.filter(post=OuterRef("post"), sent_at__gt=OuterRef("sent_at"))
    rows = ContactCheck.objects.filter(answered_at=None, passed_on_at=None)
    return rows.exclude(Exists(later))


def checks_to_follow_up(*, now: datetime) -> QuerySet[ContactCheck]:
    """The latest question to each contact, if it was not answered within two weeks."""
    return _unanswered().filter(sent_at__lte=now - PAUSE).order_by("pk")


def follow_up(*, check: int, now: datetime) -> None:
    """A reminder after the question, a task for somebody after the reminder."""
    with recorded(actor=None, action="network.contact.passed_on"):
        rows = ContactCheck.objects.select_for_update(of=("self",)).select_related("post")
        row = rows.filter(pk=check).first()
        if row is None or not checks_to_follow_up(now=now).filter(pk=check).exists():
            return
        address = mail_address_of(row.post, timezone.localdate(now))
        if address and not row.is_reminder:
            _asked(row.post, address, now, is_reminder=True)
            return
        row.passed_on_at = now
        row.save()
        _trouble(row.post, ContactTrouble.SILENT, "", now)


def check_behind(*, token: str, now: datetime, lock: bool = False) -> ContactCheck:
    """The unanswered question of a link. Raises LinkClosedError."""
    rows = ContactCheck.objects.select_related("post")
    return links.behind(rows, token, salt=_SALT, now=now, lock=lock)


def answer_check(*, token: str, answer: ContactAnswer, words: str, now: datetime) -> Post:
    """Record the one answer of a link; the other links of the same round close with it.

    Raises LinkClosedError, WordsMissingError.
    """
    with recorded(actor=None, action="network.contact.answered"):
        check = check_behind(token=token, now=now, lock=True)
        words = words.strip()[:_LONGEST_WORDS]
        if answer == ContactAnswer.CHANGED and not words:
            raise WordsMissingError
        check.answered_at, check.answer, check.words = now, answer, words
        check.save()
        others = ContactCheck.objects.filter(post=check.post, answered_at=None)
        others.update(expires_at=now, passed_on_at=now)
        if answer == ContactAnswer.CONFIRMED:
            return confirmed(check.post, timezone.localdate(now), by_link=True)
        _trouble(locked(check.post), ContactTrouble(answer.value), words, now)
        return check.post


def _trouble(post: Post, reason: ContactTrouble, words: str, now: datetime) -> None:
    contact_troubled.send(sender=Post, post=post, reason=reason, words=words, now=now)
