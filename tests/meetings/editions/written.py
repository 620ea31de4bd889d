"""Minutes as plain data, as long as a test wants them."""

from typing import Any

from buendnisnetz.meetings.enums import AttendanceStatus, EntryKind, MeetingKind

_WORDS = (
    "Die Runde spricht über die Lage der Familien in den Gemeinden und was bis zur nächsten Sitzung "
    "zu tun ist; {number} Rückmeldungen lagen vor. "
)
_DEEDS = {EntryKind.TASK, EntryKind.PROMISE, EntryKind.SUGGESTION}


def long_minutes(items: int) -> dict[str, Any]:
    """Minutes with so many agenda items, about a page each, and entries of every kind."""
    agenda = [_item(number) for number in range(1, items + 1)]
    return {
        "format": 1,
        "id": "abcdefgh",
        "title": "Große Sitzung",
        "kind": MeetingKind.OTHER,
        "body": "Bündnis Musterstadt",
        "motto": "",
        "topics": [],
        "held_on": "2026-11-05",
        "starts_at": "09:00",
        "ends_at": "16:00",
        "place": "Musterstadt",
        "next_meeting_on": None,
        "attendance": [_person(number) for number in range(min(12, 4 * items))],
        "agenda": agenda,
        "entries": [_entry(item, kind) for item in agenda for kind in EntryKind],
        "attachments": [
            {"id": "anlage01", "number": 1, "title": "Zahlen", "author": "", "accessible": "YES"}
        ],
    }


def _item(number: int) -> dict[str, Any]:
    return {
        "id": f"item{number:04}",
        "number": str(number),
        "title": f"Bericht aus dem Kreis {number}",
        "kind": "REPORT",
        "internal": False,
        "speakers": [{"name": "Ada Kern", "function": "Vorsitz"}],
    }


def _person(number: int) -> dict[str, Any]:
    return {
        "person": None,
        "title": "Dr." if number == 3 else "",
        "name": f"Ada Kern-{number}",
        "function": "Vorsitz",
        "organisation": "Musterverein e. V.",
        "status": AttendanceStatus.PRESENT,
        "chair": number == 0,
        "recorder": number == 1,
        "part": "",
    }


def _entry(item: dict[str, Any], kind: EntryKind) -> dict[str, Any]:
    text = _WORDS.format(number=item["number"]) * 2
    return {
        "id": f"{item['id'][-4:]}{kind[:4].lower()}",
        "kind": kind,
        "text": text.strip(),
        "speaker": "Ada Kern" if kind == EntryKind.CONTRIBUTION else "",
        "item": item["id"],
        "internal": False,
        "votes": {"yes": 5, "no": 0, "abstain": 1} if kind == EntryKind.DECISION else None,
        "task": {"who": "Ada Kern", "due_on": "2026-12-01", "due_words": "", "title": text.strip()}
        if kind in _DEEDS
        else None,
    }
