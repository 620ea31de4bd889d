"""After a handover nothing refers to an ended term or to an empty post, and taking it back restores
everything: 1,000 random networks each (S96)."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.models import Attendance, Meeting
from buendnisnetz.network.domain import handing_over, handovers
from buendnisnetz.network.domain.holdings import Holder, held_by
from buendnisnetz.network.domain.queries.holders import current_contact
from buendnisnetz.network.enums import HandoverStatus, OrganisationKind, PostKind, Receiver
from buendnisnetz.network.models import (
    Alliance,
    Charge,
    HandoverItem,
    Organisation,
    Person,
    Post,
    Term,
    WorkingGroup,
)
from buendnisnetz.tasks.models import Task
from tests.factories.succession import FIRST_DAY, LAST_DAY, NOW

SINCE = date(2020, 1, 1)
POSTS = 4
KINDS = (
    PostKind.COORDINATOR, PostKind.SPEAKER, PostKind.CARETAKER,
)  # fmt: skip
number = st.integers(0, POSTS - 1)


@dataclass(frozen=True)
class Plan:
    """A random network around post 0, whose holder leaves; post 1 is the coordination office's."""

    scopes: list[str]
    kinds: list[PostKind]
    held: list[bool]
    deputies: list[int | None]
    tasks: list[int]
    charged: list[int | None]
    chaired: list[int]
    shared: bool
    successor: bool
    receivers: list[tuple[Receiver, int]]


plans = st.builds(
    Plan,
    scopes=st.lists(
        st.sampled_from(["organisation", "alliance", "working_group"]),
        min_size=POSTS, max_size=POSTS,
    ),
    kinds=st.lists(st.sampled_from(KINDS), min_size=POSTS, max_size=POSTS),
    held=st.lists(st.booleans(), min_size=POSTS, max_size=POSTS),
    deputies=st.lists(st.none() | number, min_size=POSTS, max_size=POSTS),
    tasks=st.lists(number, max_size=2),
    charged=st.lists(st.none() | number, min_size=2, max_size=2),
    chaired=st.lists(number, max_size=1),
    shared=st.booleans(),
    successor=st.booleans(),
    receivers=st.lists(st.tuples(st.sampled_from(list(Receiver)), number), min_size=1, max_size=3),
)  # fmt: skip


@dataclass
class Network:
    posts: list[Post]
    people: list[Person]
    term: Term
    alliances: list[Alliance]


def build(plan: Plan) -> Network:
    """The rows of a plan, in bulk."""
    office, body = Organisation.objects.bulk_create(
        [
            Organisation(name="Amt", kind=OrganisationKind.COORDINATION_OFFICE, sector="SOCIAL"),
            Organisation(name="Verein", kind=OrganisationKind.ASSOCIATION, sector="SOCIAL"),
        ]
    )
    alliances = Alliance.objects.bulk_create(
        [Alliance(name=f"Bündnis {n}", slug=f"buendnis-{n}") for n in range(2)]
    )
    groups = WorkingGroup.objects.bulk_create(
        [WorkingGroup(name="AG 0"), WorkingGroup(name="AG 1")]
    )
    scopes = {"organisation": body, "alliance": alliances[0], "working_group": groups[0]}
    posts = Post.objects.bulk_create(
        [
            Post(title=f"Stelle {n}", kind=kind, is_shared=plan.shared and n == 0,
                 **({"organisation": office} if n == 1 else {scope: scopes[scope]}))
            for n, (scope, kind) in enumerate(zip(plan.scopes, plan.kinds, strict=True))
        ]
    )  # fmt: skip
    for n, deputy in enumerate(plan.deputies):
        if deputy is not None and deputy != n:
            posts[n].deputy = posts[deputy]
    Post.objects.bulk_update(posts, ["deputy"])
    people = Person.objects.bulk_create(
        [Person(family_name=f"Mensch{n}") for n in range(POSTS + 2)]
    )
    terms = [
        Term(post=post, person=people[n], valid_from=SINCE, exclusive=not post.is_shared)
        for n, post in enumerate(posts)
        if n == 0 or plan.held[n]
    ]
    if plan.shared:
        terms.append(Term(post=posts[0], person=people[-1], valid_from=SINCE, exclusive=False))
    term = Term.objects.bulk_create(terms)[0]
    _work(plan, posts, people, alliances, groups)
    return Network(posts, people, term, alliances)


