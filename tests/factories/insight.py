"""Rows of the room insight, made through its own functions, so that every rule held."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from buendnisnetz.insight.domain import care, marks, requirements, self_checks
from buendnisnetz.insight.domain.care import TopicValues
from buendnisnetz.insight.domain.requirements import RequirementValues
from buendnisnetz.insight.domain.self_checks import Answer
from buendnisnetz.insight.enums import TopicStatus
from buendnisnetz.insight.models import (
    AllianceTopic,
    NoContactMark,
    Requirement,
    SelfCheck,
    SponsorTalk,
)
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Alliance, Organisation, Post
from buendnisnetz.territories.models import Territory
from tests.factories.network import TODAY, make_membership, make_organisation, make_post, make_term

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_numbers = count(1)


def require(
    scope: Territory | Alliance,
    label: str = "Betrieb",
    *kinds: OrganisationKind,
    at_least: int = 1,
    since: date = date(2000, 1, 1),
    key: str = "",
    for_kinds: tuple[str, ...] = (),
) -> Requirement:
    """A requirement of a state or an alliance."""
    values = RequirementValues(
        label=label,
        kinds=kinds or (OrganisationKind.COMPANY,),
        at_least=at_least,
        alliance_kinds=for_kinds,
    )
    return requirements.set_requirement(
        scope=scope, values=values, since=since, actor=None, key=key
    )


def join(
    alliance: Alliance,
    kind: OrganisationKind = OrganisationKind.COMPANY,
    since: date | None = date(2015, 1, 1),
    until: date | None = None,
    **facts: Any,
) -> Organisation:
    """A new organisation of a kind that is a member from a day to a day."""
    body = make_organisation(kind=kind, **facts)
    membership = make_membership(alliance, body, since)
    if until is not None:
        membership.valid_to = until
        membership.save()
    return body


def make_sponsor(alliance: Alliance, since: date = date(2020, 1, 1), *, held: bool = True) -> Post:
    post = make_post(alliance, "Schirmherrschaft", kind=PostKind.SPONSOR)
    if held:
        make_term(post, valid_from=since)
    return post


def make_talk(post: Post, held_on: date = TODAY, note: str = "") -> SponsorTalk:
    return care.record_talk(post=post, held_on=held_on, note=note, actor=None, now=NOW)


def make_topic(
    alliance: Alliance,
    name: str | None = None,
    responsible: Post | None = None,
    status: TopicStatus = TopicStatus.PLANNED,
    **facts: Any,
) -> AllianceTopic:
    """A topic, moved on to its state."""
    topic = care.add_topic(
        alliance=alliance,
        values=TopicValues(
            name=name or f"Thema {next(_numbers)}", responsible=responsible, **facts
        ),
        actor=None,
        today=date(2024, 1, 1),
    )
    if status != TopicStatus.PLANNED:
        topic = care.change_topic_status(topic=topic, status=status, actor=None, today=TODAY)
    return topic


def make_mark(
    territory: Territory, said_on: date = date(2026, 1, 1), said_by: str = "Hauptamt"
) -> NoContactMark:
    return marks.mark_no_contact(
        territory=territory, said_by=said_by, said_on=said_on, actor=None, today=TODAY
    )


def make_check(
    alliance: Alliance,
    levels: dict[str, int] | None = None,
    done_on: date | None = TODAY,
    evidence: str = "",
) -> SelfCheck:
    """A self-check with answers, finished on a day or (None) still a draft."""
    check = self_checks.begin_check(
        alliance=alliance, actor=None, today=done_on or date(2026, 11, 1)
    )
    given = levels if levels is not None else {"leadership-sponsor": 2}
    if given:
        check = self_checks.save_answers(
            check=check,
            answers={key: Answer(level, evidence) for key, level in given.items()},
            version=check.version,
            actor=None,
        )
    if done_on is not None:
        check = self_checks.finish_check(check=check, actor=None, today=done_on)
    return check
