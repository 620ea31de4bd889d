from typing import Any

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from tests.network.views.world import World, make_world


@pytest.fixture(autouse=True)
def on_a_day(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


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
