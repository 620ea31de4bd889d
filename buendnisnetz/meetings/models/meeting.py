"""Meetings: when, where, who was there as what, what was on the agenda."""

from collections.abc import Collection
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import Access, access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.conditions import any_of
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.core.search import SearchField, SearchKeyField, SearchQuerySet, search_indexes
from buendnisnetz.files.models import StoredFile
from buendnisnetz.meetings.enums import (
    Accessibility,
    AgendaItemKind,
    AttendanceStatus,
    MeetingKind,
    MeetingStatus,
    Rhythm,
)
from buendnisnetz.network.models import Alliance, Organisation, Person, WorkingGroup
from buendnisnetz.tasks.models import Task
from buendnisnetz.territories.models import Territory


def of_no_alliance() -> Q:
    """Meetings or series of the whole state, or of a group that belongs to no alliance.

    Only their own columns are compared: of a joined group PostgreSQL expects to find next to none
    without an alliance, and plans for a handful of meetings.
    """
    groups = WorkingGroup.objects.filter(alliance=None).order_by().values("pk")
    return Q(alliance=None) & (Q(working_group=None) | any_of("working_group", groups))


def of_alliances(alliances: Collection[int]) -> Q:
    """Meetings or series of these alliances and their groups; of none where there are none."""
    if not alliances:
        return Q(pk__in=[])
    groups = WorkingGroup.objects.filter(alliance__in=alliances).order_by().values("pk")
    return Q(alliance__in=alliances) | any_of("working_group", groups)


class MeetingSeriesQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """Series of the whole state for everyone who works in the network, an alliance's for its
        people."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if access.is_public:
            return self.none()
        return self.filter(of_no_alliance() | of_alliances(access.ids(ScopeKind.ALLIANCE)))


@tracked()
class MeetingSeries(PublicId):
    """Meetings that belong together, year after year (S02)."""

    name = models.CharField(_("name"), max_length=200)
    rhythm = models.CharField(_("rhythm in words"), max_length=120, blank=True)
    every = models.CharField(_("rhythm"), max_length=12, choices=Rhythm.choices, blank=True)
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


def _inside(access: Access) -> Q:
    """Meetings whose contents somebody reads by right, published or not."""
    if access.is_public:
        return Q(pk__in=[])
    condition = of_no_alliance() | of_alliances(access.ids(ScopeKind.ALLIANCE))
    if not access.has(Role.MINISTRY):
        attended = Attendance.objects.filter(person__user=access.user_id)
        condition |= Q(pk__in=attended.order_by().values("meeting"))
    return condition


class MeetingQuerySet(SearchQuerySet):
    def inside_for(self, user: Any) -> Self:
        """An alliance's meetings for its people, those of the whole state for everyone who works in
        the network, never an alliance's own for the ministry (S72); with all their contents."""
        access = access_of(user)
        return self if access.sees_whole_state else self.filter(_inside(access))

    def visible_to(self, user: Any) -> Self:
        """Also those whose minutes are published: of these others read the public copy only."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        return self.filter(Q(is_published=True) | _inside(access))

    def with_shown_words(self, user: Any) -> Self:
        """Adds ``shown_title``, ``shown_key`` (to sort by) and ``shown_place``: the public copy's where
        only that may be read."""
        words: dict[str, tuple[Any, Any]] = {
            "shown_title": (F("title"), F("public_minutes__title")),
            "shown_key": (F("search_key"), F("public_minutes__search_key")),
            "shown_place": (F("place"), KeyTextTransform("place", "public_minutes__content")),
        }
        access = access_of(user)
        if access.sees_whole_state:
            return self.annotate(**{name: own for name, (own, _public) in words.items()})
        inside = _inside(access)
        return self.annotate(
            **{
                name: Case(When(inside, then=own), default=public, output_field=models.TextField())
                for name, (own, public) in words.items()
            }
        )


@tracked(exclude=("change_number",))
class Meeting(PublicId, Versioned):
    """One meeting. Without an alliance or group it is one of the whole state."""

    series = models.ForeignKey(
        MeetingSeries,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
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
    # The newest edition of the minutes; kept by the functions that begin one.
    edition = models.OneToOneField(
        "meetings.Edition",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # Counts changes to agenda and entries, so that a page that is open elsewhere asks for what is new.
    change_number = models.PositiveBigIntegerField(default=0, editable=False)
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
            # Which of all meetings somebody may see is answered from this one alone.
            models.Index(
                fields=["alliance", "working_group", "is_published", "id"], name="meeting_body"
            ),
            # The meetings of a series before a day are read from this one alone.
            models.Index(fields=["series", "-held_on", "id"], name="meeting_series"),
        ]

    def __str__(self) -> str:
        return self.title

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.title, self.body], "B": [self.motto, self.place, *self.topics]}


@tracked()
class AgendaItem(PublicId):
    """One item of the agenda, numbered as the minutes number it (S05).

    ``carried_from`` is the item of an earlier meeting that was moved to this one, ``follows_up`` the
    open task that it asks about (S118).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=400)
    kind = models.CharField(
        _("kind"), max_length=12, choices=AgendaItemKind.choices, default=AgendaItemKind.OTHER
    )
    starts_at = models.TimeField(_("beginning"), null=True, blank=True)
    ends_at = models.TimeField(_("end"), null=True, blank=True)
    duration = models.PositiveSmallIntegerField(_("minutes of time"), null=True, blank=True)
    is_internal = models.BooleanField(_("not for the public"), default=False)
    carried_from = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name=_("moved from an earlier meeting"),
    )
    standing = models.ForeignKey(
        "meetings.StandingItem",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="agenda_items",
    )
    follows_up = models.ForeignKey(
        Task, on_delete=models.SET_NULL, null=True, blank=True, related_name="agenda_items"
    )

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
    may_vote = models.BooleanField(_("may vote"), default=True)

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


