"""The form of a self-check: one answer and its evidence for each question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.insight.domain.questionnaire import SCALE, questions_of
from buendnisnetz.insight.domain.self_checks import Answer
from buendnisnetz.insight.forms.fields import DayField, PostField, text
from buendnisnetz.network.models import Post

_EVIDENCE = "_evidence"


class CheckForm(forms.Form):
    """Built from an edition of the questionnaire; unanswered questions stay empty."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, edition: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions_of(edition)
        for key, question in self.questions.items():
            self.fields[key] = forms.TypedChoiceField(
                label=str(question.text),
                choices=[("", _("not answered")), *SCALE],
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.fields[key + _EVIDENCE] = text(
                _("What shows it?"), most=2000, rows=2, required=False
            )

    @staticmethod
    def initial_of(levels: dict[str, int], evidence: dict[str, str]) -> dict[str, Any]:
        """What a draft holds, as the form's initial values."""
        return {**levels, **{key + _EVIDENCE: value for key, value in evidence.items()}}

    def pairs(self) -> dict[str, tuple[Any, Any]]:
        """For each question its two fields, for the template."""
        return {key: (self[key], self[key + _EVIDENCE]) for key in self.questions}

    def answers(self) -> dict[str, Answer]:
        data = self.cleaned_data
        return {
            key: Answer(data[key], data[key + _EVIDENCE])
            for key in self.questions
            if data[key] is not None
        }


class PlanForm(forms.Form):
    title = text(_("What is to be done"), most=300)
    holder = PostField(
        label=_("Responsible post"), queryset=Post.objects.none(), required=False,
        help_text=_("The post keeps the task when the person changes."),
    )  # fmt: skip
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["holder"]
        field.offer(posts)
