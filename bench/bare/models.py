"""The same rows as ours, as a plain model."""

from django.db import models


class Territory(models.Model):
    name = models.CharField(max_length=120)

    class Meta:
        managed = False
        db_table = "territories_territory"


class Organisation(models.Model):
    public_id = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    sort_key = models.CharField(max_length=400)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    territory = models.ForeignKey(Territory, models.DO_NOTHING, null=True)

    class Meta:
        managed = False
        db_table = "network_organisation"
