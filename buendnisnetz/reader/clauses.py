"""Clauses of the talk: what belongs to one deed, and whom a pronoun means."""

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from buendnisnetz.reader.duewords import Due, find_due
from buendnisnetz.reader.lazy import Lazy
from buendnisnetz.reader.mentions import Mention
from buendnisnetz.reader.model import Span, TaskKind
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.tasklists import Deed, names_of
from buendnisnetz.reader.verbs import DEEDS

_AGENT = re.compile(
    r"(?<!Wunsch )(?<!Antrag )(?<!Vorschlag )(?<!Anregung )(?<!Bitte )(?<!Namen )(?<!Zuruf )\b(?:von|durch)\s{1,9}(?:der|dem|die|den|das)?\s{0,9}$"
)
GROUP = (
    r"(?:[A-ZÄÖÜ][\wäöüß-]{0,40}(?:amt|verwaltung|verein|gruppe|vorstand|büro|rat|stelle|team|ausschuss|schule|kreis|bündnis|leitung|werk|dienst|fraktionen|fraktion|agentur|zentrum|stadt|gemeinde|beirat|träger|partner|mitglieder|bauhof|kommission|jury|führung|eltern|konfirmanden|jugendlichen|schüler|sprecher|sprecherin|wart|beauftragte|frauen|männer|jugend|senioren|leute|helfer|kinder|klasse|klassen|kasse|polizei|feuerwehr|redaktion|geschäftsstelle|jury|firma|bank|hof|chor|kirche|bund)"
    r"|Amt für \w{1,40}|[A-ZÄÖÜ]{2,6}(?![\w-])|Verwaltung|Vorstand|Vorsitzende|Stadt|Gemeinde|Träger|Kreis|Bauhof|Kommission|AG|Kita|Fraktionen|Koordinator(?:in)?|Geschäftsführer(?:in)?|Schriftführer(?:in)?|Kassierer(?:in)?|Bürgermeister(?:in)?|Landrat|Landrätin|Eltern|Jugendlichen|Redaktion|Hausmeister(?:in)?|Leiter(?:in)?)"
)
ACTOR = re.compile(
    rf"(?:^|(?<=[,;:] )|(?<=\bund ))(?:Der|Die|Das|der|die|das)\s{{1,9}}(?P<name>{GROUP}(?:\s[A-ZÄÖÜ][\w-]{{1,40}})?)\b"
)
PRONOUN = re.compile(r"^(?:Er|Sie|er|sie|Beide|Diese)\b")
TOLD = re.compile(
    r"\b(?:berichtet|berichten|informiert|informieren|erläutert|erläutern|erklärt|weist|teilt|dankt|begrüßt|fragt|bittet|schlägt|regt)\b|,\s{0,9}(?:dass|ob|wie|wann|warum)\b"
)
NOT_FIRM = re.compile(
    r"(?i)\b(?:könnte|müsste|sollte|wäre|würde|dürfte|vielleicht|eventuell|man (?:\w{1,40} )?(?:muss|kann|soll|müsse)|sei\b|seien\b|habe\b|werde\b|hätten|nicht einig|kandidiert)\b"
)
_BACK = re.compile(r"(?:darum|dafür|dazu|hierum|das|die|der|er|sie|dies)\b")
BEHIND = re.compile(
    r"\s{0,9}(?:\([^()]{1,60}\)\s{0,9})?(?:(?:vom|von der|von den|aus dem|aus der|für den|für die) (?:\w{1,40} ){0,2}?[A-ZÄÖÜ][\w-]{1,40}\s{0,9})?(?:,[^,.;]{1,60},\s{0,9}|,\s{0,9})?(?:selbst |dann |nun |noch |auch |jeweils )?([a-zäöüß]{1,40})\b"
)


@dataclass
class Voice:
    """Whom a pronoun means: the people of the sentence before."""

    people: list[Mention] = field(default_factory=list)

    def hear(self, people: Sequence[Mention]) -> None:
        """Remember the people of a sentence that names any."""
        if people:
            self.people = list(people)

    def names(self, verb: str) -> str | None:
        """ "Sie holen" are several, "Sie holt" is the last one."""
        if not self.people:
            return None
        return names_of(self.people) if verb.endswith("en") else self.people[-1].name


