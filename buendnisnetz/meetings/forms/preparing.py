"""Forms before a meeting: polls, recipients, answers."""

from collections.abc import Iterator, Sequence
from email.utils import getaddresses
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from buendnisnetz.meetings.domain.preparing.bodies import Candidate, Sources
from buendnisnetz.meetings.domain.preparing.polls import MOST_OPTIONS, Slot, option_words
from buendnisnetz.meetings.domain.recipients import Recipient
from buendnisnetz.meetings.enums import PapersSent, PollAnswerKind, PollStatus, Reply
from buendnisnetz.meetings.models import DateOption, DatePoll, MeetingSeries
from buendnisnetz.network.domain.queries.choices import chambers
from buendnisnetz.network.forms.choosing import RowField
from buendnisnetz.network.models import Alliance, WorkingGroup
from buendnisnetz.ui.listing import FilterForm

_ROWS = 5


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def time_field(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


def words_field(label: Any, *, rows: int = 3, length: int = 4000) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=length, widget=forms.Textarea(attrs={"rows": rows})
    )


class PollFilter(FilterForm):
    status = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("all")), *PollStatus.choices],
    )


class PollForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """A poll's own fields and its times, five rows at first; a button adds more."""

    alliance = RowField("buendnisse", label=gettext_lazy("Alliance"), required=False)
    working_group = RowField("arbeitsgruppen", label=gettext_lazy("Working group"), required=False)
    second_group = RowField(
        "arbeitsgruppen", label=gettext_lazy("Further working group"), required=False
    )
    series = RowField("reihen", label=gettext_lazy("Series"), required=False)
    closes_on = day_field(gettext_lazy("Answers until"))
    words = words_field(gettext_lazy("Words in the mail"))

    class Meta:
        model = DatePoll
        fields = (
            "title",
            "kind",
            "alliance",
            "working_group",
            "second_group",
            "series",
            "place",
            "words",
            "closes_on",
        )

    def __init__(
        self,
        *args: Any,
        alliances: Any,
        groups: Any,
        whole_state: bool,
        rows: int = _ROWS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = min(max(rows, _ROWS), MOST_OPTIONS)
        self.whole_state = whole_state
        fields: Any = self.fields
        groups = groups.filter(valid_to=None)
        fields["second_group"].offer(groups.order_by("sort_key", "pk"))
        series = MeetingSeries.objects.order_by("name", "pk")
        if not whole_state:
            groups = groups.filter(alliance__in=alliances)
            series = series.filter(alliance__in=alliances)
        fields["alliance"].offer(
            alliances, empty=_("the whole state") if whole_state else _("see working group")
        )
        fields["working_group"].offer(groups.order_by("sort_key", "pk"))
        fields["series"].offer(series)
        for number in range(1, self.rows + 1):
            fields[f"day_{number}"] = day_field(_("Day"), required=False)
            fields[f"start_{number}"] = time_field(_("Beginning"))
            fields[f"end_{number}"] = time_field(pgettext("time", "End"))

    def own_fields(self) -> list[Any]:
        return [self[name] for name in self.Meta.fields]

    def times(self) -> list[tuple[int, list[Any]]]:
        """The rows of times, for the page."""
        names = ("day", "start", "end")
        return [
            (number, [self[f"{name}_{number}"] for name in names])
            for number in range(1, self.rows + 1)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.whole_state and not values.get("alliance") and not values.get("working_group"):
            self.add_error(
                "alliance", _("Please choose the alliance or the working group that meets.")
            )
        self.slots = list(self._slots(values))
        return values

    def _slots(self, values: dict[str, Any]) -> Iterator[Slot]:
        for number in range(1, self.rows + 1):
            day, start, end = (values.get(f"{name}_{number}") for name in ("day", "start", "end"))
            if day is None and start is None:
                continue
            if day is None or start is None:
                name = "day" if day is None else "start"
                self.add_error(f"{name}_{number}", _("A time needs a day and a beginning."))
            elif end is not None and end <= start:
                self.add_error(f"end_{number}", _("The end lies before the beginning."))
            else:
                yield Slot(day, start, end)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class SourcesForm(forms.Form):
    """From where those who are asked come; sent by GET, so that the choice stands in the address."""

    alliance = RowField("buendnisse", label=gettext_lazy("Alliance"), required=False)
    group = RowField("arbeitsgruppen", label=gettext_lazy("Working group"), required=False)
    second_group = RowField(
        "arbeitsgruppen", label=gettext_lazy("Further working group"), required=False
    )
    chamber = RowField("kammern", label=gettext_lazy("Chamber"), required=False)
    all_alliances = forms.BooleanField(
        label=gettext_lazy("official contacts of all alliances"), required=False
    )
    all_chambers = forms.BooleanField(
        label=gettext_lazy("contacts of all chambers"), required=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["alliance"].offer(Alliance.objects.visible_to(user).order_by("sort_key", "pk"))
        groups = WorkingGroup.objects.visible_to(user).filter(valid_to=None)
        for name in ("group", "second_group"):
            fields[name].offer(groups.order_by("sort_key", "pk"))
        fields["chamber"].offer(chambers(user).order_by("sort_key", "pk"))

    def sources(self) -> Sources:
        values = self.cleaned_data if self.is_valid() else {}
        chosen = [values.get("group"), values.get("second_group")]
        return Sources(
            alliances=tuple(filter(None, [values.get("alliance")])),
            groups=tuple(filter(None, chosen)),
            chambers=tuple(filter(None, [values.get("chamber")])),
            all_alliances=bool(values.get("all_alliances")),
            all_chambers=bool(values.get("all_chambers")),
        )


class WhomForm(forms.Form):
    """Whom to ask: those whom the sources name, and addresses written by hand."""

    recipients = forms.MultipleChoiceField(
        label=pgettext_lazy("mail", "To"),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    addresses = forms.CharField(
        label=gettext_lazy("Further addresses"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One a line, with or without a name: Erika Muster &lt;erika@example.org&gt;"
        ),
    )

    def __init__(self, *args: Any, people: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = [row for row in people if row.recipient.email]
        self.without_address = [row for row in people if not row.recipient.email]
        field: Any = self.fields["recipients"]
        field.choices = [(row.recipient.key, _label(row)) for row in self.people]
        field.initial = [row.recipient.key for row in self.people]
        if not self.people:
            del self.fields["recipients"]

    def clean_addresses(self) -> list[tuple[str, str]]:
        lines = self.cleaned_data["addresses"].replace(";", "\n").splitlines()
        found = [
            pair for pair in getaddresses([line for line in lines if line.strip()]) if any(pair)
        ]
        for _name, email in found:
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError(
                    _("“%(text)s” is no e-mail address."), params={"text": email or _name}
                ) from None
        return found

    def chosen(self) -> list[Recipient]:
        keys = set(self.cleaned_data.get("recipients", ()))
        return [row.recipient for row in self.people if row.recipient.key in keys]


def _label(row: Candidate) -> str:
    post = row.recipient.post
    function = f"{post.title}, {post.scope_name}" if post else ""
    parts = dict.fromkeys(filter(None, (row.recipient.name, function, row.recipient.email)))
    return f"{', '.join(parts)} ({row.reason})"


class ExtendForm(forms.Form):
    closes_on = day_field(gettext_lazy("Answers until"))


class PollAnswerForm(forms.Form):
    """Yes, if need be or no to each time."""

    words = forms.CharField(label=gettext_lazy("Remark"), required=False, max_length=300)

    def __init__(
        self, *args: Any, options: Sequence[DateOption], said: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.options = options
        for option in options:
            self.fields[f"o{option.pk}"] = forms.ChoiceField(
                label=option_words(option),
                choices=PollAnswerKind.choices,
                widget=forms.RadioSelect(),
                initial=said.get(option.pk),
                error_messages={"required": _("Please answer for this time too.")},
            )
        self.order_fields([*(f"o{option.pk}" for option in options), "words"])

    def answers(self) -> dict[int, PollAnswerKind]:
        return {
            option.pk: PollAnswerKind(self.cleaned_data[f"o{option.pk}"]) for option in self.options
        }


class InviteForm(WhomForm):
    """Whom to invite, with which words and papers."""

    words = words_field(gettext_lazy("Words in the mail"))
    papers = forms.ChoiceField(
        label=gettext_lazy("Papers"),
        choices=PapersSent.choices,
        initial=PapersSent.LINK,
        widget=forms.RadioSelect(),
        help_text=gettext_lazy(
            "What is not for the public goes to posts only, never to addresses written by hand."
        ),
    )
    field_order = ("words", "papers", "recipients", "addresses")


class ReplyForm(forms.Form):
    """Who comes."""

    reply = forms.ChoiceField(
        label=gettext_lazy("Do you come?"),
        choices=[
            (Reply.YES, gettext_lazy("Yes, I come")),
            (Reply.DEPUTY, gettext_lazy("Somebody comes instead of me")),
            (Reply.NO, gettext_lazy("No, I cannot come")),
        ],
        widget=forms.RadioSelect(),
    )
    deputy_name = forms.CharField(
        label=gettext_lazy("Who comes instead"), max_length=160, required=False
    )
    words = forms.CharField(label=gettext_lazy("Remark"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        missing = not (values.get("deputy_name") or "").strip()
        if values.get("reply") == Reply.DEPUTY and missing:
            self.add_error("deputy_name", _("Please say who comes instead."))
        return values
