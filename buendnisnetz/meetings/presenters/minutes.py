"""Minutes in full, inside and in public, with what became of everything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from buendnisnetz.meetings.domain.citations import pieces
from buendnisnetz.meetings.domain.editions.text import (
    attendance_line,
    by_item,
    german_day,
    task_words,
    votes_words,
)
from buendnisnetz.meetings.domain.queries.attachments import Frozen
from buendnisnetz.meetings.domain.queries.follow_up import Standing
from buendnisnetz.meetings.enums import (
    AttendanceStatus,
    DecisionStatus,
    EntryKind,
    MeetingKind,
)
from buendnisnetz.meetings.models import (
    MinutesEntry,
    PublicMinutes,
)
from buendnisnetz.meetings.presenters.attachments import AttachmentRow, rows_of_content
from buendnisnetz.meetings.presenters.meetings import TASK_TONES
from buendnisnetz.meetings.presenters.review import Segment, cut
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.ui.jinja import format_date, url

_DECISION_TONES = {
    DecisionStatus.OPEN: "warning",
    DecisionStatus.DONE: "success",
    DecisionStatus.REPEALED: "",
}


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
        tone, name = TASK_TONES.get(standing.status, "warning"), "tasks:task_detail"
    else:
        tone, name = _DECISION_TONES[standing.status], "meetings:decision_detail"
    return Today(words, tone, url(name, standing.public_id) if standing.public_id else "")


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


def entry_segments(text: str, entries: Iterable[MinutesEntry]) -> list[Segment]:
    """The minutes' text cut at the borders of its entries."""
    return cut(
        text,
        [
            (row.start, row.end, row.public_id)
            for row in entries
            if row.start is not None and row.end is not None
        ],
    )
