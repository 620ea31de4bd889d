"""Who takes over when people change: charges that stand in, handovers and their pieces."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import (
    PublicId,
    Validity,
    ValidityQuerySet,
    Versioned,
    no_overlap,
    starts_before_it_ends,
)
from buendnisnetz.network.enums import HandoverStatus, OrganisationKind, Receiver
from buendnisnetz.network.models.alliance import Alliance, WorkingGroup
from buendnisnetz.network.models.person import Person
from buendnisnetz.network.models.post import Post, Term
from buendnisnetz.territories.models import Territory


@tracked()
class Charge(PublicId, Validity):
    """A post looks after an alliance or a working group to which it does not belong, from a day to
    a day: a caretaker of several alliances, or whoever stands in for an empty post."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="charges")
    alliance = models.ForeignKey(
        Alliance, on_delete=models.PROTECT, null=True, blank=True, related_name="charges"
    )
    working_group = models.ForeignKey(
        WorkingGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="charges"
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge")
        constraints = [
            starts_before_it_ends("network_charge_starts_before_it_ends"),
            models.CheckConstraint(
                name="network_charge_one_thing",
                condition=Q(alliance__isnull=False, working_group=None)
                | Q(alliance=None, working_group__isnull=False),
                violation_error_message=_("A charge is for one alliance or one working group."),
            ),
            no_overlap(
                "network_charge_alliance_once", "alliance", condition=Q(alliance__isnull=False)
            ),
            no_overlap(
                "network_charge_group_once",
                "working_group",
                condition=Q(working_group__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.alliance_id or self.working_group_id}"


class HandoverQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """Whoever may change the post, who leaves it, who takes over, and the coordination office."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if access.is_public:
            return self.none()
        condition = Q(term__person__user=access.user_id) | Q(successor__user=access.user_id)
        if access.has(Role.ALLIANCE_COORDINATOR):
            alliances = access.ids(ScopeKind.ALLIANCE)
            condition |= Q(term__post__alliance__in=alliances)
            condition |= Q(term__post__working_group__alliance__in=alliances)
        if access.has(Role.DISTRICT_PLANNER):
            condition |= _in_districts(access.ids(ScopeKind.DISTRICT))
        if access.has(Role.CHAMBER):
            chambers = Q(term__post__organisation__kind=OrganisationKind.CHAMBER)
            own = Q(term__post__organisation__in=access.ids(ScopeKind.ORGANISATION))
            condition |= chambers & own
        return self.filter(condition)


def _in_districts(districts: frozenset[int]) -> Q:
    """The posts that a district's planner may change: its own, and those of its administration."""
    inside = Territory.objects.filter(Q(pk__in=districts) | Q(parent__in=districts))
    administration = Q(
        term__post__organisation__kind=OrganisationKind.DISTRICT_ADMINISTRATION,
        term__post__organisation__territory__in=districts,
    )
    return Q(term__post__territory__in=inside.order_by().values("pk")) | administration


@tracked()
class Handover(PublicId, Versioned):
    """The guided end of a term (S96, S107): what the post holds, who gets it, what the successor
    has to know. It is kept as the record of who got what.

    Personal data: notes and contacts for the successor; ``retention`` empties them.
    """

    term = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="handovers", verbose_name=_("term")
    )
    last_day = models.DateField(_("last day"))
    successor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="takeovers",
        verbose_name=_("successor"),
    )
    first_day = models.DateField(_("first day of the successor"), null=True, blank=True)
    mentor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mentored_handovers",
        verbose_name=_("mentor"),
    )
    notes = models.TextField(_("notes for the successor"), blank=True)
    contacts = models.TextField(_("important contacts"), blank=True)
    receiver = models.CharField(
        _("usually goes to"), max_length=8, choices=Receiver.choices, default=Receiver.OFFICE
    )
    status = models.CharField(
        _("state"), max_length=10, choices=HandoverStatus.choices, default=HandoverStatus.OPEN
    )
    # Whether finishing ended the term, or it had ended before.
    ended_term = models.BooleanField(default=False, editable=False)
    new_term = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("term of the successor"),
    )
    started_at = models.DateTimeField(_("started at"), editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True, editable=False)
    # Numbers of the roles of accounts that ended and began with it.
    roles_ended = ArrayField(models.BigIntegerField(), default=list, editable=False)
    roles_given = ArrayField(models.BigIntegerField(), default=list, editable=False)
    # The successor has read it.
    seen_at = models.DateTimeField(_("read at"), null=True, blank=True, editable=False)

    objects = HandoverQuerySet.as_manager()
    retention = "buendnisnetz.network.domain.retention.empty_old_handovers"

    class Meta:
        verbose_name = _("handover")
        constraints = [
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(status=HandoverStatus.OPEN),
                name="network_handover_one_open",
                violation_error_message=_("A handover of this term is being prepared already."),
            ),
            models.CheckConstraint(
                name="network_handover_finished_at_a_time",
                condition=Q(status__in=["DONE", "UNDONE"], finished_at__isnull=False)
                | Q(status__in=["OPEN", "CANCELLED"], finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="network_handover_successor_after",
                condition=Q(first_day=None) | Q(first_day__gt=models.F("last_day")),
                violation_error_message=_("The successor begins after the last day, not before."),
            ),
        ]
        indexes = [models.Index(fields=["status", "finished_at"], name="handover_status")]

    def __str__(self) -> str:
        return f"{self.term_id}: {self.last_day}"


@tracked()
class HandoverItem(models.Model):
    """One piece of what a post holds, and who gets it.

    ``kind`` and ``key`` are those of the registry of holdings; ``label`` and ``note`` say what the
    piece was when it was handed over. ``given_to`` is set once it has moved.
    """

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    label = models.CharField(_("what"), max_length=300)
    url = models.CharField(max_length=300, blank=True)
    note = models.CharField(_("how it stands"), max_length=300, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    receiver = models.CharField(_("goes to"), max_length=8, choices=Receiver.choices)
    other_post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("another post"),
    )
    has_moved = models.BooleanField(_("has moved"), default=False)
    given_to = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="received_items",
        verbose_name=_("given to"),
    )
    given_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("piece of a handover")
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "kind", "key"], name="network_handoveritem_once"
            ),
            models.CheckConstraint(
                name="network_handoveritem_other_post_named",
                condition=~Q(receiver=Receiver.OTHER) | Q(other_post__isnull=False),
                violation_error_message=_("Please say which other post gets it."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
