"""Meetings: when, where, who was there as what, what was on the agenda."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.core.search import SearchField, SearchKeyField, SearchQuerySet, search_indexes
from buendnisnetz.files.models import StoredFile
from buendnisnetz.meetings.enums import AgendaItemKind, AttendanceStatus, MeetingKind, MeetingStatus
from buendnisnetz.network.models import Alliance, Organisation, Person, WorkingGroup
from buendnisnetz.territories.models import Territory


class MeetingSeriesQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """Series of the whole state for everyone who works in the network, an alliance's for its
        people."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if access.is_public:
            return self.none()
        alliances = access.ids(ScopeKind.ALLIANCE)
        return self.filter(
            Q(alliance=None, working_group__alliance=None)
            | Q(alliance__in=alliances)
            | Q(working_group__alliance__in=alliances)
        )


@tracked()
class MeetingSeries(PublicId):
    """Meetings that belong together, year after year (S02)."""

    name = models.CharField(_("name"), max_length=200)
    rhythm = models.CharField(_("rhythm"), max_length=120, blank=True)
    alliance = models.ForeignKey(
        Alliance, on_delete=models.PROTECT, null=True, blank=True, related_name="meeting_series"
    )
    working_group = models.ForeignKey(
        WorkingGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="meeting_series"
    )

    objects = MeetingSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of meetings")

    def __str__(self) -> str:
        return self.name


class MeetingQuerySet(SearchQuerySet):
    def visible_to(self, user: Any) -> Self:
        """An alliance's meetings for its people; those of the whole state for everyone who works in
        the network; the public and the ministry see approved and published ones (S72)."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        condition = Q(is_published=True)
        if not access.is_public:
            condition |= Q(alliance=None, working_group__alliance=None)
            alliances = access.ids(ScopeKind.ALLIANCE)
            if alliances:
                condition |= Q(alliance__in=alliances) | Q(working_group__alliance__in=alliances)
            if not access.has(Role.MINISTRY):
                condition |= Q(attendances__person__user=access.user_id)
                return self.filter(pk__in=Meeting.objects.filter(condition).order_by().values("pk"))
        return self.filter(condition)


@tracked()
class Meeting(PublicId, Versioned):
    """One meeting. Without an alliance or group it is one of the whole state."""

    series = models.ForeignKey(
        MeetingSeries,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("series"),
    )
    alliance = models.ForeignKey(
        Alliance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("alliance"),
    )
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("working group"),
    )
    body = models.CharField(_("who met"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind.choices)
    title = models.CharField(_("title"), max_length=250)
    motto = models.CharField(_("motto"), max_length=250, blank=True)
    topics = ArrayField(
        models.CharField(max_length=80), verbose_name=_("topics"), default=list, blank=True
    )
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("beginning"), null=True, blank=True)
    ends_at = models.TimeField(_("end"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("municipality"),
    )
    status = models.CharField(
        _("state"), max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED
    )
    next_meeting_on = models.DateField(_("next meeting"), null=True, blank=True)
    is_published = models.BooleanField(_("minutes shown in public"), default=False)
    search_key = SearchKeyField(source="title")
    search_vector = SearchField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        constraints = [
            models.CheckConstraint(
                name="meetings_meeting_one_body",
                condition=Q(alliance=None) | Q(working_group=None),
                violation_error_message=_(
                    "A meeting belongs to an alliance or to a working group, not to both."
                ),
            ),
        ]
        indexes = [
            *search_indexes("meeting"),
            models.Index(fields=["-held_on", "id"], name="meeting_held_on"),
            models.Index(fields=["alliance", "-held_on"], name="meeting_alliance"),
        ]

    def __str__(self) -> str:
        return self.title

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.title, self.body], "B": [self.motto, self.place, *self.topics]}


@tracked()
class AgendaItem(models.Model):
    """One item of the agenda, numbered as the minutes number it (S05)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=400)
    kind = models.CharField(
        _("kind"), max_length=12, choices=AgendaItemKind.choices, default=AgendaItemKind.OTHER
    )
    starts_at = models.TimeField(_("beginning"), null=True, blank=True)
    ends_at = models.TimeField(_("end"), null=True, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="meetings_agendaitem_position",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class AgendaSpeaker(models.Model):
    """Who spoke to an item, with the function held on that day (S06)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="inputs"
    )
    name = models.CharField(_("name as written"), max_length=160)
    function = models.CharField(_("function on that day"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("speaker")

    def __str__(self) -> str:
        return self.name


@tracked()
class Attendance(models.Model):
    """Somebody's part in a meeting: role and organisation are kept as they were on that day (S06, S11).

    ``person`` may be empty where nobody was chosen; the name as written stays. Somebody with a double
    role stands for two bodies: an alliance and an organisation, or ``organisation`` and ``also_for``.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    alliance = models.ForeignKey(
        Alliance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("alliance"),
    )
    also_for = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances_beside",
        verbose_name=_("also for"),
    )
    name = models.CharField(_("name as written"), max_length=160)
    academic_title = models.CharField(_("academic title"), max_length=40, blank=True)
    function = models.CharField(_("function on that day"), max_length=200, blank=True)
    organisation_words = models.CharField(_("organisation as written"), max_length=250, blank=True)
    status = models.CharField(_("attendance"), max_length=10, choices=AttendanceStatus.choices)
    is_chair = models.BooleanField(_("chaired"), default=False)
    is_recorder = models.BooleanField(_("wrote the minutes"), default=False)
    part = models.CharField(_("part of the day"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="meetings_attendance_person_once",
            ),
            models.CheckConstraint(
                name="meetings_attendance_two_bodies",
                condition=Q(also_for=None)
                | ~Q(also_for=models.F("organisation"))
                & (Q(organisation__isnull=False) | Q(alliance__isnull=False)),
                violation_error_message=_("A double role needs two different bodies."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Attachment(models.Model):
    """A numbered attachment of the minutes; the file may be missing (S07)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attachments")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )

    class Meta:
        verbose_name = _("attachment")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="meetings_attachment_number"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Approval(models.Model):
    """Minutes were approved by somebody on a day (S10)."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="approval")
    approved_on = models.DateField(_("approved on"))
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="approvals"
    )

    class Meta:
        verbose_name = _("approval")

    def __str__(self) -> str:
        return f"{self.approved_on}"
