"""Merging and taking it back leaves every row of every room as it was: random networks (S12)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import connection, models
from hypothesis import event, given
from hypothesis import strategies as st

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import Assignment, User
from buendnisnetz.meetings.models import Attendance, Meeting
from buendnisnetz.network.enums import ConsentKind, OrganisationKind, PostKind
from buendnisnetz.network.models import (
    Alliance,
    Consent,
    GroupMembership,
    Membership,
    Organisation,
    OrganisationAlias,
    Person,
    PersonAlias,
    Post,
    Term,
    WorkingGroup,
)
from buendnisnetz.upkeep.domain import merges
from buendnisnetz.upkeep.domain.references import references_to
from buendnisnetz.upkeep.models import Double, Merge
from tests.factories.upkeep import NOW
from tests.undone import undone

TWO = 2
side = st.integers(0, TWO - 1)
# From and to as years; the order is made right below.
period = st.tuples(st.none() | st.integers(2010, 2020), st.none() | st.integers(2010, 2020))


@dataclass(frozen=True)
class Plan:
    """Two organisations and two people, and what points to them: a side and a period each."""

    members: list[tuple[int, int, tuple[Any, Any]]]
    grouped: list[tuple[int, tuple[Any, Any]]]
    posts: list[int]
    terms: list[tuple[int, int, tuple[Any, Any]]]
    attended: list[tuple[int, int]]
    consents: list[tuple[int, int, bool]]
    roles: list[int]
    aliases: list[int]
    doubles: list[int]
    people: bool
    kept: int
    from_gone: frozenset[str]


plans = st.builds(
    Plan,
    members=st.lists(st.tuples(side, side, period), min_size=2, max_size=8),
    grouped=st.lists(st.tuples(side, period), min_size=1, max_size=4),
    posts=st.lists(side, max_size=2),
    terms=st.lists(st.tuples(side, side, period), min_size=2, max_size=8),
    attended=st.lists(st.tuples(side, side), min_size=1, max_size=4, unique=True),
    consents=st.lists(st.tuples(side, st.integers(2015, 2022), st.booleans()), max_size=2,
                      unique_by=lambda given: given[0]),
    roles=st.lists(side, max_size=2, unique=True),
    aliases=st.lists(side, max_size=3),
    doubles=st.lists(side, max_size=2, unique=True),
    people=st.booleans(),
    kept=side,
    from_gone=st.frozensets(st.sampled_from(["name", "email", "phone", "note"])),
)  # fmt: skip


def days(years: tuple[Any, Any]) -> dict[str, date | None]:
    start, end = years
    if start and end and end < start:
        start, end = end, start
    return {
        "valid_from": date(start, 1, 1) if start else None,
        "valid_to": date(end, 12, 31) if end else None,
    }


def apart(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without those whose period overlaps an earlier one of the same pair: the database keeps them
    apart. Periods of the two that become one may overlap."""
    kept: list[tuple[Any, ...]] = []
    for row in rows:
        if not any(row[:-1] == other[:-1] and overlap(row[-1], other[-1]) for other in kept):
            kept.append(row)
    return kept


