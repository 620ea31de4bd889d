"""Every route for every role: nobody opens what is not theirs.

The expectation is written by hand in ``expected``; a new route fails until somebody decides.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import User
from buendnisnetz.core.models import Installation
from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.load import load
from buendnisnetz.web.demo import seed
from buendnisnetz.web.demo.sizes import Sizes
from buendnisnetz.web.domain.routes import Route, all_routes
from tests.access.expected import EXPECTED, PUBLIC, SIGNED_IN
from tests.access.expected.groups import KEEPERS

pytestmark = pytest.mark.django_db

# Signing in half-way or out: they lead on to signing in, for everybody.
UNFINISHED = {"account_logout", "mfa_authenticate", "mfa_login_webauthn"}
SMALL = Sizes("16", alliances=6, organisations=70, people=120, meetings=8, tasks=40)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """A small demonstration; everything is rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        Installation.objects.create(mode="demo", made_at=timezone.now())
        load(dataset.read("thueringen"))
        built = seed.build_world(SMALL, date(2026, 7, 1))
        users = seed.seed_accounts(built)
        seed.seed_work(users, date(2026, 7, 1))
        users["nobody"] = User.objects.create_user(
            "niemand@demo.example", "demo", display_name="Ohne Rolle"
        )
        yield users
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def routes(world: dict[str, User]) -> list[Route]:
    return all_routes()


def _clients(users: dict[str, User]) -> Iterator[tuple[Role, Client]]:
    for user in users.values():
        for role in user.assignments.values_list("role", flat=True):
            client = Client()
            client.force_login(user)
            yield Role(role), client


def _status(client: Client, route: Route) -> tuple[int, str]:
    """The answer to opening a route, with the first of its methods; nothing stays changed."""
    with transaction.atomic():
        ask = client.get if "GET" in route.methods else client.post
        answer = ask(route.path)
        transaction.set_rollback(True)
    return answer.status_code, answer.headers.get("Location", "")


def test_every_route_is_written_down(routes: list[Route]) -> None:
    assert sorted(EXPECTED) == sorted(route.name for route in routes)


def test_visitors_are_sent_to_sign_in_from_everything_that_is_not_public(
    routes: list[Route],
) -> None:
    wrong = []
    for route in routes:
        if not route.path:
            continue
        status, location = _status(Client(), route)
        public = route.name in PUBLIC
        sent_away = status == 302 and location.startswith("/konto/anmelden/")
        if public == sent_away and route.name not in UNFINISHED:
            wrong.append(f"{route.name}: {status} {location}")
    assert wrong == []


def test_roles_without_the_right_get_no_page(routes: list[Route], world: dict[str, User]) -> None:
    wrong = [
        f"{role} {route.name}: {status}"
        for role, client in _clients(world)
        for route in routes
        if route.path and role not in EXPECTED[route.name]
        for status, _location in [_status(client, route)]
        if status not in {403, 404}
    ]
    assert wrong == []


def test_roles_with_the_right_are_not_turned_away(
    routes: list[Route], world: dict[str, User]
) -> None:
    """What an object shows is another matter: 404 where it is not theirs to see, 403 where it is
    visible but not theirs to change; for the coordination office neither happens."""
    wrong = []
    for role, client in _clients(world):
        for route in routes:
            if not route.path or role not in EXPECTED[route.name]:
                continue
            status, location = _status(client, route)
            narrow = role not in KEEPERS
            fine = (
                status < 400 or status in {405, 409, 410, 422} or (narrow and status in {403, 404})
            )
            # Nobody has a key yet, and no worker runs beside the tests.
            fine = fine or route.name == "web:healthz" or (status == 404 and "mfa_" in route.name)
            if not fine or (
                location.startswith("/konto/anmelden/") and route.name not in UNFINISHED
            ):
                wrong.append(f"{role} {route.name} {route.path}: {status} {location}")
    assert wrong == []


def test_an_account_without_a_role_sees_what_the_public_sees(
    routes: list[Route], world: dict[str, User]
) -> None:
    client = Client()
    client.force_login(world["nobody"])
    own = PUBLIC | SIGNED_IN
    wrong = [
        f"{route.name}: {status}"
        for route in routes
        if route.path and route.name not in own
        for status, _location in [_status(client, route)]
        if status != 403
    ]
    assert wrong == []


def test_every_route_has_an_example_in_the_demonstration(routes: list[Route]) -> None:
    assert [route.name for route in routes if not route.path] == []


def test_ended_roles_open_nothing(world: dict[str, User]) -> None:
    user = world["planung"]
    with transaction.atomic():
        user.assignments.update(
            valid_from=date(2020, 1, 1), valid_to=timezone.localdate() - timedelta(days=1)
        )
        client = Client()
        client.force_login(user)
        assert client.get("/aufgaben/").status_code == 403
        transaction.set_rollback(True)
