"""The mails of an introduction. No mail before the last one holds a contact of the other side."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.network.models import Post
from buendnisnetz.notifications.outbox import queue_mail
from buendnisnetz.partnering.domain.posts import mail_address
from buendnisnetz.partnering.enums import SideAnswer
from buendnisnetz.partnering.models import Introduction, IntroductionSide

_KIND = "partnering.introduction"


def name_of(post: Post) -> str:
    """A side as the other one reads it: function and house, never an address."""
    return _("%(title)s, %(scope)s") % {"title": post.title, "scope": post.scope_name}


def sides(row: Introduction) -> dict[str, str]:
    return {"first": name_of(row.first_post), "second": name_of(row.second_post)}


def send_question(side: IntroductionSide, link: str, now: datetime) -> None:
    """The letter with this side's own link; inside the caller's transaction."""
    row = side.introduction
    text = _(
        "%(letter)s\n\nDo you agree? One click, without signing in; the link works once, until %(day)s:\n\n%(link)s\n\n"
        "We write to %(post)s because this office address stands in the directory of the alliances for families. "
        "You can have it corrected or taken out at any time: a short answer is enough.\n"
    ) % {
        "letter": row.text,
        "day": f"{timezone.localdate(side.expires_at):%d.%m.%Y}",
        "link": link,
        "post": name_of(side.post),
    }
    subject = row.subject
    if side.reminded_at is not None:
        subject = _("Reminder: %(subject)s") % {"subject": row.subject}
    _send(side.post, subject, text, now)


def send_contacts(row: Introduction, now: datetime) -> None:
    """Both agreed: each side gets the office contact of the other."""
    today = timezone.localdate(now)
    for own, other in ((row.first_post, row.second_post), (row.second_post, row.first_post)):
        words = row.sides.filter(post=other).values_list("words", flat=True).first()
        email = other.email or mail_address(other, today)
        text = _(
            "Good day,\n\nboth of you agreed, so here is the contact:\n\n%(name)s\nE-mail: %(email)s\nPhone: %(phone)s\n\n"
            "Why you should meet: %(reason)s\nThe other side says: %(words)s\n\nWe wish you a good talk.\n"
        ) % {
            "name": name_of(other),
            "email": email,
            "phone": other.phone or "–",
            "reason": row.reason,
            "words": words or "–",
        }
        subject = _("Your contact: %(name)s") % {"name": name_of(other)}
        _send(own, subject, text, now, reply_to=email)


def send_regret(row: Introduction, now: datetime) -> None:
    """It does not come about: whoever agreed is told, without who said no or why."""
    for side in row.sides.filter(answer=SideAnswer.AGREED).select_related("post"):
        other = row.second_post if side.post_id == row.first_post_id else row.first_post
        text = _(
            "Good day,\n\nthe contact with %(name)s does not come about this time. Thank you for agreeing; no data was passed on.\n"
        ) % {"name": name_of(other)}
        _send(side.post, _("No contact this time"), text, now)


def _send(post: Post, subject: str, text: str, now: datetime, reply_to: str = "") -> None:
    address = mail_address(post, timezone.localdate(now))
    if address:
        queue_mail(to=address, subject=subject, text=text, kind=_KIND, now=now, reply_to=reply_to)
