"""Tasks in sentences: "Frau Rempel klärt bis zum 30.11. einen Ersatztermin" (S117).

Minutes tell the talk in the present tense too ("Frau Rempel berichtet …"), so the verb decides:
some verbs are deeds to come, some are talk, and some need a deadline or a companion.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from buendnisnetz.reader.duewords import Due, find_due
from buendnisnetz.reader.lazy import Lazy
from buendnisnetz.reader.mentions import Mention
from buendnisnetz.reader.model import Certainty, Span, TaskKind
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.tasklists import Deed, names_of
from buendnisnetz.reader.verbs import COMPANIONS, DEEDS, INFINITIVE, NARRATIVE, PROMISED
import itertools

_ORDERED = re.compile(
    r"\b(?:wird|werden|wurde|wurden)\b[^.;]{0,80}?\b(?:beauftragt|gebeten|aufgefordert|ersucht|ermächtigt|betraut)\b"
)
_MODAL_BEHIND = re.compile(
    r"\s*(?:,\s*)?(?:wird|werden|soll|sollen|will|wollen|möchte|möchten|muss|müssen)\b"
)
_MODAL_BEFORE = re.compile(
    r"\b(?:wird|werden|soll|sollen|will|wollen|muss|müssen)\s+(?:auch |dann |noch )?$"
)
_FUTURE = re.compile(r"\b(?:wird|werden)\b", re.IGNORECASE)
_OBLIGED = re.compile(
    r"\b(?:müsse|müssen|muss|könne|können|kann|solle|sollen|soll|dürfe|darf|sollte|wollen)\b"
)
_AGENT = re.compile(r"\b(?:von|durch)\s+(?:der|dem|die|den|das)?\s*$")
_AGENT_PRONOUN = re.compile(r"\b(?:von|durch)\s+(?:ihr|ihm|ihnen|ihn|sie)\b")
_PLEDGE = re.compile(
    r"\b(?:sagt|sagte|sagen)\b[^.;]{0,160}?\bzu\b(?!\s+\w+en\b)|\b(?:erklärt|erklärte|erklären) sich[^.;]{0,60}?bereit\b|\bverspricht\b"
    r"|\bsichert\b[^.;]{0,80}?\bzu\b|\b(?:hat|haben) (?:sich bereit erklärt|zugesagt)\b"
)
_REPORTED_PLEDGE = re.compile(
    r"\b(?:habe|hätten?|sei)\b[^.;]*\bzugesagt\b|\bzugesagt (?:habe|hätten)\b"
)
_GROUP = (
    r"(?:[A-ZÄÖÜ][\wäöüß-]*(?:amt|verwaltung|verein|gruppe|vorstand|büro|rat|stelle|team|ausschuss|schule|kreis|bündnis|leitung|werk|dienst|fraktionen|fraktion|agentur|zentrum|stadt|gemeinde|beirat|träger|partner|mitglieder|bauhof|kommission|jury|führung|eltern|konfirmanden|jugendlichen|schüler|sprecher|sprecherin|wart|beauftragte)"
    r"|Amt für \w+|Verwaltung|Vorstand|Vorsitzende|Stadt|Gemeinde|Träger|Kreis|Bauhof|Kommission|AG|Kita|Fraktionen|Koordinator(?:in)?|Geschäftsführer(?:in)?|Schriftführer(?:in)?|Kassierer(?:in)?|Bürgermeister(?:in)?|Landrat|Landrätin|Eltern|Jugendlichen|Redaktion|Hausmeister(?:in)?|Leiter(?:in)?)"
)
_ACTOR = re.compile(
    rf"(?:^|(?<=[,;] )|(?<=\bund ))(?:Der|Die|Das|der|die|das)\s+(?P<name>{_GROUP}(?:\s[A-ZÄÖÜ][\w-]+)?)\b"
)
_ACTOR_BEHIND = re.compile(
    rf"\b(?P<verb>[a-zäöüß]+)\s+(?:(?:sich|ihn|es|sie|dann|nun|auch)\s+)?(?:der|die|das)\s+(?P<name>{_GROUP})\b"
)
_AGENT_GROUP = re.compile(rf"\b(?:durch|von)\s+(?:den|die|das|dem|der)\s+(?P<name>{_GROUP})\b")
_PRONOUN = re.compile(r"^(?:Er|Sie|er|sie|Beide|Diese)\b")
_TALK = re.compile(
    r"(?:berichte(?:t|n)\b|erläuter|erkläre?n?t?,|stell(?:t|en)\b[^.;]*\bvor\b|schläg(?:t|en)\b[^.;]*\bvor\b|reg(?:t|en)\b[^.;]*\ban\b|weis(?:t|en)\b[^.;]*\bhin\b|(?:be)?dank|begrüß|eröffn"
    r"|schließ(?:t|en) die|tr[äa]g(?:t|en)\b[^.;]*\bvor\b|lies(?:t|en)\b[^.;]*\bvor\b|leg(?:t|en)\b[^.;]*\b(?:dar|vor)\b|frag(?:t|en)(?:,| nach|, ob)|bitte(?:t|n) (?:um|darum)|g(?:i|e)b(?:t|en) zu bedenken|wünsch|mein|finde(?:t|n),|hält\b|warn|beantrag(?:t|en),|erinner|schilder"
    r"|teil(?:t|en)\b(?! dem| der| den)[^.;]*\bmit\b|führ(?:t|en)\b[^.;]*\baus\b|stell(?:t|en) fest|stell(?:t|en) die Frage)"
)
_TOLD = re.compile(
    r"\b(?:berichtet|berichten|informiert|informieren|erläutert|erläutern|erklärt|weist|teilt|dankt|begrüßt|fragt|bittet|schlägt|regt)\b|,\s*(?:dass|ob|wie|wann|warum)\b"
)
_PAST = re.compile(
    r"\b(?:hatte|hatten|wurde|wurden|war|waren|hat (?!sich bereit|zugesagt)|haben (?!sich bereit|zugesagt)|ging|kam|fand|gab)\b"
)
_NOT_FIRM = re.compile(
    r"(?i)\b(?:könnte|müsste|sollte|wäre|würde|dürfte|vielleicht|eventuell|man|sei\b|seien\b|habe\b|werde\b|hätten|nicht einig|kandidiert)\b"
)
_BACK = re.compile(r"(?:darum|dafür|dazu|hierum|das|die|der|er|sie|dies)\b")
_WORD = re.compile(r"[^\W\d_]+")
_BEHIND = re.compile(
    r"\s*(?:\([^()]{1,60}\)\s*)?(?:,[^,.;]{1,60},\s*|,\s*)?(?:selbst |dann |nun |noch |auch |jeweils )?([a-zäöüß]+)\b"
)
_BEFORE = re.compile(r"\b([a-zäöüß]+)\s+(?:(?:sich|ihn|es|sie|dann|nun|auch|noch|dazu)\s+){0,2}$")
_SECOND = re.compile(r"\bund ([a-zäöüß]+t|[a-zäöüß]+en)\b")


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
class _Clause:
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
    for match in re.compile(r";\s+").finditer(sheet.plain, *span):
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
        verb = _BEHIND.match(sheet.plain, second.span[1], span[1])
        if (
            re.search(r"\S.*\b(?:und|sowie)\s+$", between)
            and verb
            and verb[1] in DEEDS
            and len(between) > 15
        ):
            yield at, second.span[0]
            at = second.span[0]
    yield at, span[1]


def sentence_deeds(
    sheet: Sheet,
    span: Span,
    people: Sequence[Mention],
    voice: Voice,
    meeting: datetime.date | None,
    *,
    ordered_only: bool = False,
) -> Iterator[Deed]:
    """The deed of a sentence, if there is one; a decision's text only holds what it orders."""
    words = sheet.words(span)
    if len(words) < 14 or words.endswith("?") or len(words) > 700:
        return
    clause = _Clause(sheet, span, words, people, voice, meeting)
    rules = (_ordered,) if ordered_only else (_ordered, _pledged, _acting, _future, _passive)
    for rule in rules:
        found = rule(clause)
        if found is not None:
            yield found
            return


