"""The filters of the lists. Every list answers "as of" a day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.network.domain.queries.organisations import districts
from buendnisnetz.network.enums import (
    AllianceStatus,
    HandoverStatus,
    OrganisationKind,
    PostKind,
    Sector,
    SizeClass,
    SlotState,
    WzSection,
)
from buendnisnetz.network.forms.fields import DayField
from buendnisnetz.ui.listing import FilterForm


def _choice(label: Any, choices: Any, first: Any = None) -> forms.ChoiceField:
    entries = choices.choices if hasattr(choices, "choices") else choices
    return forms.ChoiceField(
        label=label, required=False, choices=[("", first or _("all")), *entries]
    )


class AsOfFilter(FilterForm):
    """A search box and the day that the list is to be read on; today, if none is given."""

    am = DayField(label=_("As of"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The day stands last: it is the rarest question.
        self.fields["am"] = self.fields.pop("am")
        if "district" in self.fields:
            field: Any = self.fields["district"]
            field.choices = [("", _("all")), *districts(today)]


class AllianceFilter(AsOfFilter):
    status = _choice(
        _("Status"),
        [*AllianceStatus.choices, ("UNCONFIRMED", _("unconfirmed")), ("ALL", _("also dissolved"))],
        _("all but dissolved"),
    )
    district = _choice(_("District"), [])


class OrganisationFilter(AsOfFilter):
    kind = _choice(_("Kind"), OrganisationKind)
    sector = _choice(_("Side"), Sector)
    district = _choice(_("District"), [])
    size_class = _choice(_("Number of staff"), SizeClass)
    wz_section = _choice(_("Branch"), WzSection)
    ended = forms.BooleanField(label=_("also ended ones"), required=False)


class PersonFilter(AsOfFilter):
    kind = _choice(_("Function"), PostKind)
    district = _choice(_("District"), [])
    terms = _choice(_("Posts"), [("current", _("with a post")), ("none", _("without a post"))])


class PostFilter(AsOfFilter):
    kind = _choice(_("Function"), PostKind)
    district = _choice(_("District"), [])
    which = _choice(
        _("Show"), [("all", _("all posts")), ("vacant", _("vacant ones"))], _("official contacts")
    )


class GroupFilter(AsOfFilter):
    ended = forms.BooleanField(label=_("also ended ones"), required=False)


class TermFilter(AsOfFilter):
    months = _choice(
        _("Ends within"),
        [("3", _("3 months")), ("6", _("6 months")), ("24", _("24 months"))],
        _("12 months"),
    )
    kind = _choice(_("Function"), PostKind)
    handover = _choice(
        _("Handover"),
        [
            ("none", _("not begun")),
            ("open", HandoverStatus.OPEN.label),
            ("done", HandoverStatus.DONE.label),
        ],
    )


class VacancyFilter(AsOfFilter):
    kind = _choice(_("Function"), PostKind)
    which = _choice(_("Show"), [("all", _("all posts"))], _("official contacts"))


class SlotFilter(AsOfFilter):
    state = _choice(pgettext_lazy("contact", "State"), SlotState)


class HandoverFilter(FilterForm):
    status = _choice(pgettext_lazy("handover", "State"), HandoverStatus)
