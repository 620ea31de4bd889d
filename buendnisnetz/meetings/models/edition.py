"""Editions of minutes: what was consulted, approved, published, corrected, and who got which paper."""

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.links import OneUseLink
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.core.search import SearchField, SearchKeyField, SearchQuerySet, search_indexes
from buendnisnetz.files.models import StoredFile
from buendnisnetz.meetings.enums import (
    WRITABLE,
    ApprovalMode,
    ApprovedHow,
    EditionStatus,
    PaperForm,
    RequestStatus,
)
from buendnisnetz.meetings.models.meeting import Meeting
from buendnisnetz.meetings.models.minutes import MinutesEntry
from buendnisnetz.meetings.models.preparation import OfBodyQuerySet
from buendnisnetz.network.models import Alliance, Person, Post
from buendnisnetz.notifications.models import Message
from buendnisnetz.territories.models import Territory

_FROZEN = (EditionStatus.APPROVED, EditionStatus.PUBLISHED, EditionStatus.REPLACED)
# Content, checksums and the fact of approval never change again; the paper may be added, once.
_KEEP = """
IF current_setting('buendnisnetz.erasing', true) = 'on' THEN
    -- A person's name has to go (GDPR Art. 17); the checksum of what was approved stays as it was.
    RETURN NEW;
END IF;
IF OLD.status IN ('APPROVED', 'PUBLISHED', 'REPLACED') AND (
    NEW.status IN ('DRAFT', 'CONSULTATION')
    OR (OLD.content <> '{}'::jsonb AND NEW.content IS DISTINCT FROM OLD.content)
    OR NEW.text IS DISTINCT FROM OLD.text
    OR NEW.text_sha256 IS DISTINCT FROM OLD.text_sha256
    OR NEW.number IS DISTINCT FROM OLD.number
    OR NEW.approved_on IS DISTINCT FROM OLD.approved_on
    OR (OLD.paper_id IS NOT NULL AND NEW.paper_id IS DISTINCT FROM OLD.paper_id)
) THEN
    RAISE EXCEPTION 'approved minutes are frozen' USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NEW;
"""


class EditionQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """For whoever reads the contents of the meeting; others read the public copy."""
        return self.filter(meeting__in=Meeting.objects.inside_for(user).order_by().values("pk"))


@tracked(exclude=("content", "text"))
class Edition(PublicId, Versioned):
    """One edition of a meeting's minutes, from draft to frozen (S10).

    ``content`` is what was approved as plain data, ``text`` the same as a person reads it, and
    ``text_sha256`` the checksum of the text. Both stay as they are from the approval on; a
    correction is an edition of its own, with a reason. ``paper`` is the PDF as it was printed then.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(_("number"))
    status = models.CharField(
        _("state"), max_length=14, choices=EditionStatus.choices, default=EditionStatus.DRAFT
    )
    reason = models.CharField(_("why it was corrected"), max_length=300, blank=True)
    content = models.JSONField(default=dict, editable=False)
    text = models.TextField(editable=False, blank=True)
    text_sha256 = models.CharField(_("checksum of the text"), max_length=64, blank=True)
    paper = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="editions"
    )
    consulted_until = models.DateField(_("in consultation until"), null=True, blank=True)
    approver = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="editions_to_approve",
        verbose_name=_("who approves"),
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)
    approved_how = models.CharField(
        _("how it was approved"), max_length=10, choices=ApprovedHow.choices, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    created_at = models.DateTimeField(editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of minutes")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_edition_number"),
            *(
                models.UniqueConstraint(
                    fields=["meeting"],
                    condition=Q(status__in=states),
                    name=f"meetings_edition_one_{name}",
                )
                for name, states in (
                    ("open", sorted(WRITABLE)),
                    ("approved", [EditionStatus.APPROVED]),
                    ("public", [EditionStatus.PUBLISHED]),
                )
            ),
            models.CheckConstraint(
                name="meetings_edition_approved_on_a_day",
                condition=~Q(status__in=sorted(_FROZEN))
                | (Q(approved_on__isnull=False) & ~Q(text_sha256="") & ~Q(approved_how="")),
            ),
            models.CheckConstraint(
                name="meetings_edition_published_at_a_time",
                condition=~Q(status=EditionStatus.PUBLISHED) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meetings_edition_corrected_with_reason",
                condition=Q(number=1) | ~Q(reason=""),
                violation_error_message=_("Please say why the minutes are corrected."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen", operation=pgtrigger.Update, when=pgtrigger.Before, func=_KEEP
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.number}"

    @property
    def is_writable(self) -> bool:
        return self.status in WRITABLE


class PublicMinutesQuerySet(SearchQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Everybody reads the public copies."""
        return self

    def beyond(self, user: Any) -> Self:
        """Those of meetings whose contents the user does not read anyway."""
        access = access_of(user)
        if access.is_public:
            return self
        if access.sees_whole_state:
            return self.none()
        inside = Meeting.objects.inside_for(user).order_by().values("pk")
        return self.exclude(meeting__in=inside)


