"""``set.json``: what a data set says about itself, its counts and its sources."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.territories.domain.tables import BadFileError, read_bytes
from buendnisnetz.territories.enums import PopulationBase

FORMAT = 1
_NAME = "set.json"


@dataclass(frozen=True)
class SourceRow:
    key: str
    title: str
    attribution: str
    licence: str
    url: str


@dataclass(frozen=True)
class Count:
    """A count of people: when, on what base, and whose territories its figures belong to."""

    counted_on: date
    territories_on: date
    base: PopulationBase
    source: str


@dataclass(frozen=True)
class Manifest:
    """``lists_on`` is the day of the list that associations and seats are taken from."""

    title: str
    lists_on: date
    sources: dict[str, SourceRow]
    counts: dict[str, Count]


def read(folder: Path) -> Manifest:
    """Read and check the manifest; raises :class:`BadFileError`."""
    if not (folder / _NAME).is_file():
        raise BadFileError(_NAME, _("the file is missing."))
    document = parse(read_bytes(folder / _NAME), _NAME)
    if document.get("format") != FORMAT:
        raise BadFileError(
            _NAME, _("only format %(format)s can be read here.") % {"format": FORMAT}
        )
    try:
        sources = {
            key: SourceRow(
                key, value["title"], value["attribution"], value["licence"], value.get("url", "")
            )
            for key, value in document["sources"].items()
        }
        return Manifest(
            title=document["title"],
            lists_on=date.fromisoformat(document["lists_on"]),
            sources=sources,
            counts={
                key: _count(value, sources) for key, value in document.get("counts", {}).items()
            },
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadFileError(_NAME, _("this entry is missing or wrong: %(what)s") % {"what": error}) from None  # fmt: skip


def parse(content: bytes, name: str) -> dict[str, Any]:
    """JSON with an object at the top; raises :class:`BadFileError` with line and column."""
    try:
        document = json.loads(content)
    except json.JSONDecodeError as error:
        reason = _("no JSON, line %(line)s, column %(column)s.")
        raise BadFileError(name, reason % {"line": error.lineno, "column": error.colno}) from None
    except UnicodeDecodeError:
        raise BadFileError(name, _("the file is not UTF-8 text.")) from None
    if not isinstance(document, dict):
        raise BadFileError(name, _("an object is expected at the top."))
    return document


def _count(value: dict[str, str], sources: dict[str, SourceRow]) -> Count:
    return Count(
        date.fromisoformat(value["counted_on"]),
        date.fromisoformat(value["territories_on"]),
        PopulationBase(value["base"]),
        sources[value["source"]].key,
    )
