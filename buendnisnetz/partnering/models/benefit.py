"""Statements of benefit and examples of good practice: nothing is published without a source."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import KEEPERS
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.core.search import SearchField, SearchKeyField, SearchQuerySet, search_indexes
from buendnisnetz.network.models import Post
from buendnisnetz.partnering.enums import Audience, PlaceSize, PracticeField
from buendnisnetz.territories.models import Territory


class PublishedQuerySet(SearchQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Everybody sees what is published, the coordination office drafts too."""
        return self if access_of(user).has(*KEEPERS) else self.filter(is_published=True)


@tracked()
class Benefit(PublicId, Versioned):
    """What somebody gains from an alliance, for one audience, with its source (S24, S89)."""

    audience = models.CharField(_("for whom"), max_length=14, choices=Audience.choices)
    claim = models.CharField(_("benefit in one sentence"), max_length=240)
    evidence = models.TextField(_("what shows it"), blank=True)
    example = models.TextField(_("example"), blank=True)
    source_title = models.CharField(_("source"), max_length=240, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=400, blank=True)
    checked_on = models.DateField(_("source checked on"), null=True, blank=True)
    is_published = models.BooleanField(_("shown in public"), default=False)
    search_key = SearchKeyField(source="claim")
    search_vector = SearchField()

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of benefit")
        constraints = [
            models.CheckConstraint(
                name="partnering_benefit_published_with_source",
                condition=Q(is_published=False)
                | (~Q(source_title="") & ~Q(evidence="") & Q(checked_on__isnull=False)),
                violation_error_message=_(
                    "Without evidence, a source and the day it was checked it cannot be published."
                ),
            )
        ]
        indexes = [
            *search_indexes("benefit"),
            models.Index(fields=["audience", "is_published"], name="benefit_audience"),
        ]

    def __str__(self) -> str:
        return self.claim

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.claim], "B": [self.source_title], "C": [self.evidence, self.example]}


@tracked()
class PracticeCard(PublicId, Versioned):
    """An example of good practice that others can take over (S88). Its contact is a post's address."""

    title = models.CharField(_("title"), max_length=200)
    field = models.CharField(_("field"), max_length=12, choices=PracticeField.choices)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practice_cards",
        verbose_name=_("place"),
    )
    # By the place's population when the card was written.
    place_size = models.CharField(
        _("size of the place"), max_length=10, choices=PlaceSize.choices, blank=True
    )
    problem = models.TextField(_("problem"))
    steps = models.TextField(_("steps"))
    partners = models.TextField(_("partners"), blank=True)
    cost = models.TextField(_("cost and effort"), blank=True)
    effect = models.TextField(_("effect"), blank=True)
    transfer = models.TextField(_("what others need to take it over"), blank=True)
    evidence = models.TextField(_("what shows it"), blank=True)
    source_url = models.URLField(_("address of the source"), max_length=400, blank=True)
    contact = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practice_cards",
        verbose_name=_("post that answers questions"),
    )
    is_published = models.BooleanField(_("shown in public"), default=False)
    search_key = SearchKeyField(source="title")
    search_vector = SearchField()

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("example of good practice")
        constraints = [
            models.CheckConstraint(
                name="partnering_practicecard_published_with_evidence",
                condition=Q(is_published=False) | ~Q(evidence=""),
                violation_error_message=_(
                    "Please say what shows the effect; without it the example cannot be published."
                ),
            )
        ]
        indexes = [
            *search_indexes("practicecard"),
            models.Index(fields=["field", "place_size"], name="practicecard_field"),
        ]

    def __str__(self) -> str:
        return self.title

    def search_terms(self) -> dict[str, list[str]]:
        return {
            "A": [self.title],
            "B": [self.problem, self.effect],
            "C": [self.steps, self.partners, self.transfer, self.evidence],
        }
