"""Tasks in sentences: "Frau Rempel klärt bis zum 30.11. einen Ersatztermin" (S117).

Minutes tell the talk in the present tense too ("Frau Rempel berichtet …"), so the verb decides:
some verbs are deeds to come, some are talk, and some need a deadline or a companion.
"""

import datetime
import re
from collections.abc import Iterator, Sequence

from buendnisnetz.reader.duewords import Due, find_due
from buendnisnetz.reader.mentions import Mention
from buendnisnetz.reader.model import Certainty, Span, TaskKind
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.tasklists import Deed, names_of
from buendnisnetz.reader.verbs import COMPANIONS, DEEDS, INFINITIVE, NARRATIVE, PROMISED

_ORDERED = re.compile(r"\b(?:wird|werden|wurde|wurden)\b[^.;]{0,80}?\b(?:beauftragt|gebeten|aufgefordert|ersucht|ermächtigt|betraut)\b")
_MODAL = re.compile(r"\b(?:soll|sollen|muss|müssen|will|wollen|möchte|möchten)\b")
_FUTURE = re.compile(r"\b(?:wird|werden)\b")
_AGENT = re.compile(r"\b(?:von|durch)\s+(?:der|dem|die|den|das)?\s*$")
_PLEDGE = re.compile(r"\b(?:sagt|sagte|sagen)\b[^.;]{0,160}?\bzu\b(?!\s+\w+en\b)|\b(?:erklärt|erklärte|erklären) sich[^.;]{0,60}?bereit\b|\bverspricht\b|\b(?:bietet|bieten) (?:sich )?an,|\bsichert\b[^.;]{0,80}?\bzu\b|\b(?:hat|haben) (?:sich bereit erklärt|zugesagt)")
_ACTOR = re.compile(
    r"(?:^|(?<=[,;] )|(?<=\bund ))(?:Der|Die|Das|der|die|das)\s+(?P<name>(?:[A-ZÄÖÜ][\wäöüß-]*(?:amt|verwaltung|verein|gruppe|vorstand|büro|rat|stelle|team|ausschuss|schule|kreis|bündnis|leitung|werk|dienst|fraktionen|fraktion|agentur|zentrum|stadt|gemeinde|beirat|träger|partner|mitglieder|bauhof|kommission|jury|hof|haus)|Verwaltung|Vorstand|Vorsitzende|Stadt|Gemeinde|Träger|Kreis|Bauhof|Kommission|AG|Kita|Fraktionen|Koordinatorin|Koordinator|Geschäftsführung|Geschäftsstelle|Schriftführerin|Schriftführer|Kassiererin|Kassenwart\w*|Bürgermeister\w*)(?:\s[A-ZÄÖÜ][\w-]+)?)\b"
)
_PRONOUN = re.compile(r"^(?:Er|Sie|er|sie)\b")
_ALL = re.compile(r"^(?:Alle(?: \w+)?|Wir|Jeder|Jede Gruppe|Die Gruppen|Die Anwesenden|Alle Mitglieder)\b")
_TALK_ONLY = re.compile(r"\b(?:berichtet|erläutert|erklärt,|stellt\b[^.;]*\bvor\b|schlägt\b[^.;]*\bvor\b|regt\b[^.;]*\ban\b|weist\b[^.;]*\bhin\b|bedankt|dankt|begrüßt|eröffnet|schließt die|trägt\b[^.;]*\bvor\b|liest\b[^.;]*\bvor\b|legt\b[^.;]*\bdar\b|fragt,|fragt nach|fragt, ob|bittet um|bittet darum|gibt zu bedenken|wünscht|meint|findet,|hält\b|warnt|beantragt,|erinnert|schildert|gibt bekannt|teilt\b[^.;]*\bmit\b|führt\b[^.;]*\baus\b|stellt fest|stellt die Frage)")
_PAST = re.compile(r"\b(?:hatte|hatten|wurde|wurden|war|waren|hat (?!sich bereit|zugesagt)|haben (?!sich bereit|zugesagt)|ging|kam|fand|gab)\b")
_NOT_FIRM = re.compile(r"(?i)\b(?:könnte|müsste|sollte|wäre|würde|dürfte|vielleicht|eventuell|man|sei\b|seien\b|habe\b|werde\b|hätten|nicht einig|kandidiert)\b")
_WORD = re.compile(r"[^\W\d_]+")


