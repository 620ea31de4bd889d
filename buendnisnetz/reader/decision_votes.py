"""Votes that stand apart, and what they decide (S91)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from buendnisnetz.reader.decision_signs import DECIDES, REMARK, certainty
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind
from buendnisnetz.reader.model import Certainty, Span, Votes
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.statements import Statement
from buendnisnetz.reader.text import tidy
from buendnisnetz.reader.votes import only_votes, read_votes


@dataclass
class Draft:
    """A decision on its way: later lines may bring the votes."""

    span: Span
    text: str
    votes: Votes | None
    confidence: float
    position: int
    voted: bool = False


def is_labelled(statement: Statement) -> bool:
    """Whether the label says that this is a decision."""
    return statement.label is Field.DECISION


def leads(talk: Sequence[Statement], position: int) -> bool:
    """Some put the vote above its decision, right below the heading."""
    following = talk[position + 1] if position + 1 < len(talk) else None
    first = position == 0 or talk[position - 1].heading
    return first and following is not None and is_labelled(following)


def with_pending(drafts: list[Draft], votes: Votes | None) -> list[Draft]:
    """The first decision below a vote takes it."""
    if votes is not None and drafts and drafts[0].votes is None:
        drafts[0].votes, drafts[0].voted = votes, True
    return drafts


def is_vote(sheet: Sheet, statement: Statement) -> bool:
    """A labelled vote, or a line of counts."""
    return statement.label is Field.VOTE or bare_vote(sheet, statement)


def bare_vote(sheet: Sheet, statement: Statement) -> bool:
    """Whether the words say nothing but how the vote went."""
    words = sheet.words(statement.span)
    return len(words) < 240 and only_votes(words)


def draft_of(sheet: Sheet, span: Span, position: int, confidence: float) -> Draft:
    """A decision as it stands, with the votes inside it."""
    text = tidy(sheet.plain[slice(*span)])
    votes = read_votes(text)
    return Draft(span, text, votes, confidence, position, votes is not None)


def give_vote(
    sheet: Sheet,
    talk: Sequence[Statement],
    position: int,
    drafts: list[Draft],
    proposal: int | None,
) -> None:
    """Give a counted vote to what it decides: a proposal, the decision before it, or what was said last."""
    statement = talk[position]
    words = sheet.words(statement.span)
    count = count_in(sheet, statement)
    if not _counts(words) and len(words) > 12:
        # "Abstimmung: Der Skateclub erhält 450 Euro." states what is voted on.
        drafts.append(draft_of(sheet, statement.span, position, Certainty.LIKELY))
        return
    last = drafts[-1] if drafts else None
    near = (
        last is not None
        and position - last.position <= 4
        and (not last.voted or (last.votes is None and is_vote(sheet, talk[position - 1])))
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


def count_in(sheet: Sheet, statement: Statement) -> Votes | None:
    """The counts of the first sentence, with the label as far as it tells."""
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
) -> Draft:
    """The text of a proposal that was voted on."""
    statement = talk[proposal]
    if statement.span[0] >= statement.span[1] and proposal + 1 < position:
        statement = talk[proposal + 1]
    span = (
        statement.span
        if statement.span[0] < statement.span[1]
        else (statement.line.start, statement.line.end)
    )
    return Draft(span, sheet.words(span), votes, Certainty.LIKELY, position, voted=True)


def _voted_on(
    sheet: Sheet, talk: Sequence[Statement], position: int, votes: Votes | None
) -> list[Draft]:
    """A vote without a labelled decision: its own sentence, or the last one before it."""
    statement = talk[position]
    whole = (statement.line.start, statement.span[1])
    words = sheet.words(whole)
    told = [s for s in sheet.sentences(*whole) if certainty(sheet.words(s)) is not None]
    if told and DECIDES.search(words) and not only_votes(words):
        return [Draft(whole, words, votes, Certainty.LIKELY, position, voted=True)]
    following = _told_next(sheet, talk, position)
    if following is not None:
        return [
            Draft(following, sheet.words(following), votes, Certainty.LIKELY, position, voted=True)
        ]
    if position == 0:
        return []
    before = talk[position - 1]
    if before.heading and votes is None:
        return []
    sentences = sheet.sentences(before.line.start, before.span[1])
    start = sentences[-1][0] if sentences else before.line.start
    span = (start, statement.span[1])
    return [Draft(span, sheet.words(span), votes, Certainty.PROBABLE, position, voted=True)]


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


def _after_count(sheet: Sheet, statement: Statement, position: int) -> list[Draft]:
    """Sentences behind the count may tell the next decision."""
    found: list[Draft] = []
    for span in sheet.sentences(*statement.span)[1:]:
        words = sheet.words(span)
        level = certainty(words)
        if level is not None and not only_votes(words) and not REMARK.search(words):
            found.append(draft_of(sheet, span, position, level))
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
