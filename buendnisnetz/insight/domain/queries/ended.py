"""Organisations that ended, with whom to find again: their people and open memberships (S14)."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from buendnisnetz.core.conditions import equal_to_any
from buendnisnetz.insight.domain.queries.running import fetch
from buendnisnetz.insight.models.care import own_alliances
from buendnisnetz.network.models import Membership, Organisation, Term

# Of an organisation the first term that is open is enough, and of terms the first person.
_OPEN = """
WITH ended AS MATERIALIZED (
    SELECT o.id, o.valid_to FROM network_organisation o WHERE o.valid_to < %(day)s
)
SELECT e.id
FROM ended e
CROSS JOIN LATERAL (
    SELECT 1 FROM network_post p
    CROSS JOIN LATERAL (
        SELECT 1 FROM network_term t
        WHERE t.post_id = p.id AND (t.valid_to IS NULL OR t.valid_to >= e.valid_to)
            AND (SELECT n.erased_at FROM network_person n WHERE n.id = t.person_id) IS NULL
        LIMIT 1
    ) t
    WHERE p.organisation_id = e.id LIMIT 1
) x
UNION
SELECT e.id
FROM ended e JOIN network_membership m ON m.organisation_id = e.id
WHERE m.valid_to IS NULL OR m.valid_to > e.valid_to
"""


def ended_organisations(user: Any, day: date) -> QuerySet[Organisation]:
    """What ended before the day and still has a post that somebody holds or a membership without end.

    An alliance's coordination sees those that are on its own list of members.
    """
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(user).ended_before(day)
    own = own_alliances(user)
    if own is not None:
        listed = _open_memberships().filter(alliance__in=own)
        rows = rows.filter(pk__in=listed.order_by().values("organisation"))
    # Found once, though they are counted, paged and searched; what is open of each is reckoned only
    # for the rows of a page.
    open_ones = Value(
        [row["id"] for row in fetch(_OPEN, {"day": day})],
        output_field=ArrayField(BigIntegerField()),
    )
    return rows.filter(equal_to_any("pk", open_ones)).annotate(
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
