"""Who said what: the talk as entries with kind and speaker (S54).

An entry is a paragraph, or the part of one that belongs to one voice. The kinds follow the verbs of
reported speech; what tells no speech is a note.
"""

import re
from collections.abc import Iterator, Sequence

from buendnisnetz.reader.agenda import Agenda, read_agenda
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.mentions import Mention
from buendnisnetz.reader.model import Certainty, Entry, EntryKind, Minutes, Span
from buendnisnetz.reader.roster import Roster, full_roster
from buendnisnetz.reader.sheet import Sheet, make_sheet
from buendnisnetz.reader.statements import Statement, statements

_KINDS: tuple[tuple[EntryKind, re.Pattern[str]], ...] = (
    ("question", re.compile(r"\bfrag(?:t|en|te|ten)\b(?! (?:in|im|beim|bei der) )|\b(?:die|der) (?:Frage|Nachfrage)\b|\bmöchte(?:n)? wissen\b|\berkundig(?:t|en) sich\b|\?\s{0,9}$")),
    ("answer", re.compile(r"\b(?:antwort\w{0,40}|entgegn\w{1,40}|erwider\w{1,40}|stellt klar|Antwort)\b")),
    ("hint", re.compile(r"\b(?:weist|weisen|wies|wiesen)\b.{0,60}\bhin\b|\bhingewiesen\b|\b(?:der|den) Hinweis\b|\bverw(?:eist|eisen|ies)\b|\bverwiesen\b|\bzu bedenken\b|\berinner(?:t|n|te)\b|\bwarn(?:t|en|te)\b|\bmacht\w{0,40} aufmerksam\b")),
    ("demand", re.compile(r"\b(?:forder(?:t|n|te|ten)|verlang\w{1,40}|appell\w{1,40}|mahn\w{1,40}|plädier\w{1,40}|beton\w{1,40}.{0,80}\b(?:notwendig|müsse|nötig)|wünsch\w{1,40}|bittet|bitten|bat\b|bemängel\w{1,40}|drängt|müssen? .{0,80}werden|notwendig sei|erforderlich sei)\b")),
    ("report", re.compile(r"\b(?:bericht\w{0,40}|erläuter\w{1,40}|informier\w{1,40}|schilder\w{1,40}|stell(?:t|te|en|ten)\b.{0,120}\b(?:vor|dar)\b|leg(?:t|te)\b.{0,80}\bdar\b|trägt\b.{0,80}\bvor\b|zeigt|gibt einen Überblick|führt(?:e)? aus|teilt\b.{0,80}\bmit\b|nennt)\b")),
    ("result", re.compile(r"\b(?:herausgearbeitet|identifiziert|festgehalten|Ergebnis(?:se)?|im Ergebnis|einig\w{0,40} sich|fasst\b.{0,60}\bzusammen|zusammengefasst|Fazit)\b")),
)  # fmt: skip
_SPEECH = re.compile(
    r"\b(?:sagt|sagte|meint|meinte|findet|fand|hält|sieht|erklär\w{1,40}|beton\w{1,40}|unterstreich\w{1,40}|ergänz\w{1,40}|fügt\w{0,40} hinzu|regt\w{0,40} an|schlägt\w{0,40} vor|begrüß\w{1,40}|dankt\w{0,40}|eröffn\w{1,40}|äußer\w{1,40}|führt\w{0,40} aus|merkt\w{0,40} an|lobt\w{0,40}|kritisier\w{1,40}|befürcht\w{1,40}|fürchtet|unterstütz\w{1,40}|hebt\b.{0,60}hervor|lädt|ruft)\b"
)
_TALK = {None, Field.COURSE, Field.PART, Field.TITLE}
_SKIPPED = {
    Field.ATTACHMENT,
    Field.TASK,
    Field.SUGGESTION,
    Field.DECISION,
    Field.DISTRIBUTION,
    Field.INVITED,
    Field.NEXT,
}


def read_entries(text: str, minutes: Minutes) -> tuple[Entry, ...]:
    """The entries of minutes that were read from this text.

    `text` may be the original or the text of `minutes`; spans point into the latter.
    """
    sheet = make_sheet(minutes.text or text)
    roster = full_roster(sheet, minutes.participants)
    listed = [
        person.span for person in minutes.participants if person.confidence > Certainty.PROBABLE
    ]
    agenda = read_agenda(sheet, roster, max((span[1] for span in listed), default=0))
    return entries_of(
        sheet, roster, agenda, statements(sheet, agenda, sheet.lines_of(listed)), minutes
    )


