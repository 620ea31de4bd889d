"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """What the virus scanner said about a file."""

    NOT_SCANNED = "NOT_SCANNED", _("not checked for viruses")
    CLEAN = "CLEAN", _("checked for viruses")
    INFECTED = "INFECTED", _("virus found")
    FAILED = "FAILED", _("could not be checked for viruses")
