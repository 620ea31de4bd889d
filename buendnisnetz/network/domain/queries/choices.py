"""Finding what somebody types into a field that chooses one row of thousands."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.domain.queries.users import users_visible_to
from buendnisnetz.accounts.models import User
from buendnisnetz.core.search import search_key
from buendnisnetz.network.models import Alliance, Organisation, Person, Post, Term, WorkingGroup
from buendnisnetz.network.rules import EDITORS
from buendnisnetz.territories.models import Territory

MOST_OPTIONS = 20
_WITH_ID = re.compile(r"\[([0-9a-z]{6,12})\]\s*$")


@dataclass(frozen=True)
class Choosable:
    """A kind of row that can be chosen: how to find it and what to call it."""

    rows: Callable[[Any, date], QuerySet[Any]]
    label: Callable[[Any], str]
    exact: str = "search_key"


def _users(user: Any, today: date) -> QuerySet[User]:
    return users_visible_to(user).filter(is_active=True)


def _people(user: Any) -> QuerySet[Person]:
    """Whom the user sees; whoever gives posts away also finds people who were just added."""
    if access_of(user).sees_whole_state:
        return Person.objects.filter(erased_at=None)
    visible = Q(pk__in=Person.objects.visible_to(user).order_by().values("pk"))
    if access_of(user).has(*EDITORS):
        visible |= Q(~Exists(Term.objects.filter(person=OuterRef("pk"))))
    return Person.objects.filter(visible, erased_at=None)


def _territories(user: Any, today: date) -> QuerySet[Territory]:
    return Territory.objects.as_of(today).exclude(level="ASSOCIATION")


KINDS: dict[str, Choosable] = {
    "organisationen": Choosable(
        lambda user, today: Organisation.objects.visible_to(user).as_of(today),
        lambda row: f"{row.name} ({row.city})" if row.city else row.name,
    ),
    "personen": Choosable(
        lambda user, today: _people(user),
        lambda row: row.titled_name(),
    ),
    "gebiete": Choosable(_territories, lambda row: f"{row.name} ({row.ags})"),
    "buendnisse": Choosable(
        lambda user, today: Alliance.objects.visible_to(user), lambda row: row.name
    ),
    "arbeitsgruppen": Choosable(
        lambda user, today: WorkingGroup.objects.visible_to(user).as_of(today),
        lambda row: row.name,
    ),
    "stellen": Choosable(
        lambda user, today: Post.objects.visible_to(user).as_of(today),
        lambda row: f"{row.title} ({row.scope_name})",
    ),
    "konten": Choosable(_users, lambda row: f"{row.display_name} ({row.email})", exact="email"),
}


def option_text(kind: str, row: Any) -> str:
    """What stands in the field once a row is chosen: its name and its public id."""
    return f"{KINDS[kind].label(row)} [{row.public_id}]"


def options(kind: str, typed: str, user: Any, today: date) -> list[Any]:
    """At most ``MOST_OPTIONS`` rows that fit what was typed so far, best first."""
    rows = KINDS[kind].rows(user, today)
    typed = _WITH_ID.sub("", typed).strip()
    if not typed:
        return []
    if kind == "konten":
        fitting = Q(display_name__icontains=typed) | Q(email__icontains=typed)
        return list(rows.filter(fitting).order_by("display_name", "pk")[:MOST_OPTIONS])
    found: Any = rows
    return list(found.search(typed).by_relevance(typed)[:MOST_OPTIONS])


def chosen(kind: str, typed: str, user: Any, today: date) -> tuple[Any, list[Any]]:
    """The one row that was meant, or None and the rows that may have been meant."""
    rows = KINDS[kind].rows(user, today)
    numbered = _WITH_ID.search(typed)
    public_id = numbered.group(1) if numbered else typed.strip()
    by_id = rows.filter(public_id=public_id).first()
    if by_id is not None:
        return by_id, []
    name = _WITH_ID.sub("", typed).strip()
    key = name.lower() if kind == "konten" else search_key(name)
    exact = list(rows.filter(**{KINDS[kind].exact: key})[:2]) if key else []
    if len(exact) == 1:
        return exact[0], []
    found = options(kind, name, user, today)
    labels = [row for row in found if KINDS[kind].label(row) == name]
    return (labels[0], []) if len(labels) == 1 else (None, found[:5])
