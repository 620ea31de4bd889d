"""The form of a Word template."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.models import Alliance


class WordTemplateForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    alliance = forms.ModelChoiceField(
        label=_("For"), queryset=Alliance.objects.none(), required=False
    )
    file = forms.FileField(
        label=_("Word file"),
        help_text=_("A .docx file without macros, up to 5 MB. It is filled once to try it."),
    )

    def __init__(self, *args: Any, alliances: Any, whole_state: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["alliance"].queryset = alliances
        fields["alliance"].empty_label = _("the whole state")
        if not whole_state:
            fields["alliance"].required, fields["alliance"].empty_label = True, None
