"""Choosing one row of thousands by typing its name.

A text field with suggestions that the server fills in while somebody types; without script the
name or the public id is typed, and what was not clear comes back with "did you mean".
"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.domain.queries import choices

# A longer list is not scrolled any more, and its bytes cost every reader time.
LONGEST_LIST = 60


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

    nothing_found: Any = _(
        "Nothing is called “%(typed)s”. Please check the spelling, or add it first."
    )

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
        row, meant = self._chosen(typed)
        if row is not None:
            return row
        found = [choices.option_text(self.kind, option) for option in meant]
        widget: Any = self.widget
        widget.suggestions = found
        if not found:
            raise ValidationError(self.nothing_found, params={"typed": typed})
        raise ValidationError(
            _("“%(typed)s” is not clear. Did you mean: %(found)s?"),
            params={"typed": typed, "found": " · ".join(found)},
        )

    def _chosen(self, typed: str) -> tuple[Any, list[Any]]:
        if self.today is None:
            raise RuntimeError("the form did not say on whose behalf it asks")
        return choices.chosen(self.kind, typed, self.user, self.today)


class RowField(ChooseField):
    """One of the rows that the form offers, and no other: a plain list while they are few, a text field
    with suggestions of this kind once they are many.

    Either way the public id is sent, so that nothing breaks for whom the list has just grown.
    """

    nothing_found = _("“%(typed)s” cannot be chosen here. Please choose one of the suggestions.")

    def __init__(self, kind: str, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "")
        super().__init__(kind, **kwargs)
        self.rows: QuerySet[Any] | None = None
        self.listed: dict[int, str] | None = None

    def offer(
        self,
        rows: QuerySet[Any],
        *,
        empty: Any = "",
        required: bool | None = None,
        part: QuerySet[Any] | list[Any] | None = None,
    ) -> None:
        """Say which rows there are, in their order, and what it means to choose none.

        One query where they are too many for a list, two where they are not. ``part`` has a row for
        some of them, as a queryset or read already, and is looked at first where to find all of them
        takes long.
        """
        self.rows = rows
        self.required = self.widget.is_required = self.required if required is None else required
        found: list[Any] = []
        # Numbers alone, in no order: most lists are too long, and nobody sees their rows.
        first = rows if part is None else part
        many = _are_many(first if isinstance(first, list) else first.order_by().values("pk"))
        if not many:
            found = list(rows[: LONGEST_LIST + 1])
            many = _are_many(found)
        if many:
            hints = [self.help_text, _("Type the beginning of the name and choose.")]
            hints += [_("Left empty: %(meaning)s.") % {"meaning": empty}] if empty else []
            self.help_text = " ".join(str(hint) for hint in hints if hint)
            return
        self.listed = {row.pk: row.public_id for row in found}
        nothing = [] if self.required and not empty else [("", empty or "---------")]
        label = choices.KINDS[self.kind].label
        self.widget = forms.Select(
            choices=[*nothing, *((row.public_id, label(row)) for row in found)]
        )
        self.widget.is_required = self.required

    def prepare_value(self, value: Any) -> Any:
        """A row, its number as the model keeps it, or its public id is shown as what is typed."""
        if self.listed is not None:
            number = value.pk if isinstance(value, Model) else value
            return self.listed.get(number, value) if isinstance(number, int) else value
        if self.rows is not None and isinstance(value, int):
            value = self.rows.filter(pk=value).first()
        elif self.rows is not None and isinstance(value, str) and value:
            # An address that leads to the form names the row by its public id alone.
            value = self.rows.filter(public_id=value).first() or value
        return super().prepare_value(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def _chosen(self, typed: str) -> tuple[Any, list[Any]]:
        if self.rows is None:
            raise RuntimeError("the form did not say which rows it offers")
        return choices.chosen_among(self.kind, typed, self.rows)


def _are_many(rows: Any) -> bool:
    return len(rows[: LONGEST_LIST + 1]) > LONGEST_LIST
