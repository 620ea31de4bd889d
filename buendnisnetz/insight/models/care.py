"""How an alliance is looked after: talks with its sponsor, topics with somebody responsible."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.insight.enums import TopicStatus
from buendnisnetz.network.models import Alliance, Post


def own_alliances(user: Any) -> frozenset[int] | None:
    """The alliances whose inner matters a user may see: None means all of them.

    They are for the coordination office and the alliance's own coordination, nobody else (S72).
    """
    access = access_of(user)
    if access.sees_whole_state:
        return None
    if access.has(Role.ALLIANCE_COORDINATOR):
        return access.ids(ScopeKind.ALLIANCE)
    return frozenset()


class SponsorTalkQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        own = own_alliances(user)
        return self if own is None else self.filter(post__alliance__in=own)


@tracked()
class SponsorTalk(PublicId):
    """A talk with an alliance's sponsor (S92). The note stays inside the alliance.

    Personal data: what was said with whom; ``retention`` says when the note goes.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="sponsor_talks")
    held_on = models.DateField(_("day of the talk"))
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = SponsorTalkQuerySet.as_manager()
    retention = "buendnisnetz.insight.domain.retention.forget_old_notes"

    class Meta:
        verbose_name = _("talk with the sponsor")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "held_on"],
                name="insight_sponsortalk_once_a_day",
                violation_error_message=_("A talk on this day is recorded already."),
            ),
        ]
        indexes = [models.Index(fields=["post", "-held_on"], name="sponsortalk_post")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.held_on}"


class AllianceTopicQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """Who works in the network may know what an alliance works on; the public reads the profile."""
        return self.none() if access_of(user).is_public else self


@tracked()
class AllianceTopic(PublicId, Versioned):
    """A topic of an alliance with the one post that answers for it, and its deputy (S93)."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="topics")
    name = models.CharField(_("topic"), max_length=160)
    responsible = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responsible_topics",
        verbose_name=_("responsible post"),
    )
    deputy = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deputy_topics",
        verbose_name=_("deputy post"),
    )
    status = models.CharField(
        _("state"), max_length=10, choices=TopicStatus.choices, default=TopicStatus.PLANNED
    )
    opened_on = models.DateField(_("begun on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = AllianceTopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic of an alliance")
        constraints = [
            models.CheckConstraint(
                name="insight_topic_active_with_responsible",
                condition=~Q(status=TopicStatus.ACTIVE) | Q(responsible__isnull=False),
                violation_error_message=_(
                    "A topic becomes active when a post answers for it. Please name one first."
                ),
            ),
            models.CheckConstraint(
                name="insight_topic_closed_on_a_day",
                condition=Q(status=TopicStatus.CLOSED, closed_on__isnull=False)
                | (~Q(status=TopicStatus.CLOSED) & Q(closed_on=None)),
            ),
            models.CheckConstraint(
                name="insight_topic_closed_after_begun",
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")),
                violation_error_message=_("It cannot be closed before it was begun."),
            ),
            models.CheckConstraint(
                name="insight_topic_deputy_is_another",
                condition=Q(deputy=None) | ~Q(deputy=models.F("responsible")),
                violation_error_message=_("The deputy has to be another post."),
            ),
        ]
        indexes = [models.Index(fields=["alliance", "status"], name="alliancetopic_alliance")]

    def __str__(self) -> str:
        return self.name
