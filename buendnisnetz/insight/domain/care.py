"""Writing how an alliance is looked after: talks with its sponsor, its topics."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.insight.enums import TOPIC_TRANSITIONS, TopicStatus
from buendnisnetz.insight.models import AllianceTopic, SponsorTalk
from buendnisnetz.network.domain.saving import compared, locked, saved
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.models import Alliance, Post


class NoSponsorError(DomainError):
    """The post is not an alliance's sponsorship."""

    def __init__(self) -> None:
        super().__init__(
            _("A talk is recorded with the sponsor of an alliance. Please add that post first.")
        )


class TalkInFutureError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This day lies in the future. Please record the talk when it was held."))


class TopicTransitionError(DomainError):
    def __init__(self, topic: AllianceTopic) -> None:
        super().__init__(
            _("The topic is “%(status)s”. Please look at it again before you change it.")
            % {"status": topic.get_status_display()}
        )


@dataclass(frozen=True, kw_only=True)
class TopicValues:
    """What a topic says, apart from its state."""

    name: str
    responsible: Post | None = None
    deputy: Post | None = None


def record_talk(*, post: Post, held_on: date, note: str, actor: Any, now: datetime) -> SponsorTalk:
    """Note that somebody talked with the sponsor. Raises NoSponsorError, TalkInFutureError, RuleBrokenError."""
    if post.kind != PostKind.SPONSOR or post.alliance_id is None:
        raise NoSponsorError
    if held_on > timezone.localdate(now):
        raise TalkInFutureError
    with recorded(actor=actor, action="insight.talk.recorded"):
        return saved(
            SponsorTalk(
                post=post, held_on=held_on, note=note.strip(), recorded_by=actor, recorded_at=now
            )
        )


def remove_talk(*, talk: SponsorTalk, actor: Any) -> None:
    """Take back a talk that was recorded in error; the history keeps that it was."""
    with recorded(actor=actor, action="insight.talk.removed"):
        locked(talk).delete()


def add_topic(*, alliance: Alliance, values: TopicValues, actor: Any, today: date) -> AllianceTopic:
    """Put a topic on the alliance's list, as planned. Raises RuleBrokenError."""
    with recorded(actor=actor, action="insight.topic.added"):
        return saved(AllianceTopic(alliance=alliance, opened_on=today, **_columns(values)))


def edit_topic(
    *, topic: AllianceTopic, values: TopicValues, version: int, actor: Any
) -> AllianceTopic:
    """Change a topic's name and who answers for it. Raises EditConflictError, RuleBrokenError."""
    with recorded(actor=actor, action="insight.topic.edited"):
        return saved(compared(topic, version, _columns(values)))


def change_topic_status(
    *, topic: AllianceTopic, status: TopicStatus, actor: Any, today: date
) -> AllianceTopic:
    """Move a topic on; the same state again does nothing.

    Raises TopicTransitionError, and RuleBrokenError for an active topic without a responsible post.
    """
    with recorded(actor=actor, action=f"insight.topic.{status.lower()}"):
        row = locked(topic)
        if status == row.status:
            return row
        if status not in TOPIC_TRANSITIONS[TopicStatus(row.status)]:
            raise TopicTransitionError(row)
        row.status = status
        row.closed_on = max(today, row.opened_on) if status == TopicStatus.CLOSED else None
        return saved(row)


def _columns(values: TopicValues) -> dict[str, Any]:
    return {
        "name": values.name.strip()[:160],
        "responsible": values.responsible,
        "deputy": values.deputy,
    }
