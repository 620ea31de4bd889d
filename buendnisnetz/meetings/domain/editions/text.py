"""Minutes as plain text: what the checksum stands for and what differences are shown in."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from buendnisnetz.meetings.domain.editions.content import Content
from buendnisnetz.meetings.enums import AttendanceStatus, EntryKind, MeetingKind

_BARE = {EntryKind.NOTE, EntryKind.CONTRIBUTION}


def text_of(content: Content) -> str:
    """The whole minutes, one thing a line, in the office's language whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        blocks = (
            _head(content),
            _attendance(content),
            _agenda(content),
            _results(content),
            _attachments(content),
        )
        return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(content: Content) -> list[str]:
    times = " – ".join(filter(None, (content["starts_at"], content["ends_at"])))
    facts = (
        (_("Day"), german_day(content["held_on"])),
        (_("Time"), times),
        (_("Place"), content["place"]),
        (_("Kind"), str(MeetingKind(content["kind"]).label)),
        (_("Who met"), content["body"]),
        (_("Motto"), content["motto"]),
        (_("Next meeting"), german_day(content["next_meeting_on"])),
    )
    return [content["title"], *(f"{label}: {value}" for label, value in facts if value)]


def _attendance(content: Content) -> list[str]:
    lines = []
    for status in AttendanceStatus:
        rows = [row for row in content["attendance"] if row["status"] == status]
        if rows:
            lines += [f"{str(status.label).capitalize()}:", *map(attendance_line, rows)]
    return lines


def attendance_line(row: Content) -> str:
    """One person with function, organisation and part in the meeting."""
    parts = [
        " ".join(filter(None, (row["title"], row["name"]))),
        row["function"],
        row["organisation"],
        row["part"],
        _("Chaired") if row["chair"] else "",
        _("Minutes by") if row["recorder"] else "",
    ]
    return ", ".join(filter(None, parts))


def _agenda(content: Content) -> list[str]:
    if not content["agenda"]:
        return []
    return [f"{_('Agenda')}:", *(item_line(item) for item in content["agenda"])]


def item_line(item: Content) -> str:
    """Number, title and who speaks."""
    speakers = ", ".join(
        f"{speaker['name']} ({speaker['function']})" if speaker["function"] else speaker["name"]
        for speaker in item["speakers"]
    )
    line = f"{item['number']} {item['title']}".strip()
    return f"{line} – {speakers}" if speakers else line


def _results(content: Content) -> list[str]:
    lines: list[str] = []
    for item, entries in by_item(content):
        if lines:
            lines.append("")
        if item is not None:
            lines.append(f"{item['number']} {item['title']}".strip())
        lines += map(entry_line, entries)
    return lines


def by_item(
    content: Content, *, empty: bool = False
) -> Iterator[tuple[Content | None, list[Content]]]:
    """Entries under their agenda item, in the order of the agenda; those without one come first.

    ``empty``: also items under which nothing was written.
    """
    known = {item["id"]: item for item in content["agenda"]}
    for key in (None, *known):
        entries = [row for row in content["entries"] if _item_of(row, known) == key]
        if entries or (empty and key):
            yield (known[key] if key else None), entries


def _item_of(entry: Content, known: dict[str, Content]) -> str | None:
    return entry["item"] if entry["item"] in known else None


def entry_line(entry: Content) -> str:
    """An entry with its kind, its speaker, and what belongs to a decision or a task."""
    kind = EntryKind(entry["kind"])
    label = "" if kind in _BARE else f"{str(kind.label).capitalize()}: "
    speaker = f"{entry['speaker']}: " if entry["speaker"] else ""
    extra = [part for part in (votes_words(entry["votes"]), task_words(entry["task"])) if part]
    return f"{label}{speaker}{entry['text']}" + (f" ({'; '.join(extra)})" if extra else "")


def votes_words(votes: dict[str, int] | None) -> str:
    """Counted votes in words, empty without any."""
    labels: dict[str, Callable[[], str]] = {
        "yes": lambda: _("yes"),
        "no": lambda: _("no"),
        "abstain": lambda: _("abstentions"),
        "missing": lambda: _("did not vote"),
    }
    return ", ".join(f"{labels[key]()} {votes[key]}" for key in labels if votes and key in votes)


def task_words(task: dict[str, Any] | None) -> str:
    """Who does it until when."""
    if not task:
        return ""
    until = german_day(task["due_on"]) or task["due_words"]
    parts = (
        _("responsible: %(who)s") % {"who": task["who"]} if task["who"] else "",
        _("until: %(day)s") % {"day": until} if until else "",
    )
    return ", ".join(filter(None, parts))


def _attachments(content: Content) -> list[str]:
    if not content["attachments"]:
        return []
    return [f"{_('Attachments')}:", *(attachment_line(row) for row in content["attachments"])]


def attachment_line(row: Content) -> str:
    title = f"{row['title']} ({row['author']})" if row["author"] else row["title"]
    return f"{row['number']}. {title}"


def german_day(value: str | None) -> str:
    """An ISO day as people write it."""
    return f"{date.fromisoformat(value):%d.%m.%Y}" if value else ""
