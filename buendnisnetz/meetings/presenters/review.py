"""What the page of an import shows: the document in pieces, one card per finding."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from buendnisnetz.core.words import per_language
from buendnisnetz.meetings.domain.matching import Candidate
from buendnisnetz.meetings.domain.review import DIVISIBLE
from buendnisnetz.meetings.enums import (
    EntryKind,
    FindingKind,
    Verdict,
)
from buendnisnetz.meetings.models import (
    Proposal,
)

_FIELD_LABELS = {
    "title": lambda: _("Title"),
    "date": lambda: _("Day"),
    "start": lambda: _("Beginning"),
    "end": lambda: pgettext("time", "End"),
    "place": lambda: _("Place"),
    "body": lambda: _("Who met"),
    "approved_on": lambda: _("Approved on"),
    "approved_by": lambda: _("Approved by"),
    "next_meeting": lambda: _("Next meeting"),
    "chair": lambda: _("Chaired"),
    "recorder": lambda: _("Wrote the minutes"),
}

_DAYS = {"date", "approved_on", "next_meeting"}


class Segment(NamedTuple):
    """A piece of the text and the proposals that point to it; ``starts`` begin here, ``ends``
    end here."""

    text: str
    ids: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """One proposal as the review page shows it."""

    public_id: str
    kind: str
    version: int
    verdict: str
    title: str
    lines: tuple[str, ...]
    confidence: str
    tone: str
    decided_by: str
    can_divide: bool
    has_passage: bool
    linked: str
    candidates: tuple[Candidate, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """The proposals of one kind."""

    kind: str
    label: str
    cards: tuple[Card, ...]

    @property
    def undecided(self) -> int:
        return sum(card.verdict == Verdict.PROPOSED for card in self.cards)


def segments(text: str, proposals: Iterable[Proposal]) -> list[Segment]:
    """The document's text cut at the borders of all proposals' passages."""
    return cut(
        text,
        [
            (row.start, row.end, row.public_id)
            for row in proposals
            if row.start is not None and row.end is not None
        ],
    )


def cut(text: str, spans: list[tuple[int, int, str]]) -> list[Segment]:
    """Cut the text at the borders of all passages; overlapping ones share pieces."""
    spans = sorted(spans)
    borders = sorted({0, len(text), *(s for s, _e, _i in spans), *(e for _s, e, _i in spans)})
    result: list[Segment] = []
    current: list[tuple[int, int, str]] = []
    index = 0
    for begin, finish in itertools.pairwise(borders):
        current = [span for span in current if span[1] > begin]
        started = []
        while index < len(spans) and spans[index][0] <= begin:
            current.append(spans[index])
            started.append(spans[index][2])
            index += 1
        result.append(
            Segment(
                text[begin:finish],
                tuple(span[2] for span in current),
                tuple(started),
                tuple(span[2] for span in current if span[1] == finish),
            )
        )
    return result


def groups(proposals: Sequence[Proposal], candidates: Sequence[Sequence[Candidate]]) -> list[Group]:
    """The proposals by kind, in the order of review."""
    cards: dict[str, list[Card]] = {}
    for row, found in zip(proposals, candidates, strict=True):
        cards.setdefault(row.kind, []).append(card(row, found))
    labels = {
        FindingKind.FIELD: _("About the meeting"),
        FindingKind.ORGANISATION: _("Institutions"),
        FindingKind.PARTICIPANT: _("Participants"),
        FindingKind.AGENDA: _("Agenda"),
        FindingKind.DECISION: _("Decisions"),
        FindingKind.TASK: _("Tasks, promises, suggestions"),
        FindingKind.ENTRY: _("Contributions"),
        FindingKind.ATTACHMENT: _("Attachments"),
        FindingKind.QUERY: _("Queries"),
    }
    return [Group(kind, labels[kind], tuple(cards[kind])) for kind in FindingKind if kind in cards]


def confidence_label(confidence: float) -> tuple[str, str]:
    """A word for a confidence, and the tone of its badge."""
    if confidence >= 0.9:
        return _("certain"), "success"
    if confidence >= 0.8:
        return _("likely"), "info"
    if confidence >= 0.6:
        return _("possible"), "warning"
    return _("uncertain"), "danger"


def card(row: Proposal, candidates: Sequence[Candidate] = ()) -> Card:
    """One proposal's card."""
    title, lines = _summary(row)
    confidence, tone = confidence_label(row.confidence)
    link = row.person or row.organisation
    return Card(
        public_id=row.public_id,
        kind=row.kind,
        version=row.version,
        verdict=row.verdict,
        title=title,
        lines=tuple(line for line in lines if line),
        confidence=confidence,
        tone=tone,
        decided_by=row.decided_by.display_name if row.decided_by else "",
        can_divide=row.kind in DIVISIBLE,
        has_passage=row.start is not None,
        linked=link.public_id if link else "",
        candidates=tuple(candidates),
        words=tuple(row.data.get("words", [])),
    )


