"""Who is asked for a body: the posts of its own, the contact posts of its members, each with the reason.

Work hangs on posts: whoever holds one reads its mail, and the deputy may answer (S96, S102).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.recipients import Recipient
from buendnisnetz.network.domain.queries.holders import names_of_holders
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import (
    Alliance,
    GroupMembership,
    Membership,
    Organisation,
    Post,
    WorkingGroup,
)

MOST = 1000


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be asked, and why just they; ``email`` is empty where none is known."""

    recipient: Recipient
    reason: str


@dataclass(frozen=True)
class Sources:
    """From where those who are asked come."""

    alliances: tuple[Alliance, ...] = ()
    groups: tuple[WorkingGroup, ...] = ()
    chambers: tuple[Organisation, ...] = ()
    all_alliances: bool = False
    all_chambers: bool = False


class NobodyChosenError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please choose at least one recipient, or write an address."))


def candidates(sources: Sources, *, user: Any, today: date) -> list[Candidate]:
    """Everybody whom the sources name and the user may see, each address once, the first reason wins.

    At most two queries for each alliance and group that was chosen, and two for all posts together.
    """
    found: dict[int, tuple[Post, str]] = {}
    for reason, condition in _conditions(sources, today):
        posts = Post.objects.visible_to(user).as_of(today).filter(condition)
        for post in posts.order_by(F("is_contact").desc(), "scope_sort_key", "sort_key", "pk")[
            :MOST
        ]:
            found.setdefault(post.pk, (post, reason))
    names = names_of_holders(found, today, user)
    rows: dict[str, Candidate] = {}
    for post, reason in found.values():
        name = (names.get(post.pk) or post.title)[:160]
        key = post.email.lower() or f"p{post.pk}"
        rows.setdefault(
            key, Candidate(Recipient(f"p{post.pk}", name, post.email, post, None), reason)
        )
    return sorted(rows.values(), key=lambda row: (row.reason, row.recipient.name.casefold()))


def _conditions(sources: Sources, today: date) -> Iterator[tuple[str, Q]]:
    for alliance in sources.alliances:
        yield _("post of %(body)s") % {"body": alliance.name}, Q(alliance=alliance)
        members = Membership.objects.as_of(today).filter(alliance=alliance).order_by()
        yield _("member of %(body)s") % {"body": alliance.name}, _contacts(members)
    for group in sources.groups:
        yield _("post of %(body)s") % {"body": group.name}, Q(working_group=group)
        links = GroupMembership.objects.as_of(today).filter(working_group=group).order_by()
        yield _("member of %(body)s") % {"body": group.name}, _contacts(links)
    for chamber in sources.chambers:
        contact = Q(organisation=chamber, is_contact=True)
        yield _("contact of %(body)s") % {"body": chamber.name}, contact
    if sources.all_alliances:
        yield _("contact of an alliance"), Q(alliance__isnull=False, is_contact=True)
    if sources.all_chambers:
        kind = OrganisationKind.CHAMBER
        yield _("contact of a chamber"), Q(organisation__kind=kind, is_contact=True)


def _contacts(members: Any) -> Q:
    return Q(organisation__in=members.values("organisation"), is_contact=True)


def with_free_addresses(
    chosen: Iterable[Recipient], addresses: Iterable[tuple[str, str]]
) -> list[Recipient]:
    """Those chosen and those written by hand, each address once. Raises NobodyChosenError."""
    rows = {row.email.lower(): row for row in chosen if row.email}
    for name, email in addresses:
        key = email.lower()
        rows.setdefault(key, Recipient(f"f{key}", (name or email)[:160], email, None, None))
    if not rows:
        raise NobodyChosenError
    return list(rows.values())