def _work(plan: Plan, posts: list[Post], people: list[Person], alliances: Any, groups: Any) -> None:
    Task.objects.bulk_create(
        [
            Task(
                kind="TASK", title=f"Aufgabe {n}", holder=posts[at], opened_on=SINCE, created_at=NOW
            )
            for n, at in enumerate(plan.tasks)
        ]
    )
    for field, subject, at in zip(
        ("alliance", "working_group"), (alliances[1], groups[1]), plan.charged, strict=True
    ):
        if at is not None:
            Charge.objects.create(post=posts[at], valid_from=SINCE, **{field: subject})
    for at in plan.chaired:
        meeting = Meeting.objects.create(title="Treffen", held_on=date(2027, 5, 1), kind="OTHER")
        Attendance.objects.create(
            meeting=meeting, person=people[at], name="x", status="PRESENT", is_chair=True
        )


def choose(plan: Plan, network: Network, handover: Any) -> None:
    """Each piece gets its own receiver, if all of them can take theirs."""
    choices = {}
    for place, item in enumerate(handover.items.order_by("pk")):
        receiver, at = plan.receivers[place % len(plan.receivers)]
        choices[item.pk] = handovers.Choice(receiver, network.posts[at])
    with suppress(DomainError):
        handovers.choose(handover=handover, choices=choices, actor=None)


def started(plan: Plan, network: Network) -> Any:
    successor = network.people[POSTS] if plan.successor else None
    return handovers.start_handover(
        term=network.term, last_day=LAST_DAY, successor=successor, actor=None, now=NOW
    )


def finished(handover: Any) -> Any:
    """None where nobody at all is there to take over: then it is refused, and nothing has moved."""
    try:
        return handing_over.finish_handover(
            handover=handover, actor=None, now=NOW, may_give_roles=True
        )
    except DomainError:
        return None


def everything(network: Network) -> dict[str, Any]:
    """What stands in the tables that a handover may touch."""
    return {
        "terms": _rows(Term.objects.values("post", "person", "valid_from", "valid_to")),
        "tasks": _rows(Task.objects.values("pk", "holder")),
        "deputies": _rows(Post.objects.values("pk", "deputy")),
        "charges": _rows(
            Charge.objects.values("post", "alliance", "working_group", "valid_from", "valid_to")
        ),
        "chairs": _rows(Attendance.objects.filter(is_chair=True).values("meeting", "person")),
    }


def _rows(rows: Iterable[dict[str, Any]]) -> list[str]:
    return sorted(str(row) for row in rows)


def is_held(post: Post | None) -> bool:
    return post is not None and Term.objects.as_of(FIRST_DAY).filter(post=post).exists()


@pytest.mark.django_db
@settings(
    max_examples=1000, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(plan=plans)
def test_nothing_refers_to_an_empty_post_and_undo_restores(db: None, plan: Plan) -> None:
    sid = transaction.savepoint()
    network = build(plan)
    before = everything(network)
    handover = started(plan, network)
    choose(plan, network, handover)
    done = finished(handover)
    if done is None:
        assert everything(network) == before
    else:
        check(network, done)
        handing_over.undo_handover(handover=done, actor=None, now=NOW)
        assert everything(network) == before
    transaction.savepoint_rollback(sid)


def check(network: Network, done: Any) -> None:
    left = network.posts[0]
    leaver = network.term.person
    assert done.status == HandoverStatus.DONE
    # The leaver has nothing any more, and a post that nobody holds has nothing either.
    personal = {
        kind.code: pieces
        for kind, pieces in held_by(Holder(left, leaver), FIRST_DAY)
        if kind.personal or not is_held(left)
    }
    assert personal == {}
    for item in HandoverItem.objects.filter(handover=done).select_related("given_to"):
        assert is_held(item.given_to)
    contact = current_contact(network.alliances[0], FIRST_DAY)
    if contact is not None and contact.post == left:
        assert is_held(left)
