"""Guesses that a person can correct: what kind of meeting or agenda item words stand for. Pure."""

import re
from typing import TypeVar

from buendnisnetz.meetings.enums import AgendaItemKind, MeetingKind

Kind = TypeVar("Kind")

_MEETING: tuple[tuple[str, MeetingKind], ...] = (
    (r"strategie", MeetingKind.STRATEGY),
    (r"gründung", MeetingKind.FOUNDING),
    (r"steuerungs|lenkungs", MeetingKind.STEERING_GROUP),
    (r"arbeitsgruppe|\bag\b|arbeitskreis|\bak\b", MeetingKind.WORKING_GROUP),
    (r"projektgruppe|projektteam", MeetingKind.PROJECT_GROUP),
    (r"beirat|ausschuss|kuratorium", MeetingKind.ADVISORY_BOARD),
    (r"erfahrungsaustausch|austausch", MeetingKind.EXCHANGE),
    (r"bündnis|netzwerk", MeetingKind.ALLIANCE),
)
_AGENDA: tuple[tuple[str, AgendaItemKind], ...] = (
    (r"begrüßung|eröffnung|grußwort", AgendaItemKind.WELCOME),
    (r"genehmigung|feststellung|beschlussfähig|niederschrift|protokoll", AgendaItemKind.FORMALITY),
    (r"workshop|arbeitsgruppenphase", AgendaItemKind.WORKSHOP),
    (r"input|vortrag|impuls|referat|präsentation", AgendaItemKind.INPUT),
    (r"bericht|stand der|information", AgendaItemKind.REPORT),
    (r"diskussion|aussprache|austausch", AgendaItemKind.DISCUSSION),
    (r"beschluss|wahl|abstimmung|antrag", AgendaItemKind.DECISION),
)


def meeting_kind(title: str) -> MeetingKind:
    return _first(_MEETING, title, MeetingKind.OTHER)


def agenda_kind(title: str) -> AgendaItemKind:
    return _first(_AGENDA, title, AgendaItemKind.OTHER)


def _first(table: tuple[tuple[str, Kind], ...], text: str, default: Kind) -> Kind:
    lowered = text.casefold()
    return next((kind for pattern, kind in table if re.search(pattern, lowered)), default)
