"""Tasks that a single paragraph or list item shows by its layout (S117)."""

import datetime
import re
from collections.abc import Iterator, Sequence

from buendnisnetz.reader.duewords import due_of_cell, find_due
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind
from buendnisnetz.reader.model import Certainty, Span, TaskKind
from buendnisnetz.reader.roster import Roster
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.statements import Statement
from buendnisnetz.reader.tasklists import Deed, assignee_of, listed_deed, people_only
from buendnisnetz.reader.verbs import INFINITIVE

# A note of one clause that ends in an infinitive: "Bügel bestellen, damit …".
NOTE = re.compile(
    rf"^(?!.*\b(?:soll|sollen|muss|müssen|kann|können|wollen|will|könnte|wird|werden|zu)\b)[^,.;]*{INFINITIVE.pattern}\s{{0,9}}(?:[,.(;–-]|$)"
)


_ARROW = re.compile(r"\s{0,9}(?:→|->|=>|⇒|➔|➞|>>)\s{0,9}")


_LAST_COMMA = re.compile(r",\s{1,9}(?=[^,;:]{2,40}$)")


_BRACKET_END = re.compile(r"\((?P<inner>[^()]{2,70})\)\s{0,9}[.!?;]?$")


def layout_deed(
    sheet: Sheet,
    talk: Sequence[Statement],
    index: int,
    roster: Roster,
    meeting: datetime.date | None,
    holder: str | None,
) -> Deed | None:
    """What the layout of one statement shows, or None."""
    statement = talk[index]
    kind: TaskKind = "suggestion" if statement.section is Field.SUGGESTION else "task"
    if statement.section in {Field.TASK, Field.SUGGESTION} and (
        statement.label is None or statement.listed
    ):
        return listed_deed(sheet, statement, roster, meeting, kind, holder)
    if statement.label is Field.ASSIGNEE and statement.span[0] < statement.span[1] and index:
        return _assigned(sheet, talk, index, roster, meeting)
    if statement.line.checked is False:
        return listed_deed(sheet, statement, roster, meeting, "task", None)
    if statement.label is None and statement.section in {None, Field.COURSE, Field.DECISION}:
        return (
            _handed_on(sheet, statement, roster, meeting)
            or _bracketed(sheet, statement, roster, meeting)
            or _person_first(sheet, statement, roster, meeting)
            or _topic_with_people(sheet, statement, roster, meeting)
            or _dated_note(sheet, statement, meeting)
        )
    return None


def _dated_note(sheet: Sheet, statement: Statement, meeting: datetime.date | None) -> Deed | None:
    """ "breiteren Bügel bis Mai bestellen": a note with a deed and a deadline, but nobody's name."""
    words = sheet.words(statement.span)
    if not statement.listed or len(words) > 160 or not NOTE.search(words):
        return None
    due = find_due(sheet.plain, *statement.span, meeting)
    if due is None or due.rank > 3:
        return None
    return Deed(statement.span, None, due.value, "task", Certainty.PROBABLE)


def labelled_deeds(
    sheet: Sheet, statement: Statement, roster: Roster, meeting: datetime.date | None
) -> Iterator[Deed]:
    """ "Aufgabe: Herr Can fragt nach"; several sentences that each name somebody are several."""
    spans = _bracketed_parts(sheet, statement.span) or sheet.sentences(*statement.span)
    if len(spans) < 2 or sum(bool(roster.within(*span)) for span in spans) < 2:
        spans = (statement.span,)
    for span in spans:
        due = find_due(sheet.plain, *span, meeting)
        assignee = assignee_of(sheet, span, roster, whole=False)
        yield Deed(span, assignee, due.value if due else None, "task", Certainty.SURE)


_PARTS = re.compile(r"[^,;()]{3,80}\([^()]{2,60}\)(?=[,;.]|\s{0,3}$)")


def _bracketed_parts(sheet: Sheet, span: Span) -> tuple[Span, ...]:
    """ "Zelte bestellen (Tal), Kuchen backen (Lind)" are two tasks."""
    found = [match.span() for match in _PARTS.finditer(sheet.plain, *span)]
    covered = sum(end - start for start, end in found)
    return tuple(found) if len(found) > 1 and covered > 0.8 * (span[1] - span[0]) else ()


