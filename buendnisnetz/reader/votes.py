"""Counted votes (S91): "7 Ja-Stimmen, 3 Nein-Stimmen, 1 Enthaltung", "Ja 6, Nein 0", "mit 17 zu 4"."""

import re
from functools import lru_cache

from buendnisnetz.reader.lexicon import NUMBER_WORDS, number
from buendnisnetz.reader.model import Votes

_N = r"(?P<n>\d{1,4}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")"
_YES = r"(?:(?:Ja|JA|ja)(?:[- ]?[Ss]timmen?)?|[Dd]afür|[Zz]ustimmung(?:en)?|[Ff]ür-?[Ss]timmen|Stimmen? dafür|[Ss]timmten? (?:dafür|zu)|(?:waren|sind|war|stimmen) dafür|Pro(?:-Stimmen)?|Zustimmende|Stimmen für den Antrag|[Ss]timm(?:en|ten|t) für|[Bb]efürwort\w{1,40}|[Ff]ür den Antrag)"
_NO = r"(?:(?:Nein|NEIN|nein)(?:[- ]?[Ss]timmen?)?|(?:[Ss]timmen? |[Ss]timmten? |waren |war |sind )?[Dd]agegen|[Gg]egen-?[Ss]timmen?|[Aa]blehnung(?:en)?|Contra|[Gg]egen den Antrag)"
_ABSTAIN = r"(?:(?:[Ss]timm)?-?[Ee]nthaltung(?:en)?|ENTHALTUNG(?:EN)?|Enth\.|(?:Mitglied(?:er)? |Personen? |Anwesende |Stimmen? )?(?:enthielt(?:en)? sich|enthalten sich|enthält sich)|[Ee]nthalten)"

_BEFORE = {
    kind: re.compile(
        rf"(?<![\w.,/])(?i:{_N})[ \t\n]{{0,9}}(?:x |× )?{words}(?!\w)(?!\s{{0,3}}[:=])"
    )
    for kind, words in (("yes", _YES), ("no", _NO), ("abstain", _ABSTAIN))
}
_AFTER = {
    kind: re.compile(rf"(?<!\w){words}[ \t]{{0,9}}[:=–-]?[ \t]{{0,9}}(?P<n>\d{{1,4}})(?![\d.])")
    for kind, words in (("yes", _YES), ("no", _NO), ("abstain", _ABSTAIN))
}
_RATIO = re.compile(
    r"\b(?:mit|Mit)\s{1,9}(?P<yes>\d{1,3})\s{0,9}(?:Stimmen\s{1,9})?(?:zu|:|gegen)\s{0,9}(?P<no>\d{1,3})(?:\s{0,9}Stimmen)?"
)
# "Abstimmungsergebnis: 13 : 0", as southern councils write it.
_PAIR = re.compile(
    r"(?<![\d.:/])(?P<yes>\d{1,3})\s{0,9}:\s{0,9}(?P<no>\d{1,3})(?![\d.:/])(?!\s{0,9}Uhr)"
)
_COUNTED = re.compile(r"(?i)abstimm|stimmen\b|abst\.|angenommen|abgelehnt|beschlossen")
# "Ja  Nein  Enthaltung" with the counts in the next row.
_HEADED = re.compile(
    rf"{_YES}\W+{_NO}(?:\W+{_ABSTAIN})?\W+(?P<yes>\d{{1,3}})\W+(?P<no>\d{{1,3}})(?:\W+(?P<abstain>\d{{1,3}}))?\W*$"
)
_TRIPLE = re.compile(
    r"(?<![\d.:/-])(?P<yes>\d{1,3})\s{0,9}(?P<sign>[/:–-])\s{0,9}(?P<no>\d{1,3})\s{0,9}(?P=sign)\s{0,9}(?P<abstain>\d{1,3})(?![\d./:-])"
)
_UNANIMOUS = re.compile(
    r"\b(?:[Ee]instimmig\w{0,40}|EINSTIMMIG|ohne Gegenstimmen?|keine Gegenstimmen?|keiner dagegen|niemand dagegen)\b"
)
_SELF = re.compile(r"\b(?:enthält|enthielt) sich\b|\bbei eigener Enthaltung\b")
_ELECTED = re.compile(
    r"(?:entfallen|entfielen|erhält|erhielt|bekommt|bekam|mit)\s{1,9}(?:alle\s{1,9})?(?P<n>\d{1,3}|"
    + "|".join(NUMBER_WORDS)
    + r")\s{1,9}(?:von \d+ |der \d+ |abgegebenen |gültigen )*Stimmen?\b"
)
_TWO_CANDIDATES = re.compile(
    r"(?:entfallen|entfielen|erhält|erhielt)\s{1,9}\w{1,40},?\s.{0,40}?\b(?:auf|und)\b.{0,40}?\d+\s{0,9}(?:Stimmen)?"
)
_ANY = re.compile(
    rf"{_YES}|{_NO}|{_ABSTAIN}|[Ee]instimmig|EINSTIMMIG|[Mm]ehrheitlich|[Mm]ehrheit|Gegenstimme|Stimmen\b|bstimmung|ngenommen|bgelehnt"
)


