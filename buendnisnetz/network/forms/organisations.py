"""Forms for organisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.network.forms.fields import DayField, FactsForm, FactsMeta
from buendnisnetz.network.models import Organisation

_ADDRESS = ("street", "postcode", "city", "email", "phone", "website")


class OrganisationForm(FactsForm):
    territory = ChooseField("gebiete", label=_("Place"), required=False)

    class Meta(FactsMeta):
        model = Organisation
        fields = (
            "name", "short_name", "kind", "sector", "wz_section", "size_class", "territory",
            *_ADDRESS, "valid_from", "note", "is_public",
        )  # fmt: skip
        labels = {"valid_from": _("Exists since")}
        help_texts = {
            "sector": _("Which side it speaks for; left empty, the usual one of its kind."),
            "email": _("The organisation's own address, never a person's."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].required = False

    def clean_sector(self) -> str:
        # Left empty on an existing row, the side stays as it is.
        return str(self.cleaned_data["sector"] or self.instance.sector)


class AddressForm(FactsForm):
    """What a member may keep right about its own organisation."""

    class Meta(FactsMeta):
        model = Organisation
        fields = (*_ADDRESS, "size_class")


class EndOrganisationForm(forms.Form):
    last_day = DayField(label=_("Last day"))
    successor = ChooseField(
        "organisationen",
        label=_("Successor"),
        required=False,
        help_text=_("Who took its place. Type the beginning of the name and choose."),
    )


class AliasForm(forms.Form):
    name = forms.CharField(label=_("Other name"), max_length=160)
