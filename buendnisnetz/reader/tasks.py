"""Tasks, suggestions and promises (S117): from lists and tables first, then from sentences."""

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from buendnisnetz.reader.agenda import Agenda
from buendnisnetz.reader.clauses import Voice, clauses
from buendnisnetz.reader.duewords import due_of_cell, find_due
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.minute_table import MinuteTable, Sort, minute_table
from buendnisnetz.reader.model import Certainty, Span, Task, TaskKind
from buendnisnetz.reader.roster import Roster
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.statements import Statement
from buendnisnetz.reader.task_columns import TaskColumns, task_columns
from buendnisnetz.reader.tasklists import (
    DONE,
    Deed,
    assignee_of,
    listed_deed,
    people_only,
    row_deed,
    section_holder,
)
from buendnisnetz.reader.taskprose import sentence_deeds
from buendnisnetz.reader.verbs import INFINITIVE
from buendnisnetz.reader.votes import read_votes

# A note of one clause that ends in an infinitive: "Bügel bestellen, damit …".
NOTE = re.compile(
    rf"^(?!.*\b(?:soll|sollen|muss|müssen|kann|können|wollen|will|könnte|wird|werden|zu)\b)[^,.;]*{INFINITIVE.pattern}\s{{0,9}}(?:[,.(;–-]|$)"
)
_ARROW = re.compile(r"\s{0,9}(?:→|->|=>|⇒|➔|➞|>>)\s{0,9}")
_LAST_COMMA = re.compile(r",\s{1,9}(?=[^,;:]{2,40}$)")
_BRACKET_END = re.compile(r"\((?P<inner>[^()]{2,70})\)\s{0,9}[.!?;]?$")


def read_tasks(
    sheet: Sheet,
    talk: Sequence[Statement],
    agenda: Agenda,
    roster: Roster,
    meeting: datetime.date | None,
) -> tuple[Task, ...]:
    """All tasks in order of the text."""
    deeds = [
        *_agenda_table(sheet, agenda, roster, meeting),
        *_by_layout(sheet, talk, roster, meeting),
        *_by_sentence(sheet, talk, roster, meeting),
    ]
    return tuple(
        Task(
            sheet.words(d.span),
            d.kind,
            d.assignee,
            d.due,
            agenda.number_at(d.span[0]),
            d.span,
            d.confidence,
        )
        for d in _apart(deeds)
    )


def _by_layout(
    sheet: Sheet, talk: Sequence[Statement], roster: Roster, meeting: datetime.date | None
) -> Iterator[Deed]:
    columns: TaskColumns | None = None
    holder: str | None = None
    for index, statement in enumerate(talk):
        line = statement.line
        if len(line.cells) > 1:
            head = task_columns(line)
            if head:
                columns = head
                continue
        else:
            columns = None
        if statement.opens in {Field.TASK, Field.SUGGESTION}:
            holder = section_holder(statement)
        if statement.label is Field.TASK and statement.span[0] < statement.span[1]:
            inside = statement.section in {Field.TASK, Field.SUGGESTION} and statement.listed
            if columns is None and not inside:
                yield from _labelled(sheet, statement, roster, meeting)
                continue
        if columns is not None:
            deed = row_deed(sheet, line, columns, roster, meeting)
        else:
            deed = _layout_deed(sheet, talk, index, roster, meeting, holder)
        if deed is not None:
            yield deed


def _agenda_table(
    sheet: Sheet, agenda: Agenda, roster: Roster, meeting: datetime.date | None
) -> Iterator[Deed]:
    """Minutes in one table: "TOP | Inhalt | Verantwortlich | Termin". A row with a name is a task."""
    table: MinuteTable | None = None
    for index in sorted(agenda.list_lines):
        line = sheet.lines[index]
        head = minute_table(line)
        table = head or table
        if table is None or head or len(line.columns) < 2:
            continue
        sort = table.sort_of(line)
        deed = row_deed(sheet, line, table.columns, roster, meeting)
        if deed is None or sort in {Sort.DECISION, Sort.INFORMATION} or _done(line):
            continue
        shared = deed.assignee and (deed.due or NOTE.search(sheet.words(deed.span)))
        if sort is Sort.TASK or shared:
            yield replace(deed, confidence=Certainty.LIKELY)


def _done(line: Line) -> bool:
    return any(DONE.match(line.plain, *cell) for cell in line.columns)


def _layout_deed(
    sheet: Sheet,
    talk: Sequence[Statement],
    index: int,
    roster: Roster,
    meeting: datetime.date | None,
    holder: str | None,
) -> Deed | None:
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


def _labelled(
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


def _by_sentence(
    sheet: Sheet, talk: Sequence[Statement], roster: Roster, meeting: datetime.date | None
) -> Iterator[Deed]:
    voice = Voice()
    decided = {
        id(after)
        for label, after in itertools.pairwise(talk)
        if label.label is Field.DECISION and label.span[0] >= label.span[1] and not after.label
    }
    for statement in talk:
        if statement.section in {
            Field.TASK,
            Field.SUGGESTION,
            Field.ATTACHMENT,
            Field.DISTRIBUTION,
            Field.INVITED,
        }:
            continue
        if statement.label in {
            Field.NEXT,
            Field.ATTACHMENT,
            Field.APPROVED,
            Field.RECORDER,
            Field.CHAIR,
            Field.DATE,
            Field.PREVIOUS,
            Field.DISTRIBUTION,
            Field.INVITED,
        }:
            continue
        start = statement.span[0] if statement.label else statement.line.start
        for span in sheet.sentences(start, statement.span[1]):
            if read_votes(sheet.plain[slice(*span)]) is not None:
                continue
            people = roster.within(*span)
            for clause in clauses(sheet, span, people):
                own = [m for m in people if clause[0] <= m.span[0] < clause[1]]
                yield from sentence_deeds(
                    sheet,
                    clause,
                    own,
                    voice,
                    meeting,
                    ordered_only=statement.label is Field.DECISION or id(statement) in decided,
                )
                voice.hear(own)


def _apart(deeds: Sequence[Deed]) -> list[Deed]:
    """One passage is one task; what the layout shows outranks what a sentence says."""
    kept: list[Deed] = []
    for deed in deeds:
        if not any(deed.span[0] < other.span[1] and other.span[0] < deed.span[1] for other in kept):
            kept.append(deed)
    return sorted(kept, key=lambda deed: deed.span)