# Without any of these nothing was voted on; the check spares the long patterns.
_HINTS = (
    "stimm", "ja", "nein", "dafür", "dagegen", "enth", "mehrheit", "ablehn", "pro", "befürw",
    "contra", "ngenommen", "bgelehnt", "gegen", "für den antrag", "mehrheitlich",
)  # fmt: skip


def _hinted(words: str) -> bool:
    lower = words.lower()
    return any(hint in lower for hint in _HINTS)


@lru_cache(maxsize=2048)
def read_votes(words: str) -> Votes | None:
    """The counts of this passage; None when nothing is counted."""
    triple = _TRIPLE.search(words)
    if triple is None and not (_hinted(words) and _ANY.search(words)):
        return None
    ratio = _RATIO.search(words) or (_PAIR.search(words) if _COUNTED.search(words) else None)
    headed = _HEADED.search(words)
    if headed:
        rest = headed["abstain"]
        return Votes(int(headed["yes"]), int(headed["no"]), int(rest) if rest else None)
    if triple and re.search(
        r"(?i)\(\d{1,3}/\d{1,3}/\d{1,3}\)|abst\.|ja\b|dafür|stimm|angenommen|abgelehnt|beschl|mehrheit",
        words,
    ):
        return Votes(*(int(triple[key]) for key in ("yes", "no", "abstain")))
    counts = {kind: _count(words, kind) for kind in ("yes", "no", "abstain")}
    if ratio:
        counts["yes"], counts["no"] = int(ratio["yes"]), int(ratio["no"])
    if counts["abstain"] is None and _SELF.search(words):
        counts["abstain"] = 1
    if counts["yes"] is None and not _TWO_CANDIDATES.search(words):
        elected = _ELECTED.search(words)
        counts["yes"] = number(elected["n"]) if elected else None
    if (
        counts["no"] is None
        and _UNANIMOUS.search(words)
        and any(v is not None for v in counts.values())
    ):
        counts["no"] = 0
    counted = {kind: value for kind, value in counts.items() if value is not None}
    # "ohne Gegenstimme" by itself says no more than "einstimmig".
    return Votes(**counts) if counted and counted != {"no": 0} else None


def _count(words: str, kind: str) -> int | None:
    before, after = _BEFORE[kind].search(words), _AFTER[kind].search(words)
    if after is not None and _labels_lead(words):
        return int(after["n"])
    if before is not None:
        return number(before["n"])
    return int(after["n"]) if after is not None and not _numbers_lead(words) else None


def _labels_lead(words: str) -> bool:
    """ "Ja 6, Nein 0": the first count stands behind its word."""
    firsts = [m.start() for kind in _AFTER if (m := _AFTER[kind].search(words))]
    leads = [m.start() for kind in _BEFORE if (m := _BEFORE[kind].search(words))]
    return bool(firsts) and (not leads or min(firsts) < min(leads))


def _numbers_lead(words: str) -> bool:
    return any(pattern.search(words) for pattern in _BEFORE.values())


_VOTE_HEAD = re.compile(rf"\W*{_YES}\W+{_NO}(?:\W+{_ABSTAIN})?\W*")
_COUNT_ROW = re.compile(r"\W*\d{1,3}(?:\W+\d{1,3}){1,2}\W*")


def counts_below(head: str, row: str) -> bool:
    """Whether the second line holds the counts for the words of the first."""
    return bool(_VOTE_HEAD.fullmatch(head)) and bool(_COUNT_ROW.fullmatch(row))


_ONLY_VOTES = re.compile(
    rf"(?:{_YES}|{_NO}|{_ABSTAIN}|[Ee]instimmig(?:er?)?|EINSTIMMIG|[Mm]ehrheitlich(?:er?)?|MEHRHEITLICH|Mehrheit|Das|war|ist|für|Antrag|gesetzl|[Dd]avon|[Aa]nwesend(?:e[nr]?)?|Mitgliederzahl|Stimmberechtigte[nr]?|Soll|Ist|Beschlu(?:ss|ß)|[Ss]omit|[Dd]amit|[Aa]ngenommen|[Aa]bgelehnt|beschlossen|genehmigt|zugestimmt|Abstimmung(?:sergebnis)?|Abstimmverhalten|ABSTIMMUNGSERGEBNIS|Ergebnis|Stimmen?|bei|mit|ohne|und|keine?r?|der|die|den|auf|sich|davon|gegen|von|Mitglieder|Anwesenden?|stimmberechtigten?|insgesamt|gesetzliche|Anzahl|zu|{'|'.join(NUMBER_WORDS)}|\d++|[\s,;.:/()=–+-]++)++",
)


@lru_cache(maxsize=2048)
def only_votes(words: str) -> bool:
    """Whether a line says nothing but how the vote went."""
    return _hinted(words) and bool(_ANY.search(words)) and bool(_ONLY_VOTES.fullmatch(words))
