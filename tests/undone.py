"""Tests, and examples of a property, that each begin with the same database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker


@contextmanager
def undone() -> Iterator[None]:
    """Everything written inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def shared(blocker: DjangoDbBlocker) -> Iterator[None]:
    """For a fixture of a module or a class: what it writes inside is there for all of its tests.

    Each test's own transaction nests in this one, so none sees what another one wrote. A fixture of
    the test itself should give out copies of the objects, because they remember what was asked of them.
    """
    with blocker.unblock(), undone():
        yield
