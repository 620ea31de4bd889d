"""A large network takes seconds to be reckoned: until then its pages say so and look again."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from markupsafe import Markup

from buendnisnetz.insight.domain.graph import making
from buendnisnetz.insight.domain.graph.seen import BrokenFileError, Seen
from buendnisnetz.insight.domain.graph.wishes import Wish
from buendnisnetz.insight.presenters import graph as presenters
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import query, url

CARRIED = ("von", "bis", "art", "bild", "seite", "kreis", "stand")
LOOK_AGAIN_AFTER = 2  # seconds
_View = TypeVar("_View", bound=Callable[..., HttpResponseBase])


class BeingMadeError(Exception):
    """A job makes the network that was asked for; the page has to wait, or to say that it ``failed``."""

    def __init__(self, wish: Wish, filters: Callable[[], Markup], *, failed: bool) -> None:
        super().__init__()
        self.wish, self.filters, self.failed = wish, filters, failed


def network(request: HttpRequest, wish: Wish, filters: Callable[[], Markup]) -> Seen:
    """The network that was asked for, or :class:`BeingMadeError`. ``filters`` renders the questions."""
    try:
        found = making.seen(request.user, wish, now=timezone.now())
    except making.NotMadeError:
        raise BeingMadeError(wish, filters, failed=True) from None
    if found is None:
        raise BeingMadeError(wish, filters, failed=False)
    return found


def carried(request: HttpRequest) -> dict[str, Any]:
    """What links to other pages about the same network take along."""
    return {key: request.GET[key] for key in CARRIED if request.GET.get(key)}


def waiting(tab: str, *, file: bool = False) -> Callable[[_View], _View]:
    """Of a view: while the network is made it answers that it is (``answered``)."""

    def decorate(view: _View) -> _View:
        @wraps(view)
        def patient(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return answered(request, lambda: view(request, *args, **kwargs), tab, file=file)

        return patient  # type: ignore[return-value]

    return decorate


def answered(
    request: HttpRequest,
    page: Callable[[], HttpResponseBase],
    tab: str,
    *,
    file: bool = False,
) -> HttpResponseBase:
    """The page; while the network is made, a page that says so and looks again by itself.

    Whoever asked for a file gets 503.
    """
    try:
        try:
            return page()
        except BrokenFileError:
            # It is gone now and made anew, as if there had been none.
            return page()
    except BeingMadeError as being_made:
        return _being_made(request, being_made, tab, file=file)


def _being_made(
    request: HttpRequest,
    being_made: BeingMadeError,
    tab: str,
    *,
    file: bool,
) -> HttpResponseBase:
    kept = carried(request)
    title = presenters.graph_titles()[tab]
    picture = (str(presenters.TITLE), url("insight:graph_picture"))
    context = {
        "title": title,
        "crumbs": [] if tab == "picture" else [picture, (title, "")],
        "tabs": presenters.graph_tabs(tab, kept),
        "filters": being_made.filters,
        "period": presenters.period_words(being_made.wish),
        "whole": url("insight:graph_picture") + query(kept)
        if request.GET.keys() & {"um", "verbund"}
        else "",
        "again": request.get_full_path(),
        "seconds": LOOK_AGAIN_AFTER,
        "file": file,
        "failed": being_made.failed,
    }
    answer = viewkit.render(
        request, "insight/graph_waiting.html", context, block="results", status=503 if file else 200
    )
    answer["Cache-Control"] = "no-store"
    if file:
        answer["Retry-After"] = str(LOOK_AGAIN_AFTER)
    return viewkit.for_this_moment(answer)
