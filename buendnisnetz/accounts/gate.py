"""Who may open a page: one declaration per view, enforced at the door and readable from outside.

The access matrix test and the command ``routes`` read the same declaration; object rights come
after it, from ``visible_to``.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.urls import Resolver404, resolve
from django.views import View

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role

_View = TypeVar("_View", bound=Callable[..., Any])

EVERY_ROLE: tuple[Role, ...] = tuple(Role)
# Those who work on the network's contents.
KEEPERS: tuple[Role, ...] = (Role.STATE_COORDINATION, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Gate:
    """Who a view is open to. ``signed_in`` also lets in users who hold no role."""

    public: bool
    roles: tuple[Role, ...]
    methods: tuple[str, ...]
    signed_in: bool = False

    def admits(self, user: Any) -> bool:
        if self.public or (self.signed_in and user.is_authenticated):
            return True
        return access_of(user).has(*self.roles)


def open_to(
    *roles: Role, public: bool = False, signed_in: bool = False, methods: Sequence[str] = ("GET",)
) -> Callable[[_View], _View]:
    """Declare and enforce who may open a view (a function or a ``View`` class).

    Anonymous visitors of a closed page are sent to sign in (by ``LoginRequiredMiddleware``);
    signed-in users without one of the roles get 403.
    """
    everyone = public or signed_in
    gate = Gate(public, EVERY_ROLE if everyone else roles, tuple(methods), signed_in)

    def decorate(view: _View) -> _View:
        if isinstance(view, type) and issubclass(view, View):
            view.dispatch = _guarded(view.dispatch, gate, position=1)  # type: ignore[method-assign]
            view.gate = gate  # type: ignore[attr-defined]
            return view
        guarded: _View = _guarded(view, gate, position=0)
        return guarded

    return decorate


def _guarded(view: Any, gate: Gate, *, position: int) -> Any:
    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not gate.admits(args[position].user):
            raise PermissionDenied
        return view(*args, **kwargs)

    guarded.gate = gate  # type: ignore[attr-defined]
    # Said either way: a closed view may derive from a public one and would inherit its answer.
    guarded.login_required = not gate.public  # type: ignore[attr-defined]
    return guarded


def gate_of(callback: Any) -> Gate | None:
    """The declaration of a URL's callback, None if it has none."""
    marked: Any
    for marked in (callback, getattr(callback, "view_class", None)):
        found = getattr(marked, "gate", None)
        if isinstance(found, Gate):
            return found
        if getattr(marked, "public_page", False):
            # Rooms below this one know no roles; see core.gates.
            return Gate(True, EVERY_ROLE, marked.methods)
    return None


def require(allowed: bool) -> None:
    """403 for what is visible but not the user's to change."""
    if not allowed:
        raise PermissionDenied


def may_open(user: Any, address: str) -> bool:
    """Whether a page of ours is open to the user at all; the object it is about decides the rest."""
    try:
        gate = gate_of(resolve(urlsplit(address).path).func)
    except Resolver404:
        return False
    return gate is None or gate.admits(user)
