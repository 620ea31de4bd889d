"""What stands behind a name: organisation, function, and whether the person was there."""

import re
from dataclasses import dataclass

from buendnisnetz.reader.model import Status
from buendnisnetz.reader.names import TITLE
from buendnisnetz.reader.roles import is_bare_role, starts_with_role

_EXCUSED = re.compile(
    r"\b(?:entschuldigt|entsch\.|verhindert|krank|Urlaub|abgemeldet)(?!\w)|(?:^\(?|\s)e\.?\)?$",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:abwesend|fehlt|fehlend|unentschuldigt|unentsch\.|nicht (?:anwesend|erschienen|da|dabei|teilgenommen)|nein)(?!\w)|^-$|^u\.?e?\.?$",
    re.IGNORECASE,
)
_GUEST = re.compile(r"^(?:als )?Gast$|^Gäste$|\bals Gast\b", re.IGNORECASE)
_PRESENT = re.compile(
    r"^(?:anwesend|ja|x|✓|✔|da|online|vor Ort|teilgenommen|per Video|präsent|digital|zugeschaltet|telefonisch)?(?:[ ,]{0,40}(?:ab|bis|von|zu|nur|per|online)\b.*)?$",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"(?:{TITLE}[\s.]{{0,40}})+")
_PASSING = re.compile(
    r"^(?:TOP|zu TOP|Punkt|ab|bis|von|seit|kommt|kam|geht|ging|nur|zeitweise|per|via|online|ohne|mit|i\. ?V\.|in Vertretung|vertritt|vertreten|Vertretung|für|u\.a\.|etc|ca)\b",
)
# "Quirin - tippt", "Meier (beratend)": one lower-case word says what somebody does there.
_DOING = re.compile(r"[a-zäöü][a-zäöüß]{3,}")
_LEAD = re.compile(r"^[\s(\[,;:–—/|.…-]{1,40}|[\s)\],;:–—|-]{1,40}$")
_FOR = re.compile(
    r"^(?:vom|von der|von|für (?:den|die|das)|für|aus der|aus dem|Vertreter(?:in)? (?:der|des))[ \t]{1,9}",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b[A-Za-z]\.$")
_AS = re.compile(r"^als (?=[A-ZÄÖÜ])(?!Gast)")
_ORGANISATION_TAIL = re.compile(
    r"^(.{3,60}?)[ \t]{1,9}(?:der|des|bei der|beim|von|im|in der)[ \t]{1,9}(.{3,})$"
)


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Organisation, function and attendance read from the words around a name."""

    organisation: str | None = None
    role: str | None = None
    status: Status | None = None
    title: str | None = None


def read_status(words: str) -> Status | None:
    """Whether the words say that somebody was there."""
    bare = words.strip()
    if _EXCUSED.search(bare) and "unentsch" not in bare.lower():
        return "excused"
    if _ABSENT.search(bare):
        return "absent"
    if _GUEST.search(bare):
        return "guest"
    return "present" if bare and _PRESENT.match(bare) else None


def read_affiliation(words: str) -> Affiliation:
    """Take "Kessler Armaturen, Betriebsrat", "Gast" or "entschuldigt" apart."""
    organisations: list[str] = []
    roles: list[str] = []
    titles: list[str] = []
    status: Status | None = None
    for part in _parts(words):
        found = read_status(part) if len(part) <= 40 else None
        if found is not None:
            status = status or (None if found == "present" else found)
        elif _TITLE.fullmatch(part):
            titles.append(part)
        elif is_bare_role(part) or starts_with_role(part) or _DOING.fullmatch(part):
            roles.append(part)
        elif not _PASSING.match(part) or part.lower().startswith("für "):
            organisations.append(_trimmed(_FOR.sub("", part)))
    organisation = ", ".join(organisations) or None
    return Affiliation(organisation, ", ".join(roles) or None, status, " ".join(titles) or None)


def _trimmed(words: str) -> str:
    """Without the full stop of a sentence, but with that of "e. V."."""
    bare = words.strip(" ,;:")
    return bare.lstrip(".") if _ABBREVIATED.search(bare) else bare.strip(" ,.;:")


def _parts(words: str) -> list[str]:
    bare = _LEAD.sub("", _LEAD.sub("", words))
    parts = [
        part.strip()
        for part in re.split(r"[,;]\s{1,9}|[()\[\]]|\s[–—-]\s(?=[A-ZÄÖÜ])(?=[^,]*$)", bare)
        if part
    ]
    if (
        len(parts) == 2
        and " - " in bare
        and starts_with_role(parts[1])
        and starts_with_role(parts[0])
    ):
        return [bare]
    parts = [_AS.sub("", part) for part in parts]
    return [_LEAD.sub("", part) for part in parts if any(letter.isalnum() for letter in part)]
