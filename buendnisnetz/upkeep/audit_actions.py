"""What this room's acts are called in the history."""

from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.actions import register

register(
    {
        "upkeep.list.received": _("list handed in"),
        "upkeep.list.read": _("list read"),
        "upkeep.list.failed": _("list could not be read"),
        "upkeep.list.sheet_chosen": _("another sheet chosen"),
        "upkeep.list.columns_named": _("columns named"),
        "upkeep.list.columns_reopened": _("columns to be named again"),
        "upkeep.list.checked": _("list checked"),
        "upkeep.list.checked_again": _("list to be checked again"),
        "upkeep.list.row_decided": _("row decided"),
        "upkeep.list.rows_decided": _("rows decided"),
        "upkeep.list.confirmed": _("list confirmed"),
        "upkeep.list.written": _("taken in from a list"),
        "upkeep.list.sent_back": _("list sent back to the review"),
        "upkeep.list.undone": _("list taken back"),
        "upkeep.list.discarded": _("list put away"),
        "upkeep.list.emptied": _("rows and file of an old list removed"),
        "upkeep.double.found": _("possible double found"),
        "upkeep.double.named": _("possible double named"),
        "upkeep.double.different": _("these are two"),
        "upkeep.double.proposed": _("merge proposed"),
        "upkeep.organisation.merged": _("two organisations merged"),
        "upkeep.person.merged": _("two people merged"),
        "upkeep.merge.undone": _("merge taken back"),
        "upkeep.merge.forgotten": _("steps of an old merge removed"),
        "upkeep.correction.proposed": _("correction proposed"),
        "upkeep.correction.accepted": _("correction taken over"),
        "upkeep.correction.rejected": _("correction rejected"),
        "upkeep.correction.reopened": _("correction to be looked at again"),
        "upkeep.correction.forgotten": _("words of an old correction removed"),
    }
)
