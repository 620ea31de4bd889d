"""How rows of this room are shown: addresses, labels, periods, vCards."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.core.words import words_of
from buendnisnetz.network.domain.queries.alliances import Status
from buendnisnetz.network.enums import (
    AllianceStatus,
    Contribution,
    OrganisationKind,
    PostKind,
    Sector,
    SizeClass,
    WzSection,
)
from buendnisnetz.network.models import (
    Alliance,
    AllianceTerritory,
    Membership,
    Organisation,
    Person,
    Post,
)
from buendnisnetz.territories.enums import Level
from buendnisnetz.ui.jinja import format_date, format_number, url

_LINE_OCTETS = 75

STATUS_TONES: dict[str, str] = {
    AllianceStatus.FOUNDING: "info",
    AllianceStatus.ACTIVE: "success",
    AllianceStatus.RESTING: "warning",
    AllianceStatus.DISSOLVED: "danger",
}


@lru_cache(maxsize=32)
def address_of(name: str) -> Callable[[str], str]:
    """Builds the addresses of many rows of a list; resolving each anew costs more than the row."""
    before, after = url(name, "0" * 8).split("0" * 8)
    return lambda public_id: f"{before}{public_id}{after}"


def period(first_day: date | None, last_day: date | None) -> str:
    """From when to when, in words; empty if neither is known."""
    if first_day and last_day:
        values = {"first": format_date(first_day), "last": format_date(last_day)}
        return _("%(first)s to %(last)s") % values
    if first_day:
        return _("since %(day)s") % {"day": format_date(first_day)}
    if last_day:
        return _("until %(day)s") % {"day": format_date(last_day)}
    return ""


def alliance_facts(
    alliance: Alliance, status: Status | None, links: Sequence[AllianceTerritory], day: date
) -> list[tuple[str, Any]]:
    """The profile as pairs of label and value; empty values are left out by the page."""
    places = [link.territory.name for link in links if link.holds_on(day)]
    return [
        (_("Works in"), one_line(places)),
        (_("Evidence"), status.evidence if status else ""),
        (_("Confirmed on"), format_date(status.confirmed_on) if status else ""),
        (_("Founded on"), format_date(alliance.founded_on, "")),
        (_("Legal form"), alliance.legal_form),
        (_("Steering body"), alliance.steering_body),
        (_("Seals and awards"), alliance.awards),
        (_("Address"), postal_address(alliance)),
        (_("Accessibility of the office"), alliance.access_note),
        (_("Phone"), alliance.phone),
    ]


def organisation_facts(organisation: Organisation) -> list[tuple[str, Any]]:
    """What is said of an organisation, as pairs of label and value."""
    place = organisation.territory
    district = place.parent if place and place.level == Level.MUNICIPALITY else None
    return [
        (_("Short name"), organisation.short_name),
        (_("Kind"), words_of(OrganisationKind)[organisation.kind]),
        (_("Side"), words_of(Sector)[organisation.sector]),
        (_("Branch"), words_of(WzSection).get(organisation.wz_section, "")),
        (_("Number of staff"), words_of(SizeClass).get(organisation.size_class, "")),
        (_("Place"), one_line(row.name for row in (place, district) if row)),
        (_("Period"), period(organisation.valid_from, organisation.valid_to)),
        (_("Address"), postal_address(organisation)),
        (_("Phone"), organisation.phone),
    ]


def post_name(post: Post) -> str:
    """A post with what it belongs to: Koordination, Bündnis Musterstadt."""
    return one_line((post.title, post.scope_name))


def post_facts(post: Post) -> list[tuple[str, Any]]:
    """What is said of a post, as pairs of label and value."""
    hours = "" if post.weekly_hours is None else format_number(post.weekly_hours)
    return [
        (_("Kind"), words_of(PostKind)[post.kind]),
        (_("Phone"), post.phone),
        (_("Office hours"), post.office_hours),
        (_("Hours a week"), hours),
        (_("Paid by"), post.funded_by),
        (_("Exists"), period(post.valid_from, post.valid_to)),
        (_("Mandate ends on"), format_date(post.mandate_ends_on, "")),
        (_("Confirmed on"), format_date(post.confirmed_on, "")),
    ]


def members_by_kind(members: Iterable[Membership]) -> list[tuple[str, list[Membership]]]:
    """Members grouped by kind, the largest group first."""
    groups: dict[str, list[Membership]] = {}
    words = words_of(OrganisationKind)
    for member in members:
        groups.setdefault(words[member.organisation.kind], []).append(member)
    return sorted(groups.items(), key=lambda entry: (-len(entry[1]), entry[0]))


def contribution_words(member: Membership) -> str:
    """What a member brings in, as text."""
    return one_line(words_of(Contribution)[value] for value in member.contributions)


def one_line(parts: Iterable[str | None], separator: str = ", ") -> str:
    return separator.join(part for part in parts if part)


def postal_address(row: Any) -> str:
    """Street and town of an organisation or alliance."""
    return one_line((row.street, one_line((row.postcode, row.city), " ")))


def organisation_vcard(organisation: Organisation) -> str:
    """An organisation's own address (vCard 4.0)."""
    place = organisation
    return _card(
        [
            ("KIND", "org"),
            ("FN", _escaped(organisation.name)),
            ("ORG", _escaped(organisation.name)),
            ("ADR;TYPE=work", _address(place.street, place.city, place.postcode)),
            ("EMAIL;TYPE=work", _escaped(organisation.email)),
            ("TEL;TYPE=work", _escaped(organisation.phone)),
            ("URL", organisation.website),
        ],
        organisation.public_id,
    )


