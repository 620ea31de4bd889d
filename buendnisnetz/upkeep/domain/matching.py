"""Which entry of the directory a row may mean: the network's own matcher, with place and number."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.core.search import search_key
from buendnisnetz.network.domain.matching import clear_choice
from buendnisnetz.network.domain.queries.matching import (
    Match,
    PersonQuery,
    match_organisations,
    match_people,
)
from buendnisnetz.network.models import Organisation

# The matcher's score of the same name, a short name or a confirmed other one; and below what it puts
# nothing forward.
_THE_NAME, _ASKED = 0.95, 0.89
# The same name somewhere else may be another entry.
_OTHER_PLACE = 0.15
_MOST_SHOWN = 5
# A name that resembles in another place is no candidate.
_WORTH_ASKING = 0.72


def organisation_candidates(rows: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """For each row's values the entries that it may mean, the likeliest first."""
    found = match_organisations([str(row["name"]) for row in rows])
    return [
        _best([_with_place(match, row) for match in matches])
        for row, matches in zip(rows, found, strict=True)
    ]


def _with_place(
    match: Match[Organisation], row: Mapping[str, Any]
) -> tuple[float, Organisation, tuple[str, ...]]:
    """The same place confirms a name, another one speaks against it."""
    body, reasons = match.row, match.reasons
    # A name that is only spelt alike is always asked about, wherever it is.
    score = match.score if match.score >= _THE_NAME else min(match.score, _ASKED)
    asked = {row.get("territory"), search_key(str(row.get("city") or ""))} - {None, ""}
    known = {body.territory_id, search_key(body.city)} - {None, ""}
    if not asked or not known:
        return score, body, reasons
    if asked & known:
        more = 0.05 if score >= _THE_NAME else min(0.05, _ASKED - score)
        return min(1.0, score + more), body, (*reasons, _("The same place."))
    return score - _OTHER_PLACE, body, (*reasons, _("Known from another place: %(place)s.") % {"place": body.city or body.territory})  # fmt: skip


def person_candidates(rows: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """For each row's values the people whom it may mean."""
    asked = [
        PersonQuery(
            f"{row.get('given_name') or ''} {row['family_name']}".strip(),
            str(row.get("organisation_name") or ""),
            str(row.get("post_title") or ""),
        )
        for row in rows
    ]
    return [
        _best([(match.score, match.row, match.reasons) for match in matches])
        for matches in match_people(asked)
    ]


def _best(found: Sequence[tuple[float, Any, tuple[str, ...]]]) -> list[dict[str, Any]]:
    worth = [entry for entry in found if entry[0] >= _WORTH_ASKING]
    worth.sort(key=lambda entry: (-entry[0], entry[1].pk))
    return [
        {
            "pk": row.pk,
            "public_id": row.public_id,
            "label": str(row),
            "score": round(score, 3),
            "reasons": list(reasons),
        }
        for score, row, reasons in worth[:_MOST_SHOWN]
    ]


def clear_candidate(candidates: Sequence[Mapping[str, Any]]) -> int | None:
    """The one entry that nothing speaks against; a person still accepts it."""
    place = clear_choice([float(candidate["score"]) for candidate in candidates])
    return None if place is None else int(candidates[place]["pk"])
