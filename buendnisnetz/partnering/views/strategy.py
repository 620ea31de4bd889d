"""The coordination office's private strategy board (S110)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import KEEPERS, open_to
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.partnering.domain import strategy as domain
from buendnisnetz.partnering.domain.posts import office_post
from buendnisnetz.partnering.domain.queries import strategy as queries
from buendnisnetz.partnering.enums import AimStatus
from buendnisnetz.partnering.forms import strategy as forms
from buendnisnetz.partnering.models import (
    Stakeholder,
    StrategyAim,
    StrategyMessage,
)
from buendnisnetz.partnering.views.editing import now
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import act, form_page, today
from buendnisnetz.ui.jinja import url

_LIST = "partnering:strategy_list"
_AIM = Addressed(StrategyAim)


def _aim(request: HttpRequest, public_id: str) -> StrategyAim:
    return _AIM.found(request, public_id)


def _address(aim: StrategyAim) -> str:
    return url("partnering:strategy_detail", aim.public_id)


def _crumbs(aim: StrategyAim | None = None) -> list[tuple[str, str]]:
    own = [(aim.title, _address(aim))] if aim else []
    return [(_("Strategy"), url(_LIST)), *own]


def _stakeholders() -> Any:
    """Bodies that an aim can be about: those of the coordination office itself."""
    rows = Stakeholder.objects.filter(alliance=None).select_related("organisation")
    return rows.order_by("organisation__sort_key", "pk")


@open_to(*KEEPERS)
def strategy_list(request: HttpRequest) -> HttpResponse:
    """All aims in columns by state; what is overdue stands out."""
    aims = queries.aims_for(request.user)
    columns = [(state, [aim for aim in aims if aim.status == state]) for state in AimStatus]
    context = {
        "title": _("Strategy"),
        "columns": columns,
        "targets": queries.names_of_targets(aims),
        "calendar": queries.calendar_of(aims),
        "today": today(),
        "is_keeper": True,
        "crumbs": [(_("Strategy"), "")],
    }
    return viewkit.render(request, "partnering/strategy_list.html", context)


@open_to(*KEEPERS)
def strategy_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One aim: with whom, what to say, what to do."""
    aim = _aim(request, public_id)
    context = {
        "title": aim.title,
        "aim": aim,
        "targets": queries.targets_of(aim),
        "messages": queries.messages_of(aim),
        "measures": queries.measures_of(aim),
        "crumbs": [*_crumbs(), (aim.title, "")],
    }
    return viewkit.render(request, "partnering/strategy_detail.html", context)


@open_to(*KEEPERS, methods=("GET", "POST"))
def strategy_create(request: HttpRequest) -> HttpResponse:
    form = forms.AimForm(request.POST or None, stakeholders=_stakeholders())

    def save(values: dict[str, Any]) -> str:
        return _address(domain.create_aim(actor=request.user, **values))

    return form_page(
        request, form, save=save, title=_("New aim"), cancel=url(_LIST), crumbs=_crumbs()
    )


@open_to(*KEEPERS, methods=("GET", "POST"))
def strategy_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    aim = _aim(request, public_id)
    names = ("title", "words", "due_on", "status", "result", "version")
    initial = {name: getattr(aim, name) for name in names}
    initial["targets"] = list(aim.targets.values_list("pk", flat=True))
    form = forms.EditAimForm(request.POST or None, stakeholders=_stakeholders(), initial=initial)

    def save(values: dict[str, Any]) -> str:
        version = values.pop("version") or 0
        status = AimStatus(values.pop("status"))
        domain.edit_aim(aim=aim, version=version, status=status, actor=request.user, **values)
        return _address(aim)

    return form_page(
        request, form, save=save, title=_("Edit aim"), cancel=_address(aim), crumbs=_crumbs(aim)
    )


@open_to(*KEEPERS, methods=("GET", "POST"))
def message_create(request: HttpRequest, public_id: str) -> HttpResponse:
    aim = _aim(request, public_id)
    form = forms.MessageForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        domain.add_message(aim=aim, actor=request.user, **values)
        return _address(aim)

    return form_page(
        request, form, save=save, title=_("New message"), lead=aim.title, cancel=_address(aim),
        crumbs=_crumbs(aim),
    )  # fmt: skip


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def message_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    visible = StrategyAim.objects.visible_to(request.user).order_by().values("pk")
    rows = StrategyMessage.objects.filter(aim__in=visible).select_related("aim")
    message: StrategyMessage = get_object_or_404(rows, public_id=public_id)
    return act(
        request, _address(message.aim),
        lambda: domain.remove_message(message=message, actor=request.user),
    )  # fmt: skip


@open_to(*KEEPERS, methods=("GET", "POST"))
def measure_create(request: HttpRequest, public_id: str) -> HttpResponse:
    aim = _aim(request, public_id)
    form = forms.MeasureForm(request.POST or None, initial={"holder": office_post(today())})

    def save(values: dict[str, Any]) -> str:
        domain.add_measure(aim=aim, actor=request.user, now=now(), **values)
        return _address(aim)

    return form_page(
        request, form, save=save, title=_("New measure"), lead=aim.title, cancel=_address(aim),
        crumbs=_crumbs(aim),
        hint=_("It becomes a task that says only where it belongs; whoever does it reads the words here."),
    )  # fmt: skip
