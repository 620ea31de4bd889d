"""People in running text, and whom of the list they are.

A mention is led by a salutation or a function ("Frau Dr. Ebeling", "Ausschussmitglied Kröncke"), is
a full name with a common given name, or is a name that the attendance list knows.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from buendnisnetz.reader.given_names import is_given
from buendnisnetz.reader.lexicon import STARTERS
from buendnisnetz.reader.model import Participant, Span
from buendnisnetz.reader.names import (
    INITIAL,
    PARTICLE,
    SALUTATION,
    TITLE,
    WORD,
    Person,
    clean_title,
    looks_institutional,
    person_at,
)
from buendnisnetz.reader.roles import ROLE_LEAD, is_bare_role
from buendnisnetz.reader.sheet import Sheet

_LED = re.compile(
    rf"(?<![\w-])(?:(?P<salutation>{SALUTATION})[ \t\n]+(?:{ROLE_LEAD})?|{ROLE_LEAD})(?P<titles>(?:{TITLE}(?![^\W\d_])[ \t\n]*){{0,3}})(?=(?:{PARTICLE}[ \t\n]+)*(?:{WORD}|{INITIAL}))"
)
_TITLED = re.compile(rf"(?<![\w-])(?:{TITLE}(?![^\W\d_])[ \t]*){{1,3}}(?=(?:{PARTICLE}[ \t]+)*{WORD})")
_WORD = re.compile(rf"(?<![\w-]){WORD}")
_NAME_RUN = re.compile(rf"(?:(?:{PARTICLE})[ \t\n]+)*(?:{WORD}|{INITIAL})(?:[ \t\n]+(?:(?:{PARTICLE})[ \t\n]+)*(?:{WORD}|{INITIAL})){{0,3}}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person in running text: what is written and whom it means."""

    span: Span
    name: str
    written: str
    led: bool
    known: bool


