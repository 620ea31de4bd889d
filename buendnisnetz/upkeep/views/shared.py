"""What the pages of this room share: the tabs, loading a row that the user may see."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.ui.jinja import url
from buendnisnetz.ui.listing import ListPage
from buendnisnetz.upkeep.models import Correction, Double, PartnerList
from buendnisnetz.upkeep.rules import CORRECTORS, LIST_KEEPERS, may_merge

Crumbs = list[tuple[str, str]]


def tabs(user: Any, current: str) -> list[tuple[str, str, bool]]:
    """The parts of the room that the user may open."""
    access = access_of(user)
    entries = [("overview", _("Overview"), "upkeep:overview", access.has(*CORRECTORS))]
    keeps_lists = access.has(*LIST_KEEPERS)
    entries += [
        ("lists", _("Lists"), "upkeep:list_list", keeps_lists),
        ("doubles", _("Doubles"), "upkeep:double_list", keeps_lists),
        ("merges", _("Merged"), "upkeep:merge_list", may_merge(user)),
        ("corrections", _("Corrections"), "upkeep:correction_list", access.has(*CORRECTORS)),
        ("export", _("Give out"), "upkeep:export", keeps_lists),
    ]
    return [(text, url(name), code == current) for code, text, name, shown in entries if shown]


def crumbs(*more: tuple[str, str]) -> Crumbs:
    return [(_("Upkeep of data"), url("upkeep:overview")), *more]


_LIST = Addressed(PartnerList, "file", "alliance", "uploaded_by", "confirmed_by", "progress")
_DOUBLE = Addressed(
    Double,
    "first_organisation__territory", "second_organisation__territory", "first_person__user",
    "second_person__user", "decided_by",
)  # fmt: skip
_CORRECTION = Addressed(
    Correction,
    "organisation", "alliance", "post__organisation", "post__alliance", "post__territory",
    "post__working_group__alliance", "proposed_by", "decided_by",
)  # fmt: skip


class UpkeepList(ListPage):
    """The lists of this room: tabs, what stands in the path, one button."""

    template = "upkeep/list.html"
    tab: str = ""
    intro: str | Promise = ""

    def actions(self) -> list[tuple[str, str]]:
        return []

    def context(self) -> dict[str, Any]:
        return {
            "tabs": tabs(self.request.user, self.tab),
            "actions": self.actions(),
            "intro": self.intro,
            "crumbs": crumbs((str(self.title), "")),
        }


def partner_list(request: HttpRequest, public_id: str) -> PartnerList:
    return _LIST.found(request, public_id)


def double(request: HttpRequest, public_id: str) -> Double:
    return _DOUBLE.found(request, public_id)


def correction(request: HttpRequest, public_id: str) -> Correction:
    return _CORRECTION.found(request, public_id)
