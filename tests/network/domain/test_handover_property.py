"""After a handover nothing refers to an ended term or to an empty post, and taking it back restores
everything: random networks (S96)."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import Assignment, User
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
from buendnisnetz.tasks.enums import TaskKind
from buendnisnetz.tasks.models import Task
from tests.factories.succession import FIRST_DAY, LAST_DAY, NOW
from tests.undone import undone

SINCE = date(2020, 1, 1)
POSTS = 4
KINDS = (
    PostKind.COORDINATOR, PostKind.SPEAKER, PostKind.CARETAKER,
)  # fmt: skip
number = st.integers(0, POSTS - 1)
# Every second thing hangs on the post that is left, so that there is something to hand over.
around = st.just(0) | number
# How long somebody other than the leaver has held a post.
STAYS = {
    "still": (SINCE, None),
    "until that day": (SINCE, LAST_DAY),
    "from the next": (FIRST_DAY, None),
    "later": (date(2027, 3, 1), None),
    "once": (date(2015, 1, 1), date(2019, 12, 31)),
}
stay = st.just("still") | st.sampled_from([*STAYS, ""])


@dataclass(frozen=True)
class Plan:
    """A random network around post 0, whose holder leaves; post 1 is the coordination office's."""

    scopes: list[str]
    kinds: list[PostKind]
    stays: list[str]
    holders: list[int]
    deputies: list[int | None]
    tasks: list[tuple[int, str]]
    charged: list[tuple[int, str] | None]
    chaired: list[tuple[int, str]]
    roles: list[bool]
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
    stays=st.lists(stay, min_size=POSTS, max_size=POSTS),
    holders=st.lists(around, min_size=POSTS, max_size=POSTS),
    deputies=st.lists(st.none() | around, min_size=POSTS, max_size=POSTS),
    tasks=st.lists(st.tuples(around, st.sampled_from(list(TaskKind))), min_size=1, max_size=3),
    charged=st.lists(
        st.none() | st.tuples(around, st.sampled_from(["still", "until that day", "later"])),
        min_size=4, max_size=4,
    ),
    chaired=st.lists(
        st.tuples(around, st.sampled_from(["", "alliance", "working_group"])), max_size=2
    ),
    roles=st.lists(st.booleans(), min_size=POSTS, max_size=POSTS),
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
    users = User.objects.bulk_create(
        [User(email=f"m{n}@example.org", display_name=f"M {n}") for n in range(POSTS + 2)]
    )
    people = Person.objects.bulk_create(
        [Person(family_name=f"Mensch{n}", user=user) for n, user in enumerate(users)]
    )
    term = Term.objects.bulk_create(_terms(plan, posts, people))[0]
    _give_roles(plan, users, alliances[0])
    _work(plan, posts, alliances, groups)
    _meetings(plan, people, alliances[0], groups[0])
    return Network(posts, people, term, alliances)


def _terms(plan: Plan, posts: list[Post], people: list[Person]) -> list[Term]:
    """Post 0 is held by person 0, the others by whom the plan says; person 0 may hold several."""
    terms = [Term(post=posts[0], person=people[0], valid_from=SINCE, exclusive=not plan.shared)]
    for n in range(1, POSTS):
        if plan.stays[n]:
            start, end = STAYS[plan.stays[n]]
            terms.append(
                Term(post=posts[n], person=people[plan.holders[n]], valid_from=start, valid_to=end,
                     exclusive=True)
            )  # fmt: skip
    # Before the leaver there was somebody else.
    terms.append(
        Term(
            post=posts[0], person=people[1], valid_to=date(2019, 12, 31), exclusive=not plan.shared
        )
    )
    if plan.shared:
        terms.append(Term(post=posts[0], person=people[-1], valid_from=SINCE, exclusive=False))
    return terms


