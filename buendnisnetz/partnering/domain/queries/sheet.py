"""What stands on an alliance's one-page sheet: its own data, bounded so that one page holds it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buendnisnetz.network.domain.queries.alliances import (
    balance_on,
    chambers_of,
    status_on,
    territory_links,
)
from buendnisnetz.network.models import Alliance, Post, WorkingGroup
from buendnisnetz.partnering.domain.queries.benefits import published_for
from buendnisnetz.partnering.domain.queries.contacts import chamber_contacts
from buendnisnetz.partnering.enums import Audience

MOST_KINDS = 7
MOST_GROUPS = 4
MOST_BENEFITS = 3
MOST_CONTACTS = 2
MOST_CHAMBERS = 4
_LINE = 120
_PARAGRAPH = 300


def sheet_of(alliance: Alliance, today: date) -> dict[str, Any]:
    """Plain data for the paper. Contacts are posts with their office address, never people."""
    links = [link for link in territory_links(alliance) if link.holds_on(today)]
    status = status_on(alliance, today)
    balance = balance_on(alliance, today)
    return {
        "name": short(alliance.name, 90),
        "about": short(alliance.description, _PARAGRAPH),
        "places": short(", ".join(link.territory.name for link in links), _LINE),
        "status": str(status.status.label) if status else "",
        "founded": f"{alliance.founded_on:%Y}" if alliance.founded_on else "",
        "carrier": short(alliance.carrier.name if alliance.carrier else "", 90),
        "fields": short(", ".join(alliance.fields_of_action), _LINE),
        "partners": _partners(balance),
        "total": balance.total,
        "groups": _groups(alliance, today),
        "benefits": [_benefit(row) for row in published_for(Audience.COMPANY, MOST_BENEFITS)],
        "contacts": _contacts(alliance, today),
        "chambers": _chambers(alliance, today),
        "join": settings.SITE_URL.rstrip("/") + reverse("partnering:join"),
        "day": f"{today:%d.%m.%Y}",
    }


def short(text: str, longest: int) -> str:
    """The beginning of a text in one line, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    return flat[:longest].rsplit(" ", 1)[0][: longest - 1] + "…"


def _partners(balance: Any) -> list[list[str]]:
    """Kinds of partners with their numbers; what is left over in one line."""
    rows = [[str(kind.label), str(number)] for kind, number in balance.by_kind[:MOST_KINDS]]
    rest = sum(number for _kind, number in balance.by_kind[MOST_KINDS:])
    return [*rows, [_("others"), str(rest)]] if rest else rows


def _groups(alliance: Alliance, today: date) -> list[str]:
    rows = WorkingGroup.objects.as_of(today).filter(alliance=alliance).order_by("sort_key", "pk")
    found = [short(row.topic or row.name, 70) for row in rows[: MOST_GROUPS + 1]]
    if len(found) > MOST_GROUPS:
        more = rows.count() - MOST_GROUPS
        text = ngettext("and %(count)s more", "and %(count)s more", more)
        found = [*found[:MOST_GROUPS], text % {"count": more}]
    return found


def _benefit(row: Any) -> dict[str, str]:
    source = ", ".join(filter(None, (row.source_title, f"{row.checked_on:%d.%m.%Y}")))
    return {
        "claim": short(row.claim, _LINE),
        "evidence": short(row.evidence, 160),
        "source": short(source, _LINE),
    }


def _contacts(alliance: Alliance, today: date) -> list[list[str]]:
    posts = Post.objects.as_of(today).filter(alliance=alliance, is_contact=True)
    rows = [
        [short(post.title, 60), short(", ".join(filter(None, (post.email, post.phone, post.office_hours))), 150)]
        for post in posts.order_by("pk")[:MOST_CONTACTS]
    ]  # fmt: skip
    office = ", ".join(filter(None, (alliance.email, alliance.phone)))
    return rows or ([[_("Office"), office]] if office else [])


def _chambers(alliance: Alliance, today: date) -> list[list[str]]:
    """The chambers of the alliance's districts, with the office address of their contact or "open"."""
    held = chambers_of(alliance, today)
    contacts = chamber_contacts(
        {row.chamber_id for row in held}, {row.territory_id for row in held}, today
    )
    rows: dict[str, str] = {}
    for row in held:
        first = next(iter(contacts.get((row.chamber_id, row.territory_id), [])), None)
        reach = ", ".join(filter(None, (first.title, first.email, first.phone))) if first else ""
        rows.setdefault(row.chamber.name, short(reach, 110) or _("contact still open"))
    return [[name, reach] for name, reach in list(rows.items())[:MOST_CHAMBERS]]
