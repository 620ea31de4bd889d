"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FeedbackForm(forms.Form):
    text = forms.CharField(
        label=_("What is hard to use or to understand?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    page = forms.CharField(label=_("On which page?"), required=False, max_length=300)
    email = forms.EmailField(
        label=_("Your e-mail address"), required=False, help_text=_("Only if you want an answer.")
    )
