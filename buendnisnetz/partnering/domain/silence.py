"""Prospects in which nothing happens: after how many days, and which ones."""

from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    JSONField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least, Left

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.network.domain.saving import saved
from buendnisnetz.network.models import AllianceTerritory
from buendnisnetz.partnering.enums import ENDED
from buendnisnetz.partnering.models import Prospect, SilenceSetting
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory

DEFAULT_DAYS = 60


def with_silence(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Adds ``is_silent``: no step for as many days as the prospect's federal state allows."""
    # {state: days}, read once for all rows.
    all_days = Func("state__ags", "days", function="jsonb_object_agg", output_field=JSONField())
    settings = Subquery(SilenceSetting.objects.order_by().annotate(all=all_days).values("all"))
    own = Func(
        settings,
        F("state_key"),
        template="(%(expressions)s)::int",
        arg_joiner=" ->> ",
        output_field=IntegerField(),
    )
    found: QuerySet[Any] = rows.alias(
        state_key=_state_key(),
        silent_from=_later(Coalesce(own, DEFAULT_DAYS)),
        # The last step's day: from the one on nobody is silent, before the other everybody is.
        never_from=_before(today, Least(_all_states(Min("days")), DEFAULT_DAYS)),
        surely_before=_before(today, Greatest(_all_states(Max("days")), DEFAULT_DAYS)),
    ).annotate(
        is_silent=Case(
            When(stage__in=sorted(ENDED), then=Value(False)),
            # Most are silent, or not, in every state; only the others are asked for theirs.
            When(last_step_on__gte=F("never_from"), then=Value(False)),
            When(last_step_on__lt=F("surely_before"), then=Value(True)),
            When(silent_from__lt=today, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
    )
    return found


def _later(days: Any) -> Any:
    return ExpressionWrapper(F("last_step_on") + days, output_field=DateField())


def _before(today: date, days: Any) -> Func:
    return Func(
        Value(today, output_field=DateField()),
        days,
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=DateField(),
    )


def _all_states(days: Any) -> Subquery:
    """Over all settings, read once; PostgreSQL leaves it out where there is none."""
    rows = SilenceSetting.objects.order_by().annotate(one=Value(1)).values("one")
    return Subquery(rows.annotate(days_of_all=days).values("days_of_all"))


def counts_of_silent(rows: QuerySet[Any], today: date) -> dict[str, QuerySet[Any]]:
    """Those of rows that have not ended which are silent, in two parts, for counting: most are
    silent in every state, and are found by an index alone."""
    found = with_silence(rows, today)
    surely = Q(last_step_on__lt=F("surely_before"))
    return {
        "everywhere": found.filter(surely),
        "there": found.filter(~surely, last_step_on__lt=F("never_from"), is_silent=True),
    }


def silent_prospects(today: date) -> QuerySet[Prospect]:
    """Silent ones that nobody was reminded of since their last step."""
    rows: QuerySet[Any] = with_silence(Prospect.objects.all(), today)
    return rows.filter(is_silent=True, silence_reminded_on=None).order_by("pk")


def set_days(*, state: Territory, days: int, actor: Any) -> SilenceSetting:
    """Say after how many days a prospect is flagged in a federal state. Raises RuleBrokenError."""
    if state.level != Level.STATE:
        raise ValueError("only a federal state has this setting")
    with recorded(actor=actor, action="partnering.silencesetting.changed"):
        row = SilenceSetting.objects.select_for_update().filter(state=state).first()
        row = row or SilenceSetting(state=state)
        row.days = days
        return saved(row)


def _state_key() -> Coalesce:
    """The key of the federal state: the alliance's, else that of the prospect's own place."""
    links = AllianceTerritory.objects.filter(alliance=OuterRef("alliance"), valid_to=None)
    of_alliance = Subquery(
        links.order_by("pk").annotate(state=Left("territory__ags", 2)).values("state")[:1]
    )
    # Read for the few that are asked for theirs; a join would read it for all.
    own = Territory.objects.filter(pk=OuterRef("territory")).values(state=Left("ags", 2))
    return Coalesce(of_alliance, Subquery(own), Value(""))