def overlap(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    spans = [days(years) for years in (one, other)]
    starts = [span["valid_from"] or date.min for span in spans]
    return max(starts) <= min(span["valid_to"] or date.max for span in spans)


def build(plan: Plan, user: User) -> tuple[list[Organisation], list[Person]]:
    bodies = Organisation.objects.bulk_create(
        Organisation(name=f"Verein {n}", kind=OrganisationKind.ASSOCIATION, sector="SOCIAL",
                     email=f"v{n}@example.org", phone=str(n), note=f"Notiz {n}")
        for n in range(TWO + 1)
    )  # fmt: skip
    people = Person.objects.bulk_create(
        Person(family_name=f"Mensch{n}", email=f"m{n}@example.org", phone=str(n))
        for n in range(TWO + 1)
    )
    _of_bodies(plan, bodies, user)
    _of_people(plan, people, bodies[TWO])
    pairs = [(bodies, "organisation", "ORGANISATION"), (people, "person", "PERSON")]
    Double.objects.bulk_create(
        Double(kind=kind, found_at=NOW, score=0.8, **{f"first_{name}": rows[n], f"second_{name}": rows[TWO]})
        for rows, name, kind in pairs for n in plan.doubles
    )  # fmt: skip
    return bodies, people


def _of_bodies(plan: Plan, bodies: list[Organisation], user: User) -> None:
    alliances = Alliance.objects.bulk_create(
        Alliance(name=f"Bündnis {n}", slug=f"b-{n}") for n in range(TWO)
    )
    group = WorkingGroup.objects.create(name="AG")
    Membership.objects.bulk_create(
        Membership(alliance=alliances[a], organisation=bodies[n], note=f"{a}{n}", **days(years))
        for a, n, years in apart(plan.members)
    )
    GroupMembership.objects.bulk_create(
        GroupMembership(working_group=group, organisation=bodies[n], **days(years))
        for n, years in apart(plan.grouped)
    )
    Post.objects.bulk_create(
        Post(title=f"Stelle {n}", kind=PostKind.HEAD, organisation=bodies[n]) for n in plan.posts
    )
    OrganisationAlias.objects.bulk_create(
        OrganisationAlias(organisation=bodies[n], name=f"Zweitname {at}")
        for at, n in enumerate(plan.aliases)
    )
    Assignment.objects.bulk_create(
        Assignment(user=user, role=Role.MEMBER, scope_kind="ORGANISATION", scope_id=bodies[n].pk,
                   valid_from=date(2020, 1, 1 + n))
        for n in plan.roles
    )  # fmt: skip


def _of_people(plan: Plan, people: list[Person], body: Organisation) -> None:
    posts = Post.objects.bulk_create(
        Post(title=f"Amt {n}", kind=PostKind.HEAD, organisation=body, is_shared=True)
        for n in range(TWO)
    )
    Term.objects.bulk_create(
        Term(post=posts[at], person=people[n], exclusive=False, **days(years))
        for at, n, years in apart(plan.terms)
    )
    meetings = Meeting.objects.bulk_create(
        Meeting(title="Treffen", held_on=date(2020, 5, 1 + n), kind="OTHER") for n in range(TWO)
    )
    Attendance.objects.bulk_create(
        Attendance(meeting=meetings[at], person=people[n], name="x", status="PRESENT", position=n)
        for at, n in plan.attended
    )
    Consent.objects.bulk_create(
        Consent(person=people[n], kind=ConsentKind.PUBLIC_NAME, text="ja", evidence="Brief",
                given_on=date(year, 1, 1), withdrawn_on=date(2023, 1, 1) if gone else None)
        for n, year, gone in plan.consents
    )  # fmt: skip
    PersonAlias.objects.bulk_create(
        PersonAlias(person=people[n], name=f"Schreibweise {at}")
        for at, n in enumerate(plan.aliases)
    )


def watched() -> list[type[models.Model]]:
    """Every table of every room that can point to an organisation or a person, and both of these."""
    found = {ref.model for kind in (Organisation, Person) for ref in references_to(kind)}
    found |= {Organisation, Person, Assignment}
    return sorted(found - {Merge}, key=lambda model: model._meta.label)


def everything(tables: list[type[models.Model]]) -> list[tuple[str, str]]:
    """All columns of all rows; how often a row was saved is no part of what it says."""
    parts = [
        f"SELECT '{model._meta.db_table}', (to_jsonb(t) - 'version')::text "  # noqa: S608
        f"FROM {model._meta.db_table} t"
        for model in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return sorted(cursor.fetchall())


def pointing(kind: type[models.Model], key: int) -> list[str]:
    """The columns of every room that still hold a key."""
    found = [
        f"SELECT '{ref.model._meta.db_table}.{ref.column}' WHERE EXISTS "  # noqa: S608
        f"(SELECT 1 FROM {ref.model._meta.db_table} WHERE {ref.column} = %s)"
        for ref in references_to(kind)
        if not ref.where
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(found), [key] * len(found))
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db
@given(plan=plans)
def test_taking_a_merge_back_restores_every_row(db: None, plan: Plan) -> None:
    with undone():
        _check(plan)


def _check(plan: Plan) -> None:
    user = User.objects.create(email="ada@example.org", display_name="Ada")
    bodies, people = build(plan, user)
    tables = watched()
    before = everything(tables)
    kind: Any = Person if plan.people else Organisation
    rows: list[Any] = people if plan.people else bodies
    merge: Any = merges.merge_people if plan.people else merges.merge_organisations
    names = plan.from_gone & {"email", "phone"} if plan.people else plan.from_gone
    kept, gone = rows[plan.kept], rows[1 - plan.kept]
    done = merge(kept=kept, gone=gone, from_gone=names, actor=None, now=NOW)
    event(f"{len(done.steps)} steps")
    assert not kind.objects.filter(pk=done.gone_key).exists()
    assert pointing(kind, done.gone_key) == []
    merges.undo_merge(merge=done, actor=None, now=NOW)
    assert everything(tables) == before