def sentence_deeds(
    sheet: Sheet, span: Span, people: Sequence[Mention], last: Mention | None, meeting: datetime.date | None, *, ordered_only: bool = False
) -> Iterator[Deed]:
    """The deed of a sentence, if there is one; a decision's text only holds what it orders."""
    words = sheet.words(span)
    if len(words) < 14 or words.endswith("?") or len(words) > 700:
        return
    due = find_due(sheet.plain, *span, meeting)
    rules = (_ordered,) if ordered_only else (_ordered, _pledged, _acting, _future, _passive)
    for rule in rules:
        found = rule(sheet, span, people, last, due)
        if found is not None:
            yield found
            return


def clauses(sheet: Sheet, span: Span) -> Iterator[Span]:
    """A semicolon sets apart what may be talk and what is a deed."""
    at = span[0]
    for match in re.compile(r";\s+").finditer(sheet.plain, *span):
        yield at, match.start()
        at = match.end()
    yield at, span[1]


def _deed(span: Span, assignee: str | None, due: Due | None, kind: TaskKind, level: float) -> Deed:
    near = due is not None and due.rank < 5
    return Deed(span, assignee, due.value if due and near else None, kind, level)


def _ordered(sheet: Sheet, span: Span, people: Sequence[Mention], last: Mention | None, due: Due | None) -> Deed | None:
    """ "Die Verwaltung wird beauftragt, …"."""
    match = _ORDERED.search(sheet.plain, *span)
    if match is None:
        return None
    before = (span[0], match.start())
    subject = [m for m in people if m.span[1] <= match.end() and not _AGENT.search(sheet.plain, span[0], m.span[0])]
    actor = _actor(sheet, before) or _subject_behind(sheet, match)
    return _deed(span, names_of(subject) if subject else actor, due, "task", Certainty.SURE)


def _subject_behind(sheet: Sheet, match: re.Match[str]) -> str | None:
    words = re.search(r"\b(?:der|die|das)\s+([A-ZÄÖÜ][\w-]+)", match.group())
    return words[1] if words else None


def _actor(sheet: Sheet, span: Span) -> str | None:
    match = _ACTOR.search(sheet.words(span))
    return match["name"] if match else None


def _pledged(sheet: Sheet, span: Span, people: Sequence[Mention], last: Mention | None, due: Due | None) -> Deed | None:
    """ "Herr Terhorst sagt eine Antwort zu"."""
    words = sheet.words(span)
    match = _PLEDGE.search(words)
    if match is None or re.search(r"\b(?:habe|hätten?|sei)\b[^.;]*\bzugesagt\b", words):
        return None
    who = people[0].name if people else last.name if last and _PRONOUN.match(words) else _actor(sheet, span)
    return _deed(span, who, due, "promise", Certainty.LIKELY) if who else None


def _acting(sheet: Sheet, span: Span, people: Sequence[Mention], last: Mention | None, due: Due | None) -> Deed | None:
    """Somebody does something in the present tense, and the verb is a deed."""
    best: Deed | None = None
    for group in _groups(sheet, people):
        verb = _verb_at(sheet, span, group)
        if verb is None:
            continue
        level = _certainty(sheet, span, verb, due)
        if level is not None:
            return _deed(span, names_of(group), due, "task", level)
    words = sheet.words(span)
    actor = _ACTOR.search(words)
    if actor is not None:
        verb = _WORD.search(words, actor.end())
        level = _certainty(sheet, span, verb.group(), due) if verb else None
        if level is not None:
            return _deed(span, actor["name"], due, "task", min(level, Certainty.PROBABLE))
    if last is not None and _PRONOUN.match(words):
        verb = _WORD.search(words, 3)
        level = _certainty(sheet, span, verb.group(), due) if verb else None
        if level is not None:
            return _deed(span, last.name, due, "task", min(level, Certainty.PROBABLE))
    return best


