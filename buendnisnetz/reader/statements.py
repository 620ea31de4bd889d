"""The talk of the meeting, cut into statements: what is neither head nor list of people nor agenda."""

import re
from dataclasses import dataclass, replace

from buendnisnetz.reader.agenda import Agenda
from buendnisnetz.reader.labels import PEOPLE, Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.minute_table import MinuteTable, Sort, minute_table
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.votes import counts_below, only_votes

_HEAD_FIELDS = PEOPLE | {
    Field.DATE, Field.TIME, Field.START, Field.END, Field.PLACE, Field.BODY, Field.CHAIR, Field.RECORDER,
    Field.INVITED, Field.DISTRIBUTION, Field.PREVIOUS, Field.APPROVED, Field.TITLE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """One paragraph or list item of the talk; `label` announces it, `section` is what it stands in."""

    span: Span
    label: Field | None
    label_words: str
    section: Field | None
    line: Line
    lines: tuple[Line, ...]
    heading: bool = False
    opens: Field | None = None

    @property
    def listed(self) -> bool:
        """Whether it is an item of a list or a table."""
        return self.line.kind in {Kind.BULLET, Kind.NUMBER, Kind.ROW}


# A sentence that ends in a colon introduces the list below it.
_INTRODUCED = (
    (Field.TASK, re.compile(r"(?i)\b(?:aufgaben|aufträge|arbeitsaufträge|to-?dos?|arbeitsschritte|nächste(?:n)? schritte)\b|\b(?:zu erledigen|verteilt)\b|übernommen")),
    (Field.SUGGESTION, re.compile(r"(?i)\b(?:anregungen|wünsche|empfehlungen) (?:für|an)\b")),
    (Field.DECISION, re.compile(r"(?i)\b(?:festgehalten|beschlossen|vereinbart|beschließ\w{1,40}|verständigt\w{0,40} sich|einig\w{0,40} sich|beschlüsse|festgelegt|entschieden)\b")),
)  # fmt: skip
_SECTIONS = {
    Field.TASK, Field.SUGGESTION, Field.DECISION, Field.ATTACHMENT, Field.DISTRIBUTION, Field.INVITED, Field.NEXT, Field.AGENDA,
}  # fmt: skip


def statements(sheet: Sheet, agenda: Agenda, people: frozenset[int]) -> tuple[Statement, ...]:
    """All statements in order, each knowing the labelled section that it stands in."""
    found: list[Statement] = []
    groups = _joined_votes(sheet.paragraphs)
    section: tuple[Field, Line] | None = None
    head: MinuteTable | None = None
    blank_before = False
    for group in groups:
        line = group[0]
        gap = bool(found) and line.index - found[-1].lines[-1].index > 1
        blank_before = gap
        if line.index in agenda.list_lines or line.index in people:
            section = None
            head = minute_table(line) or (head if line.index in agenda.list_lines else None)
            row = _row_of_minutes(sheet, line, head, agenda) if head else None
            found += [row] if row else []
            continue
        if section is not None and _closes(line, section, agenda, gap=blank_before, seen=found):
            section = None
        statement = _statement(sheet, group, section[0] if section else None)
        if (
            line.index in agenda.heading_lines
            and (line.label is None or line.label[0] is None)
            and line.field is not Field.TASK
        ):
            statement = replace(
                statement,
                label=None,
                label_words="",
                span=(line.start, group[-1].end),
                heading=True,
            )
        opened = _opened(statement)
        if opened is not None:
            section = (opened, line)
            statement = replace(statement, opens=opened)
        found.append(statement)
    return tuple(found)


def _row_of_minutes(
    sheet: Sheet, line: Line, head: MinuteTable, agenda: Agenda
) -> Statement | None:
    """What a row of minutes in one table tells, beside the item that it may name."""
    if len(line.columns) < 2 or minute_table(line):
        return None
    cell, sort = head.cell(line), head.sort_of(line)
    if cell is None or sort is Sort.TASK or sheet.lines_of([cell]) - {line.index}:
        return None
    if any(item.span[0] <= cell[0] < item.span[1] for item in agenda.items):
        return None
    label = Field.DECISION if sort is Sort.DECISION else Field.COURSE
    return Statement(cell, label, "", None, line, (line,))


def _joined_votes(groups: tuple[tuple[Line, ...], ...]) -> list[tuple[Line, ...]]:
    """ "Ja: 9 / Nein: 0 / Enthaltung: 2" set in three lines is one vote."""
    joined: list[tuple[Line, ...]] = []
    for group in groups:
        if (
            joined
            and group[0].index - joined[-1][-1].index <= 2
            and (
                (_is_count(group) and _is_count(joined[-1][-1:]))
                or counts_below(joined[-1][-1].content, group[0].content)
            )
        ):
            joined[-1] = (*joined[-1], *group)
        else:
            joined.append(group)
    return joined


def _is_count(group: tuple[Line, ...]) -> bool:
    content = " ".join(line.content for line in group)
    return len(content) < 80 and any(c.isdigit() for c in content) and only_votes(content)


def _statement(sheet: Sheet, group: tuple[Line, ...], section: Field | None) -> Statement:
    line = group[0]
    label, words, start, end = None, "", line.start, group[-1].end
    if (line.kind is not Kind.ROW and line.label and line.label[0] is not None) or (
        line.label and line.label[0] is Field.ASSIGNEE and line.label[2] < line.cells[0][1]
    ):
        label, words, start = line.label
    elif line.kind is Kind.ROW and line.field is not None and len(line.cells) == 2:
        label, words = line.field, line.plain[slice(*line.cells[0])]
        start, end = line.cells[1][0], max(line.cells[1][1], group[-1].end if len(group) > 1 else 0)
    elif line.field is not None:
        label, words, start = line.field, line.content, line.end
    return Statement((start, end), label, words, section, line, group)


def _opened(statement: Statement) -> Field | None:
    """What section begins here: a label with nothing behind it, or "… wird festgehalten:"."""
    if statement.label in _SECTIONS:
        empty = statement.span[0] >= statement.span[1]
        long_value = (
            statement.label in {Field.ATTACHMENT, Field.TASK} and statement.line.kind is Kind.TEXT
        )
        return statement.label if empty or long_value else None
    content = statement.lines[-1].content
    if statement.label is None and content.endswith(":"):
        words = " ".join(line.content for line in statement.lines)[-240:]
        return next((field for field, pattern in _INTRODUCED if pattern.search(words)), None)
    return None


def _closes(
    line: Line, section: tuple[Field, Line], agenda: Agenda, *, gap: bool, seen: list[Statement]
) -> bool:
    opening = section[1]
    if line.index in agenda.heading_lines:
        return True
    if line.heading:
        return not opening.heading or line.heading <= opening.heading
    if line.field is not None and line.field not in {
        Field.ASSIGNEE,
        Field.DUE,
        Field.GROUP,
        Field.TASK,
    }:
        return line.kind is not Kind.NUMBER or line.label is not None
    if line.bold and not opening.heading and line.kind is Kind.TEXT:
        return True
    if line.kind is not Kind.TEXT or seen[-1].line is opening:
        return False
    return gap or (seen[-1].listed and line.indent <= opening.indent)
