"""Who may open a page: one declaration per view, for functions and classes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver
from django.views import View

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.gate import EVERY_ROLE, Gate, gate_of, open_to
from buendnisnetz.core.gates import public_page
from buendnisnetz.web.domain.routes import _patterns
from tests.factories.network import make_user

pytestmark = pytest.mark.django_db


@open_to(Role.MINISTRY, methods=("GET", "POST"))
def closed(request):
    return HttpResponse("offen")


@open_to(public=True)
def public(request):
    return HttpResponse("offen")


@open_to(signed_in=True)
def signed_in(request):
    return HttpResponse("offen")


@open_to(Role.MINISTRY)
class Closed(View):
    def get(self, request):
        return HttpResponse("offen")


@open_to(Role.CHAMBER)
class Other(Closed):
    pass


@public_page
class Public(View):
    def get(self, request):
        return HttpResponse("offen")


def _opens(view, user) -> bool:
    request = RequestFactory().get("/")
    request.user = user
    try:
        return view(request).content == b"offen"
    except PermissionDenied:
        return False


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (closed, [False, False, False, True]),
        (Closed.as_view(), [False, False, False, True]),
        (signed_in, [False, True, True, True]),
        (public, [True, True, True, True]),
        (Public.as_view(), [True, True, True, True]),
    ],
)
def test_open_to(view, expected):
    users = [AnonymousUser(), make_user(), make_user(Role.ADMINISTRATOR), make_user(Role.MINISTRY)]
    assert [_opens(view, user) for user in users] == expected


def test_a_class_that_derives_asks_for_both():
    """Narrower than its base, never wider."""
    assert not _opens(Other.as_view(), make_user(Role.MINISTRY))
    assert gate_of(Other.as_view()) == Gate(False, (Role.CHAMBER,), ("GET",))
    assert gate_of(Closed.as_view()) == Gate(False, (Role.MINISTRY,), ("GET",))


@open_to(Role.MINISTRY)
class ClosedAgain(Public):
    pass


def test_a_closed_class_that_derives_from_a_public_one_asks_visitors_to_sign_in():
    assert ClosedAgain.as_view().login_required is True
    assert Public.as_view().login_required is False


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (closed, Gate(False, (Role.MINISTRY,), ("GET", "POST"))),
        (public, Gate(True, EVERY_ROLE, ("GET",))),
        (signed_in, Gate(False, EVERY_ROLE, ("GET",), signed_in=True)),
        (Public.as_view(), Gate(True, EVERY_ROLE, ("GET",))),
        (lambda request: None, None),
    ],
)
def test_gate_of(view, expected):
    assert gate_of(view) == expected


def test_only_public_views_skip_the_sign_in():
    assert [getattr(view, "login_required", True) for view in (closed, signed_in, public)] == [
        True, True, False,
    ]  # fmt: skip
    assert Public.as_view().login_required is False


def test_every_route_of_the_project_declares_its_gate():
    missing = [
        f"{prefix}{pattern.name}"
        for prefix, pattern in _patterns(get_resolver(), "")
        if gate_of(pattern.callback) is None
    ]
    assert missing == []


def test_closed_routes_send_visitors_to_sign_in(client):
    page = client.get("/konto/benutzer/?q=a")
    assert page["Location"] == "/konto/anmelden/?next=/konto/benutzer/%3Fq%3Da"


def test_an_account_without_a_role_reads_that_it_may_not(client):
    client.force_login(make_user(), backend="buendnisnetz.accounts.backends.SignInBackend")
    page = client.get("/aufgaben/")
    assert page.status_code == 403
    assert "Ihre Rolle erlaubt das nicht." in page.content.decode()
