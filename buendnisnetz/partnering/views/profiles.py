"""What members want to hear of, and invitation lists made of it (S102)."""

from collections.abc import Hashable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.accounts.gate import open_to, require
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.core.words import words_of
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Organisation, WorkingGroup
from buendnisnetz.partnering import rules
from buendnisnetz.partnering.domain.queries import invitations as queries
from buendnisnetz.partnering.domain.queries.resources import can_lend
from buendnisnetz.partnering.domain.resources import save_profile
from buendnisnetz.partnering.enums import Topic
from buendnisnetz.partnering.forms.exchange import InvitationListFilter, ProfileForm
from buendnisnetz.partnering.views.editing import alliance_choices
from buendnisnetz.ui.editing import form_page, today
from buendnisnetz.ui.jinja import url
from buendnisnetz.ui.listing import Cell, Column, ListPage


@open_to(*rules.WINNERS)
class InvitationListView(ListPage):
    """Whom to invite on a topic; each line says why."""

    template = "partnering/invitation_list.html"
    title = gettext_lazy("Invitation list")
    export_name = "einladungsliste"
    filter_class = InvitationListFilter
    default_sort = "name"
    counted_far = True
    reckoned = True
    columns = (
        Column("name", gettext_lazy("Organisation"), ("organisation__sort_key",)),
        Column("kind", gettext_lazy("Kind"), ("organisation__kind",)),
        Column("post", gettext_lazy("Through")),
        Column("email", gettext_lazy("E-mail address")),
        Column("why", gettext_lazy("Why on this list")),
        Column(
            "place", gettext_lazy("Where"), ("organisation__territory__sort_key",), export_only=True
        ),
    )
    fields = (
        "organisation", "organisation__name", "organisation__public_id", "organisation__kind",
        "organisation__email", "place", "topics", "changed_on",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return queries.with_places(queries.profiles_for(self.request.user))

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def filter_kwargs(self) -> dict[str, Any]:
        group = self.request.GET.get("group", "")[:12]
        return {"today": today(), "group": group, **alliance_choices(self.request)}

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed(rows, values, today())

    def counted(self, values: dict[str, Any]) -> QuerySet[Any]:
        rows = queries.profiles_for(self.request.user)
        return queries.narrowed(rows, values, today(), to_count=True)

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        bodies = Organisation.objects.all().matching(typed).order_by().values("pk")
        return rows.filter(organisation__in=bodies)

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        topic = self.request.GET.get("topic", "")
        reasons = queries.reasons_of(records, topic if topic in Topic.values else "", today())
        posts = queries.addresses_of((row["organisation"] for row in records), today())
        return [
            {**row, "why": reasons[row["organisation"]], "post": posts.get(row["organisation"])}
            for row in records
        ]

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        post = record["post"]
        return [
            Cell(
                record["organisation__name"],
                url("network:organisation_detail", record["organisation__public_id"]),
            ),
            Cell(words_of(OrganisationKind)[record["organisation__kind"]]),
            Cell(post["title"] if post else "–"),
            Cell(post["email"] if post else record["organisation__email"] or "–"),
            Cell(" ".join(record["why"])),
            Cell(record["place"] or ""),
        ]

    def context(self) -> dict[str, Any]:
        return {"is_keeper": rules.is_keeper(self.request.user)}


_BODY = Addressed(Organisation)


@open_to(*rules.LENDERS, methods=("GET", "POST"))
def profile_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """What an organisation wants to hear of: said by itself, or by whoever coordinates its alliance."""
    body = _BODY.found(request, public_id)
    require(can_lend(request.user, body.pk))
    groups = queries.groups_to_choose(body, request.user, today())
    form = ProfileForm(
        request.POST or None,
        groups=[(group.pk, group.name) for group in groups],
        initial={
            "topics": queries.topics_wanted(body),
            "groups": [group.pk for group in groups if group.is_wanted],
        },
    )
    target = url("network:organisation_detail", public_id)

    def save(values: dict[str, Any]) -> str:
        topics = [Topic(value) for value in values["topics"]]
        groups = WorkingGroup.objects.filter(pk__in=values.get("groups", ()))
        save_profile(
            organisation=body, topics=topics, groups=list(groups), actor=request.user, today=today()
        )
        return target

    return form_page(
        request, form, save=save, title=_("What we want to hear of"), lead=body.name, cancel=target,
        crumbs=[(_("Organisations"), url("network:organisation_list")), (body.name, target)],
        hint=_("Invitations on these topics and of these groups come to you, and each says why."),
    )  # fmt: skip
