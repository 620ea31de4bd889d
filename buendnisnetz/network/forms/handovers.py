"""Forms for handovers, terms and contacts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.network.enums import ContactAnswer, Receiver
from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.network.forms.fields import DayField, FactsForm, FactsMeta
from buendnisnetz.network.models import Handover


class HandoverForm(forms.Form):
    """When it ends and who comes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    last_day = DayField(label=_("Last day"))
    successor = ChooseField(
        "personen",
        label=pgettext_lazy("person", "Successor"),
        required=False,
        help_text=_(
            "The post keeps its work, so the successor has it the same day. Left empty, the post stays vacant."
        ),
    )
    first_day = DayField(
        label=_("First day of the successor"),
        required=False,
        help_text=_("Left empty, it is the day after the last one."),
    )
    mentor = ChooseField(
        "personen",
        label=_("Mentor"),
        required=False,
        help_text=_("Who stands by the successor for a while, for example whoever leaves."),
    )

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            # The term has ended already; its last day is what it is.
            del self.fields["last_day"]

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class NotesForm(FactsForm):
    class Meta(FactsMeta):
        model = Handover
        fields = ("notes", "contacts")
        help_texts = {
            "notes": _("How things stand, what was agreed by word of mouth, where things lie."),
            "contacts": _("Whom to call first, and why. The people named here may read it."),
        }


class TicksField(forms.TypedMultipleChoiceField):
    """Checkboxes of which any number may be ticked; the page does not call that optional."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class GiveForm(forms.Form):
    """Which pieces go to whom. One field of checkboxes for each kind of piece."""

    receiver = forms.ChoiceField(label=_("Give to"), choices=Receiver.choices)
    other_post = ChooseField("stellen", label=_("Another post"), required=False)

    def __init__(
        self,
        *args: Any,
        groups: Iterable[tuple[str, str, list[tuple[int, str]]]],
        receivers: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = []
        for number, (_code, label, pieces) in enumerate(groups):
            name = f"kind{number}"
            self.fields[name] = TicksField(
                label=label,
                choices=[(str(key), text) for key, text in pieces],
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
            )
            self.kinds.append(name)
        allowed = set(receivers)
        field: Any = self.fields["receiver"]
        field.choices = [choice for choice in Receiver.choices if choice[0] in allowed]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("receiver") == Receiver.OTHER and not values.get("other_post"):
            self.add_error("other_post", _("Please say which other post gets it."))
        return values

    def pieces(self) -> list[int]:
        """The numbers that were ticked."""
        return [key for name in self.kinds for key in self.cleaned_data[name]]


class ChargeForm(forms.Form):
    """What a post looks after besides its own."""

    alliance = ChooseField("buendnisse", label=_("Alliance"), required=False)
    working_group = ChooseField("arbeitsgruppen", label=_("Working group"), required=False)
    since = DayField(label=_("Since"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("alliance")) == bool(values.get("working_group")) and not self.errors:
            raise forms.ValidationError(_("Please choose either an alliance or a working group."))
        return values


class ContactAnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Is this contact still right?"),
        choices=ContactAnswer.choices,
        widget=forms.RadioSelect(),
    )
    words = forms.CharField(
        label=_("What has changed, or who follows?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("answer") == ContactAnswer.CHANGED and not values.get("words", "").strip():
            self.add_error("words", _("Please say in a sentence what has changed."))
        return values
