"""The bodies of the directory that somebody's words name exactly."""

from datetime import date
from typing import Any

from buendnisnetz.core.search import search_key
from buendnisnetz.meetings.domain.institutions import institution_of
from buendnisnetz.network.models import Alliance, Organisation, OrganisationAlias


def bodies_named(words: str, day: date) -> dict[str, Any]:
    """``alliance``, ``organisation`` and ``also_for`` of an attendance; what is not clear is left out."""
    found = institution_of(words)
    alliances, organisations = [], []
    for name in filter(None, (found.body, found.also_for)):
        key = search_key(name)
        alliance = Alliance.objects.filter(search_key=key).first()
        if alliance is not None:
            alliances.append(alliance)
        elif (organisation := _organisation(key, day)) is not None:
            organisations.append(organisation)
    first, second = [*dict.fromkeys(organisations), None, None][:2]
    both = {"alliance": next(iter(alliances), None), "organisation": first, "also_for": second}
    return {name: body for name, body in both.items() if body is not None}


def _organisation(key: str, day: date) -> Organisation | None:
    """The one organisation of a day with this name, short name or other name."""
    aliases = OrganisationAlias.objects.filter(search_key=key).values("organisation")
    candidates = Organisation.objects.as_of(day).filter(search_key__contains=key)
    found = [
        row for row in candidates[:50] if key in {search_key(row.name), search_key(row.short_name)}
    ]
    found += [
        row for row in Organisation.objects.as_of(day).filter(pk__in=aliases) if row not in found
    ]
    return found[0] if len(found) == 1 else None
