"""Pages that were made and still hold: kept in the process until something changes.

A page may be given out again to the same session, as long as that is unchanged, for the same address
and the same wishes, while the contents of the database are in the state that it was made from
(``core.changes``). What a page
says of the time of day may be a minute old; no page outlives its day.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone

LONGEST = timedelta(seconds=60)
MOST_BYTES = 4_000_000
# Beyond this a page is made seldom and would push out many others.
LARGEST_PAGE = 200_000
# What a browser says that changes an answer, besides address and session.
_WISHES = ("HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE")


@dataclass(frozen=True)
class Page:
    """One page: its text cut where the token against forged forms stood, and its headers."""

    parts: tuple[bytes, ...]
    headers: tuple[tuple[str, str], ...]
    state: str
    until: datetime

    @property
    def size(self) -> int:
        return sum(map(len, self.parts))

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page for this visitor, with a token of their own."""
        body = get_token(request).encode().join(self.parts)
        return HttpResponse(body, headers=dict(self.headers))


class Shelf:
    """Pages of one state by key; the one that nobody asked for longest goes first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._most_bytes = most_bytes
        self._bytes = 0
        self._state = ""
        self._lock = Lock()

    def get(self, key: Hashable, *, state: str, now: datetime) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.state != state or page.until <= now:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Page) -> None:
        if page.size > LARGEST_PAGE:
            return
        with self._lock:
            if page.state != self._state:
                # No state comes back: what was made from another one is never wanted again.
                self._pages.clear()
                self._bytes, self._state = 0, page.state
            self._drop(key)
            self._pages[key] = page
            self._bytes += page.size
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _drop(self, key: Hashable) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._bytes -= page.size


SHELF = Shelf()


def key_of(request: HttpRequest) -> Hashable:
    """Who asks for what in which form."""
    meta = request.META
    wishes = tuple(
        (name, meta[name]) for name in meta if name.startswith("HTTP_HX_") or name in _WISHES
    )
    session: Any = request.session
    return (
        session.session_key, session.written, request.scheme, request.get_host(), meta["PATH_INFO"],
        meta.get("QUERY_STRING", ""), wishes,
    )  # fmt: skip


def holds_until(now: datetime) -> datetime:
    local = timezone.localtime(now)
    midnight = datetime.combine(local.date() + timedelta(days=1), time.min, local.tzinfo)
    return min(now + LONGEST, midnight)


def page_of(response: HttpResponse, *, state: str, now: datetime) -> Page | None:
    """What may be kept of an answer; None where it is not a page for anybody but this moment."""
    token: str = getattr(response, "form_token", "")
    if not token or response.status_code != 200 or response.cookies:
        return None
    parts = tuple(response.content.split(token.encode()))
    return Page(parts, tuple(response.items()), state, holds_until(now))
