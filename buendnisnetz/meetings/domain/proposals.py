"""Turning what the reader found into proposals that people decide about. Pure: no database.

A proposal's ``data`` has the keys that its kind needs (see the functions below); the reader's own
words stay in ``original``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from buendnisnetz.meetings.domain.institutions import institution_of
from buendnisnetz.meetings.enums import EntryKind, FindingKind
from buendnisnetz.reader import Entry, resolve_due

Span = tuple[int, int]

# Fields of the meeting as a whole, in the order in which a person checks them.
SCALARS = (
    "title", "date", "start", "end", "place", "body", "approved_on", "approved_by", "next_meeting",
)  # fmt: skip
LISTS = ("chair", "recorder")
# How far behind a participant's name the institution may stand.
_NEAR = 400
VARIANT_KINDS = frozenset({"name_variant", "name-variant", "spelling"})


@dataclass(frozen=True)
class Draft:
    """A proposal that is not stored yet."""

    kind: FindingKind
    data: dict[str, Any]
    span: Span | None
    confidence: float


def drafts_of(read: Mapping[str, Any], entries: Sequence[Entry]) -> list[Draft]:
    """All proposals for one document, in the order in which they are reviewed.

    ``read`` is the reader's output as its schema describes it.
    """
    return [
        *_fields(read),
        *_organisations(read),
        *_participants(read),
        *_agenda(read),
        *_decisions(read),
        *_tasks(read),
        *_entries(read, entries),
        *_attachments(read),
        *_queries(read),
    ]


def _place(read: Mapping[str, Any], name: str, index: int) -> tuple[Span | None, float]:
    spans, confidences = read["spans"].get(name, []), read["confidences"].get(name, [])
    span = tuple(spans[index]) if index < len(spans) else None
    return span, (confidences[index] if index < len(confidences) else 0.5)


def _fields(read: Mapping[str, Any]) -> Iterator[Draft]:
    for name in SCALARS:
        if read[name] is not None:
            span, confidence = _place(read, name, 0)
            yield Draft(FindingKind.FIELD, {"field": name, "value": read[name]}, span, confidence)
    for name in LISTS:
        for index, value in enumerate(read[name]):
            span, confidence = _place(read, name, index)
            yield Draft(FindingKind.FIELD, {"field": name, "value": value}, span, confidence)


def _organisations(read: Mapping[str, Any]) -> Iterator[Draft]:
    """Each institution of the participants once, where it stands first; two where the words name two."""
    seen: set[str] = set()
    for person in read["participants"]:
        found = institution_of(person["organisation"] or "")
        for name in filter(None, (found.body, found.also_for)):
            if name.casefold() not in seen:
                seen.add(name.casefold())
                span = _found(read["text"], name, person["span"][0])
                yield Draft(FindingKind.ORGANISATION, {"name": name}, span, person["confidence"])


def _found(text: str, name: str, near: int) -> Span | None:
    """Where an institution stands, if possible beside its participant."""
    start = text.find(name, near, near + _NEAR)
    if start < 0:
        start = text.find(name)
    return (start, start + len(name)) if start >= 0 else None


def _participants(read: Mapping[str, Any]) -> Iterator[Draft]:
    """``institution`` keeps what the document says of the institution, whatever it was taken for."""
    for person in read["participants"]:
        words = person["organisation"]
        found = institution_of(words or "")
        data = {
            "name": person["name"],
            "academic_title": person["academic_title"],
            "role": person["role"] or found.role or None,
            "organisation": found.body or None,
            "also_for": found.also_for or None,
            "status": person["status"],
            "institution": words,
        }
        yield Draft(FindingKind.PARTICIPANT, data, tuple(person["span"]), person["confidence"])


def _agenda(read: Mapping[str, Any]) -> Iterator[Draft]:
    for item in read["agenda"]:
        data = {"number": item["number"], "title": item["title"], "speakers": item["speakers"]}
        yield Draft(FindingKind.AGENDA, data, tuple(item["span"]), item["confidence"])


def _decisions(read: Mapping[str, Any]) -> Iterator[Draft]:
    for decision in read["decisions"]:
        data = {key: decision[key] for key in ("text", "agenda_number", "votes")}
        yield Draft(FindingKind.DECISION, data, tuple(decision["span"]), decision["confidence"])


def _tasks(read: Mapping[str, Any]) -> Iterator[Draft]:
    held_on, next_on = _day(read["date"]), _day(read["next_meeting"])
    for task in read["tasks"]:
        data = {key: task[key] for key in ("text", "kind", "assignee", "due", "agenda_number")}
        data["due_on"] = _due(task["due"], held_on, next_on)
        yield Draft(FindingKind.TASK, data, tuple(task["span"]), task["confidence"])


def _due(words: str | None, held_on: date | None, next_on: date | None) -> str | None:
    """The day that the words mean, as a proposal; the words stay beside it."""
    if not words or held_on is None:
        return None
    day = _day(words) or resolve_due(words, held_on, next_on)
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _entries(read: Mapping[str, Any], entries: Sequence[Entry]) -> Iterator[Draft]:
    """Contributions, without those that are a decision or a task already."""
    taken = {tuple(row["span"]) for row in (*read["decisions"], *read["tasks"])}
    for entry in entries:
        if entry.span in taken:
            continue
        data = {
            "kind": EntryKind[entry.kind.upper()].value,
            "speaker": entry.speaker,
            "text": entry.text,
            "agenda_number": entry.agenda_number,
        }
        yield Draft(FindingKind.ENTRY, data, entry.span, entry.confidence)


def _attachments(read: Mapping[str, Any]) -> Iterator[Draft]:
    for index, title in enumerate(read["attachments"]):
        span, confidence = _place(read, "attachments", index)
        yield Draft(FindingKind.ATTACHMENT, {"number": index + 1, "title": title}, span, confidence)


def _queries(read: Mapping[str, Any]) -> Iterator[Draft]:
    """What a careful reader would ask; a spelling variant asks whether both names are one."""
    for finding in read["findings"]:
        spans = [tuple(span) for span in finding.get("spans", [])]
        words = list(
            dict.fromkeys(" ".join(read["text"][start:end].split()) for start, end in spans)
        )
        data = {
            "kind": finding["kind"],
            "message": finding["message"],
            "words": words,
            "spans": spans,
        }
        yield Draft(FindingKind.QUERY, data, spans[0] if spans else None, 1.0)
