"""What this room adds to lower rooms: names behind scopes, its part of a user's own data."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from buendnisnetz.accounts import scopes
from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.core import slots
from buendnisnetz.network import presenters
from buendnisnetz.network.domain import own_holdings, own_ties
from buendnisnetz.network.domain.queries.handovers import for_dashboard
from buendnisnetz.network.domain.queries.people import export_person
from buendnisnetz.network.domain.queries.tenure import ending_terms, narrowed_terms
from buendnisnetz.network.enums import HandoverStatus
from buendnisnetz.network.models import Alliance, Organisation, Person
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui.jinja import GLOBALS

_MOST_CHOICES = 2000


def _choices(rows: QuerySet[Any]) -> list[tuple[int, str]]:
    return list(rows.order_by("sort_key", "pk").values_list("pk", "name")[:_MOST_CHOICES])


def _names(rows: QuerySet[Any], numbers: Iterable[int]) -> dict[int, str]:
    return dict(rows.filter(pk__in=list(numbers)).values_list("pk", "name"))


def _districts() -> list[tuple[int, str]]:
    return _choices(Territory.objects.districts().as_of(timezone.localdate()))


def _alliances() -> list[tuple[int, str]]:
    return _choices(Alliance.objects.all())


def _organisations() -> list[tuple[int, str]]:
    return _choices(Organisation.objects.as_of(timezone.localdate()))


scopes.register(
    ScopeKind.DISTRICT,
    choices=_districts,
    names=lambda numbers: _names(Territory.objects.all(), numbers),
)
scopes.register(
    ScopeKind.ALLIANCE,
    choices=_alliances,
    names=lambda numbers: _names(Alliance.objects.all(), numbers),
)
scopes.register(
    ScopeKind.ORGANISATION,
    choices=_organisations,
    names=lambda numbers: _names(Organisation.objects.all(), numbers),
)


@slots.register("accounts.export")
def own_person(user: Any) -> str:
    """What the network knows about the person behind an account."""
    person = Person.objects.filter(user=user).first()
    if person is None:
        return ""
    return json.dumps(export_person(person=person), cls=DjangoJSONEncoder, ensure_ascii=False)


@slots.register("web.dashboard", order=20)
def handovers_to_do(user: Any) -> str:
    """What the user took over, what waits to be handed over, and for keepers what ends soon."""
    rows = for_dashboard(user)
    ending = 0
    if access_of(user).sees_whole_state:
        soon = ending_terms(user, timezone.localdate(), 3)
        ending = narrowed_terms(soon, {"handover": "none"}).count()
    if not rows and not ending:
        return ""
    context = {
        "taken": [row for row in rows if row.status == HandoverStatus.DONE],
        "prepared": [row for row in rows if row.status == HandoverStatus.OPEN],
        "ending": ending,
    }
    return render_to_string("network/dashboard_card.html", context, using="jinja2")


GLOBALS["period"] = presenters.period
GLOBALS["contribution_words"] = presenters.contribution_words
own_holdings.register_own()
own_ties.register_own()
