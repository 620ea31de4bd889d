"""Middleware of the whole application."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.module_loading import import_string

from buendnisnetz.core import changes, kept
from buendnisnetz.core.errors import DomainError

if TYPE_CHECKING:
    from buendnisnetz.core.sessions import SessionStore

Handler = Callable[[HttpRequest], HttpResponse]


class KeptPagesMiddleware:
    """Gives a page out again as long as it holds (``core.kept``).

    Stands before everything that finds out who is asking: all of it is in the database, and the
    database says that it is as it was.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Inside a transaction contents can change without a change being seen.
        if request.method != "GET" or connection.in_atomic_block:
            return self.get_response(request)
        now, session = timezone.now(), cast("SessionStore", request.session)
        if session.session_key:
            session.keys()  # Reads it.
        state = changes.state() if session.state is None else session.state
        key = kept.key_of(request)
        page = kept.SHELF.get(key, state=state, now=now)
        if page is not None:
            return page.answer(request)
        response = self.get_response(request)
        page = None if session.modified else kept.page_of(response, state=state, now=now)
        if page is not None:
            kept.SHELF.put(key, page)
        return response


class SamePolicyMiddleware(CSPMiddleware):
    """The policy for contents, written out once: hardly any page wants one of its own."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if settings.DEBUG or _wants_policy_of_its_own(request, response):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


def _wants_policy_of_its_own(request: HttpRequest, response: HttpResponseBase) -> bool:
    return hasattr(request, "_csp_nonce") or any(name.startswith("_csp") for name in vars(response))


@lru_cache(maxsize=1)
def _policy() -> str:
    written: str = build_policy()
    return written


class DomainErrorMiddleware:
    """Turns a rule's "no" that a view did not expect into a page that says so, not a failure.

    Also an address that the database could not look up.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            # No name holds it, and the database refuses even to compare it.
            raise Http404
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        # The page is the ui room's, which stands above this one: settings name it.
        handler = import_string(settings.DOMAIN_ERROR_VIEW)
        response: HttpResponse = handler(request, exception)
        return response
