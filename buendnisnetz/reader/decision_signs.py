"""The words by which a sentence tells a decision (S91)."""

import re
from functools import lru_cache

from buendnisnetz.reader.model import Certainty
from buendnisnetz.reader.votes import read_votes

DECIDES = re.compile(
    r"""\b(?:
    beschließ(?:t|en)|beschloss(?:en)?|beschlo(?:ß|ssen)|(?:wird|wurde|ist|sind|werden|wurden|hat|haben)\s(?:[^.;]{0,120}?\s)?(?:angenommen|genehmigt|abgelehnt|verabschiedet|gebilligt|bestätigt|entlastet|beschlossen|verworfen|zurückgestellt|vertagt|bewilligt|gutgeheißen|abgenickt|freigegeben|verabschiedet|festgelegt)
    |(?:einstimmig|mehrheitlich|ohne\sGegenstimmen?|einvernehmlich|im\sKonsens)\s(?:[^.;]{0,80}?)?(?:angenommen|genehmigt|abgelehnt|beschlossen|gewählt|bestätigt|zugestimmt|entlastet|verabschiedet|dafür|dagegen|frei)
    |(?:angenommen|genehmigt|abgelehnt|gewählt|beschlossen|zugestimmt|wiedergewählt)\b(?=\s{0,9}[.;,)(]|\s{0,9}$|\s-)
    |(?:wird|wurde|werden|wurden|ist)\s(?:[^.;]{0,120}?\s)?(?:stattgegeben|entsprochen|zugestimmt|erteilt|gewährt)\b|[Ee]ntlastung\b[^.;]{0,60}\berteilt
    |[Zz]u[mr]\s[A-ZÄÖÜ][^.;]{0,100}\b(?:bestimmt|bestellt|benannt|ernannt|berufen)\b|[Gg]ewählt\s(?:sind|ist|wird|werden|wurden?)\b
    |[Tt]agesordnung\s[^.;]{0,100}\b(?:erweitert|ergänzt|geändert|umgestellt)\b
    |(?:Der|Die|Das)\s[A-ZÄÖÜ][\w-]{0,40}(?:rat|ausschuss|ausschuß|beirat|vorstand|kommission|konferenz|versammlung|gremium|kreis|runde|bündnis|tisch|Rat)\s(?:\w{1,20}\s){0,2}(?:empfiehlt|empfahl|bewilligt|billigt|genehmigt|bestätigt|lehnt\s[^.;]{0,100}\bab\b|nimmt\s[^.;]{0,100}\ban\s{0,9}[.;,(])
    |(?:Anwesenden|Mitglieder|Mehrheit|Runde|Versammlung|Beteiligten|Teilnehmenden)\s(?:sprechen|spricht|sprachen|sprach)\ssich\s[^.;]{0,120}?\b(?:für|dafür|gegen|dagegen)\b|[Ee]s\s(?:besteht|herrscht|bestand|herrschte)\s(?:\w{1,40}\s){0,3}(?:Einigkeit|Einvernehmen|Konsens|Einverständnis)
    |stimm(?:t|en|te|ten)\s(?:dem|der|den|einstimmig|mehrheitlich|zu\b)(?:[^.;]{0,120}?)\bzu\b|stimm(?:t|en|te|ten)\s(?:einstimmig\s|mehrheitlich\s)?zu\b
    |(?:findet|fand|finden|fanden|erhält|erhielt)\s(?:[^.;]{0,120}?)(?:Zustimmung|Mehrheit)\b
    |(?:einig(?:t|en|te|ten)\ssich|verständig(?:t|en|te|ten)\ssich|(?:sind|ist|waren|war)\s(?:wir\s)?(?:uns|sich)(?:\s\w{1,40}){0,3}\seinig|(?:uns|sich)\seinig|sich\salle\seinig)
    |(?:wird|wurde)\s(?:[^.;]{0,60}?\s)?(?:festgehalten|vereinbart|verabredet|entschieden)\b
    |entscheide(?:t|n)\ssich|entschied(?:en)?\ssich|Auf\sBeschluss\sder|vertag(?:t|en)\b|wähl(?:t|en|te|ten)\s|(?:ist|sind|wird|wurde|werden|wurden)\s(?:[^.;]{0,100}?)(?:gewählt|wiedergewählt)
    |ohne\s(?:Gegenrede|Widerspruch|Widerrede|Einwände)|auf\sZuruf|dem\salle\szustimmen|[Aa]lle\s(?:sind\s)?(?:damit\s)?(?:einverstanden|dafür)|\bgeeinigt\b|[Ee]s\sbleibt\sbei|(?:wird|wurde)\s(?:[^.;]{0,120}?)(?:eingesetzt|gebildet|gegründet|eingerichtet|ernannt|berufen)\b|[Gg]ewählt\swird|[Dd]arüber\sbesteht\sEin\w{1,40}|gilt\sals\s(?:angenommen|genehmigt)
    |\w{1,40}t\s(?:[^.;]{0,80}?)\b(?:einstimmig|mehrheitlich)\b|gilt\s(?:ab|künftig|nun|weiterhin)\b|(?:einstimmig|mehrheitlich)\sfrei|entf(?:allen|ielen)\s
    )""",
    re.VERBOSE,
)
_NOT_DECIDED = re.compile(
    r"(?i)\b(?:schlägt|schlug|soll(?:e|te|ten)? (?:noch )?(?:\w{1,40} ){0,6}(?:beschlossen|entschieden|gewählt)|müsse|könne|könnte|würde|sei\b|seien|habe\b|hätte|hätten|beantragt|bittet|fragt|erinnert|berichtet|erklärt|teilt|informiert|erläutert|weist|hatte|im (?:letzten|vorigen|vergangenen) jahr|bereits (?:am|im|20\d\d)|zu einem späteren|noch (?:nicht|festgelegt|entschieden|beschlossen|bestimmt|benannt)|wird seit|ob\b|wenn\b|falls\b|beschlussfähig\w{0,40}|stimmberechtigt|damals|seinerzeit|zuvor|kandidier\w{0,40}|vom \w{1,40} (?:genehmigt|bewilligt)|wird gebeten zu genehmigen|zur (?:beratung|beschlussfassung|abstimmung))\b"
)
# Without any of these no sentence tells a decision; the check spares the long pattern.
_HINTS = (
    "beschl",
    "angenomm",
    "genehm",
    "abgelehn",
    "verabsch",
    "billig",
    "bestätig",
    "entlast",
    "verworf",
    "gestellt",
    "vertag",
    "bewillig",
    "heißen",
    "nickt",
    "festgel",
    "mehrheit",
    "gegenst",
    "einvern",
    "konsens",
    "wähl",
    "stimm",
    "einig",
    "verständ",
    "gehalten",
    "vereinbar",
    "verabred",
    "entsch",
    "entf",
    "gilt",
    "zuruf",
    "gegenrede",
    "widersp",
    "widerred",
    "einw",
    "einverst",
    "dafür",
    "dagegen",
    "eingesetz",
    "gebildet",
    "gegründet",
    "eingericht",
    "ernannt",
    "berufen",
    "bleibt",
    "enth",
    "frei",
    "stattgeg",
    "entspro",
    "erteilt",
    "gewähr",
    "bestellt",
    "benannt",
    "tagesordnung",
    "empfiehlt",
    "empfahl",
    "lehnt",
    "nimmt",
    "sprech",
    "sprach",
    "spricht",
)
# What is asked, wished or reported by somebody was not decided here.
_ASKED = re.compile(
    r"\b(?:fragt|fragte|ob|habe|hätte|hätten|seien|würde|würden|könnte|damals|seinerzeit)\b"
)
_STRONG = re.compile(
    r"(?i)\b(?:einstimmig|mehrheitlich|gegenstimme\w{0,40}|enthaltung\w{0,40}|beschließt|beschließen|beschlossen|zugestimmt|ohne aussprache|abgelehnt|einvernehm\w{1,40})\b"
)
_QUORUM = re.compile(
    r"(?i)beschlussfähig|beschlußfähig|ordnungsgemäß(?:e)? (?:geladen|ladung|einladung)|form und frist"
)
_MARGIN_VOTE = re.compile(r"(?i)^(?:einstimmig|mehrheitlich)\b\s{1,9}[A-ZÄÖÜ]")


@lru_cache(maxsize=2048)
def certainty(words: str) -> float | None:
    """How surely a sentence tells a decision; None when it does not."""
    if len(words) < 12 or words.endswith("?"):
        return None
    lower = words.lower()
    if not any(hint in lower for hint in _HINTS) or _QUORUM.search(words):
        return None
    votes = read_votes(words)
    if votes is not None:
        return (
            Certainty.SURE
            if votes.yes is not None or votes.abstain is not None
            else Certainty.LIKELY
        )
    if _MARGIN_VOTE.match(words):
        return Certainty.PROBABLE
    if (
        _ASKED.search(words)
        or not DECIDES.search(words)
        or (_NOT_DECIDED.search(words) and not _STRONG.search(words))
    ):
        return None
    return Certainty.LIKELY if _STRONG.search(words) else Certainty.PROBABLE


REMARK = re.compile(
    r"(?i)^(?:damit|somit) (?:ist|wird|sind) (?:der|die|das) [\w-]{1,40} (?:einstimmig |mehrheitlich )?(?:angenommen|abgelehnt|beschlossen)|befangen|nicht im raum|nicht an der abstimmung|antrag ist (?:damit )?(?:angenommen|abgelehnt)|damit (?:ist|wird) der antrag"
)
