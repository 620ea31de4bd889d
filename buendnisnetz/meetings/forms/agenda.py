"""Forms for the agenda and for standing items."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.meetings.enums import AgendaItemKind, MeetingKind
from buendnisnetz.meetings.forms.preparing import day_field
from buendnisnetz.meetings.models import AgendaItem
from buendnisnetz.network.forms.choosing import RowField

_SPEAKERS = 3


def _minutes() -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("Minutes of time"), required=False, min_value=1, max_value=1440
    )


class ItemForm(forms.Form):
    """An item of the agenda with up to three speakers, or as many as it has and one more."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=400)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=AgendaItemKind.choices, initial=AgendaItemKind.OTHER
    )
    duration = _minutes()
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Empty: counted by itself."),
    )
    is_internal = forms.BooleanField(label=gettext_lazy("not for the public"), required=False)

    def __init__(self, *args: Any, item: AgendaItem | None = None, **kwargs: Any) -> None:
        speakers = list(item.speakers.order_by("pk")) if item else []
        initial = _values_of(item) if item else {}
        for place, speaker in enumerate(speakers, start=1):
            initial |= {f"speaker_{place}": speaker.name, f"function_{place}": speaker.function}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.places = max(_SPEAKERS, len(speakers) + 1)
        for place in range(1, self.places + 1):
            self.fields[f"speaker_{place}"] = forms.CharField(
                label=_("Speaker %(number)s") % {"number": place}, max_length=160, required=False
            )
            self.fields[f"function_{place}"] = forms.CharField(
                label=_("Function on that day"),
                max_length=200,
                required=False,
                help_text=_("Empty: taken from the directory, as on the day of the meeting.")
                if place == 1
                else "",
            )

    def speakers(self) -> list[tuple[str, str]]:
        values = self.cleaned_data
        return [
            (values[f"speaker_{place}"], values[f"function_{place}"])
            for place in range(1, self.places + 1)
        ]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in _FIELDS}


_FIELDS = ("title", "kind", "duration", "number", "is_internal")


def _values_of(item: AgendaItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in _FIELDS}


class LeaveOutForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why it is left out this time"), max_length=300)


class StandingForm(forms.Form):
    """An item that new meetings get by themselves."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=400)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=AgendaItemKind.choices, initial=AgendaItemKind.REPORT
    )
    duration = _minutes()
    alliance = RowField("buendnisse", label=gettext_lazy("For"), required=False)
    meeting_kind = forms.ChoiceField(
        label=gettext_lazy("For meetings of the kind"),
        choices=[("", gettext_lazy("all")), *MeetingKind.choices],
        required=False,
    )

    def __init__(self, *args: Any, alliances: Any, whole_state: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["alliance"]
        empty = gettext_lazy("all alliances and the state") if whole_state else ""
        field.offer(alliances, empty=empty, required=not whole_state)


class EndForm(forms.Form):
    last_day = day_field(gettext_lazy("Last day"))
