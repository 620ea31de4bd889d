"""The same rows as ours, as plain models: what somebody would write on the first day."""

from django.db import models

KINDS = [
    ("ALLIANCE", "Bündnis"), ("COMPANY", "Unternehmen"), ("ASSOCIATION", "Verein"), ("CHAMBER", "Kammer"),
    ("MUNICIPALITY", "Gemeinde"), ("DISTRICT", "Landkreis"), ("MINISTRY", "Ministerium"), ("OTHER", "Sonstige"),
]  # fmt: skip
SECTORS = [("ADMINISTRATION", "Verwaltung"), ("ECONOMY", "Wirtschaft"), ("SOCIAL", "Soziales")]


class Territory(models.Model):
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.DO_NOTHING, null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "territories_territory"


class Organisation(models.Model):
    public_id = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=30, choices=KINDS)
    sector = models.CharField(max_length=20, choices=SECTORS)
    street = models.CharField(max_length=120)
    postcode = models.CharField(max_length=5)
    city = models.CharField(max_length=80)
    email = models.EmailField()
    phone = models.CharField(max_length=40)
    website = models.URLField()
    note = models.TextField()
    sort_key = models.CharField(max_length=400)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    territory = models.ForeignKey(Territory, models.DO_NOTHING, null=True)

    class Meta:
        managed = False
        db_table = "network_organisation"
