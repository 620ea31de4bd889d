"""Figures for the public start page."""

from dataclasses import dataclass
from datetime import date

from buendnisnetz.network.enums import AllianceStatus
from buendnisnetz.network.models import Alliance, AllianceStatusPeriod, Membership
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory


@dataclass(frozen=True)
class Figures:
    """Counts as of a day."""

    active: int
    alliances: int
    members: int
    municipalities: int


def public_figures(day: date) -> Figures:
    """What the public may know; four counts."""
    public = Alliance.objects.filter(is_public=True)
    periods = AllianceStatusPeriod.objects.as_of(day).filter(alliance__in=public)
    return Figures(
        active=periods.filter(status=AllianceStatus.ACTIVE).count(),
        alliances=periods.exclude(status=AllianceStatus.DISSOLVED).count(),
        members=Membership.objects.as_of(day)
        .filter(alliance__in=public)
        .values("organisation")
        .distinct()
        .count(),
        municipalities=Territory.objects.as_of(day)
        .municipalities()
        .filter(level=Level.MUNICIPALITY)
        .count(),
    )
