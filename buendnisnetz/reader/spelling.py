"""One person in several spellings, and people who speak without being listed (S12).

Only words that stand as a person's name are compared, so that ordinary words raise no alarm. A
missing hyphen is no variant.
"""

from collections import defaultdict
from collections.abc import Iterator

from buendnisnetz.reader import messages
from buendnisnetz.reader.mentions import Mention
from buendnisnetz.reader.model import Entry, Finding, Minutes, Span
from buendnisnetz.reader.roster import Roster, fold

_FEWEST_LISTED = 3
_LONGEST_TEXT = 400_000


def name_findings(
    minutes: Minutes, entries: tuple[Entry, ...], roster: Roster
) -> Iterator[Finding]:
    """Variants of listed names, then voices that nobody listed."""
    families = {_family(person.name): person.span for person in minutes.participants if person.name}
    spoken = _spoken(roster)
    variants = list(_variants(families, spoken))
    for left, right, spans in variants:
        yield Finding("name_variant", messages.NAME_VARIANT.format(left=left, right=right), spans)
    if len(minutes.participants) >= _FEWEST_LISTED:
        yield from _unlisted(minutes, entries, spoken, {right for _, right, _ in variants})


def _family(name: str) -> str:
    return name.split()[-1]


def _spoken(roster: Roster) -> dict[str, list[Mention]]:
    """Every spelling of a family name that stands behind a salutation or function."""
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in roster.within(0, _LONGEST_TEXT):
        if mention.led and mention.written and len(_family(mention.written)) > 2:
            found[_family(mention.written)].append(mention)
    return found


def _variants(
    families: dict[str, Span], spoken: dict[str, list[Mention]]
) -> Iterator[tuple[str, str, tuple[Span, ...]]]:
    """Pairs of a listed and a spoken spelling, then pairs of two spoken ones."""
    seen: set[frozenset[str]] = set()
    known = dict(families)
    for spelling, said in spoken.items():
        for other, span in list(known.items()):
            pair = frozenset((spelling, other))
            if spelling in families or pair in seen or not _is_variant(spelling, other):
                continue
            seen.add(pair)
            yield other, spelling, (span, *(m.span for m in said[:5]))
            break
        else:
            known.setdefault(spelling, said[0].span)


def _is_variant(left: str, right: str) -> bool:
    """One letter more, less or other, or only other marks on letters."""
    if left == right or (_bare(left) == _bare(right) and left.casefold() == right.casefold()):
        return False
    plain_left, plain_right = _bare(left), _bare(right)
    if plain_left == plain_right:
        return left.replace("-", "").casefold() != right.replace("-", "").casefold()
    shortest = min(len(plain_left), len(plain_right))
    if shortest < 4 or plain_left[0] != plain_right[0]:
        return False
    allowed = 1 if shortest < 9 else 2
    return _distance(plain_left, plain_right) <= allowed


def _distance(left: str, right: str) -> int:
    """Letters to add, drop, change or swap with the neighbour; names are short."""
    if abs(len(left) - len(right)) > 2 or len(left) > 40:
        return 3
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, one in enumerate(left, 1):
        here = [row]
        for column, other in enumerate(right, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (one != other))
            if row > 1 and column > 1 and one == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, above = above, here
    return above[-1]


def _bare(name: str) -> str:
    return fold(name).replace(" ", "")


def _unlisted(
    minutes: Minutes,
    entries: tuple[Entry, ...],
    spoken: dict[str, list[Mention]],
    variants: set[str],
) -> Iterator[Finding]:
    """Speakers of the talk and of the agenda who are not in the list."""
    voices = [entry.speaker for entry in entries if entry.speaker]
    voices += [speaker for item in minutes.agenda for speaker in item.speakers]
    families = dict.fromkeys(_family(voice) for voice in voices if voice.split())
    for family in families:
        said = spoken.get(family)
        if not said or family in variants:
            continue
        if any(
            _is_variant(family, _family(p.name)) or _bare(family) == _bare(_family(p.name))
            for p in minutes.participants
        ):
            continue
        message = messages.SPEAKER_NOT_LISTED.format(name=max((m.written for m in said), key=len))
        yield Finding("speaker_not_listed", message, tuple(m.span for m in said[:5]))
