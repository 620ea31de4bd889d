"""Before a meeting: date polls, invitations, templates, standing items, calendars."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.links import OneUseLink
from buendnisnetz.core.models import PublicId, Validity, ValidityQuerySet, Versioned
from buendnisnetz.meetings.enums import (
    AgendaItemKind,
    MeetingKind,
    PollAnswerKind,
    PollStatus,
    Reply,
)
from buendnisnetz.meetings.models.meeting import Meeting, MeetingSeries
from buendnisnetz.network.models import Alliance, Person, Post, WorkingGroup


class OfBodyQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """An alliance's own for its people; those of the whole state for everyone in the network."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if access.is_public:
            return self.none()
        alliances = access.ids(ScopeKind.ALLIANCE)
        return self.filter(Q(alliance=None) | Q(alliance__in=alliances))


class DatePollQuerySet(OfBodyQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Also those that two groups hold together, for the people of the second one's alliance."""
        rows = super().visible_to(user)
        access = access_of(user)
        if access.sees_whole_state or access.is_public:
            return rows
        groups = WorkingGroup.objects.filter(alliance__in=access.ids(ScopeKind.ALLIANCE))
        return rows | self.filter(second_group__in=groups.order_by().values("pk"))


class OfBody(models.Model):
    """Belongs to an alliance or, without one, to the whole state."""

    alliance = models.ForeignKey(
        Alliance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("alliance"),
    )

    class Meta:
        abstract = True


@tracked()
class DatePoll(PublicId, Versioned, OfBody):
    """When shall we meet? Asked by mail, answered without a sign-in, decided by a person (S115)."""

    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind.choices)
    series = models.ForeignKey(
        MeetingSeries,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="polls",
        verbose_name=_("series"),
    )
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="polls",
        verbose_name=_("working group"),
    )
    # Two groups look for a date together: an exchange (S116).
    second_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="polls_with_others",
        verbose_name=_("together with the working group"),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    words = models.TextField(_("words in the mail"), blank=True)
    closes_on = models.DateField(_("answers until"))
    status = models.CharField(
        _("state"), max_length=10, choices=PollStatus.choices, default=PollStatus.OPEN
    )
    meeting = models.OneToOneField(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="poll"
    )
    asked_at = models.DateTimeField(_("asked at"))

    objects = DatePollQuerySet.as_manager()

    class Meta:
        verbose_name = _("date poll")
        constraints = [
            models.CheckConstraint(
                name="meetings_datepoll_two_groups",
                condition=Q(second_group=None)
                | Q(working_group__isnull=False) & ~Q(working_group=models.F("second_group")),
                violation_error_message=_("Please choose two different working groups."),
            ),
            models.CheckConstraint(
                name="meetings_datepoll_decided_for_a_meeting",
                condition=Q(status=PollStatus.DECIDED) | Q(meeting=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DateOption(models.Model):
    """One of the times to choose from."""

    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="options")
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("beginning"))
    ends_at = models.TimeField(_("end"), null=True, blank=True)

    class Meta:
        verbose_name = _("time to choose")
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "held_on", "starts_at"], name="meetings_dateoption_once"
            ),
            models.CheckConstraint(
                name="meetings_dateoption_starts_before_it_ends",
                condition=Q(ends_at=None) | Q(starts_at__lt=models.F("ends_at")),
                violation_error_message=_("The end lies before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.starts_at:%H:%M}"


class PollInvitee(OneUseLink):
    """Somebody who was asked for a date; the link may be used again until the poll closes."""

    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="invitees")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="poll_invitations"
    )
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail address"))
    words = models.CharField(_("remark"), max_length=300, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("asked for a date")
        constraints = [
            models.UniqueConstraint(fields=["poll", "email"], name="meetings_pollinvitee_once")
        ]

    def __str__(self) -> str:
        return self.name


class PollAnswer(models.Model):
    """What somebody said to one of the times."""

    invitee = models.ForeignKey(PollInvitee, on_delete=models.CASCADE, related_name="answers")
    option = models.ForeignKey(DateOption, on_delete=models.CASCADE, related_name="answers")
    answer = models.CharField(_("answer"), max_length=5, choices=PollAnswerKind.choices)

    class Meta:
        verbose_name = _("answer in a date poll")
        constraints = [
            models.UniqueConstraint(fields=["invitee", "option"], name="meetings_pollanswer_once")
        ]

    def __str__(self) -> str:
        return f"{self.option_id}: {self.answer}"


class MeetingInvitation(PublicId, OneUseLink):
    """An invitation to a post, not to a person: the deputy may come (feature 19).

    The link may be used again until the meeting begins; ``answered_at`` is the last answer.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="meeting_invitations"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="meeting_invitations"
    )
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail address"))
    reply = models.CharField(_("answer"), max_length=6, choices=Reply.choices, default=Reply.OPEN)
    deputy_name = models.CharField(_("who comes instead"), max_length=160, blank=True)
    words = models.CharField(_("remark"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to a meeting")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "email", "post"],
                nulls_distinct=False,
                name="meetings_invitation_once",
            ),
            models.CheckConstraint(
                name="meetings_invitation_deputy_has_a_name",
                condition=~Q(reply=Reply.DEPUTY) | ~Q(deputy_name=""),
                violation_error_message=_("Please say who comes instead."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class StandingItem(PublicId, Versioned, Validity, OfBody):
    """An item that every meeting of a body has on its agenda, until it ends (S109)."""

    title = models.CharField(_("title"), max_length=400)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=AgendaItemKind.choices,
        default=AgendaItemKind.REPORT,
    )
    duration = models.PositiveSmallIntegerField(_("minutes of time"), null=True, blank=True)
    # Empty: for meetings of every kind.
    meeting_kind = models.CharField(
        _("for meetings of the kind"), max_length=20, choices=MeetingKind.choices, blank=True
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing item")

    def __str__(self) -> str:
        return self.title


@tracked()
class StandingOmission(models.Model):
    """A standing item was left out of a meeting, and why (S109)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="omissions")
    item = models.ForeignKey(StandingItem, on_delete=models.CASCADE, related_name="omissions")
    reason = models.CharField(_("why it was left out"), max_length=300)

    class Meta:
        verbose_name = _("standing item left out")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "item"], name="meetings_omission_once"),
            models.CheckConstraint(
                name="meetings_omission_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Please say why the item is left out."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason


@tracked()
class MeetingTemplate(PublicId, Versioned, OfBody):
    """What a meeting of a kind usually looks like."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind.choices)
    title = models.CharField(_("title"), max_length=250, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    ended_on = models.DateField(_("used until"), null=True, blank=True)

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("template for meetings")

    def __str__(self) -> str:
        return self.name


class TemplateItem(models.Model):
    """An item of a template's agenda."""

    template = models.ForeignKey(MeetingTemplate, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=400)
    kind = models.CharField(
        _("kind"), max_length=12, choices=AgendaItemKind.choices, default=AgendaItemKind.OTHER
    )
    duration = models.PositiveSmallIntegerField(_("minutes of time"), null=True, blank=True)

    class Meta:
        verbose_name = _("item of a template")
        constraints = [
            models.UniqueConstraint(
                fields=["template", "position"],
                name="meetings_templateitem_position",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title


@tracked(exclude=("token_hash", "last_read_on"))
class CalendarFeed(PublicId):
    """A secret address that calendar programs read; revoked by whoever made it (S46).

    Without an alliance or group it is the user's own calendar: meetings they are invited to and
    those of their alliances. What it shows is asked anew each time, with the user's rights then.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    alliance = models.ForeignKey(
        Alliance, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )
    working_group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_read_on = models.DateField(_("last read on"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar feed")
        constraints = [
            models.CheckConstraint(
                name="meetings_calendarfeed_one_body",
                condition=Q(alliance=None) | Q(working_group=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
