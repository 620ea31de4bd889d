"""Examples for this room's addresses."""

from typing import Any

from buendnisnetz.core.examples import register
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Chamber, Territory


def _territory() -> dict[str, Any] | None:
    found = Territory.objects.filter(level=Level.DISTRICT).order_by("ags").first()
    return {"public_id": found.public_id} if found else None


def _chamber() -> dict[str, Any] | None:
    found = Chamber.objects.order_by("name").first()
    return {"public_id": found.public_id} if found else None


register("territories:territory_detail", _territory)
register("territories:chamber_detail", _chamber)
