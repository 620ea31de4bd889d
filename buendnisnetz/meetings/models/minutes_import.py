"""An import of minutes: the document, what the reader proposes, what people decided about it."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.files.models import StoredFile
from buendnisnetz.meetings.enums import FindingKind, ImportStatus, Verdict
from buendnisnetz.meetings.models.meeting import Meeting
from buendnisnetz.network.models import Alliance, Organisation, Person


class MinutesImportQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """One's own imports, those of one's alliances, all for the coordination office."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if access.is_public:
            return self.none()
        return self.filter(
            Q(uploaded_by=access.user_id) | Q(alliance__in=access.ids(ScopeKind.ALLIANCE))
        )


@tracked(exclude=("text",))
class MinutesImport(PublicId, Versioned):
    """One document on its way into the network's memory (S120)."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="imports")
    alliance = models.ForeignKey(
        Alliance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("alliance"),
    )
    status = models.CharField(
        _("state"), max_length=10, choices=ImportStatus.choices, default=ImportStatus.RECEIVED
    )
    error = models.CharField(_("why it cannot be read"), max_length=500, blank=True)
    # What a person reads; all spans point into it. Empty until the document has been read.
    text = models.TextField(_("text"), blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="minutes_imports"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("taken over at"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("meeting"),
    )

    objects = MinutesImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of minutes")
        constraints = [
            models.CheckConstraint(
                name="meetings_import_failed_with_reason",
                condition=~Q(status=ImportStatus.FAILED) | ~Q(error=""),
            ),
            models.CheckConstraint(
                name="meetings_import_confirmed_at_a_time",
                condition=~Q(status=ImportStatus.CONFIRMED)
                | Q(confirmed_at__isnull=False, meeting__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["status", "-uploaded_at"], name="import_status")]

    def __str__(self) -> str:
        return self.file.name


@tracked()
class Proposal(PublicId, Versioned):
    """One thing that the reader found, and what was decided about it.

    ``data`` holds the values as the reader or a person left them (keys as in the reader's own
    output); ``original`` stays what the reader said, so that corrections can teach it. ``start``
    and ``end`` cut the passage out of the import's text.
    """

    minutes_import = models.ForeignKey(
        MinutesImport, on_delete=models.CASCADE, related_name="proposals"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=FindingKind.choices)
    position = models.PositiveIntegerField(_("position"))
    data = models.JSONField(_("values"))
    original = models.JSONField(editable=False)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    confidence = models.FloatField(_("confidence"))
    verdict = models.CharField(
        _("decision"), max_length=10, choices=Verdict.choices, default=Verdict.PROPOSED
    )
    # Whom a person chose from the directory; empty means "new".
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal")
        constraints = [
            models.CheckConstraint(
                name="meetings_proposal_confidence",
                condition=Q(confidence__gte=0, confidence__lte=1),
            ),
        ]
        indexes = [
            models.Index(fields=["minutes_import", "kind", "position"], name="proposal_import")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position}"


class ImportedRow(models.Model):
    """A row that a confirmed import made, so that the whole import can be taken back."""

    minutes_import = models.ForeignKey(MinutesImport, on_delete=models.CASCADE, related_name="rows")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    # The row's version when the import was done: a higher one means that somebody edited it since.
    version = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="meetings_importedrow_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"


class ReaderScore(models.Model):
    """How well the reader did on the office's own confirmed minutes, on one day."""

    measured_at = models.DateTimeField(_("measured at"))
    documents = models.PositiveIntegerField(_("documents"))
    # Measure: found rightly, found wrongly, missed.
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("score of the reader")
        indexes = [models.Index(fields=["-measured_at"], name="readerscore_newest")]

    def __str__(self) -> str:
        return f"{self.measured_at:%Y-%m-%d}"
