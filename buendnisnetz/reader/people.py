"""Who was there, who was excused, who was missing: the attendance list (S11).

The list begins at a label or heading ("Anwesend:", "Teilnehmende") and goes on while the lines
hold people or headings of groups. A full sentence ends it.
"""

import re
from dataclasses import replace

from buendnisnetz.reader.attendance_heads import heads_block, people_table, with_chair_above
from buendnisnetz.reader.attendance_lines import State, read
from buendnisnetz.reader.attendance_sentences import (
    LIST_OPENER,
    before_talk,
    later_opener,
    open_sentence,
    read_more,
)
from buendnisnetz.reader.attendance_table import head_columns
from buendnisnetz.reader.flat_table import flat_attendee, flat_head
from buendnisnetz.reader.labels import PEOPLE, Field, field_of
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.minute_table import minute_table
from buendnisnetz.reader.model import Participant, Span, Status
from buendnisnetz.reader.sheet import Sheet

_STATUS: dict[Field, Status] = {
    Field.PRESENT: "present", Field.EXCUSED: "excused", Field.ABSENT: "absent", Field.GUEST: "guest",
}  # fmt: skip
_SENTENCE = re.compile(
    r"\b(?:ist|sind|war|waren|wird|werden|hat|haben|begrüßt|eröffnet|stellt|berichtet|fest|konnte|wurde|wurden|nahm|nahmen|heißt|heißen|dankt)\b"
)
_AMONG_NAMES = frozenset(
    {"und", "von", "der", "die", "das", "für", "vom", "van", "den", "de", "zu", "sowie"}
)
_BRACKET_NOTE = re.compile(
    r"(?:in (?:Klammern|Klammer gesetzt)|eingeklammert|\([^()]{0,12}\)\s{0,9}=|Klammern?\s{0,9}[:=])[^\n.]{0,60}?\b(?P<kind>entschuldigt|abwesend|fehl|nicht anwesend|verhindert)",
    re.IGNORECASE,
)


def listed_people(sheet: Sheet) -> tuple[Participant, ...]:
    """All people of the attendance lists, in order of the text."""
    state = State()
    absent_brackets = _bracket_status(sheet.plain)
    members = _member_list(sheet)
    for line in sheet.lines:
        if members is not None and line in members:
            state.status = None
        elif line.blank:
            state.blanks += 1
        else:
            if (
                not _opens(sheet, line, state)
                and state.status is not None
                and not _follows(line, state)
            ):
                state.status = None
            state.blanks = 0
    state.found += _missing_members(members, state)
    _unchecked(sheet, state)
    if all(person.span in state.functions for person in state.found):
        # "Anwesend: 31 Mitglieder" with chair and writer below is no attendance list.
        state.found.clear()
    return tuple(_bracket(person, absent_brackets) for person in _without_repeats(state.found))


def _unchecked(sheet: Sheet, state: State) -> None:
    """In a list with check boxes those without a cross were not there."""
    boxes = [sheet.line_at(person.span[0]).checked for person in state.found]
    if True in boxes and False in boxes:
        state.found[:] = [
            _with_status(person, "absent") if box is False else person
            for person, box in zip(state.found, boxes, strict=True)
        ]


# "Der Sprecherkreis besteht aus den folgenden Personen … Wer nicht anwesend ist, fehlte".
_MEMBERS = re.compile(
    r"\b(?:besteht aus|gehören an|gehören dem \w{1,40} an|Mitglieder sind|setzt sich zusammen)\b[^\n]{0,240}\bnicht\b[^\n]{0,100}[:.]\s{0,9}$",
    re.MULTILINE,
)


def _member_list(sheet: Sheet) -> tuple[Line, Line] | None:
    """The sentence that announces all members, and the line that names them."""
    note = _MEMBERS.search(sheet.plain)
    if note is None:
        return None
    said = next(line for line in sheet.lines if line.end >= note.end())
    named = next(
        (line for line in sheet.lines if line.start >= note.end() and not line.blank), None
    )
    return (said, named) if named else None


