"""How far the reader can be trusted: scored on the office's own confirmed minutes, offline (S120).

What people accepted, corrected or added in a review is the truth; what the reader finds in the same
text today is measured against it. So every review teaches, and a better reader shows at once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from buendnisnetz.core.text import fold
from buendnisnetz.meetings.domain.proposals import drafts_of
from buendnisnetz.meetings.enums import FindingKind, ImportStatus, Verdict
from buendnisnetz.meetings.models import MinutesImport, Proposal, ReaderScore
from buendnisnetz.reader import read_entries, read_minutes

# In the order in which they are shown.
MEASURES = (
    "head", "participants", "participants.organisation", "participants.status", "agenda",
    "decisions", "decisions.votes", "tasks", "tasks.assignee", "tasks.due", "attachments",
)  # fmt: skip
MOST_DOCUMENTS = 300

Fact = tuple[str, str]


@dataclass(frozen=True)
class Figure:
    """Of one measure: what was found rightly, what was found and is not so, what was missed."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float | None:
        return self.hits / (self.hits + self.false) if self.hits + self.false else None

    @property
    def recall(self) -> float | None:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / total if total else None


def facts_of(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> Counter[Fact]:
    """What rows of (kind, data) say, as facts that can be compared; spelling and blanks do not count."""
    return Counter(fact for kind, data in rows for fact in _facts(FindingKind(kind), data))


def _facts(kind: FindingKind, data: Mapping[str, Any]) -> Iterator[Fact]:
    read = _READ.get(kind)
    return read(data) if read else iter(())


def _field(data: Mapping[str, Any]) -> Iterator[Fact]:
    yield "head", _key(data["field"], data["value"])


def _participant(data: Mapping[str, Any]) -> Iterator[Fact]:
    yield "participants", _key(data["name"])
    yield "participants.status", _key(data["name"], data["status"])
    if data.get("organisation"):
        yield "participants.organisation", _key(data["name"], data["organisation"])


def _agenda(data: Mapping[str, Any]) -> Iterator[Fact]:
    yield "agenda", _key(data["title"])


def _decision(data: Mapping[str, Any]) -> Iterator[Fact]:
    yield "decisions", _key(data["text"])
    if data.get("votes"):
        yield "decisions.votes", _key(data["text"], sorted(data["votes"].items()))


def _task(data: Mapping[str, Any]) -> Iterator[Fact]:
    yield "tasks", _key(data["kind"], data["text"])
    for name in ("assignee", "due"):
        if data.get(name):
            yield f"tasks.{name}", _key(data["text"], data[name])


def _attachment(data: Mapping[str, Any]) -> Iterator[Fact]:
    yield "attachments", _key(data["title"])


_READ: dict[FindingKind, Callable[[Mapping[str, Any]], Iterator[Fact]]] = {
    FindingKind.FIELD: _field,
    FindingKind.PARTICIPANT: _participant,
    FindingKind.AGENDA: _agenda,
    FindingKind.DECISION: _decision,
    FindingKind.TASK: _task,
    FindingKind.ATTACHMENT: _attachment,
}


def _key(*parts: Any) -> str:
    return " | ".join(" ".join(fold(str(part)).split()) for part in parts)


def compared(truth: Counter[Fact], found: Counter[Fact]) -> dict[str, Figure]:
    """The figure of every measure that either side says something about."""
    figures = {}
    for measure in MEASURES:
        wanted, given = _of(truth, measure), _of(found, measure)
        if wanted or given:
            hits = (wanted & given).total()
            figures[measure] = Figure(hits, given.total() - hits, wanted.total() - hits)
    return figures


def _of(facts: Counter[Fact], measure: str) -> Counter[Fact]:
    return Counter({fact: count for fact, count in facts.items() if fact[0] == measure})


def evaluate(*, now: datetime) -> ReaderScore:
    """Score the reader on the newest confirmed imports and keep the result."""
    truth: Counter[Fact] = Counter()
    found: Counter[Fact] = Counter()
    documents = 0
    for row in confirmed_imports():
        # The documents are numbered, so that one's finding is no hit for another's.
        truth += _numbered(documents, facts_of(_accepted(row)))
        found += _numbered(documents, facts_of(_read_again(row.text)))
        documents += 1
    figures = {
        measure: [figure.hits, figure.false, figure.missed]
        for measure, figure in compared(truth, found).items()
    }
    return ReaderScore.objects.create(measured_at=now, documents=documents, figures=figures)


def confirmed_imports() -> Any:
    rows = MinutesImport.objects.filter(status=ImportStatus.CONFIRMED).exclude(text="")
    return rows.order_by("-confirmed_at", "-pk")[:MOST_DOCUMENTS]


def _accepted(row: MinutesImport) -> list[tuple[str, dict[str, Any]]]:
    proposals = Proposal.objects.filter(minutes_import=row, verdict=Verdict.ACCEPTED)
    return list(proposals.order_by("pk").values_list("kind", "data"))


def _read_again(text: str) -> list[tuple[str, dict[str, Any]]]:
    minutes = read_minutes(text)
    drafts = drafts_of(minutes.to_dict(), read_entries(minutes.text, minutes))
    return [(draft.kind, draft.data) for draft in drafts]


def _numbered(document: int, facts: Counter[Fact]) -> Counter[Fact]:
    return Counter({(measure, f"{document}: {key}"): n for (measure, key), n in facts.items()})


def figures_of(score: ReaderScore) -> dict[str, Figure]:
    """A stored score's figures, in the order of the measures."""
    return {name: Figure(*score.figures[name]) for name in MEASURES if name in score.figures}
