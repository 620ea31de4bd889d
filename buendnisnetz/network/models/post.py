"""Posts hold work, people hold posts: a function with a scope, and who held it from when to when."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import Access, access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.conditions import any_of, of_each
from buendnisnetz.core.models import (
    PublicId,
    Validity,
    ValidityQuerySet,
    Versioned,
    no_overlap,
    starts_before_it_ends,
)
from buendnisnetz.core.search import (
    SearchField,
    SearchKeyField,
    SearchQuerySet,
    SortKeyField,
    search_indexes,
)
from buendnisnetz.network.enums import ConsentKind, PostKind
from buendnisnetz.territories.models import Territory


def _rows(model: str) -> Any:
    return apps.get_model("network", model)._default_manager.order_by()


def _in_scope(access: Access) -> Q:
    """Posts that belong to what a user has a role for: own alliances with their groups and members,
    own organisation, own district with its alliances; and every official contact.

    Only columns of the post are compared, with lists that the database reads once. Joins, or a
    union of subqueries, are planned as loops over loops as long as the tables have no statistics.
    """
    alliances = access.ids(ScopeKind.ALLIANCE)
    organisations = access.ids(ScopeKind.ORGANISATION)
    districts = access.ids(ScopeKind.DISTRICT)
    condition = Q(is_contact=True)
    if alliances:
        members = _rows("Membership").filter(alliance__in=alliances).values("organisation")
        groups = _rows("WorkingGroup").filter(alliance__in=alliances).values("pk")
        condition |= Q(alliance__in=alliances) | Q(working_group__in=groups)
        condition |= Q(organisation__in=members)
    if organisations:
        condition |= Q(organisation__in=organisations)
    if districts:
        inside = Territory.objects.filter(Q(pk__in=districts) | Q(parent__in=districts))
        places = inside.order_by().values("pk")
        # Joined, links would be found by what keeps their periods apart, ten times as slowly.
        links = _rows("AllianceTerritory").filter(any_of("territory", places)).values("alliance")
        houses = _rows("Organisation").filter(any_of("territory", places)).values("pk")
        condition |= Q(territory__in=places) | Q(organisation__in=houses) | Q(alliance__in=links)
    return condition


_SHOWN_IN_PUBLIC = (
    Q(organisation__is_public=True)
    | Q(alliance__is_public=True)
    | Q(working_group__alliance__is_public=True)
    | Q(working_group__isnull=False, working_group__alliance=None)
    | Q(territory__isnull=False)
)


class PostQuerySet(SearchQuerySet, ValidityQuerySet):  # type: ignore[override]  # the stubs compare two generated managers
    def visible_to(self, user: Any) -> Self:
        """Posts with their office address; who holds them, ``Term.visible_to`` decides."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if access.is_public:
            return self.filter(_SHOWN_IN_PUBLIC, is_contact=True)
        return self.filter(_in_scope(access))