def _give_roles(plan: Plan, users: list[User], alliance: Alliance) -> None:
    """Some coordinate the alliance of post 0; whoever leaves, follows or deputises may be among them."""
    Assignment.objects.bulk_create(
        [
            Assignment(user=users[n], role=Role.ALLIANCE_COORDINATOR, scope_kind="ALLIANCE",
                       scope_id=alliance.pk, valid_from=SINCE)
            for n, has_role in zip((0, 1, POSTS, POSTS + 1), plan.roles, strict=True) if has_role
        ]
    )  # fmt: skip


def _work(plan: Plan, posts: list[Post], alliances: Any, groups: Any) -> None:
    Task.objects.bulk_create(
        [
            Task(kind=kind, title=f"Aufgabe {n}", holder=posts[at], opened_on=SINCE, created_at=NOW)
            for n, (at, kind) in enumerate(plan.tasks)
        ]
    )
    subjects = [("alliance", row) for row in alliances] + [("working_group", row) for row in groups]
    Charge.objects.bulk_create(
        [
            Charge(post=posts[given[0]], valid_from=STAYS[given[1]][0], valid_to=STAYS[given[1]][1],
                   **{field: subject})
            for (field, subject), given in zip(subjects, plan.charged, strict=True)
            if given and getattr(posts[given[0]], field) != subject
        ]
    )  # fmt: skip


def _meetings(plan: Plan, people: list[Person], alliance: Alliance, group: WorkingGroup) -> None:
    whose: dict[str, dict[str, Any]] = {
        "": {}, "alliance": {"alliance": alliance}, "working_group": {"working_group": group},
    }  # fmt: skip
    for at, scope in plan.chaired:
        meeting = Meeting.objects.create(
            title="Treffen", held_on=date(2027, 5, 1), kind="OTHER", **whose[scope]
        )
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
        # A role that ended and was given again is another row and yet the same role every day.
        "roles": [
            _rows(Assignment.objects.as_of(day).values("user", "role", "scope_id"))
            for day in (SINCE, LAST_DAY, FIRST_DAY, date(2028, 1, 1))
        ],
    }


def _rows(rows: Iterable[dict[str, Any]]) -> list[str]:
    return sorted(str(row) for row in rows)


def is_held(post: Post | None) -> bool:
    return post is not None and Term.objects.as_of(FIRST_DAY).filter(post=post).exists()


@pytest.mark.django_db
@given(plan=plans)
def test_nothing_refers_to_an_empty_post_and_undo_restores(db: None, plan: Plan) -> None:
    with undone():
        _check(plan)


def _check(plan: Plan) -> None:
    network = build(plan)
    before = everything(network)
    handover = started(plan, network)
    choose(plan, network, handover)
    done = finished(handover)
    if done is None:
        event("nobody there")
        assert everything(network) == before
    else:
        event(f"{HandoverItem.objects.filter(has_moved=True).count()} moved")
        check(network, done)
        handing_over.undo_handover(handover=done, actor=None, now=NOW)
        assert everything(network) == before


def check(network: Network, done: Any) -> None:
    left = network.posts[0]
    leaver = network.term.person
    assert done.status == HandoverStatus.DONE
    items = list(HandoverItem.objects.filter(handover=done).select_related("given_to"))
    # Somebody with a second post may have taken over from themselves.
    own = {(item.kind, item.key) for item in items if item.given_person_id == leaver.pk}
    # The leaver has nothing else any more, and a post that nobody holds has nothing either.
    left_over = [
        (kind.code, piece.key)
        for kind, pieces in held_by(Holder(left, leaver), FIRST_DAY)
        for piece in pieces
        if kind.personal or not is_held(left)
    ]
    assert set(left_over) <= {(kind, key) for kind, key in own if kind == "meetings.chair"}
    for item in items:
        assert is_held(item.given_to)
    contact = current_contact(network.alliances[0], FIRST_DAY)
    if contact is not None and contact.post == left:
        assert is_held(left)
