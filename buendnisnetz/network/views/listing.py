"""What the lists of the network share: the day, the tabs, the button to add."""

from collections.abc import Hashable
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.network import rules
from buendnisnetz.network.views.editing import asked_day
from buendnisnetz.ui.editing import today
from buendnisnetz.ui.jinja import url
from buendnisnetz.ui.listing import ListPage


class NetworkList(ListPage):
    """What the lists share: the day, the tabs, the button to add."""

    template = "network/list.html"
    tab: ClassVar[str]
    intro: ClassVar[str | Promise] = ""
    empty_title: ClassVar[str | Promise]
    empty_text: ClassVar[str | Promise] = ""

    @cached_property
    def day(self) -> date:
        return asked_day(self.request)

    def filter_kwargs(self) -> dict[str, Any]:
        return {"today": today()}

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def actions(self) -> list[tuple[str, str]]:
        return []

    def context(self) -> dict[str, Any]:
        return {
            "tabs": _tabs(self.request.user, self.tab),
            "actions": self.actions(),
            "intro": self.intro,
            "empty_title": self.empty_title,
            "empty_text": self.empty_text,
            "crumbs": [(_("Network"), url("network:alliance_list")), (str(self.title), "")],
        }


def _tabs(user: Any, current: str) -> list[tuple[str, str, bool]]:
    entries = [
        ("alliance", _("Alliances")),
        ("organisation", _("Organisations")),
        ("group", _("Working groups")),
        ("post", _("Contacts and posts")),
    ]
    if rules.can_see_people(user):
        entries += [("person", _("People")), ("term", _("Terms"))]
    return [(text, url(f"network:{name}_list"), name == current) for name, text in entries]
