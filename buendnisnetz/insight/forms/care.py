"""Forms for talks with sponsors, topics, and the mark that there is no contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.insight.domain.care import TopicValues
from buendnisnetz.insight.enums import TopicStatus
from buendnisnetz.insight.forms.fields import DayField, PostField, text
from buendnisnetz.network.models import Post


class TalkForm(forms.Form):
    post = PostField(label=_("Sponsor"), queryset=Post.objects.none(), empty_label=None)
    held_on = DayField(label=_("Day of the talk"))
    note = text(
        _("Note"), most=4000, rows=4, required=False,
        help_text=_("For the coordination only. It goes after two years."),
    )  # fmt: skip

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["post"]
        field.queryset = posts


class TopicForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = text(_("Topic"), most=160)
    responsible = PostField(
        label=_("Responsible post"), queryset=Post.objects.none(), required=False,
        help_text=_("The post keeps the topic when the person changes."),
    )  # fmt: skip
    deputy = PostField(label=_("Deputy post"), queryset=Post.objects.none(), required=False)

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["responsible"].offer(posts)
        fields["deputy"].offer(posts)

    def values(self) -> TopicValues:
        data = self.cleaned_data
        return TopicValues(
            name=data["name"], responsible=data["responsible"], deputy=data["deputy"]
        )


class TopicStatusForm(forms.Form):
    status = forms.ChoiceField(choices=TopicStatus.choices)


class MarkForm(forms.Form):
    said_by = text(
        _("Who said so"), most=200, help_text=_("The office or function, not a private name.")
    )
    said_on = DayField(label=_("On which day"))
