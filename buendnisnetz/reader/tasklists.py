"""Tasks that the layout shows: lists under a heading, tables, check boxes (S98 to S117)."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from buendnisnetz.reader.duewords import due_of_cell, find_due, is_deadline
from buendnisnetz.reader.labels import Field, field_of
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.mentions import Mention
from buendnisnetz.reader.model import Certainty, Span, TaskKind
from buendnisnetz.reader.roster import Roster
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.statements import Statement
from buendnisnetz.reader.task_columns import TaskColumns

DONE = re.compile(r"(?i)\s{0,9}(?:\(?erledigt\)?|✓|✔|done)\b")
_TRAILING_BRACKET = re.compile(r"\((?P<inner>[^()]{2,80})\)\s{0,9}[.;,]?\s{0,9}$")
_BRACKET = re.compile(r"\((?P<inner>[^()]{2,80})\)")
_AT_NAME = re.compile(r"@(?P<name>[\w.-]{2,30})")
_ARROW = re.compile(r"\s{0,9}(?:→|->|=>|⇒|➔|–|—|-|:|\||,)\s{0,9}")
_GROUP_WORD = re.compile(
    r"(?:(?:Der|Die|Das|der|die|das|dem|den)\s{1,9})?(?P<name>(?:[A-ZÄÖÜ][\wäöüß.-]{0,40}(?:amt|verwaltung|verein|gruppe|vorstand|büro|rat|stelle|team|ausschuss|schule|kita|kreis|bündnis|referat|leitung|werk|dienst|fraktion(?:en)?|agentur|zentrum|stadt|gemeinde|beirat|kasse|partner|mitglieder|eltern)|Amt für \w{1,40}|Verwaltung|Vorstand|Stadt|Gemeinde|Alle|alle|Träger|AG\s\w{1,40}|AK\s\w{1,40}|VHS|IHK|HWK|Verwaltung)(?:\s{1,9}(?:für|der|des|am|im)\s{1,9}[A-ZÄÖÜ]\w{1,40})?)"
)


@dataclass(frozen=True, slots=True)
class Deed:
    """A task before it gets its agenda number."""

    span: Span
    assignee: str | None
    due: str | None
    kind: TaskKind
    confidence: float


def row_deed(
    sheet: Sheet, line: Line, columns: TaskColumns, roster: Roster, meeting: datetime.date | None
) -> Deed | None:
    """A row of the table."""
    cells = line.columns
    if columns.what >= len(cells) or cells[columns.what][0] >= cells[columns.what][1]:
        return None
    who = _cell(sheet, cells, columns.who)
    assignee = (
        assignee_of(sheet, cells[columns.who], roster, whole=True)
        if who and columns.who is not None
        else None
    )
    due = (
        due_of_cell(sheet.plain, cells[columns.due], meeting)
        if columns.due is not None and columns.due < len(cells)
        else None
    )
    return Deed(cells[columns.what], assignee, due, "task", Certainty.SURE)


def _cell(sheet: Sheet, cells: Sequence[Span], index: int | None) -> str:
    return sheet.words(cells[index]) if index is not None and index < len(cells) else ""


_CUT = re.compile(r"\s[–—-]\s|[,;|]\s")
_NO_DEED = re.compile(
    r"(?:\d{1,2}[.:]\d\d ?(?:Uhr|h)? ?)?[–-]? ?(?:\w{0,20}[Pp]ause|Ende) ?[–-]?\.?"
)


def listed_deed(
    sheet: Sheet,
    statement: Statement,
    roster: Roster,
    meeting: datetime.date | None,
    kind: TaskKind,
    holder: str | None,
) -> Deed | None:
    """An item of a list of tasks: the deed with who and until when wherever they stand."""
    span = (statement.line.start, statement.span[1])
    words = sheet.words(span)
    if len(words) < 3 or DONE.match(words) or _NO_DEED.fullmatch(words) or statement.line.checked:
        return None
    due = find_due(sheet.plain, *span, meeting)
    until = due.value if due else _last_part(sheet, span, meeting)
    assignee = assignee_of(sheet, span, roster, whole=False, groups=holder is None) or holder
    level = Certainty.SURE if assignee or until else Certainty.LIKELY
    return Deed(span, assignee, until, kind, level)


def _last_part(sheet: Sheet, span: Span, meeting: datetime.date | None) -> str | None:
    """ "Anna Berg - Flyer drucken - 20.5.": a day at the end is the deadline."""
    cuts = list(_CUT.finditer(sheet.plain, *span))
    if not cuts or not is_deadline(sheet.words((cuts[-1].end(), span[1]))):
        return None
    return due_of_cell(sheet.plain, (cuts[-1].end(), span[1]), meeting)


def assignee_of(
    sheet: Sheet, span: Span, roster: Roster, *, whole: bool, groups: bool = True
) -> str | None:
    """Who is to do it. `whole`: the passage is nothing but the answer to that."""
    if whole:
        return _whole_assignee(sheet, span, roster)
    at = _AT_NAME.search(sheet.plain, *span)
    if at is not None:
        return roster.resolve(at["name"]) or at["name"]
    for place in _places(sheet, span):
        people = people_only(sheet, place, roster)
        if people:
            return people
    leading = _leading(sheet, span, roster)
    return leading or (_group_in_tail(sheet, span) if groups else None)


_NOBODY = frozenset({"offen", "noch offen", "n.n", "nn", "n. n", "unklar", "k.a", "tbd", "?"})


def _whole_assignee(sheet: Sheet, span: Span, roster: Roster) -> str | None:
    words = sheet.words(span).strip(" .-–")
    if not any(letter.isalpha() for letter in words) or words.lower() in _NOBODY:
        return None
    parts = [roster.resolve(part.strip()) for part in words.split("/")]
    if len(parts) > 1 and all(parts):
        return ", ".join(name for name in parts if name)
    found = roster.within(*span)
    if found and sum(m.span[1] - m.span[0] for m in found) >= 0.6 * len(words):
        return names_of(found)
    return words


def names_of(found: Sequence[Mention]) -> str:
    """The names of some mentions, each once."""
    return ", ".join(dict.fromkeys(mention.name for mention in found))


def _places(sheet: Sheet, span: Span) -> list[Span]:
    """Where a list item names who does it: in a bracket, behind the last sign, before the colon."""
    start, end = span
    found: list[Span] = []
    trailing = _TRAILING_BRACKET.search(sheet.plain, start, end)
    if trailing:
        found.append(trailing.span("inner"))
    cuts = list(_ARROW.finditer(sheet.plain, start, end))
    found += [(cut.end(), end) for cut in reversed(cuts[-3:])]
    if cuts:
        found.append((start, cuts[0].start()))
    found += [m.span("inner") for m in _BRACKET.finditer(sheet.plain, start, end)]
    return found


def people_only(sheet: Sheet, span: Span, roster: Roster) -> str | None:
    """The people of a passage that holds nothing but people and perhaps a deadline."""
    found = roster.within(*span)
    if not found:
        return None
    rest = list(sheet.plain[span[0] : span[1]])
    for mention in found:
        for at in range(mention.span[0], mention.span[1]):
            rest[at - span[0]] = " "
    left = [
        part
        for part in re.split(r"[,;/&+]|\bund\b|\bsowie\b|\bmit\b|\bmit Hilfe von\b", "".join(rest))
        if part.strip(" .:;()-–")
    ]
    return names_of(found) if all(is_deadline(part) or _qualifies(part) for part in left) else None


def _qualifies(part: str) -> bool:
    """Words that may stand beside a name: "wer: ", "Termin", an organisation in brackets."""
    bare = part.strip(" .:;()-–")
    return len(bare) <= 24 and (
        field_of(bare) in {Field.ASSIGNEE, Field.DUE}
        or bare.lower() in {"bitte", "federführend", "ggf.", "evtl.", "gemeinsam", "wer", "team"}
    )


# "Edeltraud wird befragt": somebody else is to do it.
_PASSIVE = re.compile(
    r"\s{0,9}(?:wird|werden|soll|sollen)\b[^.;]*\b(?:ge|be|ver|er|ent|unter|über|in)?\w{1,40}(?:t|en) ?(?:werden)?\s{0,9}[.;]?\s{0,9}$(?<!en)(?<!en\.)"
)


def _leading(sheet: Sheet, span: Span, roster: Roster) -> str | None:
    """ "Frau von Moor schreibt …", "Herr Linde und Frau Dr. Ebeling entwerfen …"."""
    found = roster.within(*span)
    lead: list[Mention] = []
    at = span[0]
    for mention in found:
        between = sheet.plain[at : mention.span[0]].strip(" ,")
        if between not in {"", "und", "sowie", "&", "/", "u."}:
            break
        lead.append(mention)
        at = mention.span[1]
    after = sheet.plain[at : span[1]]
    if lead and re.match(r"\s{0,9}(?:[:–-]|[a-zäöü])", after) and not _PASSIVE.match(after):
        return names_of(lead)
    return None


def _group_in_tail(sheet: Sheet, span: Span) -> str | None:
    """ "Mitteilung an die Presse - Amt für Soziales, umgehend"."""
    words = sheet.plain[slice(*span)]
    for part in reversed(re.split(r"\s[–—-]\s|:\s|[(),;]\s{0,9}", words)[1:]):
        match = _GROUP_WORD.fullmatch(part.strip(" .)"))
        if match:
            return match["name"]
    first = re.split(r":\s", words, maxsplit=1)
    match = _GROUP_WORD.fullmatch(first[0].strip()) if len(first) > 1 else None
    return match["name"] if match else None


def section_holder(statement: Statement) -> str | None:
    """ "Aufgaben für die Bündnisse" gives all its items to the alliances."""
    words = statement.label_words or (
        statement.line.content if statement.line.kind is not Kind.ROW else ""
    )
    match = re.search(
        r"\b(?:für|an)\s{1,9}(?:die|den|das|alle)\s{1,9}(?P<name>[A-ZÄÖÜ][\wäöüß-]{1,40}(?:\s{1,9}(?:(?:der|des|für|und|im|am|in)\s{1,9})?[A-ZÄÖÜ][\wäöüß-]{1,40})*)",
        words,
    )
    return match["name"].strip(" :") if match else None
