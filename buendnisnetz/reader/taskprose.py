"""Tasks in sentences: "Frau Rempel klärt bis zum 30.11. einen Ersatztermin" (S117).

Minutes tell the talk in the present tense too ("Frau Rempel berichtet …"), so the verb decides:
some verbs are deeds to come, some are talk, and some need a deadline or a companion.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence

from buendnisnetz.reader.clauses import (
    ACTOR,
    BEHIND,
    GROUP,
    NOT_FIRM,
    PRONOUN,
    TOLD,
    Clause,
    Voice,
    deed,
    groups,
)
from buendnisnetz.reader.mentions import Mention
from buendnisnetz.reader.model import Certainty, Span
from buendnisnetz.reader.orders import asked, future, obliged, ordered, passive, pledged
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.tasklists import Deed, names_of
from buendnisnetz.reader.verbs import COMPANIONS, DEEDS, NARRATIVE, STATES

_ACTOR_BEHIND = re.compile(
    rf"\b(?P<verb>[a-zäöüß]{{1,40}})\s{{1,9}}(?:(?:sich|ihn|es|sie|dann|nun|auch)\s{{1,9}})?(?:der|die|das)\s{{1,9}}(?P<name>{GROUP})\b"
)
_TALK = re.compile(
    r"(?:berichte(?:t|n)\b|erläuter|erkläre?n?t?,|stell(?:t|en)\b[^.;]*\bvor\b|schläg(?:t|en)\b[^.;]*\bvor\b|reg(?:t|en)\b[^.;]*\ban\b|weis(?:t|en)\b[^.;]*\bhin\b|(?:be)?dank|begrüß|eröffn"
    r"|schließ(?:t|en) die|tr[äa]g(?:t|en)\b[^.;]*\bvor\b|lies(?:t|en)\b[^.;]*\bvor\b|leg(?:t|en)\b[^.;]*\b(?:dar|vor)\b|frag(?:t|en)(?:,| nach|, ob)|bitte(?:t|n) (?:um|darum)|g(?:i|e)b(?:t|en) zu bedenken|wünsch|mein|finde(?:t|n),|hält\b|warn|beantrag(?:t|en),|erinner|schilder"
    r"|teil(?:t|en)\b(?! dem| der| den)[^.;]*\bmit\b|führ(?:t|en)\b[^.;]*\baus\b|stell(?:t|en) fest|stell(?:t|en) die Frage)"
)
# Deeds by their verb that are talk all the same.
_IDLE = re.compile(
    r"(?:mach(?:t|en)\b[^.;]{0,30}\b(?:aufmerksam|deutlich|darauf|geltend)\b|räum(?:t|en)\s(?:\w{1,20}\s){0,2}ein\b|stell(?:t|en)\b[^.;]{0,40}\b(?:fest|klar|dar)\b|beantrag(?:t|en) im Namen|geb(?:en)? zu|leg(?:t|en)\b[^.;]{0,60}\bdar\b|führ(?:t|en)\b[^.;]{0,60}\b(?:aus|ein)\s{0,9}[.,;]|weis(?:t|en)\b[^.;]{0,60}\bhin\b|stimm(?:t|en)\b[^.;]{0,60}\bzu\b|nimmt die Wahl an|übern(?:immt|ehmen)\b[^.;]{0,60}\b(?:Vorsitz|Leitung|Sitzungsleitung|Moderation|Versammlungsleitung)\b|(?:unterrichte|informier|berichte)(?:t|n|en)\sdarüber\b|nehmen die Wahl an|teil(?:t|en)\s(?:\w{1,20}\s)?mit\s{0,3}[,:])"
)
_OFFICE = re.compile(
    r"(?:Schriftführung|Protokoll(?:führung)?|Niederschrift|Vorsitz|Sitzungsleitung|Moderation)\s(?:übernimmt|führt|schreibt|hat|macht)\b|\b(?:führt|schreibt|übernimmt)\s(?:heute\s)?(?:das Protokoll|die Niederschrift|den Vorsitz)\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(
    r"\b([a-zäöüß]{1,40})\s{1,9}(?:(?:sich|ihn|es|sie|dann|nun|auch|noch|dazu)\s{1,9}){0,2}$"
)
_SECOND = re.compile(r"\bund ([a-zäöüß]{1,40}t|[a-zäöüß]{1,40}en)\b")


Rule = Callable[[Clause], Deed | None]


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
    clause = Clause(sheet, span, words, people, voice, meeting)
    rules: tuple[Rule, ...] = (ordered, asked, pledged, _acting, future, obliged, passive)
    if ordered_only:
        rules = (ordered, _acting) if clause.to_come else (ordered,)
    for rule in rules:
        found = rule(clause)
        if found is not None:
            yield found
            return


def _acting(clause: Clause) -> Deed | None:
    """Somebody does something in the present tense, and the verb is a deed."""
    for group in groups(clause):
        for verb in _verbs_at(clause, group):
            level = _certainty(clause, verb)
            if level is not None:
                return deed(clause, names_of(group), "task", level)
    return _actor_acting(clause) or _pronoun_acting(clause)


def _actor_acting(clause: Clause) -> Deed | None:
    """ "Die Geschäftsstelle fordert den Nachweis an", "bis März holt der Kassenwart …"."""
    front = ACTOR.search(clause.words)
    if front is not None:
        verb = _WORD.search(clause.words, front.end())
        level = _certainty(clause, verb.group()) if verb else None
        if level is not None:
            return deed(clause, front["name"], "task", min(level, Certainty.PROBABLE))
    for behind in _ACTOR_BEHIND.finditer(clause.words):
        if behind["verb"] in DEEDS:
            level = _certainty(clause, behind["verb"])
            if level is not None:
                return deed(clause, behind["name"], "task", min(level, Certainty.PROBABLE))
    return _pronoun_behind(clause)


# "die zweite Mahnung verschickt er", "Korrekturen melden alle".
_BEHIND_VERB = re.compile(r"\b(?P<verb>[a-zäöüß]{3,40})\s(?P<who>er|sie|alle|wir)\b")
_ALL_FIRST = re.compile(r"^(?P<who>Alle|Wir)\s(?P<verb>[a-zäöüß]{3,40})\b")


def _pronoun_behind(clause: Clause) -> Deed | None:
    for match in (*_BEHIND_VERB.finditer(clause.words), *_ALL_FIRST.finditer(clause.words)):
        if match["verb"] not in DEEDS or (level := _certainty(clause, match["verb"])) is None:
            continue
        who = match["who"].lower()
        if who in {"er", "sie"}:
            name = clause.voice.names(match["verb"])
        else:
            name = "alle" if who == "alle" else None
        if name or who == "wir":
            return deed(clause, name, "task", min(level, Certainty.PROBABLE))
    return None


def _pronoun_acting(clause: Clause) -> Deed | None:
    if not PRONOUN.match(clause.words) or not clause.voice.people:
        return None
    if NOT_FIRM.search(clause.words):
        return None
    verb = _WORD.search(clause.words, clause.words.find(" "))
    for candidate in [
        verb.group() if verb else "",
        *(m[1] for m in _SECOND.finditer(clause.words)),
    ]:
        level = _certainty(clause, candidate) if candidate in DEEDS or clause.to_come else None
        if level is not None:
            return deed(
                clause, clause.voice.names(candidate), "task", min(level, Certainty.PROBABLE)
            )
    return None


def _verbs_at(clause: Clause, group: Sequence[Mention]) -> Iterator[str]:
    """The verbs of this subject: right behind it, right before it, or joined by "und"."""
    plain, (start, end) = clause.sheet.plain, clause.span
    behind = BEHIND.match(plain, group[-1].span[1], end)
    if behind and _PASSIVE_BEFORE.search(_since_comma(plain, start, group[0].span[0])):
        return
    if behind and (behind[1] in DEEDS or (behind[1].endswith(("t", "en")) and clause.to_come)):
        yield behind[1]
    before = _BEFORE.search(plain, start, group[0].span[0])
    if before and before[1] in DEEDS and not (behind and behind[1] in {"vor", "gegenüber"}):
        yield before[1]
    if behind:
        yield from (m[1] for m in _SECOND.finditer(plain, behind.end(), end) if m[1] in DEEDS)


# "Zum Wahlleiter wird Herr Tal bestellt": what looks like a verb in the present is a participle.
_PASSIVE_BEFORE = re.compile(
    r"\b(?:wird|werden|wurde|wurden|ist|sind|war|waren|hat|haben|hatte|hatten|sei|seien|habe)\b"
)


def _since_comma(plain: str, start: int, end: int) -> str:
    return plain[max(start, plain.rfind(",", start, end)) : end]


def _certainty(clause: Clause, verb: str) -> float | None:
    """How surely this verb takes on a deed; None when it only tells the talk."""
    if NOT_FIRM.search(clause.words) or _OFFICE.search(clause.words):
        return None
    after = clause.words[clause.words.find(verb) :]
    if _IDLE.match(after):
        return None
    talk = bool(_TALK.match(after))
    if verb not in DEEDS:
        return (
            Certainty.GUESS
            if verb not in STATES
            and clause.to_come
            and not talk
            and not TOLD.search(after)
            and verb.endswith(("t", "en"))
            else None
        )
    if verb not in NARRATIVE:
        return Certainty.LIKELY
    if any(v.fullmatch(verb) and c.search(after) for v, c in COMPANIONS):
        return Certainty.PROBABLE
    if clause.to_come and (not talk or not TOLD.search(after)):
        return Certainty.PROBABLE
    return None