def _deed(clause: _Clause, assignee: str | None, kind: TaskKind, level: float) -> Deed:
    return Deed(clause.span, assignee, clause.due.value if clause.due else None, kind, level)


def _ordered(clause: _Clause) -> Deed | None:
    """ "Die Verwaltung wird beauftragt, …"."""
    match = _ORDERED.search(clause.words)
    if match is None:
        return None
    subject = [
        m
        for m in clause.people
        if clause.sheet.words((clause.span[0], m.span[1])) in clause.words[: match.end()]
        and not _is_agent(clause, m)
    ]
    if subject and clause.words.find(subject[0].written) < match.end():
        return _deed(clause, names_of(subject[:1]), "task", Certainty.SURE)
    actor = _ACTOR.search(clause.words[: match.start()])
    inside = re.search(r"\b(?:der|die|das)\s+([A-ZÄÖÜ][\w-]+)", match.group())
    name = actor["name"] if actor else inside[1] if inside else None
    return _deed(clause, name, "task", Certainty.SURE)


def _is_agent(clause: _Clause, mention: Mention) -> bool:
    return bool(
        _AGENT.search(
            clause.sheet.plain, max(clause.span[0], mention.span[0] - 24), mention.span[0]
        )
    )


def _pledged(clause: _Clause) -> Deed | None:
    """ "Herr Terhorst sagt eine Antwort zu"."""
    match = _PLEDGE.search(clause.words)
    if match is None or _REPORTED_PLEDGE.search(clause.words):
        return None
    actor = _ACTOR.search(clause.words)
    who = clause.people[0].name if clause.people else None
    if who is None and _PRONOUN.match(clause.words):
        who = clause.voice.names(match.group().split()[0])
    who = who or (actor["name"] if actor else None)
    return _deed(clause, who, "promise", Certainty.LIKELY) if who else None


