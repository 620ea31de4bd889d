"""Rows that are organisations and members of an alliance."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from buendnisnetz.core.search import search_key
from buendnisnetz.network.domain.guessing import organisation_kind
from buendnisnetz.network.domain.queries.scoring import organisation_key
from buendnisnetz.network.models import (
    Membership,
    Organisation,
    OrganisationAlias,
)
from buendnisnetz.upkeep.domain import changes, matching
from buendnisnetz.upkeep.domain.cells import CellError
from buendnisnetz.upkeep.domain.changes import Known
from buendnisnetz.upkeep.domain.places import Alliances, Numbered, Territories
from buendnisnetz.upkeep.enums import RowChoice, RowMatch
from buendnisnetz.upkeep.models import ListRow, PartnerList

if TYPE_CHECKING:
    from buendnisnetz.upkeep.domain.checking import Draft


class MemberResolver:
    """Looks up what the cells of such a list name, once for all rows."""

    def __init__(self, partner_list: PartnerList, drafts: Sequence["Draft"], today: date) -> None:
        self.partner_list = partner_list
        self.today = today
        texts = [draft.texts for draft in drafts]
        places = [text[key] for text in texts for key in ("territory", "city") if text.get(key)]
        self.territories = Territories(places, today)
        self.numbered = Numbered(Organisation, [text["id"] for text in texts if text.get("id")])
        self.alliances = Alliances(text["alliance"] for text in texts if text.get("alliance"))

    def resolve(self, draft: "Draft") -> None:
        """Fill in what needed the database; what is not there is an error of its cell."""
        texts, values = draft.texts, draft.values
        values["label"] = texts.get("name", "")
        self._territory(draft)
        self._alliance(draft)
        if "id" in values:
            try:
                draft.row.organisation = self.numbered.meant(values["id"])
                draft.row.match, draft.row.choice = RowMatch.NUMBERED, RowChoice.SAME
            except CellError as error:
                draft.refuse("id", str(error))
        elif "kind" not in values and values["label"]:
            draft.values["guessed_kind"] = organisation_kind(values["label"])

    def _territory(self, draft: "Draft") -> None:
        if cell := draft.texts.get("territory"):
            try:
                draft.values["territory"] = self.territories.meant(cell)
            except CellError as error:
                draft.refuse("territory", str(error))
        elif cell := draft.texts.get("city"):
            draft.values["guessed_territory"] = self.territories.guessed(cell)

    def _alliance(self, draft: "Draft") -> None:
        own = self.partner_list.alliance
        if cell := draft.texts.get("alliance"):
            try:
                found = self.alliances.meant(cell)
            except CellError as error:
                draft.refuse("alliance", str(error))
                return
            if own is not None and found != own:
                draft.refuse("alliance", _("This list is for %(name)s only.") % {"name": own.name})
            draft.values["alliance"] = found.pk
        elif own is not None:
            draft.values["alliance"] = own.pk

    def identity(self, draft: "Draft") -> Any:
        """What two rows of a list would share if they meant the same membership."""
        values = draft.values
        body = draft.row.organisation_id or (
            organisation_key(values["label"]),
            values.get("territory") or search_key(str(values.get("city") or "")),
        )
        return body, values.get("alliance")

    def candidates(self, rows: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        return matching.organisation_candidates(rows)

    def compare(self, drafts: Sequence["Draft"]) -> None:
        """What rows that mean an entry would change."""
        meant = [draft for draft in drafts if draft.row.organisation_id]
        known = known_members(
            (draft.row.organisation_id or 0, draft.values.get("alliance")) for draft in meant
        )
        for draft in meant:
            entry = known[draft.row.organisation_id or 0, draft.values.get("alliance")]
            take = draft.row.match == RowMatch.NUMBERED
            draft.row.changes = changes.found_changes("MEMBERS", draft.values, entry, take=take)
            _check_membership(draft, entry)


def _check_membership(draft: "Draft", entry: Known) -> None:
    """Somebody who left may come back, but not before having left."""
    since = draft.values.get("since")
    last = entry.membership
    if last is None or last.valid_to is None:
        return
    if since is None or date.fromisoformat(since) <= last.valid_to:
        draft.row.notes.append(
            _("Was a member until %(day)s and joins again the day after.")
            % {"day": f"{last.valid_to:%d.%m.%Y}"}
        )


def known_members(
    pairs: Iterable[tuple[int, int | None]],
) -> dict[tuple[int, int | None], Known]:
    """What the directory has of organisations and their memberships, in three queries."""
    wanted = set(pairs)
    bodies = Organisation.objects.in_bulk({body for body, _alliance in wanted})
    aliases: dict[int, set[str]] = {}
    for owner, name in OrganisationAlias.objects.filter(organisation__in=bodies).values_list(
        "organisation", "name"
    ):
        aliases.setdefault(owner, set()).add(name)
    links = Membership.objects.filter(
        organisation__in=bodies, alliance__in={alliance for _body, alliance in wanted if alliance}
    )
    latest: dict[tuple[int, int | None], Membership] = {}
    # The open one counts, or else the last that there was.
    for link in links.order_by("valid_to"):
        latest[link.organisation_id, link.alliance_id] = link
    return {
        (body, alliance): Known(
            organisation=bodies.get(body),
            membership=latest.get((body, alliance)),
            aliases=frozenset(aliases.get(body, set())),
        )
        for body, alliance in wanted
    }


def known_of(row: ListRow) -> Known:
    """What the directory has of one row's chosen entry."""
    key = (row.organisation_id or 0, row.values.get("alliance"))
    return known_members([key])[key]
