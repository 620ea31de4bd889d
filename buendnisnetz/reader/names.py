"""How a person is written: salutation, titles, function, given name, family name.

`person_at` reads one person from one entry of a list. It never looks beyond the entry; what stands
around the name is the caller's business.
"""

import re
from dataclasses import dataclass

from buendnisnetz.reader.given_names import is_given
from buendnisnetz.reader.lexicon import STARTERS
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.roles import ROLE_LEAD, is_bare_role

_UP = "A-ZÄÖÜÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚ"
_PART = rf"[{_UP}][^\W\d_]*(?:['’´`][^\W\d_]+)*"
WORD = rf"{_PART}(?:[-‐–]{_PART})*"
INITIAL = rf"(?:Chr|Joh|Ch|Th|Ph|St|[{_UP}])\.(?:[-‐]?(?:Chr|Joh|Ch|Th|Ph|St|[{_UP}])\.)*"
PARTICLE = (
    r"(?:von|v\.(?: ?d\.)?|van|de|del|della|di|da|dos|du|den|der|dem|zu|zur|zum|vom|ten|ter|tho|thor|af|av|al|el|la|le|bin|ibn|ben|vande|van't"
    r"|und zu|Graf|Gräfin|Freiherr|Freifrau|Freiin|Baron|Baronin|Edler|Ritter|Prinz|Prinzessin|Von|Van|De|Zu|Zur|Le|La|Di|Del|El|Al)"
)
TITLE = (
    r"(?:Prof(?:essor(?:in)?|\.(?:in)?)?|Dr(?:\.|in\.?)?(?: ?(?:med|rer|nat|phil|jur|ing|habil|h|c|iur|oec|theol|pol|vet|dent|Ing|agr|sc|mult|mont|soc)\.)*|Doktor"
    r"|PD|Mag\.(?:a)?|DDr\.|Dipl\.?[-– ]?(?:Ing|Soz|Päd|Psych|Kfm|Kffr|Betrw|Biol|Geogr|Volksw|Theol|Verw|Sozialpäd|Sozialarb)[\w.-]{0,12}(?: ?\(FH\))?|Ing\.|M\.A\.|B\.A\.|M\.Sc\.|B\.Sc\.|MBA|LL\.M\.|Ph\.D\.)"
)
SALUTATION = r"(?:Herrn?|Frau|Hr\.|Fr\.|Hrn\.|Herren|Frl\.|Familie|Fam\.|Eheleute)"

_NOBLE = rf"(?:{PARTICLE}\s{{1,9}}){{0,3}}"
FAMILY = rf"{_NOBLE}{WORD}"
_GIVEN = rf"(?:{WORD}|{INITIAL})"
# Given names, then a family name; "S. Ürgen-Moor", "Minh Ba Lin", "Dora von Moor".
FULL_NAME = rf"(?:{_GIVEN}[ \t]{{1,9}}){{1,3}}{FAMILY}"
TITLES = rf"(?:{TITLE}[ \t]{{0,9}})"

_LEAD = re.compile(
    rf"(?P<salutation>{SALUTATION}[ \t]{{1,9}})?(?P<role>{ROLE_LEAD})?(?P<second>{SALUTATION}[ \t]{{1,9}})?(?P<titles>(?:{TITLE}(?![^\W\d_])[ \t]{{0,9}}){{0,4}})"
)
_TOKEN = re.compile(rf"{INITIAL}|{WORD}|{PARTICLE}(?=[ \t])|[^\W\d_]+\.?|\S")
_TITLE_RUN = re.compile(rf"(?:{TITLE}(?![^\W\d_])[ \t]{{0,9}}){{1,4}}")
_NAME_TOKEN = re.compile(rf"(?:{INITIAL}|{WORD})")
_PARTICLE_TOKEN = re.compile(PARTICLE)
_INVERTED = re.compile(
    rf"(?:{SALUTATION}[ \t]{{1,9}})?(?P<t1>(?:{TITLE}(?![^\W\d_])[ \t]{{0,9}}){{0,4}})(?P<family>{FAMILY}(?:[ \t]{{1,9}}{FAMILY})?)[ \t]{{0,9}},[ \t]{{0,9}}"
    rf"(?:{SALUTATION}[ \t]{{1,9}})?(?P<t2>(?:{TITLE}(?![^\W\d_])[ \t]{{0,9}}){{0,4}})(?P<given>{_GIVEN}(?:[ \t]{{1,9}}{_GIVEN}){{0,2}})(?P<noble>(?:[ \t]{{1,9}}{PARTICLE}){{0,3}})(?:,?[ \t]{{0,9}}(?P<t3>{TITLE}))?(?![^\W\d_])"
)
_DOUBLE_FAMILY = re.compile(r"[ \t]{1,9}")

