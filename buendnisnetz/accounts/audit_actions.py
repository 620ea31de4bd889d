"""What this room's acts are called in the history."""

from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.actions import register

register(
    {
        "accounts.invitation.sent": _("invited"),
        "accounts.invitation.accepted": _("invitation accepted"),
        "accounts.invitation.withdrawn": _("invitation withdrawn"),
        "accounts.invitation.forgotten": _("old invitation deleted"),
        "accounts.role.assigned": _("role given"),
        "accounts.role.ended": _("role ended"),
        "accounts.administrator.appointed": _("made administrator on the server"),
        "accounts.user.closed": _("account closed"),
        "accounts.user.reopened": _("account reopened"),
        "accounts.user.unused": _("unused account closed"),
        "accounts.user.renamed": _("name changed"),
    }
)
