"""An edition's content laid out for paper: the same parts in the same order in every form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from buendnisnetz.meetings.domain.editions.content import Content
from buendnisnetz.meetings.domain.editions.text import (
    attachment_line,
    by_item,
    german_day,
    task_words,
    votes_words,
)
from buendnisnetz.meetings.enums import Accessibility, AttendanceStatus, EntryKind, MeetingKind

_BARE = {EntryKind.NOTE, EntryKind.CONTRIBUTION}
_DEEDS = {EntryKind.TASK, EntryKind.PROMISE, EntryKind.SUGGESTION}


@dataclass(frozen=True)
class Signature:
    """What stands at the end: who approved when, which version, its checksum; empty for drafts."""

    approved_on: date | None = None
    approved_by: str = ""
    number: int = 1
    reason: str = ""
    text_sha256: str = ""
    is_public: bool = False


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Line:
    text: str


@dataclass(frozen=True)
class Table:
    head: list[str]
    rows: list[list[str]]


Block = Heading | Line | Table


def blocks(page: dict[str, Any]) -> Iterator[Block]:
    """What :func:`laid_out` gave, one thing after the other, for forms without a layout of their own."""
    words = page["words"]
    yield Heading(0, page["title"])
    yield Line(page["preline"])
    yield from (Line(f"{label}: {value}") for label, value in page["facts"])
    for group in page["attendance"]:
        yield Heading(1, f"{words['attendance']}: {group['label']}")
        yield Table(words["attendance_head"], group["rows"])
    agenda = [f"{row['number']} {row['title']}".strip() for row in page["agenda"]]
    yield from _section(words["agenda"], agenda)
    yield from _results(page)
    if page["tasks"]:
        yield Heading(1, words["tasks"])
        yield Table(words["tasks_head"], page["tasks"])
    yield from _section(words["attachments"], page["attachments"])
    yield from (Line(text) for text in (page["approval"], page["checksum"]) if text)


def _section(title: str, lines: list[str]) -> Iterator[Block]:
    if lines:
        yield Heading(1, title)
        yield from map(Line, lines)


def _results(page: dict[str, Any]) -> Iterator[Block]:
    if page["items"]:
        yield Heading(1, page["words"]["results"])
    for item in page["items"]:
        if item["heading"]:
            yield Heading(2, item["heading"])
        for entry in item["entries"]:
            lead = "".join(f"{part}: " for part in (entry["label"], entry["speaker"]) if part)
            note = f" ({entry['note']})" if entry["note"] else ""
            yield Line(lead + entry["text"] + note)


def laid_out(content: Content, signature: Signature) -> dict[str, Any]:
    """Plain data for the papers, in the office's language whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "title": content["title"],
            "preline": _preline(signature),
            "foot": f"{content['title'][:70]}, {german_day(content['held_on'])}",
            "facts": _facts(content, signature),
            "attendance": _attendance(content),
            "agenda": [
                {"number": row["number"], "title": row["title"]} for row in content["agenda"]
            ],
            "items": _items(content),
            "tasks": _tasks(content),
            "attachments": [_attachment(row) for row in content["attachments"]],
            "approval": _approval(signature),
            "checksum": _checksum(signature),
            "words": _words(),
        }


def _words() -> dict[str, Any]:
    return {
        "attendance": _("Participants"),
        "attendance_head": [_("Name"), _("Function"), _("Institution")],
        "agenda": _("Agenda"),
        "results": _("Results"),
        "tasks": _("Tasks, promises, suggestions"),
        "tasks_head": [_("What"), _("Who"), _("Until")],
        "attachments": _("Attachments"),
    }


def _preline(signature: Signature) -> str:
    if signature.approved_on is None:
        return _("Minutes, draft")
    if signature.is_public:
        return _("Minutes, public copy")
    return _("Minutes")


def _facts(content: Content, signature: Signature) -> list[list[str]]:
    times = " – ".join(filter(None, (content["starts_at"], content["ends_at"])))
    rows = [
        [_("Day"), german_day(content["held_on"])],
        [_("Time"), times],
        [_("Place"), content["place"]],
        [_("Kind"), str(MeetingKind(content["kind"]).label)],
        [_("Who met"), content["body"]],
        [_("Motto"), content["motto"]],
        [_("Chaired"), _people(content, "chair")],
        [_("Minutes by"), _people(content, "recorder")],
        [_("Next meeting"), german_day(content["next_meeting_on"])],
    ]
    if signature.number > 1:
        rows.append([_("Version"), f"{signature.number}: {signature.reason}"])
    return [row for row in rows if row[1]]


def _people(content: Content, part: str) -> str:
    names = [
        " ".join(filter(None, (row["title"], row["name"]))) or row["function"]
        for row in content["attendance"]
        if row[part]
    ]
    return ", ".join(filter(None, names))


def _attendance(content: Content) -> list[dict[str, Any]]:
    groups = []
    for status in AttendanceStatus:
        rows = [
            [
                ", ".join(filter(None, (" ".join(filter(None, (row["title"], row["name"]))), row["part"]))),
                row["function"],
                row["organisation"],
            ]
            for row in content["attendance"]
            if row["status"] == status
        ]  # fmt: skip
        if rows:
            groups.append({"label": str(status.label).capitalize(), "rows": rows})
    return groups


def _items(content: Content) -> list[dict[str, Any]]:
    return [
        {
            "heading": f"{item['number']} {item['title']}".strip() if item else "",
            "speakers": ", ".join(row["name"] for row in item["speakers"]) if item else "",
            "entries": [_entry(row) for row in entries],
        }
        for item, entries in by_item(content)
    ]


def _entry(row: Content) -> dict[str, str]:
    kind = EntryKind(row["kind"])
    note = "; ".join(filter(None, (votes_words(row["votes"]), task_words(row["task"]))))
    return {
        "label": "" if kind in _BARE else str(kind.label).capitalize(),
        "speaker": row["speaker"],
        "text": row["text"],
        "note": note,
    }


def _tasks(content: Content) -> list[list[str]]:
    rows = [row for row in content["entries"] if row["kind"] in _DEEDS]
    return [
        [
            row["text"],
            row["task"]["who"] if row["task"] else "",
            (german_day(row["task"]["due_on"]) or row["task"]["due_words"]) if row["task"] else "",
        ]
        for row in rows
    ]


def _attachment(row: Content) -> str:
    """Number, title and author; the licence; and that not everybody can read it (S51)."""
    unreadable = row.get("accessible") == Accessibility.NO
    notes = (row.get("licence", ""), _("not accessible") if unreadable else "")
    return ", ".join(filter(None, (attachment_line(row), *notes)))


def _approval(signature: Signature) -> str:
    if signature.approved_on is None:
        return ""
    values = {"day": f"{signature.approved_on:%d.%m.%Y}", "name": signature.approved_by}
    if not signature.approved_by:
        return _("Approved on %(day)s") % values
    return _("Approved on %(day)s by %(name)s") % values


def _checksum(signature: Signature) -> str:
    if not signature.text_sha256:
        return ""
    return _("Checksum of the text (SHA-256): %(sum)s") % {"sum": signature.text_sha256}
