"""The public page for firms: who is there, what they gain, and one form to show interest (S19, S29)."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core import ratelimit
from buendnisnetz.core.errors import DomainError
from buendnisnetz.partnering.domain import hand_overs, interests, postcodes
from buendnisnetz.partnering.domain.places import find_places
from buendnisnetz.partnering.domain.queries.benefits import published_for
from buendnisnetz.partnering.domain.queries.contacts import (
    advice_at,
    alliances_at,
    chambers_at,
    groups_at,
)
from buendnisnetz.partnering.enums import Audience, Topic
from buendnisnetz.partnering.forms.join import HandOverAnswerForm, InterestForm, PlaceForm
from buendnisnetz.partnering.views.editing import now
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import today
from buendnisnetz.ui.jinja import url

_BENEFITS = 4
_FORMS_AN_HOUR = 6


@open_to(public=True)
def join(request: HttpRequest) -> HttpResponse:
    """Enter place and branch; see alliance, both chambers, working groups and what others gain."""
    asked = "ort" in request.GET
    form = PlaceForm(request.GET if asked else None)
    places = find_places(form.cleaned_data["ort"], today()) if form.is_valid() else []
    branch = request.GET.get("branche", "")
    context: dict[str, Any] = {
        "title": _("Take part as a firm"),
        "form": form,
        "places": places if len(places) > 1 else [],
        "nothing": form.is_valid() and not places,
        "here": _here(places[0]) if len(places) == 1 else None,
        "benefits": published_for(Audience.COMPANY, _BENEFITS),
        "branch": branch if branch in dict(PlaceForm.base_fields["branche"].choices) else "",  # type: ignore[attr-defined]
        "attribution": postcodes.ATTRIBUTION,
        "crumbs": [(_("Take part as a firm"), "")],
    }
    return viewkit.render(request, "partnering/join.html", context)


def _here(place: Territory) -> dict[str, Any]:
    """Everything that a firm finds at a place."""
    alliances = alliances_at(place, today())
    numbers = [row.pk for row in alliances]
    return {
        "place": place,
        "alliances": alliances,
        "chambers": chambers_at(place, today()),
        "advice": advice_at(place.parent_id, today()),
        "groups": groups_at(numbers, Topic.FAMILY_AND_WORK, today()),
    }


@open_to(public=True, methods=("GET", "POST"))
def interest_create(request: HttpRequest) -> HttpResponse:
    """The form; without script, limited in how often, and with a trap for programs."""
    started = {
        "place": request.GET.get("ort", "")[:80],
        "wz_section": request.GET.get("branche", "")[:1],
    }
    form = InterestForm(request.POST or None, today=today(), initial=started)
    if request.method == "POST" and form.is_valid():
        if form.is_trapped():
            return redirect("partnering:interest_sent")
        address = request.META.get("REMOTE_ADDR", "")
        try:
            ratelimit.count(
                f"partnering.interest:{address}", limit=_FORMS_AN_HOUR,
                period=timedelta(hours=1), now=now(),
            )  # fmt: skip
            interests.record_interest(values=form.values(), now=now())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("partnering:interest_sent")
    title = _("Show interest")
    context = {
        "title": title,
        "form": form,
        "crumbs": [(_("Take part as a firm"), url("partnering:join")), (title, "")],
    }
    status = 422 if form.errors else 200
    return viewkit.render(request, "partnering/interest.html", context, status=status)


@open_to(public=True)
def interest_sent(request: HttpRequest) -> HttpResponse:
    text = _("We have sent you a mail that confirms it. You get an answer within a week.")
    return viewkit.render(request, "ui/error.html", {"title": _("Thank you"), "text": text})


@never_cache
@open_to(public=True, methods=("GET", "POST"))
def interest_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the confirmation mail: asks once, then everything about the contact is gone."""
    try:
        link = interests.interest_behind(token=token, now=now())
        if request.method == "POST":
            interests.withdraw_interest(token=token, now=now())
            done = {
                "title": _("Taken back"),
                "text": _("Your contact and your message are deleted."),
            }
            return viewkit.render(request, "ui/error.html", done)
    except DomainError as error:
        return _closed(request, _("Take interest back"), error)
    context = {
        "title": _("Take interest back"),
        "text": _("Do you want to take the interest of “%(firm)s” back? Contact and message are deleted at once.")
        % {"firm": link.interest.prospect.name},
        "submit": _("Take it back"),
        "cancel": url("partnering:join"),
    }  # fmt: skip
    return viewkit.render(request, "ui/confirm.html", context)


@never_cache
@open_to(public=True, methods=("GET", "POST"))
def hand_over_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The link of whom a firm was handed on to: whether they take it on."""
    title = _("A firm would like to hear from you")
    try:
        handed = hand_overs.hand_over_behind(token=token, now=now())
        form = HandOverAnswerForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            accepted = form.cleaned_data["accepted"] == "yes"
            hand_overs.answer_by_link(
                token=token, accepted=accepted, words=form.cleaned_data["words"], now=now()
            )
            done = {"title": _("Thank you"), "text": _("Your answer is noted.")}
            return viewkit.render(request, "ui/error.html", done)
    except DomainError as error:
        return _closed(request, title, error)
    context = {"title": title, "handed": handed, "form": form}
    status = 422 if form.errors else 200
    return viewkit.render(request, "partnering/hand_over_answer.html", context, status=status)


def _closed(request: HttpRequest, title: str, error: DomainError) -> HttpResponse:
    context = {"title": title, "text": str(error)}
    return viewkit.render(request, "ui/error.html", context, status=410)
