"""Reading working groups."""

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.network.models import GroupMembership, WorkingGroup


def narrowed(
    groups: QuerySet[WorkingGroup], values: dict[str, Any], day: date
) -> QuerySet[WorkingGroup]:
    """Apply the filter of the list; ended groups are shown with their results if asked for."""
    rows = groups.filter(Q(valid_from=None) | Q(valid_from__lte=day))
    if not values.get("ended"):
        rows = rows.as_of(day)  # type: ignore[attr-defined]
    if values.get("alliance") == "STATE":
        return rows.filter(alliance=None)
    if values.get("alliance"):
        return rows.filter(alliance__slug=values["alliance"])
    return rows


def member_counts(groups: list[int], day: date) -> dict[int, int]:
    """How many organisations take part in each group on a day."""
    return {row["working_group"]: row["count"] for row in _COUNTS.rows(groups=groups, day=day)}


_COUNTS = Question(
    lambda: (
        GroupMembership.objects.as_of(Slot("day", planned=True))
        .filter(one_of("working_group", "groups"))
        .order_by()
        .values("working_group")
        .annotate(count=Count("pk"))
    )
)


def members_of(group: WorkingGroup, user: Any) -> list[GroupMembership]:
    """Who takes or took part, as far as the user may see it, present ones first."""
    return _MEMBERS.to(user, group=group.pk)


def parts_of(group: WorkingGroup) -> list[GroupMembership]:
    """Everything that belongs to a group's history, each row with its number alone."""
    return [GroupMembership(**row) for row in _PARTS.rows(group=group.pk)]


_PARTS = Question(
    lambda: GroupMembership.objects.filter(working_group=Slot("group")).order_by("pk").values("pk")
)


def _members(user: Any) -> QuerySet[GroupMembership]:
    rows = GroupMembership.objects.filter(working_group=Slot("group"))
    if access_of(user).is_public:
        rows = rows.filter(organisation__is_public=True)
    latest = F("valid_to").desc(nulls_first=True)
    return rows.select_related("organisation").order_by(latest, "organisation__sort_key", "pk")


_MEMBERS = Visible(_members)
