"""Inviting people, and what the invited ones see."""

from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.domain import invitations as domain
from buendnisnetz.accounts.domain.queries import users as queries
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.forms.users import AcceptForm, InvitationForm
from buendnisnetz.accounts.gate import KEEPERS, open_to
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


@open_to(*KEEPERS, methods=("GET", "POST"))
def invitation_list(request: HttpRequest) -> HttpResponse:
    """Open invitations, and the form for a new one."""
    form = InvitationForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            domain.invite(
                email=form.cleaned_data["email"],
                display_name=form.cleaned_data["display_name"],
                role=Role(form.cleaned_data["role"]),
                scope_id=form.cleaned_data["scope_id"],
                site=request.build_absolute_uri("/"),
                actor=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
            )
        except domain.AddressTakenError as error:
            form.add_error("email", str(error))
        else:
            return redirect("accounts:invitation_list")
    now = timezone.now()
    context = {
        "title": _("Invitations"),
        "form": form,
        "invitations": [(row, row.is_open(now)) for row in queries.last_invitations(request.user)],
        "crumbs": [(_("Users and roles"), url("accounts:user_list")), (_("Invitations"), "")],
    }
    return viewkit.render(
        request, "accounts/invitation_list.html", context, status=422 if form.errors else 200
    )


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def invitation_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    invitation = get_object_or_404(
        queries.invitations_visible_to(request.user), public_id=public_id
    )
    domain.withdraw(invitation=invitation, actor=request.user, now=timezone.now())
    return redirect("accounts:invitation_list")


@never_cache
@sensitive_post_parameters()
@open_to(public=True, methods=("GET", "POST"))
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail: choose a password, then be signed in."""
    now = timezone.now()
    try:
        invitation = domain.open_invitation(token=token, now=now)
    except domain.InvitationClosedError as error:
        closed = {"title": _("Invitation"), "text": str(error)}
        return viewkit.render(request, "ui/error.html", closed, status=410)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = domain.accept(token=token, password=form.cleaned_data["password"], now=now)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            login(request, user, backend="buendnisnetz.accounts.backends.SignInBackend")
            return redirect("/")
    context = {"title": _("Welcome to Bündnisnetz"), "form": form, "invitation": invitation}
    return viewkit.render(
        request, "accounts/invitation_accept.html", context, status=422 if form.errors else 200
    )
