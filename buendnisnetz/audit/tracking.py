"""Recording who changed what when, by database triggers.

A model under ``@tracked`` gets a table of events that triggers fill on every insert, update and
delete, bulk writes included. Domain functions run inside ``recorded``: one transaction, and every
event in it knows who acted and what the act was called.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pghistory
from django.db import models, transaction
from pghistory import runtime

_Model = TypeVar("_Model", bound=type[models.Model])

# Where pghistory keeps the running context; it offers no way to enter one inside another.
_tracker = runtime._tracker  # noqa: SLF001 -- see above

# Computed columns: they follow from the others and would only fill the history.
_NEVER = {"search_vector", "search_key", "sort_key", "version"}


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[_Model], _Model]:
    """Keep the history of a model; ``exclude`` names fields that are no part of it."""

    def decorate(model: _Model) -> _Model:
        fields = {field.name for field in model._meta.concrete_fields}
        left_out = sorted(fields & (_NEVER | set(exclude)))
        decorated: _Model = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(
                condition=pghistory.AnyChange(exclude=left_out, exclude_auto=True)
            ),
            pghistory.DeleteEvent(),
            exclude=left_out,
        )(model)
        return decorated

    return decorate


@contextmanager
def recorded(*, actor: Any, action: str, **details: Any) -> Iterator[None]:
    """One transaction whose changes carry the actor and the action's code ("network.alliance.ended").

    ``actor`` is a user, or None for the system itself (a nightly job, a load of data). An act inside
    another one has a name of its own, and the outer one's actor where it has none.
    """
    outer: Any = getattr(_tracker, "value", None)
    user = getattr(actor, "pk", None)
    if user is None and outer is not None:
        user = outer.metadata.get("user")
    with transaction.atomic(), _context({"user": user, "action": action, **details}, outer):
        yield


@contextmanager
def _context(metadata: dict[str, Any], outer: Any) -> Iterator[None]:
    """A context of its own: pghistory would let an inner one rename what the outer one did."""
    if outer is None:
        with pghistory.context(**metadata):
            yield
        return
    _tracker.value = runtime.Context(id=uuid.uuid4(), metadata=metadata)
    try:
        yield
    finally:
        _tracker.value = outer
