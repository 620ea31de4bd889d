"""What a row says differently than the entry that it means: proposed cell by cell, never by itself.

An empty cell says nothing, so it takes nothing away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from buendnisnetz.network.models import Membership, Organisation, Person, Post, Term
from buendnisnetz.upkeep.domain.columns import FIELDS
from buendnisnetz.upkeep.enums import Target
from buendnisnetz.upkeep.models import ListRow

# Where the values of each key stand: on the entry itself or on what belongs to it.
ORGANISATION_KEYS = (
    "name", "short_name", "kind", "sector", "wz_section", "size_class", "territory", "street",
    "postcode", "city", "email", "phone", "website", "note", "valid_from",
)  # fmt: skip
MEMBERSHIP_KEYS = {
    "since": "valid_from",
    "contributions": "contributions",
    "membership_note": "note",
}
PERSON_KEYS = {
    "academic_title": "academic_title", "given_name": "given_name", "family_name": "family_name",
    "person_email": "email", "person_phone": "phone",
}  # fmt: skip
POST_KEYS = {
    "post_title": "title", "post_kind": "kind", "post_email": "email", "post_phone": "phone",
}  # fmt: skip
TERM_KEYS = {"valid_from": "valid_from", "valid_to": "valid_to", "is_acting": "is_acting"}


@dataclass(frozen=True)
class Known:
    """What the directory has of a row's entry."""

    organisation: Organisation | None = None
    membership: Membership | None = None
    person: Person | None = None
    post: Post | None = None
    term: Term | None = None
    aliases: frozenset[str] = frozenset()


def choose_entry(row: ListRow, number: int | None) -> None:
    """Say which entry a row means, by the number of an organisation or a person."""
    if row.partner_list.target == Target.PEOPLE:
        row.person_id = number
    else:
        row.organisation_id = number


def found_changes(target: str, values: Mapping[str, Any], known: Known, *, take: bool) -> list[dict[str, Any]]:  # fmt: skip
    """The differences, each with key, before, after, and whether it is to be taken over."""
    labels = {field.key: str(field.heading) for field in FIELDS[target]}
    found = []
    for key, (row, attribute) in places_of(target, known).items():
        if row is None or key not in values:
            continue
        before, after = plain(getattr(row, attribute)), values[key]
        if _differ(before, after):
            # Filling what is empty loses nothing.
            found.append(
                _change(key, labels[key], before, after, take=take or before in ("", None, []))
            )
    more = [name for name in values.get("other_names", []) if name not in known.aliases]
    if more:
        found.append(_change("other_names", labels["other_names"], "", more, take=take))
    return found


def _change(key: str, label: str, before: Any, after: Any, *, take: bool) -> dict[str, Any]:
    return {"field": key, "label": label, "before": before, "after": after, "take": take}


def places_of(target: str, known: Known) -> dict[str, tuple[Any, str]]:
    """For each key the row and the attribute where its value stands; None where there is no row yet."""
    if target == Target.MEMBERS:
        own = {
            key: (known.organisation, "territory_id" if key == "territory" else key)
            for key in ORGANISATION_KEYS
        }
        return own | {key: (known.membership, name) for key, name in MEMBERSHIP_KEYS.items()}
    return {
        key: (row, name)
        for row, keys in (
            (known.person, PERSON_KEYS), (known.post, POST_KEYS), (known.term, TERM_KEYS),
        )
        for key, name in keys.items()
    }  # fmt: skip


def plain(value: Any) -> Any:
    """A model's value as it stands in JSON."""
    return value.isoformat() if isinstance(value, date) else value


def _differ(before: Any, after: Any) -> bool:
    if isinstance(before, list):
        return sorted(before) != sorted(after)
    if isinstance(before, str) and isinstance(after, str):
        # How a text is broken into lines is no statement of a list.
        return before.split() != after.split()
    return bool((before or "") != (after or ""))


def put(row: Any, attribute: str, value: Any) -> None:
    """Set a JSON value as the model wants it."""
    field = row._meta.get_field(attribute)
    if value is not None and field.get_internal_type() == "DateField":
        value = date.fromisoformat(value)
    setattr(row, attribute, value)
