"""Users, what they may do, and invitations."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import (
    PublicId,
    Validity,
    ValidityQuerySet,
    no_overlap,
    starts_before_it_ends,
)


class UserManager(BaseUserManager["User"]):
    """Creates users for Django's own tools; people come by invitation."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@tracked(exclude=("password", "last_login"))
class User(PublicId, AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. Who the person is in the network, the network room knows.

    Personal data: name and address for signing in and for mail; ``retention`` says when it goes.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("member since"), null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    retention = "buendnisnetz.accounts.domain.retention.end_unused_accounts"

    class Meta:
        verbose_name = _("user")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email


@tracked()
class Assignment(Validity):
    """A role that a user holds for a scope, from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    scope_kind = models.CharField(_("scope"), max_length=20, choices=ScopeKind.choices)
    # Points into a room above, which this one does not know; STATE has none.
    scope_id = models.PositiveBigIntegerField(_("scope number"), null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        constraints = [
            models.CheckConstraint(
                name="accounts_assignment_scope_named",
                condition=Q(scope_kind=ScopeKind.STATE, scope_id__isnull=True)
                | (~Q(scope_kind=ScopeKind.STATE) & Q(scope_id__isnull=False)),
                violation_error_message=_("Please say for which district, alliance or organisation."),
            ),
            starts_before_it_ends("accounts_assignment_starts_before_it_ends"),
            no_overlap(
                "accounts_assignment_once", "user", "role", "scope_kind",
                condition=Q(scope_kind=ScopeKind.STATE),
            ),
            no_overlap(
                "accounts_assignment_once_in_scope", "user", "role", "scope_kind", "scope_id",
                condition=~Q(scope_kind=ScopeKind.STATE),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["scope_kind", "scope_id"], name="accounts_assignment_scope")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"


@tracked(exclude=("token_hash",))
class Invitation(PublicId):
    """An account offered by mail; the link in the mail proves the address. Used once, for 14 days.

    Only a hash of the link's secret is kept, so that nobody who reads the database can use it.
    """

    email = models.EmailField(_("e-mail address"))
    display_name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    scope_kind = models.CharField(_("scope"), max_length=20, choices=ScopeKind.choices)
    scope_id = models.PositiveBigIntegerField(_("scope number"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations_sent")
    invited_at = models.DateTimeField(_("invited at"), editable=False)
    expires_at = models.DateTimeField(_("valid until"), editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

    retention = "buendnisnetz.accounts.domain.retention.forget_old_invitations"

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.CheckConstraint(
                name="accounts_invitation_accepted_by_somebody",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display_name} <{self.email}>"

    def is_open(self, now: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at
