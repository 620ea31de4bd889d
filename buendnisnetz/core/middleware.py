"""Middleware of the whole application."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from buendnisnetz.core.errors import DomainError

Handler = Callable[[HttpRequest], HttpResponse]


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
