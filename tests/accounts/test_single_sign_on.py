"""Signing in at another place, against a real OpenID provider on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from buendnisnetz.accounts.models import User
from tests.factories.network import make_user
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    """As much of OpenID Connect as a sign-in needs; ``person`` is who signs in there."""

    person: dict[str, Any] = {}
    broken = False

    def _answer(self, value: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        host = f"http://{self.headers['Host']}"
        if self.path.endswith("openid-configuration"):
            pages = {"authorization": "/login", "token": "/token", "userinfo": "/person"}
            self._answer({f"{name}_endpoint": host + path for name, path in pages.items()})
        else:
            self._answer(self.person)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.broken:
            self._answer({"error": "invalid_grant"}, 400)
        else:
            self._answer({"access_token": "x", "token_type": "bearer"})

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def provider(settings: Any) -> Iterator[type[Provider]]:
    Provider.person = {"sub": "7", "email": "ada@example.org", "email_verified": True}
    Provider.broken = False
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    app = {
        "provider_id": "oidc", "name": "Anmeldung der Verwaltung", "client_id": "netz",
        "secret": "x", "settings": {"server_url": address},
    }  # fmt: skip
    settings.ROOT_URLCONF = "tests.accounts.oidc_urls"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "EMAIL_AUTHENTICATION": True, "APPS": [app]}
    }
    yield Provider
    server.shutdown()
    server.server_close()


def _sign_in(client: Client, **more: str) -> Any:
    away = client.post("/konto/anmelden/oidc/", more)
    parts = urlsplit(away["Location"])
    query = parse_qs(parts.query)
    assert parts.path == "/login"
    assert query["code_challenge_method"] == ["S256"]
    state = query["state"][0]
    return client.get("/konto/anmelden/oidc/zurueck/", {"code": "c", "state": state})


def test_the_sign_in_page_offers_it(provider, client):
    page = client.get("/konto/anmelden/?next=/aufgaben/")
    assert "Anmeldung der Verwaltung" in text_of(page)
    assert 'action="/konto/anmelden/oidc/"' in page.content.decode()


def test_opening_the_address_asks_first(provider, client):
    page = client.get("/konto/anmelden/oidc/")
    assert page.status_code == 200
    assert "Sie melden sich auf einer anderen Seite an" in text_of(page)


def test_a_proved_address_opens_its_account_and_keeps_the_password(provider, client):
    user = make_user(email="ada@example.org")
    assert _sign_in(client, next="/aufgaben/")["Location"] == "/aufgaben/"
    assert user.display_name in client.get("/konto/").content.decode()
    user.refresh_from_db()
    assert user.check_password("geheim-geheim")


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "8", "email": "fremd@example.org", "email_verified": True},
        {"sub": "9", "email": "ada@example.org", "email_verified": False},
        {"sub": "10"},
    ],
)
def test_anything_else_opens_nothing_and_makes_no_account(provider, client, person):
    make_user(email="ada@example.org")
    provider.person = person
    page = client.get(_sign_in(client)["Location"])
    assert "Zu Ihrer Adresse gibt es hier kein Konto." in text_of(page)
    assert client.get("/konto/").status_code == 302
    assert User.objects.count() == 1


def test_a_closed_account_stays_closed(provider, client):
    make_user(email="ada@example.org")
    User.objects.update(is_active=False)
    _sign_in(client)
    assert client.get("/konto/").status_code == 302


def test_a_failure_over_there_leads_back(provider, client):
    provider.broken = True
    page = client.get(_sign_in(client)["Location"])
    assert "Die Anmeldung dort hat nicht geklappt." in text_of(page)


def test_giving_up_over_there_leads_back(provider, client):
    away = client.post("/konto/anmelden/oidc/")
    state = parse_qs(urlsplit(away["Location"]).query)["state"][0]
    back = client.get("/konto/anmelden/oidc/zurueck/", {"error": "access_denied", "state": state})
    assert back["Location"] == "/konto/anmelden/"


def test_an_answer_that_nobody_asked_for_is_refused(provider, client):
    make_user(email="ada@example.org")
    client.get("/konto/anmelden/oidc/zurueck/", {"code": "c", "state": "erfunden"})
    assert client.get("/konto/").status_code == 302
