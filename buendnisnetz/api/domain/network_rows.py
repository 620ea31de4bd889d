"""Reading what states, organizations and people in the open interface are made from."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from buendnisnetz.api.domain.states import States, public_alliances
from buendnisnetz.api.enums import PublicationKind
from buendnisnetz.api.models import Publication
from buendnisnetz.network.enums import ConsentKind
from buendnisnetz.network.models import (
    AllianceStatusPeriod,
    AllianceTerritory,
    Person,
    Post,
    Term,
    WorkingGroup,
)

Row = dict[str, Any]

_ALLIANCE = (
    "pk", "public_id", "slug", "name", "founded_on", "fields_of_action", "street", "postcode",
    "city", "website",
)  # fmt: skip
_GROUP = (
    "public_id", "name", "topic", "valid_from", "valid_to", "alliance", "alliance__public_id",
)  # fmt: skip
_SCOPE = (
    "alliance", "alliance__public_id", "working_group", "working_group__public_id",
    "working_group__alliance",
)  # fmt: skip
_TERM = (
    "public_id", "person__public_id", "post__title", "valid_from", "valid_to", "first_seen",
    *(f"post__{name}" for name in _SCOPE),
)  # fmt: skip
_PERSON = ("public_id", "given_name", "family_name", "academic_title")


@dataclass
class NetworkRows:
    """Rows as plain data; what hangs on an organization by its public id, on an alliance by its key."""

    states: States
    alliances: list[Row]
    groups: list[Row]
    terms: list[Row]
    people: list[Row]
    # The body whose list names a person.
    body_of_person: dict[str, str]
    status_of: dict[int, tuple[str, date | None]] = field(default_factory=dict)
    territories_of: dict[int, list[dict[str, str]]] = field(default_factory=dict)
    posts_of: dict[str, list[str]] = field(default_factory=dict)

    @property
    def members_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.terms:
            found[row["organization"]].append(row["public_id"])
        return found

    def body_of_group(self, row: Row) -> str | None:
        return _body_of(self.states, row["alliance"])


def _body_of(states: States, alliance: int | None) -> str | None:
    if alliance is None:
        return min(states.names, default=None)
    body = states.of_alliance.get(alliance)
    return body if body in states.names else None


def network_rows(states: States, today: date) -> NetworkRows:
    """Everything; eight queries."""
    terms = _terms(states)
    bodies = _bodies_of_people(terms)
    agreed = Person.objects.with_consent(ConsentKind.PUBLIC_NAME)
    people = agreed.filter(public_id__in=list(bodies)).order_by("pk").values(*_PERSON)
    return NetworkRows(
        states=states,
        alliances=list(public_alliances().order_by("pk").values(*_ALLIANCE)),
        groups=list(WorkingGroup.objects.visible_to(None).order_by("pk").values(*_GROUP)),
        terms=terms,
        people=list(people),
        body_of_person=bodies,
        status_of=_status(today),
        territories_of=_territories(today),
        posts_of=_posts(today),
    )


def _organization(row: Row, prefix: str = "") -> str | None:
    """The organization that a post belongs to, as its id in the interface."""
    found: str | None = (
        row[f"{prefix}alliance__public_id"] or row[f"{prefix}working_group__public_id"]
    )
    return found


def _terms(states: States) -> list[Row]:
    scoped = Q(post__alliance__isnull=False) | Q(post__working_group__isnull=False)
    rows = Term.objects.visible_to(None).filter(scoped).order_by("valid_from", "pk")
    found = []
    for row in rows.values(*_TERM):
        alliance = row["post__alliance"] or row["post__working_group__alliance"]
        body = _body_of(states, alliance)
        if body is not None:
            found.append({**row, "organization": _organization(row, "post__"), "body": body})
    return found


def _bodies_of_people(terms: list[Row]) -> dict[str, str]:
    """People who hold a post that the public sees or took part in a published meeting."""
    found: dict[str, str] = {}
    rows = Publication.objects.present().filter(
        kind=PublicationKind.MEETING, data__has_key="participant"
    )
    for body, links in rows.order_by("pk").values_list("body", "data__participant"):
        for link in links:
            found.setdefault(link.rstrip("/").rpartition("/")[2], body)
    return found | {row["person__public_id"]: row["body"] for row in terms}


def _status(today: date) -> dict[int, tuple[str, date | None]]:
    rows = AllianceStatusPeriod.objects.as_of(today).order_by()
    return {
        alliance: (status, since)
        for alliance, status, since in rows.values_list("alliance", "status", "valid_from")
    }


def _territories(today: date) -> dict[int, list[dict[str, str]]]:
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    rows = AllianceTerritory.objects.as_of(today).order_by("territory__ags", "pk")
    for alliance, ags, name in rows.values_list("alliance", "territory__ags", "territory__name"):
        found[alliance].append({"ags": ags, "name": name})
    return found


def _posts(today: date) -> dict[str, list[str]]:
    """The official contacts of alliances and working groups, by function."""
    found: dict[str, list[str]] = defaultdict(list)
    scoped = Q(alliance__isnull=False) | Q(working_group__isnull=False)
    rows = Post.objects.visible_to(None).as_of(today).filter(scoped).order_by("sort_key", "pk")
    for row in rows.values("title", *_SCOPE):
        titles = found[_organization(row) or ""]
        if row["title"] not in titles:
            titles.append(row["title"])
    return found
