"""The form of a Word template."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.forms.choosing import RowField


class WordTemplateForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    alliance = RowField("buendnisse", label=_("For"), required=False)
    file = forms.FileField(
        label=_("Word file"),
        help_text=_("A .docx file without macros, up to 5 MB. It is filled once to try it."),
    )

    def __init__(self, *args: Any, alliances: Any, whole_state: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["alliance"]
        empty = _("the whole state") if whole_state else ""
        field.offer(alliances, empty=empty, required=not whole_state)
