"""Whom to invite on a topic, and why each of them is on the list (S102)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.conditions import any_of
from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.network.models import (
    GroupMembership,
    Membership,
    Organisation,
    Post,
    WorkingGroup,
)
from buendnisnetz.partnering.domain.topics import labels_of, topics_of
from buendnisnetz.partnering.models import GroupInterest, InterestProfile
from buendnisnetz.territories.models import Territory

MOST_GROUPS_OFFERED = 100


def narrowed(rows: QuerySet[Any], values: dict[str, Any], today: date) -> QuerySet[Any]:
    """Members today who want to hear of one of the topics, at the places and of the kinds asked for."""
    members = Membership.objects.as_of(today)
    if values.get("alliance") not in (None, "", "office"):
        members = members.filter(alliance__slug=values["alliance"])
    rows = rows.filter(organisation__in=members.order_by().values("organisation"))
    rows = rows.filter(organisation__valid_to=None)
    if values.get("group"):
        interested = GroupInterest.objects.filter(working_group__public_id=values["group"])
        rows = rows.filter(organisation__in=interested.values("organisation"))
    if values.get("topic"):
        rows = rows.filter(topics__contains=[values["topic"]])
    if values.get("district"):
        rows = rows.filter(organisation__territory__ags__startswith=values["district"])
    if values.get("kind"):
        rows = rows.filter(organisation__kind=values["kind"])
    return rows


def reasons_of(profiles: Iterable[dict[str, Any]], topic: str, today: date) -> dict[int, list[str]]:
    """For each organisation the sentences that say why it is invited; three queries for a page.

    The profile, groups it wants to hear of, the membership, and a seat in a group on the topic.
    """
    rows = list(profiles)
    bodies = [row["organisation"] for row in rows]
    found: dict[int, list[str]] = {}
    for row in rows:
        topics = [topic] if topic in row["topics"] else [] if topic else row["topics"]
        text = _("Wants to hear of: %(topics)s (as of %(day)s).")
        words = {"topics": labels_of(topics), "day": f"{row['changed_on']:%d.%m.%Y}"}
        found[row["organisation"]] = [text % words] if topics else []
    for row in _WANTED.rows(bodies=bodies):
        text = _("Wants to hear of the working group %(group)s (since %(day)s).")
        words = {"group": row["group"], "day": f"{row['since']:%d.%m.%Y}"}
        found[row["organisation"]].append(text % words)
    for row in _MEMBERS.rows(bodies=bodies, day=today):
        found[row["organisation"]].append(
            _("Member of %(alliance)s.") % {"alliance": row["alliance_name"]}
        )
    for row in _SEATS.rows(bodies=bodies, day=today):
        if not topic or topic in topics_of(f"{row['topic']} {row['group']}"):
            found[row["organisation"]].append(_("Sits in the working group %(group)s.") % row)
    return found


_BODIES = one_of("organisation", "bodies")
_GROUP = F("working_group__name")
_WANTED = Question(
    lambda: (
        GroupInterest.objects.filter(_BODIES)
        .order_by("working_group__sort_key")
        .values("organisation", "since", group=_GROUP)
    )
)
_MEMBERS = Question(
    lambda: (
        Membership.objects.as_of(Slot("day", planned=True))
        .filter(_BODIES)
        .order_by("alliance__sort_key")
        .values("organisation", alliance_name=F("alliance__name"))
    )
)
_SEATS = Question(
    lambda: (
        GroupMembership.objects.as_of(Slot("day", planned=True))
        .filter(_BODIES)
        .order_by("working_group__sort_key")
        .values("organisation", group=_GROUP, topic=F("working_group__topic"))
    )
)


def addresses_of(bodies: Iterable[int], today: date) -> dict[int, dict[str, Any]]:
    """The post that each organisation is invited through: an official contact before others."""
    rows = _POSTS.rows(bodies=list(bodies), day=today)
    return {row["organisation"]: row for row in rows}


_POSTS = Question(
    lambda: (
        Post.objects.as_of(Slot("day", planned=True))
        .filter(_BODIES)
        .exclude(email="")
        .order_by("is_contact", "-pk")
        .values("organisation", "public_id", "title", "email")
    )
)


def profiles_for(user: Any) -> QuerySet[InterestProfile]:
    """Profiles that a user may make a list of, each with its ``place`` in short."""
    rows: QuerySet[InterestProfile] = InterestProfile.objects.visible_to(user)
    interested = GroupInterest.objects.filter(organisation=OuterRef("organisation"))
    # Read for the rows of a page; a join would read it for all that fit.
    places = Territory.objects.filter(pk=OuterRef("organisation__territory"))
    rows = rows.annotate(place=Subquery(places.values("short_name")))
    return rows.filter(~Q(topics=[]) | Exists(interested))


def topics_wanted(organisation: Organisation) -> list[str]:
    """The topics that an organisation wants to hear of."""
    profile = _PROFILE.row(organisation=organisation.pk)
    return profile["topics"] if profile else []


_PROFILE = Question(
    lambda: InterestProfile.objects.filter(organisation=Slot("organisation")).values("topics")
)


class GroupToChoose(NamedTuple):
    """A working group that an organisation may want to hear of, and whether it does."""

    pk: int
    name: str
    is_wanted: bool


def groups_to_choose(organisation: Organisation, user: Any, today: date) -> list[GroupToChoose]:
    """The groups and committees that an organisation may want to hear of, by name: those of its
    alliances and of the whole state, and what it chose before."""
    rows = _TO_CHOOSE.to(user, organisation=organisation.pk, day=today)
    return [GroupToChoose(row["pk"], row["name"], row["is_wanted"]) for row in rows]


def _to_choose(user: Any) -> QuerySet[Any, Any]:
    organisation, day = Slot("organisation"), Slot("day", planned=True)
    own = Membership.objects.as_of(day).filter(organisation=organisation).order_by()
    wanted = GroupInterest.objects.filter(organisation=organisation).order_by()
    near = Q(alliance=None) | any_of("alliance", own.values("alliance"))
    rows: QuerySet[WorkingGroup] = WorkingGroup.objects.visible_to(user).as_of(day)
    rows = rows.filter(near | any_of("pk", wanted.values("working_group")))
    is_wanted = Exists(wanted.filter(working_group=OuterRef("pk")))
    found: QuerySet[Any, Any] = rows.annotate(is_wanted=is_wanted).order_by("sort_key", "pk")
    return found.values("pk", "name", "is_wanted")


_TO_CHOOSE = Visible(_to_choose)


def groups_wanted(
    *, own: Collection[int], office: bool, today: date, asked: str = "", group: str = ""
) -> list[tuple[str, str]]:
    """The groups that somebody wants to hear of, by name, for the filter of the list: members of the
    ``own`` alliances, for the coordination office anybody, or members of the alliance ``asked`` for.

    No more than can be looked through, the whole state's first; the ``group`` asked for in any case.
    """
    interested = GroupInterest.objects.all()
    if not office:
        members = Membership.objects.as_of(today).filter(alliance__in=own).values("organisation")
        interested = interested.filter(organisation__in=members)
    elif asked not in {"", "office"}:
        members = Membership.objects.as_of(today).filter(alliance__slug=asked)
        interested = interested.filter(organisation__in=members.values("organisation"))
    rows = WorkingGroup.objects.filter(pk__in=interested.values("working_group"))
    first = Case(When(public_id=group, then=0), When(alliance=None, then=1), default=2)
    columns = ("sort_key", "pk", "public_id", "name")
    found = rows.order_by(first, "sort_key", "pk").values_list(*columns)[:MOST_GROUPS_OFFERED]
    return [(public_id, name) for _key, _pk, public_id, name in sorted(found)]
