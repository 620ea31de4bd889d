"""Self-checks of alliances: answers to a questionnaire of the program, with evidence (S21, S92 to S99)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.insight.enums import CheckStatus
from buendnisnetz.insight.models.care import own_alliances
from buendnisnetz.network.models import Alliance
from buendnisnetz.tasks.models import Task


class SelfCheckQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """The alliance's own coordination and the coordination office: never public, no ranking."""
        own = own_alliances(user)
        return self if own is None else self.filter(alliance__in=own)


@tracked()
class SelfCheck(PublicId, Versioned):
    """One filling-in of the questionnaire; finished, it does not change any more.

    ``questionnaire`` and ``profile_version`` say which lists were used; ``profile`` keeps which
    fields of the structure profile were filled on that day (S99).
    """

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="self_checks")
    questionnaire = models.PositiveSmallIntegerField(_("edition of the questionnaire"))
    status = models.CharField(
        _("state"), max_length=8, choices=CheckStatus.choices, default=CheckStatus.DRAFT
    )
    begun_on = models.DateField(_("begun on"))
    done_on = models.DateField(_("finished on"), null=True, blank=True)
    profile_version = models.PositiveSmallIntegerField(
        _("edition of the structure profile"), null=True, blank=True
    )
    profile = models.JSONField(_("structure profile"), default=dict, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SelfCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-check")
        constraints = [
            models.CheckConstraint(
                name="insight_selfcheck_done_on_a_day",
                condition=Q(status=CheckStatus.DRAFT, done_on=None)
                | Q(status=CheckStatus.DONE, done_on__gte=models.F("begun_on")),
                violation_error_message=_("It cannot be finished before it was begun."),
            ),
            models.UniqueConstraint(
                fields=["alliance"],
                condition=Q(status=CheckStatus.DRAFT),
                name="insight_selfcheck_one_draft",
            ),
            models.UniqueConstraint(
                fields=["alliance", "done_on"],
                condition=Q(status=CheckStatus.DONE),
                name="insight_selfcheck_one_a_day",
                violation_error_message=_("A self-check was finished on this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance_id}: {self.begun_on}"


@tracked()
class CheckAnswer(models.Model):
    """An answer on the scale from 0 to 3, and what it rests on."""

    check_of = models.ForeignKey(SelfCheck, on_delete=models.CASCADE, related_name="answers")
    question = models.SlugField(_("question"), max_length=40)
    level = models.PositiveSmallIntegerField(pgettext_lazy("answer", "level"))
    evidence = models.TextField(_("evidence"), blank=True)

    class Meta:
        verbose_name = _("answer")
        constraints = [
            models.UniqueConstraint(
                fields=["check_of", "question"], name="insight_checkanswer_once"
            ),
            models.CheckConstraint(
                name="insight_checkanswer_on_the_scale", condition=Q(level__lte=3)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.level}"


class CheckTask(models.Model):
    """A step of the development plan: an answer of a self-check became a task."""

    check_of = models.ForeignKey(SelfCheck, on_delete=models.CASCADE, related_name="task_links")
    question = models.SlugField(_("question"), max_length=40)
    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="check_link")

    class Meta:
        verbose_name = _("step of the development plan")

    def __str__(self) -> str:
        return f"{self.check_of_id} → {self.task_id}"
