"""The same open data as tables: one row for each alliance, meeting or decision."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from buendnisnetz.api.domain.objects import OWN, Data
from buendnisnetz.api.enums import PublicationKind
from buendnisnetz.api.models import Publication

Read = Callable[[Data], Any]


@dataclass(frozen=True)
class OpenList:
    """A table; columns by their name in both forms."""

    kind: PublicationKind
    columns: Mapping[str, Read]
    # Conditions on the stored data, where the kind alone says too much.
    only: Mapping[str, Any]

    def rows(self) -> QuerySet[Publication]:
        found: QuerySet[Publication] = Publication.objects.filter(kind=self.kind, **self.only)
        return found

    def row(self, data: Data) -> dict[str, Any]:
        return {name: read(data) for name, read in self.columns.items()}


def _fact(key: str) -> Read:
    return lambda data: data.get(key)


def _inner(key: str, inner: str) -> Read:
    return lambda data: (data.get(key) or {}).get(inner)


def _day(key: str) -> Read:
    return lambda data: (data.get(key) or "")[:10] or None


def _last(key: str) -> Read:
    """The id at the end of an object's address, or of the first one in a list."""

    def read(data: Data) -> str | None:
        found = data.get(key)
        link = found[0] if isinstance(found, list) and found else found
        return link.rstrip("/").rpartition("/")[2] if isinstance(link, str) else None

    return read


_ENDS: dict[str, Read] = {"web": _fact("web"), "oparl": _fact("id"), "modified": _fact("modified")}

OPEN_LISTS: dict[str, OpenList] = {
    "buendnisse": OpenList(
        PublicationKind.ORGANIZATION,
        {
            "id": _last("id"),
            "name": _fact("name"),
            "state": _last("body"),
            "territories": lambda data: ", ".join(
                f"{row['name']} ({row['ags']})" for row in data.get(f"{OWN}territories", [])
            ),
            "status": _fact(f"{OWN}status"),
            "founded": _fact("startDate"),
            "ended": _fact("endDate"),
            "street": _inner("location", "streetAddress"),
            "postcode": _inner("location", "postalCode"),
            "town": _inner("location", "locality"),
            "website": _fact("website"),
            "fields": lambda data: ", ".join(data.get("keyword", [])),
            **_ENDS,
        },
        {"data__has_key": f"{OWN}status"},
    ),
    "sitzungen": OpenList(
        PublicationKind.MEETING,
        {
            "id": _last("id"),
            "title": _fact("name"),
            "kind": _fact(f"{OWN}kind"),
            "day": _day("start"),
            "start": lambda data: data["start"] if data.get(f"{OWN}timeKnown") else None,
            "end": _fact("end"),
            "place": _inner("location", "description"),
            "organization": _last("organization"),
            "convened_by": _fact(f"{OWN}convenedBy"),
            "topics": lambda data: ", ".join(data.get("keyword", [])),
            "minutes": _inner("resultsProtocol", "accessUrl"),
            **_ENDS,
        },
        {},
    ),
    "beschluesse": OpenList(
        PublicationKind.PAPER,
        {
            "id": _last("id"),
            "text": _fact(f"{OWN}text"),
            "day": _fact("date"),
            "state": _fact(f"{OWN}decisionState"),
            "state_since": _fact(f"{OWN}decisionStateSince"),
            "meeting": lambda data: _last("meeting")(data["consultation"][0]),
            "organization": _last("originatorOrganization"),
            **_ENDS,
        },
        {},
    ),
}
