"""Prospects: who may become a partner, how far the talks are, what was done and what comes next."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.core.search import (
    SearchField,
    SearchKeyField,
    SearchQuerySet,
    SortKeyField,
    search_indexes,
)
from buendnisnetz.network.enums import SizeClass, WzSection
from buendnisnetz.network.models import Alliance, Membership, Organisation, Post
from buendnisnetz.partnering.enums import ENDED, HANDED, Origin, Stage, TaskPurpose, Topic
from buendnisnetz.tasks.models import Task
from buendnisnetz.territories.models import Territory


class ProspectQuerySet(SearchQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The alliance's coordination and the coordination office see a prospect; a chamber those
        that were handed over to it and that it did not refuse. Nobody else, the ministry and companies included, sees any."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        condition = self._of_own_alliances(user)
        if access.has(Role.CHAMBER):
            condition |= Q(
                hand_overs__post__organisation__in=access.ids(ScopeKind.ORGANISATION),
                hand_overs__post__organisation__chamber__isnull=False,
                hand_overs__status__in=HANDED,
            )
            found = Prospect.objects.filter(condition).order_by().values("pk")
            return self.filter(pk__in=found)
        return self.filter(condition)

    def workable_by(self, user: Any) -> Self:
        """Those whose notes a user reads and which a user moves on: never a chamber's."""
        if access_of(user).sees_whole_state:
            return self
        return self.filter(self._of_own_alliances(user))

    @staticmethod
    def _of_own_alliances(user: Any) -> Q:
        access = access_of(user)
        if access.has(Role.ALLIANCE_COORDINATOR):
            return Q(alliance__in=access.ids(ScopeKind.ALLIANCE))
        return Q(pk__in=[])

    def open(self) -> Self:
        return self.exclude(stage__in=ENDED)