def _acting(clause: _Clause) -> Deed | None:
    """Somebody does something in the present tense, and the verb is a deed."""
    for group in _groups(clause):
        for verb in _verbs_at(clause, group):
            level = _certainty(clause, verb)
            if level is not None:
                return _deed(clause, names_of(group), "task", level)
    return _actor_acting(clause) or _pronoun_acting(clause)


def _actor_acting(clause: _Clause) -> Deed | None:
    """ "Die Geschäftsstelle fordert den Nachweis an", "bis März holt der Kassenwart …"."""
    front = _ACTOR.search(clause.words)
    if front is not None:
        verb = _WORD.search(clause.words, front.end())
        level = _certainty(clause, verb.group()) if verb else None
        if level is not None:
            return _deed(clause, front["name"], "task", min(level, Certainty.PROBABLE))
    for behind in _ACTOR_BEHIND.finditer(clause.words):
        if behind["verb"] in DEEDS:
            level = _certainty(clause, behind["verb"])
            if level is not None:
                return _deed(clause, behind["name"], "task", min(level, Certainty.PROBABLE))
    return None


def _pronoun_acting(clause: _Clause) -> Deed | None:
    if not _PRONOUN.match(clause.words) or not clause.voice.people:
        return None
    verb = _WORD.search(clause.words, clause.words.find(" "))
    for candidate in [
        verb.group() if verb else "",
        *(m[1] for m in _SECOND.finditer(clause.words)),
    ]:
        level = _certainty(clause, candidate) if candidate in DEEDS or clause.to_come else None
        if level is not None:
            return _deed(
                clause, clause.voice.names(candidate), "task", min(level, Certainty.PROBABLE)
            )
    return None


