"""Fields that several forms of this room share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.domain.queries.organisations import districts
from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.network.forms.fields import DayField
from buendnisnetz.network.models import Alliance
from buendnisnetz.partnering.enums import Topic
from buendnisnetz.partnering.rules import is_keeper
from buendnisnetz.ui.listing import FilterForm

__all__ = [
    "AllianceField",
    "DayField",
    "DistrictFilter",
    "OfAllianceFilter",
    "choice",
    "text",
    "topics",
]


def choice(
    label: Any, entries: Any, first: Any = None, *, required: bool = False
) -> forms.ChoiceField:
    """A choice with an empty entry in front."""
    found = entries.choices if hasattr(entries, "choices") else entries
    return forms.ChoiceField(
        label=label, required=required, choices=[("", first or _("all")), *found]
    )


def text(
    label: Any, *, required: bool = False, rows: int = 4, longest: int = 4000, **kwargs: Any
) -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=required, max_length=longest, widget=widget, **kwargs
    )


def topics(label: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    """Topics as tick boxes."""
    kwargs.setdefault("required", False)
    return forms.MultipleChoiceField(
        label=label, choices=Topic.choices, widget=forms.CheckboxSelectMultiple(), **kwargs
    )


def trap() -> forms.CharField:
    """A field that no person sees: whoever fills it in is a program."""
    widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    return forms.CharField(label=_("Please leave this empty"), required=False, widget=widget)


class AllianceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """For which alliance: an own one; for the coordination office any of many, or itself."""

    @staticmethod
    def for_user(user: Any, alliances: Any, label: Any) -> forms.Field:
        if is_keeper(user):
            return ChooseField(
                "buendnisse",
                label=label,
                required=False,
                help_text=_("Left empty, it is the coordination office's own."),
            )
        return AllianceField(label=label, queryset=alliances, empty_label=None)

    def label_from_instance(self, obj: Alliance) -> str:
        return obj.name


class OfAllianceFilter(FilterForm):
    """A filter by alliance. It offers the own ones (``own``: their numbers); whoever sees hundreds is
    offered the one asked for, which the alliance's page leads to."""

    alliance = choice(_("For whom"), [])

    def __init__(
        self, *args: Any, own: tuple[int, ...], office: bool, asked: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = (
            Alliance.objects.filter(slug=asked) if office else Alliance.objects.filter(pk__in=own)
        )
        found = rows.order_by("sort_key").values_list("slug", "name") if asked or own else []
        first = [("office", _("coordination office"))] if office else []
        field: Any = self.fields["alliance"]
        field.choices = [("", _("all")), *first, *found]


class DistrictFilter(FilterForm):
    """A filter that knows the districts of a day."""

    district = choice(_("District"), [])

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["district"]
        field.choices = [("", _("all")), *districts(today)]
