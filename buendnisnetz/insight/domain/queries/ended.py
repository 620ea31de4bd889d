"""Organisations that ended, with whom to find again: their people and open memberships (S14)."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.conditions import of_each
from buendnisnetz.core.questions import Question, one_of
from buendnisnetz.insight.models.care import own_alliances
from buendnisnetz.network.models import Membership, Organisation, Term


def ended_organisations(user: Any, day: date) -> QuerySet[Organisation]:
    """What ended before the day and still has a post that somebody holds or a membership without end.

    An alliance's coordination sees those that are on its own list of members.
    """
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(user).ended_before(day)
    own = own_alliances(user)
    if own is not None:
        theirs = _open_memberships().filter(alliance__in=own)
        rows = rows.filter(pk__in=theirs.order_by().values("organisation"))
    # Looked up for each, in the order of the list, until the page is full.
    held = Term.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("valid_to")),
        of_each("post__organisation", "pk"),
        person__erased_at=None,
    )
    # For the few of which nobody is to be found again, known of all at once.
    listed = _open_memberships().filter(organisation__valid_to__isnull=False)
    return rows.filter(Exists(held) | Q(pk__in=listed.order_by().values("organisation")))


def with_numbers(rows: QuerySet[Organisation]) -> QuerySet[Any]:
    """Adds how many ``people`` are to be found again, and on how many lists it still stands."""
    annotated: QuerySet[Any] = rows.annotate(
        people=_count(_open_terms(), "post__organisation"),
        open_memberships=_count(_open_memberships(), "organisation"),
    )
    return annotated


def _open_terms() -> QuerySet[Term]:
    """Terms that were open when the organisation ended."""
    ended = F("post__organisation__valid_to")
    rows: QuerySet[Term] = Term.objects.filter(person__erased_at=None)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gte=ended))


def _open_memberships() -> QuerySet[Membership]:
    rows: QuerySet[Membership] = Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=F("organisation__valid_to"))
    )
    return rows


def _count(rows: QuerySet[Any], link: str) -> Coalesce:
    own = rows.filter(**{link: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(own.values(link).annotate(n=Count("pk")).values("n")), 0)


def people_of(organisations: list[int], user: Any) -> dict[int, list[tuple[str, str]]]:
    """For each organisation the people to find again, as far as the user may see them: id and name."""
    found: dict[int, list[tuple[str, str]]] = {}
    for row in _PEOPLE.to(user, organisations=organisations):
        name = f"{row['person__given_name']} {row['person__family_name']}".strip()
        person = row["person__public_id"], name
        found.setdefault(row["post__organisation"], []).append(person)
    return found


def _people(user: Any) -> QuerySet[Any, Any]:
    visible = Term.objects.visible_to(user).order_by().values("pk")
    rows = _open_terms().filter(one_of("post__organisation", "organisations"), pk__in=visible)
    return rows.order_by("person__sort_key").values(
        "post__organisation", "person__public_id", "person__given_name", "person__family_name"
    )


_PEOPLE = Visible(_people)


def alliances_of(organisations: list[int]) -> dict[int, list[str]]:
    """For each organisation the alliances on whose list it still stands."""
    found: dict[int, list[str]] = {}
    for row in _ALLIANCES.rows(organisations=organisations):
        found.setdefault(row["organisation"], []).append(row["alliance__name"])
    return found


_ALLIANCES = Question(
    lambda: (
        _open_memberships()
        .filter(one_of("organisation", "organisations"))
        .order_by("alliance__sort_key")
        .values("organisation", "alliance__name")
    )
)
