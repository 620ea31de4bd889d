"""Forms for doubles and merges."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.ui.listing import FilterForm
from buendnisnetz.upkeep.domain.queries.doubles import FieldPair
from buendnisnetz.upkeep.enums import DoubleKind, DoubleStatus


class DoubleFilter(FilterForm):
    kind = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("all")), *DoubleKind.choices]
    )
    status = forms.ChoiceField(
        label=pgettext_lazy("double", "State"),
        required=False,
        choices=[("", _("not decided")), *DoubleStatus.choices, ("ALL", _("all"))],
    )


class NoteForm(forms.Form):
    note = forms.CharField(label=_("Why"), max_length=300, required=False)


class MergeForm(forms.Form):
    """Which entry stays, and of each field that differs whose value counts."""

    kept = forms.ChoiceField(label=_("This entry stays"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, names: tuple[str, str], pairs: Sequence[FieldPair], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kept"].choices = [("first", names[0]), ("second", names[1])]
        fields["kept"].initial = "first"
        self.pairs = [pair for pair in pairs if pair.differs]
        for pair in self.pairs:
            self.fields[f"field_{pair.name}"] = forms.ChoiceField(
                label=pair.label,
                choices=[("first", pair.first or "–"), ("second", pair.second or "–")],
                # What only one of them says is not lost.
                initial="first" if pair.first else "second",
                widget=forms.RadioSelect,
            )

    def from_gone(self) -> list[str]:
        """The fields whose value the entry that goes brings along."""
        gone = "second" if self.cleaned_data["kept"] == "first" else "first"
        return [pair.name for pair in self.pairs if self.cleaned_data[f"field_{pair.name}"] == gone]


class PairForm(forms.Form):
    """Two entries of one kind, named by hand."""

    one = ChooseField("organisationen", label=_("One entry"))
    other = ChooseField("organisationen", label=_("The other entry"))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == DoubleKind.PERSON:
            self.fields["one"] = ChooseField("personen", label=_("One entry"))
            self.fields["other"] = ChooseField("personen", label=_("The other entry"))
