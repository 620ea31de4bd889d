"""A working group's page and its forms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import EVERY_ROLE, open_to, require
from buendnisnetz.network import presenters, rules
from buendnisnetz.network.domain import working_groups as domain
from buendnisnetz.network.domain.queries import holders
from buendnisnetz.network.domain.queries import working_groups as queries
from buendnisnetz.network.domain.removal import remove_if_unused
from buendnisnetz.network.forms import working_groups as forms
from buendnisnetz.network.forms.posts import EndForm
from buendnisnetz.network.models import Alliance, WorkingGroup
from buendnisnetz.network.views import details, loading
from buendnisnetz.network.views.editing import asked_day
from buendnisnetz.ui.editing import act, data_of, form_page, today
from buendnisnetz.ui.jinja import url


@open_to(public=True)
def group_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Mandate, members, posts and results of a working group."""
    group = loading.group(request, public_id)
    day = asked_day(request)
    context: dict[str, Any] = {
        "period_text": presenters.period(group.valid_from, group.valid_to),
        "members": [(row, row.holds_on(day)) for row in queries.members_of(group, request.user)],
        "posts": holders.posts_for(group, day, request.user),
        "can_edit": rules.can_edit_group(request.user, group),
    }
    return details.page(request, group, context)


@open_to(*EVERY_ROLE)
def group_history(request: HttpRequest, public_id: str) -> HttpResponse:
    group = loading.group(request, public_id)
    return details.history_page(request, group, queries.parts_of(group))


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def group_create(request: HttpRequest) -> HttpResponse:
    """A group of an alliance, or of the whole state for keepers."""
    start = Alliance.objects.visible_to(request.user).filter(slug=request.GET.get("buendnis", ""))
    form = forms.NewGroupForm(
        data_of(request), user=request.user, today=today(), initial={"alliance": start.first()}
    )

    def save(values: dict[str, Any]) -> str:
        alliance = values["alliance"]
        require(
            rules.can_edit_alliance(request.user, alliance)
            if alliance
            else rules.is_keeper(request.user)
        )
        return details.address(domain.create_group(actor=request.user, **form.facts()))

    return form_page(
        request, form, save=save, title=_("Add a working group"), cancel=url("network:group_list"),
        crumbs=[(_("Working groups"), url("network:group_list"))],
    )  # fmt: skip


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def group_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    group = loading.group(request, public_id, to_edit=True)
    form = forms.GroupForm(data_of(request), instance=group)

    def save(values: dict[str, Any]) -> str:
        domain.edit_group(
            group=group, version=values["version"] or 0, actor=request.user, **form.facts()
        )
        return details.address(group)

    return _form(request, group, form, save, _("Edit working group"))


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def group_end(request: HttpRequest, public_id: str) -> HttpResponse:
    group = loading.group(request, public_id, to_edit=True)
    form = forms.EndGroupForm(data_of(request), initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_group(group=group, actor=request.user, **values)
        return details.address(group)

    return _form(request, group, form, save, _("End working group"))


@open_to(*rules.ALLIANCE_EDITORS, methods=("POST",))
@require_POST
def group_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    group = loading.group(request, public_id, to_edit=True)
    return act(
        request,
        details.address(group),
        lambda: domain.reopen_group(group=group, actor=request.user),
    )


@open_to(*rules.ALLIANCE_EDITORS, methods=("POST",))
@require_POST
def group_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo of adding, only while nothing refers to the group."""
    group = loading.group(request, public_id, to_edit=True)
    remove_if_unused(row=group, actor=request.user)
    return redirect("network:group_list")


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def group_member_add(request: HttpRequest, public_id: str) -> HttpResponse:
    group = loading.group(request, public_id, to_edit=True)
    form = forms.GroupMemberForm(data_of(request), initial={"since": today()})

    def save(values: dict[str, Any]) -> str:
        domain.add_group_member(group=group, actor=request.user, **values)
        return details.address(group)

    return _form(request, group, form, save, _("Add a member"))


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def group_member_end(request: HttpRequest, public_id: str) -> HttpResponse:
    member = loading.group_member(request, public_id)
    form = EndForm(data_of(request), initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_group_member(member=member, last_day=values["last_day"], actor=request.user)
        return details.address(member.working_group)

    title = _("End membership in the group")
    return _form(request, member.working_group, form, save, title, member.organisation.name)


@open_to(*rules.ALLIANCE_EDITORS, methods=("POST",))
@require_POST
def group_member_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    member = loading.group_member(request, public_id)
    return act(
        request, details.address(member.working_group),
        lambda: domain.reopen_group_member(member=member, actor=request.user),
    )  # fmt: skip


def _form(
    request: HttpRequest, group: WorkingGroup, form: Any, save: Any, title: str, lead: str = ""
) -> HttpResponse:
    return form_page(
        request, form, save=save, title=title, lead=lead or group.name,
        cancel=details.address(group), crumbs=details.crumbs(group),
    )  # fmt: skip
