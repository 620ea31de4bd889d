"""Whom to invite on a topic, and why each of them is on the list (S102)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from buendnisnetz.network.models import (
    GroupMembership,
    Membership,
    Organisation,
    Post,
    WorkingGroup,
)
from buendnisnetz.partnering.domain.topics import labels_of, topics_of
from buendnisnetz.partnering.models import GroupInterest, InterestProfile


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
    wanted = GroupInterest.objects.filter(organisation__in=bodies)
    columns = ("organisation", "working_group__name", "since")
    for body, name, since in wanted.order_by("working_group__sort_key").values_list(*columns):
        text = _("Wants to hear of the working group %(group)s (since %(day)s).")
        found[body].append(text % {"group": name, "day": f"{since:%d.%m.%Y}"})
    members = Membership.objects.as_of(today).filter(organisation__in=bodies)
    for body, name in members.order_by("alliance__sort_key").values_list(
        "organisation", "alliance__name"
    ):
        found[body].append(_("Member of %(alliance)s.") % {"alliance": name})
    seats = GroupMembership.objects.as_of(today).filter(organisation__in=bodies)
    columns = ("organisation", "working_group__name", "working_group__topic")
    for body, name, group_topic in seats.order_by("working_group__sort_key").values_list(*columns):
        if not topic or topic in topics_of(f"{group_topic} {name}"):
            found[body].append(_("Sits in the working group %(group)s.") % {"group": name})
    return found


def addresses_of(bodies: Iterable[int], today: date) -> dict[int, dict[str, Any]]:
    """The post that each organisation is invited through: an official contact before others."""
    posts = Post.objects.as_of(today).filter(organisation__in=list(bodies)).exclude(email="")
    rows = posts.order_by("is_contact", "-pk").values("organisation", "public_id", "title", "email")
    return {row["organisation"]: row for row in rows}


def profiles_for(user: Any) -> QuerySet[InterestProfile]:
    """Profiles that a user may make a list of."""
    rows: QuerySet[InterestProfile] = InterestProfile.objects.visible_to(user)
    interested = GroupInterest.objects.filter(organisation=OuterRef("organisation"))
    return rows.filter(~Q(topics=[]) | Exists(interested))


def groups_to_choose(organisation: Organisation, user: Any, today: date) -> QuerySet[WorkingGroup]:
    """The groups and committees that an organisation may want to hear of: those of its alliances and of
    the whole state, and what it chose before."""
    own = Membership.objects.as_of(today).filter(organisation=organisation).values("alliance")
    rows: QuerySet[WorkingGroup] = WorkingGroup.objects.visible_to(user).as_of(today)
    near = Q(alliance=None) | Q(alliance__in=own)
    return rows.filter(near | Q(interested__organisation=organisation)).distinct()


def groups_wanted(*, own: Collection[int], office: bool, today: date) -> list[tuple[str, str]]:
    """The groups that somebody wants to hear of, by name, for the filter of the list: members of the
    ``own`` alliances, for the coordination office anybody."""
    interested = GroupInterest.objects.all()
    if not office:
        members = Membership.objects.as_of(today).filter(alliance__in=own).values("organisation")
        interested = interested.filter(organisation__in=members)
    wanted = interested.values("working_group")
    rows = WorkingGroup.objects.filter(pk__in=wanted).order_by("sort_key", "pk")
    return list(rows.values_list("public_id", "name"))
