"""Approved minutes do not change underneath: everything that writes on a meeting asks here first."""

from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.models import Meeting


class FrozenError(DomainError):
    """Approved minutes are not changed; they are corrected."""

    def __init__(self) -> None:
        super().__init__(
            _("These minutes are approved. Begin a corrected version to change something.")
        )


def locked_meeting(meeting: Meeting) -> Meeting:
    """The meeting with its newest edition as they are now, kept from others until the transaction ends."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("edition")
    found: Meeting = rows.defer("edition__content", "edition__text").get(pk=meeting.pk)
    return found


def check_writable(*, meeting: Meeting) -> None:
    """Keep a meeting's rows from changing under approved minutes. Raises FrozenError.

    Locks the meeting, so that an approval waits until the change is through.
    """
    edition = locked_meeting(meeting).edition
    if edition is not None and not edition.is_writable:
        raise FrozenError
