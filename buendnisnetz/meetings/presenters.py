"""What the pages of this room show, as plain data."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings.attachment_rows import AttachmentRow, rows_of_content
from buendnisnetz.meetings.domain.citations import pieces
from buendnisnetz.meetings.domain.editions.text import (
    attendance_line,
    by_item,
    german_day,
    task_words,
    votes_words,
)
from buendnisnetz.meetings.domain.evaluation import Figure, figures_of
from buendnisnetz.meetings.domain.matching import Candidate
from buendnisnetz.meetings.domain.queries.attachments import Frozen
from buendnisnetz.meetings.domain.queries.editions import Way
from buendnisnetz.meetings.domain.queries.follow_up import Standing
from buendnisnetz.meetings.domain.queries.writing import Changes, WritingPage
from buendnisnetz.meetings.domain.review import DIVISIBLE
from buendnisnetz.meetings.domain.writing.understanding import Understood
from buendnisnetz.meetings.enums import (
    AttendanceStatus,
    DecisionStatus,
    EditionStatus,
    EntryKind,
    FindingKind,
    MeetingKind,
    Verdict,
)
from buendnisnetz.meetings.models import (
    Attendance,
    Meeting,
    MinutesEntry,
    Proposal,
    PublicMinutes,
    ReaderScore,
)
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.tasks.models import Task
from buendnisnetz.ui.jinja import format_date, url

# Everyone who works in the network; what they see, visible_to says.
READERS = tuple(Role)

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
    return _cut(
        text,
        [
            (row.start, row.end, row.public_id)
            for row in proposals
            if row.start is not None and row.end is not None
        ],
    )


def _cut(text: str, spans: list[tuple[int, int, str]]) -> list[Segment]:
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
    parts = [(_("yes"), "yes"), (_("no"), "no"), (_("abstentions"), "abstain")]
    return ", ".join(f"{label} {votes[key]}" for label, key in parts if votes.get(key) is not None)


def votes_text(yes: int | None, no: int | None, abstain: int | None) -> str:
    counted = {"yes": yes, "no": no, "abstain": abstain}
    return _votes({key: value for key, value in counted.items() if value is not None})


def meeting_facts(meeting: Meeting) -> list[tuple[str, str]]:
    """Pairs of label and value for the head of a meeting's page."""
    edition = meeting.edition
    times = " – ".join(f"{value:%H:%M}" for value in (meeting.starts_at, meeting.ends_at) if value)
    approved = ""
    if edition is not None and edition.approved_on is not None:
        days = (edition.approved_on - meeting.held_on).days
        approved = ngettext(
            "%(day)s by %(name)s, %(days)s day after the meeting",
            "%(day)s by %(name)s, %(days)s days after the meeting",
            days,
        ) % {
            "day": format_date(edition.approved_on),
            "name": edition.approved_by or "–",
            "days": days,
        }
    return [
        (_("Day"), format_date(meeting.held_on)),
        (_("Time"), times),
        (_("Place"), meeting.place),
        (_("Kind"), meeting.get_kind_display()),
        (_("Who met"), meeting.body),
        (_("Motto"), meeting.motto),
        (_("Approved"), approved),
        (_("Next meeting"), format_date(meeting.next_meeting_on, "")),
    ]


@dataclass(frozen=True)
class TaskRow:
    """A task on a meeting's page, with its state today."""

    title: str
    url: str
    kind: str
    status: str
    tone: str
    who: str
    due: str
    passage: str


_DECISION_TONES = {
    DecisionStatus.OPEN: "warning",
    DecisionStatus.DONE: "success",
    DecisionStatus.REPEALED: "",
}
_TASK_TONES = {TaskStatus.DONE: "success", TaskStatus.DROPPED: "", TaskStatus.IN_PROGRESS: "info"}


def task_rows(tasks: Iterable[Task]) -> list[TaskRow]:
    return [
        TaskRow(
            title=task.title,
            url=url("tasks:task_detail", task.public_id),
            kind=task.get_kind_display(),
            status=task.get_status_display(),
            tone=_TASK_TONES.get(TaskStatus(task.status), "warning"),
            who=str(task.holder or task.assignee_words or _("nobody named")),
            due=format_date(task.due_on, task.due_words),
            passage=task.origin_url,
        )
        for task in tasks
    ]


@dataclass(frozen=True)
class MinutesItem:
    """An agenda item with what was said and settled under it."""

    id: str
    heading: str
    speakers: str
    entries: list[dict[str, Any]]


