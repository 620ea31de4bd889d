"""What was decided, and with how many votes (S91).

A decision is labelled ("Beschluss: …"), stands in a list of decisions, is told in a sentence
("… wird einstimmig genehmigt"), or is all that a counted vote can refer to.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from buendnisnetz.reader.agenda import Agenda
from buendnisnetz.reader.decision_signs import DECIDES, REMARK, certainty
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind
from buendnisnetz.reader.model import Certainty, Decision, Span, Votes
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.statements import Statement
from buendnisnetz.reader.text import tidy
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


@dataclass
class _Draft:
    """A decision on its way: later lines may bring the votes."""

    span: Span
    text: str
    votes: Votes | None
    confidence: float
    position: int
    voted: bool = False


def read_decisions(sheet: Sheet, talk: Sequence[Statement], agenda: Agenda) -> tuple[Decision, ...]:
    """All decisions in order of the text."""
    drafts: list[_Draft] = []
    proposal: int | None = None
    pending: Votes | None = None
    for position, statement in enumerate(talk):
        if statement.label is Field.PROPOSAL:
            told = _told(sheet, statement, position)
            drafts += told
            proposal = None if told else position
        elif _is_vote(sheet, statement) and _leads(talk, position):
            pending = _count_in(sheet, statement)
        elif _is_vote(sheet, statement):
            _vote(sheet, talk, position, drafts, proposal)
            proposal = None
        elif _labelled(statement):
            drafts += _with_pending(_from_label(sheet, talk, position), pending)
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


def _labelled(statement: Statement) -> bool:
    return statement.label is Field.DECISION


def _leads(talk: Sequence[Statement], position: int) -> bool:
    """Some put the vote above its decision, right below the heading."""
    following = talk[position + 1] if position + 1 < len(talk) else None
    first = position == 0 or talk[position - 1].heading
    return first and following is not None and _labelled(following)


def _with_pending(drafts: list[_Draft], votes: Votes | None) -> list[_Draft]:
    if votes is not None and drafts and drafts[0].votes is None:
        drafts[0].votes, drafts[0].voted = votes, True
    return drafts


def _is_vote(sheet: Sheet, statement: Statement) -> bool:
    return statement.label is Field.VOTE or _bare_vote(sheet, statement)


def _bare_vote(sheet: Sheet, statement: Statement) -> bool:
    words = sheet.words(statement.span)
    return len(words) < 240 and only_votes(words)


def _draft(sheet: Sheet, span: Span, position: int, confidence: float) -> _Draft:
    text = tidy(sheet.plain[slice(*span)])
    votes = read_votes(text)
    return _Draft(span, text, votes, confidence, position, votes is not None)


# "Beschluss-Nr.: 14/2015" stands above the decision.
_NUMBER_ONLY = re.compile(r"(?:Nr\. ?)?[A-Z]{0,4}[- ]?\d[\w./-]{0,14}")


def _from_label(sheet: Sheet, talk: Sequence[Statement], position: int) -> list[_Draft]:
    """ "Beschluss: …", or the paragraph below the label."""
    statement = talk[position]
    if statement.span[0] < statement.span[1] and not _NUMBER_ONLY.fullmatch(
        sheet.words(statement.span)
    ):
        return [_draft(sheet, statement.span, position, Certainty.SURE)]
    following = talk[position + 1] if position + 1 < len(talk) else None
    if following is None or following.listed or following.section is Field.DECISION:
        return []
    if following.label is not None or _bare_vote(sheet, following):
        return []
    found = _draft(sheet, (following.line.start, following.span[1]), position + 1, Certainty.SURE)
    found.votes = found.votes or read_votes(statement.label_words)
    return [found]


# "Plakate: Frau Munz, Termin: 20.9." in a list of "Festlegungen" is a task.
_SHARED_OUT = re.compile(r":\s{0,9}(?:Frau|Herrn?|Familie|alle)\b[^.]{0,60}(?:\.\d|\.?$|\d{1,2}\.)")


def _listed(sheet: Sheet, statement: Statement, position: int) -> list[_Draft]:
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
    draft = _draft(sheet, span, position, Certainty.LIKELY)
    draft.votes = draft.votes or read_votes(sheet.words((statement.line.start, statement.line.end)))
    return [draft]


def _told(sheet: Sheet, statement: Statement, position: int) -> list[_Draft]:
    drafts: list[_Draft] = []
    before: Span | None = None
    for span in sheet.sentences(*statement.span):
        words = sheet.words(span)
        if only_votes(words) and before is not None:
            if drafts and drafts[-1].span[1] >= before[1]:
                drafts[-1].votes = drafts[-1].votes or read_votes(words)
            else:
                # "… nur noch dreimal herauszugeben. Abgelehnt (1/3/1)." decides what was said last.
                drafts.append(_draft(sheet, (before[0], span[1]), position, Certainty.PROBABLE))
            continue
        before = span
        level = certainty(words)
        if level is not None and not (drafts and REMARK.search(words)):
            drafts.append(_draft(sheet, span, position, level))
    return drafts


def _vote(
    sheet: Sheet,
    talk: Sequence[Statement],
    position: int,
    drafts: list[_Draft],
    proposal: int | None,
) -> None:
    """Give a counted vote to what it decides: a proposal, the decision before it, or what was said last."""
    statement = talk[position]
    words = sheet.words(statement.span)
    count = _count_in(sheet, statement)
    if not _counts(words) and len(words) > 12:
        # "Abstimmung: Der Skateclub erhält 450 Euro." states what is voted on.
        drafts.append(_draft(sheet, statement.span, position, Certainty.LIKELY))
        return
    last = drafts[-1] if drafts else None
    near = (
        last is not None
        and position - last.position <= 4
        and (not last.voted or (last.votes is None and _is_vote(sheet, talk[position - 1])))
        and not _new_topic(talk, last.position, position)
    )
    if proposal is not None and (last is None or last.span[0] < talk[proposal].span[0]):
        drafts.append(_proposed(sheet, talk, proposal, count, position))
    elif near and last is not None:
        last.votes, last.voted = last.votes or count, last.voted or bool(words)
        last.confidence = Certainty.SURE if count else last.confidence
    else:
        drafts += _voted_on(sheet, talk, position, count)
    drafts += _after_count(sheet, statement, position)


def _count_in(sheet: Sheet, statement: Statement) -> Votes | None:
    sentences = sheet.sentences(*statement.span)
    first = sentences[0] if len(sentences) > 1 else (statement.line.start, statement.span[1])
    return read_votes(f"{statement.label_words} {sheet.words(first)}")


def _counts(words: str) -> bool:
    return (
        read_votes(words) is not None
        or only_votes(words)
        or bool(re.search(r"(?i)\b(?:einstimmig|mehrheitlich|mehrheit)\b", words))
    )


def _proposed(
    sheet: Sheet, talk: Sequence[Statement], proposal: int, votes: Votes | None, position: int
) -> _Draft:
    """The text of a proposal that was voted on."""
    statement = talk[proposal]
    if statement.span[0] >= statement.span[1] and proposal + 1 < position:
        statement = talk[proposal + 1]
    span = (
        statement.span
        if statement.span[0] < statement.span[1]
        else (statement.line.start, statement.line.end)
    )
    return _Draft(span, sheet.words(span), votes, Certainty.LIKELY, position, voted=True)


def _voted_on(
    sheet: Sheet, talk: Sequence[Statement], position: int, votes: Votes | None
) -> list[_Draft]:
    """A vote without a labelled decision: its own sentence, or the last one before it."""
    statement = talk[position]
    whole = (statement.line.start, statement.span[1])
    words = sheet.words(whole)
    told = [s for s in sheet.sentences(*whole) if certainty(sheet.words(s)) is not None]
    if told and DECIDES.search(words) and not only_votes(words):
        return [_Draft(whole, words, votes, Certainty.LIKELY, position, voted=True)]
    following = _told_next(sheet, talk, position)
    if following is not None:
        return [
            _Draft(following, sheet.words(following), votes, Certainty.LIKELY, position, voted=True)
        ]
    if position == 0:
        return []
    before = talk[position - 1]
    if before.heading and votes is None:
        return []
    sentences = sheet.sentences(before.line.start, before.span[1])
    start = sentences[-1][0] if sentences else before.line.start
    span = (start, statement.span[1])
    return [_Draft(span, sheet.words(span), votes, Certainty.PROBABLE, position, voted=True)]


def _told_next(sheet: Sheet, talk: Sequence[Statement], position: int) -> Span | None:
    """ "Abstimmung: 5 Ja, 6 Nein. Der Antrag ist abgelehnt." tells below what was voted on."""
    if (
        position + 1 >= len(talk)
        or talk[position + 1].label is not None
        or talk[position + 1].heading
    ):
        return None
    following = talk[position + 1]
    first = sheet.sentences(following.line.start, following.span[1])[:1]
    for span in first:
        words = sheet.words(span)
        if DECIDES.search(words) and certainty(words) is not None and read_votes(words) is None:
            return None if REMARK.search(words) else span
    return None


def _after_count(sheet: Sheet, statement: Statement, position: int) -> list[_Draft]:
    """Sentences behind the count may tell the next decision."""
    found: list[_Draft] = []
    for span in sheet.sentences(*statement.span)[1:]:
        words = sheet.words(span)
        level = certainty(words)
        if level is not None and not only_votes(words) and not REMARK.search(words):
            found.append(_draft(sheet, span, position, level))
    return found


def _new_topic(talk: Sequence[Statement], first: int, last: int) -> bool:
    """Whether a heading stands between a decision and a vote."""
    return any(
        other.heading
        or (
            other.label is None
            and other.line.kind is Kind.TEXT
            and (
                other.line.heading
                or other.line.bold
                or (len(other.line.content) < 70 and not other.line.content.endswith("."))
            )
        )
        for other in talk[first + 1 : last]
    )


def _apart(drafts: list[_Draft]) -> list[_Draft]:
    """Overlapping drafts are one decision; the surer wins and keeps the votes."""
    kept: list[_Draft] = []
    for draft in sorted(drafts, key=lambda d: d.span):
        last = kept[-1] if kept else None
        if last is not None and draft.span[0] < last.span[1]:
            last.votes = last.votes or draft.votes
            continue
        kept.append(draft)
    return kept
