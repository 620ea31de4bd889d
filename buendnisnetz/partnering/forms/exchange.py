"""Forms for exchange between groups, resources, wishes and interest profiles."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.enums import Contribution, OrganisationKind
from buendnisnetz.network.forms.choosing import ChooseField, RowField
from buendnisnetz.partnering.domain.queries.invitations import groups_wanted
from buendnisnetz.partnering.enums import Topic
from buendnisnetz.partnering.forms.fields import (
    DayField,
    DistrictFilter,
    OfAllianceFilter,
    choice,
    text,
    topics,
)


class ExchangeForm(forms.Form):
    """Notes what became of an exchange."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held_on = DayField(label=_("Held on"), required=False)
    meeting = forms.ModelChoiceField(
        label=_("Meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("no meeting of ours"),
    )
    result = text(_("Result"), rows=5)

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = meetings


class ArrangeForm(forms.Form):
    other = forms.CharField(widget=forms.HiddenInput(), max_length=20)
    wanted = forms.BooleanField(label=_("Both want another one"), required=False)


class LendableFilter(DistrictFilter):
    kind = choice(_("Kind"), Contribution)
    ended = forms.BooleanField(label=_("also ended ones"), required=False)
    field_order = ("q", "kind", "district", "ended")


class LendableForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Contribution.choices)
    title = forms.CharField(label=_("What"), max_length=200)
    amount = forms.IntegerField(label=_("Amount"), min_value=1, max_value=1_000_000, initial=1)
    unit = forms.CharField(
        label=_("Unit"), max_length=40, required=False, help_text=_("Places, hours a week, euros …")
    )
    territory = ChooseField("gebiete", label=_("Where"), required=False)
    valid_from = DayField(label=_("From"), required=False)
    valid_to = DayField(label=_("Until"), required=False)
    conditions = text(_("Conditions"), rows=3, longest=1000)

    def facts(self) -> dict[str, Any]:
        left_out = {"version", "organisation", "alliance", "working_group"}
        return {key: value for key, value in self.cleaned_data.items() if key not in left_out}


class NewResourceForm(LendableForm):
    organisation = ChooseField("organisationen", label=_("Whose"))
    field_order = ("organisation",)

    def __init__(self, *args: Any, lenders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lenders = lenders
        self.order_fields(self.field_order)

    def clean_organisation(self) -> Any:
        """Only organisations that the user may answer for."""
        body = self.cleaned_data["organisation"]
        if body is not None and not self.lenders.filter(pk=body.pk).exists():
            raise forms.ValidationError(
                _("You may note this for your own organisation and for members of your alliance.")
            )
        return body


class WishForm(LendableForm):
    territory = ChooseField("gebiete", label=_("Where"))


class NewWishForm(WishForm):
    """For an alliance or one of its working groups."""

    alliance = RowField("buendnisse", label=_("For which alliance"), required=False)
    working_group = RowField(
        "arbeitsgruppen", label=_("or for which working group"), required=False
    )
    field_order = ("alliance", "working_group")

    def __init__(self, *args: Any, alliances: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["alliance"].offer(alliances)
        fields["working_group"].offer(groups)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        sides = {"alliance", "working_group"}
        chosen = [name for name in sides if values.get(name)]
        if len(chosen) != 1 and not sides & set(self.errors):
            self.add_error("alliance", _("Please choose either an alliance or a working group."))
        return values


class CloseForm(forms.Form):
    result = forms.CharField(label=_("What came of it"), max_length=300, required=False)


class EndForm(forms.Form):
    last_day = DayField(label=_("Last day"))


class BookingForm(forms.Form):
    """How much of a resource is asked for, and in which period."""

    amount = forms.IntegerField(label=_("Amount"), min_value=1, max_value=1_000_000)
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))


class ProfileForm(forms.Form):
    topics = topics(_("What we want to hear of"))
    groups = forms.TypedMultipleChoiceField(
        label=_("Working groups and committees that we want to hear of"),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        required=False,
    )

    def __init__(self, *args: Any, groups: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without any there is nothing to choose.
        if groups:
            field: Any = self.fields["groups"]
            field.choices = groups
        else:
            del self.fields["groups"]


class InvitationListFilter(OfAllianceFilter, DistrictFilter):
    topic = choice(_("Topic"), Topic)
    group = forms.ChoiceField(label=_("Working group or committee"), required=False)
    kind = choice(_("Kind of organisation"), OrganisationKind)
    field_order = ("q", "topic", "group", "alliance", "kind", "district")

    def __init__(
        self,
        *args: Any,
        own: tuple[int, ...],
        office: bool,
        asked: str,
        group: str,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, own=own, office=office, asked=asked, today=today, **kwargs)
        offered = groups_wanted(own=own, office=office, today=today, asked=asked, group=group)
        field: Any = self.fields["group"]
        field.choices = [("", _("all")), *offered]
