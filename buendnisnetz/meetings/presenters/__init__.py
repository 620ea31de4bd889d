"""What the pages of this room show, as plain data."""

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings.presenters.editions import edition_steps
from buendnisnetz.meetings.presenters.meetings import (
    attendance_groups,
    entries_by_kind,
    meeting_facts,
    missed_cells,
    task_rows,
)
from buendnisnetz.meetings.presenters.minutes import (
    entry_segments,
    minutes_page,
    public_facts,
    standing_today,
)
from buendnisnetz.meetings.presenters.review import card, groups, segments, siblings, votes_text
from buendnisnetz.meetings.presenters.scores import score_history, score_rows
from buendnisnetz.meetings.presenters.writing import changes_json, new_line, writing_rows

READERS = tuple(Role)

__all__ = [
    "READERS",
    "attendance_groups",
    "card",
    "changes_json",
    "edition_steps",
    "entries_by_kind",
    "entry_segments",
    "groups",
    "meeting_facts",
    "minutes_page",
    "missed_cells",
    "new_line",
    "public_facts",
    "score_history",
    "score_rows",
    "segments",
    "siblings",
    "standing_today",
    "task_rows",
    "votes_text",
    "writing_rows",
]
