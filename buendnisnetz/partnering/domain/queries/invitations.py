"""Whom to invite on a topic, and why each of them is on the list (S102)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext as _

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.conditions import any_of, of_each
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


def narrowed(
    rows: QuerySet[Any], values: dict[str, Any], today: date, *, to_count: bool = False
) -> QuerySet[Any]:
    """Members today who want to hear of one of the topics, at the places and of the kinds asked for.

    Each is looked up among the members for the first few, but ``to_count`` all of them it is faster
    to read who is a member, and which organisations have ended.
    """
    members = Membership.objects.as_of(today).order_by()
    if values.get("alliance") not in (None, "", "office"):
        members = members.filter(alliance__slug=values["alliance"])
    if to_count:
        ended = Organisation.objects.filter(valid_to__isnull=False).order_by()
        rows = rows.filter(organisation__in=members.values("organisation"))
        rows = rows.exclude(organisation__in=ended.values("pk"))
    else:
        rows = rows.filter(Exists(members.filter(of_each("organisation", "organisation"))))
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
    """For each organisation the sentences that say why it is invited; one query for a page.

    The profile, groups it wants to hear of, the membership, and a seat in a group on the topic.
    """
    rows = list(profiles)
    found: dict[int, list[str]] = {}
    says = _("Wants to hear of: %(topics)s (as of %(day)s).")
    for row in rows:
        topics = [topic] if topic in row["topics"] else [] if topic else row["topics"]
        words = {"topics": labels_of(topics), "day": f"{row['changed_on']:%d.%m.%Y}"}
        found[row["organisation"]] = [says % words] if topics else []
    wants = _("Wants to hear of the working group %(group)s (since %(day)s).")
    belongs, sits = _("Member of %(alliance)s."), _("Sits in the working group %(group)s.")
    for row in _REASONS.rows(bodies=list(found), day=today):
        name, sentences = row["said_name"], found[row["organisation"]]
        if row["rank"] == _WANTED:
            sentences.append(wants % {"group": name, "day": f"{row['said_since']:%d.%m.%Y}"})
        elif row["rank"] == _MEMBER:
            sentences.append(belongs % {"alliance": name})
        elif not topic or topic in topics_of(f"{row['said_topic']} {name}"):
            sentences.append(sits % {"group": name})
    return found


# Reasons stand in this order.
_WANTED, _MEMBER, _SEATED = range(3)


def _reasons() -> QuerySet[Any, Any]:
    bodies, day = one_of("organisation", "bodies"), Slot("day", planned=True)
    no_day, no_topic = Value(None, output_field=DateField()), Value("")
    wanted = GroupInterest.objects.filter(bodies)
    members = Membership.objects.as_of(day).filter(bodies)
    seats = GroupMembership.objects.as_of(day).filter(bodies)
    rows = _said(wanted, _WANTED, "working_group", F("since"), no_topic).union(
        _said(members, _MEMBER, "alliance", no_day, no_topic),
        _said(seats, _SEATED, "working_group", no_day, F("working_group__topic")),
        all=True,
    )
    return rows.order_by("rank", "key")


def _said(rows: QuerySet[Any], rank: int, about: str, since: Any, topic: Any) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = rows.order_by().values(
        "organisation", rank=Value(rank), key=F(f"{about}__sort_key"),
        said_name=F(f"{about}__name"), said_since=since, said_topic=topic,
    )  # fmt: skip
    return found


_REASONS = Question(_reasons)


def addresses_of(bodies: Iterable[int], today: date) -> dict[int, dict[str, Any]]:
    """The post that each organisation is invited through: an official contact before others."""
    rows = _POSTS.rows(bodies=list(bodies), day=today)
    return {row["organisation"]: row for row in rows}


_POSTS = Question(
    lambda: (
        Post.objects.as_of(Slot("day", planned=True))
        .filter(one_of("organisation", "bodies"))
        .exclude(email="")
        .order_by("is_contact", "-pk")
        .values("organisation", "public_id", "title", "email")
    )
)


def profiles_for(user: Any) -> QuerySet[InterestProfile]:
    """Profiles that a user may make a list of."""
    rows: QuerySet[InterestProfile] = InterestProfile.objects.visible_to(user)
    interested = GroupInterest.objects.filter(organisation=OuterRef("organisation"))
    return rows.filter(~Q(topics=[]) | Exists(interested))


def with_places(rows: QuerySet[InterestProfile]) -> QuerySet[Any]:
    """Adds each one's ``place`` in short."""
    # Read for the rows of a page; a join would read it for all that fit.
    places = Territory.objects.filter(pk=OuterRef("organisation__territory"))
    annotated: QuerySet[Any] = rows.annotate(place=Subquery(places.values("short_name")))
    return annotated


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
