"""The agenda, from its list or from the headings of the body (S05, S06).

Where both exist the list gives titles and order, the headings give the places: a task knows its
item by the last heading before it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from buendnisnetz.reader.labels import PEOPLE, Field, field_of
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import AgendaItem, Certainty, Span
from buendnisnetz.reader.roster import Roster, fold
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.text import tidy
import itertools

_TOP_MARK = re.compile(r"(?i)(?:zu )?(?:T\.?O\.?P|Tagesordnungspunkt|Punkt|Ö|N)\b")
_BRACKET_SPEAKER = re.compile(r"\s*[(\[](?P<inner>[^()\[\]]{2,120})[)\]]\s*$")
_MINUTES_AGO = re.compile(
    r"\s*\(?\d{1,3}\s*(?:min|Min\.?|Minuten)\)?\s*$|\s+\.{3,}\s*\d{1,3}$|\s*\(?\d{1,2}[:.]\d{2}(?:\s*[-–]\s*\d{1,2}[:.]\d{2})?\s*Uhr\)?\s*$"
)
_VERB = re.compile(
    r"\b(?:ist|sind|wird|werden|hat|haben|war|waren|wurde|wurden|soll|sollen|kann|können|muss|begrüßt|berichtet|eröffnet|stellt|gibt|bittet|dankt)\b"
)
_HEAD_CELL = re.compile(r"(?i)(?:top|nr\.?|tagesordnungspunkt|#|lfd\. ?nr\.?|punkt|pos\.?)")
_LONGEST_TITLE = 220


@dataclass(frozen=True, slots=True)
class Agenda:
    """Items in order, where each one's talk begins, and which lines the list takes up."""

    items: tuple[AgendaItem, ...]
    starts: tuple[tuple[int, str | None], ...]
    list_lines: frozenset[int]
    heading_lines: frozenset[int]

    def number_at(self, position: int) -> str | None:
        """The number of the item that is being talked about here."""
        index = bisect_right(self.starts, position, key=lambda start: start[0]) - 1
        return self.starts[index][1] if index >= 0 else None


@dataclass(frozen=True, slots=True)
class _Entry:
    number: str | None
    span: Span
    line: Line

    @property
    def title(self) -> str:
        """The title as it is compared with others."""
        return fold(tidy(self.line.plain[slice(*self.span)]))


def read_agenda(sheet: Sheet, roster: Roster, people_end: int) -> Agenda:
    """Read list and headings and bring them together."""
    listed, lines = _listed(sheet)
    headed = _headed(sheet, lines, listed, people_end)
    entries = listed if listed else headed
    extra = [entry for entry in headed if listed and not _in_list(sheet, entry, listed)]
    if listed and headed and all(e.number for e in listed):
        entries = sorted([*listed, *[e for e in extra if e.number]], key=_order)
    items = tuple(
        item for entry in entries if (item := _item(sheet, entry, roster, sure=bool(listed)))
    )
    starts = tuple(
        (entry.span[0], _number_of(sheet, entry, listed))
        for entry in sorted(headed, key=lambda e: e.span[0])
    )
    return Agenda(
        _distinct(items), starts, frozenset(lines), frozenset(e.line.index for e in headed)
    )


def _order(entry: _Entry) -> tuple[int, ...]:
    digits = re.findall(r"\d+", entry.number or "")
    return tuple(int(part) for part in digits) or (0,)


def _number_of(sheet: Sheet, entry: _Entry, listed: Sequence[_Entry]) -> str | None:
    if entry.number:
        return entry.number
    title = fold(sheet.words(entry.span))
    return next((other.number for other in listed if fold(sheet.words(other.span)) == title), None)


def _in_list(sheet: Sheet, entry: _Entry, listed: Sequence[_Entry]) -> bool:
    title = fold(sheet.words(entry.span))
    for other in listed:
        known = other.title
        if entry.number and entry.number == other.number:
            return True
        if title == known or (len(title) > 8 and (title in known or known in title)):
            return True
    return False


