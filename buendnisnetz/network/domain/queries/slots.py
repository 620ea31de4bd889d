"""The one contact of each district, and how it stands with it on a day (S77)."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Subquery, Value, When

from buendnisnetz.core.questions import Question
from buendnisnetz.network.domain.contact_checks import EVERY_MONTHS, months_before
from buendnisnetz.network.enums import PostKind, SlotState
from buendnisnetz.network.models import Post, PostConfirmation, Term
from buendnisnetz.territories.models import Territory


def slots(day: date) -> QuerySet[Any]:
    """A row for each district of that day with its contact post, if there is one.

    Adds ``contact`` (the post's key), ``title``, ``email``, ``phone``, ``post_id_``, ``deputy_title``,
    ``confirmed_on`` and ``state``.
    """
    planner_first = Case(When(kind=PostKind.SOCIAL_PLANNER, then=0), default=1)
    posts = Post.objects.as_of(day).filter(territory=OuterRef("pk"), is_contact=True)
    posts = posts.order_by(planner_first, "pk")
    confirmed = PostConfirmation.objects.filter(post=OuterRef("contact"), confirmed_on__lte=day)
    terms = Term.objects.as_of(day).filter(post=OuterRef("contact"))
    since = months_before(day, EVERY_MONTHS)
    rows: QuerySet[Any] = Territory.objects.districts().as_of(day)
    rows = rows.annotate(
        contact=Subquery(posts.values("pk")[:1]),
        title=Subquery(posts.values("title")[:1]),
        email=Subquery(posts.values("email")[:1]),
        phone=Subquery(posts.values("phone")[:1]),
        post_key=Subquery(posts.values("public_id")[:1]),
        deputy_title=Subquery(posts.values("deputy__title")[:1]),
    ).annotate(
        confirmed_on=Subquery(confirmed.order_by("-confirmed_on").values("confirmed_on")[:1]),
        is_held=Exists(terms),
    )
    state = Case(
        When(contact=None, then=Value(SlotState.MISSING)),
        When(is_held=False, then=Value(SlotState.VACANT)),
        When(confirmed_on__gt=since, then=Value(SlotState.CONFIRMED)),
        default=Value(SlotState.UNCONFIRMED),
        output_field=CharField(),
    )
    stated: QuerySet[Any] = rows.annotate(state=state)
    return stated


def slot_counts(day: date) -> dict[str, int]:
    """How many slots there are in each state."""
    return dict(Counter(row["state"] for row in _STATES.rows(day, shape=day)))


_STATES = Question(lambda day: slots(day).order_by().values("state"))


def narrowed(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    if values.get("state"):
        rows = rows.filter(state=values["state"])
    return rows


def found(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Slots of districts whose name holds what was typed."""
    return rows.filter(name__icontains=typed)
