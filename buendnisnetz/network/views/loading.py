"""Loading one row that the user may see; anything else is 404."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from buendnisnetz.accounts.gate import require
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.network import rules
from buendnisnetz.network.models import (
    Alliance,
    AllianceTerritory,
    Charge,
    GroupMembership,
    Handover,
    Membership,
    MovedAddress,
    Organisation,
    Person,
    Post,
    Term,
    WorkingGroup,
)
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url

# What a post belongs to, as it stands in addresses.
SCOPES: dict[str, Any] = {
    "organisation": Organisation,
    "buendnis": Alliance,
    "arbeitsgruppe": WorkingGroup,
    "gebiet": Territory,
}


_MOVED = Question(
    lambda side: MovedAddress.objects.filter(public_id=Slot("public_id")).select_related(side)
)
_POST_SCOPES = ("organisation", "alliance", "working_group__alliance", "territory")


_ALLIANCE = Addressed(Alliance, "carrier", key="slug")
_ORGANISATION = Addressed(Organisation, "territory__parent", "successor", "chamber")
_PERSON = Addressed(Person, "user")
_POST = Addressed(Post, *_POST_SCOPES, "deputy")
_TERM = Addressed(Term, "person", *(f"post__{scope}" for scope in _POST_SCOPES))
_GROUP = Addressed(WorkingGroup, "alliance")


def alliance(request: HttpRequest, slug: str, *, to_edit: bool = False) -> Alliance:
    found = _ALLIANCE.found(request, slug)
    require(not to_edit or rules.can_edit_alliance(request.user, found))
    return found


def moved_to(request: HttpRequest, model: Any, public_id: str) -> str:
    """The address of the entry that another one went into; it has none of its own any more."""
    side = "organisation" if model is Organisation else "person"
    address = viewkit.or_404(_MOVED.row(side, shape=side, public_id=public_id))
    target = viewkit.or_404(getattr(address, side))
    get_object_or_404(model.objects.visible_to(request.user), pk=target.pk)
    return url(f"network:{side}_detail", target.public_id)


def organisation(request: HttpRequest, public_id: str, *, to_edit: bool = False) -> Organisation:
    found = _ORGANISATION.found(request, public_id)
    require(not to_edit or rules.can_edit_organisation(request.user, found))
    return found


def person(request: HttpRequest, public_id: str, *, to_edit: bool = False) -> Person:
    found = _PERSON.found(request, public_id)
    require(not to_edit or rules.is_keeper(request.user))
    return found


def post(request: HttpRequest, public_id: str, *, to_edit: bool = False) -> Post:
    found = _POST.found(request, public_id)
    require(not to_edit or rules.can_edit_post(request.user, found))
    return found


def term(request: HttpRequest, public_id: str) -> Term:
    """A term to change: whoever may change its post."""
    found = _TERM.found(request, public_id)
    require(rules.can_edit_post(request.user, found.post))
    return found


def group(request: HttpRequest, public_id: str, *, to_edit: bool = False) -> WorkingGroup:
    found = _GROUP.found(request, public_id)
    require(not to_edit or rules.can_edit_group(request.user, found))
    return found


def membership(request: HttpRequest, public_id: str) -> Membership:
    """A membership to change: whoever may change its alliance."""
    visible = Alliance.objects.visible_to(request.user).order_by().values("pk")
    rows = Membership.objects.filter(alliance__in=visible)
    found: Membership = get_object_or_404(
        rows.select_related("alliance", "organisation"), public_id=public_id
    )
    require(rules.can_edit_alliance(request.user, found.alliance))
    return found


def group_member(request: HttpRequest, public_id: str) -> GroupMembership:
    rows = GroupMembership.objects.select_related("working_group__alliance", "organisation")
    found: GroupMembership = get_object_or_404(rows, public_id=public_id)
    require(rules.can_edit_group(request.user, found.working_group))
    return found


def territory_link(request: HttpRequest, public_id: str) -> AllianceTerritory:
    rows = AllianceTerritory.objects.select_related("alliance", "territory")
    found: AllianceTerritory = get_object_or_404(rows, public_id=public_id)
    require(rules.can_edit_alliance(request.user, found.alliance))
    return found


def scope(request: HttpRequest, kind: str, public_id: str) -> Any:
    """What a new post is to belong to; 404 unless visible, 403 unless its posts may be changed."""
    if kind not in SCOPES:
        raise Http404
    rows = SCOPES[kind].objects.visible_to(request.user)
    if kind == "arbeitsgruppe":
        rows = rows.select_related("alliance")
    found = get_object_or_404(rows, public_id=public_id)
    require(rules.can_edit_posts_of(request.user, found))
    return found


def handover(request: HttpRequest, public_id: str, *, to_edit: bool = False) -> Handover:
    rows = Handover.objects.visible_to(request.user)
    scopes = ("organisation", "alliance", "working_group__alliance", "territory", "deputy")
    related = (
        "term__person", "successor", "mentor", "new_term__person__user",
        *(f"term__post__{scope}" for scope in scopes),
    )  # fmt: skip
    found: Handover = get_object_or_404(rows.select_related(*related), public_id=public_id)
    require(not to_edit or rules.can_edit_handover(request.user, found))
    return found


def charge(request: HttpRequest, public_id: str) -> Charge:
    """A charge to change: whoever may change its post."""
    scopes = ("organisation", "alliance", "working_group__alliance", "territory")
    rows = Charge.objects.filter(post__in=Post.objects.visible_to(request.user).order_by())
    found: Charge = get_object_or_404(
        rows.select_related(*(f"post__{scope}" for scope in scopes)), public_id=public_id
    )
    require(rules.can_edit_post(request.user, found.post))
    return found