class PresentAttachments(models.Manager["Attachment"]):
    """Attachments that were not removed; whoever wants the removed ones too asks ``every``."""

    def get_queryset(self) -> models.QuerySet["Attachment"]:
        return super().get_queryset().filter(removed_at=None)


@tracked()
class Attachment(PublicId, Versioned):
    """A numbered attachment of the minutes; the file may be missing (S07).

    What was removed stays: published minutes may list it, and removing can be undone.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attachments")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("agenda item"),
    )
    author = models.CharField(_("by whom"), max_length=160, blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)
    accessible = models.CharField(
        _("accessibility"),
        max_length=7,
        choices=Accessibility.choices,
        default=Accessibility.UNKNOWN,
    )
    text_alternative = models.TextField(_("the same in plain text"), blank=True)
    is_internal = models.BooleanField(_("not for the public"), default=False)
    # A list may name what nobody outside may fetch: files hold names, and nobody can take them out.
    is_file_public = models.BooleanField(_("everybody may fetch the file"), default=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True, editable=False)

    objects = PresentAttachments()
    every = models.Manager()

    class Meta:
        verbose_name = _("attachment")
        constraints = [
            # Deferred, so that two can change places.
            ExclusionConstraint(
                name="meetings_attachment_one_number",
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                ],
                condition=Q(removed_at=None),
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("There is another attachment with this number."),
            ),
            models.CheckConstraint(
                name="meetings_attachment_public_file_is_not_internal",
                condition=Q(is_internal=False) | Q(is_file_public=False),
                violation_error_message=_(
                    "What the public does not see in the list cannot be fetched by everybody."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EarlierFile(models.Model):
    """A file that was replaced; published minutes may still stand for it."""

    attachment = models.ForeignKey(
        Attachment, on_delete=models.CASCADE, related_name="earlier_files"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="earlier_uses")
    replaced_at = models.DateTimeField(_("replaced at"))

    class Meta:
        verbose_name = _("earlier file")

    def __str__(self) -> str:
        return f"{self.attachment_id}: {self.file_id}"
