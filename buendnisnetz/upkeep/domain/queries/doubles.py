"""Reading possible doubles and merges."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CharField, Count, F, Model, Q, QuerySet
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.utils.translation import gettext as _

from buendnisnetz.core.search import search_key
from buendnisnetz.upkeep.domain.doubles import entries_of
from buendnisnetz.upkeep.domain.merges import ORGANISATION_FIELDS, PERSON_FIELDS
from buendnisnetz.upkeep.domain.references import references_to
from buendnisnetz.upkeep.enums import DoubleKind, DoubleStatus
from buendnisnetz.upkeep.models import Double, Merge


def doubles_for(user: Any) -> QuerySet[Any]:
    """Pairs that a user may see, with both names and places."""
    visible: QuerySet[Any] = Double.objects.visible_to(user)
    rows: QuerySet[Any] = visible.annotate(
        first_name=_name("first"),
        second_name=_name("second"),
        first_place=F("first_organisation__city"),
        second_place=F("second_organisation__city"),
    )
    return rows


def _name(side: str) -> Coalesce:
    person = Concat(f"{side}_person__given_name", Value(" "), f"{side}_person__family_name")
    return Coalesce(f"{side}_organisation__name", NullIf(person, Value(" ")))


def narrowed(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    """Those to be looked at, unless something else is asked for."""
    if values.get("kind"):
        rows = rows.filter(kind=values["kind"])
    status = values.get("status") or "OPEN"
    if status == "OPEN":
        return rows.exclude(status=DoubleStatus.DIFFERENT)
    return rows if status == "ALL" else rows.filter(status=status)


def found(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Pairs of which one holds what was typed."""
    key = search_key(typed)
    condition = Q()
    for side in ("first", "second"):
        for kind in ("organisation", "person"):
            condition |= Q(**{f"{side}_{kind}__search_key__contains": key})
    return rows.filter(condition)


@dataclass(frozen=True)
class FieldPair:
    """A field of both entries, side by side."""

    name: str
    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second


def side_by_side(double: Double) -> list[FieldPair]:
    """The fields of both entries as text."""
    one, other = entries_of(double)
    names = ORGANISATION_FIELDS if double.kind == DoubleKind.ORGANISATION else PERSON_FIELDS
    pairs = []
    for name in names:
        field = one._meta.get_field(name)
        label = str(field.verbose_name)
        pairs.append(
            FieldPair(name, label[:1].upper() + label[1:], _text(one, field), _text(other, field))
        )
    return pairs


def _text(row: Any, field: Any) -> str:
    value = getattr(row, field.name)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return ""
    return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value)


def references(entry: Any) -> list[tuple[str, int]]:
    """How much points to an entry, by the name of what it is, the most first; one query."""
    model: type[Model] = type(entry)
    parts = [
        reference.rows(entry.pk)
        .order_by()
        .annotate(noun_=Value(str(reference.model._meta.verbose_name), CharField()))
        .values("noun_")
        .annotate(count_=Count("pk"))
        for reference in references_to(model)
        if reference.model not in {Double, Merge}
    ]
    counts: dict[str, int] = {}
    for row in parts[0].union(*parts[1:], all=True):
        counts[row["noun_"]] = counts.get(row["noun_"], 0) + row["count_"]
    found = [(noun, count) for noun, count in counts.items() if count]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def merges_for(user: Any) -> QuerySet[Any]:
    visible: QuerySet[Any] = Merge.objects.visible_to(user)
    return visible


def moved_by(merge: Merge) -> list[tuple[str, int]]:
    """What a merge moved and united, by the name of what it is."""
    counts: dict[str, int] = {}
    for step in merge.steps:
        if step["op"] in {"move", "delete"}:
            noun = str(apps.get_model(step["model"])._meta.verbose_name)
            counts[noun] = counts.get(noun, 0) + len(step.get("keys", [0]))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def waiting_doubles(user: Any) -> QuerySet[Double]:
    """Pairs that are to be looked at."""
    return Double.objects.visible_to(user).exclude(status=DoubleStatus.DIFFERENT)
