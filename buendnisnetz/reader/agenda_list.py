"""The agenda as a list below a heading such as "Tagesordnung" (S05)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from buendnisnetz.reader.agenda_entries import LONGEST_TITLE, VERB, Entry
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.minute_table import minute_table, numbered_lead, opens_minutes, titles_only
from buendnisnetz.reader.roster import fold
from buendnisnetz.reader.sheet import Sheet

_HEAD_CELL = re.compile(r"(?i)(?:top|nr\.?|tagesordnungspunkt|#|lfd\. ?nr\.?|punkt|pos\.?)")


# --- the list -----------------------------------------------------------------------------------


def listed_entries(sheet: Sheet) -> tuple[list[Entry], set[int]]:
    """The longest list below a heading such as "Tagesordnung"."""
    best: tuple[list[Entry], set[int]] = ([], set())
    for line in sheet.lines:
        if line.blank or not _opens_list(line):
            continue
        found = _list_after(sheet, line)
        if len(found[0]) >= 2 and len(found[0]) > len(best[0]):
            best = found
    return best


# "Sie lautet nunmehr:", "… wird folgende Tagesordnung beschlossen:"
_ANNOUNCED = re.compile(
    r"(?i)\btagesordnung\b[^\n]{0,200}:$|\b(?:folgende[rn]?|diese|nachstehende) (?:punkte|themen|tagesordnung)\b[^\n]{0,80}:$"
)


def _opens_list(line: Line) -> bool:
    if line.kind is Kind.TEXT and len(line.content) <= 400 and _ANNOUNCED.search(line.content):
        return True
    if line.kind is Kind.ROW and opens_minutes(line):
        return True
    if line.field is not Field.AGENDA or line.kind is Kind.NUMBER:
        return False
    return len(line.content) <= 80 or line.label is not None


def _list_after(sheet: Sheet, opening: Line) -> tuple[list[Entry], set[int]]:
    entries: list[Entry] = []
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
        elif _ends_list(line, opening, entries, blanks):
            if not _resumes(sheet, line, entries):
                break
        elif not _nested(line, entries):
            entry = _entry(line)
            if entry is not None:
                entries.append(entry)
        taken.add(line.index)
        blanks = 0
    announced = opening.kind is Kind.TEXT and ". " in opening.content
    own = set() if announced else {opening.index}
    return _named(opening, _renumbered(entries)), taken | own


def _named(opening: Line, entries: list[Entry]) -> list[Entry]:
    """In minutes that are one table only the rows that name an item are the agenda."""
    if opening.kind is not Kind.ROW or minute_table(opening) is None:
        return entries
    titles = titles_only([entry.line for entry in entries])
    if titles:
        return [entry for entry in entries if entry.line.index in titles]
    numbered = [entry for entry in entries if entry.number]
    return numbered if len(numbered) >= 2 else entries


def _column_heads(line: Line) -> bool:
    return line.kind is Kind.ROW and bool(
        _HEAD_CELL.fullmatch(line.plain[slice(*line.cells[0])].strip())
    )


def _is_continuation(sheet: Sheet, line: Line, entries: Sequence[Entry], blanks: int) -> bool:
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
    if len(sheet.words(entries[-1].span)) + len(line.content) > LONGEST_TITLE or (
        last.kind is Kind.TEXT and not line.content[:1].islower()
    ):
        return False
    return line.content[:1].islower() or (line.indent > last.indent and last.kind is not Kind.TEXT)


def _ends_list(line: Line, opening: Line, entries: Sequence[Entry], blanks: int) -> bool:
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
        sentence = len(line.content) > LONGEST_TITLE or (
            line.content.endswith((".", "!", "?")) and bool(VERB.search(line.content))
        )
        return sentence or (blanks > 1 and bool(entries)) or _closing_bold(line, entries)
    return False


def _follows(line: Line, following: Line) -> bool:
    """Whether the number of one line comes right after that of the other."""
    both = (line.number or "", following.number or "")
    return all(number.isdigit() for number in both) and int(both[1]) == int(both[0]) + 1


def _resumes(sheet: Sheet, line: Line, entries: Sequence[Entry]) -> bool:
    """Notes between the items of a list: the next number follows within a few lines."""
    if not entries or line.kind is not Kind.TEXT or line.heading or line.field is not None:
        return False
    first, last = entries[0].line, entries[-1].line
    ahead = [other for other in sheet.lines[line.index + 1 : line.index + 6] if not other.blank][:3]
    return any(
        other.kind is Kind.NUMBER and other.indent == first.indent and last.indent == first.indent
        and (other.number == last.number == "1" or (len(line.content) < 60 and _follows(last, other)))
        for other in ahead
    )  # fmt: skip


def _closing_bold(line: Line, entries: Sequence[Entry]) -> bool:
    return line.bold and bool(entries) and not entries[-1].line.bold


def _listable(line: Line, entries: Sequence[Entry]) -> bool:
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


def _restarts(line: Line, entries: Sequence[Entry]) -> bool:
    """The body begins when the numbers do so again, or when a title comes back."""
    if not entries or line.kind is not Kind.NUMBER:
        return False
    first = entries[0]
    if line.indent > first.line.indent + 1:
        return False
    same_number = line.number == first.number and len(entries) > 1 and not _all_ones(entries, line)
    return same_number or fold(line.content) == fold(first.line.content)


def _all_ones(entries: Sequence[Entry], line: Line) -> bool:
    """Markdown lets every item be "1."."""
    return len({entry.number for entry in entries}) == 1 and line.content != entries[0].line.content


def _nested(line: Line, entries: Sequence[Entry]) -> bool:
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


def _entry(line: Line) -> Entry | None:
    if line.kind is Kind.ROW:
        return _row_entry(line)
    start, end = line.start, line.end
    cells = line.cells
    if len(cells) > 1:
        start, end = cells[0]
    return Entry(line.number, (start, end), line) if end - start >= 2 else None


def _row_entry(line: Line) -> Entry | None:
    cells = [cell for cell in line.cells if cell[1] > cell[0]]
    if not cells:
        return None
    first = line.plain[slice(*cells[0])].strip()
    number = re.fullmatch(r"(?i)(?:TOP|Ö|N)?\s{0,9}(\d{1,2}(?:\.\d{1,2})?)[.)]?", first)
    if number and len(cells) > 1:
        return Entry(number[1], cells[1], line)
    lead = re.match(r"(?i)(?:TOP|Ö|N)?\s{0,9}(\d{1,2}(?:\.\d{1,2})?)[.):]?\s{1,9}(?=\S)", first)
    if lead:
        return Entry(lead[1], (cells[0][0] + lead.end(), cells[0][1]), line)
    return Entry(None, cells[0], line)


def _renumbered(entries: list[Entry]) -> list[Entry]:
    """Where every item is written "1." the place in the list is its number."""
    if len(entries) > 1 and {entry.number for entry in entries} == {"1"}:
        return [replace(entry, number=str(n)) for n, entry in enumerate(entries, 1)]
    leads = [numbered_lead(entry.line) if entry.number is None else None for entry in entries]
    counted = [int(match.group().strip(" TOPtop.):").split(".")[0]) for match in leads if match]
    if len(counted) > 1 and counted == sorted(counted):
        return [
            replace(entry, number=_bare(match.group()), span=(match.end(), entry.span[1]))
            if match and match.end() < entry.span[1]
            else entry
            for entry, match in zip(entries, leads, strict=True)
        ]
    return entries


def _bare(number: str) -> str:
    return number.strip(" \tTOPtop.):")