@tracked(exclude=("silence_reminded_on",))
class Prospect(PublicId, Versioned):
    """An organisation that an alliance (or, without one, the coordination office) wants to win (S19).

    It stands in the directory (``organisation``) or only in words; ``name`` is what it is called
    either way. Stages change by ``domain.prospects`` alone, which writes a :class:`ProspectStep`.

    Personal data: the contact's words and address. They go 12 months after the last step.
    """

    alliance = models.ForeignKey(
        Alliance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="prospects",
        verbose_name=_("alliance"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="prospects",
        verbose_name=_("organisation in the directory"),
    )
    name = models.CharField(_("name"), max_length=200)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="prospects",
        verbose_name=_("place"),
    )
    wz_section = models.CharField(
        _("branch (WZ 2008)"), max_length=1, choices=WzSection.choices, blank=True
    )
    size_class = models.CharField(
        pgettext_lazy("size", "staff"), max_length=10, choices=SizeClass.choices, blank=True
    )
    topics = ArrayField(
        models.CharField(max_length=20, choices=Topic.choices),
        verbose_name=_("topics"),
        default=list,
        blank=True,
    )
    contact_words = models.CharField(_("whom to ask for"), max_length=300, blank=True)
    contact_email = models.EmailField(_("e-mail address of the contact"), blank=True)
    origin = models.CharField(
        _("came from"), max_length=12, choices=Origin.choices, default=Origin.OWN
    )
    holder = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="prospects",
        verbose_name=_("responsible post"),
    )
    stage = models.CharField(
        _("stage"), max_length=14, choices=Stage.choices, default=Stage.IDENTIFIED, editable=False
    )
    decline_reason = models.CharField(_("why not"), max_length=300, blank=True, editable=False)
    not_before = models.DateField(_("do not ask before"), null=True, blank=True, editable=False)
    membership = models.ForeignKey(
        Membership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="prospects",
        editable=False,
    )
    # The day of the last step or contact: silence and forgetting are counted from it.
    last_step_on = models.DateField(_("last step on"), editable=False)
    silence_reminded_on = models.DateField(null=True, blank=True, editable=False)
    forgotten_on = models.DateField(
        _("contact forgotten on"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    sort_key = SortKeyField(source="name", db_index=True)
    search_key = SearchKeyField(source="name")
    search_vector = SearchField()

    objects = ProspectQuerySet.as_manager()
    retention = "buendnisnetz.partnering.domain.retention.forget_silent_contacts"

    class Meta:
        verbose_name = _("prospect")
        constraints = [
            models.CheckConstraint(
                name="partnering_prospect_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("Please say who it is."),
            ),
            models.CheckConstraint(
                name="partnering_prospect_declined_with_reason",
                condition=(Q(stage=Stage.DECLINED) & ~Q(decline_reason=""))
                | (~Q(stage=Stage.DECLINED) & Q(decline_reason="", not_before=None)),
                violation_error_message=_("Please say in a sentence why they declined."),
            ),
            models.CheckConstraint(
                name="partnering_prospect_member_has_membership",
                condition=Q(
                    stage=Stage.MEMBER,
                    alliance__isnull=False,
                    organisation__isnull=False,
                    membership__isnull=False,
                )
                | (~Q(stage=Stage.MEMBER) & Q(membership=None)),
                violation_error_message=_(
                    "A member stands in the directory and belongs to an alliance."
                ),
            ),
            models.UniqueConstraint(
                fields=["alliance", "organisation"],
                condition=Q(organisation__isnull=False) & ~Q(stage__in=sorted(ENDED)),
                nulls_distinct=False,
                name="partnering_prospect_open_once",
                violation_error_message=_("This organisation is being won over already."),
            ),
        ]
        indexes = [
            *search_indexes("prospect"),
            models.Index(fields=["alliance", "stage", "last_step_on"], name="prospect_alliance"),
            models.Index(fields=["stage", "last_step_on", "id"], name="prospect_stage"),
            # The list of those that go on begins with whom nobody spoke to for longest.
            models.Index(
                fields=["last_step_on", "id"],
                name="prospect_last_step",
                condition=~Q(stage__in=sorted(ENDED)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.name], "C": [self.decline_reason]}


class ProspectStep(models.Model):
    """A prospect moved from one stage to another; never changed, never deleted.

    The first one has no ``from_stage``. ``takes_back`` names the step that was a mistake.
    """

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="steps")
    from_stage = models.CharField(
        _("from"), max_length=14, choices=Stage.choices, blank=True, editable=False
    )
    to_stage = models.CharField(_("to"), max_length=14, choices=Stage.choices, editable=False)
    words = models.TextField(_("what happened"), blank=True)
    not_before = models.DateField(_("do not ask before"), null=True, blank=True)
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back_by"
    )
    # The step let the organisation join, so taking it back takes the membership back.
    made_membership = models.BooleanField(default=False)
    made_on = models.DateField(_("day"))
    written_at = models.DateTimeField(_("written at"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who acted without an account: the firm itself, by the link in its mail.
    author_words = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("step")
        constraints = [
            models.CheckConstraint(
                name="partnering_prospectstep_goes_somewhere",
                condition=~Q(from_stage=models.F("to_stage")),
            ),
            models.CheckConstraint(
                name="partnering_prospectstep_declined_with_reason",
                condition=~Q(to_stage=Stage.DECLINED) | ~Q(words=""),
            ),
        ]
        indexes = [models.Index(fields=["prospect", "id"], name="prospectstep_prospect")]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"


class ProspectTask(models.Model):
    """A task that belongs to a prospect: its next step, or a reminder."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="task_links")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="prospect_link")
    purpose = models.CharField(_("purpose"), max_length=10, choices=TaskPurpose.choices)
    words = models.CharField(_("what is to be done"), max_length=300)

    class Meta:
        verbose_name = _("task of a prospect")

    def __str__(self) -> str:
        return self.words


@tracked()
class SilenceSetting(models.Model):
    """After how many days without a step a prospect is flagged, in one federal state."""

    state = models.OneToOneField(
        Territory, on_delete=models.PROTECT, related_name="silence_setting", verbose_name=_("state")
    )
    days = models.PositiveSmallIntegerField(_("days without a step"))

    class Meta:
        verbose_name = _("days until a reminder")
        constraints = [
            models.CheckConstraint(
                name="partnering_silencesetting_some_days",
                condition=Q(days__gte=7, days__lte=365),
                violation_error_message=_("Please choose between 7 and 365 days."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.state_id}: {self.days}"
