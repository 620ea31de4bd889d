"""What this room's acts are called in the history."""

from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.actions import register

register({"api.publication.renewed": _("open data renewed")})
