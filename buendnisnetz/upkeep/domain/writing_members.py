"""Writing organisations and members of alliances."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from buendnisnetz.network.domain import bulk
from buendnisnetz.network.domain.organisations import prepared
from buendnisnetz.network.domain.scopes import rename_scope
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Membership, Organisation
from buendnisnetz.network.rules import can_edit_organisation
from buendnisnetz.upkeep.domain.changes import ORGANISATION_KEYS, Known
from buendnisnetz.upkeep.domain.corrections import propose_for
from buendnisnetz.upkeep.domain.member_rows import known_members
from buendnisnetz.upkeep.domain.writing import RowGoneError, Writer
from buendnisnetz.upkeep.enums import RowChoice
from buendnisnetz.upkeep.models import ListRow

Pair = tuple[int, int | None]


class MemberWriter(Writer):
    """New organisations in bulk, changed ones one by one, memberships in bulk."""

    def write(self) -> None:
        new = [row for row in self.rows if row.choice == RowChoice.NEW]
        same = [row for row in self.rows if row.choice == RowChoice.SAME]
        bodies = self._new_bodies(new)
        known = self._known(same)
        for row in same:
            self._change(row, known[_pair(row)])
        self._join([*bodies.items(), *((row, row.organisation) for row in same)], known)

    def _new_bodies(self, rows: list[ListRow]) -> dict[ListRow, Organisation]:
        prepared_rows = [_organisation(row.values) for row in rows]
        names = {
            place: row.values["other_names"]
            for place, row in enumerate(rows)
            if row.values.get("other_names")
        }
        saved = bulk.add_organisations(
            rows=prepared_rows, other_names=names, actor=self.actor, tell=self.tell(0)
        )
        self.ledger.made += saved
        return dict(zip(rows, saved, strict=True))

    def _known(self, rows: list[ListRow]) -> dict[Pair, Known]:
        """The entries as they are now, kept from others until the transaction ends."""
        numbers = sorted({row.organisation_id for row in rows if row.organisation_id})
        list(
            Organisation.objects.select_for_update(of=("self",))
            .filter(pk__in=numbers)
            .order_by("pk")
        )
        known = known_members(_pair(row) for row in rows)
        for row in rows:
            if known[_pair(row)].organisation is None:
                raise RowGoneError(row)
        return known

    def _change(self, row: ListRow, known: Known) -> None:
        body = known.organisation
        if body is None:
            raise RowGoneError(row)
        may = can_edit_organisation(self.actor, body)
        before = body.name
        refused = self.apply(
            row, known, allowed=lambda target: may or not isinstance(target, Organisation)
        )
        if body.name != before:
            rename_scope(body)
        if may:
            self.add_names(row, body)
        if refused:
            # Whoever may not change an entry proposes it to those who may.
            made = propose_for(subject=body, changes=refused, user=self.actor, now=self.now)
            self.ledger.made.append(made)

    def _join(
        self, rows: list[tuple[ListRow, Organisation | None]], known: Mapping[Pair, Known]
    ) -> None:
        joining = []
        for row, body in rows:
            alliance = row.values.get("alliance")
            link = known[_pair(row)].membership if row.choice == RowChoice.SAME else None
            if alliance is None or body is None or (link is not None and link.valid_to is None):
                continue
            joining.append(
                Membership(
                    alliance_id=alliance,
                    organisation=body,
                    valid_from=_first_day(row.values.get("since"), link),
                    contributions=row.values.get("contributions", []),
                    note=row.values.get("membership_note", ""),
                )
            )
        self.ledger.made += bulk.add_memberships(
            rows=joining, actor=self.actor, tell=self.tell(len(self.rows) - len(joining))
        )


def _pair(row: ListRow) -> Pair:
    return row.organisation_id or 0, row.values.get("alliance")


def _first_day(since: str | None, last: Membership | None) -> date | None:
    """Since when; after the last membership, if there was one."""
    day = date.fromisoformat(since) if since else None
    if last is None or last.valid_to is None:
        return day
    again = last.valid_to + timedelta(days=1)
    return max(day or again, again)


def _organisation(values: Mapping[str, Any]) -> Organisation:
    facts = {
        key: values[key]
        for key in ORGANISATION_KEYS
        if key in values and key not in {"name", "kind", "territory", "valid_from"}
    }
    if values.get("valid_from"):
        facts["valid_from"] = date.fromisoformat(values["valid_from"])
    kind = values.get("kind") or values.get("guessed_kind") or OrganisationKind.OTHER
    body = prepared(values["name"], kind, **facts)
    body.territory_id = values.get("territory") or values.get("guessed_territory")
    return body
