"""A list and a form of the tests' own, so that what all lists share is tested once."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from buendnisnetz.tasks.models import Task
from buendnisnetz.ui.listing import Cell, Column, FilterForm, ListPage


class KindFilter(FilterForm):
    kind = forms.ChoiceField(
        required=False, choices=[("", "alle"), ("TASK", "Aufgabe"), ("PROMISE", "Zusage")]
    )


class ProbeList(ListPage):
    template = "ui/list.html"
    title = "Probe"
    export_name = "probe"
    filter_class = KindFilter
    default_sort = "title"
    per_page = 3
    columns = (
        Column("title", "Titel", ("search_key",)),
        Column("words", "Worte"),
        Column("number", "Nummer", ("pk",), numeric=True),
        Column("more", "Mehr", export_only=True),
    )
    fields = ("pk", "title", "assignee_words", "details")

    def queryset(self) -> QuerySet[Any]:
        return Task.objects.all()

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return rows.filter(kind=values["kind"]) if values.get("kind") else rows

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(record["title"], "/x/", note=record["assignee_words"]),
            Cell(record["assignee_words"], tone="info"),
            Cell("7"),
            Cell(record["details"]),
        ]


class EveryWidget(forms.Form):
    """One field for each widget that our pages use."""

    hidden = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label="Text", help_text="Ein Hinweis")
    search = forms.CharField(
        label="Suche", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    long = forms.CharField(label="Langes", widget=forms.Textarea(attrs={"rows": 3}))
    number = forms.IntegerField(label="Zahl", min_value=1, max_value=9)
    day = forms.DateField(
        label="Tag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    moment = forms.DateTimeField(label="Zeit", required=False)
    hour = forms.TimeField(label="Stunde", required=False)
    email = forms.EmailField(label="Mail")
    address = forms.URLField(label="Adresse", required=False, assume_scheme="https")
    secret = forms.CharField(label="Geheim", widget=forms.PasswordInput)
    yes = forms.BooleanField(label="Ja", help_text="Nur wenn es stimmt")
    choice = forms.ChoiceField(
        label="Wahl", choices=[("", "–"), ("Gruppe", [("a", "A"), ("b", "B")])]
    )
    several = forms.MultipleChoiceField(label="Mehrere", choices=[("a", "A"), ("b", "B")])
    radio = forms.ChoiceField(
        label="Eins",
        choices=[("a", "A"), ("b", "B")],
        widget=forms.RadioSelect,
        help_text="Bitte wählen",
    )
    boxes = forms.MultipleChoiceField(
        label="Kästchen", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    unknown = forms.NullBooleanField(label="Unbekannt", required=False)
    file = forms.FileField(label="Datei", required=False)
    files = forms.FileField(
        label="Dateien", required=False, widget=forms.FileInput(attrs={"accept": ".pdf"})
    )
