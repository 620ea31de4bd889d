"""The user's own account."""

import json
from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.accounts import scopes
from buendnisnetz.accounts.domain import profile as domain
from buendnisnetz.accounts.forms.users import ProfileForm
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.accounts.models import User
from buendnisnetz.ui import viewkit


def current_roles(user: User, today: date) -> list[tuple[str, str]]:
    """Pairs of a role's label and its scope's name."""
    rows = list(user.assignments.as_of(today).order_by("role"))
    found = scopes.names((row.scope_kind, row.scope_id) for row in rows)
    return [(row.get_role_display(), found[(row.scope_kind, row.scope_id)]) for row in rows]


@open_to(signed_in=True, methods=("GET", "POST"))
def profile(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    form = ProfileForm(request.POST or None, initial={"display_name": user.display_name})
    if request.method == "POST" and form.is_valid():
        domain.rename(user=user, display_name=form.cleaned_data["display_name"], actor=user)
        return redirect("accounts:profile")
    context = {
        "title": _("My account"),
        "form": form,
        "email": user.email,
        "roles": current_roles(user, timezone.localdate()),
        "crumbs": [(_("My account"), "")],
    }
    return viewkit.render(
        request, "accounts/profile.html", context, status=422 if form.errors else 200
    )


@open_to(signed_in=True)
def own_data(request: HttpRequest) -> HttpResponse:
    data = domain.export_own_data(user=request.user)  # type: ignore[arg-type]
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meine-daten.json"'
    return response