def _assigned(
    sheet: Sheet,
    talk: Sequence[Statement],
    index: int,
    roster: Roster,
    meeting: datetime.date | None,
) -> Deed | None:
    """ "Verantwortlich: Frau Meier bis 5. Mai" says who does what stands before it."""
    statement = talk[index]
    people = roster.within(*statement.span)
    due = find_due(sheet.plain, *statement.span, meeting)
    until = due.value if due else _until_below(sheet, talk, index, meeting)
    if not people and len(sheet.words(statement.span)) > 60:
        return None
    before = talk[index - 1]
    span = (
        (before.line.start, statement.span[1])
        if before.line.heading == 0 and before.section is not Field.TASK
        else (statement.line.start, statement.span[1])
    )
    assignee = (
        ", ".join(dict.fromkeys(m.name for m in people))
        or sheet.words(statement.span).split(",")[0]
    )
    return Deed(span, assignee, until, "task", Certainty.LIKELY)


def _until_below(
    sheet: Sheet, talk: Sequence[Statement], index: int, meeting: datetime.date | None
) -> str | None:
    """ "Termin: 3.6." on the line below "verantwortlich: Herr Tal"."""
    below = talk[index + 1] if index + 1 < len(talk) else None
    if below is None or below.label not in {Field.DUE, Field.DATE}:
        return None
    return due_of_cell(sheet.plain, below.span, meeting)


def _handed_on(
    sheet: Sheet, statement: Statement, roster: Roster, meeting: datetime.date | None
) -> Deed | None:
    """ "Brief an das Tiefbauamt -> Frau Leitner"."""
    arrow = _ARROW.search(sheet.plain, *statement.span)
    if arrow is None and statement.listed and statement.line.kind is not Kind.ROW:
        arrow = _LAST_COMMA.search(sheet.plain, *statement.span)
        due = find_due(sheet.plain, *statement.span, meeting) if arrow else None
        arrow = arrow if due and due.rank <= 3 else None
    people = people_only(sheet, (arrow.end(), statement.span[1]), roster) if arrow else None
    if not people:
        return None
    due = find_due(sheet.plain, *statement.span, meeting)
    return Deed(statement.span, people, due.value if due else None, "task", Certainty.LIKELY)


def _bracketed(
    sheet: Sheet, statement: Statement, roster: Roster, meeting: datetime.date | None
) -> Deed | None:
    """A note that ends in "(Svenja, bis 11.10.)"."""
    sentences = sheet.sentences(*statement.span)
    for span in sentences:
        match = _BRACKET_END.search(sheet.plain, *span)
        if match is None or (not statement.listed and span[1] - span[0] > 140):
            continue
        people = people_only(sheet, match.span("inner"), roster)
        if people and _says(sheet.plain[span[0] : match.start()]):
            due = find_due(sheet.plain, *span, meeting)
            return Deed(span, people, due.value if due else None, "task", Certainty.LIKELY)
    return None


def _says(before: str) -> bool:
    """Whether something stands before the bracket that could be a deed."""
    bare = re.sub(r"\([^()]*\)", "", before)
    return sum(letter.isalpha() for letter in bare) >= 4


_ARROWS = frozenset({"→", "⇒", "➔", "=>", "->", "==>", "-->"})


def _person_first(
    sheet: Sheet, statement: Statement, roster: Roster, meeting: datetime.date | None
) -> Deed | None:
    """ "Herr Tal: Zelte bestellen", "→ Anna: Flyer"."""
    line = statement.line
    if line.label is None or line.label[0] is not None or line.kind is Kind.ROW:
        return None
    people = people_only(sheet, (line.start, line.start + len(line.label[1])), roster)
    words = sheet.words((line.label[2], statement.span[1]))
    if not people or len(words) > 120 or not (NOTE.search(words) or line.marker in _ARROWS):
        return None
    due = find_due(sheet.plain, *statement.span, meeting)
    span = (line.start, statement.span[1])
    return Deed(span, people, due.value if due else None, "task", Certainty.PROBABLE)


def _topic_with_people(
    sheet: Sheet, statement: Statement, roster: Roster, meeting: datetime.date | None
) -> Deed | None:
    """ "Leihgroßeltern: Frau Helmke, Frau Dr. Lüders" shares out a topic."""
    line = statement.line
    if line.label is None or line.label[0] is not None or line.kind is Kind.ROW:
        return None
    bracket = re.compile(r"\s{0,9}\([^()]*\)\s{0,9}").match(
        sheet.plain, line.label[2], statement.span[1]
    )
    tail = (bracket.end() if bracket else line.label[2], statement.span[1])
    if tail[0] >= tail[1]:
        return None
    people = people_only(sheet, tail, roster)
    if not people or not _led_or_due(sheet, tail, roster):
        return None
    due = find_due(sheet.plain, *tail, meeting)
    return Deed(
        (line.start, statement.span[1]),
        people,
        due.value if due else None,
        "task",
        Certainty.PROBABLE,
    )


def _led_or_due(sheet: Sheet, span: tuple[int, int], roster: Roster) -> bool:
    return all(m.led or m.known for m in roster.within(*span))
