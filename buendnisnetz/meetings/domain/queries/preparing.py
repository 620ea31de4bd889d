"""Reading what prepares meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from buendnisnetz.meetings.domain.recipients import Recipient
from buendnisnetz.meetings.enums import PollAnswerKind, Reply
from buendnisnetz.meetings.models import (
    DateOption,
    DatePoll,
    Meeting,
    MeetingInvitation,
    PollAnswer,
    PollInvitee,
)


@dataclass(frozen=True)
class OptionCount:
    """One of the times with how many say what; the best ones have the most who can come at all, and
    among those the most who like to."""

    option: DateOption
    yes: int
    maybe: int
    no: int
    is_best: bool


@dataclass(frozen=True)
class PollPage:
    """A poll with everything that was said."""

    options: list[OptionCount]
    invitees: list[PollInvitee]
    said: dict[tuple[int, int], str]
    answered: int

    @property
    def silent(self) -> int:
        return len(self.invitees) - self.answered

    @property
    def not_reminded(self) -> int:
        return sum(row.answered_at is None and row.reminded_at is None for row in self.invitees)


def polls_for_list(user: Any) -> QuerySet[DatePoll]:
    """Visible polls with how many were asked and how many answered."""
    answered = Count("invitees", filter=Q(invitees__answered_at__isnull=False))
    rows: QuerySet[DatePoll] = DatePoll.objects.visible_to(user).annotate(
        asked=Count("invitees"), answered=answered
    )
    return rows


def poll_page(poll: DatePoll) -> PollPage:
    """Three queries, whatever the rows."""
    invitees = list(poll.invitees.select_related("post").order_by("name", "pk"))
    rows = PollAnswer.objects.filter(option__poll=poll).values_list("invitee", "option", "answer")
    said = {(invitee, option): answer for invitee, option, answer in rows}
    options = list(poll.options.order_by("held_on", "starts_at"))
    return PollPage(
        options=_counted(options, said),
        invitees=invitees,
        said=said,
        answered=sum(row.answered_at is not None for row in invitees),
    )


def _counted(options: list[DateOption], said: dict[tuple[int, int], str]) -> list[OptionCount]:
    counts = {option.pk: dict.fromkeys(PollAnswerKind.values, 0) for option in options}
    for (_invitee, option), answer in said.items():
        counts[option][answer] += 1
    ranks = {pk: (row["YES"] + row["MAYBE"], row["YES"]) for pk, row in counts.items()}
    best = max(ranks.values(), default=(0, 0))
    return [
        OptionCount(
            option,
            counts[option.pk]["YES"],
            counts[option.pk]["MAYBE"],
            counts[option.pk]["NO"],
            best[0] > 0 and ranks[option.pk] == best,
        )
        for option in options
    ]


@dataclass(frozen=True)
class Round:
    """All invitations to a meeting, by answer."""

    invitations: list[MeetingInvitation]

    def count(self, *replies: Reply) -> int:
        return sum(row.reply in replies for row in self.invitations)

    @property
    def coming(self) -> int:
        """Also where somebody comes instead."""
        return self.count(Reply.YES, Reply.DEPUTY)

    @property
    def not_reminded(self) -> int:
        return sum(row.reply == Reply.OPEN and row.reminded_at is None for row in self.invitations)


@dataclass(frozen=True)
class Replies:
    """The answers to an invitation without those who gave them."""

    invitations: list[Reply]

    def count(self, *replies: Reply) -> int:
        return sum(row in replies for row in self.invitations)


def round_of(meeting: Meeting) -> Round:
    """One query."""
    rows = meeting.invitations.select_related("post")
    return Round(list(rows.order_by("name", "pk")))


def by_reply(rows: Iterable[MeetingInvitation]) -> list[tuple[Reply, list[MeetingInvitation]]]:
    """The invitations with each answer that somebody gave, those coming first."""
    order = (Reply.YES, Reply.DEPUTY, Reply.OPEN, Reply.NO)
    found: dict[Reply, list[MeetingInvitation]] = {reply: [] for reply in order}
    for row in rows:
        found[Reply(row.reply)].append(row)
    return [(reply, group) for reply, group in found.items() if group]


def asked_in_poll(meeting: Meeting) -> list[Recipient]:
    """Whoever was asked for the date that became this meeting; one query."""
    rows = PollInvitee.objects.filter(poll__meeting=meeting).select_related("post")
    return [
        Recipient(f"u{row.pk}", row.name, row.email, row.post, None)
        for row in rows.order_by("name", "pk")
    ]
