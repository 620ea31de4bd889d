"""The filters of this room's lists; every list answers "as of" a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.insight.domain.queries.requirements import requirement_choices
from buendnisnetz.insight.enums import AllianceWarning, Reached
from buendnisnetz.insight.forms.fields import DayField
from buendnisnetz.network.domain.queries.organisations import districts
from buendnisnetz.ui.listing import FilterForm

Choices = Sequence[tuple[str, Any]]


class AsOfFilter(FilterForm):
    """A search box, the room's own questions, and last the day."""

    stand = DayField(label=_("As of"), required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand"] = self.fields.pop("stand")
        known = {"district": districts, "missing": requirement_choices}
        for name, choices in known.items():
            field: Any = self.fields.get(name)
            if field is not None and len(field.choices) == 1:
                field.choices = [*field.choices, *choices(day)]


def _choice(label: Any, first: Any, choices: Choices = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", first), *choices])


class GapFilter(AsOfFilter):
    district = _choice(pgettext_lazy("short", "District"), _("all"))
    missing = _choice(_("Missing"), _("anything"))
    warning = _choice(_("Needs attention"), _("whatever"), AllianceWarning.choices)
    only = _choice(_("Show"), _("all alliances"), [("gaps", _("those with gaps"))])


class DistrictFilter(AsOfFilter):
    missing = _choice(_("Missing"), _("anything"))


class PlaceFilter(AsOfFilter):
    district = _choice(pgettext_lazy("short", "District"), _("all"))
    missing = _choice(
        _("Lacks"),
        _("anything or nothing"),
        [
            ("white", _("everything: a white spot")),
            *Reached.choices,
            ("mark", _("a contact, and the mark “none”")),
        ],
    )
    settled = _choice(
        _("Town and country"),
        _("both"),
        [("urban", _("towns and cities")), ("rural", _("the country"))],
    )
