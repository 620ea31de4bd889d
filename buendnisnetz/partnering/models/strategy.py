"""The coordination office's private strategy board (S110)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.partnering.enums import AimStatus
from buendnisnetz.partnering.models.benefit import Benefit
from buendnisnetz.partnering.models.stakeholder import Stakeholder
from buendnisnetz.tasks.models import Task


class StrategyAimQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """Nobody but the coordination office."""
        return self if access_of(user).sees_whole_state else self.none()


@tracked()
class StrategyAim(PublicId, Versioned):
    """What the coordination office wants to reach with others, and with whom."""

    title = models.CharField(_("aim"), max_length=200)
    words = models.TextField(_("why, and how we notice that it is reached"), blank=True)
    targets = models.ManyToManyField(
        Stakeholder, related_name="aims", blank=True, verbose_name=_("bodies to win over")
    )
    due_on = models.DateField(_("until"), null=True, blank=True)
    status = models.CharField(
        _("state"), max_length=8, choices=AimStatus.choices, default=AimStatus.OPEN
    )
    result = models.TextField(_("what came of it"), blank=True)

    objects = StrategyAimQuerySet.as_manager()

    class Meta:
        verbose_name = _("aim of the strategy")
        constraints = [
            models.CheckConstraint(
                name="partnering_strategyaim_ended_with_result",
                condition=Q(status=AimStatus.OPEN) | ~Q(result=""),
                violation_error_message=_("Please say what came of it."),
            )
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class StrategyMessage(PublicId):
    """What is said to whom; every message cites a statement of benefit or another source."""

    aim = models.ForeignKey(StrategyAim, on_delete=models.CASCADE, related_name="messages")
    words = models.TextField(_("message"))
    benefit = models.ForeignKey(
        Benefit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("rests on the statement of benefit"),
    )
    source = models.CharField(_("or on another source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("message of the strategy")
        constraints = [
            models.CheckConstraint(
                name="partnering_strategymessage_cites_something",
                condition=Q(benefit__isnull=False) | ~Q(source=""),
                violation_error_message=_(
                    "A message must cite a fact: choose a statement of benefit or name the source."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]


class StrategyMeasure(PublicId):
    """What is done for an aim; the task says who, until when and what became of it."""

    aim = models.ForeignKey(StrategyAim, on_delete=models.CASCADE, related_name="measures")
    words = models.CharField(_("measure"), max_length=300)
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="strategy_measure")

    class Meta:
        verbose_name = _("measure of the strategy")

    def __str__(self) -> str:
        return self.words
