"""Fields that several forms of this room share."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db import models
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from buendnisnetz.core.words import per_language
from buendnisnetz.ui.editing import ask_for


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar or typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("error_messages", {"invalid": _("Please give a day such as 24.08.2017.")})
        super().__init__(**kwargs)


def form_field(field: Any, **kwargs: Any) -> Any:
    """Days get the browser's calendar, numbers a comma, addresses without a scheme a safe one."""
    if isinstance(field, models.DateField):
        kwargs["form_class"] = DayField
    elif isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    elif isinstance(field, models.DecimalField):
        kwargs["localize"] = True
    elif isinstance(field, models.TextField):
        kwargs["widget"] = forms.Textarea(attrs={"rows": 5})
    made = field.formfield(**kwargs)
    if field.choices:
        made.choices = _InWords(made.choices)
    return made


class _InWords(BaseChoiceIterator):
    """Choices whose labels are looked up once: a select has up to twenty of them."""

    def __init__(self, choices: Iterable[tuple[Any, Any]]) -> None:
        known = list(choices)
        self.said = per_language(lambda: [(value, str(label)) for value, label in known])

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        return iter(self.said())


class FactsMeta:
    """Base of every ``Meta`` below."""

    formfield_callback = staticmethod(form_field)


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The shape of a model's fields. Rules are the domain's, so the row itself is left alone.

    ``version`` travels with the form, so that the second of two people who edit is told.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: Any = None, today: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for(self, user, today)
        for name in self.fields:
            # Rows are shown by name; a model form would show their numbers.
            if (
                self.instance.pk
                and self.initial.get(name)
                and hasattr(self.fields[name], "ask_for")
            ):
                self.initial[name] = getattr(self.instance, name)
        if self.instance.pk and hasattr(self.instance, "version"):
            self.initial["version"] = self.instance.version
        else:
            del self.fields["version"]

    def _post_clean(self) -> None:
        """Nothing is written into the instance, and no rule is checked twice."""

    def facts(self) -> dict[str, Any]:
        """The values without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
