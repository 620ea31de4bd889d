"""Handovers and what they need, made through the room's own functions."""

from datetime import UTC, date, datetime
from typing import Any

from buendnisnetz.meetings.enums import MeetingStatus
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.domain import charges, handing_over, handovers
from buendnisnetz.network.domain.holdings import Holder, held_by
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Charge, Handover, Person, Post, Term
from tests.factories.meetings import attend
from tests.factories.meetings import make_meeting as make_any_meeting
from tests.factories.network import make_organisation, make_person, make_post, make_term

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
LAST_DAY = date(2026, 12, 31)
FIRST_DAY = date(2027, 1, 1)


def make_office(*, is_held: bool = True) -> Post:
    """The coordination office's contact post."""
    body = make_organisation("Koordinationsstelle", kind=OrganisationKind.COORDINATION_OFFICE)
    post = make_post(body, "Leitung der Koordinationsstelle", kind=PostKind.HEAD, is_contact=True)
    if is_held:
        make_term(post, make_person("Amtlich", "Olga"))
    return post


def make_charge(post: Post, subject: Any, since: date | None = date(2021, 1, 1)) -> Charge:
    return charges.begin_charge(post=post, subject=subject, since=since, actor=None)


def make_handover(term: Term | None = None, **facts: Any) -> Handover:
    return handovers.start_handover(
        term=term or make_term(),
        last_day=facts.pop("last_day", LAST_DAY),
        actor=facts.pop("actor", None),
        now=facts.pop("now", NOW),
        **facts,
    )


def finish(handover: Handover, **facts: Any) -> Handover:
    return handing_over.finish_handover(
        handover=handover,
        actor=facts.pop("actor", None),
        now=facts.pop("now", NOW),
        may_give_roles=facts.pop("may_give_roles", True),
    )


def undo(handover: Handover, **facts: Any) -> Handover:
    return handing_over.undo_handover(
        handover=handover, actor=facts.pop("actor", None), now=facts.pop("now", NOW)
    )


def make_meeting(title: str = "Treffen", held_on: date = FIRST_DAY, **facts: Any) -> Meeting:
    """A meeting that is planned, unless told otherwise."""
    status = facts.pop("status", MeetingStatus.PLANNED)
    return make_any_meeting(title, held_on=held_on, status=status, **facts)


def make_chair(meeting: Meeting, person: Person) -> None:
    """Somebody who is to chair a meeting."""
    attend(meeting, person, is_chair=True)


def pieces(post: Post, person: Any = None, day: date = FIRST_DAY) -> dict[str, list[str]]:
    """What a holder has, as labels by kind."""
    found = held_by(Holder(post, person), day)
    return {kind.code: [piece.label for piece in some] for kind, some in found}
