"""Reading what is published. No query here grows with the number of rows."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet, TextField
from django.db.models.functions import Cast

from buendnisnetz.api.domain.objects import SCHEMA, Data, address
from buendnisnetz.api.enums import ABOUT_A_PERSON, PublicationKind
from buendnisnetz.api.models import Publication
from buendnisnetz.network.enums import ConsentKind
from buendnisnetz.network.models import Person

COUNTED = 20_000
_FIELDS = ("pk", "kind", "public_id", "people", "created", "modified", "deleted_at")
# What an object keeps while a name in it may no longer be shown and it has not been renewed yet.
_WORDLESS = frozenset(
    {
        "id", "type", "created", "modified", "body", "meeting", "organization", "order", "public",
        "start", "end", "mimeType", "accessUrl", "downloadUrl", "agendaItem", "paper",
        "consultation", "authoritative", "cancelled", "web", "date",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Span:
    """Which objects a harvester asks for, by when they were made and last changed."""

    created_since: datetime | None = None
    created_until: datetime | None = None
    modified_since: datetime | None = None
    modified_until: datetime | None = None

    def narrow(self, rows: Any) -> Any:
        """Removed objects are named only to those who ask what changed."""
        for name, lookup in (
            ("created_since", "created__gte"),
            ("created_until", "created__lte"),
            ("modified_since", "modified__gte"),
            ("modified_until", "modified__lte"),
        ):
            value = getattr(self, name)
            if value is not None:
                rows = rows.filter(**{lookup: value})
        return rows if self.modified_since else rows.present()


@dataclass(frozen=True)
class Shown:
    """An object as it may be read now; ``data`` is JSON."""

    data: str
    withheld: bool = False
    gone: bool = False


@dataclass(frozen=True)
class Page:
    """A part of a list in the order of the last change, with the place where it goes on."""

    objects: list[Shown]
    # None where there are more than anybody should wait for being counted.
    total: int | None
    after: tuple[datetime, int] | None
    # The newest change in the whole list, removals included; None where the answer can change
    # without one, because something is withheld until it has been renewed.
    changed: datetime | None


def page_of(
    rows: QuerySet[Publication], span: Span, after: tuple[datetime, int] | None, limit: int
) -> Page:
    """Four queries. Whoever walks on from ``after`` misses nothing: an object that changes meanwhile
    moves to the end, where the walk has not been yet."""
    wanted = span.narrow(rows)
    part = wanted
    if after is not None:
        moment, pk = after
        part = part.filter(Q(modified__gt=moment) | Q(pk__gt=pk), modified__gte=moment)
    found = _read(part.order_by("modified", "pk"), limit + 1)
    here = found[:limit]
    more = (here[-1]["modified"], here[-1]["pk"]) if len(found) > limit else None
    shown = guarded(here)
    changed = None if any(row.withheld for row in shown) else newest_change(rows)
    if not span.modified_since:
        shown = [row for row in shown if not row.gone]
    return Page(shown, _counted(wanted), more, changed)


def _counted(rows: Any) -> int | None:
    found: int = rows.order_by()[: COUNTED + 1].count()
    return found if found <= COUNTED else None


def newest_change(rows: QuerySet[Publication]) -> datetime | None:
    found: datetime | None = rows.aggregate(last=Max("modified"))["last"]
    return found


@dataclass(frozen=True)
class News:
    """What changed last, the newest first, and when."""

    objects: list[Data]
    changed: datetime | None


def newest(rows: Any, limit: int) -> News:
    """Three queries; without what may not be shown as it is."""
    shown = guarded(_read(rows.present().order_by("-modified", "-pk"), limit))
    here = [json.loads(row.data) for row in shown if not row.gone and not row.withheld]
    return News(here, newest_change(rows) if len(here) == len(shown) else None)


def scope_name(scope: str) -> str | None:
    """What a state, an alliance or a working group is called in public; None if it is not."""
    kinds = [PublicationKind.BODY, PublicationKind.ORGANIZATION]
    rows = Publication.objects.present().filter(kind__in=kinds, public_id=scope)
    found: str | None = rows.values_list("data__name", flat=True).first()
    return found


def object_of(kind: PublicationKind, public_id: str) -> Shown | None:
    """One object, also a removed one; None if there never was such an object."""
    found = _read(Publication.objects.filter(kind=kind, public_id=public_id), 1)
    return guarded(found)[0] if found else None


def _read(rows: Any, limit: int) -> list[dict[str, Any]]:
    """Stored JSON is sent on as text: taking it apart would cost more than everything else."""
    return list(rows.annotate(text=Cast("data", TextField())).values(*_FIELDS, "text")[:limit])


def guarded(rows: Sequence[dict[str, Any]]) -> list[Shown]:
    """Objects as they may be read at this moment: a consent may have ended since they were made."""
    named = {person for row in rows for person in row["people"]}
    agreed = _agreed(named) if named else set()
    return [_shown(row, agreed) for row in rows]


def _agreed(people: Iterable[str]) -> set[str]:
    rows = Person.objects.filter(public_id__in=list(people))
    found = rows.with_consent(ConsentKind.PUBLIC_NAME).order_by()
    return set(found.values_list("public_id", flat=True))


def _shown(row: dict[str, Any], agreed: set[str]) -> Shown:
    if row["deleted_at"] is not None:
        return Shown(_stub(row), gone=True)
    if agreed.issuperset(row["people"]):
        return Shown(row["text"])
    if row["kind"] in ABOUT_A_PERSON:
        return Shown(_stub(row), withheld=True, gone=True)
    return Shown(as_json(_without_words(json.loads(row["text"]))), withheld=True)


def _stub(row: dict[str, Any]) -> str:
    kind = PublicationKind(row["kind"])
    return as_json(
        {
            "id": address(kind, row["public_id"]),
            "type": f"{SCHEMA}{kind.label}",
            "created": row["created"].isoformat(),
            "modified": row["modified"].isoformat(),
            "deleted": True,
        }
    )


def _without_words(data: Data) -> Data:
    return {key: _pruned(value) for key, value in data.items() if key in _WORDLESS}


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return _without_words(value)
    return [_pruned(entry) for entry in value] if isinstance(value, list) else value


def without_embedded(text: str) -> str:
    """The object without the objects inside it; they have lists of their own (OParl 1.1)."""
    data = json.loads(text)
    return as_json({key: value for key, value in data.items() if not _holds_objects(value)})


def _holds_objects(value: Any) -> bool:
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and str(first.get("type", "")).startswith(SCHEMA)


def as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def feed_scopes() -> list[tuple[str, str]]:
    """The states that have feeds of their own, by id and name."""
    rows = Publication.objects.present().filter(kind=PublicationKind.BODY).order_by("public_id")
    return list(rows.values_list("public_id", "data__name"))
