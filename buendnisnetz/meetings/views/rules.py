"""How a state wants its minutes approved."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.editions import rules as domain
from buendnisnetz.meetings.enums import ApprovalMode
from buendnisnetz.meetings.forms.editions import RulesForm
from buendnisnetz.meetings.rules import RULE_KEEPERS
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


def _state(request: HttpRequest) -> Territory:
    """The state asked for, else the first that has districts here."""
    rows = Territory.objects.filter(level=Level.STATE, children__level=Level.DISTRICT).distinct()
    wanted = request.GET.get("land", "")
    if wanted:
        rows = rows.filter(ags=wanted)
    found: Territory | None = rows.order_by("sort_key", "ags").first()
    if found is None:
        raise Http404
    return found


@open_to(*RULE_KEEPERS, methods=("GET", "POST"))
def rules_edit(request: HttpRequest) -> HttpResponse:
    state = _state(request)
    present = domain.rules_of(state)
    initial: dict[str, Any] = {
        "version": present.version,
        "mode": present.mode,
        "remind_after_days": present.remind_after_days,
    }
    form = RulesForm(request.POST or None, initial=initial)
    back = url("meetings:meeting_list")
    if request.method == "POST" and form.is_valid():
        try:
            domain.set_rules(
                state=state,
                mode=ApprovalMode(form.cleaned_data["mode"]),
                remind_after_days=form.cleaned_data["remind_after_days"],
                version=form.cleaned_data["version"] or 0,
                actor=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    context = {
        "title": _("Rules for minutes"),
        "lead": state.name,
        "form": form,
        "cancel": back,
        "crumbs": [(_("Meetings"), back), (_("Rules for minutes"), "")],
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)
