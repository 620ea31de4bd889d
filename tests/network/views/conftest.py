from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import time_machine as clock
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from buendnisnetz.accounts.enums import Role
from tests.network.views.world import World, make_world
from tests.undone import shared

NOW = "2026-11-22T12:00:00+00:00"


@pytest.fixture(autouse=True)
def on_a_day(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture(scope="module")
def _world_of_a_module(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    with shared(django_db_blocker):
        with clock.travel(NOW, tick=False):
            made = make_world()
        yield made


@pytest.fixture
def world(_world_of_a_module: World, db: None) -> World:
    return deepcopy(_world_of_a_module)


@pytest.fixture
def signed_in(world: World) -> Any:
    """A client for a role of the world."""

    def sign_in(role: Role = Role.STATE_COORDINATION) -> Client:
        client = Client()
        client.force_login(
            world.users[role], backend="buendnisnetz.accounts.backends.SignInBackend"
        )
        return client

    return sign_in


@pytest.fixture
def keeper(signed_in: Any) -> Client:
    return signed_in()
