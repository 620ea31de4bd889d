"""Forms of this room."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.forms.choosing import RowField
from buendnisnetz.tasks.domain.lifecycle import TaskValues
from buendnisnetz.tasks.enums import MailAnswer, TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task
from buendnisnetz.ui.listing import FilterForm


class TaskFilter(FilterForm):
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[
            ("", _("all I may see")),
            ("mine", _("mine")),
            ("role", _("my role's")),
            ("alliance", _("my alliance's")),
        ],
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *TaskKind.choices]
    )
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("not closed")), *TaskStatus.choices, ("all", _("all"))],
    )
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[
            ("", _("any")),
            ("overdue", _("overdue")),
            ("month", _("within a month")),
            ("none", _("without a day")),
            ("waiting", _("waits for an event")),
        ],
    )


class TaskForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=TaskKind.choices)
    title = forms.CharField(label=_("What is to be done"), max_length=300)
    details = forms.CharField(
        label=_("Details"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    holder = RowField(
        "kontaktstellen",
        label=_("Responsible post"),
        required=False,
        help_text=_("The post keeps the task when the person changes."),
    )
    alliance = RowField("buendnisse", label=_("Alliance"), required=False)
    for_all_alliances = forms.BooleanField(label=_("for all alliances"), required=False)
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    waits_for = forms.CharField(
        label=_("Waits for"),
        required=False,
        max_length=200,
        help_text=_("An event that has to happen first."),
    )

    def __init__(
        self, *args: Any, posts: Any, alliances: Any, whole_state: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["holder"].offer(posts)
        if not whole_state:
            del fields["for_all_alliances"]
        if alliances is None:
            # Whose task it is stays as it is.
            del fields["alliance"]
        else:
            empty = _("the whole state") if whole_state else ""
            fields["alliance"].offer(alliances, empty=empty, required=not whole_state)

    def values(self, task: Task | None = None) -> TaskValues:
        """What was typed, as the domain wants it; what the form does not ask stays as it was."""
        data = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        kept = ("assignee_words", "due_words", "alliance", "for_all_alliances") if task else ()
        stored = {name: getattr(task, name) for name in kept}
        return TaskValues(**{**stored, **data, "kind": TaskKind(data["kind"])})


class StatusForm(forms.Form):
    status = forms.ChoiceField(choices=TaskStatus.choices, widget=forms.HiddenInput())
    text = forms.CharField(label=_("What became of it"), required=False, max_length=4000)


class HappenedForm(forms.Form):
    happened_on = forms.DateField(
        label=_("It happened on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    with_others = forms.BooleanField(
        label=_("also for the other tasks that wait for it"), required=False, initial=True
    )

    def __init__(self, data: Any = None, *, has_others: bool, today: date) -> None:
        super().__init__(data, initial={"happened_on": today, "with_others": True})
        self.today = today
        if not has_others:
            del self.fields["with_others"]

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError(_("Please name a day that is not still to come."))
        return day


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("How does it stand?"), choices=MailAnswer.choices, widget=forms.RadioSelect()
    )
    text = forms.CharField(
        label=_("What should the others know?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
