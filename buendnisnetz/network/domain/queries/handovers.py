"""Reading handovers: the page, the file for the successor, what the start page shows."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Slot
from buendnisnetz.core.search import search_key
from buendnisnetz.network.domain import holdings
from buendnisnetz.network.domain.handovers import first_day_of, leaver_of
from buendnisnetz.network.domain.holdings import Holder, Piece
from buendnisnetz.network.domain.queries.alliances import members_on_day
from buendnisnetz.network.domain.queries.holders import names_of_holders, terms_of_post
from buendnisnetz.network.domain.receivers import held, office_post
from buendnisnetz.network.enums import HandoverStatus
from buendnisnetz.network.models import Handover, HandoverItem, Post, Term

MOST_ON_START_PAGE = 6
_MOST_CONTACTS = 100


class Group(NamedTuple):
    """The pieces of one kind, with the kind's name."""

    code: str
    label: str
    items: list[HandoverItem]


def grouped(handover: Handover) -> list[Group]:
    """The pieces by kind, in the order of the registry."""
    rows = handover.items.select_related("other_post", "given_to").order_by("pk")
    by_kind: dict[str, list[HandoverItem]] = {}
    for item in rows:
        by_kind.setdefault(item.kind, []).append(item)
    known = [
        Group(kind.code, str(kind.label), by_kind.pop(kind.code, [])) for kind in holdings.kinds()
    ]
    rest = [Group(code, code, items) for code, items in by_kind.items()]
    return [group for group in [*known, *rest] if group.items]


def can_return(handover: Handover, today: date) -> bool:
    """Whether pieces lie elsewhere though the post is held again."""
    post = handover.term.post
    away = handover.items.filter(has_moved=True).exclude(given_to=post)
    return away.exists() and held(post, max(today, first_day_of(handover))) is not None


def handovers_for_list(user: Any) -> QuerySet[Any]:
    visible: QuerySet[Any] = Handover.objects.visible_to(user)
    rows: QuerySet[Any] = visible.annotate(pieces=Count("items"))
    return rows


def handovers_of(post: Post, user: Any) -> list[Handover]:
    """The handovers of a post that a user may see, the newest first."""
    return _HANDOVERS_OF.to(user, post=post.pk)


_HANDOVERS_OF = Visible(
    lambda user: (
        Handover.objects.visible_to(user)
        .filter(term__post=Slot("post"))
        .select_related("term__person")
        .order_by("-pk")
    )
)


def found(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Handovers of posts or people whose name holds what was typed."""
    key = search_key(typed)
    return rows.filter(
        Q(term__post__search_key__contains=key)
        | Q(term__person__search_key__contains=key)
        | Q(successor__search_key__contains=key)
    )


def for_dashboard(user: Any) -> list[dict[str, Any]]:
    """What the user took over and has not read, then what the user is handing over; one query."""
    return _FOR_DASHBOARD.to(user)


def _for_dashboard(user: Any) -> QuerySet[Any, Any]:
    unread = Q(status=HandoverStatus.DONE, seen_at=None, successor__user=access_of(user).user_id)
    open_ones = Q(status=HandoverStatus.OPEN)
    rows: QuerySet[Any, Any] = Handover.objects.visible_to(user).filter(unread | open_ones)
    items = HandoverItem.objects.filter(handover=OuterRef("pk")).order_by().values("handover")
    pieces = Coalesce(Subquery(items.annotate(number=Count("pk")).values("number")), 0)
    return rows.order_by("status", "last_day").values(
        "public_id",
        "status",
        "last_day",
        post=F("term__post__title"),
        scope=F("term__post__scope_name"),
        academic_title=F("term__person__academic_title"),
        given_name=F("term__person__given_name"),
        family_name=F("term__person__family_name"),
        pieces=pieces,
    )[:MOST_ON_START_PAGE]


_FOR_DASHBOARD = Visible(_for_dashboard)


@dataclass(frozen=True)
class Contact:
    """Whom a successor may call: an office address, and who sits there if that may be shown."""

    role: str
    scope: str
    holder: str
    email: str
    phone: str


@dataclass(frozen=True)
class HandoverFile:
    """Everything that a successor has to know, as plain data."""

    handover: Handover
    work: list[Group]
    dates: list[HandoverItem]
    listed: list[tuple[str, list[Piece]]]
    contacts: list[Contact]
    terms: list[Term]
    earlier: list[Handover] = field(default_factory=list)


def handover_file(handover: Handover, user: Any) -> HandoverFile:
    """The file for the successor: contacts, open work, dates, history and notes."""
    on = first_day_of(handover)
    post = handover.term.post
    work = grouped(handover)
    dates = [item for group in work for item in group.items if item.due_on is not None]
    listed = holdings.listed_for(leaver_of(handover), on)
    earlier = Handover.objects.filter(term__post=post, status=HandoverStatus.DONE)
    return HandoverFile(
        handover=handover,
        work=work,
        dates=sorted(dates, key=lambda item: (item.due_on or date.max, item.pk)),
        listed=[(str(kind.label), pieces) for kind, pieces in listed],
        contacts=_contacts(post, on, user),
        terms=terms_of_post(post),
        earlier=list(
            earlier.exclude(pk=handover.pk)
            .select_related("term__person", "successor")
            .order_by("-finished_at")
        ),
    )


def _contacts(post: Post, day: date, user: Any) -> list[Contact]:
    """Deputy, coordination office and, for an alliance's post, the contacts of its members."""
    office: Holder | None = office_post(day, other_than=post)
    first = [found for found in (post.deputy, office.post if office else None) if found]
    members = _member_posts(post, day) if post.alliance_id else []
    posts = list(dict.fromkeys([*first, *members]))
    names = names_of_holders([found.pk for found in posts], day, user)
    return [
        Contact(found.title, found.scope_name, names.get(found.pk, ""), found.email, found.phone)
        for found in posts
    ]


def _member_posts(post: Post, day: date) -> list[Post]:
    members = members_on_day(day).filter(alliance=post.alliance_id).values("organisation")
    posts = Post.objects.as_of(day).filter(organisation__in=members, is_contact=True)
    return list(posts.order_by("scope_sort_key", "pk")[:_MOST_CONTACTS])
