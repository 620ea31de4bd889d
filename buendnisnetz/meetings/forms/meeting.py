"""Forms for meetings, their lists and entries."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.meetings.enums import (
    AttendanceStatus,
    DecisionStatus,
    EntryKind,
    MeetingKind,
    MeetingStatus,
)
from buendnisnetz.meetings.models import AgendaItem, Meeting, MeetingSeries
from buendnisnetz.network.forms.choosing import ChooseField, RowField
from buendnisnetz.network.models import WorkingGroup
from buendnisnetz.ui.listing import FilterForm


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


class MeetingFilter(FilterForm):
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *MeetingKind.choices]
    )
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *MeetingStatus.choices]
    )
    after = _day(_("From"), required=False)
    before = _day(_("Until"), required=False)


class DecisionFilter(FilterForm):
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *DecisionStatus.choices]
    )
    topic = forms.CharField(label=_("Topic"), required=False, max_length=80)
    body = forms.CharField(label=_("Who decided"), required=False, max_length=80)
    after = _day(_("From"), required=False)
    before = _day(_("Until"), required=False)


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """A meeting's own fields; the view says for which alliances somebody may write."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    alliance = RowField("buendnisse", label=_("Alliance"), required=False)
    working_group = RowField("arbeitsgruppen", label=_("Working group"), required=False)
    series = RowField("reihen", label=_("Series"), required=False)
    held_on = _day(_("Day"))
    starts_at = _time(_("Beginning"))
    ends_at = _time(pgettext_lazy("time", "End"))
    next_meeting_on = _day(_("Next meeting"), required=False)

    class Meta:
        model = Meeting
        fields = (
            "title", "kind", "alliance", "working_group", "series", "held_on", "starts_at", "ends_at", "place",
            "motto", "status", "next_meeting_on",
        )  # fmt: skip

    def __init__(self, *args: Any, alliances: Any, whole_state: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        groups = WorkingGroup.objects.filter(valid_to=None)
        series = MeetingSeries.objects.order_by("name", "pk")
        if not whole_state:
            groups = groups.filter(alliance__in=alliances)
            series = series.filter(alliance__in=alliances)
        fields["alliance"].offer(
            alliances, empty=_("the whole state") if whole_state else _("see working group")
        )
        fields["working_group"].offer(groups.order_by("sort_key", "pk"))
        fields["series"].offer(series)
        self.whole_state = whole_state

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("starts_at"), values.get("ends_at")
        if start and end and end == start:
            self.add_error(
                "ends_at", _("The meeting ends when it begins. Please correct one of the times.")
            )
        if not self.whole_state and not values.get("alliance") and not values.get("working_group"):
            self.add_error(
                "alliance", _("Please choose the alliance or the working group that meets.")
            )
        return values

    def values(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if key != "version"}


class SeriesForm(forms.ModelForm):  # type: ignore[type-arg]
    alliance = RowField("buendnisse", label=_("Alliance"), required=False)
    working_group = RowField("arbeitsgruppen", label=_("Working group"), required=False)

    class Meta:
        model = MeetingSeries
        fields = ("name", "every", "rhythm", "alliance", "working_group")

    def __init__(self, *args: Any, alliances: Any, whole_state: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        groups = WorkingGroup.objects.filter(valid_to=None)
        if not whole_state:
            groups = groups.filter(alliance__in=alliances)
        empty = _("the whole state") if whole_state else ""
        fields["alliance"].offer(alliances, empty=empty, required=not whole_state)
        fields["working_group"].offer(groups.order_by("sort_key", "pk"))


class AttendanceForm(forms.Form):
    """Somebody of the directory, or a name alone. What is left empty, the directory fills in."""

    person = ChooseField("personen", label=_("Person in the directory"), required=False)
    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        required=False,
        help_text=_("Only for somebody who is not in the directory."),
    )
    function = forms.CharField(
        label=_("Function on that day"),
        max_length=200,
        required=False,
        help_text=_("Left empty, it is taken from the directory, as on the day of the meeting."),
    )
    organisation_words = forms.CharField(label=_("Institution"), max_length=250, required=False)
    status = forms.ChoiceField(label=_("Attendance"), choices=AttendanceStatus.choices)
    is_chair = forms.BooleanField(label=_("chaired"), required=False)
    is_recorder = forms.BooleanField(label=_("wrote the minutes"), required=False)

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.ask_for(user, today)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not values.get("person") and not values.get("name") and "person" not in self.errors:
            self.add_error("person", _("Please choose somebody, or type a name below."))
        return values


class EntryForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=EntryKind.choices)
    text = forms.CharField(
        label=_("Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )
    agenda_item = forms.ModelChoiceField(
        label=_("Agenda item"), queryset=AgendaItem.objects.none(), required=False
    )
    speaker_words = forms.CharField(label=_("Who spoke"), max_length=160, required=False)
    holder = RowField(
        "kontaktstellen",
        label=_("Responsible post"),
        required=False,
        help_text=_("For tasks, promises and suggestions."),
    )
    due_on = _day(_("Due on"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agenda_item"].queryset = meeting.agenda.order_by("position")
        fields["holder"].offer(posts)


class DecisionForm(forms.Form):
    status = forms.ChoiceField(label=_("State"), choices=DecisionStatus.choices)
    result = forms.CharField(
        label=_("What became of it"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("How it was carried out, or why it no longer holds."),
    )  # fmt: skip


class ApprovalForm(forms.Form):
    approved_on = _day(_("Approved on"))
    approved_by = forms.CharField(label=_("Approved by"), max_length=200)
