"""What writing pages send: as JSON from the script, as a form without it."""

import json
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.core.models import new_public_id
from buendnisnetz.meetings.domain.writing.syncing import (
    LONGEST_TEXT,
    Change,
    ChangeNotUnderstoodError,
)
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import AgendaItem

# In the order in which people need them; the sign, typed first in an empty line, chooses the kind.
SIGNS: tuple[tuple[str, EntryKind], ...] = (
    (".", EntryKind.NOTE),
    ("!", EntryKind.DECISION),
    ("-", EntryKind.TASK),
    ("+", EntryKind.PROMISE),
    ("?", EntryKind.QUESTION),
    ("=", EntryKind.ANSWER),
    ("*", EntryKind.HINT),
)


def parsed(body: bytes) -> tuple[int, list[Change]]:
    """The page's change number and changes. Raises ChangeNotUnderstoodError."""
    try:
        sent = json.loads(body)
        changes = [_change(row) for row in sent["changes"]]
        return int(sent["number"]), changes
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ChangeNotUnderstoodError from None


def _change(row: dict[str, Any]) -> Change:
    texts = [row["entry"], row["base"], row["text"], row.get("after") or ""]
    fields = row.get("fields") or {}
    if not all(isinstance(text, str) for text in texts) or not isinstance(fields, dict):
        raise TypeError
    entry, base, text, after = texts
    return Change(UUID(row["key"]), entry, base, text, after, fields)


class WordsForm(forms.Form):
    """What is asked of an entry in every meeting alike."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EntryKind.choices, initial=EntryKind.NOTE)
    speaker = forms.CharField(label=_("Who said it"), required=False, max_length=160)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    internal = forms.BooleanField(label=_("not for the public"), required=False)


class LineForm(WordsForm):
    """One entry, written without script."""

    field_order = ("key", "entry", "base", "kind", "item", "speaker", "text", "internal")

    key = forms.UUIDField(widget=forms.HiddenInput())
    entry = forms.CharField(widget=forms.HiddenInput(), max_length=12)
    base = forms.CharField(
        widget=forms.HiddenInput(), required=False, max_length=LONGEST_TEXT, strip=False
    )
    item = forms.ChoiceField(label=_("Agenda item"), required=False)

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "key": uuid4(),
            "entry": new_public_id(),
            **kwargs["initial"],
        }
        super().__init__(*args, **kwargs)
        field: Any = self.fields["item"]
        field.choices = [
            ("", _("without an item")),
            *((item.public_id, f"{item.number} {item.title}".strip()[:80]) for item in items),
        ]

    def change(self) -> Change:
        values = self.cleaned_data
        fields = {name: values[name] for name in ("kind", "item", "speaker", "internal")}
        return Change(
            key=values["key"],
            entry=values["entry"],
            # Browsers send line breaks of their own; the base has to be what we gave out.
            base=values["base"].replace("\r\n", "\n"),
            text=values["text"].replace("\r\n", "\n").strip(),
            fields=fields,
        )


class VotesForm(forms.Form):
    """How the votes fell; the counts have to add up to those who may vote."""

    yes = forms.IntegerField(label=_("Yes"), min_value=0, max_value=999)
    no = forms.IntegerField(label=_("No"), min_value=0, max_value=999)
    abstain = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=999)
    missing = forms.IntegerField(label=_("Did not vote"), min_value=0, max_value=999, initial=0)
