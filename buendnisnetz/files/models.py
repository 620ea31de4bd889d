"""Files that people hand in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId


@tracked()
class StoredFile(PublicId):
    """One file, kept under its content's hash; who may fetch it, the room that refers to it says.

    Who handed it in stands in its history. The name is what the uploader called it, cleaned; it is never used as a path.
    """

    content = models.FileField(_("file"), upload_to="", max_length=200)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=120)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("checksum"), max_length=64, db_index=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    # The bytes are gone (a person's name had to go); that there was a file stays.
    is_gone = models.BooleanField(_("content removed"), default=False)

    class Meta:
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.name
