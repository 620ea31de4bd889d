from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import User
from tests.factories.network import make_user

BACKEND = "buendnisnetz.accounts.backends.SignInBackend"


@pytest.fixture(autouse=True)
def on_a_day(time_machine: Any) -> None:
    """Sunday, 22 November 2026, one o'clock in Erfurt."""
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)


@pytest.fixture
def office(db: None) -> User:
    return make_user(Role.STATE_COORDINATION)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A client that is signed in as a user."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


@pytest.fixture
def keeper(office: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(office)


@pytest.fixture
def as_role(client_of: Callable[[User], Client]) -> Callable[..., Client]:
    """A client for a role, for a scope where the role needs one."""

    def sign_in(role: Role, scope: Any = None) -> Client:
        return client_of(make_user(role, scope))

    return sign_in
