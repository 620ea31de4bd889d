"""Introductions of two sides, the letters for them, and contact points at chambers and advice offices."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.conditions import any_of
from buendnisnetz.core.links import OneUseLink
from buendnisnetz.core.models import (
    PublicId,
    Validity,
    ValidityQuerySet,
    Versioned,
    starts_before_it_ends,
)
from buendnisnetz.network.models import Alliance, Post, WorkingGroup
from buendnisnetz.partnering.enums import (
    ContactPointKind,
    IntroductionStatus,
    LetterKind,
    SideAnswer,
    Topic,
)
from buendnisnetz.tasks.models import Task
from buendnisnetz.territories.models import Chamber, Territory


@tracked()
class LetterTemplate(Versioned):
    """The coordination office's own words for a letter; without a row the built-in ones are used."""

    kind = models.CharField(_("letter"), max_length=14, choices=LetterKind.choices, unique=True)
    subject = models.CharField(_("subject"), max_length=160)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("letter")

    def __str__(self) -> str:
        return self.subject


class IntroductionQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """The coordination office, the alliance that asked for it, and whoever answers for one of
        the two sides."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if access.is_public or access.roles <= {Role.MINISTRY}:
            return self.none()
        alliances = access.ids(ScopeKind.ALLIANCE)
        groups = WorkingGroup.objects.filter(alliance__in=alliances).order_by().values("pk")
        posts = Post.objects.filter(
            Q(alliance__in=alliances)
            | any_of("working_group", groups)
            | Q(organisation__in=access.ids(ScopeKind.ORGANISATION))
            | Q(territory__in=access.ids(ScopeKind.DISTRICT))
        )
        numbers = posts.order_by().values("pk")
        own = any_of("first_post", numbers) | any_of("second_post", numbers)
        return self.filter(own | Q(alliance__in=alliances))


@tracked()
class Introduction(PublicId, Versioned):
    """Two posts are to be put in touch: both are asked, and contacts go out when both agreed (S114).

    ``subject`` and ``text`` are what was sent. The row is the tie between the two sides, on
    ``sent_on``; ``alliance`` is whose coordination asked for it, if not the coordination office's.
    """

    first_post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        related_name="introductions_first",
        verbose_name=_("one side"),
    )
    second_post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        related_name="introductions_second",
        verbose_name=_("other side"),
    )
    alliance = models.ForeignKey(
        Alliance, on_delete=models.PROTECT, null=True, blank=True, related_name="introductions"
    )
    reason = models.CharField(_("why the two should meet"), max_length=300)
    subject = models.CharField(_("subject"), max_length=160)
    text = models.TextField(_("text"))
    sent_on = models.DateField(_("sent on"))
    reply_by = models.DateField(_("answer until"))
    status = models.CharField(
        _("state"), max_length=10, choices=IntroductionStatus.choices,
        default=IntroductionStatus.SENT,
    )  # fmt: skip
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    result = models.TextField(_("what came of it"), blank=True)
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="introduction"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        constraints = [
            models.CheckConstraint(
                name="partnering_introduction_two_sides",
                condition=~Q(first_post=models.F("second_post")),
                violation_error_message=_("Please choose two different posts."),
            ),
            models.CheckConstraint(
                name="partnering_introduction_closed_on_a_day",
                condition=Q(status__in=["SENT", "ONE_AGREED"], closed_on=None)
                | (~Q(status__in=["SENT", "ONE_AGREED"]) & Q(closed_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "reply_by"], name="introduction_open"),
            # The order of the list.
            models.Index(fields=["-sent_on", "id"], name="introduction_sent"),
        ]

    def __str__(self) -> str:
        return self.reason


class IntroductionSide(OneUseLink):
    """One side's link and answer."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="sides")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="introduction_sides")
    answer = models.CharField(_("answer"), max_length=10, choices=SideAnswer.choices, blank=True)
    words = models.CharField(_("in words"), max_length=500, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("side of an introduction")
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "post"], name="partnering_introductionside_once"
            ),
            models.CheckConstraint(
                name="partnering_introductionside_answered",
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id}: {self.post_id}"


class ContactPointQuerySet(ValidityQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever works in the network, except the ministry's and companies' lists of contacts, which
        are the public ones."""
        return self.none() if access_of(user).is_public else self


@tracked()
class ContactPoint(PublicId, Validity):
    """A post answers for topics in a district: at a chamber, or at an advice office (S29, S113, S114).

    Without a district it answers for all districts of its chamber, or for the whole state.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=ContactPointKind.choices)
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="contact_points", verbose_name=_("post")
    )
    district = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_points",
        verbose_name=_("district"),
    )
    topics = ArrayField(
        models.CharField(max_length=20, choices=Topic.choices),
        verbose_name=_("topics"),
        default=list,
        blank=True,
    )
    offer = models.CharField(_("what it offers"), max_length=300, blank=True)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact point")
        constraints = [
            starts_before_it_ends("partnering_contactpoint_starts_before_it_ends"),
            models.UniqueConstraint(
                fields=["kind", "post", "district"],
                condition=Q(valid_to=None),
                nulls_distinct=False,
                name="partnering_contactpoint_once",
                violation_error_message=_("This post answers for this district already."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "district"], name="contactpoint_district")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.district_id}"


class FirstContact(models.Model):
    """An alliance's first letter to its chamber: made once, its task holds the letter (S113)."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="first_contacts")
    chamber = models.ForeignKey(Chamber, on_delete=models.PROTECT, related_name="first_contacts")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="first_contact")
    made_on = models.DateField(_("made on"))

    class Meta:
        verbose_name = _("first contact with a chamber")
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "chamber"], name="partnering_firstcontact_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.alliance_id}: {self.chamber_id}"
