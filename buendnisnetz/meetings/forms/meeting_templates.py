"""Forms for templates of meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.meetings.forms.preparing import day_field, time_field
from buendnisnetz.network.models import Alliance


class SaveTemplateForm(forms.Form):
    name = forms.CharField(label=_("Name of the template"), max_length=120)
    title = forms.CharField(
        label=_("Title of the meetings"),
        max_length=230,
        help_text=_("Where {date} stands, the day is written."),
    )


class UseTemplateForm(forms.Form):
    """When the meeting is, and whose; a template of an alliance is for that one."""

    alliance = forms.ModelChoiceField(
        label=_("Alliance"), queryset=Alliance.objects.none(), required=False
    )
    held_on = day_field(_("Day"))
    starts_at = time_field(_("Beginning"))
    ends_at = time_field(pgettext_lazy("time", "End"))

    def __init__(self, *args: Any, alliances: Any, whole_state: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["alliance"]
        field.queryset = alliances
        field.required = not whole_state
        field.empty_label = _("the whole state") if whole_state else None
