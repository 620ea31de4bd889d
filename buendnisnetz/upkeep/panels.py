"""What this room adds to lower rooms' pages: proposing a correction, what waits on the start page."""

import json
from typing import Any

from django.template.loader import render_to_string

from buendnisnetz.core import slots
from buendnisnetz.core.gathering import gathered
from buendnisnetz.network.models import Alliance, Organisation, Post
from buendnisnetz.ui.jinja import url
from buendnisnetz.upkeep.domain.queries.waiting import waiting_for
from buendnisnetz.upkeep.models import Correction, PartnerList


def _invitation(kind: str, public_id: str) -> str:
    address = url("upkeep:correction_create", kind, public_id)
    return render_to_string("upkeep/invitation.html", {"address": address}, using="jinja2")


@slots.register("network.organisation", order=900)
def organisation_correction(subject: Organisation, user: Any) -> str:
    return _invitation("organisation", subject.public_id)


@slots.register("network.alliance", order=900)
def alliance_correction(subject: Alliance, user: Any) -> str:
    return _invitation("buendnis", subject.public_id)


@slots.register("network.post", order=900)
def post_correction(subject: Post, user: Any) -> str:
    return _invitation("stelle", subject.public_id)


@slots.register("web.dashboard", order=60)
def waiting_on_dashboard(user: Any) -> str:
    """Lists, proposals and corrections that wait for the user."""
    waiting = waiting_for(user)
    if not waiting.anything:
        return ""
    return render_to_string("upkeep/dashboard_card.html", {"waiting": waiting}, using="jinja2")


@slots.register("accounts.export")
def own_upkeep(user: Any) -> str:
    """What a user handed in and proposed."""
    lists = PartnerList.objects.filter(uploaded_by=user).order_by("pk")
    proposals = Correction.objects.filter(proposed_by=user).order_by("pk")
    data = gathered(
        lists_handed_in=lists.values("public_id", "file__name", "uploaded_at", "status"),
        corrections_proposed=proposals.values(
            "public_id", "fields", "words", "email", "proposed_at", "status"
        ),
    )
    return json.dumps(data, ensure_ascii=False)
