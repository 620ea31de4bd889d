"""Tasks that are ordered, promised or announced: "wird beauftragt", "sagt zu", "wird informiert" (S117)."""

import re

from buendnisnetz.reader.clauses import (
    ACTOR,
    GROUP,
    NOT_FIRM,
    PRONOUN,
    TOLD,
    Clause,
    deed,
    groups,
    is_agent,
)
from buendnisnetz.reader.model import Certainty
from buendnisnetz.reader.tasklists import Deed, names_of
from buendnisnetz.reader.verbs import INFINITIVE, PROMISED

_ORDERED = re.compile(
    r"\b(?:wird|werden|wurde|wurden)\b[^.;]{0,80}?\b(?:beauftragt|gebeten|aufgefordert|ersucht|ermächtigt|betraut)\b"
)
_MODAL_BEHIND = re.compile(
    r"\s{0,9}(?:(?:vom|von der|aus dem|aus der) [A-ZÄÖÜ][\w-]{1,40}\s{0,9})?(?:,\s{0,9})?(?:wird|werden|soll|sollen|will|wollen|muss|müssen|muß)\b"
)
_MODAL_BEFORE = re.compile(
    r"\b(?:wird|werden|soll|sollen|will|wollen|muss|müssen)\s{1,9}(?:auch |dann |noch )?$"
)
_FUTURE = re.compile(r"\b(?:wird|werden)\b", re.IGNORECASE)
_OBLIGED = re.compile(
    r"\b(?:müsse|müssen|muss|könne|können|kann|solle|sollen|soll|dürfe|darf|sollte|wollen)\b"
)
_AGENT_PRONOUN = re.compile(r"\b(?:von|durch)\s{1,9}(?:ihr|ihm|ihnen|ihn|sie)\b")
_PLEDGE = re.compile(
    r"\b(?:sagt|sagte|sagen)\b[^.;]{0,160}?\bzu\b(?!\s{1,9}\w{1,40}en\b)|\b(?:erklärt|erklärte|erklären) sich[^.;]{0,60}?bereit\b|\bverspricht\b"
    r"|\bsichert\b[^.;]{0,80}?\bzu\b|\b(?:hat|haben) (?:sich bereit erklärt|zugesagt)\b"
)
_REPORTED_PLEDGE = re.compile(
    r"\b(?:habe|hätten?|sei)\b[^.;]*\bzugesagt\b|\bzugesagt (?:habe|hätten)\b"
)
_AGENT_GROUP = re.compile(
    rf"\b(?:durch|von)\s{{1,9}}(?:den|die|das|dem|der)\s{{1,9}}(?P<name>{GROUP})\b"
)
_PAST = re.compile(
    r"\b(?:hatte|hatten|wurde|wurden|war|waren|hat (?!sich bereit|zugesagt)|haben (?!sich bereit|zugesagt)|ging|kam|fand|gab)\b"
)


def ordered(clause: Clause) -> Deed | None:
    """ "Die Verwaltung wird beauftragt, …"."""
    match = _ORDERED.search(clause.words)
    if match is None:
        return None
    subject = [
        m
        for m in clause.people
        if clause.sheet.words((clause.span[0], m.span[1])) in clause.words[: match.end()]
        and not is_agent(clause, m)
    ]
    if subject and clause.words.find(subject[0].written) < match.end():
        return deed(clause, names_of(subject[:1]), "task", Certainty.SURE)
    actor = ACTOR.search(clause.words[: match.start()])
    inside = re.search(r"\b(?:der|die|das)\s{1,9}([A-ZÄÖÜ][\w-]{1,40})", match.group())
    name = actor["name"] if actor else inside[1] if inside else None
    return deed(clause, name, "task", Certainty.SURE)


# "Frau Au bittet Herrn Tal, die Frage zu klären": the one who is asked is to do it.
_ASKS = re.compile(r"\b(?:bittet|bitten|bat|beauftragt|beauftragen|ersucht|ersuchen)\s{1,9}")
_TO_DO = re.compile(r"\b(?:zu\s{1,9}[a-zäöüß]{3,40}n|[a-zäöüß]{2,20}zu[a-zäöüß]{3,40}n)\b")


def asked(clause: Clause) -> Deed | None:
    """Somebody is asked by another to do something, and the infinitive says what."""
    match = _ASKS.search(clause.words)
    if match is None or not _TO_DO.search(clause.words, match.end()):
        return None
    if NOT_FIRM.search(clause.words[: match.start()]):
        return None
    rest = clause.words[match.end() :]
    for mention in clause.people:
        written = clause.sheet.words(mention.span)
        if rest.startswith(written):
            return deed(clause, mention.name, "task", Certainty.PROBABLE)
    group = re.match(rf"(?:den|die|das|alle)\s{{1,9}}(?P<name>{GROUP})\b", rest)
    return deed(clause, group["name"], "task", Certainty.PROBABLE) if group else None


# "Der Nachweis ist bis zum 31. März vorzulegen", "Herr Tal hat den Bewerbern abzusagen".
_OBLIGES = re.compile(r"\b(?P<verb>ist|sind|hat|haben)\b[^;]{0,200}?")


