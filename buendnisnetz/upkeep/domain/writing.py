"""What the writers of lists share: the ledger, applying changes, saying how far they are."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.models import Versioned
from buendnisnetz.network.domain.aliases import AliasKnownError, alias_added
from buendnisnetz.network.models import Organisation, Person
from buendnisnetz.upkeep.domain import progress
from buendnisnetz.upkeep.domain.changes import Known, places_of, plain, put
from buendnisnetz.upkeep.models import ListRow, PartnerList


class RowGoneError(DomainError):
    """The entry that a row meant is no longer there."""

    def __init__(self, row: ListRow) -> None:
        super().__init__(
            _("Line %(line)s: the entry is no longer there. Please check the list again.")
            % {"line": row.line}
        )


@dataclass
class Ledger:
    """Rows that were made, in order, and rows that were changed, with what they said before."""

    made: list[models.Model] = field(default_factory=list)
    changed: dict[models.Model, dict[str, Any]] = field(default_factory=dict)

    def note(self, row: models.Model, attribute: str, before: Any) -> None:
        """The first value counts: that is what has to come back."""
        self.changed.setdefault(row, {}).setdefault(attribute, before)


class Writer:
    """Writes the decided rows of one list."""

    def __init__(
        self,
        partner_list: PartnerList,
        rows: Sequence[ListRow],
        ledger: Ledger,
        actor: Any,
        today: date,
        now: datetime,
    ) -> None:
        self.partner_list = partner_list
        self.rows = rows
        self.ledger = ledger
        self.actor = actor
        self.today = today
        self.now = now

    def tell(self, before: int) -> Callable[[int], None]:
        """What is called after each batch; ``before`` rows were done by earlier steps."""

        def told(count: int) -> None:
            progress.report(
                self.partner_list.pk, min(before + count, len(self.rows)), len(self.rows)
            )

        return told

    def apply(
        self, row: ListRow, known: Known, *, allowed: Callable[[Any], bool]
    ) -> dict[str, Mapping[str, Any]]:
        """Put the accepted changes into the entry's rows and save them.

        What somebody changed in the meantime is left alone and noted on the row. Gives the changes
        that the actor may not make, by key.
        """
        places = places_of(self.partner_list.target, known)
        touched: dict[models.Model, None] = {}
        refused: dict[str, Mapping[str, Any]] = {}
        for change in row.changes:
            target, attribute = places.get(change["field"], (None, ""))
            if not change["take"] or target is None:
                continue
            current = plain(getattr(target, attribute))
            if not allowed(target):
                refused[attribute.removesuffix("_id")] = change
            elif current == change["before"]:
                self.ledger.note(target, attribute, current)
                put(target, attribute, change["after"])
                touched[target] = None
            else:
                self._left_alone(row, change)
        for target in touched:
            self.save(target)
        return refused

    def save(self, target: Any) -> None:
        if isinstance(target, Versioned):
            target.version += 1
        target.save()

    def add_names(self, row: ListRow, owner: Organisation | Person) -> None:
        """Add the accepted other names; those that somebody added in the meantime are left out."""
        change = next((item for item in row.changes if item["field"] == "other_names"), None)
        if change is None or not change["take"]:
            return
        self.ledger.note(owner, "other_names", owner.other_names)
        for name in change["after"]:
            with suppress(AliasKnownError):
                alias_added(owner, name)
                self.ledger.made.append(owner.aliases.order_by("-pk")[0])
        # The names stand on the entry too, so its number of saves has grown.
        owner.refresh_from_db()

    def _left_alone(self, row: ListRow, change: Mapping[str, Any]) -> None:
        row.notes = [
            *row.notes,
            _("%(field)s was changed by somebody in the meantime and stays.")
            % {"field": change["label"]},
        ]
        row.save(update_fields=["notes"])
