"""Finding entries that look like one: candidates by the database, scores and reasons by the matcher.

Only entries that share something are compared: the place, the mail domain, the phone, an employer.
Comparing everybody with everybody would find every second Anna Müller.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.network.domain.queries import scoring
from buendnisnetz.network.models import (
    Organisation,
    OrganisationAlias,
    Person,
    PersonAlias,
)
from buendnisnetz.upkeep.enums import DoubleKind, DoubleStatus
from buendnisnetz.upkeep.models import Double

# Of a score below nobody would see one entry in two.
WORTH_ASKING = 0.8
_SHARED_BONUS = 0.04
_BATCH = 1000

# Pairs of organisations that share a place, a mail domain or a phone and whose names are alike. A
# domain or phone that many have (a provider's, an office's) says nothing.
_ORGANISATIONS = """
WITH body AS MATERIALIZED (
    SELECT id, search_key, territory_id, nullif(lower(split_part(email, '@', 2)), '') AS domain,
           nullif(regexp_replace(phone, '\\D', '', 'g'), '') AS phone
    FROM network_organisation WHERE valid_to IS NULL
), shared AS (
    SELECT 'territory' AS what, territory_id::text AS key, array_agg(id) AS members
    FROM body WHERE territory_id IS NOT NULL GROUP BY territory_id HAVING count(*) BETWEEN 2 AND 400
    UNION ALL
    SELECT 'domain', domain, array_agg(id) FROM body WHERE domain IS NOT NULL
    GROUP BY domain HAVING count(*) BETWEEN 2 AND 30
    UNION ALL
    SELECT 'phone', phone, array_agg(id) FROM body WHERE length(phone) > 5
    GROUP BY phone HAVING count(*) BETWEEN 2 AND 10
    UNION ALL
    SELECT 'name', search_key, array_agg(id) FROM body
    GROUP BY search_key HAVING count(*) BETWEEN 2 AND 30 AND bool_or(territory_id IS NULL)
)
SELECT first.id, second.id, array_agg(DISTINCT shared.what)
FROM shared
JOIN body AS first ON first.id = ANY(shared.members)
JOIN body AS second ON second.id = ANY(shared.members) AND second.id > first.id
WHERE similarity(first.search_key, second.search_key) >= 0.4
   OR word_similarity(first.search_key, second.search_key) >= 0.7
   OR word_similarity(second.search_key, first.search_key) >= 0.7
