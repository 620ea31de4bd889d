"""Examples for this room's addresses."""

from typing import Any

from django.db.models import Count, QuerySet

from buendnisnetz.core.examples import Finder, register
from buendnisnetz.network.models import Alliance, Organisation, WorkingGroup
from buendnisnetz.partnering.models import (
    Benefit,
    Booking,
    ContactPoint,
    Exchange,
    HandOver,
    Introduction,
    Notice,
    PracticeCard,
    Prospect,
    Resource,
    ResourceWish,
    Stakeholder,
    StakeholderInvitation,
    StrategyAim,
    StrategyMessage,
)
from buendnisnetz.territories.domain.queries.chambers import chambers_of
from buendnisnetz.territories.models import Territory


def _first(rows: QuerySet[Any], key: str = "public_id", name: str = "") -> Finder:
    def find() -> dict[str, Any] | None:
        value = rows.all().order_by("pk").values_list(key, flat=True).first()
        return {name or key: value} if value else None

    return find


def _told() -> dict[str, Any] | None:
    row = Notice.objects.filter(sent_at=None, told_on=None).select_related("prospect").first()
    return {"public_id": row.prospect.public_id} if row else None


def _booking() -> dict[str, Any] | None:
    wish = ResourceWish.objects.filter(closed_on=None).order_by("pk").first()
    resource = Resource.objects.filter(valid_to=None).order_by("pk").first()
    if wish is None or resource is None:
        return None
    return {"public_id": wish.public_id, "resource_id": resource.public_id}


def _group() -> dict[str, Any] | None:
    """A working group whose topic another one has too."""
    rows = WorkingGroup.objects.filter(valid_to=None)
    topics = rows.values("topic").annotate(number=Count("pk")).filter(number__gt=1).values("topic")
    shared = rows.filter(topic__in=topics.order_by()).exclude(alliance=None)
    return (_first(shared) if shared.exists() else _first(rows))()


def _first_contact() -> dict[str, Any] | None:
    alliance = Alliance.objects.filter(is_public=True).order_by("pk").first()
    link = alliance.territory_links.select_related("territory").first() if alliance else None
    if alliance is None or link is None or link.valid_from is None:
        return None
    chambers = list(chambers_of(link.territory.ags, link.valid_from).values())
    return {"slug": alliance.slug, "public_id": chambers[0].chamber.public_id} if chambers else None


_stale = {"token": "abgelaufen"}
for _name in ("interest_withdraw", "hand_over_answer", "introduction_answer"):
    register(f"partnering:{_name}", lambda: _stale)
register("partnering:prospect_", _first(Prospect.objects.filter(stage="TALK")))
register(
    "partnering:prospect_join",
    _first(Prospect.objects.filter(stage="TALK").exclude(organisation=None)),
)
register("partnering:prospect_from_directory", _first(Organisation.objects.filter(is_public=True)))
register("partnering:notice_told", _told)
register("partnering:hand_over_decide", _first(HandOver.objects.all()))
register("partnering:silence_setting", _first(Territory.objects.filter(level="STATE"), "ags"))
register("partnering:benefit_", _first(Benefit.objects.filter(is_published=True)))
register("partnering:benefit_sheet_file", _first(Alliance.objects.filter(is_public=True), "slug"))
register("partnering:practice_", _first(PracticeCard.objects.filter(is_published=True)))
register("partnering:stakeholder_", _first(Stakeholder.objects.all()))
register("partnering:invitation_create", _first(Stakeholder.objects.all()))
register("partnering:invitation_answer", _first(StakeholderInvitation.objects.all()))
register("partnering:strategy_", _first(StrategyAim.objects.all()))
register("partnering:message_create", _first(StrategyAim.objects.all()))
register("partnering:measure_create", _first(StrategyAim.objects.all()))
register("partnering:message_remove", _first(StrategyMessage.objects.all()))
register("partnering:introduction_", _first(Introduction.objects.all()))
register("partnering:letter_edit", lambda: {"kind": "INTRODUCTION"})
register("partnering:contact_point_", _first(ContactPoint.objects.all()))
register("partnering:first_contact_create", _first_contact)
register("partnering:exchange_", _first(Exchange.objects.all()))
register("partnering:exchange_suggestions", _group)
register("partnering:exchange_arrange", _group)
register("partnering:resource_", _first(Resource.objects.all()))
register("partnering:booking_cancel", _first(Booking.objects.all()))
register("partnering:booking_create", _booking)
register("partnering:wish_", _first(ResourceWish.objects.all()))
register("partnering:profile_edit", _first(Organisation.objects.filter(is_public=True)))
