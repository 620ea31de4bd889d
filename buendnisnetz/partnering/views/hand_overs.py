"""Handing firms on, telling people what is stored, and when silence is flagged."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import KEEPERS, open_to, require
from buendnisnetz.partnering import rules
from buendnisnetz.partnering.domain import hand_overs, notices, silence
from buendnisnetz.partnering.forms import prospects as forms
from buendnisnetz.partnering.models import HandOver, SilenceSetting
from buendnisnetz.partnering.views.editing import now
from buendnisnetz.partnering.views.prospect_actions import address, crumbs
from buendnisnetz.partnering.views.prospects import visible, workable
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui.editing import act, form_page, today
from buendnisnetz.ui.jinja import url

_LIST = "partnering:prospect_list"


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def prospect_hand_over(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand a firm on to its chamber or an advice office, with its consent."""
    prospect = workable(request, public_id)
    form = forms.HandOverForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        interest = prospect.interests.filter(withdrawn_at=None).order_by("-pk").first()
        hand_overs.hand_over(
            prospect=prospect, interest=interest, actor=request.user, now=now(), **values
        )
        return address(prospect)

    return form_page(
        request, form, save=save, title=_("Hand on"), lead=prospect.name, cancel=address(prospect),
        crumbs=crumbs(prospect), submit=_("Send"),
        hint=_("They get what the firm said itself, never your notes, and answer by a link within 14 days."),
    )  # fmt: skip


@open_to(*rules.WITH_CHAMBERS, methods=("POST",))
@require_POST
def hand_over_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """The chamber's answer by somebody who is signed in."""
    rows = HandOver.objects.select_related("post__organisation", "prospect")
    handed: HandOver = get_object_or_404(rows, public_id=public_id)
    prospect = visible(request, handed.prospect.public_id)
    own = handed.post.organisation
    require(own is not None and rules.can_edit_contact_points(request.user, handed.post))
    accepted = "accept" in request.POST
    return act(
        request, address(prospect) if accepted else url(_LIST),
        lambda: hand_overs.answer_hand_over(
            handed=handed, accepted=accepted, words=request.POST.get("words", "")[:1000],
            actor=request.user, now=now(),
        ),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def notice_told(request: HttpRequest, public_id: str) -> HttpResponse:
    """They were told in a talk that their contact is stored."""
    prospect = workable(request, public_id)
    notice = prospect.notices.filter(sent_at=None, told_on=None).first()
    if notice is None:
        raise Http404
    form = forms.ToldForm(request.POST or None, initial={"on": today()})

    def save(values: dict[str, Any]) -> str:
        notices.told_in_person(notice=notice, on=values["on"], actor=request.user)
        return address(prospect)

    return form_page(
        request, form, save=save, title=_("Told what is stored"), lead=prospect.name,
        cancel=address(prospect), crumbs=crumbs(prospect),
    )  # fmt: skip


@open_to(*KEEPERS, methods=("GET", "POST"))
def silence_setting(request: HttpRequest, ags: str) -> HttpResponse:
    """After how many days without a step a prospect is flagged, in a federal state."""
    state: Territory = get_object_or_404(Territory.objects.filter(level=Level.STATE), ags=ags)
    row = SilenceSetting.objects.filter(state=state).first()
    days = row.days if row else silence.DEFAULT_DAYS
    form = forms.SilenceForm(request.POST or None, initial={"days": days})

    def save(values: dict[str, Any]) -> str:
        silence.set_days(state=state, days=values["days"], actor=request.user)
        return url(_LIST)

    return form_page(
        request, form, save=save, title=_("When silence is flagged"), lead=state.name,
        cancel=url(_LIST), crumbs=crumbs(),
    )  # fmt: skip
