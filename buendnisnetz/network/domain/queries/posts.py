"""Reading posts."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.network import rules
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


# What the rule about a post looks at.
_SCOPES = ("organisation", "alliance", "working_group__alliance", "territory")
_LOOKED_AT = (
    "public_id", "organisation__kind", "organisation__territory", "alliance__id",
    "working_group__alliance__id", "territory__parent",
)  # fmt: skip


def editable_among(public_ids: Collection[str], user: Any) -> frozenset[str]:
    """Those of some posts that a user may change; who may change all or none asks the database nothing."""
    if rules.is_keeper(user):
        return frozenset(public_ids)
    if not access_of(user).has(*rules.EDITORS) or not public_ids:
        return frozenset()
    posts = Post.objects.filter(public_id__in=public_ids).select_related(*_SCOPES).only(*_LOOKED_AT)
    return frozenset(post.public_id for post in posts if rules.can_edit_post(user, post))
