"""Lists that somebody hands in: the file, its columns, its rows, what became of them."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.files.models import StoredFile
from buendnisnetz.network.models import Alliance, Organisation, Person
from buendnisnetz.upkeep.enums import ListStatus, RowChoice, RowMatch, Target


class PartnerListQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """The coordination office sees all lists, a coordinator those of the own alliances."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        alliances = access.ids(ScopeKind.ALLIANCE)
        return self.filter(alliance__in=alliances) if alliances else self.none()


@tracked(exclude=("header", "columns"))
class PartnerList(PublicId, Versioned):
    """One list on its way in: received, its columns named, checked, reviewed, taken in, taken back.

    Personal data: the file and the cells of its rows; ``retention`` empties them.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="partner_lists")
    target = models.CharField(_("what the rows are"), max_length=10, choices=Target.choices)
    alliance = models.ForeignKey(
        Alliance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="partner_lists",
        verbose_name=_("alliance"),
    )
    status = models.CharField(
        pgettext_lazy("list", "state"),
        max_length=10,
        choices=ListStatus.choices,
        default=ListStatus.RECEIVED,
    )
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    sheets = models.JSONField(default=list, editable=False)
    header = models.JSONField(default=list, editable=False)
    # For each column the key of the field that it holds, or an empty text.
    columns = models.JSONField(default=list, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    uploaded_at = models.DateTimeField(_("handed in at"), editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    confirmed_at = models.DateTimeField(_("taken in at"), null=True, blank=True, editable=False)
    emptied_at = models.DateTimeField(_("emptied at"), null=True, blank=True, editable=False)

    objects = PartnerListQuerySet.as_manager()
    retention = "buendnisnetz.upkeep.domain.retention.empty_old_lists"

    class Meta:
        verbose_name = _("list of partners")
        constraints = [
            models.CheckConstraint(
                name="upkeep_partnerlist_failed_with_a_reason",
                condition=~Q(status=ListStatus.FAILED) | ~Q(error=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.status}"


class ListRow(models.Model):
    """One row: its cells as text, what they mean, what the directory knows of it, what is decided."""

    partner_list = models.ForeignKey(PartnerList, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    # Each with column (from 0), heading and message.
    errors = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    label = models.CharField(_("entry"), max_length=250, blank=True)
    match = models.CharField(
        _("what is known"), max_length=10, choices=RowMatch.choices, default=RowMatch.UNKNOWN
    )
    choice = models.CharField(
        _("what becomes of it"), max_length=6, choices=RowChoice.choices, default=RowChoice.OPEN
    )
    # Each with pk, public_id, label, score and reasons.
    candidates = models.JSONField(default=list)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What a row that means an entry says otherwise: each with field, label, before, after, take.
    changes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("row of a list")
        constraints = [
            models.UniqueConstraint(fields=["partner_list", "line"], name="upkeep_listrow_line"),
            models.CheckConstraint(
                name="upkeep_listrow_faulty_stays_behind",
                condition=~Q(match=RowMatch.FAULTY) | Q(choice=RowChoice.SKIP),
            ),
        ]
        indexes = [
            models.Index(fields=["partner_list", "match", "choice"], name="listrow_match"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.label}"


class ListProgress(models.Model):
    """How far a job has come. A row of its own, because it is written while the job's transaction
    is still open."""

    partner_list = models.OneToOneField(
        PartnerList, on_delete=models.CASCADE, related_name="progress"
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.done} / {self.total}"


class ColumnMapping(models.Model):
    """How the columns under these headings were named the last time."""

    target = models.CharField(max_length=10, choices=Target.choices)
    # A fingerprint of the headings in their order.
    headings = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    used_at = models.DateTimeField()

    class Meta:
        verbose_name = _("remembered naming of columns")
        constraints = [
            models.UniqueConstraint(fields=["target", "headings"], name="upkeep_columnmapping_once")
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.headings[:8]}"


class WrittenRow(models.Model):
    """One row of the directory that a list made or changed, so that it can be taken back.

    ``before`` holds what a changed row said before; it is empty for a row that was made.
    """

    partner_list = models.ForeignKey(PartnerList, on_delete=models.CASCADE, related_name="written")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    version = models.PositiveIntegerField(null=True)
    before = models.JSONField(null=True)

    class Meta:
        verbose_name = _("row that a list wrote")
        constraints = [
            models.UniqueConstraint(
                fields=["partner_list", "content_type", "object_id"], name="upkeep_writtenrow_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id}"
