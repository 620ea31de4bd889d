"""Reading statements of benefit and examples of good practice."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from buendnisnetz.network.domain.queries.alliances import twelve_months_before
from buendnisnetz.partnering.enums import Audience
from buendnisnetz.partnering.models import Benefit


def narrowed(rows: QuerySet[Any], values: dict[str, Any], today: date) -> QuerySet[Any]:
    """Apply the filter of the statements."""
    if values.get("audience"):
        rows = rows.filter(audience=values["audience"])
    if values.get("which") == "draft":
        rows = rows.filter(is_published=False)
    elif values.get("which") == "outdated":
        rows = rows.filter(Q(checked_on=None) | Q(checked_on__lt=twelve_months_before(today)))
    return rows


def practice_narrowed(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    """Apply the filter of the examples: field, size of the place, district."""
    for name in ("field", "place_size"):
        if values.get(name):
            rows = rows.filter(**{name: values[name]})
    if values.get("district"):
        rows = rows.filter(territory__ags__startswith=values["district"])
    return rows


def published_for(audience: Audience, limit: int) -> list[Benefit]:
    """Published statements for an audience, those checked last first."""
    rows = Benefit.objects.filter(audience=audience, is_published=True)
    return list(rows.order_by(F("checked_on").desc(nulls_last=True), "pk")[:limit])
