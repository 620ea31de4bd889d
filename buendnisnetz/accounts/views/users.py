"""Users and their roles, for the coordination office and the administrator."""

from collections.abc import Hashable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts import scopes
from buendnisnetz.accounts.domain import assignments as domain
from buendnisnetz.accounts.domain.queries import users as queries
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.forms.users import RoleForm, UserFilter
from buendnisnetz.accounts.gate import KEEPERS, open_to
from buendnisnetz.accounts.models import Assignment, User
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.audit.history import history_of
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column, ListPage


@open_to(*KEEPERS)
class UserListView(ListPage):
    template = "accounts/user_list.html"
    title = gettext_lazy("Users and roles")
    export_name = "benutzer"
    filter_class = UserFilter
    default_sort = "name"
    columns = (
        Column("name", gettext_lazy("Name"), ("display_name",)),
        Column("email", gettext_lazy("E-mail address"), ("email",)),
        Column("roles", gettext_lazy("Roles")),
        Column("last_login", gettext_lazy("Last sign-in"), ("last_login",)),
        Column("state", gettext_lazy("State"), ("is_active",)),
    )
    fields = ("pk", "public_id", "display_name", "email", "last_login", "is_active")

    def queryset(self) -> QuerySet[Any]:
        return queries.users_visible_to(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed(rows, values, today=timezone.localdate())

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return queries.named_like(rows, typed)

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        roles = queries.role_labels(
            [record["pk"] for record in records], today=timezone.localdate()
        )
        return [{**record, "roles": roles.get(record["pk"], "")} for record in records]

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        active = record["is_active"]
        return [
            Cell(record["display_name"], url("accounts:user_detail", record["public_id"])),
            Cell(record["email"]),
            Cell(record["roles"] or "–"),
            Cell(format_date(record["last_login"], _("never"))),
            Cell(_("active") if active else _("closed"), tone="success" if active else "warning"),
        ]


@open_to(*KEEPERS, methods=("GET", "POST"))
def user_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A user with roles and history; the form gives another role."""
    user = viewkit.or_404(queries.user_at(public_id, request.user))
    form = RoleForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            domain.assign_role(
                user=user,
                role=Role(form.cleaned_data["role"]),
                scope_id=form.cleaned_data["scope_id"],
                actor=request.user,  # type: ignore[arg-type]
                today=timezone.localdate(),
            )
        except domain.RoleHeldError as error:
            form.add_error(None, str(error))
        else:
            return redirect("accounts:user_detail", public_id)
    return viewkit.render(
        request,
        "accounts/user_detail.html",
        _detail(user, form),
        status=422 if form.errors else 200,
    )


def _detail(user: User, form: RoleForm) -> dict[str, Any]:
    today = timezone.localdate()
    rows = queries.assignments_of(user)
    found = scopes.names((row.scope_kind, row.scope_id) for row in rows)
    return {
        "title": user.display_name,
        "subject": user,
        "form": form,
        "assignments": [
            (row, found[(row.scope_kind, row.scope_id)], row.holds_on(today)) for row in rows
        ],
        "history": history_of(user, *rows),
        "crumbs": [(_("Users and roles"), url("accounts:user_list")), (user.display_name, "")],
    }


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def role_end(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    user = viewkit.or_404(queries.user_at(public_id, request.user))
    assignment = get_object_or_404(Assignment, pk=pk, user=user)
    domain.end_role(assignment=assignment, actor=request.user, today=timezone.localdate())  # type: ignore[arg-type]
    return redirect("accounts:user_detail", public_id)


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def user_close(request: HttpRequest, public_id: str) -> HttpResponse:
    user = viewkit.or_404(queries.user_at(public_id, request.user))
    domain.close_account(user=user, actor=request.user, today=timezone.localdate())  # type: ignore[arg-type]
    return redirect("accounts:user_detail", public_id)


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def user_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    user = viewkit.or_404(queries.user_at(public_id, request.user))
    domain.reopen_account(user=user, actor=request.user)  # type: ignore[arg-type]
    return redirect("accounts:user_detail", public_id)
