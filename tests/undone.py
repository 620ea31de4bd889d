"""Examples of a property that each begin with the same database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Everything written inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