def _missing_members(lines: tuple[Line, Line] | None, state: State) -> list[Participant]:
    """Members whom the list of all members names and the list of those present does not."""
    if lines is None:
        return []
    line = lines[1]
    here = {person.name for person in state.found}
    members = State(status="absent")
    read(line, (line.start, line.end), members)
    return [person for person in members.found if person.name not in here]


def _bracket_status(plain: str) -> Status:
    note = _BRACKET_NOTE.search(plain)
    return "absent" if note and not note["kind"].lower().startswith(("ents", "verh")) else "excused"


def _bracket(person: Participant, status: Status) -> Participant:
    return person if person.status != "bracketed" else _with_status(person, status)  # type: ignore[comparison-overlap]


def _with_status(person: Participant, status: Status) -> Participant:
    return Participant(
        person.name,
        person.academic_title,
        person.role,
        person.organisation,
        status,
        person.span,
        person.confidence,
    )


def _opens(sheet: Sheet, line: Line, state: State) -> bool:
    """Whether a list begins or changes here; reads the people on the same line."""
    found = line.field
    if found is Field.GROUP and state.status is None and heads_block(sheet, line):
        state.status = "present"
        with_chair_above(sheet, line, state)
    if found in PEOPLE and (found is not Field.GROUP or state.status is not None):
        if not (line.kind is Kind.ROW and _two_lists(line)):
            _begin(sheet, line, found, state)
        return True
    opener = LIST_OPENER.match(line.content) or later_opener(sheet, line, state)
    if opener and found is None and line.kind is not Kind.ROW:
        return open_sentence(sheet, line, opener, state)
    return _opens_table(line, state)


def _begin(sheet: Sheet, line: Line, found: Field, state: State) -> None:
    """A label begins a list, or a group within it."""
    if found is not Field.GROUP:
        state.status = _STATUS[found]
        state.group = None
        state.columns = None
    else:
        state.group = _group_name(line)
        if line.number is not None and state.status in {"excused", "absent"}:
            state.status = "present"
    state.level = line.heading
    before = state.people
    own = before_talk(line, _behind_torn_labels(sheet, line))
    read(line, own, state)
    if own[1] < line.end:
        read_more(sheet, line, own[1] + 1, state)
    state.inline = state.people > before and line.kind is not Kind.ROW


def _opens_table(line: Line, state: State) -> bool:
    if flat_head(line):
        state.flat, state.status = True, "present"
        return True
    if state.status is None and people_table(line):
        state.status = "present"
        read(line, (line.start, line.end), state)
        return True
    columns = head_columns(line) if line.kind is Kind.ROW else None
    if columns is None or not (state.status or columns.certain):
        return False
    state.columns = columns
    state.status = state.status or "present"
    return True


def _behind_torn_labels(sheet: Sheet, line: Line) -> Span:
    """ "Ort: Zeit: Anwesend: Gera, 13 Uhr Herr Can, …": values follow all labels at once."""
    start, end = line.value
    before = sheet.lines[line.index - 1] if line.index else line
    if before.blank or before is line or before.field is None or before.value[0] < before.value[1]:
        return start, end
    first = re.compile(r"\b(?:Herrn?|Frau)\s").search(line.plain, start, end)
    return (first.start() if first else start), end


def _two_lists(line: Line) -> bool:
    return all(field_of(line.plain[slice(*cell)]) in PEOPLE for cell in line.cells)


def _group_name(line: Line) -> str | None:
    name = line.label[1] if line.label else line.content
    match = re.fullmatch(
        r"(?:von der |vom |für (?:die|den|das) |aus der |aus dem )?(.+)", name, re.IGNORECASE
    )
    bare = match[1] if match else name
    return (
        None
        if re.search(
            r"(?i)mitglied|stimmberechtigt|beratend|stellv|vertreter|rät(?:e|innen)|stimme$", bare
        )
        else bare
    )


