"""The data of Thuringia, loaded once per module and taken away after it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.facts import Tally
from buendnisnetz.territories.domain.load import load


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Tally]]:
    """Each test's own transaction nests in the module's, which is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(dataset.read("thueringen"))
        transaction.set_rollback(True)


@pytest.fixture
def thuringia(loaded: dict[str, Tally], db: None) -> dict[str, Tally]:
    return loaded
