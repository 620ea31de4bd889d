"""Examples for this room's addresses."""

from typing import Any

from django.utils import timezone

from buendnisnetz.core.examples import register
from buendnisnetz.insight.domain.questionnaire import questions_of
from buendnisnetz.insight.enums import CheckStatus
from buendnisnetz.insight.models import (
    AllianceTopic,
    NoContactMark,
    Requirement,
    SelfCheck,
    SponsorTalk,
)
from buendnisnetz.network.enums import AllianceStatus
from buendnisnetz.network.models import Alliance, AllianceStatusPeriod
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory


def _alliance() -> dict[str, Any] | None:
    """The first alliance that exists today: the demonstration's coordinator has it too."""
    alive = AllianceStatusPeriod.objects.as_of(timezone.localdate()).exclude(
        status=AllianceStatus.DISSOLVED
    )
    slug = (
        Alliance.objects.filter(pk__in=alive.values("alliance"))
        .order_by("pk")
        .values_list("slug", flat=True)
        .first()
    )
    return {"slug": slug} if slug else None


def _of_alliance(**more: str) -> dict[str, Any] | None:
    found = _alliance()
    return {**found, **more} if found else None


def _row(model: Any, **conditions: Any) -> dict[str, Any] | None:
    found = model.objects.filter(**conditions).order_by("pk").values_list("public_id", flat=True)
    public_id = found.first()
    return {"public_id": public_id} if public_id else None


def _district() -> dict[str, Any] | None:
    rows = Territory.objects.districts().as_of(timezone.localdate()).order_by("-ags")
    ags = rows.filter(ags="16063").values_list("ags", flat=True).first()
    ags = ags or rows.values_list("ags", flat=True).first()
    return {"ags": ags} if ags else None


def _place() -> dict[str, Any] | None:
    rows = Territory.objects.municipalities().as_of(timezone.localdate())
    found = (
        rows.filter(level=Level.MUNICIPALITY).order_by("ags").values_list("public_id", flat=True)
    )
    public_id = found.first()
    return {"public_id": public_id} if public_id else None


def _check(status: CheckStatus = CheckStatus.DONE, **more: str) -> dict[str, Any] | None:
    rows = SelfCheck.objects.filter(status=status).select_related("alliance").order_by("pk")
    row = rows.first()
    return {"slug": row.alliance.slug, "public_id": row.public_id, **more} if row else None


register("insight:gap_detail", _alliance)
register("insight:talk_create", _alliance)
register("insight:topic_create", _alliance)
register("insight:own_create", _alliance)
register("insight:own_overview", _alliance)
register("insight:own_edit", lambda: _of_alliance(key="company"))
register("insight:district_detail", _district)
register("insight:rule_edit", lambda: {"key": "company"})
register("insight:rule_end", lambda: _row(Requirement, valid_to=None))
register("insight:rule_reopen", lambda: _row(Requirement))
register("insight:talk_remove", lambda: _row(SponsorTalk))
register("insight:topic_", lambda: _row(AllianceTopic))
register("insight:topic_create", _alliance)
register("insight:mark_create", _place)
register("insight:mark_end", lambda: _row(NoContactMark, valid_to=None))
register("insight:mark_reopen", lambda: _row(NoContactMark))
register("insight:check_", _check)
register("insight:check_overview", _alliance)
register("insight:check_begin", _alliance)
register("insight:check_compare", _alliance)
register("insight:check_plan", lambda: _check(question=next(iter(questions_of(1)))))
