"""Line breaks for text that lost them.

Minutes copied out of a PDF or an old page often stand in one long line. A reader sees the missing
breaks at labels ("Sitzungsende:"), at agenda numbers and where a title ends and a sentence begins.
This module puts them back into the plain view by turning the blank before such a place into a line
break, so that every other rule may think in lines.
"""

import re
from collections.abc import Iterator
from itertools import chain

from buendnisnetz.reader.given_names import is_given
from buendnisnetz.reader.labels import PEOPLE, Field, field_of
from buendnisnetz.reader.lexicon import ORDINAL_NOUNS, PREPOSITIONS, STARTERS
from buendnisnetz.reader.model import Span

LONG_LINE = 280
_LONGEST_TITLE = 160

_COLON = re.compile(r":(?=[ \t]|$)", re.MULTILINE)
_WORD_BACK = re.compile(r"\S+")
_TOP = re.compile(
    r"(?<=[ \t])(?:(?:Zu|zu) )?(?:TOP|Top|Tagesordnungspunkt|Ö|N|Punkt|P\.)[ ]{0,2}(?P<number>\d{1,2}(?:\.\d{1,2})?)(?![\d%])[.:)]?(?=[ \t])"
)
_NUMBERED = re.compile(
    rf"(?<=[ \t])(?P<number>\d{{1,2}}(?:\.\d{{1,2}})?)[.)][ \t]{{1,3}}(?=[A-ZÄÖÜ„\"])(?!{ORDINAL_NOUNS})"
    r"(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan|Feb|Apr|Aug|Sep|Okt|Nov|Dez)\b)"
)
_SECTION = re.compile(
    r"(?<=[ \t])(?:Tagesordnung(?:spunkte)?(?=[ \t]*(?::|\d|TOP|Top|Öffentlich|Nichtöffentlich|I\.|A\)|Ö[ ]?\d|1\.))|(?:Nicht-?[ ]?)?[Öö]ffentlicher (?:Sitzungst|T)eil\b|Nichtöffentlicher Teil\b"
    r"|gez\.[ \t]|Anwesenheitsliste\b|Anlagen?[ \t]*:|Für die Richtigkeit|Unterschriften\b)"
)
_SIGNED = re.compile(r"(?<=[ \t])gez\.[ \t]")
_VOTE_RUN = re.compile(
    r"(?<=[ \t])(?:\d{1,3}|[Kk]eine)[ ](?:Ja|JA|dafür|Stimmen dafür)(?:-?[Ss]timmen?)?(?:[ ,;/]{1,3}(?:und )?(?:\d{1,3}|[Kk]eine)[ ](?:(?:Nein|Gegen|NEIN)(?:-?[Ss]timmen?)?|dagegen|(?:Stimm)?[Ee]nthaltung(?:en)?))+(?P<end>[ \t]+)(?=[A-ZÄÖÜ][a-zäöüß])"
)
_TOKEN = re.compile(r"\S+")


def restore_lines(view: str) -> str:
    """The view with line breaks put back into its long lines."""
    breaks = sorted(set(chain.from_iterable(_breaks(view, line) for line in _long_lines(view))))
    if not breaks:
        return view
    letters = list(view)
    for at in breaks:
        if letters[at] in " \t":
            letters[at] = "\n"
    return "".join(letters)


def _long_lines(view: str) -> Iterator[Span]:
    start = 0
    for line in view.split("\n"):
        if len(line) >= LONG_LINE:
            yield (start, start + len(line))
        start += len(line) + 1


def _breaks(view: str, line: Span) -> Iterator[int]:
    start, end = line
    numbered = list(_number_breaks(view, start, end))
    first = numbered[0][0] if numbered else end
    yield from _label_breaks(view, start, end, first)
    for run in _VOTE_RUN.finditer(view, start, end):
        yield run.start() - 1
        yield run.start("end")
    if not numbered and not _SIGNED.search(view, start, end):
        return
    yield from (match.start() - 1 for match in _SECTION.finditer(view, start, end))
    yield from _titles_apart(view, numbered, end)


def _label_breaks(view: str, start: int, end: int, agenda: int) -> Iterator[int]:
    """Before each known label; names of groups only count before the agenda begins."""
    for colon in _COLON.finditer(view, start, end):
        found = _label_before(view, start, colon.start())
        if found is None:
            continue
        at, field = found
        if at <= start or (field in {Field.GROUP, Field.COURSE, Field.TITLE} and at > agenda):
            continue
        if field in PEOPLE and _lower_before(view, start, at):
            continue
        if field in {Field.COURSE, Field.BODY, Field.TITLE, Field.ASSIGNEE, Field.DUE} and view[at].islower():
            continue
        yield at - 1