def siblings(proposals: Iterable[Proposal]) -> list[tuple[str, str]]:
    """The other proposals of a kind, for putting two together."""
    return [(row.public_id, _summary(row)[0]) for row in proposals]


def _summary(row: Proposal) -> tuple[str, list[str]]:
    data = row.data
    kind = FindingKind(row.kind)
    if kind == FindingKind.FIELD:
        value = _german_day(data["value"]) if data["field"] in _DAYS else data["value"]
        return f"{_FIELD_LABELS[data['field']]()}: {value}", []
    if kind == FindingKind.PARTICIPANT:
        name = f"{data.get('academic_title') or ''} {data['name']}".strip()
        return name, [
            ", ".join(filter(None, (data.get("role"), data.get("organisation")))),
            _("also for: %(name)s") % {"name": data["also_for"]} if data.get("also_for") else "",
            _status(data["status"]),
        ]
    if kind == FindingKind.AGENDA:
        return f"{data.get('number') or ''} {data['title']}".strip(), [
            ", ".join(data.get("speakers") or [])
        ]
    if kind == FindingKind.DECISION:
        return data["text"], [_votes(data.get("votes"))]
    if kind == FindingKind.TASK:
        return data["text"], [_task_kind(data["kind"]), _who(data), _until(data)]
    if kind == FindingKind.ENTRY:
        return data["text"], [str(EntryKind(data["kind"]).label), data.get("speaker") or ""]
    if kind == FindingKind.QUERY:
        return data["message"], []
    return data.get("title") or data.get("name") or "", []


def _german_day(text: str) -> str:
    year, _dash, rest = text.partition("-")
    month, _dash, day = rest.partition("-")
    return f"{day}.{month}.{year}" if day else text


def _status(status: str) -> str:
    words = {
        "present": _("present"),
        "guest": _("guest"),
        "excused": _("excused"),
        "absent": _("absent"),
    }
    return words[status]


def _task_kind(kind: str) -> str:
    return {"task": _("task"), "promise": _("promise"), "suggestion": _("suggestion")}[kind]


def _who(data: dict[str, Any]) -> str:
    return (
        _("who: %(name)s") % {"name": data["assignee"]}
        if data.get("assignee")
        else _("who: not said")
    )


def _until(data: dict[str, Any]) -> str:
    words, day = data.get("due"), data.get("due_on")
    if not words and not day:
        return ""
    shown = _german_day(day) if day else ""
    both = (
        f"{words} → {shown}"
        if words and day and words != day
        else (shown or _german_day(words or ""))
    )
    return _("until: %(when)s") % {"when": both}


def _votes(votes: dict[str, int] | None) -> str:
    if not votes:
        return ""
    parts = _vote_words()
    return ", ".join(f"{label} {votes[key]}" for label, key in parts if votes.get(key) is not None)


@per_language
def _vote_words() -> list[tuple[str, str]]:
    # A list of decisions says them for each.
    return [(_("yes"), "yes"), (_("no"), "no"), (_("abstentions"), "abstain")]


def votes_text(yes: int | None, no: int | None, abstain: int | None) -> str:
    counted = {"yes": yes, "no": no, "abstain": abstain}
    return _votes({key: value for key, value in counted.items() if value is not None})
