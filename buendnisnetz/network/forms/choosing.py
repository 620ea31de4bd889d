"""Choosing one row of thousands by typing its name.

A text field with suggestions that the server fills in while somebody types; without script the
name or the public id is typed, and what was not clear comes back with "did you mean".
"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.domain.queries import choices


class ChooseInput(forms.TextInput):
    """The text field and its list of suggestions."""

    template_name = "network/widgets/choose.html"

    def __init__(self, kind: str) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.kind = kind
        self.suggestions: list[str] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = f"{context['widget']['attrs'].get('id', name)}_options"
        context["widget"]["attrs"] |= {
            "list": options,
            "hx-get": reverse("network:choices", args=[self.kind]),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{options}",
            "hx-swap": "innerHTML",
        }
        context["options_id"] = options
        context["suggestions"] = self.suggestions
        return context


class ChooseField(forms.CharField):
    """Gives the chosen row, or None if the field was left empty."""

    def __init__(self, kind: str, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Type the beginning of the name and choose."))
        super().__init__(widget=ChooseInput(kind), max_length=300, **kwargs)
        self.kind = kind
        self.user: Any = None
        self.today: date | None = None

    def ask_for(self, user: Any, today: date) -> None:
        self.user, self.today = user, today

    def prepare_value(self, value: Any) -> Any:
        """A row is shown by its name and id, typed text as it was typed."""
        if isinstance(value, Model):
            return choices.option_text(self.kind, value)
        return value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        if self.today is None:
            raise RuntimeError("the form did not say on whose behalf it asks")
        row, meant = choices.chosen(self.kind, typed, self.user, self.today)
        if row is not None:
            return row
        found = [choices.option_text(self.kind, option) for option in meant]
        widget: Any = self.widget
        widget.suggestions = found
        if not found:
            raise ValidationError(
                _("Nothing is called “%(typed)s”. Please check the spelling, or add it first."),
                params={"typed": typed},
            )
        raise ValidationError(
            _("“%(typed)s” is not clear. Did you mean: %(found)s?"),
            params={"typed": typed, "found": " · ".join(found)},
        )
