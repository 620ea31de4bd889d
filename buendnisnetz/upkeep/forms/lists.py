"""Forms for lists that are handed in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.network.forms.choosing import RowField
from buendnisnetz.ui.listing import FilterForm
from buendnisnetz.upkeep.domain.columns import FIELDS
from buendnisnetz.upkeep.domain.lists import CHOICES_OF
from buendnisnetz.upkeep.domain.queries.lists import Sample
from buendnisnetz.upkeep.enums import ListStatus, RowChoice, RowMatch, Target
from buendnisnetz.upkeep.models import ListRow, PartnerList

ACCEPTED_TYPES = ".xlsx,.ods,.csv,.txt,.vcf"


class ListFilter(FilterForm):
    status = forms.ChoiceField(
        label=pgettext_lazy("list", "State"),
        required=False,
        choices=[("", _("all")), *ListStatus.choices],
    )


class RowFilter(FilterForm):
    match = forms.ChoiceField(
        label=_("What is known"), required=False, choices=[("", _("all")), *RowMatch.choices]
    )
    choice = forms.ChoiceField(
        label=_("What becomes of it"), required=False, choices=[("", _("all")), *RowChoice.choices]
    )
    changed = forms.BooleanField(label=_("with changes only"), required=False)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("List"),
        help_text=_("Excel (.xlsx), OpenDocument (.ods), CSV or address book (.vcf), up to 15 MB and 20,000 rows."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED_TYPES}),
    )  # fmt: skip
    target = forms.ChoiceField(label=_("The rows are"), choices=Target.choices)
    alliance = RowField("buendnisse", label=_("Members of"), required=False)

    def __init__(
        self,
        *args: Any,
        targets: Sequence[Target],
        alliances: Any,
        must_choose: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["target"].choices = [(target.value, target.label) for target in targets]
        empty = "" if must_choose else _("no alliance, or as the column says")
        fields["alliance"].offer(alliances, empty=empty, required=must_choose)
        if len(targets) == 1:
            fields["target"].widget = forms.HiddenInput()
            fields["target"].initial = targets[0].value


class ColumnsForm(forms.Form):
    """One choice for each column of the list: what it holds."""

    def __init__(
        self, *args: Any, partner_list: PartnerList, samples: Sequence[Sample], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields = [(field.key, field.heading) for field in FIELDS[partner_list.target]]
        self.names = []
        for place, sample in enumerate(samples):
            name = f"column{place}"
            self.fields[name] = forms.ChoiceField(
                label=sample.heading or _("Column without a heading"),
                required=False,
                choices=[("", _("is not taken in")), *fields],
                initial=partner_list.columns[place],
                # Our own help texts may hold markup; what stands in a list may not.
                help_text=escape(" · ".join(sample.cells)[:160]),
            )
            self.names.append(name)

    def columns(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.names]


class DecideForm(forms.Form):
    """All rows of one kind at once."""

    match = forms.ChoiceField(choices=RowMatch.choices, widget=forms.HiddenInput)
    choice = forms.ChoiceField(choices=RowChoice.choices, widget=forms.HiddenInput)


class RowForm(forms.Form):
    """What becomes of one row: which entry it means, and which changes are taken over."""

    choice = forms.ChoiceField(label=_("What becomes of it"), widget=forms.RadioSelect)
    taken = forms.MultipleChoiceField(
        label=_("Take over"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, row: ListRow, texts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = CHOICES_OF[row.match]
        choices: list[tuple[str, Any]] = []
        if RowChoice.SAME in allowed:
            if row.match == RowMatch.NUMBERED:
                choices.append((RowChoice.SAME.value, _("same as the entry")))
            choices += [(f"SAME:{found['pk']}", _same(found)) for found in row.candidates]
        choices += [
            (choice.value, choice.label)
            for choice in (RowChoice.NEW, RowChoice.SKIP)
            if choice in allowed
        ]
        fields: Any = self.fields
        fields["choice"].choices = choices
        fields["choice"].initial = _initial(row)
        if row.changes:
            fields["taken"].choices = [
                (change["field"], text) for change, text in zip(row.changes, texts, strict=True)
            ]
            fields["taken"].initial = [c["field"] for c in row.changes if c["take"]]
        else:
            del self.fields["taken"]

    def chosen(self) -> tuple[RowChoice, int | None]:
        word, _colon, number = self.cleaned_data["choice"].partition(":")
        return RowChoice(word), int(number) if number else None


def _same(found: dict[str, Any]) -> str:
    reasons = " ".join(found["reasons"])
    return str(_("same as %(entry)s (%(reasons)s)") % {"entry": found["label"], "reasons": reasons})


def _initial(row: ListRow) -> str:
    number = row.organisation_id or row.person_id
    if row.choice == RowChoice.SAME and row.match != RowMatch.NUMBERED and number:
        return f"SAME:{number}"
    return "" if row.choice == RowChoice.OPEN else str(row.choice)
