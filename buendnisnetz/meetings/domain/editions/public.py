"""The public copy of published minutes: no internal passage, no name without consent (S17, S104).

Everything that the public can reach (page, list, search, papers, interfaces) reads the stored copy
and nothing else. It is made anew when an edition is published, and when a consent begins or ends.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from buendnisnetz.core.queue import enqueue
from buendnisnetz.meetings.domain.editions.content import Content, content_of, parts_of
from buendnisnetz.meetings.domain.editions.names import Hider, agreed_people, hider_for, people_of
from buendnisnetz.meetings.enums import EditionStatus
from buendnisnetz.meetings.models import Edition, PublicMinutes
from buendnisnetz.meetings.signals import public_copy_changed


def public_content(content: Content, hide: Hider, agreed: set[str]) -> Content:
    """What of an edition's content the public may read."""
    items = {row["id"]: row for row in content["agenda"] if not row["internal"]}
    inside = {row["id"] for row in content["agenda"]} - set(items)
    functions = _functions(content)

    def named(person: str | None, name: str) -> str:
        return name if person in agreed else ""

    return {
        **content,
        "title": hide(content["title"]),
        "body": hide(content["body"]),
        "motto": hide(content["motto"]),
        "place": hide(content["place"]),
        "topics": [hide(topic) for topic in content["topics"]],
        "attendance": [
            {
                **row,
                "person": row["person"] if row["person"] in agreed else None,
                "title": row["title"] if row["person"] in agreed else "",
                "name": named(row["person"], row["name"]),
                "function": hide(row["function"]),
                "organisation": hide(row["organisation"]),
            }
            for row in content["attendance"]
        ],
        "agenda": [_item(row, hide, agreed) for row in items.values()],
        "entries": [
            _entry(row, hide, agreed, functions)
            for row in content["entries"]
            if not row["internal"] and row["item"] not in inside
        ],
        "attachments": [
            {
                **row,
                "title": hide(row["title"]),
                "author": hide(row["author"]),
                "text_alternative": hide(row.get("text_alternative", "")),
            }
            for row in content["attachments"]
            if not row["internal"] and row["item"] not in inside
        ],
    }


def _functions(content: Content) -> dict[str, str]:
    """What people were in this meeting, by the name as written and by person."""
    found: dict[str, str] = {}
    for row in content["attendance"]:
        function = row["function"] or row["organisation"]
        for key in (row["person"], row["name"]):
            if key:
                found[key] = function
    return found


def _item(row: Content, hide: Hider, agreed: set[str]) -> Content:
    speakers = [
        {
            "person": speaker["person"] if speaker["person"] in agreed else None,
            "name": speaker["name"] if speaker["person"] in agreed else hide(speaker["function"]),
            "function": hide(speaker["function"]) if speaker["person"] in agreed else "",
        }
        for speaker in row["speakers"]
    ]
    return {
        **row,
        "title": hide(row["title"]),
        "speakers": [speaker for speaker in speakers if speaker["name"]],
    }


def _entry(row: Content, hide: Hider, agreed: set[str], functions: dict[str, str]) -> Content:
    speaker, person = row["speaker"], row["speaker_person"]
    if person not in agreed:
        speaker = hide(functions.get(person or "", "") or functions.get(speaker, ""))
    task = row["task"]
    return {
        **row,
        "text": hide(row["text"]),
        "speaker": speaker,
        "speaker_person": person if person in agreed else None,
        "task": {**task, "who": hide(task["who"])} if task else None,
    }


def refresh(*, edition: Edition, now: datetime) -> PublicMinutes | None:
    """Store what the public may read of a published edition now; take the copy away of any other."""
    if edition.status != EditionStatus.PUBLISHED:
        gone, _rows = PublicMinutes.objects.filter(edition=edition).delete()
        if gone:
            _announce(edition)
        return None
    # Approvals noted before contents were kept have none; theirs is read from the rows.
    content = edition.content or content_of(parts_of(edition.meeting))
    hide = hider_for(content)
    shown = public_content(content, hide, agreed_people(content))
    values: dict[str, Any] = {
        "edition": edition,
        "content": shown,
        "sha256": checksum(shown),
        "title": shown["title"][:250],
        "approved_by": hide(edition.approved_by)[:200],
        "people": sorted(people_of(content)),
    }
    copy: PublicMinutes | None = PublicMinutes.objects.filter(meeting=edition.meeting).first()
    if copy is not None and all(getattr(copy, name) == value for name, value in values.items()):
        return copy
    copy = copy or PublicMinutes(meeting=edition.meeting)
    for name, value in values.items():
        setattr(copy, name, value)
    copy.changed_at, copy.paper = now, None
    copy.save()
    enqueue("meetings.print_public", once=f"meetings.print_public:{copy.pk}", copy=copy.pk)
    _announce(edition)
    return copy


def _announce(edition: Edition) -> None:
    public_copy_changed.send(sender=PublicMinutes, meeting=edition.meeting.public_id)


def refresh_all(*, now: datetime, after: int = 0, limit: int = 500) -> int:
    """Make the public copies anew that stand behind ``after``; gives the last one's key, 0 at the end.

    What did not change is left as it is, so running it again costs reading only.
    """
    rows = PublicMinutes.objects.filter(pk__gt=after).order_by("pk")
    last = 0
    for copy in rows.select_related("edition__meeting")[:limit]:
        refresh(edition=copy.edition, now=now)
        last = copy.pk
    return last


def refresh_naming(*, person: str, now: datetime) -> None:
    """Make those public copies anew in which this person (public id) may stand."""
    rows = PublicMinutes.objects.filter(people__contains=[person]).order_by("pk")
    for copy in rows.select_related("edition__meeting"):
        refresh(edition=copy.edition, now=now)


def checksum(content: Content) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