GROUP BY first.id, second.id
"""
# Pairs of people who held posts at the same body, or share an address, and whose names are alike.
_PEOPLE = """
WITH somebody AS MATERIALIZED (
    SELECT id, search_key, nullif(lower(email), '') AS email,
           nullif(regexp_replace(phone, '\\D', '', 'g'), '') AS phone
    FROM network_person WHERE erased_at IS NULL
), at AS (
    SELECT DISTINCT term.person_id AS id, coalesce(
        'o' || post.organisation_id, 'a' || post.alliance_id, 'g' || post.working_group_id,
        't' || post.territory_id) AS key
    FROM network_term term JOIN network_post post ON post.id = term.post_id
), shared AS (
    SELECT 'employer' AS what, key, array_agg(id) AS members FROM at
    GROUP BY key HAVING count(*) BETWEEN 2 AND 300
    UNION ALL
    SELECT 'email', email, array_agg(id) FROM somebody WHERE email IS NOT NULL
    GROUP BY email HAVING count(*) BETWEEN 2 AND 10
    UNION ALL
    SELECT 'phone', phone, array_agg(id) FROM somebody WHERE length(phone) > 5
    GROUP BY phone HAVING count(*) BETWEEN 2 AND 10
)
SELECT first.id, second.id, array_agg(DISTINCT shared.what)
FROM shared
JOIN somebody AS first ON first.id = ANY(shared.members)
JOIN somebody AS second ON second.id = ANY(shared.members) AND second.id > first.id
WHERE similarity(first.search_key, second.search_key) >= 0.4
GROUP BY first.id, second.id
"""


@dataclass(frozen=True)
class Pair:
    """Two entries, how sure it is that they are one, and why."""

    first: int
    second: int
    score: float
    reasons: tuple[str, ...]


def find_doubles(*, now: datetime) -> int:
    """Bring the list of possible doubles up to date; what was decided stays. How many are new."""
    with recorded(actor=None, action="upkeep.double.found"):
        return _keep(DoubleKind.ORGANISATION, organisation_pairs(), now) + _keep(
            DoubleKind.PERSON, people_pairs(), now
        )


def organisation_pairs() -> list[Pair]:
    """Pairs of organisations that look like one, the surest first."""
    found = _candidates(_ORGANISATIONS)
    rows = Organisation.objects.in_bulk(_numbers(found))
    aliases = _aliases(OrganisationAlias, "organisation", rows)
    pairs = []
    for first, second, shared in found:
        one, other = rows[first], rows[second]
        score, reasons = max(
            scoring.of_organisation(one.name, other, aliases.get(second, [])),
            scoring.of_organisation(other.name, one, aliases.get(first, [])),
        )
        pairs.append(_pair(first, second, score, reasons, shared))
    return _worth(pairs)


def people_pairs() -> list[Pair]:
    """Pairs of people who look like one."""
    found = _candidates(_PEOPLE)
    rows = Person.objects.in_bulk(_numbers(found))
    aliases = _aliases(PersonAlias, "person", rows)
    pairs = []
    for first, second, shared in found:
        one, other = rows[first], rows[second]
        score, reasons = max(
            scoring.of_person(one.full_name(), "", "", other, aliases.get(second, []), []),
            scoring.of_person(other.full_name(), "", "", one, aliases.get(first, []), []),
        )
        pairs.append(_pair(first, second, score, reasons, shared))
    return _worth(pairs)


def _candidates(sql: str) -> list[tuple[int, int, list[str]]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _numbers(found: Iterable[tuple[int, int, list[str]]]) -> set[int]:
    return {number for first, second, _shared in found for number in (first, second)}


def _aliases(model: Any, side: str, rows: Iterable[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    pairs = model.objects.filter(**{f"{side}__in": list(rows)}).values_list(f"{side}_id", "name")
    for owner, name in pairs:
        names.setdefault(owner, []).append(name)
    return names


def _pair(
    first: int, second: int, score: float, reasons: Sequence[str], shared: Sequence[str]
) -> Pair:
    words = {
        "territory": _("The same place."),
        "domain": _("The same mail domain."),
        "phone": _("The same phone."),
        "email": _("The same e-mail address."),
        "employer": _("Held posts at the same place."),
        "name": _("One of the two has no place."),
    }
    more = tuple(words[what] for what in sorted(shared))
    bonus = _SHARED_BONUS * (len(shared) - 1)
    return Pair(first, second, round(min(1.0, score + bonus), 3), (*reasons, *more))


def _worth(pairs: list[Pair]) -> list[Pair]:
    kept = [pair for pair in pairs if pair.score >= WORTH_ASKING]
    return sorted(kept, key=lambda pair: (-pair.score, pair.first, pair.second))


def _keep(kind: DoubleKind, pairs: Sequence[Pair], now: datetime) -> int:
    """Add new pairs, refresh those nobody decided about, forget those that are none any longer."""
    side = "organisation" if kind == DoubleKind.ORGANISATION else "person"
    first, second = f"first_{side}_id", f"second_{side}_id"
    known = {
        (getattr(row, first), getattr(row, second)): row for row in Double.objects.filter(kind=kind)
    }
    found = {(pair.first, pair.second): pair for pair in pairs}
    fresh = [
        Double(
            kind=kind, score=pair.score, reasons=list(pair.reasons), found_at=now,
            **{first: pair.first, second: pair.second},
        )
        for key, pair in found.items() if key not in known
    ]  # fmt: skip
    Double.objects.bulk_create(fresh, batch_size=_BATCH)
    gone = [
        row.pk for key, row in known.items()
        if key not in found and row.status == DoubleStatus.FOUND and not row.note
    ]  # fmt: skip
    Double.objects.filter(pk__in=gone).delete()
    changed = []
    for key, pair in found.items():
        row = known.get(key)
        if row is not None and (row.score, row.reasons) != (pair.score, list(pair.reasons)):
            row.score, row.reasons = pair.score, list(pair.reasons)
            changed.append(row)
    Double.objects.bulk_update(changed, ["score", "reasons"], batch_size=_BATCH)
    return len(fresh)
