"""Reading posts."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from buendnisnetz.network.domain.queries.holders import vacant
from buendnisnetz.network.models import Post


def narrowed(posts: QuerySet[Post], values: dict[str, Any], day: date) -> QuerySet[Post]:
    """Apply the filter of the list: official contacts, unless something else is asked for."""
    rows: QuerySet[Post] = posts.as_of(day)  # type: ignore[attr-defined]
    if values.get("kind"):
        rows = rows.filter(kind=values["kind"])
    if values.get("district"):
        rows = rows.filter(_in_district(values["district"]))
    which = values.get("which") or "contacts"
    if which == "contacts":
        rows = rows.filter(is_contact=True)
    elif which == "vacant":
        rows = vacant(rows, day)
    return rows


def _in_district(ags: str) -> Q:
    inside = (
        Post.objects.filter(territory__ags__startswith=ags).values("pk"),
        Post.objects.filter(organisation__territory__ags__startswith=ags).values("pk"),
        Post.objects.filter(alliance__territories__ags__startswith=ags).values("pk"),
    )
    condition = Q()
    for posts in inside:
        condition |= Q(pk__in=posts)
    return condition
