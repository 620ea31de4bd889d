"""Exchange between working groups; what members can lend and what alliances look for."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import (
    PublicId,
    Validity,
    ValidityQuerySet,
    Versioned,
    starts_before_it_ends,
)
from buendnisnetz.core.search import SearchField, SearchKeyField, SearchQuerySet, search_indexes
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.enums import Contribution
from buendnisnetz.network.models import Alliance, Membership, Organisation, WorkingGroup
from buendnisnetz.partnering.enums import OPEN_INTRODUCTIONS, IntroductionStatus, Topic
from buendnisnetz.partnering.models.introduction import Introduction
from buendnisnetz.territories.models import Territory

# What an introduction must be for its booking to hold the amount.
HOLDING: frozenset[IntroductionStatus] = OPEN_INTRODUCTIONS | {IntroductionStatus.AGREED}


class ExchangeQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """The coordination office all, an alliance's coordination those of its own groups."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if not access.has(Role.ALLIANCE_COORDINATOR):
            return self.none()
        groups = WorkingGroup.objects.filter(alliance__in=access.ids(ScopeKind.ALLIANCE))
        numbers = groups.order_by().values("pk")
        return self.filter(Q(first_group__in=numbers) | Q(second_group__in=numbers))


@tracked()
class Exchange(PublicId, Versioned):
    """Two working groups meet to learn from each other; the result can be written later (S116).

    The group with the smaller number stands first, so that a pair is one pair. ``meeting`` is the
    meeting that it became.
    """

    first_group = models.ForeignKey(
        WorkingGroup, on_delete=models.PROTECT, related_name="exchanges_first"
    )
    second_group = models.ForeignKey(
        WorkingGroup, on_delete=models.PROTECT, related_name="exchanges_second"
    )
    agreed_on = models.DateField(_("arranged on"))
    held_on = models.DateField(_("held on"), null=True, blank=True)
    reasons = models.TextField(_("why these two"), blank=True)
    result = models.TextField(_("result"), blank=True)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exchanges",
        verbose_name=_("meeting"),
    )

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange of working groups")
        constraints = [
            models.CheckConstraint(
                name="partnering_exchange_pair_in_order",
                condition=Q(first_group__lt=models.F("second_group")),
                violation_error_message=_("Please choose two different working groups."),
            ),
        ]
        indexes = [
            models.Index(fields=["first_group", "second_group", "-agreed_on"], name="exchange_pair")
        ]

    def __str__(self) -> str:
        return f"{self.first_group_id} – {self.second_group_id}"


class ResourceQuerySet(SearchQuerySet, ValidityQuerySet):  # type: ignore[override]  # the stubs compare two generated managers
    def visible_to(self, user: Any) -> Self:
        """Whoever works in the network, except the ministry, sees what members can lend."""
        access = access_of(user)
        if access.is_public or access.roles <= {Role.MINISTRY}:
            return self.none()
        return self


class _Lendable(PublicId, Versioned, Validity):
    """What a resource and a wish have in common."""

    kind = models.CharField(_("kind"), max_length=20, choices=Contribution.choices)
    title = models.CharField(_("what"), max_length=200)
    amount = models.PositiveIntegerField(_("amount"), default=1)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    search_key = SearchKeyField(source="title")
    search_vector = SearchField()

    objects = ResourceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.title], "C": [self.conditions]}


