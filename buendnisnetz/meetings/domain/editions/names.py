"""Taking names out of what the public reads, unless the person agreed to be named (S17).

Two nets: the reader finds whom a text names, whoever it is; and every name that the meeting's own
rows know is looked for as a word, in full and by its parts, with another hyphen or a genitive.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from buendnisnetz.meetings.domain.editions.content import Content
from buendnisnetz.network.enums import ConsentKind
from buendnisnetz.network.models import Person
from buendnisnetz.reader import people_in

_SHORTEST = 3


@dataclass(frozen=True)
class Known:
    """A person whom the minutes know: how the name is written, and whether it may be shown."""

    names: tuple[str, ...]
    agreed: bool


class Hider:
    """Replaces names in text; ``"[Name]"`` stands where nobody agreed to be named."""

    def __init__(self, people: Iterable[Known]) -> None:
        rows = list(people)
        self._hidden = {name for row in rows if not row.agreed for name in row.names}
        self._shown = {name for row in rows if row.agreed for name in row.names}
        parts = {part for name in self._hidden for part in _parts(name)}
        parts -= {part for name in self._shown for part in _parts(name)}
        words = sorted(parts | self._hidden, key=lambda word: (-len(word), word))
        pattern = "|".join(_loose(word) for word in words if len(word) >= _SHORTEST)
        self._words = re.compile(rf"(?<![\w-])(?:{pattern})s?(?![\w-])") if pattern else None

    def __call__(self, text: str) -> str:
        """The text without hidden names."""
        if not text:
            return text
        mark = _("[name]")
        pieces, at = [], 0
        for found in people_in(text, sorted(self._hidden | self._shown)):
            start, end = found.span
            pieces += [text[at:start], text[start:end] if found.name in self._shown else mark]
            at = end
        plain = "".join((*pieces, text[at:]))
        return self._words.sub(mark, plain) if self._words else plain


def hider_for(content: Content) -> Hider:
    """The hider of one edition; two queries. People are found by the ids that the content keeps."""
    written = list(_written(content))
    ids = {person for person, _name in written if person}
    rows = Person.objects.filter(public_id__in=ids)
    agreed = set(rows.with_consent(ConsentKind.PUBLIC_NAME).values_list("public_id", flat=True))
    known = [
        Known(_names(given, family, other), agreed=key in agreed)
        for key, given, family, other in rows.values_list(
            "public_id", "given_name", "family_name", "other_names"
        )
    ]
    known += [
        Known((name,), agreed=person in agreed) for person, name in written if len(name.split()) > 1
    ]
    return Hider(known)


def agreed_people(content: Content) -> set[str]:
    """Public ids of the people of an edition whose name may be shown."""
    ids = {person for person, _name in _written(content) if person}
    rows = Person.objects.filter(public_id__in=ids).with_consent(ConsentKind.PUBLIC_NAME)
    return set(rows.values_list("public_id", flat=True))


def people_of(content: Content) -> set[str]:
    """Public ids of everyone whom an edition knows."""
    return {person for person, _name in _written(content) if person}


def _written(content: Content) -> Iterable[tuple[str | None, str]]:
    for row in content["attendance"]:
        yield row["person"], row["name"]
    for item in content["agenda"]:
        for speaker in item["speakers"]:
            yield speaker["person"], speaker["name"]
    for entry in content["entries"]:
        if entry["speaker"]:
            yield entry["speaker_person"], entry["speaker"]


def _names(given: str, family: str, other: str) -> tuple[str, ...]:
    full = f"{given} {family}".strip()
    return tuple(filter(None, (full, *other.split("; "))))


def _parts(name: str) -> set[str]:
    """The family name, whole and, if double, by its halves; given names alone name nobody."""
    words = name.split()
    if not words:
        return set()
    family = words[-1]
    return {family, *(half for half in family.split("-") if len(half) > _SHORTEST)}


def _loose(name: str) -> str:
    return re.sub(r"(?:\\-|\\ )", r"[-\\s]", re.escape(name))


Hide = Callable[[str], str]