@tracked(exclude=("scope_name", "scope_sort_key"))
class Post(PublicId, Versioned, Validity):
    """A function at exactly one organisation, alliance, working group or territory.

    Its address is the office's: it stays when the person changes, and it is what the public sees.
    """

    kind = models.CharField(_("kind"), max_length=30, choices=PostKind.choices)
    title = models.CharField(_("function"), max_length=160)
    organisation = models.ForeignKey(
        "network.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
    )
    alliance = models.ForeignKey(
        "network.Alliance", on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    working_group = models.ForeignKey(
        "network.WorkingGroup",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    deputy = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deputises_for",
        verbose_name=_("deputy post"),
    )
    is_shared = models.BooleanField(_("held by several people at once"), default=False)
    is_contact = models.BooleanField(_("official contact"), default=False)
    email = models.EmailField(_("e-mail address of the post"), blank=True)
    phone = models.CharField(_("phone of the post"), max_length=40, blank=True)
    office_hours = models.CharField(_("office hours"), max_length=160, blank=True)
    weekly_hours = models.DecimalField(
        _("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    funded_by = models.CharField(_("paid by"), max_length=160, blank=True)
    mandate_ends_on = models.DateField(
        _("mandate ends on"),
        null=True,
        blank=True,
        help_text=_("For elected offices and limited contracts: the last day, if it is known."),
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    # What the post belongs to, by name, so that lists and the search need no joins; kept by the
    # domain functions that give a scope a name.
    scope_name = models.CharField(max_length=200, default="", blank=True, editable=False)
    scope_sort_key = SortKeyField(source="scope_name", db_index=True)
    sort_key = SortKeyField(source="title", db_index=True)
    search_key = SearchKeyField(source="title_and_scope")
    search_vector = SearchField()

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        constraints = [
            starts_before_it_ends("network_post_starts_before_it_ends"),
            models.CheckConstraint(
                name="network_post_one_scope",
                condition=Q(
                    organisation__isnull=False, alliance=None, working_group=None, territory=None
                )
                | Q(organisation=None, alliance__isnull=False, working_group=None, territory=None)
                | Q(organisation=None, alliance=None, working_group__isnull=False, territory=None)
                | Q(organisation=None, alliance=None, working_group=None, territory__isnull=False),
                violation_error_message=_(
                    "A post belongs to exactly one organisation, alliance, working group or territory."
                ),
            ),
            models.CheckConstraint(
                name="network_post_not_its_own_deputy",
                condition=~Q(deputy=models.F("id")),
                violation_error_message=_("A post cannot be its own deputy."),
            ),
        ]
        indexes = [
            *search_indexes("post"),
            models.Index(fields=["kind", "territory"], name="post_kind"),
            models.Index(
                fields=["scope_sort_key"], name="post_contact", condition=Q(is_contact=True)
            ),
            # Whom a place's administration has to turn to is asked for all places at once, from here alone.
            models.Index(
                fields=["organisation"],
                name="post_organisation",
                condition=Q(is_contact=True) | Q(kind=PostKind.CARETAKER),
                include=["kind", "is_contact", "valid_from", "valid_to", "id"],
            ),
            # What ends soon is asked for on the start page; most posts have no end.
            models.Index(fields=["valid_to"], name="post_end", condition=Q(valid_to__isnull=False)),
            models.Index(
                fields=["mandate_ends_on"],
                name="post_mandate_end",
                condition=Q(mandate_ends_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def title_and_scope(self) -> str:
        return f"{self.title} {self.scope_name}".strip()

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.title], "B": [self.scope_name]}


def people_who_agreed(kind: ConsentKind) -> models.QuerySet[Any, Any]:
    """Keys of the people whose consent of this kind holds today."""
    today = timezone.localdate()
    model = apps.get_model("network", "Consent")
    current = Q(withdrawn_on=None) | Q(withdrawn_on__gt=today)
    rows = model._default_manager.filter(current, kind=kind, given_on__lte=today)
    return rows.filter(person__erased_at=None).values("person")


class TermQuerySet(ValidityQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Terms of visible posts; for the public only those of people who agreed to be named."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if access.is_public:
            return self.filter(
                person__in=people_who_agreed(ConsentKind.PUBLIC_NAME),
                post__in=Post.objects.visible_to(user).order_by().values("pk"),
            )
        return self.filter(post__in=Post.objects.visible_to(user).order_by().values("pk"))

    def visible_one_by_one(self, user: Any) -> Self:
        """The same terms for whoever reads only those of a few posts or people: the database would find
        out about all posts before."""
        access = access_of(user)
        if access.sees_whole_state or access.is_public:
            return self.visible_to(user)
        return self.filter(Exists(Post.objects.visible_to(user).filter(of_each("pk", "post"))))


@tracked()
class Term(PublicId, Versioned, Validity):
    """A person holds a post from a day to a day (S03, S96).

    ``first_seen`` says that ``valid_from`` is only the first evidence (a list of participants),
    not the day on which it began. ``exclusive`` is copied from the post, so that the database can
    keep two people from holding it at once.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="terms")
    is_acting = models.BooleanField(_("acting"), default=False)
    first_seen = models.BooleanField(_("began no later than this day"), default=False)
    exclusive = models.BooleanField(editable=False)
    evidence = models.CharField(_("source"), max_length=200, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        constraints = [
            starts_before_it_ends("network_term_starts_before_it_ends"),
            no_overlap("network_term_person_once", "post", "person"),
            no_overlap("network_term_one_holder", "post", condition=Q(exclusive=True)),
            models.CheckConstraint(
                name="network_term_acting_not_exclusive",
                condition=~Q(is_acting=True, exclusive=True),
            ),
        ]
        indexes = [
            models.Index(fields=["valid_to"], name="term_end", condition=Q(valid_to__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.person_id}"
