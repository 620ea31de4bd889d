"""Forms on the way of minutes: consultation, wishes, approval, correction, distribution."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.meetings.domain.recipients import Recipient
from buendnisnetz.meetings.enums import ApprovalMode, PaperForm, RequestStatus
from buendnisnetz.network.forms.choosing import RowField


def _words(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RecipientsMixin(forms.Form):
    """Whom a mail goes to, all chosen at first."""

    recipients = forms.MultipleChoiceField(
        label=pgettext_lazy("mail", "To"), widget=forms.CheckboxSelectMultiple(), required=True
    )

    def __init__(self, *args: Any, people: Sequence[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        field: Any = self.fields["recipients"]
        field.choices = [(row.key, f"{row.name}, {row.email}") for row in people]
        field.initial = [row.key for row in people]

    def chosen(self) -> list[Recipient]:
        keys = set(self.cleaned_data["recipients"])
        return [row for row in self.people if row.key in keys]


class ConsultationForm(RecipientsMixin):
    until = forms.DateField(
        label=_("Look over until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    words = _words(_("Words in the mail"))
    field_order = ("until", "words", "recipients")


class WishForm(forms.Form):
    """A wish to change one passage, or all of it."""

    entry = forms.CharField(required=False, widget=forms.HiddenInput())
    words = _words(_("What should change"), required=True)


class DecisionForm(forms.Form):
    """What becomes of a wish."""

    status = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (RequestStatus.ACCEPTED, RequestStatus.ACCEPTED.label),
            (RequestStatus.DECLINED, RequestStatus.DECLINED.label),
        ],
    )
    answer = _words(pgettext_lazy("wish", "Answer"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        declined = values.get("status") == RequestStatus.DECLINED
        if declined and not values.get("answer", "").strip():
            self.add_error("answer", _("Please say why it stays as it is."))
        return values


class AskApprovalForm(forms.Form):
    person = RowField("freigebende", label=_("Who approves"))
    words = _words(_("Words in the mail"))

    def __init__(self, *args: Any, people: Any, heads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.offer(people, part=heads)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the second factor"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why the minutes are corrected"), max_length=300)


class SendBackForm(forms.Form):
    words = _words(_("What should change before you approve"), required=True)


class DistributionForm(RecipientsMixin):
    note = _words(_("Words in the mail"))

    def __init__(self, *args: Any, forms_wished: Mapping[str, PaperForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in self.people:
            self.fields[f"form_{row.key}"] = forms.ChoiceField(
                label=_("Form for %(name)s") % {"name": row.name},
                choices=PaperForm.choices,
                initial=forms_wished[row.key],
            )
        self.order_fields(["note", "recipients"])

    def forms_chosen(self) -> dict[str, PaperForm]:
        return {row.key: PaperForm(self.cleaned_data[f"form_{row.key}"]) for row in self.chosen()}


class RulesForm(forms.Form):
    """How a state wants its minutes approved."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    mode = forms.ChoiceField(
        label=_("Approval by mail link"),
        choices=ApprovalMode.choices,
        widget=forms.RadioSelect(),
        help_text=_("A link alone never approves minutes."),
    )
    remind_after_days = forms.IntegerField(
        label=_("Remind of a missing approval after days"),
        min_value=1,
        max_value=365,
        help_text=_("Counted from the day of the meeting; again every 14 days."),
    )
