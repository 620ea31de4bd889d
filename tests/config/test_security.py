"""What every answer carries, and what the modes refuse."""

import importlib
import re

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from buendnisnetz.core.middleware import SamePolicyMiddleware
from buendnisnetz.web.domain.routes import all_routes
from tests.factories.network import make_user
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
BACKEND = "buendnisnetz.accounts.backends.SignInBackend"
PRODUCTION = (
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD", "SECURE_REDIRECT_EXEMPT", "SECURE_PROXY_SSL_HEADER",
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
)  # fmt: skip
PUBLIC = [
    "/", "/suche/", "/impressum/", "/datenschutz/", "/barrierefreiheit/", "/leichte-sprache/",
    "/quellen/", "/hilfe/", "/netz/buendnisse/", "/netz/organisationen/", "/netz/stellen/",
    "/netz/arbeitsgruppen/", "/gebiete/", "/gebiete/kammern/", "/sitzungen/", "/konto/anmelden/",
    "/konto/passwort/vergessen/", "/konto/einladung/abgelaufen/", "/aufgaben/antwort/abgelaufen/",
    "/sitzungen/durchsicht/abgelaufen/", "/sitzungen/termin/abgelaufen/",
    "/sitzungen/einladung/abgelaufen/", "/sitzungen/einladung/abgelaufen/unterlagen/1/",
    "/sitzungen/einladung/abgelaufen/termin.ics", "/sitzungen/kalender/abgelaufen/",
    "/sitzungen/freigabe/abgelaufen/",
    "/mitmachen/", "/mitmachen/interesse/", "/mitmachen/danke/",
    "/mitmachen/zuruecknehmen/abgelaufen/", "/mitmachen/uebergabe/abgelaufen/",
    "/partner/nutzen/", "/partner/beispiele/", "/partner/beispiele/gefragt/",
    "/partner/vermittlungen/antwort/abgelaufen/",
    "/netz/ansprechstelle/abgelaufen/",
    "/api/", "/api/openapi.json", "/oparl/v1/", "/oparl/v1/body/",
    "/gibt/es/nicht/",
]  # fmt: skip


def _settings(mode: str):
    return importlib.import_module(f"buendnisnetz.config.settings.{mode}")


@pytest.fixture
def production(settings):
    """The settings of production that decide about the connection."""
    module = _settings("production")
    for name in PRODUCTION:
        setattr(settings, name, getattr(module, name))
    return Client()


@pytest.mark.parametrize("path", PUBLIC)
def test_headers_of_public_pages(production, path):
    page = production.get(path, secure=True)
    policy = page["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert set(policy.split("; ")) >= {
        "default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
        "form-action 'self'", "img-src 'self' data:",
    }  # fmt: skip
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["X-Frame-Options"] == "DENY"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "Server" not in page


def _answered(given: HttpResponse) -> str:
    request = RequestFactory().get("/")
    return SamePolicyMiddleware(lambda _request: given)(request)["Content-Security-Policy"]


def test_an_answer_keeps_the_policy_that_it_has():
    given = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    assert _answered(given) == "sandbox"


def test_an_answer_may_ask_for_more_and_the_next_one_does_not_get_it():
    usual, wide = _answered(HttpResponse()), HttpResponse()
    wide._csp_update = {"img-src": ["https://tiles.example.org"]}
    assert "https://tiles.example.org" in _answered(wide)
    assert _answered(HttpResponse()) == usual
    assert "default-src 'self'" in usual


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_ask_nobody_else(client, path):
    """No style, script, font or picture from elsewhere; nothing that the policy would stop."""
    html = client.get(path).content.decode()
    assert re.findall(r'(?:src|action|<link[^>]*href)="(?:https?:)?//[^"]*"', html) == []
    assert re.findall(r'\sstyle="|\son\w+="|<style|javascript:', html) == []


def test_the_list_above_names_every_public_page():
    public = {route.path for route in all_routes() if route.public and "GET" in route.methods}
    # Pages around signing in are made of the same two templates as those above.
    missing = {path for path in public - set(PUBLIC) if path and not path.startswith("/konto/")}
    assert missing == {"/healthz", "/barrierefreiheit/gemeldet/"}


def test_plain_http_is_sent_to_https_but_not_the_health_check(production):
    assert production.get("/hilfe/")["Location"] == "https://testserver/hilfe/"
    assert production.get("/healthz").status_code == 503
    forwarded = production.get("/hilfe/", headers={"X-Forwarded-Proto": "https"})
    assert forwarded.status_code == 200


def test_cookies_are_for_the_server_and_for_https_only(production):
    make_user(email="ada@example.org")
    data = {"login": "ada@example.org", "password": "geheim-geheim"}
    production.post("/konto/anmelden/", data, secure=True)
    session, form = production.cookies["sitzung"], production.cookies["formular"]
    for cookie in (session, form):
        assert (cookie["secure"], cookie["samesite"]) == (True, "Lax")
    assert session["httponly"] is True
    assert session["path"] == "/"


@pytest.mark.parametrize("host", ["netz.example.org", "10.0.0.1", "localhost.example.org"])
def test_the_demonstration_answers_on_this_machine_only(settings, host):
    settings.ALLOWED_HOSTS = _settings("demo").ALLOWED_HOSTS
    page = Client().get("/hilfe/", headers={"Host": host})
    assert page.status_code == 400
    assert "Traceback" not in page.content.decode()
    assert Client().get("/hilfe/", headers={"Host": "localhost:8000"}).status_code == 200


def test_demonstration_and_production_differ_where_it_matters():
    demo, production = _settings("demo"), _settings("production")
    assert (demo.DEMO, production.DEMO) == (True, False)
    assert (demo.DEBUG, production.DEBUG) == (False, False)
    assert (demo.AUTH_PASSWORD_VALIDATORS, len(production.AUTH_PASSWORD_VALIDATORS)) == ([], 3)
    assert demo.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    assert production.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    assert production.CSRF_TRUSTED_ORIGINS == ["https://localhost"]


def test_sign_ins_of_the_demonstration_are_shown_nowhere_else(client):
    assert django_settings.DEMO is False
    assert "demo.example" not in client.get("/konto/anmelden/").content.decode()


@pytest.mark.parametrize(
    "path", ["/.git/config", "/settings.py", "/.env", "/admin/", "/static/../manage.py"]
)
def test_nothing_of_the_program_is_served(client, path):
    page = client.get(path)
    assert page.status_code == 404


def test_forms_without_their_token_are_refused_in_german():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(), backend=BACKEND)
    page = client.post("/konto/", {"display_name": "Neu"})
    assert page.status_code == 403
    assert "Dieses Formular ist zu alt" in text_of(page)
