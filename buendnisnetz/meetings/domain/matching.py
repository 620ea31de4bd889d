"""Which people and organisations of the directory a document may mean: proposed, never decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from buendnisnetz.meetings.enums import FindingKind, Verdict
from buendnisnetz.meetings.models import MinutesImport, Proposal
from buendnisnetz.network.domain.matching import clear_choice
from buendnisnetz.network.domain.queries.matching import (
    Match,
    PersonQuery,
    match_organisations,
    match_people,
)


@dataclass(frozen=True)
class Candidate:
    """One entry of the directory that a name may mean."""

    pk: int
    public_id: str
    label: str
    score: float
    reasons: tuple[str, ...]


def meeting_day(minutes_import: MinutesImport) -> date | None:
    """The meeting's day as the proposals have it now."""
    field = minutes_import.proposals.filter(kind=FindingKind.FIELD, data__field="date").exclude(
        verdict=Verdict.DROPPED
    )
    found = field.values_list("data__value", flat=True).first()
    try:
        return date.fromisoformat(found) if found else None
    except ValueError:
        return None


def suggest_links(minutes_import: MinutesImport) -> None:
    """Put forward the directory's entry for every participant and organisation that has a clear one."""
    rows = list(
        minutes_import.proposals.filter(
            kind__in=[FindingKind.PARTICIPANT, FindingKind.ORGANISATION]
        )
    )
    for row, candidates in zip(rows, candidates_of(rows, meeting_day(minutes_import)), strict=True):
        best = _clear(candidates)
        if row.kind == FindingKind.PARTICIPANT:
            row.person_id = best
        else:
            row.organisation_id = best
    Proposal.objects.bulk_update(rows, ["person", "organisation"])


def _clear(candidates: Sequence[Candidate]) -> int | None:
    place = clear_choice([candidate.score for candidate in candidates])
    return None if place is None else candidates[place].pk


def candidates_of(proposals: Sequence[Proposal], day: date | None) -> list[list[Candidate]]:
    """The candidates of each proposal, best first; a handful of queries for any number."""
    people = [row for row in proposals if row.kind == FindingKind.PARTICIPANT]
    bodies = [row for row in proposals if row.kind == FindingKind.ORGANISATION]
    found: dict[int, list[Candidate]] = {}
    if people:
        asked = [
            PersonQuery(
                row.data["name"], row.data.get("organisation") or "", row.data.get("role") or ""
            )
            for row in people
        ]
        for row, matches in zip(people, match_people(asked, day), strict=True):
            found[row.pk] = [_candidate(match) for match in matches]
    if bodies:
        names = [row.data["name"] for row in bodies]
        for row, hits in zip(bodies, match_organisations(names), strict=True):
            found[row.pk] = [_candidate(match) for match in hits]
    return [found.get(row.pk, []) for row in proposals]


def _candidate(match: Match[Any]) -> Candidate:
    return Candidate(match.row.pk, match.row.public_id, str(match.row), match.score, match.reasons)
