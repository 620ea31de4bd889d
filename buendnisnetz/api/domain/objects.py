"""Objects of OParl 1.1 as plain data, before they are stored."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone

from buendnisnetz.api.enums import PublicationKind

Data = dict[str, Any]

# Stands in stored data where the site's own address belongs; a character that no text has.
SITE = "\ue000"
SCHEMA = "https://schema.oparl.org/1.1/"
# What OParl does not know has names of our own, see docs/api.md.
OWN = "buendnisnetz:"
_MIDNIGHT = time(0)


@dataclass
class Draft:
    """An object that wants to be published. ``data`` may hold the data of other drafts."""

    kind: PublicationKind
    public_id: str
    body: str
    data: Data
    organizations: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return (str(self.kind), self.public_id)

    def digest(self) -> str:
        """A checksum of everything that the object says, with what is embedded in it."""
        said = [self.body, self.organizations, self.people, self.data]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def draft(kind: PublicationKind, public_id: str, body: str, facts: Data, **more: Any) -> Draft:
    """An object with its address and type; facts that are empty are left out."""
    said = {key: value for key, value in facts.items() if value not in (None, "", [], {})}
    data = {"id": address(kind, public_id), "type": f"{SCHEMA}{kind.label}", **said}
    return Draft(kind, public_id, body, data, **more)


def address(kind: PublicationKind, public_id: str) -> str:
    """The address of an object, which is its id in OParl."""
    return SITE + reverse("api:oparl_object", args=[kind.value, public_id])


def page(name: str, *args: Any) -> str:
    """The address of a page of ours."""
    return SITE + reverse(name, args=args)


def moment(day: date, clock: str | None) -> str:
    """A day with a time of day as the minutes write it; midnight where no time is known."""
    at = time.fromisoformat(clock) if clock else _MIDNIGHT
    return timezone.make_aware(datetime.combine(day, at)).isoformat()


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def references(kind: PublicationKind, ids: Iterable[str]) -> list[str]:
    return [address(kind, public_id) for public_id in sorted(ids)]
