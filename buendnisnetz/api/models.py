"""What is published, as it leaves the house."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.api.enums import PublicationKind


class PublicationQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """Everybody reads what is published; what is left of removed objects is their address."""
        return self

    def present(self) -> Self:
        return self.filter(deleted_at=None)

    def within(self, scope: str) -> Self:
        """Of a state, an alliance or a working group, by the id in its address."""
        return self.filter(Q(body=scope) | Q(organizations__contains=[scope]))


class Publication(models.Model):
    """One object of the open interface, ready to be sent.

    ``data`` begins links with the mark of ``objects.SITE`` in place of our address, so that they
    hold under whatever name the site is asked. ``source`` names what the object was made from: what
    a source no longer yields is removed. ``people`` are those whose names ``data`` may show; whoever
    reads asks again whether all of them agree today.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=PublicationKind.choices)
    public_id = models.CharField(max_length=40)
    body = models.CharField(max_length=12)
    organizations = ArrayField(models.CharField(max_length=40), default=list)
    source = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    people = ArrayField(models.CharField(max_length=12), default=list)
    digest = models.CharField(max_length=64)
    created = models.DateTimeField()
    modified = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("published object")
        constraints = [
            models.UniqueConstraint(fields=["kind", "public_id"], name="api_publication_once"),
            models.CheckConstraint(
                name="api_publication_changed_after_made",
                condition=Q(modified__gte=F("created")),
            ),
            # What left the public view leaves nothing behind that somebody could still read.
            models.CheckConstraint(
                name="api_publication_removed_is_empty",
                condition=Q(deleted_at=None) | Q(data={}, people=[]),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "modified", "id"], name="api_publication_order"),
            models.Index(fields=["kind", "body", "modified", "id"], name="api_publication_body"),
            models.Index(fields=["modified"], name="api_publication_newest"),
            models.Index(fields=["source"], name="api_publication_source"),
            GinIndex(fields=["organizations"], name="api_publication_of"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.public_id}"
