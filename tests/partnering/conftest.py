from typing import Any

import pytest
from django.test import Client

from buendnisnetz.accounts.models import User

BACKEND = "buendnisnetz.accounts.backends.SignInBackend"


@pytest.fixture(autouse=True)
def on_a_day(time_machine: Any) -> None:
    """Monday, 23 November 2026, ten o'clock in Erfurt."""
    time_machine.move_to("2026-11-23T09:00:00+00:00", tick=False)


@pytest.fixture
def as_user() -> Any:
    """A client that is signed in as a user."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in
