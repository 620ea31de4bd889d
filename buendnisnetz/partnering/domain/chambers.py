"""Contact points at chambers and advice offices, and an alliance's first letter to its chamber (S113, S114)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.queries.alliances import chambers_of, territory_links
from buendnisnetz.network.domain.saving import ended, locked, reopened, saved
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.models import Alliance, Post
from buendnisnetz.partnering.domain.letters import Letter, filled, letter
from buendnisnetz.partnering.domain.posts import responsible_post
from buendnisnetz.partnering.enums import ContactPointKind, LetterKind
from buendnisnetz.partnering.models import ContactPoint, FirstContact
from buendnisnetz.tasks.domain.lifecycle import TaskValues, create_task
from buendnisnetz.tasks.enums import TaskKind
from buendnisnetz.territories.models import Chamber, ChamberDistrict, Territory

WRITE_WITHIN = timedelta(days=14)


class NoChamberPostError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("This is no contact post of a chamber. Please add one at the chamber first.")
        )


class ForeignDistrictError(DomainError):
    def __init__(self, district: str) -> None:
        super().__init__(
            _("%(district)s does not belong to this chamber.") % {"district": district}
        )


class NotItsChamberError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This chamber has no district in which the alliance works."))


class MadeAlreadyError(DomainError):
    def __init__(self, made_on: date) -> None:
        super().__init__(_("There is such a task since %(day)s.") % {"day": f"{made_on:%d.%m.%Y}"})


def add_contact_point(
    *,
    kind: ContactPointKind,
    post: Post,
    district: Territory | None,
    topics: Sequence[str],
    actor: Any,
    today: date,
    offer: str = "",
) -> ContactPoint:
    """Say for which district and topics a post answers.

    Raises NoChamberPostError, ForeignDistrictError, RuleBrokenError (twice the same).
    """
    if kind == ContactPointKind.CHAMBER:
        _check_chamber(post, district, today)
    with recorded(actor=actor, action="partnering.contactpoint.created"):
        return saved(
            ContactPoint(
                kind=kind, post=post, district=district, topics=list(topics),
                offer=offer.strip()[:300], valid_from=today,
            )
        )  # fmt: skip


def edit_contact_point(
    *, point: ContactPoint, topics: Sequence[str], offer: str, actor: Any
) -> ContactPoint:
    with recorded(actor=actor, action="partnering.contactpoint.edited"):
        row = locked(point)
        row.topics, row.offer = list(topics), offer.strip()[:300]
        return saved(row)


def end_contact_point(*, point: ContactPoint, last_day: date, actor: Any) -> ContactPoint:
    """Raises AlreadyEndedError, RuleBrokenError."""
    with recorded(actor=actor, action="partnering.contactpoint.ended"):
        return ended(point, last_day)


def reopen_contact_point(*, point: ContactPoint, actor: Any) -> ContactPoint:
    """Undo :func:`end_contact_point`."""
    with recorded(actor=actor, action="partnering.contactpoint.reopened"):
        return reopened(point)


def _check_chamber(post: Post, district: Territory | None, today: date) -> None:
    house = post.organisation
    if post.kind != PostKind.CHAMBER_CONTACT or house is None or house.chamber is None:
        raise NoChamberPostError
    if district is None:
        return
    held = ChamberDistrict.objects.as_of(today).filter(chamber=house.chamber, territory=district)
    if not held.exists():
        raise ForeignDistrictError(district.name)


def first_letter(*, alliance: Alliance, chamber: Chamber, today: date) -> Letter:
    """What an alliance writes to its chamber first. Raises NotItsChamberError."""
    held = [row for row in chambers_of(alliance, today) if row.chamber_id == chamber.pk]
    if not held:
        raise NotItsChamberError
    places = [link.territory.name for link in territory_links(alliance) if link.holds_on(today)]
    post = responsible_post(alliance, today)
    contact = ", ".join(filter(None, (post.title, post.email, post.phone))) if post else ""
    values = {
        "alliance": alliance.name,
        "chamber": chamber.name,
        "districts": ", ".join(places),
        "contact": contact or alliance.email,
    }
    return filled(letter(LetterKind.FIRST_CONTACT), values)


def plan_first_contact(
    *, alliance: Alliance, chamber: Chamber, actor: Any, now: datetime
) -> FirstContact:
    """Make the first letter to a chamber a task of the alliance's coordination, once (S113).

    Raises MadeAlreadyError, NotItsChamberError.
    """
    today = timezone.localdate(now)
    with recorded(actor=actor, action="partnering.firstcontact.created"):
        locked(alliance)
        made = FirstContact.objects.filter(alliance=alliance, chamber=chamber).first()
        if made is not None:
            raise MadeAlreadyError(made.made_on)
        words = first_letter(alliance=alliance, chamber=chamber, today=today)
        task = create_task(
            values=TaskValues(
                kind=TaskKind.TASK,
                title=_("First contact: %(chamber)s") % {"chamber": chamber.name},
                details=f"{words.subject}\n\n{words.text}",
                holder=responsible_post(alliance, today),
                alliance=alliance,
                due_on=today + WRITE_WITHIN,
            ),
            actor=actor,
            now=now,
            origin_label=_("Chambers of the alliance"),
        )
        return saved(FirstContact(alliance=alliance, chamber=chamber, task=task, made_on=today))