def _follows(line: Line, state: State) -> bool:
    """Whether the list goes on with this line; reads its people."""
    if line.field is not None and line.field not in PEOPLE:
        return (
            line.field in {Field.CHAIR, Field.RECORDER, Field.BODY, Field.ASSIGNEE}
            and line.heading == 0
            and _function_row(line, state)
        )
    if line.kind is Kind.ROW and minute_table(line) is not None:
        return False
    if state.flat and line.kind is Kind.TEXT and flat_attendee(line):
        read(line, (line.start, line.end), state)
        return True
    if _ends(line, state):
        return False
    if _completes(line, state):
        return True
    before = state.people
    read(line, (line.start, line.end), state)
    if state.people > before:
        return True
    if _is_sentence(line) or state.blanks > 1 or (state.people and line.heading):
        return False
    state.group = _heading_group(line) or state.group
    return len(line.content) <= 60


def _ends(line: Line, state: State) -> bool:
    """Headings, sentences, marks of an agenda, or a gap behind a list on one line."""
    if line.heading and (line.heading <= state.level or not state.level):
        return True
    if _is_sentence(line) and (len(line.content) > 120 or line.content.endswith(".")):
        return True
    if line.kind is Kind.NUMBER and not line.marker[:1].isdigit():
        return True
    return state.inline and state.blanks > 0 and line.kind is not Kind.ROW


_DETAIL = re.compile(
    r"(?:bereich|organisation|institution|einrichtung|firma|verein|abteilung|(?P<role>funktion|rolle|amt|aufgabe))",
    re.IGNORECASE,
)


def _completes(line: Line, state: State) -> bool:
    """ "bereich: Personal" below "name: …" tells more about the person before."""
    detail = _DETAIL.fullmatch(line.label[1]) if line.label and state.found else None
    if detail is None or line.label is None:
        return False
    words = line.plain[line.label[2] : line.end].strip()
    last = state.found[-1]
    state.found[-1] = (
        replace(last, role=words) if detail["role"] else replace(last, organisation=words)
    )
    return True


def _function_row(line: Line, state: State) -> bool:
    """ "Vorsitz: Frau Meier" within the list is a participant like the others."""
    before = len(state.found)
    kept, state.status = state.status, "present"
    read(line, line.value, state)
    state.status = kept
    for person in state.found[before:]:
        if " " not in person.name and not line.plain[
            max(0, person.span[0] - 12) : person.span[0]
        ].rstrip().endswith(("Frau", "Herr", "Fr.", "Hr.")):
            state.found.remove(person)
    if line.field in {Field.CHAIR, Field.RECORDER}:
        state.functions.update(person.span for person in state.found[before:])
    return True


def _is_sentence(line: Line) -> bool:
    """Prose: a verb of minutes, or a full stop behind several small words."""
    content = line.content
    first = content.partition(". ")[0]
    if first.count(",") >= 2 and all(w in _AMONG_NAMES for w in first.split() if w[0].islower()):
        return False
    if len(content) > 40 and _SENTENCE.search(content):
        return True
    small = [w for w in content.split() if w[0].islower() and w not in _AMONG_NAMES]
    return content.endswith((".", "!")) and len(small) >= 2 and len(content.split()) >= 4


def _heading_group(line: Line) -> str | None:
    name = line.content.rstrip(": ")
    return name if 1 < len(name) <= 40 and not any(letter.isdigit() for letter in name) else None


def _without_repeats(found: list[Participant]) -> list[Participant]:
    """A person listed twice counts once; the later list knows better whether they were absent."""
    kept: dict[str, Participant] = {}
    for person in found:
        key = person.name.casefold()
        if key not in kept:
            kept[key] = person
        elif person.status in {"excused", "absent"} and kept[key].status == "present":
            kept[key] = _with_status(kept[key], person.status)
    return list(kept.values())
