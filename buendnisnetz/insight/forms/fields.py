"""Fields that several forms of this room share."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.models import Post


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar or typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y"])
        kwargs.setdefault("error_messages", {"invalid": _("Please give a day such as 24.08.2017.")})
        super().__init__(**kwargs)


class DayForm(forms.Form):
    """Asks a page for another day."""

    stand = DayField(label=_("As of"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter_%s")
        super().__init__(*args, **kwargs)


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Posts by title and what they belong to."""

    def label_from_instance(self, obj: Post) -> str:
        return _called(obj.title, obj.scope_name)

    def offer(self, posts: Sequence[dict[str, Any]]) -> None:
        """Say which posts there are, where they have been asked for already."""
        self.queryset = Post.objects.filter(pk__in=[post["pk"] for post in posts])
        listed = [(post["pk"], _called(post["title"], post["scope_name"])) for post in posts]
        self.choices = [("", self.empty_label), *listed]


def _called(title: str, scope: str) -> str:
    return f"{title} ({scope})" if scope else title


def text(
    label: Any, *, most: int, rows: int = 0, required: bool = True, help_text: Any = ""
) -> forms.CharField:
    """A line of text, or a box with so many rows."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, max_length=most, required=required, widget=widget, help_text=help_text
    )