def minutes_page(
    content: dict[str, Any],
    standings: Mapping[str, Standing] | None = None,
    attachments: Sequence[AttachmentRow] | None = None,
) -> dict[str, Any]:
    """The parts of an edition's content, ready for a page: the contents list equals the items (S05).
    With ``standings`` every decision and task shows how it stands today."""
    states = standings or {}
    if attachments is None:
        # For who comes by a mail link: the list, without the files.
        attachments = rows_of_content(content, Frozen(), inside=False)
    numbers = {row.number for row in attachments}
    attendance = [
        (
            str(status.label),
            [attendance_line(row) for row in content["attendance"] if row["status"] == status],
        )
        for status in AttendanceStatus
    ]
    items = [
        MinutesItem(
            id=item["id"] if item else "",
            heading=f"{item['number']} {item['title']}".strip() if item else "",
            speakers=", ".join(speaker["name"] for speaker in item["speakers"]) if item else "",
            entries=[_entry_row(row, states.get(row["id"]), numbers) for row in entries],
        )
        for item, entries in by_item(content, empty=True)
    ]
    return {
        "attendance": [(label, rows) for label, rows in attendance if rows],
        "items": items,
        "attachments": attachments,
    }


def _entry_row(row: dict[str, Any], standing: Standing | None, numbers: set[int]) -> dict[str, Any]:
    kind = EntryKind(row["kind"])
    return {
        "id": row["id"],
        "label": "" if kind in {EntryKind.NOTE, EntryKind.CONTRIBUTION} else str(kind.label),
        "speaker": row["speaker"],
        "text": row["text"],
        "pieces": pieces(row["text"], numbers),
        "votes": votes_words(row["votes"]),
        "task": task_words(row["task"]),
        "today": standing_today(standing) if standing else None,
    }


class Today(NamedTuple):
    """How a decision or task stands today: words, tone and, where the reader may open it, its page."""

    words: str
    tone: str
    url: str


def standing_today(standing: Standing) -> Today:
    since = format_date(standing.since, "")
    words = str(standing.status.label) + (f" ({since})" if since else "")
    if isinstance(standing.status, TaskStatus):
        tone, name = _TASK_TONES.get(standing.status, "warning"), "tasks:task_detail"
    else:
        tone, name = _DECISION_TONES[standing.status], "meetings:decision_detail"
    return Today(words, tone, url(name, standing.public_id) if standing.public_id else "")


class Step(NamedTuple):
    """Something that can be done with the minutes now: a button, or a link to a form."""

    label: str
    url: str
    is_button: bool
    is_main: bool = False


def edition_steps(page: Way) -> list[Step]:
    """What whoever edits the meeting can do next, the usual next step first."""
    newest = page.newest
    if newest is None:
        return [_button(page, _("Begin the minutes"), "begin", main=True)]
    status = EditionStatus(newest.status)
    if status == EditionStatus.DRAFT:
        steps = [
            _link(page, _("Send the draft round"), "edition_consult", main=True),
            _link(page, _("Ask for the approval"), "edition_ask_approval"),
            _link(page, _("Record an approval on paper"), "minutes_approve"),
        ]
        return [
            *steps,
            *([_button(page, _("Take the correction back"), "drop")] if newest.number > 1 else []),
        ]
    if status == EditionStatus.CONSULTATION:
        return [
            _link(page, _("Ask for the approval"), "edition_ask_approval", main=True),
            _button(page, _("End the consultation"), "end_consultation"),
            _link(page, _("Record an approval on paper"), "minutes_approve"),
        ]
    steps = [_link(page, _("Send the minutes out"), "edition_distribute", main=True)]
    if status == EditionStatus.APPROVED:
        steps.append(_button(page, _("Publish"), "publish"))
    if any(row.status == EditionStatus.PUBLISHED for row in page.editions):
        steps.append(_button(page, _("Take back from the public"), "withdraw"))
    return [*steps, _link(page, _("Begin a corrected version"), "edition_correct")]


def _button(page: Way, label: str, step: str, *, main: bool = False) -> Step:
    return Step(label, url("meetings:edition_step", page.meeting_id, step), True, main)


def _link(page: Way, label: str, name: str, *, main: bool = False) -> Step:
    return Step(label, url(f"meetings:{name}", page.meeting_id), False, main)


def writing_rows(page: WritingPage, lines: Sequence[Any]) -> list[dict[str, Any]]:
    """The lines of the writing page with what was understood of each."""
    return [
        {
            "id": entry.public_id,
            "form": line,
            "kind": entry.kind,
            "label": str(entry.get_kind_display()),
            "deed": deed_words(page.understood.get(entry.public_id)),
        }
        for entry, line in zip(page.entries, lines, strict=True)
    ]