def _distinct(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    seen: set[tuple[str | None, str]] = set()
    kept: list[AgendaItem] = []
    for item in items:
        key = (item.number, fold(item.title))
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return tuple(kept)


# --- the list -----------------------------------------------------------------------------------


def _listed(sheet: Sheet) -> tuple[list[_Entry], set[int]]:
    """The longest list below a heading such as "Tagesordnung"."""
    best: tuple[list[_Entry], set[int]] = ([], set())
    for line in sheet.lines:
        if line.blank or not _opens_list(line):
            continue
        found = _list_after(sheet, line)
        if len(found[0]) >= 2 and len(found[0]) > len(best[0]):
            best = found
    return best


def _opens_list(line: Line) -> bool:
    if line.field is not Field.AGENDA or line.kind is Kind.NUMBER:
        return False
    return len(line.content) <= 80 or line.label is not None


def _list_after(sheet: Sheet, opening: Line) -> tuple[list[_Entry], set[int]]:
    entries: list[_Entry] = []
    taken: set[int] = set()
    blanks = 0
    for line in sheet.lines[opening.index + 1 :]:
        if line.blank:
            blanks += 1
            continue
        if line.field is Field.PART or _column_heads(line):
            taken.add(line.index)
            continue
        if _is_continuation(sheet, line, entries, blanks):
            entries[-1] = replace(entries[-1], span=(entries[-1].span[0], line.end))
        elif _ends_list(line, opening, entries, blanks) and not _resumes(sheet, line, entries):
            break
        elif not _nested(line, entries):
            entry = _entry(line)
            if entry is not None:
                entries.append(entry)
        taken.add(line.index)
        blanks = 0
    return _renumbered(entries), taken | {opening.index}


def _column_heads(line: Line) -> bool:
    return line.kind is Kind.ROW and bool(
        _HEAD_CELL.fullmatch(line.plain[slice(*line.cells[0])].strip())
    )


def _is_continuation(sheet: Sheet, line: Line, entries: Sequence[_Entry], blanks: int) -> bool:
    """A wrapped title goes on in lower case or indented."""
    if (
        not entries
        or blanks
        or line.kind is not Kind.TEXT
        or line.heading
        or line.field is not None
    ):
        return False
    last = entries[-1].line
    if line.content.startswith("("):
        return True
    if len(sheet.words(entries[-1].span)) + len(line.content) > _LONGEST_TITLE or (
        last.kind is Kind.TEXT and not line.content[:1].islower()
    ):
        return False
    return line.content[:1].islower() or (line.indent > last.indent and last.kind is not Kind.TEXT)


def _ends_list(line: Line, opening: Line, entries: Sequence[_Entry], blanks: int) -> bool:
    if line.heading and (not opening.heading or line.heading <= opening.heading):
        return True
    if (
        line.field is not None
        and line.field is not Field.TITLE
        and (line.label is not None or line.kind is not Kind.NUMBER)
        and not _listable(line, entries)
    ):
        return True
    if _restarts(line, entries):
        return True
    if entries and entries[0].line.kind is Kind.NUMBER:
        return (line.kind is Kind.TEXT and not line.heading) or line.kind is Kind.ROW
    if line.kind is Kind.TEXT and not line.heading:
        sentence = len(line.content) > _LONGEST_TITLE or (
            line.content.endswith((".", "!", "?")) and bool(_VERB.search(line.content))
        )
        return sentence or (blanks > 1 and bool(entries)) or _closing_bold(line, entries)
    return False


def _resumes(sheet: Sheet, line: Line, entries: Sequence[_Entry]) -> bool:
    """Notes between the items of a list: the next number follows within a few lines."""
    if not entries or line.kind is not Kind.TEXT or line.heading or line.field is not None:
        return False
    first, last = entries[0].line, entries[-1].line
    ahead = [other for other in sheet.lines[line.index + 1 : line.index + 6] if not other.blank][:3]
    return any(
        other.kind is Kind.NUMBER and other.indent == first.indent and last.indent == first.indent
        and (other.number == last.number == "1")
        for other in ahead
    )  # fmt: skip


def _closing_bold(line: Line, entries: Sequence[_Entry]) -> bool:
    return line.bold and bool(entries) and not entries[-1].line.bold


def _listable(line: Line, entries: Sequence[_Entry]) -> bool:
    """In a contents list "Teilnehmende" or "Ergebnisse …" are items like the others."""
    return (
        line.label is None
        and line.field
        in {
            Field.PRESENT,
            Field.COURSE,
            Field.DECISION,
            Field.TASK,
            Field.SUGGESTION,
            Field.NEXT,
            Field.DATE,
            Field.VOTE,
            Field.ATTACHMENT,
        }
        and (
            line.kind in {Kind.NUMBER, Kind.BULLET} or (not entries and line.field is Field.PRESENT)
        )
    )


def _restarts(line: Line, entries: Sequence[_Entry]) -> bool:
    """The body begins when the numbers do so again, or when a title comes back."""
    if not entries or line.kind is not Kind.NUMBER:
        return False
    first = entries[0]
    if line.indent > first.line.indent + 1:
        return False
    same_number = line.number == first.number and len(entries) > 1 and not _all_ones(entries, line)
    return same_number or fold(line.content) == fold(first.line.content)


def _all_ones(entries: Sequence[_Entry], line: Line) -> bool:
    """Markdown lets every item be "1."."""
    return len({entry.number for entry in entries}) == 1 and line.content != entries[0].line.content


def _nested(line: Line, entries: Sequence[_Entry]) -> bool:
    if not entries:
        return False
    first = entries[0].line
    if line.heading:
        return bool(first.heading) and line.heading > first.heading
    if first.heading:
        return True
    if line.kind is Kind.BULLET and first.kind is not Kind.BULLET:
        return True
    if line.number and line.number.isalpha() and first.number and first.number[:1].isdigit():
        return True
    return line.indent > first.indent + 1 and (line.number is None or "." not in line.number)


def _entry(line: Line) -> _Entry | None:
    if line.kind is Kind.ROW:
        return _row_entry(line)
    start, end = line.start, line.end
    cells = line.cells
    if len(cells) > 1:
        start, end = cells[0]
    return _Entry(line.number, (start, end), line) if end - start >= 2 else None


def _row_entry(line: Line) -> _Entry | None:
    cells = [cell for cell in line.cells if cell[1] > cell[0]]
    if not cells:
        return None
    first = line.plain[slice(*cells[0])].strip()
    number = re.fullmatch(r"(?i)(?:TOP|Ö|N)?\s*(\d{1,2}(?:\.\d{1,2})?)[.)]?", first)
    if number and len(cells) > 1:
        return _Entry(number[1], cells[1], line)
    lead = re.match(r"(?i)(?:TOP|Ö|N)?\s*(\d{1,2}(?:\.\d{1,2})?)[.):]?\s+(?=\S)", first)
    if lead:
        return _Entry(lead[1], (cells[0][0] + lead.end(), cells[0][1]), line)
    return _Entry(None, cells[0], line)


def _renumbered(entries: list[_Entry]) -> list[_Entry]:
    """Where every item is written "1." the place in the list is its number."""
    if len(entries) > 1 and {entry.number for entry in entries} == {"1"}:
        return [replace(entry, number=str(n)) for n, entry in enumerate(entries, 1)]
    return entries


# --- the headings of the body -------------------------------------------------------------------


def _headed(
    sheet: Sheet, lines: set[int], listed: Sequence[_Entry], people_end: int
) -> list[_Entry]:
    tops = [e for e in _candidates(sheet, lines) if _TOP_MARK.match(e.line.marker)]
    if tops:
        return _rising([*tops, *_minor(sheet, lines, tops)])
    if listed:
        return [
            e
            for e in _candidates(sheet, lines, plain=True)
            if _in_list(sheet, e, listed) and _heading_like(sheet, e, listed)
        ]
    numbered = [e for e in _candidates(sheet, lines) if e.span[0] >= 0 and _short(e)]
    headings = [e for e in numbered if e.line.heading or e.line.bold]
    if len(headings) >= 2:
        return _rising(headings)
    chain = _chain(sheet, numbered)
    return chain if len(chain) >= 3 else _unnumbered(sheet, people_end)


def _minor(sheet: Sheet, lines: set[int], tops: Sequence[_Entry]) -> list[_Entry]:
    """ "7.1 Elterncafé" below "TOP 7"."""
    majors = {entry.number for entry in tops}
    return [
        e
        for e in _candidates(sheet, lines)
        if e.number
        and re.fullmatch(r"\d{1,2}\.\d{1,2}", e.number)
        and e.number.split(".")[0] in majors
        and _short(e)
        and not _tells(sheet, e)
    ]


def _tells(sheet: Sheet, entry: _Entry) -> bool:
    """Numbered paragraphs ("3.2 Frau Can regt an …") are talk, not titles."""
    content = entry.line.content
    following = (
        sheet.lines[entry.line.index + 1] if entry.line.index + 1 < len(sheet.lines) else None
    )
    runs_on = (
        following is not None and following.kind is Kind.TEXT and following.content[:1].islower()
    )
    return (
        content.endswith((".", ","))
        or runs_on
        or bool(re.match(r"(?:Frau|Herrn?)\s", content))
        or len(sheet.sentences(*entry.span)) > 1
    )


def _candidates(sheet: Sheet, lines: set[int], *, plain: bool = False) -> Iterator[_Entry]:
    for line in sheet.lines:
        if line.blank or line.index in lines:
            continue
        if line.kind is Kind.NUMBER and not (line.number or "").isalpha():
            end = _title_stop(sheet, line)
            yield _Entry(line.number, (line.start, end), line)
        elif plain and line.kind is Kind.TEXT and len(line.content) <= 160:
            yield _Entry(None, (line.start, line.end), line)


def _title_stop(sheet: Sheet, line: Line) -> int:
    """A TOP line may run on into its first sentence: "TOP 3: Kasse. Herr Can berichtet …"."""
    first = sheet.sentences(line.start, line.end)
    if len(first) > 1 and _TOP_MARK.match(line.marker) and first[0][1] - first[0][0] <= 120:
        return first[0][1] - (1 if sheet.plain[first[0][1] - 1] == "." else 0)
    return line.end


def _short(entry: _Entry) -> bool:
    content = entry.line.content
    return len(content) <= 140 and not (content.endswith(".") and _VERB.search(content))


def _heading_like(sheet: Sheet, entry: _Entry, listed: Sequence[_Entry]) -> bool:
    if entry.line.kind is Kind.NUMBER or entry.line.heading or entry.line.bold:
        return True
    title = fold(sheet.words(entry.span))
    return any(fold(sheet.words(other.span)) == title for other in listed)


def _rising(entries: list[_Entry]) -> list[_Entry]:
    """Headings whose numbers do not fall back; a second list is a repetition."""
    kept: list[_Entry] = []
    for entry in sorted(entries, key=lambda e: e.span[0]):
        if not kept or _order(entry) > _order(kept[-1]):
            kept.append(entry)
        elif _order(entry) == (1,) and len(kept) < len(entries) / 2:
            kept = [entry]
    return kept


def _chain(sheet: Sheet, entries: list[_Entry]) -> list[_Entry]:
    """Numbers that count up from 1, with talk between them."""
    best: list[_Entry] = []
    current: list[_Entry] = []
    for entry in entries:
        order = _order(entry)
        if order == (1,):
            current = [entry]
        elif current and (
            order == (_order(current[-1])[0] + 1,)
            or (order[:1] == _order(current[-1])[:1] and len(order) > 1)
        ):
            current.append(entry)
        if len(current) > len(best):
            best = list(current)
    talk = [b.span[0] - a.span[1] for a, b in itertools.pairwise(best)]
    return best if talk and sum(gap > 40 for gap in talk) * 2 >= len(talk) else []


def _unnumbered(sheet: Sheet, people_end: int) -> list[_Entry]:
    """Headings without numbers that are no labels: topics of informal minutes."""
    found = [
        _Entry(None, (line.start, line.end), line)
        for line in sheet.lines
        if line.start > people_end
        and (line.heading or (line.bold and len(line.content) < 80))
        and _is_topic(line)
    ]
    levels = {entry.line.heading for entry in found}
    if len(levels) > 1 and 1 in levels and sum(e.line.heading == 1 for e in found) == 1:
        found = [entry for entry in found if entry.line.heading != 1]
    top = min((entry.line.heading for entry in found if entry.line.heading), default=0)
    return [e for e in found if e.line.heading == top] if len(found) >= 2 else []


def _is_topic(line: Line) -> bool:
    if (
        line.field is not None
        or line.kind is not Kind.TEXT
        or (line.content.endswith((".", "?", ":")) and not line.heading)
    ):
        return False
    return not re.search(
        r"(?i)protokoll|niederschrift|sitzung (?:am|vom)|treffen (?:am|vom)|\d{1,2}\.\d{1,2}\.\d{2,4}",
        line.content,
    )


# --- one item -----------------------------------------------------------------------------------


def _item(sheet: Sheet, entry: _Entry, roster: Roster, *, sure: bool) -> AgendaItem | None:
    start, end = entry.span
    speakers: tuple[str, ...] = ()
    bracket = _BRACKET_SPEAKER.search(sheet.plain, start, end)
    if bracket:
        speakers = _speakers(sheet, bracket.span("inner"), roster)
        end = bracket.start() if speakers else end
    late = _MINUTES_AGO.search(sheet.plain, start, end)
    end = late.start() if late else end
    title = tidy(sheet.plain[start:end]).strip(" :–-;")
    if len(title) < 2 or len(title) > 300 or not any(letter.isalpha() for letter in title):
        return None
    if entry.number is None and field_of(title) in PEOPLE:
        return None
    speakers = speakers or _cell_speakers(sheet, entry, roster)
    level = (
        Certainty.SURE
        if sure and entry.number
        else Certainty.LIKELY
        if sure or entry.number
        else Certainty.PROBABLE
    )
    return AgendaItem(entry.number, title, speakers, (start, end), level)


def _speakers(sheet: Sheet, span: Span, roster: Roster) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.name for m in roster.within(*span)))


def _cell_speakers(sheet: Sheet, entry: _Entry, roster: Roster) -> tuple[str, ...]:
    cells = [cell for cell in entry.line.cells if cell[0] >= entry.span[1]]
    return tuple(name for cell in cells[:2] for name in _speakers(sheet, cell, roster))