class PublicMinutes(models.Model):
    """What the public may read of published minutes, kept apart from everything else (S17).

    Without internal passages and without names of people who did not agree. ``people`` are the
    public ids of everyone whom the full edition knows, so that a change of consent finds its copies.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="public_minutes")
    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="public_copy")
    title = models.CharField(_("title"), max_length=250)
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    people = ArrayField(models.CharField(max_length=12), default=list)
    # The tagged PDF of exactly this content; empty until the job has printed it.
    paper = models.BinaryField(null=True)
    changed_at = models.DateTimeField()
    search_key = SearchKeyField(source="title")
    search_vector = SearchField()

    objects = PublicMinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("public copy of minutes")
        indexes = [
            *search_indexes("publicminutes"),
            GinIndex(fields=["people"], name="publicminutes_people"),
        ]

    def __str__(self) -> str:
        return self.title

    def search_terms(self) -> dict[str, list[str]]:
        content = self.content
        return {
            "A": [self.title, content["body"]],
            "B": [content["motto"], content["place"], *content["topics"]],
            "C": [row["title"] for row in content["agenda"]]
            + [row["text"] for row in content["entries"]],
        }


class Consultee(OneUseLink):
    """Somebody who was asked to look over a draft, with a link of their own until the last day."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="consultees")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail address"))
    sent_at = models.DateTimeField(_("sent at"))
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("asked to look over minutes")
        constraints = [
            models.UniqueConstraint(fields=["edition", "email"], name="meetings_consultee_once")
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class ChangeRequest(PublicId):
    """A wish to change a passage of a draft, and what became of it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="change_requests")
    entry = models.ForeignKey(
        MinutesEntry,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="change_requests",
    )
    passage = models.TextField(_("passage"), blank=True)
    words = models.TextField(_("what should change"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who answered by mail link is known by name, not by an account.
    proposed_words = models.CharField(_("asked by"), max_length=160, blank=True)
    proposed_at = models.DateTimeField(_("asked at"))
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=RequestStatus.choices,
        default=RequestStatus.OPEN,
    )
    answer = models.TextField(_("answer"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("wish to change")
        constraints = [
            models.CheckConstraint(
                name="meetings_changerequest_decided_at_a_time",
                condition=Q(status=RequestStatus.OPEN, decided_at=None)
                | (~Q(status=RequestStatus.OPEN) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="meetings_changerequest_declined_with_reason",
                condition=~Q(status=RequestStatus.DECLINED) | ~Q(answer=""),
                violation_error_message=_("Please say why it stays as it is."),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]


class ApprovalRequest(OneUseLink):
    """A mail to whoever approves, with a link that asks for a second factor or a sign-in."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="approval_requests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="approval_requests")
    email = models.EmailField(_("e-mail address"))
    sent_at = models.DateTimeField(_("sent at"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    approved = models.BooleanField(_("approved"), null=True, editable=False)
    words = models.TextField(_("words"), blank=True)

    class Meta:
        verbose_name = _("request for approval")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.email}"


class Distribution(PublicId):
    """Minutes were sent to those invited, in one step."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="distributions")
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(_("words in the mail"), blank=True)

    class Meta:
        verbose_name = _("distribution of minutes")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.sent_at:%Y-%m-%d}"


class Delivery(models.Model):
    """Who got the minutes in which form; the mail itself says whether it arrived."""

    distribution = models.ForeignKey(
        Distribution, on_delete=models.CASCADE, related_name="deliveries"
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    name = models.CharField(_("name"), max_length=160)
    form = models.CharField(_("form"), max_length=5, choices=PaperForm.choices)
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="delivery")

    class Meta:
        verbose_name = _("delivery of minutes")

    def __str__(self) -> str:
        return self.name


@tracked()
class PaperWish(models.Model):
    """In which form a post wants the minutes; PDF where nothing was said."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="paper_wish")
    form = models.CharField(_("form"), max_length=5, choices=PaperForm.choices)

    class Meta:
        verbose_name = _("wished form of minutes")

    def __str__(self) -> str:
        return f"{self.post_id}: {self.form}"


@tracked()
class WordTemplate(PublicId):
    """An office's own Word file that minutes are filled into; without an alliance, the state's."""

    name = models.CharField(_("name"), max_length=120)
    alliance = models.ForeignKey(
        Alliance, on_delete=models.PROTECT, null=True, blank=True, related_name="word_templates"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="word_templates")
    ended_on = models.DateField(_("used until"), null=True, blank=True)

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Word template")

    def __str__(self) -> str:
        return self.name


@tracked()
class MinutesRules(Versioned):
    """How a state wants its minutes approved, one row per state; the defaults hold without a row."""

    state = models.OneToOneField(Territory, on_delete=models.PROTECT, related_name="minutes_rules")
    approval_mode = models.CharField(
        _("approval by mail link"),
        max_length=14,
        choices=ApprovalMode.choices,
        default=ApprovalMode.SIGN_IN,
    )
    remind_after_days = models.PositiveSmallIntegerField(
        _("remind of a missing approval after days"), default=30
    )

    class Meta:
        verbose_name = _("rules for minutes")
        constraints = [
            models.CheckConstraint(
                name="meetings_minutesrules_days",
                condition=Q(remind_after_days__gte=1, remind_after_days__lte=365),
            )
        ]

    def __str__(self) -> str:
        return f"{self.state_id}"
