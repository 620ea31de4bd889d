"""Municipalities about which somebody said that there is nobody to turn to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import (
    PublicId,
    Validity,
    ValidityQuerySet,
    no_overlap,
    starts_before_it_ends,
)
from buendnisnetz.territories.models import Territory


@tracked()
class NoContactMark(PublicId, Validity):
    """There is no contact in this municipality: who said so, and since which day it is known (S76).

    Better than an empty field: nobody has to ask again. It ends when a contact is found.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="no_contact_marks"
    )
    said_by = models.CharField(
        _("who said so"), max_length=200, help_text=_("The office or function, not a private name.")
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark “no contact”")
        constraints = [
            starts_before_it_ends("insight_nocontactmark_starts_before_it_ends"),
            no_overlap("insight_nocontactmark_one_at_a_time", "territory"),
            models.CheckConstraint(
                name="insight_nocontactmark_with_source",
                condition=~Q(said_by="") & Q(valid_from__isnull=False),
                violation_error_message=_("Please say who said so, and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id}: {self.valid_from}"
