"""What the panels on other rooms' pages say."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from buendnisnetz.insight.enums import AllianceWarning, Way
from buendnisnetz.insight.presenters.places import contact_cell
from buendnisnetz.ui.jinja import url

# Unconfirmed states stand on the dashboard already.
_WATCHED = (
    AllianceWarning.ASLEEP, AllianceWarning.NO_CONTACT, AllianceWarning.NO_SPONSOR,
    AllianceWarning.NO_TALK, AllianceWarning.TOPIC_VACANT,
)  # fmt: skip
# Aggregates over the overview of those alliances that a reader sees.
BOARD_COLUMNS = ", ".join(
    [
        "count(*)::int AS alliances",
        "min(slug) AS slug",
        "count(*) FILTER (WHERE gaps > 0)::int AS gaps",
        *(
            f"count(*) FILTER (WHERE '{warning.value}' = ANY(warnings))::int AS {warning.value.lower()}"
            for warning in _WATCHED
        ),
    ]
)


def board_lines(figures: dict[str, Any]) -> tuple[list[tuple[str, str]], str] | None:
    """Sentences with where they lead, and the way to the whole report; None if all is well.

    Whoever sees one alliance is led straight to it.
    """
    single = figures["alliances"] == 1
    whole = url("insight:gap_detail", figures["slug"]) if single else url("insight:gap_list")
    lines = []
    if figures["gaps"]:
        text = ngettext(
            "%(count)s alliance has gaps", "%(count)s alliances have gaps", figures["gaps"]
        )
        target = whole if single else whole + "?only=gaps"
        lines.append((text % {"count": figures["gaps"]}, target))
    for warning in _WATCHED:
        count = figures[warning.value.lower()]
        if count:
            text = ngettext("%(what)s: %(count)s alliance", "%(what)s: %(count)s alliances", count)
            target = whole if single else f"{whole}?warning={warning.value}"
            lines.append((text % {"what": warning.label, "count": count}, target))
    return (lines, whole) if lines else None


def place_facts(row: dict[str, Any]) -> list[tuple[str, str]]:
    """A municipality's answers as pairs; what is not there says so."""
    contact, none = contact_cell(row), _("none")
    said = " – ".join(filter(None, (contact.text, contact.note)))
    return [
        (_("Alliance"), str(Way(row["alliance"]).label) if row["alliance"] else none),
        (pgettext("place", "Contact"), said if contact.text != "–" else _("not known")),
        (_("Caretaker"), _("yes") if row["caretaker"] else none),
        (_("Meetings in 24 months"), str(row["meetings"])),
        (_("Member organisation"), _("yes") if row["member"] else none),
    ]  # fmt: skip
