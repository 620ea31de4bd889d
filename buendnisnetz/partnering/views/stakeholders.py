"""Stakeholders: marks, what was said, invitations, answers, and whether they came (S82, S90, S111)."""

from collections.abc import Hashable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to, require
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.network.models import Organisation
from buendnisnetz.partnering import presenters, rules
from buendnisnetz.partnering.domain import stakeholders as domain
from buendnisnetz.partnering.domain.prospect_work import add_note
from buendnisnetz.partnering.domain.queries import stakeholders as queries
from buendnisnetz.partnering.domain.queries.prospects import alliances_for
from buendnisnetz.partnering.enums import ContactKind, InvitationAnswer, Mark
from buendnisnetz.partnering.forms import strategy as forms
from buendnisnetz.partnering.forms.prospects import NoteForm
from buendnisnetz.partnering.models import Stakeholder, StakeholderInvitation
from buendnisnetz.partnering.views.editing import alliance_choices, choosable_meetings, now
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import act, form_page, today
from buendnisnetz.ui.jinja import url
from buendnisnetz.ui.listing import Cell, Column, ListPage
from buendnisnetz.ui.untouched import Untouched, untouched

_STAKEHOLDER = Addressed(Stakeholder, "organisation", "alliance", "holder")
_LIST = "partnering:stakeholder_list"


@open_to(*rules.WINNERS)
class StakeholderListView(ListPage):
    template = "partnering/stakeholder_list.html"
    title = gettext_lazy("Stakeholders")
    export_name = "stakeholder"
    filter_class = forms.StakeholderFilter
    default_sort = "-influence"
    columns = (
        Column("name", gettext_lazy("Body"), ("organisation__sort_key",)),
        Column("influence", gettext_lazy("Influence"), ("influence", "interest")),
        Column("interest", gettext_lazy("Interest"), ("interest", "influence")),
        Column("invited", gettext_lazy("Invited"), ("invited",), numeric=True),
        Column("accepted", gettext_lazy("Accepted"), ("accepted",), numeric=True),
        Column("silent", gettext_lazy("No answer"), ("silent",), numeric=True),
        Column("missing", gettext_lazy("Invited but not present"), ("missing",), numeric=True),
        Column("position", gettext_lazy("Where it stands"), export_only=True),
        Column("declined", gettext_lazy("Declined"), export_only=True),
    )
    fields = (
        "public_id", "organisation__name", "alliance__name", "influence", "interest", "invited",
        "accepted", "declined", "silent", "missing", "position",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return Stakeholder.objects.visible_to(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def filter_kwargs(self) -> dict[str, Any]:
        return alliance_choices(self.request)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed(rows, values, today())

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        bodies = Organisation.objects.all().matching(typed).order_by().values("pk")
        return rows.filter(organisation__in=bodies)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(
                record["organisation__name"],
                url("partnering:stakeholder_detail", record["public_id"]),
                note=record["alliance__name"] or "",
            ),
            Cell(str(Mark(record["influence"]).label)),
            Cell(str(Mark(record["interest"]).label)),
            *(Cell(str(record[name])) for name in ("invited", "accepted", "silent", "missing")),
            Cell(record["position"]),
            Cell(str(record["declined"])),
        ]

    def context(self) -> dict[str, Any]:
        return {
            "is_keeper": rules.is_keeper(self.request.user),
            "matrix": presenters.mark_matrix(queries.by_marks(self.request.user)),
        }


def _workable(request: HttpRequest, public_id: str) -> Stakeholder:
    return _STAKEHOLDER.found(request, public_id)


def _address(stakeholder: Stakeholder) -> str:
    return url("partnering:stakeholder_detail", stakeholder.public_id)


def _crumbs(stakeholder: Stakeholder | None = None) -> list[tuple[str, str]]:
    own = [(stakeholder.organisation.name, _address(stakeholder))] if stakeholder else []
    return [(_("Stakeholders"), url(_LIST)), *own]


@open_to(*rules.WINNERS)
def stakeholder_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, _workable(request, public_id), untouched(NoteForm, met_on=today()))


