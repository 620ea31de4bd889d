"""Reading organisations."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from buendnisnetz.network.models import Alliance, Membership, Organisation, Term
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


def memberships_of(organisation: Organisation, user: Any) -> list[Membership]:
    """Where an organisation is or was a member, present ones first."""
    visible = Alliance.objects.visible_to(user).order_by().values("pk")
    rows = Membership.objects.filter(organisation=organisation, alliance__in=visible)
    rows = rows.select_related("alliance")
    return list(rows.order_by(F("valid_to").desc(nulls_first=True), "alliance__sort_key", "pk"))


def people_to_find_again(organisation: Organisation, user: Any) -> QuerySet[Term]:
    """Terms that were open when an organisation ended: whom to call (S14)."""
    visible = Term.objects.visible_to(user)
    open_terms = visible.filter(post__organisation=organisation, person__erased_at=None)
    if organisation.valid_to is not None:
        open_terms = open_terms.exclude(valid_to__lt=organisation.valid_to)
    return open_terms.select_related("person", "post").order_by("person__sort_key", "pk")


def districts(day: date) -> list[tuple[str, str]]:
    """Key and name of the districts on a day, for filters."""
    rows = Territory.objects.districts().as_of(day).order_by("sort_key")
    return list(rows.values_list("ags", "short_name"))
