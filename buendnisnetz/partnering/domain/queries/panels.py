"""What this room adds to pages of the network, one query each, because those pages are full already."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Slot
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.models import (
    Alliance,
    AllianceTerritory,
    Organisation,
    Post,
    WorkingGroup,
)
from buendnisnetz.partnering.enums import ContactPointKind
from buendnisnetz.partnering.models import ContactPoint, Introduction, Prospect, Resource
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import ChamberDistrict


class Line(NamedTuple):
    """One line of a panel: what kind, whose address, what it is called, a second text, a day."""

    kind: str
    key: str
    title: str
    note: str
    day: date | None


_COLUMNS = ("kind_", "key_", "title_", "note_", "day_")


def _lines(
    rows: QuerySet[Any], kind: str, *, key: Any, title: Any, note: Any, day: Any
) -> QuerySet[Any]:
    named: QuerySet[Any] = rows.order_by().annotate(
        kind_=Value(kind),
        key_=Cast(key, CharField()),
        title_=Cast(title, CharField()),
        note_=Cast(note, CharField()),
        day_=Cast(day, DateField()),
    )
    return named.values(*_COLUMNS)


def _introductions(posts: QuerySet[Any], user: Any) -> list[QuerySet[Any]]:
    """A line for each introduction of one of these posts, named by the side that is not theirs."""
    numbers = posts.order_by().values("pk")
    rows = Introduction.objects.visible_to(user)
    pairs = (("first_post", "second_post"), ("second_post", "first_post"))
    return [
        _lines(
            rows.filter(**{f"{own}__in": numbers}), "introduction", key=F("public_id"),
            title=F(f"{other}__scope_name"), note=F("status"), day=F("sent_on"),
        )[:10]
        for own, other in pairs
    ]  # fmt: skip


def _united(parts: list[QuerySet[Any]]) -> QuerySet[Any]:
    """All lines of all parts in one statement."""
    return parts[0].union(*parts[1:], all=True)


def lines_of_organisation(organisation: Organisation, user: Any) -> list[Line]:
    """Talks, introductions and resources of an organisation, as far as the user may see them."""
    return _read(_OF_ORGANISATION.to(user, organisation=organisation.pk))


def _read(rows: list[dict[str, Any]]) -> list[Line]:
    return [Line(*row.values()) for row in rows]


def _of_organisation(user: Any) -> QuerySet[Any]:
    organisation = Slot("organisation")
    posts = Post.objects.filter(organisation=organisation)
    prospects = Prospect.objects.visible_to(user).filter(organisation=organisation)
    resources = Resource.objects.visible_to(user).filter(organisation=organisation, valid_to=None)
    parts = [
        _lines(
            prospects, "prospect", key=F("public_id"), title=F("alliance__name"), note=F("stage"),
            day=F("last_step_on"),
        )[:10],
        _lines(
            resources, "resource", key=F("public_id"), title=F("title"), note=F("kind"), day=Value(None),
        )[:10],
        *_introductions(posts, user),
    ]  # fmt: skip
    return _united(parts)


_OF_ORGANISATION = Visible(_of_organisation)


def lines_of_group(group: WorkingGroup, user: Any) -> list[Line]:
    return _read(_OF_GROUP.to(user, group=group.pk))


_OF_GROUP = Visible(
    lambda user: _united(_introductions(Post.objects.filter(working_group=Slot("group")), user))
)


def lines_of_alliance(alliance: Alliance, user: Any, today: date) -> list[Line]:
    """The chambers of an alliance's districts, their contact posts, and its introductions."""
    return _read(_OF_ALLIANCE.to(user, alliance=alliance.pk, day=today))


def _of_alliance(user: Any) -> QuerySet[Any]:
    alliance, today = Slot("alliance"), Slot("day", planned=True)
    links = AllianceTerritory.objects.as_of(today).filter(alliance=alliance)
    held = links.exclude(territory__level=Level.STATE).order_by()
    inside = Q(territory__in=held.values("territory")) | Q(
        territory__in=held.exclude(territory__level=Level.DISTRICT).values("territory__parent")
    )
    chambers = ChamberDistrict.objects.as_of(today).filter(inside)
    points = ContactPoint.objects.filter(post=OuterRef("pk"), kind=ContactPointKind.CHAMBER)
    here = Q(district=None) | Q(district__in=chambers.order_by().values("territory"))
    posts = Post.objects.as_of(today).filter(
        Exists(points.as_of(today).filter(here)) | ~Exists(points),
        kind=PostKind.CHAMBER_CONTACT,
        organisation__chamber__in=chambers.order_by().values("chamber"),
    )
    parts = [
        _lines(
            chambers, "chamber", key=F("chamber__public_id"), title=F("chamber__name"), note=F("kind"),
            day=Value(None),
        ),
        _lines(
            posts, "contact", key=F("public_id"), title=F("title"), note=F("organisation__chamber__name"),
            day=Value(None),
        ),
        *_introductions(Post.objects.filter(alliance=alliance), user),
    ]  # fmt: skip
    return _united(parts)


_OF_ALLIANCE = Visible(_of_alliance)
