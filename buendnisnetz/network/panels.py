"""What this room adds to lower rooms: names behind scopes, its part of a user's own data."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts import scopes
from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core import slots
from buendnisnetz.core.counts import counting
from buendnisnetz.core.questions import Compiled, Question, one_of
from buendnisnetz.core.together import together
from buendnisnetz.network import presenters
from buendnisnetz.network.domain import own_holdings, own_ties
from buendnisnetz.network.domain.queries import choices
from buendnisnetz.network.domain.queries.handovers import for_dashboard
from buendnisnetz.network.domain.queries.people import export_person
from buendnisnetz.network.domain.queries.tenure import ending_terms, narrowed_terms
from buendnisnetz.network.enums import HandoverStatus
from buendnisnetz.network.forms.choosing import LONGEST_LIST, RowField
from buendnisnetz.network.models import Alliance, Organisation, Person
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui.jinja import GLOBALS


def _names(model: type[Model]) -> Callable[[Iterable[int]], dict[int, str]]:
    def names(numbers: Iterable[int]) -> dict[int, str]:
        rows = _NAMES.rows(model, shape=model, numbers=list(numbers))
        return {row["pk"]: row["name"] for row in rows}

    return names


_NAMES = Question(
    lambda model: model._default_manager.filter(one_of("pk", "numbers")).values("pk", "name")
)


# Each kind of scope with the kind of choice, and what the field is called.
_SCOPES = {
    ScopeKind.DISTRICT: ("kreise", _("District")),
    ScopeKind.ALLIANCE: ("buendnisse", _("Alliance")),
    ScopeKind.ORGANISATION: ("organisationen", _("Organisation")),
}


def _rows(user: Any, kind: str) -> QuerySet[Any]:
    return choices.KINDS[kind].rows(user, timezone.localdate())


# As many of each as tell that there are too many for a list.
_SOME = Visible(
    lambda user: together(
        **{
            kind: _rows(user, kind).order_by().values("pk")[: LONGEST_LIST + 1]
            for kind, _label in _SCOPES.values()
        }
    )
)


def _fields(user: Any) -> dict[ScopeKind, RowField]:
    some = _SOME.one_to(user)
    return {
        scope: _field(user, kind, label, some[kind]) for scope, (kind, label) in _SCOPES.items()
    }


def _field(user: Any, kind: str, label: Any, some: list[Any]) -> RowField:
    made = RowField(kind, label=label, required=False)
    # Of too many nobody wants to see any before something was typed.
    rows: Any = SimpleLazyObject(lambda: _rows(user, kind).order_by("sort_key", "pk"))
    made.offer(rows, part=some)
    return made


scopes.register(
    _fields,
    {
        ScopeKind.DISTRICT: _names(Territory),
        ScopeKind.ALLIANCE: _names(Alliance),
        ScopeKind.ORGANISATION: _names(Organisation),
    },
)


@slots.register("accounts.export")
def own_person(user: Any) -> str:
    """What the network knows about the person behind an account."""
    person = Person.objects.filter(user=user).select_related("user").first()
    if person is None:
        return ""
    return json.dumps(export_person(person=person), cls=DjangoJSONEncoder, ensure_ascii=False)


def _ending(user: Any) -> Compiled | None:
    soon = ending_terms(user, timezone.localdate(), 3)
    return counting(ending=narrowed_terms(soon, {"handover": "none"}))


_ENDING = Visible(_ending)


@slots.register("web.dashboard", order=20)
def handovers_to_do(user: Any) -> str:
    """What the user took over, what waits to be handed over, and for keepers what ends soon."""
    rows = for_dashboard(user)
    ending = 0
    if access_of(user).sees_whole_state:
        ending = (_ENDING.one_to(user) or {"ending": 0})["ending"]
    if not rows and not ending:
        return ""
    context = {
        "taken": [row for row in rows if row["status"] == HandoverStatus.DONE],
        "prepared": [row for row in rows if row["status"] == HandoverStatus.OPEN],
        "ending": ending,
    }
    return render_to_string("network/dashboard_card.html", context, using="jinja2")


GLOBALS["period"] = presenters.period
GLOBALS["contribution_words"] = presenters.contribution_words
own_holdings.register_own()
own_ties.register_own()