def entries_of(
    sheet: Sheet, roster: Roster, agenda: Agenda, talk: Sequence[Statement], minutes: Minutes
) -> tuple[Entry, ...]:
    """The entries of talk that was cut into statements already."""
    begin = _talk_begins(sheet, minutes)
    entries = _Voices(sheet, roster).entries([s for s in talk if s.line.start >= begin])
    return tuple(
        Entry(e.kind, e.speaker, e.text, agenda.number_at(e.span[0]), e.span, e.confidence)
        for e in entries
    )


def _talk_begins(sheet: Sheet, minutes: Minutes) -> int:
    """Behind the head: the last of what the head says in its first third."""
    limit = max(len(sheet.text) // 3, 400)
    ends = [
        span[1]
        for name in ("title", "date", "place", "recorder", "approved_on")
        for span in minutes.spans.get(name, ())
    ]
    ends += [item.span[1] for item in minutes.participants if item.confidence > Certainty.PROBABLE]
    return max((end for end in ends if end <= limit), default=0)


class _Voices:
    """Reads statements in order and remembers whose paragraph it is."""

    def __init__(self, sheet: Sheet, roster: Roster) -> None:
        self._sheet = sheet
        self._roster = roster
        self._announced: str | None = None

    def entries(self, talk: Sequence[Statement]) -> Iterator[Entry]:
        for statement in talk:
            title = (
                statement.heading
                or statement.line.heading
                or (statement.line.bold and not statement.listed)
            )
            if statement.heading or statement.line.heading:
                self._announced = None
            if title and not self._announces(statement):
                continue
            if statement.label not in _TALK or statement.section in _SKIPPED or statement.heading:
                continue
            if self._announces(statement):
                continue
            if self._sheet.words(statement.span).count(" ") < 3 and not statement.listed:
                continue
            yield from self._parts(statement)

    def _announces(self, statement: Statement) -> bool:
        """ "Frau Ministerin Beispiel:" alone on a line speaks in what follows."""
        words = self._sheet.words((statement.line.start, statement.span[1]))
        if not words.endswith(":") or len(words) > 90:
            return False
        found = self._roster.within(statement.line.start, statement.span[1])
        if not found or found[0].span[0] - statement.line.start > 3:
            return False
        self._announced = found[0].name
        return True

    def _parts(self, statement: Statement) -> Iterator[Entry]:
        """Sentences of one voice belong together; another voice begins another entry."""
        start = statement.span[0] if statement.label else statement.line.start
        group: list[Span] = []
        voice: str | None = None
        for span in self._sheet.sentences(start, statement.span[1]):
            speaker = self._speaker(span)
            if group and speaker is not None and speaker != voice:
                yield self._entry(group, voice)
                group = []
            voice = speaker if speaker is not None else voice if group else None
            group.append(span)
        if group:
            yield self._entry(group, voice)

    def _speaker(self, span: Span) -> str | None:
        found = self._roster.within(*span)
        if not found:
            return None
        words = self._sheet.words(span)
        first: Mention = found[0]
        leading = first.span[0] - span[0] <= 2
        speaks = _SPEECH.search(words) or any(pattern.search(words) for _, pattern in _KINDS)
        bracketed = self._sheet.plain[first.span[0] - 1 : first.span[0]] == "("
        return first.name if speaks and (leading or first.led or bracketed) else None

    def _entry(self, group: Sequence[Span], voice: str | None) -> Entry:
        span = (group[0][0], group[-1][1])
        words = self._sheet.words(span)
        said = [
            (match.start(), kind) for kind, pattern in _KINDS if (match := pattern.search(words))
        ]
        kind = min(said)[1] if said else None
        speaker = voice or self._announced
        level = (
            Certainty.LIKELY
            if voice
            else Certainty.PROBABLE
            if speaker or kind
            else Certainty.GUESS
        )
        fallback: EntryKind = "contribution" if speaker else "note"
        return Entry(kind or fallback, speaker, words, None, span, level)
