"""Examples for this room's addresses."""

from typing import Any

from django.db.models import F

from buendnisnetz.core.examples import register
from buendnisnetz.files.models import PartialUpload, Preview
from buendnisnetz.meetings.enums import WRITABLE, EntryKind, ImportStatus, PollStatus
from buendnisnetz.meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    CalendarFeed,
    ChangeRequest,
    DatePoll,
    Decision,
    Edition,
    Meeting,
    MeetingInvitation,
    MeetingSeries,
    MeetingTemplate,
    Minutes,
    MinutesEntry,
    MinutesImport,
    PublicMinutes,
    StandingItem,
    StandingOmission,
    WordTemplate,
)


def _meeting() -> dict[str, Any] | None:
    minutes = Minutes.objects.select_related("meeting").order_by("pk").first()
    meeting = minutes.meeting if minutes else Meeting.objects.order_by("pk").first()
    return {"public_id": meeting.public_id} if meeting else None


def _part(model: Any, **conditions: Any) -> dict[str, Any] | None:
    row = model.objects.filter(**conditions).select_related("meeting").order_by("pk").first()
    return {"public_id": row.meeting.public_id, "pk": row.pk} if row else None


def _open_attachment() -> dict[str, Any] | None:
    """One that can be changed and has a neighbour above."""
    rows = Attachment.objects.filter(
        meeting__edition__status__in=sorted(WRITABLE), number__gt=1
    ).select_related("meeting")
    row = rows.order_by(F("file").desc(nulls_last=True), "pk").first()
    return {"public_id": row.meeting.public_id, "pk": row.pk} if row else None


def _previewed() -> dict[str, Any] | None:
    drawn = Preview.objects.exclude(image="").order_by().values("sha256")
    return _part(Attachment, file__sha256__in=drawn)


def _word_template() -> dict[str, Any] | None:
    row = WordTemplate.objects.filter(ended_on=None).order_by("pk").first()
    return {"public_id": row.public_id} if row else None


def _uploading() -> dict[str, Any] | None:
    row = PartialUpload.objects.order_by("pk").first()
    return {"key": row.public_id} if row else None


def _removed() -> dict[str, Any] | None:
    rows = Attachment.every.filter(removed_at__isnull=False).select_related("meeting")
    row = rows.filter(meeting__edition__status__in=sorted(WRITABLE)).order_by("pk").first()
    return {"public_id": row.meeting.public_id, "pk": row.pk} if row else None


def _with_attachments() -> dict[str, Any] | None:
    """The meeting of the same attachment."""
    found = _open_attachment()
    return {"public_id": found["public_id"]} if found else _meeting()


def _import() -> dict[str, Any] | None:
    row = MinutesImport.objects.filter(status=ImportStatus.READY).order_by("pk").first()
    return {"public_id": row.public_id} if row else None


def _proposal() -> dict[str, Any] | None:
    row = MinutesImport.objects.filter(status=ImportStatus.READY).order_by("pk").first()
    proposal = row.proposals.exclude(kind="QUERY").order_by("position").first() if row else None
    return (
        {"public_id": row.public_id, "proposal_id": proposal.public_id}
        if row and proposal
        else None
    )


def _decision() -> dict[str, Any] | None:
    row = Decision.objects.order_by("pk").first()
    return {"public_id": row.public_id} if row else None


def _series() -> dict[str, Any] | None:
    row = MeetingSeries.objects.order_by("pk").first()
    return {"public_id": row.public_id} if row else None


def _poll() -> dict[str, Any] | None:
    """An open poll."""
    row = DatePoll.objects.filter(status=PollStatus.OPEN).order_by("pk").first()
    return {"public_id": row.public_id} if row else None


def _invited() -> dict[str, Any] | None:
    """Of a meeting that people are invited to."""
    rows = MeetingInvitation.objects.select_related("meeting").order_by("-meeting__held_on", "pk")
    row = rows.first()
    return {"public_id": row.meeting.public_id} if row else None


def _feed() -> dict[str, Any] | None:
    row = CalendarFeed.objects.order_by("pk").first()
    return {"public_id": row.public_id} if row else None


def _template() -> dict[str, Any] | None:
    row = MeetingTemplate.objects.filter(ended_on=None).order_by("pk").first()
    return {"public_id": row.public_id} if row else None


def _standing() -> dict[str, Any] | None:
    row = StandingItem.objects.filter(valid_to=None).order_by("pk").first()
    return {"public_id": row.public_id} if row else None


def _minutes_file() -> dict[str, Any] | None:
    row = (
        Minutes.objects.filter(file__isnull=False).select_related("meeting").order_by("pk").first()
    )
    return {"public_id": row.meeting.public_id} if row else None


