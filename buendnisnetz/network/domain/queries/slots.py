"""The one contact of each district, and how it stands with it on a day (S77)."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from buendnisnetz.core.questions import Compiled, Question, compiled
from buendnisnetz.network.domain.contact_checks import EVERY_MONTHS, months_before
from buendnisnetz.network.enums import PostKind, SlotState
from buendnisnetz.network.models import Post, PostConfirmation, Term
from buendnisnetz.territories.models import Territory


def slots(day: date) -> QuerySet[Any]:
    """A row for each district of that day with its contact post, if there is one.

    Adds ``contact`` (the post's key), ``title``, ``email``, ``deputy_title``, ``confirmed_on`` and
    ``state``; ``post`` has all of them but the state of a slot without a post.
    """
    planner_first = Case(When(kind=PostKind.SOCIAL_PLANNER, then=0), default=1)
    first = _stated(Post.objects.as_of(day).filter(territory=OuterRef("pk"), is_contact=True), day)
    first = first.order_by(planner_first, "pk")
    rows: QuerySet[Any] = Territory.objects.districts().as_of(day)
    known: QuerySet[Any] = rows.annotate(
        contact=Subquery(first.values("pk")[:1]),
        title=Subquery(first.values("title")[:1]),
        email=Subquery(first.values("email")[:1]),
        deputy_title=Subquery(first.values("deputy__title")[:1]),
        confirmed_on=Subquery(first.values("last_confirmed_on")[:1]),
        state=Coalesce(Subquery(first.values("state")[:1]), Value(SlotState.MISSING)),
        # What a list shows, found once for each district.
        post=Subquery(first.values(post=JSONObject(**_SHOWN))[:1]),
    )
    return known


_SHOWN = {
    "key": "pk",
    "public_id": "public_id",
    "title": "title",
    "email": "email",
    "deputy_title": "deputy__title",
    "confirmed_on": "last_confirmed_on",
    "state": "state",
}


def _stated(posts: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Posts with ``last_confirmed_on`` and how it stands with them on a day."""
    confirmed = PostConfirmation.objects.filter(post=OuterRef("pk"), confirmed_on__lte=day)
    terms = Term.objects.as_of(day).filter(post=OuterRef("pk"))
    state = Case(
        When(~Exists(terms), then=Value(SlotState.VACANT)),
        When(
            last_confirmed_on__gt=months_before(day, EVERY_MONTHS), then=Value(SlotState.CONFIRMED)
        ),
        default=Value(SlotState.UNCONFIRMED),
        output_field=CharField(),
    )
    latest = confirmed.order_by("-confirmed_on").values("confirmed_on")[:1]
    stated: QuerySet[Any] = posts.annotate(last_confirmed_on=Subquery(latest), state=state)
    return stated


def slot_counts(day: date) -> dict[str, int]:
    """How many slots there are in each state."""
    return {row["state"]: row["found"] for row in _STATES.rows(day, shape=day)}


def _states(day: date) -> Compiled | None:
    rows = slots(day).order_by().values("state").annotate(found=Count("pk")).order_by()
    question = compiled(rows)
    return replace(question, reckoned=True) if question else None


_STATES = Question(_states)


def narrowed(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    if values.get("state"):
        rows = rows.filter(state=values["state"])
    return rows


def found(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Slots of districts whose name holds what was typed."""
    return rows.filter(name__icontains=typed)
