"""People. What they do, their terms say; what may be shown of them, their consents."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.conditions import of_each
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.core.search import (
    SearchField,
    SearchKeyField,
    SearchQuerySet,
    SortKeyField,
    search_indexes,
)
from buendnisnetz.network.enums import ConsentKind
from buendnisnetz.network.models.post import Term, people_who_agreed


class PersonQuerySet(SearchQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The public sees who agreed to it; who works in the network sees whoever holds a post
        that is theirs to see; the coordination office sees all."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if access.is_public:
            return self.with_consent(ConsentKind.PUBLIC_NAME)
        terms = Term.objects.visible_to(user).order_by()
        return self.filter(Q(Exists(terms.filter(person=OuterRef("pk")))) | Q(user=access.user_id))

    def visible_one_by_one(self, user: Any) -> Self:
        """The same people for whoever reads only the first of them: each is asked for alone, where
        the database would find out about everybody before."""
        access = access_of(user)
        if access.sees_whole_state or access.is_public:
            return self.visible_to(user)
        terms = Term.objects.visible_to(user).order_by().filter(of_each("person", "pk"))
        return self.filter(Q(Exists(terms)) | Q(user=access.user_id))

    def with_consent(self, kind: ConsentKind) -> Self:
        """People whose consent of this kind holds today."""
        return self.filter(pk__in=people_who_agreed(kind))


@tracked(exclude=("family_key", "other_names"))
class Person(PublicId, Versioned):
    """A person in the network.

    Personal data, kept to know who speaks and works for whom. It goes 12 months after the last
    term ended and nothing else needs the name; the facts stay without it (``retention``).
    """

    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80)
    academic_title = models.CharField(_("academic title"), max_length=40, blank=True)
    email = models.EmailField(_("personal e-mail address"), blank=True)
    phone = models.CharField(_("personal phone"), max_length=40, blank=True)
    note = models.TextField(_("note"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
    )
    erased_at = models.DateTimeField(_("name removed at"), null=True, blank=True, editable=False)
    # All aliases in one text, so that one index finds them; kept by the domain functions for aliases.
    other_names = models.TextField(default="", blank=True, editable=False)
    family_key = SearchKeyField(source="family_name", db_index=True)
    sort_key = SortKeyField(source="name_for_sorting", db_index=True)
    search_key = SearchKeyField(source="all_names")
    search_vector = SearchField()

    objects = PersonQuerySet.as_manager()
    retention = "buendnisnetz.network.domain.retention.erase_forgotten_people"

    class Meta:
        verbose_name = _("person")
        indexes = search_indexes("person")

    def __str__(self) -> str:
        return self.full_name()

    def full_name(self) -> str:
        """Given name, then family name, without title."""
        return f"{self.given_name} {self.family_name}".strip()

    def titled_name(self) -> str:
        return f"{self.academic_title} {self.full_name()}".strip()

    def all_names(self) -> str:
        return " ".join(filter(None, (self.full_name(), self.other_names)))

    def name_for_sorting(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.full_name(), self.other_names]}


@tracked()
class PersonAlias(models.Model):
    """Another spelling of a person's name that somebody confirmed (S12)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("other spelling"), max_length=160)
    search_key = SearchKeyField(source="name", db_index=True)

    class Meta:
        verbose_name = _("other spelling")
        indexes = [
            GinIndex(fields=["search_key"], name="personalias_trigram", opclasses=["gin_trgm_ops"])
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "search_key"], name="network_personalias_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Consent(models.Model):
    """What a person agreed to, with the text that was shown (GDPR Art. 7, S17)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(_("agreed to"), max_length=20, choices=ConsentKind.choices)
    text = models.TextField(_("text that was shown"))
    given_on = models.DateField(_("given on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    evidence = models.CharField(_("how it was given"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("consent")
        constraints = [
            models.CheckConstraint(
                name="network_consent_withdrawn_after_given",
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=models.F("given_on")),
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(withdrawn_on=None),
                name="network_consent_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.given_on})"
