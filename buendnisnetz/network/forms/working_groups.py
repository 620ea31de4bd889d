"""Forms for working groups."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.network.forms.fields import DayField, FactsForm, FactsMeta
from buendnisnetz.network.models import WorkingGroup


class GroupForm(FactsForm):
    class Meta(FactsMeta):
        model = WorkingGroup
        fields = ("name", "topic", "mandate", "results", "valid_from")
        labels = {"valid_from": _("Works since")}


class NewGroupForm(GroupForm):
    alliance = ChooseField(
        "buendnisse",
        label=_("Alliance"),
        required=False,
        help_text=_("Left empty, it is a group of the whole state."),
    )


class EndGroupForm(forms.Form):
    last_day = DayField(label=_("Last day"))
    results = forms.CharField(
        label=_("Results"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What came of it stays findable. Left empty, what is noted stays."),
    )


class GroupMemberForm(forms.Form):
    organisation = ChooseField("organisationen", label=_("Organisation"))
    since = DayField(label=_("Since"), required=False)
