"""The form of an attachment."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.files import uploads
from buendnisnetz.files.store import FileTooLargeError
from buendnisnetz.meetings.domain.attachments import LARGEST_ATTACHMENT, Upload
from buendnisnetz.meetings.enums import Accessibility
from buendnisnetz.meetings.models import AgendaItem, Attachment, Meeting


class AttachmentForm(forms.Form):
    """For a new attachment and for one that is there; a file given here replaces the present one."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # Files that came in pieces, by their keys.
    arrived = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    title = forms.CharField(label=_("Title"), max_length=300)
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("Up to 200 MB; can be added later.")
    )
    agenda_item = forms.ModelChoiceField(
        label=_("Agenda item"), queryset=AgendaItem.objects.none(), required=False
    )
    author = forms.CharField(label=_("By whom"), max_length=160, required=False)
    licence = forms.CharField(
        label=_("Licence"),
        max_length=80,
        required=False,
        help_text=_("How others may use it, for example CC BY 4.0."),
    )
    accessible = forms.ChoiceField(
        label=_("Accessibility"),
        choices=Accessibility.choices,
        initial=Accessibility.UNKNOWN,
        help_text=_(
            "Not checked and without the text below, a file counts as not accessible, and it says so in public."
        ),
    )
    text_alternative = forms.CharField(
        label=_("The same in plain text"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For all who cannot read the file, for example what stands on the slides."),
    )
    is_internal = forms.BooleanField(
        label=_("Do not list it in public"),
        required=False,
    )
    is_file_public = forms.BooleanField(
        label=_("Everybody may fetch the file, once the minutes are published"),
        required=False,
        help_text=_("Only if nobody is named in it who has not agreed."),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        meeting: Meeting,
        row: Attachment | None = None,
        owner: Any = None,
        now: datetime | None = None,
        too_large: bool = False,
    ) -> None:
        super().__init__(data, files, initial=_values(row) if row else None)
        self._owner, self._now, self._too_large = owner, now, too_large
        fields: Any = self.fields
        fields["agenda_item"].queryset = meeting.agenda.order_by("position")
        if row is not None and row.file is not None:
            fields["file"].label = _("Replace the file")
            fields["file"].help_text = _("Up to 200 MB. The present one is kept: %(name)s") % {
                "name": row.file.name
            }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("is_internal") and values.get("is_file_public"):
            self.add_error(
                "is_file_public",
                _(
                    "What is not listed in public cannot be fetched by everybody. Please choose one."
                ),
            )
        return values

    def clean_file(self) -> Any:
        if self._too_large:
            raise forms.ValidationError(str(FileTooLargeError(LARGEST_ATTACHMENT)))
        return self.cleaned_data["file"]

    def clean_arrived(self) -> list[Upload]:
        """The person's own uploads that are here in full."""
        try:
            rows = [
                uploads.of(owner=self._owner, key=key, now=self._now or timezone.now())
                for key in self.cleaned_data["arrived"].split()
            ]
            return [Upload(uploads.whole(row), row.name, row) for row in rows]
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error

    def values(self) -> dict[str, Any]:
        """The attachment's own fields."""
        own = {"version", "file", "arrived"}
        return {key: value for key, value in self.cleaned_data.items() if key not in own}

    def given(self) -> list[Upload]:
        """The files: those that came in pieces, else the one in the form."""
        file = self.cleaned_data["file"]
        arrived: list[Upload] = self.cleaned_data["arrived"]
        return arrived or ([Upload(file, file.name)] if file else [])


def _values(row: Attachment) -> dict[str, Any]:
    names = set(AttachmentForm.base_fields) - {"file", "arrived", "agenda_item"}
    return {**{name: getattr(row, name) for name in names}, "agenda_item": row.agenda_item_id}
