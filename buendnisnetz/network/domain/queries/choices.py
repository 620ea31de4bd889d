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
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Alliance, Organisation, Person, Post, Term, WorkingGroup
from buendnisnetz.network.rules import EDITORS
from buendnisnetz.territories.models import Territory

MOST_OPTIONS = 20
_WITH_ID = re.compile(r"\[([0-9a-z]{6,12})\]\s*$")


def _searched(rows: Any, typed: str) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.search(typed).by_relevance(typed)
    return found


@dataclass(frozen=True)
class Choosable:
    """A kind of row that can be chosen: how to find it and what to call it."""

    rows: Callable[[Any, date], QuerySet[Any]]
    label: Callable[[Any], str]
    # The column that a whole name is compared with, and the form in which it is compared.
    exact: str = "search_key"
    key: Callable[[str], str] = search_key
    find: Callable[[Any, str], QuerySet[Any]] = _searched


def _users(user: Any, today: date) -> QuerySet[User]:
    return users_visible_to(user).filter(is_active=True)


def _found_users(rows: Any, typed: str) -> QuerySet[User]:
    fitting = Q(display_name__icontains=typed) | Q(email__icontains=typed)
    found: QuerySet[User] = rows.filter(fitting).order_by("display_name", "pk")
    return found


def contact_posts(user: Any) -> QuerySet[Post]:
    """The posts that work is given to: official contacts that still exist."""
    rows: QuerySet[Post] = Post.objects.visible_to(user)
    return rows.filter(valid_to=None, is_contact=True)


def chambers(user: Any) -> QuerySet[Organisation]:
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(user)
    return rows.filter(valid_to=None, kind=OrganisationKind.CHAMBER)


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


def _post_label(row: Any) -> str:
    return f"{row.title} ({row.scope_name})"


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
    "kreise": Choosable(
        lambda user, today: Territory.objects.districts().as_of(today),
        lambda row: f"{row.name} ({row.ags})",
    ),
    "buendnisse": Choosable(
        lambda user, today: Alliance.objects.visible_to(user), lambda row: row.name
    ),
    "arbeitsgruppen": Choosable(
        lambda user, today: WorkingGroup.objects.visible_to(user).as_of(today),
        lambda row: row.name,
    ),
    "stellen": Choosable(
        lambda user, today: Post.objects.visible_to(user).as_of(today),
        _post_label,
    ),
    "kammern": Choosable(lambda user, today: chambers(user), lambda row: row.name),
    "kontaktstellen": Choosable(lambda user, today: contact_posts(user), _post_label),
    "konten": Choosable(
        _users,
        lambda row: f"{row.display_name} ({row.email})",
        exact="email",
        key=str.lower,
        find=_found_users,
    ),
}


def register(kind: str, choosable: Choosable) -> None:
    """A room above adds rows of its own that can be chosen."""
    KINDS[kind] = choosable


def option_text(kind: str, row: Any) -> str:
    """What stands in the field once a row is chosen: its name and its public id."""
    return f"{KINDS[kind].label(row)} [{row.public_id}]"


def options(kind: str, typed: str, user: Any, today: date) -> list[Any]:
    """At most ``MOST_OPTIONS`` rows that fit what was typed so far, best first."""
    return _options(KINDS[kind], KINDS[kind].rows(user, today), typed)


def _options(kind: Choosable, rows: QuerySet[Any], typed: str) -> list[Any]:
    typed = _WITH_ID.sub("", typed).strip()
    return list(kind.find(rows, typed)[:MOST_OPTIONS]) if typed else []


def chosen(kind: str, typed: str, user: Any, today: date) -> tuple[Any, list[Any]]:
    """The one row that was meant, or None and the rows that may have been meant."""
    return chosen_among(kind, typed, KINDS[kind].rows(user, today))


def chosen_among(kind: str, typed: str, rows: QuerySet[Any]) -> tuple[Any, list[Any]]:
    """:func:`chosen` among these rows only."""
    known = KINDS[kind]
    numbered = _WITH_ID.search(typed)
    public_id = numbered.group(1) if numbered else typed.strip()
    by_id = rows.filter(public_id=public_id).first()
    if by_id is not None:
        return by_id, []
    name = _WITH_ID.sub("", typed).strip()
    key = known.key(name)
    exact = list(rows.filter(**{known.exact: key})[:2]) if key else []
    if len(exact) == 1:
        return exact[0], []
    found = _options(known, rows, name)
    labels = [row for row in found if known.label(row) == name]
    return (labels[0], []) if len(labels) == 1 else (None, found[:5])
