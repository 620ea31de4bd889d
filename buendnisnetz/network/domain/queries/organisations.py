"""Reading organisations."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.network.models import (
    Membership,
    MovedAddress,
    Organisation,
    OrganisationAlias,
    Post,
    Term,
)
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory


def narrowed(
    rows: QuerySet[Organisation], values: dict[str, Any], day: date
) -> QuerySet[Organisation]:
    """Apply the filter of the list: what existed on the day, or, if asked for, what ended too."""
    for name in ("kind", "sector", "size_class", "wz_section"):
        if values.get(name):
            rows = rows.filter(**{name: values[name]})
    if values.get("district"):
        rows = rows.filter(territory__ags__startswith=values["district"])
    if values.get("ended"):
        return rows.filter(Q(valid_from=None) | Q(valid_from__lte=day))
    return rows.as_of(day)  # type: ignore[attr-defined, no-any-return]


def place_of(record: dict[str, Any]) -> str:
    """The district of a record that holds its territory's columns."""
    if record["territory__level"] in (Level.MUNICIPALITY, Level.ASSOCIATION):
        return str(record["territory__parent__short_name"] or record["territory__short_name"])
    return str(record["territory__short_name"] or "")


def parts_of(organisation: Organisation, user: Any) -> list[Any]:
    """Everything that belongs to an organisation's history, each row with its number alone; one query."""
    rows = _PARTS.to(user, organisation=organisation.pk)
    return [_KINDS_OF_PARTS[row["part"]](pk=row["number"]) for row in rows]


# What became part of an entry has its history under the number that it had.
_KINDS_OF_PARTS: tuple[Any, ...] = (OrganisationAlias, Membership, Post, Organisation)


def _parts(user: Any) -> QuerySet[Any, Any]:
    kinds: tuple[tuple[QuerySet[Any, Any], str], ...] = (
        (OrganisationAlias.objects.all(), "pk"),
        (Membership.objects.all(), "pk"),
        (Post.objects.visible_to(user), "pk"),
        (MovedAddress.objects.all(), "old_key"),
    )
    found: list[QuerySet[Any, Any]] = [
        rows.filter(organisation=Slot("organisation"))
        .order_by()
        .annotate(part=Value(part), number=F(key))
        .values("part", "number")
        for part, (rows, key) in enumerate(kinds)
    ]
    return found[0].union(*found[1:], all=True)


_PARTS = Visible(_parts)


def people_to_find_again(organisation: Organisation, user: Any) -> QuerySet[Term]:
    """Terms that were open when an organisation ended: whom to call (S14)."""
    visible = Term.objects.visible_to(user)
    open_terms = visible.filter(post__organisation=organisation, person__erased_at=None)
    if organisation.valid_to is not None:
        open_terms = open_terms.exclude(valid_to__lt=organisation.valid_to)
    return open_terms.select_related("person", "post").order_by("person__sort_key", "pk")


def districts(day: date) -> list[tuple[str, str]]:
    """Key and name of the districts on a day, for filters."""
    return [(row["ags"], row["short_name"]) for row in _DISTRICTS.rows(day=day)]


_DISTRICTS = Question(
    lambda: (
        Territory.objects.districts()
        .as_of(Slot("day", planned=True))
        .order_by("sort_key")
        .values("ags", "short_name")
    )
)
