"""What this room's acts are called in the history."""

from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.actions import register

register(
    {
        "files.file.stored": _("file handed in"),
        "files.file.scanned": _("file checked for viruses"),
    }
)
