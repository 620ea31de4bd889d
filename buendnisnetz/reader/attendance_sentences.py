"""People listed in sentences: "Anwesend waren Frau Berg und Herr Tal. Es fehlte …" (S11)."""

import re

from buendnisnetz.reader.attendance_lines import State, read
from buendnisnetz.reader.lines import Line
from buendnisnetz.reader.model import Span, Status
from buendnisnetz.reader.sheet import Sheet

HEAD = 40


LIST_OPENER = re.compile(
    r"(?:Anwesend|Da|Zugegen|Teilgenommen|Erschienen|Dabei|Entschuldigt|Vertreten|Gekommen|Abgesagt|Es (?:waren|sind|nahmen|fehlten|fehlen)|An(?: der| dem)? \w{1,40} nahmen|Es haben)\b[^.:]{0,60}?\b(?:waren|sind|hatten sich|haben(?: sich)?|nahmen|hat(?: sich)?|fehlten|fehlen|anwesend|teil|ist|war|fehlten)\b(?: anwesend| entschuldigt| teil)?:?\s"
)


# "Anwesend: A und B. Herr Moor fehlte entschuldigt.": the second sentence is talk.
_TALK_BEGINS = re.compile(
    r"(?<=[a-zäöüß)]{2})\.\s(?=(?:Herrn?|Frau|Die|Der|Das|Es|Sie|Er|Damit|Ferner|Somit|Weiterhin|Als (?:Gast|Gäste))\s[^.]{0,200}\b(?:begrüßen|heißen|fehlt|fehlte|fehlten|ist|sind|war|waren|hat|haben|eröffnet|begrüßt|nahm|nahmen|konnte|konnten)\b)"
)


def before_talk(line: Line, span: Span) -> Span:
    """The list itself, without a sentence of talk behind it."""
    talk = _TALK_BEGINS.search(line.plain, *span)
    return (span[0], talk.start()) if talk else span


def later_opener(sheet: Sheet, line: Line, state: State) -> re.Match[str] | None:
    """A sentence of the head that begins to list people behind another one."""
    if state.status or line.index > HEAD or state.people or line.end - line.start < 60:
        return None
    for span in sheet.sentences(line.start, line.end)[1:]:
        opener = LIST_OPENER.match(line.content, span[0] - line.start)
        if opener:
            return opener
    return None


def open_sentence(sheet: Sheet, line: Line, opener: re.Match[str], state: State) -> bool:
    """ "Anwesend waren Frau Meier, Herr Schulz und Herr Can." """
    words = opener.group().lower()
    status: Status = "present"
    if "entschuldigt" in words:
        status = "excused"
    elif "fehl" in words:
        status = "absent"
    start = line.start + opener.end()
    first, *others = sheet.sentences(start, line.end) or ((start, line.end),)
    kept = state.status
    state.status = status
    before = state.people
    read(line, (first[0], _without_stop(line, first[1])), state)
    if state.people == before:
        state.status = kept
        return False
    if others:
        read_more(sheet, line, others[0][0], state)
    state.status = None
    return True


def read_more(sheet: Sheet, line: Line, start: int, state: State) -> None:
    """The sentences behind a list, as long as they name more people."""
    kept = state.status
    for span in sheet.sentences(start, line.end):
        more = _MORE_PEOPLE.match(line.plain, *span)
        if more is None:
            break
        state.status = _status_of(more.group())
        read(line, (more.end(), _without_stop(line, span[1])), state)
    state.status = kept


# "Entschuldigt: Frau Au." and "Als Gäste begrüßen wir Herrn Can." go on with the list.
_MORE_PEOPLE = re.compile(
    r"(?:(?:Es )?(?:fehlt|fehlen|fehlte|fehlten)(?: (?:entschuldigt|unentschuldigt))?|Entschuldigt|Unentschuldigt|Als (?:Gast|Gäste)|Gast|Gäste)\b(?:[ ](?:ist|sind|war|waren|haben sich|hat sich|hatten sich|heißen wir|begrüßen wir|nahmen|nahm|nehmen|nimmt|teil|anwesend|fehlen|fehlten|fehlt)){0,3}\s{0,9}:?\s"
)


def _status_of(words: str) -> Status:
    lower = words.lower()
    if "gast" in lower or "gäste" in lower:
        return "guest"
    return "excused" if re.search(r"(?<!un)entschuldigt", lower) else "absent"


def _without_stop(line: Line, end: int) -> int:
    return end - 1 if line.plain[end - 1] == "." else end
