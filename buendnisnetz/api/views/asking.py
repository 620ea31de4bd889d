"""Understanding what a harvester asks for."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from buendnisnetz.api.domain.queries.publications import Span

MOST = 100
_TIMES = ("created_since", "created_until", "modified_since", "modified_until")


class BadQuestionError(ValueError):
    """A parameter says nothing that can be understood; the message names it."""


@dataclass(frozen=True)
class Question:
    """The parameters of a list."""

    span: Span
    after: tuple[datetime, int] | None
    limit: int
    omit_internal: bool
    # What was asked, without the place in the list.
    words: dict[str, str]

    def query(self, after: tuple[datetime, int] | None) -> str:
        """The query string for the same list from a place on."""
        place = {"after": f"{after[0].isoformat()}_{after[1]}"} if after else {}
        said = urlencode({**self.words, **place})
        return f"?{said}" if said else ""


def question_of(request: HttpRequest, *, most: int = MOST) -> Question:
    """Raises BadQuestionError."""
    asked = request.GET
    times = {name: _moment(name, asked[name]) for name in _TIMES if asked.get(name)}
    words = {name: asked[name] for name in (*_TIMES, "limit", "omit_internal") if asked.get(name)}
    return Question(
        span=Span(**times),
        after=_place(asked["after"]) if asked.get("after") else None,
        limit=_limit(asked.get("limit", ""), most),
        omit_internal=asked.get("omit_internal", "").lower() in {"true", "1"},
        words=words,
    )


def _moment(name: str, text: str) -> datetime:
    try:
        # A plus sign that was not escaped arrives as a space.
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None:
        raise BadQuestionError(
            _("%(name)s: please a time such as 2026-01-31T12:00:00+01:00.") % {"name": name}
        )
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _place(text: str) -> tuple[datetime, int]:
    moment, _sign, pk = text.rpartition("_")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        raise BadQuestionError(_("after: please follow the address in links.next."))
    return _moment("after", moment), int(pk)


def _limit(text: str, most: int) -> int:
    if not text:
        return most
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise BadQuestionError(_("limit: please a number from 1 to %(most)s.") % {"most": most})
    return int(text)
