"""What of the network is to be shown: years, day, kinds of tie, side, district."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.insight.domain.graph.wishes import MONTHS_AS_OF, Period, Projection, Wish
from buendnisnetz.insight.forms.fields import DayField
from buendnisnetz.network.domain import ties
from buendnisnetz.network.domain.queries.organisations import districts
from buendnisnetz.network.enums import Sector
from buendnisnetz.ui.listing import FilterForm

# The first local alliances for families were founded in 2004.
FIRST_YEAR = 2004


def _choice(label: Any, *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required)


class GraphFilter(FilterForm):
    """Of a list: a search box and the questions of all pages about the network."""

    von = _choice(_("From year"))
    bis = _choice(_("To year"))
    art = _choice(_("Kind of tie"))
    bild = _choice(_("Tied is"))
    seite = _choice(pgettext_lazy("sector", "Side"))
    kreis = _choice(pgettext_lazy("short", "District"))
    stand = DayField(label=_("As of"), required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        fields: Any = self.fields
        years = [(str(year), str(year)) for year in range(day.year, FIRST_YEAR - 1, -1)]
        fields["von"].choices = [("", str(day.year - 1)), *years]
        fields["bis"].choices = [("", str(day.year)), *years]
        fields["art"].choices = [("", _("every kind")), *ties.kinds().items()]
        fields["bild"].choices = [
            ("", Projection.TOGETHER.label),
            (Projection.BODIES.value, Projection.BODIES.label),
        ]
        fields["seite"].choices = [("", _("all")), *Sector.choices]
        fields["kreis"].choices = [("", _("the whole state")), *districts(day)]


class NodeFilter(GraphFilter):
    nur = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("everybody")),
            ("verbunden", _("those with ties")),
            ("ohne", _("those without ties")),
            ("buendnisse", _("alliances")),
        ],
    )


class GraphForm(GraphFilter):
    """The same questions without a search box."""

    q = None  # type: ignore[assignment]  # Django's way to leave out a field of the parent


class WayForm(GraphForm):
    """Who connects us with whom."""

    a = forms.CharField(label=pgettext_lazy("network", "From"), required=False, max_length=200)
    b = forms.CharField(label=pgettext_lazy("network", "To"), required=False, max_length=200)
    field_order = ("a", "b")


def wish_of(values: dict[str, Any], day: date) -> Wish:
    """What was asked for; without years the last two, with a day the network as it stood on it."""
    return Wish(
        period=_period(values, day),
        kinds=(values["art"],) if values.get("art") else (),
        projection=Projection(values.get("bild") or Projection.TOGETHER),
        sector=values.get("seite") or "",
        territory=values.get("kreis") or "",
    )


def _period(values: dict[str, Any], day: date) -> Period:
    on = values.get("stand")
    if on:
        return Period(_months_before(on, MONTHS_AS_OF), on, on)
    first, last = sorted(
        (int(values.get("von") or day.year - 1), int(values.get("bis") or day.year))
    )
    return Period(date(first, 1, 1), min(date(last, 12, 31), max(day, date(first, 1, 1))))


def _months_before(day: date, months: int) -> date:
    """The day after the same day so many months earlier; months are full years here."""
    years = months // 12
    return date(day.year - years, day.month, 1) + timedelta(days=day.day)
