"""How like two names are, and the sentences that say so. No database."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from buendnisnetz.core.likeness import named_alike, words_alike
from buendnisnetz.core.search import search_key
from buendnisnetz.network.models import Organisation, Person

# Below this a proposal would only be noise.
WORTH_SHOWING = 0.55
_ALIKE = 84.0
_TITLES = frozenset(
    [
        "dr",
        "prof",
        "herr",
        "herrn",
        "frau",
        "dipl",
        "ing",
        "med",
        "rer",
        "nat",
        "phil",
        "jur",
        "habil",
        "mdl",
    ]
)
_LEGAL_FORMS = frozenset(
    ["gmbh", "ggmbh", "ag", "ev", "e", "v", "mbh", "kg", "co", "kgaa", "ug", "se", "eg"]
)

Score = tuple[float, tuple[str, ...]]


class HeldPost(NamedTuple):
    """A post of a candidate: its title, what it belongs to and that thing's short name."""

    title: str
    scope: str
    short_name: str


def person_key(name: str) -> str:
    """A name's folded words without titles; "Müller, Anna" becomes anna muller."""
    family, comma, given = name.partition(",")
    if comma and given.strip():
        name = f"{given} {family}"
    return _words(name, _TITLES)


def organisation_key(name: str) -> str:
    return _words(name, _LEGAL_FORMS)


def of_person(
    name: str,
    organisation: str,
    role: str,
    person: Person,
    aliases: Sequence[str],
    posts: Sequence[HeldPost],
) -> Score:
    """How sure a name, with what a text says about it, means a person."""
    score, reason = _person_name(name, person, aliases)
    reasons = [reason]
    at_home = next((post for post in posts if _same_place(organisation, post)), None)
    if at_home is not None:
        score = min(1.0, score + 0.3)
        reasons.append(_("Belongs to %(place)s.") % {"place": at_home.scope})
    elif organisation and posts:
        score -= 0.1
        reasons.append(_("Is known from elsewhere: %(place)s.") % {"place": posts[0].scope})
    held = next((post for post in posts if role and _alike(role, post.title) >= _ALIKE), None)
    if held is not None:
        score = min(1.0, score + 0.05)
        reasons.append(_("Holds this function: %(title)s.") % {"title": held.title})
    return round(score, 3), tuple(reasons)


def of_organisation(name: str, organisation: Organisation, aliases: Sequence[str]) -> Score:
    """How sure a name means an organisation."""
    score, reason = _organisation_name(name, organisation, aliases)
    if organisation.valid_to is not None:
        ended = _("Ended on %(day)s.") % {"day": f"{organisation.valid_to:%d.%m.%Y}"}
        return round(score - 0.02, 3), (reason, ended)
    return round(score, 3), (reason,)


def _person_name(name: str, person: Person, aliases: Sequence[str]) -> tuple[float, str]:
    full = person.full_name()
    asked, known, family = person_key(name), person_key(full), person_key(person.family_name)
    if asked == known:
        if full in name:
            return 1.0, _("The name is the same.")
        return 0.98, _("The name is the same but for accents, hyphens or order: %(name)s.") % {
            "name": full
        }
    for alias in aliases:
        if asked == person_key(alias):
            return 0.97, _("A confirmed other spelling: %(name)s.") % {"name": alias}
    if asked == family:
        return 0.6, _("The family name is the same.")
    first, _space, rest = asked.partition(" ")
    if rest == family and len(first) == 1 and known.startswith(first):
        return 0.75, _("Family name and initial are the same.")
    return _spelling(asked, known, full, rest == family or asked.endswith(f" {family}"))


def _spelling(asked: str, known: str, full: str, same_family: bool) -> tuple[float, str]:
    if sorted(asked.split()) == sorted(known.split()):
        return 0.96, _("The name is the same but for accents, hyphens or order: %(name)s.") % {
            "name": full
        }
    likeness = named_alike(asked, known)
    if likeness >= _ALIKE:
        return 0.92 * likeness / 100, _("The name is spelt alike: %(name)s.") % {"name": full}
    if same_family:
        return 0.45, _("The family name is the same.")
    return 0.5 * likeness / 100, _("The name is spelt alike: %(name)s.") % {"name": full}


def _organisation_name(
    name: str, organisation: Organisation, aliases: Sequence[str]
) -> tuple[float, str]:
    asked, known = organisation_key(name), organisation_key(organisation.name)
    if asked == known:
        return 1.0, _("The name is the same.")
    if organisation.short_name and asked == organisation_key(organisation.short_name):
        return 0.97, _("The short name of %(name)s.") % {"name": organisation.name}
    for alias in aliases:
        if asked == organisation_key(alias):
            return 0.97, _("A confirmed other spelling: %(name)s.") % {"name": alias}
    others = [organisation_key(other) for other in (organisation.name, *aliases)]
    likeness = max(named_alike(asked, other) for other in others)
    if likeness >= _ALIKE:
        text = _("The name is spelt alike: %(name)s.")
        return 0.92 * likeness / 100, text % {"name": organisation.name}
    if len(asked) > 3 and words_alike(asked, known) == 100:
        return 0.65, _("All words occur in %(name)s.") % {"name": organisation.name}
    text = _("The name is spelt alike: %(name)s.")
    return 0.6 * likeness / 100, text % {"name": organisation.name}


def _same_place(typed: str, post: HeldPost) -> bool:
    if not typed:
        return False
    asked = organisation_key(typed)
    if post.short_name and asked == organisation_key(post.short_name):
        return True
    known = organisation_key(post.scope)
    return named_alike(asked, known) >= _ALIKE


def _alike(one: str, other: str) -> float:
    return words_alike(_words(one, frozenset()), _words(other, frozenset()))


def _words(text: str, left_out: frozenset[str]) -> str:
    key = search_key(text)
    cleaned = "".join(letter if letter.isalnum() else " " for letter in key)
    kept = [word for word in cleaned.split() if word not in left_out]
    return " ".join(kept or cleaned.split())
