"""Forms for people, their consents and their accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.enums import ConsentKind
from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.network.forms.fields import DayField, FactsForm, FactsMeta
from buendnisnetz.network.models import Person


class PersonForm(FactsForm):
    class Meta(FactsMeta):
        model = Person
        fields = ("academic_title", "given_name", "family_name", "email", "phone", "note")
        help_texts = {
            "email": _("Only if the person wants it; the public sees the address of the post."),
            "note": _("The person may read this at any time."),
        }


class ConsentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Agreed to"), choices=ConsentKind.choices)
    on = DayField(label=_("Given on"))
    text = forms.CharField(
        label=_("Text that was shown"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )
    evidence = forms.CharField(
        label=_("How it was given"), max_length=200, help_text=_("A signed form, a mail, a call.")
    )


class WithdrawForm(forms.Form):
    on = DayField(label=_("Withdrawn on"))


class LinkForm(forms.Form):
    user = ChooseField(
        "konten",
        label=_("Account"),
        required=False,
        help_text=_("Left empty, no account belongs to this person."),
    )


class EraseForm(forms.Form):
    """Asks for the family name, because there is no way back."""

    family_name = forms.CharField(label=_("Family name, to confirm"), max_length=80)

    def __init__(self, *args: object, expected: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.expected = expected

    def clean_family_name(self) -> str:
        typed: str = self.cleaned_data["family_name"].strip()
        if typed.casefold() != self.expected.casefold():
            raise forms.ValidationError(_("This is not the family name. Nothing was removed."))
        return typed