def _citation() -> dict[str, Any] | None:
    copy = PublicMinutes.objects.order_by("pk").first()
    return {"public_id": copy.content["entries"][0]["id"]} if copy else None


def _paper() -> dict[str, Any] | None:
    copy = PublicMinutes.objects.select_related("meeting").order_by("pk").first()
    return {"public_id": copy.meeting.public_id, "form": "pdf"} if copy else None


def _edition() -> dict[str, Any] | None:
    """Of a corrected edition, if there is one: it has differences to show."""
    row = Edition.objects.select_related("meeting").order_by("-number", "pk").first()
    return {"public_id": row.meeting.public_id, "number": row.number} if row else None


def _way(**more: Any) -> dict[str, Any] | None:
    """Of a draft that people wish otherwise, if there is one."""
    rows = Edition.objects.select_related("meeting").order_by("-change_requests", "-number", "pk")
    row = rows.first()
    return {"public_id": row.meeting.public_id, **more} if row else None


def _writing() -> dict[str, Any] | None:
    """Of minutes that are open to writing."""
    rows = Edition.objects.filter(status__in=sorted(WRITABLE)).select_related("meeting")
    row = rows.order_by("pk").first()
    return {"public_id": row.meeting.public_id} if row else None


def _written(kind: EntryKind) -> dict[str, Any] | None:
    rows = MinutesEntry.objects.filter(kind=kind).select_related("meeting")
    open_first = rows.filter(meeting__edition__status__in=sorted(WRITABLE))
    row = open_first.order_by("pk").first() or rows.order_by("pk").first()
    return {"public_id": row.meeting.public_id, "entry_id": row.public_id} if row else None


def _request() -> dict[str, Any] | None:
    row = (
        ChangeRequest.objects.select_related("edition__meeting").order_by("-edition", "pk").first()
    )
    if row is None:
        return None
    return {"public_id": row.edition.meeting.public_id, "request_id": row.public_id}


for _prefix in (
    "meeting_",
    "minutes_",
    "follow_up",
    "agenda_add",
    "attendance_add",
    "entry_",
):
    register(f"meetings:{_prefix}", _meeting)
register("meetings:attendance_remove", lambda: _part(Attendance))
register("meetings:attachment_", _open_attachment)
register("meetings:attachment_list", _with_attachments)
register("meetings:attachment_add", _with_attachments)
register(
    "meetings:attachment_file",
    lambda: _part(Attachment, is_file_public=True) or _part(Attachment, file__isnull=False),
)
register("meetings:word_template_", _word_template)
register("meetings:upload_piece", _uploading)
register("meetings:attachment_preview", _previewed)
register(
    "meetings:attachment_restore",
    lambda: _removed() or _open_attachment(),
)
register("meetings:minutes_file", _minutes_file)
register("meetings:minutes_paper", _paper)
register("meetings:writing", _writing)
register("meetings:writing_votes", lambda: _written(EntryKind.DECISION))
register("meetings:writing_answer", lambda: _written(EntryKind.QUESTION))
register("meetings:citation", _citation)
register("meetings:edition_", _way)
register("meetings:edition_step", lambda: _way(step="publish"))
register("meetings:edition_read", _edition)
register("meetings:edition_differences", _edition)
register("meetings:request_decide", _request)
register("meetings:consultation", lambda: {"token": "abgelaufen"})
register("meetings:approval", lambda: {"token": "abgelaufen"})
register("meetings:poll_", _poll)
register("meetings:poll_answer", lambda: {"token": "abgelaufen"})
register("meetings:invitation_", _invited)
register("meetings:invitation_answer", lambda: {"token": "abgelaufen"})
register("meetings:invitation_entry", lambda: {"token": "abgelaufen"})
register("meetings:invitation_paper", lambda: {"token": "abgelaufen", "number": 1})
for _name in ("edit", "remove"):
    register(f"meetings:agenda_{_name}", lambda: _part(AgendaItem, standing=None))
register("meetings:agenda_detail", _invited)
register("meetings:agenda_order", _invited)
register("meetings:agenda_take_up", _invited)
register("meetings:agenda_leave_out", lambda: _part(AgendaItem, standing__isnull=False))
register("meetings:agenda_put_back", lambda: _part(StandingOmission))
register("meetings:standing_", _standing)
register("meetings:calendar_feed", lambda: {"token": "abgelaufen"})
register("meetings:calendar_revoke", _feed)
register("meetings:template_", _template)
register("meetings:template_save", _invited)
register("meetings:import_", _import)
register("meetings:proposal_", _proposal)
register("meetings:decision_", _decision)
register("meetings:series_", _series)
