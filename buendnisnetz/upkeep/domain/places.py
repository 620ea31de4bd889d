"""Territories and bodies that cells name: looked up once for a whole list."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.core.search import search_key
from buendnisnetz.core.text import sort_key
from buendnisnetz.network.models import Alliance, MovedAddress, Organisation, Person
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory
from buendnisnetz.upkeep.domain.cells import CellError

_KEY = re.compile(r"(?<!\d)(\d{2}|\d{5}|\d{8}|\d{12})(?!\d)")


class Territories:
    """The territories of a day that a list's cells may mean, by official key and by name."""

    def __init__(self, cells: Iterable[str], day: date) -> None:
        keys, names = set(), set()
        for cell in cells:
            found = _KEY.search(cell)
            if found:
                keys.add(found.group(1))
            else:
                names.add(sort_key(cell))
        rows = Territory.objects.as_of(day).exclude(level=Level.ASSOCIATION)
        self.by_key: dict[str, int] = {}
        for pk, ags, ars in rows.filter(ags__in=keys).values_list("pk", "ags", "ars"):
            self.by_key[ags] = pk
            self.by_key[ars] = pk
        long = {key for key in keys if len(key) == 12}
        if long:
            self.by_key |= dict(rows.filter(ars__in=long).values_list("ars", "pk"))
        self.by_name: dict[str, list[tuple[int, str]]] = {}
        named = rows.filter(sort_key__in=names).order_by("level", "ags")
        for pk, name, ags in named.values_list("pk", "sort_key", "ags"):
            self.by_name.setdefault(name, []).append((pk, ags))

    def meant(self, cell: str) -> int:
        """The territory's number. Raises CellError where there is none or more than one."""
        key = _KEY.search(cell)
        if key:
            found = self.by_key.get(key.group(1))
            if found is None:
                raise CellError(
                    _("There is no territory with the key %(key)s.") % {"key": key.group(1)}
                )
            return found
        named = self.by_name.get(sort_key(cell), [])
        if len(named) == 1:
            return named[0][0]
        if not named:
            raise CellError(
                _("No territory is called “%(cell)s”. Please write the official key.")
                % {"cell": cell}
            )
        raise CellError(
            _("“%(cell)s” is not clear. Please write the official key, one of: %(keys)s.")
            % {"cell": cell, "keys": ", ".join(ags for _pk, ags in named[:5])}
        )

    def guessed(self, cell: str) -> int | None:
        """The one territory that a town's name means, None if it is not clear."""
        named = self.by_name.get(sort_key(cell), [])
        return named[0][0] if len(named) == 1 else None


class Numbered:
    """Entries by the ID that stands in a list; an entry that was merged leads to the one it is now."""

    def __init__(self, model: Any, ids: Iterable[str]) -> None:
        wanted = set(ids)
        self.rows: dict[str, Any] = {
            row.public_id: row for row in model.objects.filter(public_id__in=wanted)
        }
        side = {Organisation: "organisation", Person: "person"}.get(model)
        missing = wanted - set(self.rows)
        if side and missing:
            moved = MovedAddress.objects.filter(public_id__in=missing).exclude(**{side: None})
            for address in moved.select_related(side):
                self.rows[address.public_id] = getattr(address, side)

    def meant(self, cell: str) -> Any:
        """Raises CellError."""
        row = self.rows.get(cell)
        if row is None:
            raise CellError(
                _("There is no entry with the ID “%(cell)s”. Please leave it empty for a new one.")
                % {"cell": cell}
            )
        return row


class Alliances:
    """Alliances by short name in the address, name or ID."""

    def __init__(self, cells: Iterable[str]) -> None:
        wanted = {cell.strip() for cell in cells}
        keys = {search_key(cell) for cell in wanted}
        found = Alliance.objects.filter(slug__in=wanted) | Alliance.objects.filter(
            search_key__in=keys
        )
        self.rows: dict[str, Alliance] = {}
        for row in found:
            self.rows[row.slug] = self.rows[search_key(row.name)] = row

    def meant(self, cell: str) -> Alliance:
        row = self.rows.get(cell) or self.rows.get(search_key(cell))
        if row is None:
            raise CellError(_("No alliance is called “%(cell)s”.") % {"cell": cell})
        return row


class Bodies:
    """Organisations by their exact name, for lists of people."""

    def __init__(self, cells: Iterable[str], day: date) -> None:
        keys = {search_key(cell) for cell in cells}
        rows = Organisation.objects.as_of(day).filter(
            sort_key__in={sort_key(cell) for cell in cells}
        )
        named = Organisation.objects.as_of(day).filter(aliases__search_key__in=keys)
        self.by_name: dict[str, list[Organisation]] = {}
        for row in (
            rows | Organisation.objects.as_of(day).filter(short_name__in=list(cells))
        ).distinct():
            for name in {search_key(row.name), search_key(row.short_name)} - {""}:
                self.by_name.setdefault(name, []).append(row)
        for row in named.prefetch_related("aliases"):
            for alias in row.aliases.all():
                if row not in self.by_name.setdefault(alias.search_key, []):
                    self.by_name[alias.search_key].append(row)

    def meant(self, cell: str) -> Organisation:
        found = self.by_name.get(search_key(cell), [])
        if len(found) == 1:
            return found[0]
        if not found:
            raise CellError(
                _("No organisation is called “%(cell)s”. Please take the organisations in first.")
                % {"cell": cell}
            )
        raise CellError(
            _("Several organisations are called “%(cell)s”. Please write the ID of the right one.")
            % {"cell": cell}
        )
