"""Deciding about proposals: accept, correct, drop, take back, split, merge, accept many.

Every decision names the version of the proposal that was on the screen. If somebody else decided in
the meantime, the second is told what is there now, and what was typed comes back in the form.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError, StaleVersionError
from buendnisnetz.meetings.domain.minutes_import import ImportStateError, locked
from buendnisnetz.meetings.enums import FindingKind, ImportStatus, Verdict
from buendnisnetz.meetings.models import MinutesImport, Proposal
from buendnisnetz.network.models import Organisation, Person

# Kinds whose text may be cut in two or put together.
DIVISIBLE = frozenset(
    {
        FindingKind.PARTICIPANT,
        FindingKind.AGENDA,
        FindingKind.DECISION,
        FindingKind.TASK,
        FindingKind.ENTRY,
    }
)
_TEXT_KEY = {
    FindingKind.PARTICIPANT: "name",
    FindingKind.AGENDA: "title",
    FindingKind.DECISION: "text",
    FindingKind.TASK: "text",
    FindingKind.ENTRY: "text",
}


class ProposalChangedError(StaleVersionError):
    """Somebody else decided about this proposal first."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        name = proposal.decided_by.display_name if proposal.decided_by else _("somebody")
        super().__init__(
            _(
                "%(name)s changed this in the meantime. What you typed is still here; please compare and decide again."
            )
            % {"name": name}
        )


class CannotDivideError(DomainError):
    """The two parts do not make sense."""


def _open(proposal: Proposal, version: int) -> Proposal:
    """The proposal, locked, if its import is under review and it is the version that was seen.

    Raises ImportStateError, ProposalChangedError.
    """
    minutes_import = locked(proposal.minutes_import)
    if minutes_import.status != ImportStatus.READY:
        raise ImportStateError(minutes_import)
    row: Proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if row.version != version:
        raise ProposalChangedError(row)
    row.minutes_import = minutes_import
    return row


def _decided(row: Proposal, verdict: Verdict, actor: Any, now: datetime) -> Proposal:
    row.verdict, row.decided_by, row.decided_at = verdict, actor, now
    row.version += 1
    row.save()
    return row


def decide(
    *, proposal: Proposal, verdict: Verdict, version: int, actor: Any, now: datetime
) -> Proposal:
    """Accept or drop a proposal as it stands, or take a decision back (PROPOSED)."""
    with recorded(actor=actor, action=f"meetings.proposal.{verdict.lower()}"):
        return _decided(_open(proposal, version), verdict, actor, now)


def correct(
    *,
    proposal: Proposal,
    data: Mapping[str, Any],
    person: Person | None,
    organisation: Organisation | None,
    version: int,
    actor: Any,
    now: datetime,
) -> Proposal:
    """Accept a proposal with other values or another entry of the directory."""
    with recorded(actor=actor, action="meetings.proposal.corrected"):
        row = _open(proposal, version)
        row.data = {**row.data, **data}
        row.person, row.organisation = person, organisation
        return _decided(row, Verdict.ACCEPTED, actor, now)


def accept_above(
    *, minutes_import: MinutesImport, confidence: float, actor: Any, now: datetime
) -> int:
    """Accept every undecided proposal at or above a confidence; queries stay for a person.

    Returns how many were accepted.
    """
    with recorded(actor=actor, action="meetings.proposal.accepted_above", confidence=confidence):
        row = locked(minutes_import)
        if row.status != ImportStatus.READY:
            raise ImportStateError(row)
        return (
            row.proposals.filter(verdict=Verdict.PROPOSED, confidence__gte=confidence)
            .exclude(kind=FindingKind.QUERY)
            .update(
                verdict=Verdict.ACCEPTED, decided_by=actor, decided_at=now, version=F("version") + 1
            )
        )


def split(
    *, proposal: Proposal, first: str, second: str, version: int, actor: Any, now: datetime
) -> tuple[Proposal, Proposal]:
    """Make two proposals of one: two people in one line, two tasks in one sentence.

    Both keep pointing to their own part of the passage where it can be found. Raises
    CannotDivideError besides the errors of every decision.
    """
    if not (first.strip() and second.strip()):
        raise CannotDivideError(_("Please fill in both parts."))
    with recorded(actor=actor, action="meetings.proposal.split"):
        row = _open(proposal, version)
        if row.kind not in DIVISIBLE:
            raise CannotDivideError(_("This cannot be split."))
        row.minutes_import.proposals.filter(position__gt=row.position).update(
            position=F("position") + 1
        )
        other = Proposal(
            minutes_import=row.minutes_import,
            kind=row.kind,
            position=row.position + 1,
            original=row.original,
            data={**row.data, _TEXT_KEY[FindingKind(row.kind)]: second.strip()},
            confidence=row.confidence,
            decided_by=actor,
            decided_at=now,
        )
        start, end = row.start, row.end
        row.data = {**row.data, _TEXT_KEY[FindingKind(row.kind)]: first.strip()}
        row.person = None
        row.start, row.end = _part(row.minutes_import.text, start, end, first)
        other.start, other.end = _part(row.minutes_import.text, start, end, second)
        other.save()
        return _decided(row, Verdict.PROPOSED, actor, now), other


def _part(
    text: str, start: int | None, end: int | None, words: str
) -> tuple[int | None, int | None]:
    if start is None or end is None:
        return start, end
    found = text.find(words.strip(), start, end)
    return (found, found + len(words.strip())) if found >= 0 else (start, end)


def merge(
    *, proposal: Proposal, other: Proposal, version: int, actor: Any, now: datetime
) -> Proposal:
    """Put two proposals of one kind together; the second is dropped and can be taken back.

    Raises CannotDivideError if they are of different kinds.
    """
    with recorded(actor=actor, action="meetings.proposal.merged"):
        row = _open(proposal, version)
        second: Proposal = Proposal.objects.select_for_update(of=("self",)).get(
            pk=other.pk, minutes_import=row.minutes_import
        )
        if second.kind != row.kind or second.pk == row.pk or row.kind not in DIVISIBLE:
            raise CannotDivideError(_("Only two findings of the same kind can be put together."))
        key = _TEXT_KEY[FindingKind(row.kind)]
        row.data = {**second.data, **{name: value for name, value in row.data.items() if value}}
        if row.kind != FindingKind.PARTICIPANT:
            row.data[key] = f"{proposal.data[key]} {second.data[key]}"
        places = [place for place in (row.start, second.start) if place is not None]
        ends = [place for place in (row.end, second.end) if place is not None]
        row.start, row.end = (min(places), max(ends)) if places else (None, None)
        _decided(second, Verdict.DROPPED, actor, now)
        return _decided(row, Verdict.PROPOSED, actor, now)


def same_person(
    *, proposal: Proposal, name: str, version: int, actor: Any, now: datetime
) -> Proposal:
    """Answer a query about spellings: they are one person, whose name is ``name``.

    On taking over, the other spellings are remembered as aliases (S12).
    """
    with recorded(actor=actor, action="meetings.proposal.accepted"):
        row = _open(proposal, version)
        if name not in row.data.get("words", []):
            raise CannotDivideError(_("Please choose one of the spellings."))
        row.data = {**row.data, "same_as": name}
        return _decided(row, Verdict.ACCEPTED, actor, now)