def post_vcard(post: Post, holders: Sequence[str]) -> str:
    """A post's address; ``holders`` are the names that whoever asks may see."""
    name = holders[0] if len(holders) == 1 else f"{post.title}, {post.scope_name}"
    return _card(
        [
            ("KIND", "individual" if len(holders) == 1 else "group"),
            ("FN", _escaped(name)),
            ("ORG", _escaped(post.scope_name)),
            ("TITLE", _escaped(post.title)),
            ("EMAIL;TYPE=work", _escaped(post.email)),
            ("TEL;TYPE=work", _escaped(post.phone)),
        ],
        post.public_id,
    )


def person_vcard(person: Person, roles: Sequence[tuple[str, str]]) -> str:
    """A person with what they are today; ``roles`` are pairs of function and place."""
    title, place = roles[0] if roles else ("", "")
    family, given, before = person.family_name, person.given_name, person.academic_title
    return _card(
        [
            ("KIND", "individual"),
            ("FN", _escaped(person.titled_name())),
            ("N", f"{_escaped(family)};{_escaped(given)};;{_escaped(before)};"),
            ("ORG", _escaped(place)),
            ("TITLE", _escaped(title)),
            ("EMAIL", _escaped(person.email)),
            ("TEL", _escaped(person.phone)),
        ],
        person.public_id,
    )


def _card(fields: Iterable[tuple[str, str]], public_id: str) -> str:
    filled = [f"{name}:{value}" for name, value in fields if value.strip(";")]
    lines = ["BEGIN:VCARD", "VERSION:4.0", *filled, f"UID:{public_id}", "END:VCARD"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _address(street: str, city: str, postcode: str) -> str:
    return f";;{_escaped(street)};{_escaped(city)};;{_escaped(postcode)};"


def _escaped(text: str) -> str:
    for mark, written in (
        ("\\", "\\\\"),
        (",", "\\,"),
        (";", "\\;"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
    ):
        text = text.replace(mark, written)
    return text


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets, without cutting a letter in two (RFC 6350, 3.2)."""
    folded, current, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE_OCTETS:
            folded.append(current)
            current, size = " ", 1
        current += letter
        size += octets
    return [*folded, current]