def obliged(clause: Clause) -> Deed | None:
    """ "ist … zu erledigen" with a deadline, "hat … zu erledigen" with somebody who has."""
    match = _OBLIGES.search(clause.words)
    if match is None or not _TO_DO.search(clause.words, match.end()):
        return None
    if NOT_FIRM.search(clause.words) or _OBLIGED_TALK.search(clause.words):
        return None
    if match["verb"] in {"ist", "sind"}:
        if clause.due is None or clause.due.rank > 1 or not clause.to_come:
            return None
        return deed(clause, None, "task", Certainty.PROBABLE)
    before = clause.words[: match.start()].rstrip()
    who = [m.name for m in clause.people if before.endswith(clause.sheet.words(m.span))]
    actor = ACTOR.search(before)
    name = who[0] if who else actor["name"] if actor and before.endswith(actor["name"]) else None
    return deed(clause, name, "task", Certainty.PROBABLE) if name else None


_OBLIGED_TALK = re.compile(
    r"\b(?:nicht|kaum|schwer|leicht|daß|dass|ob|um|begonnen|angefangen|versucht|vergessen|angeboten|vorgeschlagen|zu rechnen|zu erwarten|zu sehen|bereit)\b"
)


def pledged(clause: Clause) -> Deed | None:
    """ "Herr Terhorst sagt eine Antwort zu"."""
    match = _PLEDGE.search(clause.words)
    if match is None or _REPORTED_PLEDGE.search(clause.words):
        return None
    actor = ACTOR.search(clause.words)
    who = clause.people[0].name if clause.people else None
    if re.search(r"\b(?:sagt|sagte|verspricht|sichert) (?:sie|er)\b", clause.words):
        who = clause.voice.names("sagt") or who
    if who is None and PRONOUN.match(clause.words):
        who = clause.voice.names(match.group().split()[0])
    who = who or (actor["name"] if actor else None)
    return deed(clause, who, "promise", Certainty.LIKELY) if who else None


def future(clause: Clause) -> Deed | None:
    """ "Er wird bis 5.4. nachfragen", "Frau Meier soll klären …"."""
    if NOT_FIRM.search(clause.words):
        return None
    for group in groups(clause):
        modal = _MODAL_BEHIND.match(clause.sheet.plain, group[-1].span[1], clause.span[1])
        inverted = _MODAL_BEFORE.search(clause.sheet.plain, clause.span[0], group[0].span[0])
        if (modal or inverted) and INFINITIVE.search(
            clause.sheet.plain, group[-1].span[1], clause.span[1]
        ):
            return deed(clause, names_of(group), "task", Certainty.PROBABLE)
    modal_word = re.search(
        r"(?:^(?:Er|Sie|Beide|Dieser|Diese)|(?:^|[,;] |und )(?:er|sie|dieser|diese)) (wird|werden|soll|sollen|will|wollen)\b",
        clause.words,
    )
    if modal_word and clause.voice.people and INFINITIVE.search(clause.words):
        return deed(clause, clause.voice.names(modal_word[1]), "task", Certainty.PROBABLE)
    actor = ACTOR.search(clause.words)
    if (
        actor
        and re.match(
            r"\s{1,9}(?:wird|werden|soll|sollen|muss|müssen)\b", clause.words[actor.end() :]
        )
        and INFINITIVE.search(clause.words, actor.end())
    ):
        return deed(clause, actor["name"], "task", Certainty.PROBABLE)
    return None


# Changes to agenda and minutes and the going on of the sitting are done when they are told.
_OF_THE_SITTING = re.compile(
    r"\b(?:TOP|Tagesordnung|Tagesordnungspunkt|Punkt)\b[^;]*\b(?:ergänzt|geändert|verteilt|aufgenommen)\b|\b(?:Niederschrift|Protokoll)\b[^.;]*\b(?:ergänzt|korrigiert)\b[^.;]*\b(?:bestätigt|genehmigt|angenommen)\b|\bSitzung\b[^.;]*\bfortgesetzt\b|\b[Zz]u[mr]\s[A-ZÄÖÜ][^;]*\bbestellt\b|\b(?:auf|nach) Zuruf\b|\b(?:Antrag|Vorlage|Vorschlag|Anträge)\b[^;]*\babgestimmt\b"
)


def passive(clause: Clause) -> Deed | None:
    """ "Die Eltern werden bis Ende April informiert", "… wird von Herrn Can verschickt"."""
    words = clause.words
    if (
        not _FUTURE.search(words)
        or _OBLIGED.search(words)
        or not PROMISED.search(words)
        or _PAST.search(words)
        or NOT_FIRM.search(words)
    ):
        return None
    if TOLD.search(words[: words.find("werd") if "werd" in words else words.find("wird")]):
        return None
    if _OF_THE_SITTING.search(words):
        return None
    if "beantragt" in words and not clause.to_come:
        return None
    agents = [m for m in clause.people if is_agent(clause, m)]
    if agents:
        return deed(clause, names_of(agents), "task", Certainty.LIKELY)
    if _AGENT_PRONOUN.search(words) and clause.voice.people:
        return deed(clause, clause.voice.people[-1].name, "task", Certainty.PROBABLE)
    group = _AGENT_GROUP.search(words)
    if group is not None:
        return deed(clause, group["name"], "task", Certainty.PROBABLE)
    return deed(clause, None, "promise", Certainty.PROBABLE if clause.to_come else Certainty.GUESS)