@dataclass(frozen=True)
class Clause:
    """All that the rules look at."""

    sheet: Sheet
    span: Span
    words: str
    people: Sequence[Mention]
    voice: Voice
    meeting: datetime.date | None

    @Lazy
    def due(self) -> Due | None:
        """The deadline, looked for only when a rule asks."""
        return find_due(self.sheet.plain, *self.span, self.meeting)

    @Lazy
    def to_come(self) -> bool:
        """Whether a day or deadline lies ahead."""
        if self.due is None:
            return False
        ahead = (
            self.meeting is None
            or self.due.value > self.meeting.isoformat()
            or not self.due.value[:4].isdigit()
        )
        return ahead and self.due.rank <= 4


def clauses(sheet: Sheet, span: Span, people: Sequence[Mention]) -> Iterator[Span]:
    """A semicolon, or "und" with another person and verb, sets deeds apart."""
    at = span[0]
    for match in re.compile(r";\s{1,9}").finditer(sheet.plain, *span):
        if not _BACK.match(sheet.plain, match.end()) or sheet.plain.startswith(
            ("er ", "sie "), match.end()
        ):
            yield from _per_person(sheet, (at, match.start()), people)
            at = match.end()
    yield from _per_person(sheet, (at, span[1]), people)


def _per_person(sheet: Sheet, span: Span, people: Sequence[Mention]) -> Iterator[Span]:
    """ "Frau Ziemer schließt den Vertrag ab und Herr Brockmann kümmert sich …"."""
    own = [m for m in people if span[0] <= m.span[0] < span[1]]
    at = span[0]
    for first, second in itertools.pairwise(own):
        between = sheet.plain[first.span[1] : second.span[0]]
        verb = BEHIND.match(sheet.plain, second.span[1], span[1])
        if (
            re.search(r"\S.*\b(?:und|sowie)\s{1,9}$", between)
            and verb
            and verb[1] in DEEDS
            and len(between) > 15
        ):
            joint = re.compile(r"[,\s]{1,40}(?:und|sowie)\s{1,9}$").search(
                sheet.plain, at, second.span[0]
            )
            yield at, joint.start() if joint else second.span[0]
            at = second.span[0]
    yield at, span[1]


def deed(clause: Clause, assignee: str | None, kind: TaskKind, level: float) -> Deed:
    return Deed(clause.span, assignee, clause.due.value if clause.due else None, kind, level)


def is_agent(clause: Clause, mention: Mention) -> bool:
    return bool(
        _AGENT.search(
            clause.sheet.plain, max(clause.span[0], mention.span[0] - 24), mention.span[0]
        )
    )


# "mit Frau Can", "an Herrn Tal": somebody to whom it happens is not the one who acts.
_OBJECT = re.compile(
    r"\b(?:mit|von|vom|für|bei|beim|an|durch|zu|gegen|ohne|seitens|namens|statt|über|neben|samt|dank)\s{1,9}$"
)


def is_object(clause: Clause, mention: Mention) -> bool:
    """Whether somebody is only named: behind a preposition, or in another case."""
    plain = clause.sheet.plain
    return plain.startswith(("Herrn ", "Hrn. "), mention.span[0]) or bool(
        _OBJECT.search(plain, max(clause.span[0], mention.span[0] - 12), mention.span[0])
    )


def groups(clause: Clause) -> Iterator[list[Mention]]:
    """People joined by "und" act together."""
    group: list[Mention] = []
    for mention in clause.people:
        between = (
            clause.sheet.plain[group[-1].span[1] : mention.span[0]].strip(" \n") if group else ""
        )
        if group and between not in {"und", ",", "sowie", "&", "/"}:
            yield group
            group = []
        if group or not is_object(clause, mention):
            group.append(mention)
    if group:
        yield group