def _page(
    request: HttpRequest, stakeholder: Stakeholder, note_form: NoteForm | Untouched
) -> HttpResponse:
    context = {
        "title": stakeholder.organisation.name,
        "stakeholder": stakeholder,
        "invitations": queries.invitations_of(stakeholder),
        "notes": queries.notes_of(stakeholder),
        "aims": queries.aims_about(stakeholder) if rules.is_keeper(request.user) else [],
        "note_form": note_form,
        "tones": presenters.ANSWER_TONES,
        "crumbs": [*_crumbs(), (stakeholder.organisation.name, "")],
    }
    status = 422 if note_form.errors else 200
    return viewkit.render(request, "partnering/stakeholder_detail.html", context, status=status)


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def stakeholder_create(request: HttpRequest) -> HttpResponse:
    form = forms.NewStakeholderForm(
        request.POST or None, user=request.user, alliances=alliances_for(request.user)
    )

    def save(values: dict[str, Any]) -> str:
        values.pop("version", None)
        require(rules.can_work_for(request.user, values["alliance"]))
        return _address(domain.add_stakeholder(actor=request.user, **values))

    return form_page(
        request, form, save=save, title=_("Add a stakeholder"), cancel=url(_LIST), crumbs=_crumbs()
    )


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def stakeholder_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    stakeholder = _workable(request, public_id)
    names = ("interest", "influence", "position", "holder", "version")
    initial = {name: getattr(stakeholder, name) for name in names}
    form = forms.StakeholderForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> str:
        version = values.pop("version") or 0
        domain.edit_stakeholder(
            stakeholder=stakeholder, version=version, actor=request.user, **values
        )
        return _address(stakeholder)

    return form_page(
        request, form, save=save, title=_("Edit"), lead=stakeholder.organisation.name,
        cancel=_address(stakeholder), crumbs=_crumbs(stakeholder),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("POST",))
@require_POST
def stakeholder_note(request: HttpRequest, public_id: str) -> HttpResponse:
    stakeholder = _workable(request, public_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, stakeholder, form)
    values = {**form.cleaned_data, "kind": ContactKind(form.cleaned_data["kind"])}
    return act(
        request, _address(stakeholder),
        lambda: add_note(about=stakeholder, actor=request.user, now=now(), **values),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def invitation_create(request: HttpRequest, public_id: str) -> HttpResponse:
    stakeholder = _workable(request, public_id)
    form = forms.InvitationForm(
        request.POST or None,
        meetings=choosable_meetings(request.user),
        initial={"invited_on": today()},
    )

    def save(values: dict[str, Any]) -> str:
        domain.invite(stakeholder=stakeholder, actor=request.user, today=today(), **values)
        return _address(stakeholder)

    return form_page(
        request, form, save=save, title=_("Note an invitation"), lead=stakeholder.organisation.name,
        cancel=_address(stakeholder), crumbs=_crumbs(stakeholder),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def invitation_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    found = queries.invitation_to(request.user, public_id)
    invitation: StakeholderInvitation = viewkit.or_404(found)
    stakeholder = invitation.stakeholder
    form = forms.InvitationAnswerForm(
        request.POST or None,
        initial={"answer": invitation.answer, "answered_on": today(), "words": invitation.words},
    )

    def save(values: dict[str, Any]) -> str:
        answer = InvitationAnswer(values.pop("answer"))
        domain.note_answer(invitation=invitation, answer=answer, actor=request.user, **values)
        return _address(stakeholder)

    return form_page(
        request, form, save=save, title=_("Note the answer"),
        lead=str(invitation.meeting or invitation.occasion),
        cancel=_address(stakeholder), crumbs=_crumbs(stakeholder),
    )  # fmt: skip
