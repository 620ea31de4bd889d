"""Organisations that ended, with whom to find again: their people and open memberships (S14)."""

from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from buendnisnetz.insight.models.care import own_alliances
from buendnisnetz.network.models import Membership, Organisation, Term


def ended_organisations(user: Any, day: date) -> QuerySet[Organisation]:
    """What ended before the day and still has a post that somebody holds or a membership without end.

    An alliance's coordination sees those that are on its own list of members.
    """
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(user).ended_before(day)
    own = own_alliances(user)
    if own is not None:
        listed = _open_memberships().filter(alliance__in=own)
        rows = rows.filter(pk__in=listed.order_by().values("organisation"))
    # Asked as one set, so that the counts are only reckoned for the rows of a page.
    held = _open_terms().filter(post__organisation__valid_to__lt=day)
    listed = _open_memberships().filter(organisation__valid_to__lt=day)
    open_ones = (
        held.order_by().values("post__organisation").union(listed.order_by().values("organisation"))
    )
    found = rows.filter(pk__in=open_ones)
    return found.annotate(
        people=_count(_open_terms(), "post__organisation"),
        open_memberships=_count(_open_memberships(), "organisation"),
    )


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
    visible = Term.objects.visible_to(user).order_by().values("pk")
    rows = _open_terms().filter(post__organisation__in=organisations, pk__in=visible)
    found: dict[int, list[tuple[str, str]]] = {}
    columns = (
        "post__organisation", "person__public_id", "person__given_name", "person__family_name",
    )  # fmt: skip
    for organisation, person, given, family in rows.order_by("person__sort_key").values_list(
        *columns
    ):
        found.setdefault(organisation, []).append((person, f"{given} {family}".strip()))
    return found


def alliances_of(organisations: list[int]) -> dict[int, list[str]]:
    """For each organisation the alliances on whose list it still stands."""
    found: dict[int, list[str]] = {}
    rows = _open_memberships().filter(organisation__in=organisations)
    for organisation, name in rows.order_by("alliance__sort_key").values_list(
        "organisation", "alliance__name"
    ):
        found.setdefault(organisation, []).append(name)
    return found
