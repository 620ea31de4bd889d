"""Counted votes that add up (S91)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.counts import counting
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.meetings.domain.editions.guard import check_writable
from buendnisnetz.meetings.enums import AttendanceStatus, EntryKind
from buendnisnetz.meetings.models import Attendance, Decision, Meeting, MinutesEntry

_THERE = (AttendanceStatus.PRESENT, AttendanceStatus.GUEST)


class VotesDoNotAddUpError(DomainError):
    """More or fewer votes than people who may vote."""

    def __init__(self, counted: int, voters: int) -> None:
        super().__init__(
            _(
                "These are %(counted)s votes, but %(voters)s people who are present may vote. "
                "Please count again, or enter who did not vote."
            )
            % {"counted": counted, "voters": voters}
        )


class NoDecisionError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Votes belong to a decision. Please make the entry one first."))


class NoQuestionError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Only a question of the same meeting can be answered."))


def voters_of(meeting: Meeting) -> int:
    """How many of those on the list as present may vote."""
    found: int = _VOTERS.row(meeting=meeting.pk)["voters"]
    return found


def voters() -> QuerySet[Attendance]:
    """Those who may vote in the meeting in the slot ``meeting``."""
    return Attendance.objects.filter(meeting=Slot("meeting"), status__in=_THERE, may_vote=True)


_VOTERS = Question(lambda: counting(voters=voters()))


def count_votes(
    *, entry: MinutesEntry, yes: int, no: int, abstain: int, missing: int, actor: Any
) -> Decision:
    """Record how the votes on a decision fell. Raises VotesDoNotAddUpError, NoDecisionError,
    FrozenError. Where nobody is on the list yet, any count is taken."""
    with recorded(actor=actor, action="meetings.decision.voted"):
        check_writable(meeting=entry.meeting)
        row: MinutesEntry = MinutesEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if row.kind != EntryKind.DECISION:
            raise NoDecisionError
        expected, counted = voters_of(row.meeting), yes + no + abstain + missing
        if expected and counted != expected:
            raise VotesDoNotAddUpError(counted, expected)
        decision = Decision.objects.filter(entry=row).first() or Decision(
            meeting=row.meeting, entry=row, agenda_item=row.agenda_item, text=row.text
        )
        decision.votes_yes, decision.votes_no = yes, no
        decision.votes_abstain, decision.votes_missing = abstain, missing
        decision.save()
        return decision


def answer(*, question: MinutesEntry, by: MinutesEntry, actor: Any) -> MinutesEntry:
    """Say which entry answers a question, so that it is no longer listed as open (S54).

    Raises NoQuestionError, FrozenError.
    """
    with recorded(actor=actor, action="meetings.entry.answered"):
        check_writable(meeting=question.meeting)
        row: MinutesEntry = MinutesEntry.objects.select_for_update(of=("self",)).get(pk=by.pk)
        if row.meeting_id != question.meeting_id or question.kind != EntryKind.QUESTION:
            raise NoQuestionError
        row.answers = question
        row.version += 1
        row.save()
        return row
