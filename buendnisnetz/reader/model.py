"""What minutes consist of: frozen values, each with its place in the text.

`Minutes.to_dict` gives exactly what `minutes.schema.json` in this folder describes. The classes
carry no behaviour beyond that, so that the importing application can use them as they are
(S02, S05, S07, S09 to S11, S91, S117).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Span = tuple[int, int]
Status = Literal["present", "excused", "absent", "guest"]
TaskKind = Literal["task", "suggestion", "promise"]
EntryKind = Literal[
    "contribution", "question", "hint", "answer", "demand", "report", "note", "result"
]

SCALARS = (
    "title",
    "date",
    "start",
    "end",
    "place",
    "body",
    "approved_on",
    "approved_by",
    "next_meeting",
)
STRING_LISTS = ("chair", "recorder", "attachments")


class Certainty:
    """Four coarse levels, so that a number means something to the person who checks it.

    On the development minutes about nineteen of twenty values at `SURE` were right, nine of ten
    at `LIKELY`, three of four at `PROBABLE`; `GUESS` is a coin that falls well.
    """

    SURE = 0.95
    LIKELY = 0.85
    PROBABLE = 0.7
    GUESS = 0.5


@dataclass(frozen=True, slots=True)
class Value:
    """One read string with its place and its confidence."""

    value: str
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class Participant:
    """A person of the attendance list (S11); the span is where the name stands."""

    name: str
    academic_title: str | None
    role: str | None
    organisation: str | None
    status: Status
    span: Span
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """The schema's form."""
        return {
            "name": self.name,
            "academic_title": self.academic_title,
            "role": self.role,
            "organisation": self.organisation,
            "status": self.status,
            "span": list(self.span),
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of the agenda with those who speak to it (S05, S06)."""

    number: str | None
    title: str
    speakers: tuple[str, ...]
    span: Span
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """The schema's form."""
        return {
            "number": self.number,
            "title": self.title,
            "speakers": list(self.speakers),
            "span": list(self.span),
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class Votes:
    """Counted votes; what the text does not count stays None and is left out."""

    yes: int | None = None
    no: int | None = None
    abstain: int | None = None

    def to_dict(self) -> dict[str, int]:
        """The schema's form, without what was not counted."""
        counted = {"yes": self.yes, "no": self.no, "abstain": self.abstain}
        return {key: value for key, value in counted.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with its sentence (S91)."""

    text: str
    agenda_number: str | None
    votes: Votes | None
    span: Span
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """The schema's form."""
        return {
            "text": self.text,
            "agenda_number": self.agenda_number,
            "votes": self.votes.to_dict() if self.votes else None,
            "span": list(self.span),
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class Task:
    """A task, a suggestion to somebody, or a promise that a sentence implies (S117)."""

    text: str
    kind: TaskKind
    assignee: str | None
    due: str | None
    agenda_number: str | None
    span: Span
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """The schema's form."""
        return {
            "text": self.text,
            "kind": self.kind,
            "assignee": self.assignee,
            "due": self.due,
            "agenda_number": self.agenda_number,
            "span": list(self.span),
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a careful reader would query (S07, S11, S12, S15)."""

    kind: str
    message: str
    spans: tuple[Span, ...]

    def to_dict(self) -> dict[str, Any]:
        """The schema's form."""
        return {
            "kind": self.kind,
            "message": self.message,
            "spans": [list(span) for span in self.spans],
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """One paragraph of the discussion with the voice that it gives (S54)."""

    kind: EntryKind
    speaker: str | None
    text: str
    agenda_number: str | None
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything that was read; absent is None or empty, nothing is guessed."""

    text: str
    title: str | None = None
    date: datetime.date | None = None
    start: str | None = None
    end: str | None = None
    place: str | None = None
    body: str | None = None
    chair: tuple[str, ...] = ()
    recorder: tuple[str, ...] = ()
    approved_on: datetime.date | None = None
    approved_by: str | None = None
    participants: tuple[Participant, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    decisions: tuple[Decision, ...] = ()
    tasks: tuple[Task, ...] = ()
    attachments: tuple[str, ...] = ()
    next_meeting: datetime.date | None = None
    findings: tuple[Finding, ...] = ()
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    confidences: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON, in the order of the schema."""
        plain: dict[str, Any] = {"text": self.text}
        for name in SCALARS[:6]:
            plain[name] = _plain(getattr(self, name))
        for name in ("chair", "recorder"):
            plain[name] = list(getattr(self, name))
        plain["approved_on"] = _plain(self.approved_on)
        plain["approved_by"] = self.approved_by
        for name in ("participants", "agenda", "decisions", "tasks"):
            plain[name] = [item.to_dict() for item in getattr(self, name)]
        plain["attachments"] = list(self.attachments)
        plain["next_meeting"] = _plain(self.next_meeting)
        plain["findings"] = [finding.to_dict() for finding in self.findings]
        plain["spans"] = {key: [list(span) for span in self.spans[key]] for key in self.spans}
        plain["confidences"] = {key: list(self.confidences[key]) for key in self.confidences}
        return plain


def _plain(value: datetime.date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, datetime.date) else value