def fold(name: str) -> str:
    """A name without diacritics, hyphens and case, for comparison."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace(". ", ".").replace(".", " ") if "." in name else name.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum() or letter == " ")


class Roster:
    """The people of the list, found by any part of their name."""

    def __init__(self, people: Iterable[str], aliases: Mapping[str, str] | None = None) -> None:
        self._aliases = dict(aliases or {})
        self._names: dict[str, str] = {}
        self._by_word: defaultdict[str, list[str]] = defaultdict(list)
        for name in people:
            if fold(name) in self._names:
                continue
            self._names[fold(name)] = name
            for word in {*fold(name).split(), fold(name.split()[-1]) if name else ""}:
                self._by_word[word].append(name)

    @classmethod
    def of(cls, participants: Iterable[Participant]) -> "Roster":
        """The roster of an attendance list."""
        return cls(person.name for person in participants)

    def knows_word(self, word: str) -> bool:
        """Whether a word is part of a listed name."""
        return len(word) > 1 and (fold(word) in self._by_word or word in self._aliases)

    def resolve(self, written: str) -> str | None:
        """The one listed person that is meant, or None."""
        if written in self._aliases:
            return self._aliases[written]
        words = [word for word in fold(written).split() if word]
        if not words:
            return None
        if " ".join(words) in self._names:
            return self._names[" ".join(words)]
        family = self._by_word.get(words[-1], [])
        matching = [name for name in family if _agrees(words, fold(name).split())]
        if len(matching) == 1:
            return matching[0]
        closing = [name for name in matching if fold(name).split()[-1] == words[-1]]
        return closing[0] if len(closing) == 1 else None


def _agrees(words: list[str], name: list[str]) -> bool:
    """Every written word or initial occurs in the name."""
    initials = "".join(part[0] for part in name)
    return all(
        word in name or (len(word) <= 3 and (initials.startswith(word) or any(part.startswith(word) for part in name)))
        for word in words
    )


def mentions(plain: str, start: int, end: int, roster: Roster) -> list[Mention]:
    """All people in this part of the text, in order."""
    found = [*_led(plain, start, end, roster)]
    taken = [mention.span for mention in found]
    for mention in _bare(plain, start, end, roster):
        if not any(left < mention.span[1] and mention.span[0] < right for left, right in taken):
            found.append(mention)
            taken.append(mention.span)
    return sorted(found, key=lambda mention: mention.span)


def _led(plain: str, start: int, end: int, roster: Roster) -> Iterator[Mention]:
    at = start
    while (match := _next_lead(plain, at, end)) is not None:
        at = match.end()
        run = _NAME_RUN.match(plain, at, end)
        if run is None:
            continue
        salutation = match.groupdict().get("salutation")
        written, stop = _fitting(plain, run, roster)
        first = written.split()[0]
        if is_bare_role(first):
            continue
        if not salutation and (looks_institutional(first) or first in STARTERS or first[0].islower()):
            continue
        if salutation in {"Familie", "Fam.", "Eheleute"}:
            written = f"Familie {written}"
        name = roster.resolve(written)
        if name is None and not salutation and _HEADS_OFFICE.search(match.group()) and not is_given(first):
            continue
        yield Mention((match.start(), stop), name or written, written, led=True, known=name is not None)
        at = stop


# "Abteilungsleiterin Standortpolitik": what such a function is followed by is mostly no name.
_HEADS_OFFICE = re.compile(r"(?:leit(?:er|erin|ung)|referent(?:in)?|beauftragte[rn]?|fachdienst|vertret\w+|berat\w+|manager(?:in)?|assistent(?:in)?)\s*$", re.IGNORECASE)


def _next_lead(plain: str, at: int, end: int) -> re.Match[str] | None:
    led, titled = _LED.search(plain, at, end), _TITLED.search(plain, at, end)
    if led is None or (titled is not None and titled.start() < led.start()):
        return titled
    return led


def _fitting(plain: str, run: re.Match[str], roster: Roster) -> tuple[str, int]:
    """How much of a run of capitalised words is the name: nouns may follow it directly."""
    words = [m for m in re.finditer(r"\S+", run.group())]
    longest = len(words)
    for count in range(longest, 0, -1):
        written = " ".join(word.group() for word in words[:count])
        if roster.resolve(written):
            return written, run.start() + words[count - 1].end()
    count = _plausible_length([word.group() for word in words])
    return " ".join(word.group() for word in words[:count]), run.start() + words[count - 1].end()


def _plausible_length(words: list[str]) -> int:
    """Given names and initials, particles, one family name."""
    count = 0
    while count < len(words) - 1 and (
        is_given(words[count]) or words[count].endswith(".") or re.fullmatch(PARTICLE, words[count])
    ):
        count += 1
    return count + 1


def _bare(plain: str, start: int, end: int, roster: Roster) -> Iterator[Mention]:
    """Full names and names of the list without any lead."""
    for match in _WORD.finditer(plain, start, end):
        word = match.group()
        if word in STARTERS:
            continue
        known = roster.knows_word(word)
        if not known and not is_given(word):
            continue
        person = _person_from(plain, match.start(), end, roster)
        if person is None:
            continue
        written = person.name
        name = roster.resolve(written)
        if name is None and (not person.given or not person.family):
            continue
        yield Mention(person.span, name or written, written, led=False, known=name is not None)


def _person_from(plain: str, at: int, end: int, roster: Roster) -> Person | None:
    run = _NAME_RUN.match(plain, at, end)
    if run is None:
        return None
    written, stop = _fitting(plain, run, roster)
    if roster.resolve(written):
        words = written.split()
        return Person(" ".join(words[:-1]), words[-1], None, (at, stop))
    return person_at(plain, at, stop)


_FULL = re.compile(rf"(?:{SALUTATION}[ \t]+)(?:{ROLE_LEAD})?(?:{TITLE}[ \t]*){{0,3}}(?P<name>{WORD}[ \t]+(?:(?:{PARTICLE})[ \t]+)*{WORD})")


def full_roster(sheet: Sheet, participants: Sequence[Participant]) -> Roster:
    """The list, and after it everyone whom the text names in full once."""
    names = [person.name for person in participants]
    families = {fold(name).split()[-1] for name in names if fold(name)}
    for match in _FULL.finditer(sheet.plain):
        name = " ".join(match["name"].split())
        words = name.split()
        if is_given(words[0]) and not looks_institutional(words[-1]) and fold(words[-1]) not in families:
            names.append(name)
    return Roster(names, _aliases(sheet, participants))


_ALIAS = re.compile(r"[ \t]*\(\s*(?P<alias>[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{1,3})\s*(?:[,;)])")


def _aliases(sheet: Sheet, participants: Sequence[Participant]) -> dict[str, str]:
    """Initials that the list gives in brackets: "Katharina Ehrenfried (KE)"."""
    found: dict[str, str] = {}
    for person in participants:
        match = _ALIAS.match(sheet.plain, person.span[1])
        if match and match["alias"].upper() == match["alias"] and _could_abbreviate(match["alias"], person.name):
            found[match["alias"]] = person.name
    return found


def _could_abbreviate(alias: str, name: str) -> bool:
    initials = [word[0] for word in fold(name.replace("-", " ")).split()]
    return alias[0].lower() in initials


def with_titles(sheet: Sheet, participants: Sequence[Participant]) -> tuple[Participant, ...]:
    """Titles that only the talk gives: "Frau Dr. Ebeling".

    A list that shows titles shows all that it wants to show.
    """
    if any(person.academic_title for person in participants):
        return tuple(participants)
    titles: dict[str, str] = {}
    for match in _TITLED_FAMILY.finditer(sheet.plain):
        titles.setdefault(fold(match["family"]), match["title"])
    return tuple(
        replace(person, academic_title=clean_title(titles[family]))
        if person.academic_title is None and (family := fold(person.name.split()[-1])) in titles
        else person
        for person in participants
        if person.name.split()
    )


_TITLED_FAMILY = re.compile(
    rf"(?:Frau|Herrn?)[ \t]+(?P<title>{TITLE}(?:[ \t]*{TITLE})*)[ \t]+(?:(?:{PARTICLE})[ \t]+)*(?P<family>{WORD})"
)
