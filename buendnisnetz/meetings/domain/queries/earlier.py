"""What the meetings of the same body before one left behind.

Every question here has the slots ``body`` and ``day``; :func:`values_of` fills them for a meeting.
"""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Slot
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.tasks.models import Task

# What a task is listed with.
_OF_TASK = (
    "pk", "public_id", "title", "kind", "status", "assignee_words", "for_all_alliances", "due_on", "due_words",
    "waits_for", "origin_url", "opened_on", "closed_on", "result",
)  # fmt: skip


class TaskLine(NamedTuple):
    """A task as a list shows it, with the title and the scope of the post that holds it, if one does."""

    pk: int
    public_id: str
    title: str
    kind: str
    status: str
    assignee_words: str
    for_all_alliances: bool
    due_on: date | None
    due_words: str
    waits_for: str
    origin_url: str
    opened_on: date
    closed_on: date | None
    result: str
    holder: str | None
    scope: str | None


def lines(rows: QuerySet[Task], **beside: Any) -> QuerySet[Any]:
    """What a :class:`TaskLine` is made of, and what else the caller needs of a row."""
    holder = {"holder_title": F("holder__title"), "scope": F("holder__scope_name")}
    found: QuerySet[Any] = rows.values(*_OF_TASK, **holder, **beside)
    return found


def line_of(row: dict[str, Any]) -> TaskLine:
    """A row of :func:`lines`, which may hold more."""
    return TaskLine(*map(row.__getitem__, _NAMES))


_NAMES = (*_OF_TASK, "holder_title", "scope")


# At most so many are shown of what earlier meetings left open.
MOST_LEFT_OPEN = 50

# What else is said of a body's meetings, beside the field that names the body.
_BESIDE: dict[str, dict[str, None]] = {
    "series": {},
    "working_group": {},
    "alliance": {"working_group": None},
    "kind": {"alliance": None, "working_group": None},
}


def body_of(meeting: Meeting) -> str:
    """The field that says which meetings are of the same body: its series, group or alliance; for the
    whole state the kind of meeting."""
    for field in ("series", "working_group", "alliance"):
        if getattr(meeting, f"{field}_id"):
            return field
    return "kind"


def values_of(meeting: Meeting) -> dict[str, Any]:
    """What fills the slots of a question about the meetings before one."""
    field = body_of(meeting)
    return {
        "body": meeting.kind if field == "kind" else getattr(meeting, f"{field}_id"),
        "day": meeting.held_on,
    }


def earlier(rows: QuerySet[Meeting], field: str) -> QuerySet[Meeting]:
    """Of these meetings those of the body before the day."""
    return rows.filter(
        **{field: Slot("body", planned=True), "held_on__lt": Slot("day", planned=True)},
        **_BESIDE[field],
    )


def earlier_keys(field: str) -> QuerySet[Any]:
    """Keys of all of them, to look up what hangs on them."""
    keys: QuerySet[Any] = earlier(Meeting.objects.all(), field).order_by().values("pk")
    return keys


def earlier_tasks(user: Any, field: str) -> QuerySet[Task]:
    """Visible tasks that came of them, in whatever state."""
    rows: QuerySet[Task] = Task.objects.visible_to(user)
    return rows.filter(entry_link__meeting__in=earlier_keys(field))


def earlier_to(user: Any, field: str) -> QuerySet[Meeting]:
    """Those whose contents the user reads, the last one first."""
    rows = earlier(Meeting.objects.inside_for(user), field)
    return rows.order_by("-held_on", "-pk").only("public_id", "title", "held_on")


_PREVIOUS = Visible(lambda user, field: earlier_to(user, field)[:1])


def previous_meeting(meeting: Meeting, user: Any) -> Meeting | None:
    """The last visible meeting of the same body before this one: its day, title and address."""
    found: Meeting | None = _PREVIOUS.one_to(user, body_of(meeting), **values_of(meeting))
    return found


def open_of_earlier(user: Any, field: str) -> QuerySet[Task]:
    """Those tasks that are open today, oldest first (S118)."""
    rows: Any = earlier_tasks(user, field)
    ordered: QuerySet[Task] = rows.open().order_by("opened_on", "pk")
    return ordered


_LEFT_OPEN = Visible(
    lambda user, field, limit: open_of_earlier(user, field).select_related("holder")[:limit]
)


def left_open(meeting: Meeting, user: Any, limit: int = MOST_LEFT_OPEN) -> list[Task]:
    """Tasks from earlier meetings of the same body that are open today, oldest first (S118)."""
    return _LEFT_OPEN.to(user, body_of(meeting), limit, **values_of(meeting))