def _groups(clause: _Clause) -> Iterator[list[Mention]]:
    """People joined by "und" act together."""
    group: list[Mention] = []
    for mention in clause.people:
        between = (
            clause.sheet.plain[group[-1].span[1] : mention.span[0]].strip(" \n") if group else ""
        )
        if group and between not in {"und", ",", "sowie", "&", "/"}:
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _verbs_at(clause: _Clause, group: Sequence[Mention]) -> Iterator[str]:
    """The verbs of this subject: right behind it, right before it, or joined by "und"."""
    plain, (start, end) = clause.sheet.plain, clause.span
    behind = _BEHIND.match(plain, group[-1].span[1], end)
    if behind and (behind[1] in DEEDS or (behind[1].endswith(("t", "en")) and clause.to_come)):
        yield behind[1]
    before = _BEFORE.search(plain, start, group[0].span[0])
    if before and before[1] in DEEDS and not (behind and behind[1] in {"vor", "gegenüber"}):
        yield before[1]
    if behind:
        yield from (m[1] for m in _SECOND.finditer(plain, behind.end(), end) if m[1] in DEEDS)


def _certainty(clause: _Clause, verb: str) -> float | None:
    """How surely this verb takes on a deed; None when it only tells the talk."""
    if _NOT_FIRM.search(clause.words):
        return None
    after = clause.words[clause.words.find(verb) :]
    talk = bool(_TALK.match(after))
    if verb not in DEEDS:
        return (
            Certainty.GUESS
            if clause.to_come
            and not talk
            and not _TOLD.search(after)
            and verb.endswith(("t", "en"))
            else None
        )
    if verb not in NARRATIVE:
        return Certainty.LIKELY
    if any(v.fullmatch(verb) and c.search(after) for v, c in COMPANIONS):
        return Certainty.PROBABLE
    if clause.to_come and (not talk or not _TOLD.search(after)):
        return Certainty.PROBABLE
    return None


def _future(clause: _Clause) -> Deed | None:
    """ "Er wird bis 5.4. nachfragen", "Frau Meier soll klären …"."""
    if _NOT_FIRM.search(clause.words):
        return None
    for group in _groups(clause):
        modal = _MODAL_BEHIND.match(clause.sheet.plain, group[-1].span[1], clause.span[1])
        inverted = _MODAL_BEFORE.search(clause.sheet.plain, clause.span[0], group[0].span[0])
        if (modal or inverted) and INFINITIVE.search(
            clause.sheet.plain, group[-1].span[1], clause.span[1]
        ):
            return _deed(clause, names_of(group), "task", Certainty.PROBABLE)
    modal_word = re.match(
        r"(?:Er|Sie|Beide|er|sie) (wird|werden|soll|sollen|will|wollen)\b", clause.words
    )
    if modal_word and clause.voice.people and INFINITIVE.search(clause.words):
        return _deed(clause, clause.voice.names(modal_word[1]), "task", Certainty.PROBABLE)
    actor = _ACTOR.search(clause.words)
    if (
        actor
        and re.match(r"\s+(?:wird|werden|soll|sollen|muss|müssen)\b", clause.words[actor.end() :])
        and INFINITIVE.search(clause.words, actor.end())
    ):
        return _deed(clause, actor["name"], "task", Certainty.PROBABLE)
    return None


def _passive(clause: _Clause) -> Deed | None:
    """ "Die Eltern werden bis Ende April informiert", "… wird von Herrn Can verschickt"."""
    words = clause.words
    if (
        not _FUTURE.search(words)
        or _OBLIGED.search(words)
        or not PROMISED.search(words)
        or _PAST.search(words)
        or _NOT_FIRM.search(words)
    ):
        return None
    if _TOLD.search(words[: words.find("werd") if "werd" in words else words.find("wird")]):
        return None
    agents = [m for m in clause.people if _is_agent(clause, m)]
    if agents:
        return _deed(clause, names_of(agents), "task", Certainty.LIKELY)
    if _AGENT_PRONOUN.search(words) and clause.voice.people:
        return _deed(clause, clause.voice.people[-1].name, "task", Certainty.PROBABLE)
    group = _AGENT_GROUP.search(words)
    if group is not None:
        return _deed(clause, group["name"], "task", Certainty.PROBABLE)
    return _deed(clause, None, "promise", Certainty.PROBABLE if clause.to_come else Certainty.GUESS)