@tracked()
class Resource(_Lendable):
    """A member has something that others may use: rooms, staff, money, expertise, volunteers (S100)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="resources", verbose_name=_("whose")
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("place"),
    )

    class Meta:
        verbose_name = _("resource")
        constraints = [
            starts_before_it_ends("partnering_resource_starts_before_it_ends"),
            models.CheckConstraint(
                name="partnering_resource_some",
                condition=Q(amount__gte=1),
                violation_error_message=_("Please give an amount of at least one."),
            ),
        ]
        indexes = [
            *search_indexes("resource"),
            models.Index(fields=["kind", "territory"], name="resource_kind"),
            models.Index(fields=["search_key", "id"], name="resource_title"),
            # What there is most of.
            models.Index(fields=["kind", "-amount", "id"], name="resource_amount"),
        ]


@tracked()
class ResourceWish(_Lendable):
    """An alliance or a working group looks for something (S22, S100)."""

    alliance = models.ForeignKey(
        Alliance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resource_wishes",
        verbose_name=_("alliance"),
    )
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resource_wishes",
        verbose_name=_("working group"),
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="resource_wishes", verbose_name=_("place")
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    result = models.CharField(_("what came of it"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("wish")
        constraints = [
            starts_before_it_ends("partnering_resourcewish_starts_before_it_ends"),
            models.CheckConstraint(
                name="partnering_resourcewish_one_side",
                condition=Q(alliance__isnull=False, working_group=None)
                | Q(alliance=None, working_group__isnull=False),
                violation_error_message=_("Please choose an alliance or a working group."),
            ),
            models.CheckConstraint(
                name="partnering_resourcewish_some",
                condition=Q(amount__gte=1),
                violation_error_message=_("Please give an amount of at least one."),
            ),
        ]
        indexes = search_indexes("resourcewish")


class BookingQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """As its introduction, and for the alliance that looked for it."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        introductions = Introduction.objects.visible_to(user).order_by().values("pk")
        return self.filter(introduction__in=introductions)

    def holding(self) -> Self:
        """Those that keep their amount from others: asked for or agreed, and not given back."""
        return self.filter(cancelled_on=None, introduction__status__in=HOLDING)


@tracked()
class Booking(PublicId):
    """A wish uses part of a resource from a day to a day, both included.

    It is asked for by an introduction: while that is open or agreed to, the amount is kept.
    """

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="bookings")
    wish = models.ForeignKey(ResourceWish, on_delete=models.PROTECT, related_name="bookings")
    introduction = models.OneToOneField(
        Introduction, on_delete=models.PROTECT, related_name="booking"
    )
    amount = models.PositiveIntegerField(_("amount"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        constraints = [
            models.CheckConstraint(
                name="partnering_booking_some",
                condition=Q(amount__gte=1),
                violation_error_message=_("Please give an amount of at least one."),
            ),
            models.CheckConstraint(
                name="partnering_booking_starts_before_it_ends",
                condition=Q(first_day__lte=models.F("last_day")),
                violation_error_message=_("The last day lies before the first one."),
            ),
        ]
        indexes = [models.Index(fields=["resource", "first_day"], name="booking_resource")]

    def __str__(self) -> str:
        return f"{self.resource_id}: {self.amount}"


class InterestProfileQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """The organisation itself, the coordination of alliances it is a member of, the office."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        members = Membership.objects.as_of(timezone.localdate()).filter(
            alliance__in=access.ids(ScopeKind.ALLIANCE)
        )
        own = Q(organisation__in=access.ids(ScopeKind.ORGANISATION))
        return self.filter(own | Q(organisation__in=members.order_by().values("organisation")))


@tracked()
class InterestProfile(models.Model):
    """What a member organisation wants to hear of, since when (S102)."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="interest_profile"
    )
    topics = ArrayField(
        models.CharField(max_length=20, choices=Topic.choices),
        verbose_name=_("topics"),
        default=list,
        blank=True,
    )
    changed_on = models.DateField(_("as of"))

    objects = InterestProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest profile")
        indexes = [GinIndex(fields=["topics"], name="interestprofile_topics")]

    def __str__(self) -> str:
        return f"{self.organisation_id}"


@tracked()
class GroupInterest(models.Model):
    """A member organisation wants to hear of a working group or committee, since when (S102)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="group_interests"
    )
    working_group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, related_name="interested"
    )
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("interest in a working group")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "working_group"], name="partnering_groupinterest_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.working_group_id}"
