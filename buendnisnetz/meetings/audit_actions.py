"""What this room's acts are called in the history."""

from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.actions import register

register(
    {
        "meetings.series.created": _("series of meetings created"),
        "meetings.minutes_import.started": _("document handed in"),
        "meetings.minutes_import.read": _("document read"),
        "meetings.minutes_import.failed": _("document could not be read"),
        "meetings.minutes_import.confirmed": _("document taken over"),
        "meetings.minutes_import.undone": _("import taken back"),
        "meetings.minutes_import.reopened": _("reviewed again"),
        "meetings.minutes_import.discarded": _("import put away"),
        "meetings.proposal.accepted": _("finding accepted"),
        "meetings.proposal.dropped": _("finding dropped"),
        "meetings.proposal.proposed": _("decision about a finding taken back"),
        "meetings.proposal.corrected": _("finding corrected"),
        "meetings.proposal.accepted_above": _("many findings accepted"),
        "meetings.proposal.split": _("finding split"),
        "meetings.proposal.merged": _("findings put together"),
        "meetings.meeting.created": _("meeting recorded"),
        "meetings.meeting.edited": _("meeting edited"),
        "meetings.meeting.removed": _("meeting deleted"),
        "meetings.agenda.added": _("agenda item added"),
        "meetings.agenda.removed": _("agenda item removed"),
        "meetings.attendance.chair_changed": _("another chair"),
        "meetings.attendance.added": _("participant added"),
        "meetings.attendance.removed": _("participant removed"),
        "meetings.entry.added": _("entry added"),
        "meetings.attachment.added": _("attachment added"),
        "meetings.edition.begun": _("minutes begun"),
        "meetings.edition.corrected": _("corrected version begun"),
        "meetings.edition.dropped": _("corrected version taken back"),
        "meetings.edition.consulted": _("draft sent round"),
        "meetings.edition.taken_back": _("draft taken back"),
        "meetings.edition.agreed": _("draft agreed to"),
        "meetings.change_request.made": _("wish to change noted"),
        "meetings.change_request.decided": _("wish to change answered"),
        "meetings.approval.requested": _("approval asked for"),
        "meetings.approval.reminded": _("reminded of the approval"),
        "meetings.edition.sent_back": _("not approved yet"),
        "meetings.edition.distributed": _("minutes sent out"),
        "meetings.edition.approved": _("minutes approved"),
        "meetings.edition.published": _("minutes published"),
        "meetings.edition.withdrawn": _("minutes taken back from the public"),
        "meetings.decision.moved": _("state of the decision changed"),
    }
)
