"""What this room's acts are called in the history."""

from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.actions import register

register(
    {
        "insight.requirement.set": _("required composition changed"),
        "insight.requirement.ended": _("requirement ended"),
        "insight.requirement.reopened": _("end of a requirement taken back"),
        "insight.settings.edited": _("settings of the state changed"),
        "insight.talk.recorded": _("talk with the sponsor recorded"),
        "insight.talk.removed": _("talk with the sponsor taken back"),
        "insight.talk.note_forgotten": _("old note removed"),
        "insight.topic.added": _("topic added"),
        "insight.topic.edited": _("topic changed"),
        "insight.topic.planned": _("topic planned again"),
        "insight.topic.active": _("topic made active"),
        "insight.topic.closed": _("topic closed"),
        "insight.mark.set": _("marked “no contact”"),
        "insight.mark.ended": _("mark “no contact” ended"),
        "insight.mark.reopened": _("end of the mark taken back"),
        "insight.check.begun": _("self-check begun"),
        "insight.check.answered": _("self-check answered"),
        "insight.check.finished": _("self-check finished"),
        "insight.check.removed": _("draft of a self-check removed"),
        "insight.check.planned": _("step of the development plan"),
    }
)
