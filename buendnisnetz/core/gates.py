"""Marking pages of lower rooms as public.

The gate that knows roles stands in a room above; it reads the marks that are set here, so that the
list of routes and the access matrix know these pages too.
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.views import View

_View = TypeVar("_View", bound=Callable[..., Any])


def public_page(view: _View) -> _View:
    """Open a reading page (a function or a ``View`` class) to everybody, signed in or not."""
    if isinstance(view, type) and issubclass(view, View):
        # ``as_view()`` copies the marks of ``dispatch``; the one of ``View`` itself is shared.
        view.dispatch = _opened(view.dispatch)  # type: ignore[method-assign]
        return _marked(view)
    return _marked(_opened(view))


def _opened(view: _View) -> _View:
    @functools.wraps(view)
    def opened(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    opened.login_required = False  # type: ignore[attr-defined]
    return cast(_View, _marked(opened))


def _marked(view: _View) -> _View:
    view.public_page = True  # type: ignore[attr-defined]
    view.methods = ("GET",)  # type: ignore[attr-defined]
    return view
