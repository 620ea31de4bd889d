"""What this room adds to public pages: the same facts for search engines, as schema.org knows them."""

import json
from datetime import date
from typing import Any

from markupsafe import Markup

from buendnisnetz.accounts.access import access_of
from buendnisnetz.api.domain.objects import moment
from buendnisnetz.core import slots
from buendnisnetz.meetings.models import PublicMinutes
from buendnisnetz.network.models import Alliance
from buendnisnetz.ui.jinja import url

# What could end the element or begin another one is written as JSON may write it.
_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


@slots.register("meetings.public_minutes")
def public_meeting(copy: PublicMinutes, user: Any) -> str:
    """No person is named: who was there stands on the page itself. No query."""
    content = copy.content
    place, body = content["place"], content["body"]
    held_on = date.fromisoformat(content["held_on"])
    return _linked_data(
        {
            "@type": "Event",
            "name": copy.title,
            "url": url("meetings:meeting_detail", content["id"]),
            "startDate": moment(held_on, content["starts_at"])
            if content["starts_at"]
            else held_on.isoformat(),
            "endDate": moment(held_on, content["ends_at"]) if content["ends_at"] else None,
            "location": {"@type": "Place", "name": place} if place else None,
            "organizer": {"@type": "Organization", "name": body} if body else None,
        }
    )


@slots.register("network.alliance", order=950)
def public_alliance(alliance: Alliance, user: Any) -> str:
    """Only on the page that everybody sees. No query."""
    if not alliance.is_public or not access_of(user).is_public:
        return ""
    lines = {
        "streetAddress": alliance.street,
        "postalCode": alliance.postcode,
        "addressLocality": alliance.city,
    }
    found = {key: value for key, value in lines.items() if value}
    return _linked_data(
        {
            "@type": "Organization",
            "name": alliance.name,
            "url": url("network:alliance_detail", alliance.slug),
            "sameAs": alliance.website,
            "foundingDate": alliance.founded_on.isoformat() if alliance.founded_on else None,
            "address": {"@type": "PostalAddress", **found} if found else None,
        }
    )


def _linked_data(facts: dict[str, Any]) -> str:
    """A block of data: the content security policy lets it stand, because nothing in it is run."""
    said = {key: value for key, value in facts.items() if value}
    text = json.dumps({"@context": "https://schema.org", **said}, ensure_ascii=False)
    for sign, escaped in _ESCAPED.items():
        text = text.replace(sign, escaped)
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704
