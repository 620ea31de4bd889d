"""How this room's rows are shown."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.network.enums import (
    Contribution,
    OrganisationKind,
    PostKind,
    Sector,
    SizeClass,
    WzSection,
)
from buendnisnetz.network.models import Alliance, Organisation, Post
from buendnisnetz.territories.models import Territory
from buendnisnetz.upkeep.domain.lists import CHOICES_OF
from buendnisnetz.upkeep.domain.queries.lists import cell_errors
from buendnisnetz.upkeep.enums import (
    CorrectionStatus,
    DoubleStatus,
    ListStatus,
    RowChoice,
    RowMatch,
)
from buendnisnetz.upkeep.models import ListRow

LIST_TONES: dict[str, str] = {
    ListStatus.RECEIVED: "info", ListStatus.MAPPING: "warning", ListStatus.CHECKING: "info",
    ListStatus.READY: "warning", ListStatus.WRITING: "info", ListStatus.DONE: "success",
    ListStatus.FAILED: "danger", ListStatus.UNDONE: "", ListStatus.DISCARDED: "",
}  # fmt: skip
MATCH_TONES: dict[str, str] = {
    RowMatch.FAULTY: "danger", RowMatch.TWICE: "warning", RowMatch.SIMILAR: "warning",
    RowMatch.EXACT: "info", RowMatch.NUMBERED: "info", RowMatch.UNKNOWN: "success",
}  # fmt: skip
CHOICE_TONES: dict[str, str] = {
    RowChoice.OPEN: "warning", RowChoice.NEW: "success", RowChoice.SAME: "info", RowChoice.SKIP: "",
}  # fmt: skip
DOUBLE_TONES: dict[str, str] = {
    DoubleStatus.FOUND: "warning", DoubleStatus.PROPOSED: "info", DoubleStatus.DIFFERENT: "",
}  # fmt: skip
CORRECTION_TONES: dict[str, str] = {
    CorrectionStatus.NEW: "warning", CorrectionStatus.ACCEPTED: "success",
    CorrectionStatus.REJECTED: "",
}  # fmt: skip
_WORDS: dict[str, Any] = {
    "kind": OrganisationKind, "sector": Sector, "wz_section": WzSection, "size_class": SizeClass,
    "post_kind": PostKind, "contributions": Contribution,
}  # fmt: skip
_DAYS = {"valid_from", "valid_to", "since"}


def value_text(key: str, value: Any) -> str:
    """A value of a list as people read it."""
    if value is None or value == "" or value == []:
        return "–"
    if key in _WORDS:
        words = _WORDS[key]
        many = value if isinstance(value, list) else [value]
        return ", ".join(str(words(one).label) for one in many)
    if key in _DAYS:
        year, month, day = str(value).split("-")
        return f"{day}.{month}.{year}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(value) if isinstance(value, list) else str(value)


def change_texts(row: ListRow) -> list[str]:
    """The changes of a row in words; places by name, in one query."""
    numbers = {
        number
        for change in row.changes
        if change["field"] == "territory"
        for number in (change["before"], change["after"])
        if number
    }
    places = {pk: str(place) for pk, place in Territory.objects.in_bulk(numbers).items()} if numbers else {}  # fmt: skip
    return [_change_text(change, places) for change in row.changes]


def _change_text(change: Mapping[str, Any], places: Mapping[int, str]) -> str:
    before, after = change["before"], change["after"]
    if change["field"] == "territory":
        before, after = places.get(before, ""), places.get(after, "")
    return _("%(field)s: %(before)s → %(after)s") % {
        "field": change["label"],
        "before": value_text(change["field"], before),
        "after": value_text(change["field"], after),
    }


def row_note(record: Mapping[str, Any]) -> str:
    """What is to be said of a row in the list: errors, candidates or changes."""
    if record["errors"]:
        return " ".join(cell_errors(ListRow(errors=record["errors"])))
    if record["choice"] == RowChoice.OPEN and record["candidates"]:
        best = record["candidates"][0]
        return _("perhaps %(entry)s: %(reasons)s") % {
            "entry": best["label"],
            "reasons": " ".join(best["reasons"]),
        }
    parts = [str(note) for note in record["notes"]]
    if record["changes"]:
        parts.append(", ".join(change["label"] for change in record["changes"]))
    return " ".join(parts)


# In the order of what needs attention.
MATCHES = (
    RowMatch.FAULTY, RowMatch.TWICE, RowMatch.SIMILAR, RowMatch.EXACT, RowMatch.NUMBERED,
    RowMatch.UNKNOWN,
)  # fmt: skip


def group_choices(match: RowMatch) -> list[tuple[str, str]]:
    """The buttons that decide all rows of a kind at once."""
    words = {
        RowChoice.SAME: _("All are the likeliest entry"),
        RowChoice.NEW: _("All are new"),
        RowChoice.SKIP: _("Leave all out"),
    }
    if match == RowMatch.FAULTY:
        return []
    return [(choice, text) for choice, text in words.items() if choice in CHOICES_OF[match]]


def field_names(record: Mapping[str, Any]) -> str:
    """The fields of a proposal by their labels."""
    model: Any = Organisation if record["organisation_id"] else Alliance if record["alliance_id"] else Post  # fmt: skip
    names = [str(model._meta.get_field(name).verbose_name) for name in record["fields"]]
    return ", ".join(names) or _("in words only")