def _groups(sheet: Sheet, people: Sequence[Mention]) -> Iterator[list[Mention]]:
    """People joined by "und" act together."""
    group: list[Mention] = []
    for mention in people:
        between = sheet.plain[group[-1].span[1] : mention.span[0]].strip(" \n") if group else ""
        if group and between not in {"und", ",", "sowie", "&", "/"}:
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _verb_at(sheet: Sheet, span: Span, group: Sequence[Mention]) -> str | None:
    """The verb beside the subject, right behind it or right before it."""
    behind = re.compile(r"\s*(?:\([^()]{1,60}\)\s*)?(?:,[^,.;]{1,60},\s*)?(?:selbst |dann |nun |noch |auch )?([a-zäöüß]+)\b").match(sheet.plain, group[-1].span[1], span[1])
    if behind and behind[1] in DEEDS:
        return behind[1]
    second = re.compile(r"\bund ([a-zäöüß]+t|[a-zäöüß]+en)\b").search(sheet.plain, group[-1].span[1], span[1])
    if second and second[1] in DEEDS and behind and behind[1] not in {"berichtet"}:
        return second[1]
    before = re.compile(r"\b([a-zäöüß]+)\s+(?:(?:sich|ihn|es|sie|dann|nun|auch|noch|dazu)\s+){0,2}$").search(sheet.plain, span[0], group[0].span[0])
    if before and before[1] in DEEDS and not (behind and behind[1] in {"vor", "gegenüber"}):
        return before[1]
    return None


def _certainty(sheet: Sheet, span: Span, verb: str, due: Due | None) -> float | None:
    words = sheet.words(span)
    if _NOT_FIRM.search(words):
        return None
    timed = due is not None and due.rank <= 3
    if verb not in DEEDS:
        return Certainty.GUESS if timed and not _TALK_ONLY.search(words) else None
    if verb not in NARRATIVE:
        return Certainty.LIKELY if timed or not _TALK_ONLY.search(words) else Certainty.GUESS
    after = words[words.index(verb) :] if verb in words else words
    companion = any(v.fullmatch(verb) and c.search(after) for v, c in COMPANIONS)
    talk = bool(_TALK_ONLY.search(words))
    if companion and not talk:
        return Certainty.PROBABLE
    return Certainty.PROBABLE if timed and not talk else None


def _future(sheet: Sheet, span: Span, people: Sequence[Mention], last: Mention | None, due: Due | None) -> Deed | None:
    """ "Er wird bis 5.4. nachfragen", "Frau Meier soll klären …"."""
    words = sheet.words(span)
    modal = _FUTURE.search(words) or _MODAL.search(words)
    if modal is None or not INFINITIVE.search(words, modal.end()) or _TALK_ONLY.search(words) or _NOT_FIRM.search(words):
        return None
    lead = [m for m in people if sheet.plain[span[0] : m.span[0]].strip() == ""]
    if lead:
        return _deed(span, names_of(_together(sheet, people, lead)), due, "task", Certainty.PROBABLE)
    if last is not None and _PRONOUN.match(words):
        return _deed(span, last.name, due, "task", Certainty.PROBABLE)
    actor = _actor(sheet, span)
    return _deed(span, actor, due, "task", Certainty.PROBABLE) if actor else None


def _together(sheet: Sheet, people: Sequence[Mention], lead: Sequence[Mention]) -> list[Mention]:
    return next((group for group in _groups(sheet, people) if group[0] == lead[0]), list(lead))


def _passive(sheet: Sheet, span: Span, people: Sequence[Mention], last: Mention | None, due: Due | None) -> Deed | None:
    """ "Die Eltern werden bis Ende April informiert", "… wird von Herrn Can verschickt"."""
    words = sheet.words(span)
    if not _FUTURE.search(words) or not PROMISED.search(words) or _PAST.search(words) or _NOT_FIRM.search(words):
        return None
    if _TALK_ONLY.search(words):
        return None
    agent = _AGENT_GROUP.search(words)
    agents = [m for m in people if _AGENT.search(sheet.plain, max(span[0], m.span[0] - 24), m.span[0])]
    timed = due is not None and due.rank <= 3
    if agents:
        return _deed(span, names_of(agents), due, "task", Certainty.LIKELY)
    if agent is not None:
        return _deed(span, agent["name"], due, "task", Certainty.PROBABLE)
    return _deed(span, None, due, "promise", Certainty.PROBABLE if timed else Certainty.GUESS)


_AGENT_GROUP = re.compile(r"\b(?:durch|von)\s+(?:den|die|das|dem|der)\s+(?P<name>[A-ZÄÖÜ][\wäöüß-]*(?:amt|verwaltung|verein|gruppe|vorstand|büro|rat|stelle|team|ausschuss|dienst|leitung|führung|agentur|zentrum|stadt|gemeinde|kreis|träger|bauhof))\b", re.IGNORECASE)
