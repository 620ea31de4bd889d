"""Line breaks for text that lost them.

Minutes copied out of a PDF or an old page often stand in one long line per page. A reader sees the
missing breaks at labels ("Sitzungsende:"), at agenda numbers and where a title ends and a sentence
begins. This module puts them back into the plain view by turning the blank before such a place
into a line break, so that every other rule may think in lines.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from buendnisnetz.reader.flow_numbers import Number, numbers_in
from buendnisnetz.reader.given_names import is_given
from buendnisnetz.reader.labels import PEOPLE, Field, field_of
from buendnisnetz.reader.lexicon import PREPOSITIONS, STARTERS
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.roles import is_bare_role

LONG_LINE = 160
_LONGEST_TITLE = 160

_COLON = re.compile(r":(?=[ \t]|$)", re.MULTILINE)
_WORD_BACK = re.compile(r"\S+")
_AGENDA_OPENS = re.compile(
    r"(?:^|(?<=[ \t]))(?:Tagesordnung(?:spunkte)?|TAGESORDNUNG)(?=[ \t]{0,9}(?::|\d|TOP|Top|Öffentlich|Nichtöffentlich|I\.|A\)|Ö[ ]?\d))",
    re.MULTILINE,
)
_SECTION = re.compile(
    r"(?<=[ \t])(?:Tagesordnung(?:spunkte)?(?=[ \t]{0,9}(?::|\d|TOP|Top|Öffentlich|Nichtöffentlich|I\.|A\)|Ö[ ]?\d|1\.))|(?:Nicht-?[ ]?)?[Öö]ffentlicher (?:Sitzungst|T)eil\b|Nichtöffentlicher Teil\b"
    r"|gez\.[ \t]|Anwesenheitsliste\b|Anlagen?[ \t]{0,9}:|Anlage[ ]\d{1,2}:|Für die Richtigkeit|Unterschriften\b|Verhandelt:)"
)
# A list whose items lost their lines: "… genutzt - Sozialbericht: Kapitel 5 fehlt; - das Schild hängt".
_INLINE_DASH = re.compile(
    r"[ \t](?=[-–•][ ](?:[A-ZÄÖÜ][\wäöüß-]{1,40}:[ ]|(?<=; [-–•] )))|(?<=[;])[ \t](?=[-–][ ])"
)
# "… wird erneuert. Abstimmung: einstimmig. Beschluss: …"
_RULED = re.compile(
    r"(?<=[.!?)])[ \t](?=(?:Beschlu(?:ss|ß)|Abstimmung(?:sergebnis)?)(?:[ ][\d/.-]{1,10})?:[ ])"
)
_SIGNED = re.compile(r"(?<=[ \t])gez\.[ \t]")
_VOTE_RUN = re.compile(
    r"(?<=[ \t])(?:\d{1,3}|[Kk]eine)[ ](?:Ja|JA|dafür|Stimmen dafür)(?:-?[Ss]timmen?)?(?:[ ,;/]{1,3}(?:und )?(?:\d{1,3}|[Kk]eine)[ ](?:(?:Nein|Gegen|NEIN)(?:-?[Ss]timmen?)?|dagegen|(?:Stimm)?[Ee]nthaltung(?:en)?)){1,4}(?P<end>[ \t]{1,9})(?=[A-ZÄÖÜ][a-zäöüß])"
    r"|(?<=[ \t])(?:Ja|JA|Dafür|dafür)(?:-?[Ss]timmen?)?[ ]?:[ ]?\d{1,3}(?:[ ,;/]{1,3}(?:(?:Nein|Gegen|NEIN)(?:-?[Ss]timmen?)?|[Dd]agegen|(?:Stimm)?[Ee]nthaltung(?:en)?|Enth\.)[ ]?:[ ]?\d{1,3}){1,4}(?P<end2>[ \t]{1,9}|$)"
)
_TOKEN = re.compile(r"\S+")
_INITIALS = re.compile(r"(?:[A-ZÄÖÜ][a-z]{0,2}\.-?)+")
_SHORT_FIELDS = PEOPLE | {
    Field.START,
    Field.END,
    Field.DATE,
    Field.TIME,
    Field.PLACE,
    Field.CHAIR,
    Field.RECORDER,
    Field.BODY,
}


def restore_lines(view: str) -> str:
    """The view with line breaks put back into its long lines."""
    long_lines, short_lines = _lines(view)
    breaks = set(_short_breaks(view, short_lines))
    if long_lines:
        breaks |= set(_long_breaks(view, long_lines))
    if not breaks:
        return view
    letters = list(view)
    for at in breaks:
        if 0 <= at < len(letters) and letters[at] in " \t":
            letters[at] = "\n"
    return "".join(letters)


def _lines(view: str) -> tuple[list[Span], list[Span]]:
    long_lines: list[Span] = []
    short_lines: list[Span] = []
    start = 0
    for line in view.split("\n"):
        span = (start, start + len(line))
        if len(line) >= LONG_LINE:
            long_lines.append(span)
        elif (
            len(line) >= 24
            and line.count(":") >= 2
            and "|" not in line
            and "\t" not in line.strip()
        ):
            short_lines.append(span)
        start += len(line) + 1
    return long_lines, short_lines


def _short_breaks(view: str, lines: Sequence[Span]) -> Iterator[int]:
    """ "Beginn: 19:16 Uhr Ende: 0:04 Uhr": a line that begins with a label may hold a second one."""
    for start, end in lines:
        yield from (m.start() for m in _RULED.finditer(view, start, end))
        found = [
            at_field
            for colon in _COLON.finditer(view, start, end)
            if (at_field := _label_before(view, start, colon.start()))
        ]
        fields = {field for _, field in found}
        if (
            len(found) > 1
            and len(fields) > 1
            and not _only_labels(view, start, end)
            and not view[start : found[0][0]].strip(" *-•")
            and fields <= _SHORT_FIELDS
        ):
            yield from (at - 1 for at, _ in found[1:])


def _only_labels(view: str, start: int, end: int) -> bool:
    """ "Der Vorsitzende:      Die Schriftführerin:" belongs above two signatures."""
    parts = [part.strip() for part in re.split(r"\s{2,}", view[start:end].strip())]
    return len(parts) > 1 and all(part.endswith(":") for part in parts)


def _long_breaks(view: str, lines: Sequence[Span]) -> Iterator[int]:
    agenda = _AGENDA_OPENS.search(view)
    numbers = numbers_in(view, lines, agenda.start() if agenda else None)
    opening = agenda.start() if agenda else numbers[0].start if numbers else len(view)
    for start, end in lines:
        yield from _label_breaks(view, start, end, opening)
        for run in _VOTE_RUN.finditer(view, start, end):
            if view[max(0, run.start() - 2)] != ":":
                yield run.start() - 1
            yield run.start("end") if run["end"] else run.start("end2")
        yield from (m.start() for m in _INLINE_DASH.finditer(view, start, end))
        own = [number for number in numbers if start <= number.start < end]
        if own or _SIGNED.search(view, start, end) or (agenda and start <= agenda.start() < end):
            yield from (
                match.start() - 1
                for match in _SECTION.finditer(view, start, end)
                if not _lower_before(view, start, match.start())
            )
    yield from _titles_apart(view, numbers, lines)


def _label_breaks(view: str, start: int, end: int, agenda: int) -> Iterator[int]:
    """Before each known label; names of groups only count before the agenda begins."""
    for colon in _COLON.finditer(view, start, end):
        found = _label_before(view, start, colon.start())
        if found is None:
            continue
        at, field = found
        if at <= start or (field in {Field.GROUP, Field.COURSE, Field.TITLE} and at > agenda):
            continue
        if field in PEOPLE and (
            _lower_before(view, start, at) or (field is not Field.GROUP and view[at].islower())
        ):
            continue
        if (
            field in {Field.COURSE, Field.BODY, Field.TITLE, Field.ASSIGNEE, Field.DUE}
            and view[at].islower()
        ):
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
        word = first.group().lstrip("*_")
        if not word[:1].isalpha():
            continue
        field = field_of(view[first.start() : colon])
        if field is not None and (word[0].isupper() or field in PEOPLE or first is words[0]):
            return first.start(), field
    return None


def _closes(word: str) -> bool:
    """Whether nothing behind this word can belong to a label begun before it."""
    return word[-1] in ":;" or (word[-1] in ".!?" and len(word) > 4 and "stell" not in word)


def _titles_apart(view: str, numbers: Sequence[Number], lines: Sequence[Span]) -> Iterator[int]:
    """Breaks before each number and after each title."""
    titles: dict[str, str] = {}
    for index, number in enumerate(numbers):
        yield number.start - 1
        end = next(end for start, end in lines if start <= number.start < end)
        following = numbers[index + 1].start if index + 1 < len(numbers) else end
        limit = _next_section(view, number.end, min(end, following))
        known = titles.get(number.number)
        cut = _after_known(view, number.end, limit, known) if known else None
        if cut is None:
            cut = _title_end(view, number.end, limit)
            titles.setdefault(number.number, view[number.end : cut or limit])
        if cut is not None and cut < limit:
            yield cut


def _next_section(view: str, start: int, end: int) -> int:
    for match in _SECTION.finditer(view, start, end):
        if not _lower_before(view, start, match.start()):
            return match.start() - 1
    return end


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
    for previous, token in itertools.pairwise(tokens):
        if _ends_title(view, previous, token):
            return token.start() - 1
    return None if end - start <= _LONGEST_TITLE else _first_stop(view, start, end)


def _ends_title(view: str, previous: re.Match[str], token: re.Match[str]) -> bool:
    before, word = previous.group(), token.group()
    if word in {"-", "–", "—", "•"}:
        following = view[token.end() : token.end() + 90].split()
        return bool(following) and (
            is_given(following[0]) or following[0] in {"der", "die", "das", "den", "Frau", "Herr"}
        )
    bare = word.strip(',.:;()„“"')
    if (
        not bare[:1].isupper()
        or before.strip('(„"') in PREPOSITIONS
        or before.endswith((",", "/", "-", "–"))
    ):
        return False
    if (
        before.endswith((".", "!", "?"))
        and len(before) > 4
        and not before[:-1].isdigit()
        and not _INITIALS.fullmatch(before)
    ):
        return True
    if bare in STARTERS:
        return True
    if is_bare_role(bare):
        return bool(
            re.match(
                r"\s{1,9}[A-ZÄÖÜ][\wäöüß-]{1,40}\s{1,9}[a-zäöü]{1,40}t\b",
                view[token.end() : token.end() + 60],
            )
        )
    return is_given(bare) and bool(
        re.match(r"\s{1,9}[A-ZÄÖÜ]\w{1,40}\s{1,9}[a-zäöü]", view[token.end() : token.end() + 60])
    )


def _first_stop(view: str, start: int, end: int) -> int | None:
    match = re.compile(r"(?<=[a-zäöüß]{4})[.!?](?=[ \t])").search(view, start, end)
    return match.end() if match else None