def deed_words(understood: Understood | None) -> str:
    """Who does it until when, as it was understood, so that whoever writes sees it at once."""
    if understood is None:
        return ""
    who = str(understood.holder or understood.who)
    if understood.all_alliances:
        who = _("all alliances")
    until = format_date(understood.due_on, "") or understood.due_words
    parts = (
        _("responsible: %(who)s") % {"who": who} if who else _("nobody named yet"),
        _("until: %(day)s") % {"day": until} if until else "",
        _("waits for: %(event)s") % {"event": understood.waits_for} if understood.waits_for else "",
    )
    return ", ".join(filter(None, parts))


def changes_json(changes: Changes) -> dict[str, Any]:
    """What the writing page's script gets."""
    return {
        "number": changes.number,
        "order": changes.order,
        "entries": [
            {
                "entry": row.public_id,
                "kind": row.kind,
                "text": row.text,
                "item": row.agenda_item.public_id if row.agenda_item else "",
                "speaker": row.speaker_words,
                "internal": row.is_internal,
                "deed": deed_words(changes.understood.get(row.public_id)),
            }
            for row in changes.entries
        ],
    }


def score_rows(score: ReaderScore) -> list[list[str]]:
    """One line per measure: found rightly, found wrongly, missed, and the share in words."""
    labels = {
        "head": _("about the meeting"),
        "participants": _("participants"),
        "participants.organisation": _("their institution"),
        "participants.status": _("their attendance"),
        "agenda": _("agenda"),
        "decisions": _("decisions"),
        "decisions.votes": _("votes"),
        "tasks": _("tasks, promises, suggestions"),
        "tasks.assignee": _("who does them"),
        "tasks.due": _("until when"),
        "attachments": _("attachments"),
    }
    return [
        [
            labels[name],
            str(figure.hits),
            str(figure.false),
            str(figure.missed),
            percent(figure.precision),
            percent(figure.recall),
        ]
        for name, figure in figures_of(score).items()
    ]


def score_history(scores: Sequence[ReaderScore]) -> list[tuple[str, str]]:
    """How it was before: the share of all findings that are right and complete (F1)."""
    rows = []
    for score in scores[1:]:
        figures = list(figures_of(score).values())
        whole = Figure(
            sum(figure.hits for figure in figures),
            sum(figure.false for figure in figures),
            sum(figure.missed for figure in figures),
        )
        rows.append((format_date(score.measured_at.date()), percent(whole.f1)))
    return rows


def percent(share: float | None) -> str:
    return f"{share * 100:.0f} %" if share is not None else "–"


def public_facts(copy: PublicMinutes) -> list[tuple[str, str]]:
    """The head of the public page."""
    content, edition = copy.content, copy.edition
    times = " – ".join(filter(None, (content["starts_at"], content["ends_at"])))
    approved = format_date(edition.approved_on, "")
    return [
        (_("Day"), german_day(content["held_on"])),
        (_("Time"), times),
        (_("Place"), content["place"]),
        (_("Kind"), str(MeetingKind(content["kind"]).label)),
        (_("Who met"), content["body"]),
        (_("Motto"), content["motto"]),
        (_("Approved"), f"{approved}, {copy.approved_by}" if copy.approved_by else approved),
        (_("Version"), str(edition.number) if edition.number > 1 else ""),
        (_("Why it was corrected"), edition.reason),
    ]


def entries_by_kind(entries: Iterable[MinutesEntry]) -> list[tuple[str, list[MinutesEntry]]]:
    """Entries grouped by kind, kinds in the order of their first entry."""
    result: dict[str, list[MinutesEntry]] = {}
    for entry in entries:
        result.setdefault(str(entry.get_kind_display()), []).append(entry)
    return list(result.items())


def attendance_groups(rows: Iterable[Attendance]) -> list[tuple[str, list[Attendance]]]:
    """The list of participants by attendance."""
    result: dict[str, list[Attendance]] = {}
    ordered = sorted(
        rows, key=lambda row: list(AttendanceStatus).index(AttendanceStatus(row.status))
    )
    for row in ordered:
        result.setdefault(str(row.get_status_display()), []).append(row)
    return list(result.items())


def entry_segments(text: str, entries: Iterable[MinutesEntry]) -> list[Segment]:
    """The minutes' text cut at the borders of its entries."""
    return _cut(
        text,
        [
            (row.start, row.end, row.public_id)
            for row in entries
            if row.start is not None and row.end is not None
        ],
    )
