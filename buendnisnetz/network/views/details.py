"""What all detail pages have in common: the day, the tabs, the history."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from buendnisnetz.audit.history import history_of
from buendnisnetz.core.words import per_language
from buendnisnetz.network import rules
from buendnisnetz.network.forms.fields import DayField
from buendnisnetz.network.models import Alliance, Organisation, Person, Post, WorkingGroup
from buendnisnetz.network.views.editing import asked_day
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import today
from buendnisnetz.ui.jinja import url

Subject = Alliance | Organisation | Person | Post | WorkingGroup


class DayForm(forms.Form):
    """Asks a page for another day."""

    am = DayField(label="", required=False)

    def __init__(self, label: str, day: date) -> None:
        super().__init__({"am": day.isoformat()}, auto_id="filter_%s")
        self.fields["am"].label = label
        self.is_valid()


def _day_field(label: str, day: date) -> str:
    """The field of that form. Kept for today alone: anybody can ask for any other day."""
    return _field_of_today(label, day) if day == today() else _field(label, day)


def _field(label: str, day: date) -> str:
    return viewkit.field(DayForm(label, day), "am")


_field_of_today = per_language(_field)


def noun_of(subject: Subject) -> str:
    """The word for a kind of page in the names of addresses."""
    nouns: dict[type, str] = {
        Alliance: "alliance", Organisation: "organisation", Person: "person", Post: "post",
        WorkingGroup: "group",
    }  # fmt: skip
    return nouns[type(subject)]


def address(subject: Subject, page: str = "detail") -> str:
    key = subject.slug if isinstance(subject, Alliance) else subject.public_id
    return url(f"network:{noun_of(subject)}_{page}", key)


def crumbs(subject: Subject) -> list[tuple[str, str]]:
    """The way to a page below a subject."""
    titles = {
        "alliance": _("Alliances"), "organisation": _("Organisations"), "person": _("People"),
        "post": _("Contacts and posts"), "group": _("Working groups"),
    }  # fmt: skip
    noun = noun_of(subject)
    return [(titles[noun], url(f"network:{noun}_list")), (str(subject), address(subject))]


def tabs(request: HttpRequest, subject: Subject, current: str) -> list[tuple[str, str, bool]]:
    """The page itself and, for those who work here, its history."""
    if not rules.can_see_history(request.user):
        return []
    return [
        (_("Overview"), address(subject), current == "detail"),
        (_("History"), address(subject, "history"), current == "history"),
    ]


def page(
    request: HttpRequest, subject: Subject, context: dict[str, Any], day_label: str = ""
) -> HttpResponse:
    """Render ``network/<noun>_detail.html`` with what every detail page needs."""
    day = asked_day(request)
    shared = {
        "title": str(subject),
        "subject": subject,
        "day": day,
        "day_field": _day_field(day_label or _("As of"), day),
        "tabs": tabs(request, subject, "detail"),
        "crumbs": [*crumbs(subject)[:-1], (str(subject), "")],
    }
    return viewkit.render(request, f"network/{noun_of(subject)}_detail.html", {**shared, **context})


def history_page(
    request: HttpRequest, subject: Subject, parts: Sequence[Model] = ()
) -> HttpResponse:
    """Who changed what when, on a subject and its parts. Not for the public."""
    if not rules.can_see_history(request.user):
        raise Http404
    context = {
        "title": str(subject),
        "tabs": tabs(request, subject, "history"),
        "history": history_of(subject, *parts),
        "crumbs": [*crumbs(subject), (_("History"), "")],
    }
    return viewkit.render(request, "network/history.html", context)


def download(text: str, kind: str, name: str) -> HttpResponse:
    """A file made on the spot."""
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
