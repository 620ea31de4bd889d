"""Examples for this room's addresses."""

from typing import Any

from buendnisnetz.api.enums import PublicationKind
from buendnisnetz.api.models import Publication
from buendnisnetz.core.examples import register


def _first(kind: PublicationKind) -> str | None:
    rows = Publication.objects.present().filter(kind=kind).order_by("pk")
    found: str | None = rows.values_list("public_id", flat=True).first()
    return found


def _with(name: str, of: PublicationKind, **more: str) -> dict[str, Any] | None:
    found = _first(of)
    return {name: found, **more} if found else None


def _if_published(**words: str) -> dict[str, Any] | None:
    return words if _first(PublicationKind.MEETING) else None


register("api:open_list", lambda: _if_published(name="sitzungen", form="json"))
register("api:feed", lambda: _if_published(what="protokolle", form="atom"))
register(
    "api:feed_of",
    lambda: _with("scope", PublicationKind.BODY, what="beschluesse", form="rss"),
)
register("api:oparl_list", lambda: _with("body", PublicationKind.BODY, kind="meeting"))
register("api:oparl_meetings_of", lambda: _with("public_id", PublicationKind.ORGANIZATION))
register("api:oparl_object", lambda: _with("public_id", PublicationKind.MEETING, kind="meeting"))
