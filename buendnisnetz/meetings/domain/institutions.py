"""What the words beside a participant's name say: a function, one body, or two. Pure."""

import re
from typing import NamedTuple

from buendnisnetz.network.domain.guessing import is_alliance

# Functions that lists of participants put where the institution should stand alone.
_ROLE = re.compile(
    r"(?:Ober)?[Bb]ürgermeister(?:in)?|Gleichstellungsbeauftragte[rn]?|Land(?:rat|rätin)\b|Seniorenbeauftragte[rn]?"
    r"|Jugendhilfeplaner(?:in)?|Sozialplaner(?:in)?|Planungskoordinator(?:in)?|Beigeordnete[rn]?"
    r"|(?:Amts|Abteilungs|Referats|Fachbereichs|Einrichtungs)leiter(?:in)?|Geschäftsführer(?:in)?|Vorsitzende[rn]?"
)
# Parts of an administration: no bodies of their own beside it.
_DEPARTMENT = re.compile(
    r"^(?:\w*amt|Amt|Abteilung|Fachbereich|Fachdienst|Dezernat|Referat|Stabsstelle|Büro)\b"
)
_BETWEEN = re.compile(r"\s*[,;/]\s*")


class Institution(NamedTuple):
    """Whom somebody stands for: a function, a body, and the other body of a double role."""

    role: str
    body: str
    also_for: str


def institution_of(words: str) -> Institution:
    """Take "Bürgermeisterin Stadt X" apart, and "Bündnis X, Y GmbH".

    Two bodies are an alliance and something else that is no function and no department. Other
    words that stand side by side, a house and its carrier for instance, remain one body.
    """
    parts = [part for part in _BETWEEN.split(words.strip()) if part]
    bodies = [part for part in parts if not _ROLE.fullmatch(part) and not _DEPARTMENT.match(part)]
    if len(bodies) == 2 and is_alliance(bodies[0]) != is_alliance(bodies[1]):
        role = next((part for part in parts if _ROLE.fullmatch(part)), "")
        return Institution(role, bodies[0], bodies[1])
    role, body = role_and_institution(words)
    return Institution(role, body, "")


def role_and_institution(words: str) -> tuple[str, str]:
    """Separate "Bürgermeisterin Stadt X" or "Landratsamt Y, Sozialplaner" into function and institution.

    Without a function, or with nothing else, the words stay whole.
    """
    found = _ROLE.search(words)
    if found is None:
        return "", words
    before, after = words[: found.start()], words[found.end() :]
    after = re.sub(r"^\s+(?:der|des|von)\s+", " ", after)
    rest = " ".join(f"{before.rstrip(' ,;/(')} {after.lstrip(' ,;/)')}".split())
    return (found.group(), rest) if len(rest) > 2 else ("", words)
