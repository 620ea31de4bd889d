"""Files that people hand in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId
from buendnisnetz.files.enums import ScanState


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
    scan_state = models.CharField(
        _("virus check"),
        max_length=11,
        choices=ScanState.choices,
        default=ScanState.NOT_SCANNED,
    )
    scan_words = models.CharField(_("what the virus check said"), max_length=120, blank=True)
    scanned_at = models.DateTimeField(_("checked for viruses at"), null=True, blank=True)

    class Meta:
        verbose_name = _("file")
        indexes = [
            models.Index(
                "id",
                name="files_storedfile_waiting",
                condition=Q(scan_state__in=[ScanState.NOT_SCANNED, ScanState.FAILED]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="files_storedfile_scanned_has_a_day",
                condition=Q(scan_state=ScanState.NOT_SCANNED) | Q(scanned_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Preview(models.Model):
    """A small picture of a content; an empty one is still to be drawn, or cannot be (``made_at``)."""

    sha256 = models.CharField(_("checksum"), max_length=64, unique=True)
    # Any of the files with this content.
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="previews")
    image = models.FileField(_("picture"), upload_to="", max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked for at"))
    made_at = models.DateTimeField(_("drawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("preview")

    def __str__(self) -> str:
        return self.sha256


class PartialUpload(PublicId):
    """A file on its way in, in pieces; seen by nobody but who sends it, gone after a day."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="partial_uploads"
    )
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    # By which the sender's browser knows the file again.
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    received = models.PositiveBigIntegerField(_("bytes that are here"), default=0)
    begun_at = models.DateTimeField(_("begun at"))
    expires_at = models.DateTimeField(_("kept until"), db_index=True)

    class Meta:
        verbose_name = _("unfinished upload")
        constraints = [
            models.CheckConstraint(
                name="files_partialupload_no_more_than_the_file",
                condition=Q(received__lte=models.F("size")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class UploadPiece(models.Model):
    """A piece that was acknowledged."""

    upload = models.ForeignKey(PartialUpload, on_delete=models.CASCADE, related_name="pieces")
    first = models.PositiveBigIntegerField(_("first byte"))
    length = models.PositiveIntegerField(_("number of bytes"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    path = models.CharField(_("place in the storage"), max_length=200)

    class Meta:
        verbose_name = _("piece of an upload")
        constraints = [
            models.UniqueConstraint(fields=["upload", "first"], name="files_uploadpiece_once")
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.first}"