# What is no person: parts of organisations, functions and everyday words of minutes.
_NO_PERSON = re.compile(
    r"(?:\w{0,40}(?:verein|verband|bund|amt|rat|kasse|schule|kita|hort|heim|haus|gruppe|ausschuss|beirat|verwaltung|kreis|gemeinde|stadt|kirche|pfarrei|klinik|klinikum|zentrum|büro|stelle|werk|werke|bank|agentur|kammer|initiative|netzwerk|stiftung|gesellschaft|dienst|partei"
    r"|fraktion|vorstand|sprecher|leiter|leiterin|leitung|vertreter|vertreterin|mitglied|mitglieder|gast|gäste|referat|referent|referentin|ministerium|landratsamt|bündnis|redaktion|forum|universität|hochschule|institut|akademie|presse|zeitung|polizei|feuerwehr|beratung|projekt|pflege|café|cafe|laden|treff|center|familien?|senioren|jugend|eltern|kinder|bürger"
    r"|uhr|euro|protokoll|niederschrift|sitzung|treffen|tagesordnung|anlage|beschluss|antrag|thema|punkt|seite|termin|ort|datum|raum|saal|straße|platz|weg|allee|gasse|strasse)(?:e[sn]?|s|n)?"
    r"|CDU|SPD|FDP|CSU|AfD|GRÜNE|Grüne|UWG|BSW|LINKE|Linke|IHK|HWK|DRK|AWO|ASB|VdK|DGB|TOP|GmbH|gGmbH|AG|KG|eG|OHG|Deutsche[rs]?|Freie|Lokales|Evangelische|Katholische|Landkreis|Land|Freistaat|Abteilung|Bereich|Team|Alle|Beide"
    r"|Erste|Zweite|Nächste|Neue|Öffentlich\w{0,40}|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)",
    re.IGNORECASE,
)
_CASE_SENSITIVE_NO = frozenset({"Kreis", "Rat", "Weg", "Bund", "Haus", "Land", "Stadt"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person as written; `span` covers the name without salutation."""

    given: str
    family: str
    title: str | None
    span: Span
    role: str | None = None

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given} {self.family}".strip()


def looks_institutional(word: str) -> bool:
    """Whether a word is part of an organisation, a function or a date rather than a name."""
    return bool(_NO_PERSON.fullmatch(word)) or any(
        bool(_NO_PERSON.fullmatch(part))
        for part in word.split("-")
        if "-" in word and len(part) > 3
    )


def clean_title(written: str | None) -> str | None:
    """Academic titles as written, "Professor" and "Doktor" shortened."""
    if not written or not written.strip():
        return None
    short = " ".join(written.split())
    short = re.sub(r"Professor(?:in)?|Prof\.in\b|Prof(?!\.)", "Prof.", short)
    return re.sub(r"Doktor\b|Drin\.?\b|Dr(?![.\w])", "Dr.", short)


def inverted(plain: str, start: int, end: int) -> Person | None:
    """ "Familie, Vorname", with titles on either side."""
    match = _INVERTED.match(plain, start, end)
    if not match:
        return None
    family, given = match["family"], " ".join(match["given"].split())
    if len(family.split()) == 2 and len(given.split()) == 2 and is_given(family.split()[0]):
        return None
    if looks_institutional(given.split()[0]) or any(
        looks_institutional(part) and not is_given(given.split()[0]) for part in family.split()
    ):
        return None
    if given.split()[0] in STARTERS:
        return None
    family = " ".join((match["noble"] + " " + family).split())
    title = clean_title(" ".join(part for part in (match["t1"], match["t2"], match["t3"]) if part))
    return Person(given, family, title, (match.start(), match.end()))


def person_at(plain: str, start: int, end: int, *, single: bool = False) -> Person | None:
    """The person at the start of this entry, or None.

    `single` also takes one word for a person, which only a list of participants justifies.
    """
    lead = _LEAD.match(plain, start, end)
    if lead is None:
        return None
    at = lead.end()
    saluted = bool(lead.group().strip())
    tokens = _name_tokens(plain, at, end)
    if not tokens:
        return None
    words = [token.group() for token in tokens]
    if not _plausible(words, saluted=saluted, single=single):
        return None
    given, family = _split_name(words)
    first = lead.start("titles") if lead["titles"].strip() else tokens[0].start()
    role = " ".join(lead["role"].split()) if lead["role"] else None
    return Person(given, family, clean_title(lead["titles"]), (first, tokens[-1].end()), role)


def _name_tokens(plain: str, at: int, end: int) -> list[re.Match[str]]:
    """Name words in a row; a particle counts only when a name follows."""
    tokens: list[re.Match[str]] = []
    waiting: list[re.Match[str]] = []
    while at < end and len(tokens) < 6:
        match = _TOKEN.match(plain, at, end)
        if match is None:
            break
        word = match.group()
        if word in {"vom", "zum", "zur"} and len(tokens) == 1 and not is_given(tokens[0].group()):
            break
        if _PARTICLE_TOKEN.fullmatch(word) and (tokens or word[0].isupper() or len(word) > 2):
            waiting.append(match)
        elif len(tokens) + len(waiting) > 1 and (
            looks_institutional(word) or is_bare_role(word) or _is_short_form(word)
        ):
            break
        elif _NAME_TOKEN.fullmatch(word) and not (tokens and word in STARTERS):
            tokens += [*waiting, match]
            waiting = []
        else:
            break
        at = match.end()
        while at < end and plain[at] in " \t":
            at += 1
    return tokens


def _is_short_form(word: str) -> bool:
    """ "AL", "FBL": behind a name these are functions or offices."""
    return len(word) in {2, 3} and word.isupper()


def _plausible(words: list[str], *, saluted: bool, single: bool) -> bool:
    content = [word for word in words if not _PARTICLE_TOKEN.fullmatch(word)]
    if not content or content[0] in STARTERS:
        return False
    known = is_given(content[0])
    if any(looks_institutional(word) for word in content[: None if not known else 1]):
        return known and len(content) == 2 and not looks_institutional(content[0])
    if saluted:
        return True
    if len(content) == 1:
        return single
    shouted = [word for word in content if len(word) > 2 and word.isupper()]
    return len(shouted) < len(content) or known


def _family_first(words: list[str]) -> bool:
    """ "Amelung Frieda", but not "Opa Hein" and not "H. Peter"."""
    return (
        len(words) == 2
        and is_given(words[1])
        and not is_given(words[0])
        and not words[0].endswith(".")
        and words[0] not in {"Opa", "Oma", "Tante", "Onkel"}
    )


def _split_name(words: list[str]) -> tuple[str, str]:
    """Given and family name; "Amelung Frieda" is turned when only the second word is a given name."""
    if len(words) == 1:
        return ("", words[0]) if not is_given(words[0]) else (words[0], "")
    if _family_first(words):
        return words[1], words[0]
    particle = next(
        (n for n, word in enumerate(words) if n and _PARTICLE_TOKEN.fullmatch(word)), None
    )
    if _PARTICLE_TOKEN.fullmatch(words[0]):
        return "", " ".join(words)
    cut = particle if particle is not None else len(words) - 1
    return " ".join(words[:cut]), " ".join(words[cut:])
