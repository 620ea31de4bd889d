"""The talk of the meeting, cut into statements: what is neither head nor list of people nor agenda."""

from dataclasses import dataclass

from buendnisnetz.reader.agenda import Agenda
from buendnisnetz.reader.labels import PEOPLE, Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.sheet import Sheet

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

    @property
    def listed(self) -> bool:
        """Whether it is an item of a list or a table."""
        return self.line.kind in {Kind.BULLET, Kind.NUMBER, Kind.ROW}


_SECTIONS = {
    Field.TASK, Field.SUGGESTION, Field.DECISION, Field.ATTACHMENT, Field.DISTRIBUTION, Field.INVITED, Field.NEXT, Field.AGENDA,
}  # fmt: skip


def statements(sheet: Sheet, agenda: Agenda, people: frozenset[int]) -> tuple[Statement, ...]:
    """All statements in order, each knowing the labelled section that it stands in."""
    found: list[Statement] = []
    section: tuple[Field, Line] | None = None
    blank_before = False
    for group in sheet.paragraphs:
        line = group[0]
        gap = bool(found) and line.index - found[-1].lines[-1].index > 1
        blank_before = gap
        if line.index in agenda.list_lines or line.index in people:
            section = None
            continue
        if section is not None and _closes(line, section, agenda, gap=blank_before, seen=found):
            section = None
        statement = _statement(sheet, group, section[0] if section else None)
        if _is_opening(line, statement):
            section = (line.field, line)  # type: ignore[assignment]
        found.append(statement)
    return tuple(found)


def _statement(sheet: Sheet, group: tuple[Line, ...], section: Field | None) -> Statement:
    line = group[0]
    label, words, start = None, "", line.start
    if line.kind is not Kind.ROW and line.label and line.label[0] is not None:
        label, words, start = line.label
    elif line.kind is Kind.ROW and line.field is not None and len(line.cells) == 2:
        label, words, start = line.field, line.plain[slice(*line.cells[0])], line.cells[1][0]
    elif line.field is not None:
        label, words, start = line.field, line.content, line.end
    return Statement((start, group[-1].end), label, words, section, line, group)


def _is_opening(line: Line, statement: Statement) -> bool:
    """A label with nothing behind it opens a section; with a value it speaks for itself."""
    if statement.label not in _SECTIONS:
        return False
    return statement.span[0] >= statement.span[1] or statement.label in {Field.ATTACHMENT, Field.TASK} and line.kind is Kind.TEXT


def _closes(
    line: Line, section: tuple[Field, Line], agenda: Agenda, *, gap: bool, seen: list[Statement]
) -> bool:
    opening = section[1]
    if line.index in agenda.heading_lines:
        return True
    if line.heading:
        return not opening.heading or line.heading <= opening.heading
    if line.field is not None and line.field not in {Field.ASSIGNEE, Field.DUE, Field.GROUP, Field.TASK}:
        return line.kind is not Kind.NUMBER or line.label is not None
    if line.bold and not opening.heading and line.kind is Kind.TEXT:
        return True
    return line.kind is Kind.TEXT and gap and seen[-1].line is not opening
