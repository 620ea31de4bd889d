# ruff: noqa: S608 -- the one statement here is built from our own names only
"""Proposing which person or organisation a name in a text may mean.

Nothing here decides: every proposal has a score between 0 and 1 and says why, and a person
accepts or refuses it. Names that differ in hyphens, umlauts, one letter or order are proposed (S12).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import connection

from buendnisnetz.network.domain.queries import scoring
from buendnisnetz.network.models import (
    Organisation,
    OrganisationAlias,
    Person,
    PersonAlias,
    Term,
)

Row = TypeVar("Row", Person, Organisation)

_MOST_CANDIDATES = 12


@dataclass(frozen=True)
class PersonQuery:
    """A name as it stands in a text, with what the text says about it."""

    name: str
    organisation: str = ""
    role: str = ""


@dataclass(frozen=True)
class Match(Generic[Row]):
    """A proposal: whom a name may mean, how sure (0 to 1), and the sentences that say why."""

    row: Row
    score: float
    reasons: tuple[str, ...]


def match_person(
    name: str, organisation: str | None = None, role: str | None = None, day: date | None = None
) -> list[Match[Person]]:
    """Whom a name may mean, the likeliest first; empty if nobody is like it."""
    return match_people([PersonQuery(name, organisation or "", role or "")], day)[0]


def match_organisation(name: str) -> list[Match[Organisation]]:
    """Which organisation a name may mean, the likeliest first."""
    return match_organisations([name])[0]


def match_people(
    queries: Sequence[PersonQuery], day: date | None = None
) -> list[list[Match[Person]]]:
    """:func:`match_person` for many names in four queries. ``day`` is the day of the text."""
    keys = [scoring.person_key(query.name) for query in queries]
    candidates = _candidates("person", keys)
    numbers = {pk for found in candidates for pk in found}
    people = Person.objects.filter(erased_at=None).in_bulk(numbers)
    aliases = _aliases(PersonAlias.objects.filter(person__in=people).values_list("person", "name"))
    roles = _roles(people, day)
    return [
        _best(
            Match(people[pk], *scoring.of_person(
                query.name, query.organisation, query.role,
                people[pk], aliases.get(pk, []), roles.get(pk, []),
            ))
            for pk in found if pk in people
        )
        for query, found in zip(queries, candidates, strict=True)
    ]  # fmt: skip


def match_organisations(names: Sequence[str]) -> list[list[Match[Organisation]]]:
    """:func:`match_organisation` for many names in three queries."""
    candidates = _candidates("organisation", [scoring.organisation_key(name) for name in names])
    rows = Organisation.objects.in_bulk({pk for found in candidates for pk in found})
    aliases = _aliases(
        OrganisationAlias.objects.filter(organisation__in=rows).values_list("organisation", "name")
    )
    return [
        _best(
            Match(rows[pk], *scoring.of_organisation(name, rows[pk], aliases.get(pk, [])))
            for pk in found
        )
        for name, found in zip(names, candidates, strict=True)
    ]


def _best(matches: Iterable[Match[Row]]) -> list[Match[Row]]:
    worth = [match for match in matches if match.score >= scoring.WORTH_SHOWING]
    return sorted(worth, key=lambda match: -match.score)


def _candidates(noun: str, keys: Sequence[str]) -> list[list[int]]:
    """For each key the rows whose names are alike, by the trigram indexes; one query."""
    table = f"network_{noun}"
    family = f"UNION (SELECT id, 1.0 FROM {table} WHERE family_key = asked.last LIMIT 40)"
    # Only our own names are put into the text; what was typed is a parameter.
    sql = f"""
        SELECT asked.place, found.id, max(found.alike) AS alike
        FROM (
            SELECT key, split_part(key, ' ', -1) AS last, place
            FROM unnest(%s::text[]) WITH ORDINALITY AS typed(key, place)
        ) AS asked
        CROSS JOIN LATERAL (
            (SELECT id, similarity(search_key, asked.key) AS alike FROM {table}
             WHERE search_key %% asked.key ORDER BY alike DESC, id LIMIT {_MOST_CANDIDATES})
            UNION
            (SELECT id, word_similarity(asked.key, search_key) AS alike FROM {table}
             WHERE asked.key <%% search_key ORDER BY alike DESC, id LIMIT {_MOST_CANDIDATES})
            UNION
            (SELECT {noun}_id, similarity(search_key, asked.key) AS alike FROM {table}alias
             WHERE search_key %% asked.key ORDER BY alike DESC, id LIMIT {_MOST_CANDIDATES})
            {family if noun == "person" else ""}
        ) AS found
        WHERE asked.key <> ''
        GROUP BY asked.place, found.id ORDER BY asked.place, alike DESC, found.id
    """
    found: list[list[int]] = [[] for _key in keys]
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(keys)])
        for place, pk, _alike in cursor.fetchall():
            found[place - 1].append(pk)
    return found


def _aliases(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for owner, name in pairs:
        names.setdefault(owner, []).append(name)
    return names


def _roles(people: Iterable[int], day: date | None) -> dict[int, list[scoring.HeldPost]]:
    """What the candidates are on the day; everything they ever were, if no day is known."""
    terms: Any = Term.objects.filter(person__in=list(people))
    if day is not None:
        terms = terms.as_of(day)
    roles: dict[int, list[scoring.HeldPost]] = {}
    columns = ("person", "post__title", "post__scope_name", "post__organisation__short_name")
    for person, title, scope, short in terms.order_by("pk").values_list(*columns):
        roles.setdefault(person, []).append(scoring.HeldPost(title, scope, short or ""))
    return roles
