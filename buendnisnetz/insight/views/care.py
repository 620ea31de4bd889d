"""Talks with sponsors, and topics with somebody who answers for them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.insight.domain import care as domain
from buendnisnetz.insight.domain.queries import care as queries
from buendnisnetz.insight.enums import TopicStatus
from buendnisnetz.insight.forms.care import TalkForm, TopicForm, TopicStatusForm
from buendnisnetz.insight.models import AllianceTopic, SponsorTalk
from buendnisnetz.insight.rules import ALLIANCE_KEEPERS, can_keep
from buendnisnetz.insight.views.pages import gap_crumbs, kept_alliance
from buendnisnetz.network.models import Alliance
from buendnisnetz.ui.editing import act, form_page, today
from buendnisnetz.ui.jinja import url


def _care_of(alliance: Alliance) -> str:
    return url("insight:gap_detail", alliance.slug)


@open_to(*ALLIANCE_KEEPERS, methods=("GET", "POST"))
def talk_create(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = kept_alliance(request, slug)
    form = TalkForm(
        request.POST or None,
        posts=queries.sponsor_posts(alliance, today()),
        initial={"held_on": today()},
    )

    def save(values: dict[str, Any]) -> str:
        domain.record_talk(actor=request.user, now=timezone.now(), **values)
        return _care_of(alliance) + "#sponsor"

    return form_page(
        request, form, save=save, title=_("Talk with the sponsor"), lead=alliance.name,
        cancel=_care_of(alliance), crumbs=gap_crumbs(alliance),
    )  # fmt: skip


@open_to(*ALLIANCE_KEEPERS, methods=("POST",))
@require_POST
def talk_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    rows = SponsorTalk.objects.visible_to(request.user).select_related("post__alliance")
    talk: SponsorTalk = get_object_or_404(rows, public_id=public_id)
    alliance: Any = talk.post.alliance
    return act(
        request, _care_of(alliance), lambda: domain.remove_talk(talk=talk, actor=request.user)
    )


def _topic_form(request: HttpRequest, alliance: Alliance, initial: dict[str, Any]) -> TopicForm:
    posts = queries.posts_to_answer(alliance, today())
    return TopicForm(request.POST or None, posts=posts, initial=initial)


@open_to(*ALLIANCE_KEEPERS, methods=("GET", "POST"))
def topic_create(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = kept_alliance(request, slug)
    form = _topic_form(request, alliance, {})

    def save(_values: dict[str, Any]) -> str:
        domain.add_topic(alliance=alliance, values=form.values(), actor=request.user, today=today())
        return _care_of(alliance) + "#topics"

    return form_page(
        request, form, save=save, title=_("New topic"), lead=alliance.name,
        cancel=_care_of(alliance), crumbs=gap_crumbs(alliance),
    )  # fmt: skip


_TOPIC = Addressed(AllianceTopic, "alliance", "responsible", "deputy")


def _kept_topic(request: HttpRequest, public_id: str) -> AllianceTopic:
    topic = _TOPIC.found(request, public_id)
    if not can_keep(request.user, topic.alliance):
        raise PermissionDenied
    return topic


@open_to(*ALLIANCE_KEEPERS, methods=("GET", "POST"))
def topic_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    topic = _kept_topic(request, public_id)
    initial = {name: getattr(topic, name) for name in ("version", "name", "responsible", "deputy")}
    form = _topic_form(request, topic.alliance, initial)

    def save(values: dict[str, Any]) -> str:
        domain.edit_topic(
            topic=topic, values=form.values(), version=values["version"] or 0, actor=request.user
        )
        return _care_of(topic.alliance) + "#topics"

    return form_page(
        request, form, save=save, title=_("Change the topic"), lead=topic.alliance.name,
        cancel=_care_of(topic.alliance), crumbs=gap_crumbs(topic.alliance),
    )  # fmt: skip


@open_to(*ALLIANCE_KEEPERS, methods=("POST",))
@require_POST
def topic_status(request: HttpRequest, public_id: str) -> HttpResponse:
    topic = _kept_topic(request, public_id)
    form = TopicStatusForm(request.POST)
    status = form.cleaned_data["status"] if form.is_valid() else topic.status
    return act(
        request,
        _care_of(topic.alliance) + "#topics",
        lambda: domain.change_topic_status(
            topic=topic, status=TopicStatus(status), actor=request.user, today=today()
        ),
    )
