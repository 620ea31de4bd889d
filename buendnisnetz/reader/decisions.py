"""What was decided, and with how many votes (S91).

A decision is labelled ("Beschluss: …"), stands in a list of decisions, is told in a sentence
("… wird einstimmig genehmigt"), or is all that a counted vote can refer to.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from buendnisnetz.reader.agenda import Agenda
from buendnisnetz.reader.decision_signs import REMARK, certainty
from buendnisnetz.reader.decision_votes import (
    Draft,
    bare_vote,
    count_in,
    draft_of,
    give_vote,
    is_labelled,
    is_vote,
    leads,
    with_pending,
)
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind
from buendnisnetz.reader.model import Certainty, Decision, Span, Votes
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.statements import Statement
from buendnisnetz.reader.votes import only_votes, read_votes

_TALK = {
    Field.COURSE,
    None,
    Field.PART,
    Field.TITLE,
    Field.GROUP,
    Field.ATTACHMENT,
    Field.BODY,
    Field.NEXT,
    Field.ASSIGNEE,
}


def read_decisions(sheet: Sheet, talk: Sequence[Statement], agenda: Agenda) -> tuple[Decision, ...]:
    """All decisions in order of the text."""
    drafts: list[Draft] = []
    proposal: int | None = None
    pending: Votes | None = None
    for position, statement in enumerate(talk):
        if statement.label is Field.PROPOSAL:
            told = _told(sheet, statement, position)
            drafts += told
            proposal = None if told else position
        elif is_vote(sheet, statement) and leads(talk, position):
            pending = count_in(sheet, statement)
        elif is_vote(sheet, statement):
            give_vote(sheet, talk, position, drafts, proposal)
            proposal = None
        elif is_labelled(statement):
            drafts += with_pending(_from_label(sheet, talk, position), pending)
            pending = None
        elif statement.heading:
            proposal = None
        elif statement.section is Field.DECISION and statement.label in _TALK:
            drafts += _listed(sheet, statement, position)
        elif statement.section is not Field.TASK and (
            statement.label in _TALK or _voted_office(sheet, statement)
        ):
            drafts += _told(sheet, _before_intro(sheet, statement), position)
    return tuple(
        Decision(d.text, agenda.number_at(d.span[0]), d.votes, d.span, d.confidence)
        for d in _apart(drafts)
    )


def _voted_office(sheet: Sheet, statement: Statement) -> bool:
    """ "1. Vorsitzender: Wolfgang Ebert (30 Ja, 1 Enthaltung)" is an election, not a head."""
    if statement.label not in {Field.CHAIR, Field.RECORDER, Field.ASSIGNEE, Field.GROUP}:
        return False
    words = sheet.words(statement.span)
    return read_votes(words) is not None or bool(re.search(r"\b(?:einstimmig|gewählt)\b", words))


def _before_intro(sheet: Sheet, statement: Statement) -> Statement:
    """The statement without a last sentence that only announces the list below."""
    if not _introduces(statement):
        return statement
    last = sheet.sentences(*statement.span)[-1:]
    return replace(statement, span=(statement.span[0], last[0][0])) if last else statement


def _introduces(statement: Statement) -> bool:
    """ "… wird festgehalten:" only announces the list below it."""
    return (
        len(statement.span) > 0
        and statement.lines[-1].content.endswith(":")
        and len(statement.lines[-1].content) < 160
    )


# "Beschluss-Nr.: 14/2015" stands above the decision.
_NUMBER_ONLY = re.compile(r"(?:Nr\. ?)?[A-Z]{0,4}[- ]?\d[\w./-]{0,14}")


def _from_label(sheet: Sheet, talk: Sequence[Statement], position: int) -> list[Draft]:
    """ "Beschluss: …", or the paragraph below the label."""
    statement = talk[position]
    if statement.span[0] < statement.span[1] and not _NUMBER_ONLY.fullmatch(
        sheet.words(statement.span)
    ):
        return [draft_of(sheet, statement.span, position, Certainty.SURE)]
    following = talk[position + 1] if position + 1 < len(talk) else None
    if following is None or following.listed or following.section is Field.DECISION:
        return []
    if following.label is not None or bare_vote(sheet, following):
        return []
    found = draft_of(sheet, (following.line.start, following.span[1]), position + 1, Certainty.SURE)
    found.votes = found.votes or read_votes(statement.label_words)
    return [found]


# "Plakate: Frau Munz, Termin: 20.9." in a list of "Festlegungen" is a task.
_SHARED_OUT = re.compile(r":\s{0,9}(?:Frau|Herrn?|Familie|alle)\b[^.]{0,60}(?:\.\d|\.?$|\d{1,2}\.)")


def _listed(sheet: Sheet, statement: Statement, position: int) -> list[Draft]:
    span = statement.span
    if statement.span[1] - statement.span[0] < 4 or _SHARED_OUT.search(statement.line.content):
        return []
    if statement.line.kind is Kind.ROW and len(statement.line.cells) > 1:
        cells = [cell for cell in statement.line.cells if cell[1] - cell[0] > 3]
        if not cells or (
            re.match(r"(?i)(?:nr|beschluss|was|inhalt|text)", sheet.words(cells[0]))
            and len(sheet.words(cells[0])) < 12
        ):
            return []
        span = max(cells, key=lambda cell: cell[1] - cell[0])
    draft = draft_of(sheet, span, position, Certainty.LIKELY)
    draft.votes = draft.votes or read_votes(sheet.words((statement.line.start, statement.line.end)))
    return [draft]


def _told(sheet: Sheet, statement: Statement, position: int) -> list[Draft]:
    drafts: list[Draft] = []
    before: Span | None = None
    for span in sheet.sentences(*statement.span):
        words = sheet.words(span)
        if only_votes(words) and before is not None:
            if drafts and drafts[-1].span[1] >= before[1]:
                drafts[-1].votes = drafts[-1].votes or read_votes(words)
            else:
                # "… nur noch dreimal herauszugeben. Abgelehnt (1/3/1)." decides what was said last.
                drafts.append(draft_of(sheet, (before[0], span[1]), position, Certainty.PROBABLE))
            continue
        before = span
        level = certainty(words)
        if level is not None and not (drafts and REMARK.search(words)):
            drafts.append(draft_of(sheet, span, position, level))
    return drafts


def _apart(drafts: list[Draft]) -> list[Draft]:
    """Overlapping drafts are one decision; the surer wins and keeps the votes."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.span):
        last = kept[-1] if kept else None
        if last is not None and draft.span[0] < last.span[1]:
            last.votes = last.votes or draft.votes
            continue
        kept.append(draft)
    return kept
