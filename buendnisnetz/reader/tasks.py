"""Tasks, suggestions and promises (S117): from lists and tables first, then from sentences."""

import datetime
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from buendnisnetz.reader.agenda import Agenda
from buendnisnetz.reader.clauses import Voice, clauses
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Line
from buendnisnetz.reader.minute_table import MinuteTable, Sort, minute_table
from buendnisnetz.reader.model import Certainty, Task
from buendnisnetz.reader.roster import Roster
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.statements import Statement
from buendnisnetz.reader.task_columns import TaskColumns, task_columns
from buendnisnetz.reader.task_layout import NOTE, labelled_deeds, layout_deed
from buendnisnetz.reader.tasklists import (
    DONE,
    Deed,
    row_deed,
    section_holder,
)
from buendnisnetz.reader.taskprose import sentence_deeds
from buendnisnetz.reader.votes import read_votes


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
                yield from labelled_deeds(sheet, statement, roster, meeting)
                continue
        if columns is not None:
            deed = row_deed(sheet, line, columns, roster, meeting)
        else:
            deed = layout_deed(sheet, talk, index, roster, meeting, holder)
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
