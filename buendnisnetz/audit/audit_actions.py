"""Words for changes that were made outside of a named act."""

from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.actions import register

register(
    {
        "audit.insert": _("created"),
        "audit.update": _("changed"),
        "audit.delete": _("deleted"),
        "audit.load": _("loaded"),
    }
)
