"""Reading working groups."""

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from buendnisnetz.accounts.access import access_of
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
    rows = GroupMembership.objects.as_of(day).filter(working_group__in=groups).order_by()
    counts = rows.values_list("working_group").annotate(count=Count("pk"))
    return dict(counts)


def members_of(group: WorkingGroup, user: Any) -> list[GroupMembership]:
    """Who takes or took part, as far as the user may see it, present ones first."""
    rows = GroupMembership.objects.filter(working_group=group).select_related("organisation")
    if access_of(user).is_public:
        rows = rows.filter(organisation__is_public=True)
    return list(rows.order_by(F("valid_to").desc(nulls_first=True), "organisation__sort_key", "pk"))
