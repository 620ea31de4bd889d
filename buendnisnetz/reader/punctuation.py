"""Abbreviations that nobody explains, and signs that stand twice (S15)."""

import re
from collections.abc import Iterator

from buendnisnetz.reader import messages
from buendnisnetz.reader.model import Finding, Minutes, Span
from buendnisnetz.reader.sheet import Sheet

_SHORT = re.compile(r"(?<![\w./@-])(?P<short>[A-ZÄÖÜ]{2,8})(?![\w@]|[.-]\w)")
_DOUBLED = re.compile(r"(?<![.:,;!?])(?:[:;,]\s?[:;,.]|\.\s\.|(?<!\.)\.\.(?!\.))(?![.:,;!?])")
_KNOWN_WORDS = """
EU USA BRD DDR UN UNO CDU CSU SPD FDP AFD BSW UWG IHK HWK DGB DRK AWO ASB VDK VHS AG AK EV GMBH KG OHG TOP TO KW EUR PDF DIN ISO TV PC IT EDV WC LKW PKW SMS USB CD DVD WLAN
NRW BGB SGB GG OB BM AL RL MDR ARD ZDF DM KFZ PLZ ID OK II III IV VI VII VIII IX XI XII NR ZT GB MB KB TN
"""
_KNOWN = frozenset(_KNOWN_WORDS.split())
_MOST = 25


def unexplained_abbreviations(sheet: Sheet, minutes: Minutes) -> Iterator[Finding]:
    """Each abbreviation once, at its first place; shouted headings are no abbreviations."""
    places: dict[str, list[Span]] = {}
    for match in _SHORT.finditer(sheet.plain):
        if match["short"] not in _KNOWN and not _in_capitals(sheet.plain, match):
            places.setdefault(match["short"], []).append(match.span())
    told = 0
    for short, spans in places.items():
        if told >= _MOST:
            return
        if not _explained(sheet.plain, short) and not _initials(short, minutes):
            told += 1
            yield Finding("abbreviation", messages.ABBREVIATION.format(name=short), (spans[0],))


def _in_capitals(plain: str, match: re.Match[str]) -> bool:
    """Whether the words beside it are in capitals too."""
    before = plain[max(0, match.start() - 16) : match.start()].split()
    after = plain[match.end() : match.end() + 16].split()
    beside = [word for word in (*before[-1:], *after[:1]) if len(word) > 3]
    return bool(beside) and all(word.isupper() for word in beside)


def _explained(plain: str, short: str) -> bool:
    """ "Landesprogramm … (LSZ)" or "LSZ (Landesprogramm …)" explain it."""
    return bool(
        re.search(rf"\w\s{{0,9}}[\"“”]?\s{{0,9}}\(\s{{0,9}}{re.escape(short)}\s{{0,9}}[),]", plain)
        or re.search(
            rf"\b{re.escape(short)}\s{{0,9}}\((?=[^()]*[a-zäöü])[^()]{{8,}}\)|\b{re.escape(short)}\s{{0,9}}(?:=|steht für)",
            plain,
        )
    )


def _initials(short: str, minutes: Minutes) -> bool:
    """Initials of a listed person are no abbreviation."""
    return any(
        "".join(word[0] for word in person.name.split()).upper() == short
        for person in minutes.participants
    )


def doubled_punctuation(sheet: Sheet) -> Iterator[Finding]:
    """ "Leitung: :" and the like."""
    for told, match in enumerate(_DOUBLED.finditer(sheet.text)):
        if told >= _MOST:
            return
        if "\n" in match.group() or sheet.plain[match.start() : match.end()].strip() == "":
            continue
        around = sheet.words((max(0, match.start() - 18), min(len(sheet.plain), match.end() + 4)))
        yield Finding(
            "doubled_punctuation", messages.DOUBLED_PUNCTUATION.format(name=around), (match.span(),)
        )
