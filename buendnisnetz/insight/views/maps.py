"""The map of places: drawn by the server, made movable by script, and always beside its table."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from buendnisnetz.accounts.gate import EVERY_ROLE, open_to
from buendnisnetz.insight.domain.queries import maps
from buendnisnetz.insight.domain.queries.requirements import states
from buendnisnetz.insight.enums import MapQuestion
from buendnisnetz.insight.forms.maps import MapForm
from buendnisnetz.insight.presenters import maps as presenters
from buendnisnetz.insight.presenters.places import place_tabs
from buendnisnetz.insight.views.pages import Asked, asked
from buendnisnetz.territories.domain.queries.territories import districts_on
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import query, url


@dataclass(frozen=True)
class _Wish:
    """What a map is to show."""

    state: Territory
    district: Territory | None
    question: MapQuestion
    on: Asked
    form: MapForm


def _wish(request: HttpRequest) -> _Wish:
    """What is asked for; 404 where there is no such state or district on the day."""
    on, known = asked(request), states()
    wanted, district = request.GET.get("land", ""), request.GET.get("kreis", "")
    key = wanted or district[:2]
    state = next((row for row in known if not key or row.ags == key), None)
    if state is None:
        raise Http404
    inside = list(districts_on(on.day, state=state.ags).order_by("sort_key", "ags"))
    chosen = next((row for row in inside if row.ags == district), None)
    if district and chosen is None:
        raise Http404
    question = MapQuestion.ALLIANCE
    if request.GET.get("frage") in MapQuestion.values:
        question = MapQuestion(request.GET["frage"])
    form = MapForm(
        {"land": state.ags, "kreis": district, "frage": question, "stand": on.day.isoformat()},
        states=[(row.ags, row.name) for row in known],
        districts=[(row.ags, row.name) for row in inside],
    )
    return _Wish(state, chosen, question, on, form)


def _map(wish: _Wish) -> maps.CoverageMap:
    if wish.district is not None:
        return maps.map_of_district(wish.district, wish.on.day, wish.question)
    return maps.map_of_state(wish.state, wish.on.day, wish.question)


def _links(wish: _Wish) -> presenters.Links:
    """Where a spot leads: a district to its municipalities, a municipality to its page."""
    if wish.district is not None:
        return lambda spot: url("territories:territory_detail", spot.public_id) + wish.on.carried
    own = {"frage": wish.question.value, "stand": wish.on.day.isoformat()}
    return lambda spot: url("insight:map_page") + query(own, kreis=spot.ags)


@open_to(*EVERY_ROLE)
def map_page(request: HttpRequest) -> HttpResponse:
    """The map with its legend, and the same as a table."""
    wish = _wish(request)
    found = _map(wish)
    place = wish.district or wish.state
    shown = {
        "kreis": wish.district.ags if wish.district else "",
        "land": wish.state.ags,
        "frage": wish.question.value,
        "stand": wish.on.day.isoformat(),
    }
    context: dict[str, Any] = {
        "title": _("Map of places"),
        "place": place.name,
        "wish": wish,
        "on": wish.on,
        "drawing": presenters.drawing(found, wish.question),
        "legend": presenters.legend(found, wish.question),
        "rows": presenters.rows(found, wish.question, _links(wish)),
        "found": found,
        "shapes_url": url("insight:map_file") + query(shown),
        "tiles": settings.TILES_URL,
        "tiles_attribution": settings.TILES_ATTRIBUTION,
        "up": url("insight:map_page") + query({**shown, "kreis": ""}) if wish.district else "",
        "tabs": place_tabs("map", wish.on.carried),
        "crumbs": [(_("Places"), url("insight:place_list")), (_("Map"), "")],
    }
    return viewkit.render(request, "insight/map_page.html", context)


@open_to(*EVERY_ROLE)
def map_file(request: HttpRequest) -> HttpResponse:
    """The outlines and answers of a map as GeoJSON, for the script that makes it movable."""
    wish = _wish(request)
    data = presenters.collection(_map(wish), wish.question, _links(wish))
    return JsonResponse(data, headers={"Cache-Control": "private, no-cache"})
