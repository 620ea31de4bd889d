"""Where a row went that turned out to be another one's double."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.models.organisation import Organisation
from buendnisnetz.network.models.person import Person


class MovedAddress(models.Model):
    """An address that leads to another row since two rows became one.

    ``old_key`` is the number that the row had, under which its history stands.
    """

    public_id = models.CharField(max_length=12, unique=True)
    old_key = models.BigIntegerField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="moved_here"
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="moved_here"
    )

    class Meta:
        verbose_name = _("earlier address")
        constraints = [
            models.CheckConstraint(
                name="network_movedaddress_one_target",
                condition=Q(organisation__isnull=False, person=None)
                | Q(organisation=None, person__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.public_id