def _lower_before(view: str, start: int, at: int) -> bool:
    """Whether the word before goes on into the label ("die Gäste:"), which makes it prose."""
    before = view[max(start, at - 24) : at].split()
    return bool(before) and before[-1] in PREPOSITIONS


def _label_before(view: str, start: int, colon: int) -> tuple[int, Field] | None:
    """The longest run of up to seven words before a colon that is a label."""
    words = list(_WORD_BACK.finditer(view, max(start, colon - 70), colon))[-7:]
    stops = [n for n, word in enumerate(words[:-1]) if _closes(word.group())]
    for first in words[stops[-1] + 1 if stops else 0 :]:
        word = first.group()
        if not word[0].isalpha():
            continue
        field = field_of(view[first.start() : colon])
        if field is not None and (word[0].isupper() or field in PEOPLE or first is words[0]):
            return first.start(), field
    return None


def _closes(word: str) -> bool:
    """Whether nothing behind this word can belong to a label begun before it."""
    return word[-1] in ":;" or (word[-1] in ".!?" and len(word) > 4 and "stell" not in word)


def _number_breaks(view: str, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end of each agenda number in the line, where the numbers count up."""
    tops = [m for m in _TOP.finditer(view, start, end) if not _mentioned(view, start, m.start())]
    chained = _counting(tops)
    if len(chained) >= 2:
        return [match.span() for match in chained]
    plain = [
        m for m in _NUMBERED.finditer(view, start, end) if not _mentioned(view, start, m.start())
    ]
    chained = _counting(plain)
    return [match.span() for match in chained] if len(chained) >= 3 else []


def _mentioned(view: str, start: int, at: int) -> bool:
    """Whether the words before make it a reference: "um TOP 6 erweitert", "siehe TOP 3"."""
    before = view[max(start, at - 24) : at].split()
    return bool(before) and (before[-1] in PREPOSITIONS or before[-1].endswith("-"))


def _counting(matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """The matches that count 1, 2, 3 ..., again from 1 for the body after the list."""
    kept: list[re.Match[str]] = []
    current = 0
    for match in matches:
        major, _, minor = match["number"].partition(".")
        value = int(major)
        if (minor and value in (current, current + 1)) or value == current + 1 or (value == 1 and current >= 2):
            kept.append(match)
            current = value
    return kept


def _titles_apart(view: str, numbered: list[tuple[int, int]], end: int) -> Iterator[int]:
    """Breaks before each number and after each title."""
    titles: dict[str, str] = {}
    for index, (at, after) in enumerate(numbered):
        yield at - 1
        limit = numbered[index + 1][0] if index + 1 < len(numbered) else end
        limit = min(limit, _next_section(view, after, limit))
        number = view[at:after].strip(" .:)").split()[-1]
        known = titles.get(number)
        cut = _after_known(view, after, limit, known) if known else None
        if cut is None:
            cut = _title_end(view, after, limit)
            titles[number] = view[after : cut or limit]
        if cut is not None and cut < limit:
            yield cut


def _next_section(view: str, start: int, end: int) -> int:
    match = _SECTION.search(view, start, end)
    return match.start() - 1 if match else end


def _after_known(view: str, start: int, end: int, title: str) -> int | None:
    """Where the title of the agenda list ends when it is repeated in the body."""
    at = start
    for word in title.split():
        found = view.find(word, at, min(end, at + len(word) + 4))
        if found < 0:
            return None
        at = found + len(word)
    return at if at < end and view[at] in " \t" else None


def _title_end(view: str, start: int, end: int) -> int | None:
    """The blank where a title without a full stop turns into the first sentence."""
    tokens = list(_TOKEN.finditer(view, start, min(end, start + _LONGEST_TITLE)))
    for previous, token in zip(tokens, tokens[1:], strict=False):
        if _ends_title(view, previous, token):
            return token.start() - 1
    return None if end - start <= _LONGEST_TITLE else _first_stop(view, start, end)


def _ends_title(view: str, previous: re.Match[str], token: re.Match[str]) -> bool:
    before, word = previous.group(), token.group()
    if word in {"-", "–", "—", "•"}:
        return True
    bare = word.strip(",.:;()„“\"")
    if not bare[:1].isupper() or before.strip("(„\"") in PREPOSITIONS or before.endswith((",", "/", "-")):
        return False
    if before.endswith((".", "!", "?", ")")) and len(before) > 4:
        return True
    if bare in STARTERS:
        return True
    return is_given(bare) and bool(re.match(r"\s+[A-ZÄÖÜ]\w+\s+[a-zäöü]", view[token.end() : token.end() + 60]))


def _first_stop(view: str, start: int, end: int) -> int | None:
    match = re.compile(r"[.!?](?=[ \t])").search(view, start, end)
    return match.end() if match else None
