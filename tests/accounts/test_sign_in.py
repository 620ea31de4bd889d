"""Signing in and out, second factors, forgotten passwords."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from buendnisnetz.accounts.models import User
from buendnisnetz.config.settings import base
from buendnisnetz.notifications.models import Message
from tests.factories.network import make_user
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
PASSWORD = "geheim-geheim"
NEW = "Ein ganz neuer Satz"
WRONG = "Die E-Mail-Adresse und/oder das Passwort sind leider falsch."


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    return make_user(email="ada@example.org")


def _sign_in(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post(
        "/konto/anmelden/", {"login": "ada@example.org", "password": password, **more}
    )


def _is_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def _confirm(client: Client) -> None:
    """Give the password once more, as is asked before what is sensitive."""
    client.post("/konto/bestaetigen/", {"password": PASSWORD})


def _code(secret: str) -> str:
    return str(
        totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    )


class TestPassword:
    def test_it_opens_the_start_page(self, user, client):
        assert _sign_in(client)["Location"] == "/"
        assert _is_in(client)

    def test_case_and_blanks_in_the_address_do_not_matter(self, user, client):
        client.post("/konto/anmelden/", {"login": " ADA@example.org ", "password": PASSWORD})
        assert _is_in(client)

    def test_it_leads_to_where_one_wanted_to_go(self, user, client):
        assert client.get("/aufgaben/")["Location"] == "/konto/anmelden/?next=/aufgaben/"
        assert _sign_in(client, next="/aufgaben/")["Location"] == "/aufgaben/"

    @pytest.mark.parametrize("target", ["https://example.com/", "//example.com/", "/\\example.com"])
    def test_it_leads_nowhere_else(self, user, client, target):
        assert _sign_in(client, next=target)["Location"] == "/"

    def test_a_wrong_password_says_neither_which_nor_why(self, user, client):
        unknown = {"login": "fremd@example.org", "password": PASSWORD}
        pages = [_sign_in(client, "falsch"), client.post("/konto/anmelden/", unknown)]
        assert [WRONG in text_of(page) for page in pages] == [True, True]
        assert not _is_in(client)

    def test_after_five_failures_even_the_right_one_waits(self, user, client, time_machine):
        for _turn in range(5):
            assert WRONG in text_of(_sign_in(client, "falsch"))
        page = text_of(_sign_in(client))
        assert "Bitte versuchen Sie es in einigen Minuten noch einmal." in page
        assert not _is_in(client)
        time_machine.move_to("2026-11-23T09:05:01+00:00")
        _sign_in(client)
        assert _is_in(client)

    def test_a_closed_account_stays_out(self, user, client):
        User.objects.update(is_active=False)
        page = _sign_in(client)
        assert (page.status_code, _is_in(client)) in {(302, False), (200, False)}

    def test_closing_the_account_ends_its_sessions(self, user, client):
        _sign_in(client)
        User.objects.update(is_active=False)
        assert not _is_in(client)

    def test_signing_out_asks_first_and_then_does(self, user, client):
        _sign_in(client)
        assert "Möchten Sie sich abmelden?" in text_of(client.get("/konto/abmelden/"))
        assert _is_in(client)
        assert client.post("/konto/abmelden/")["Location"] == "/"
        assert not _is_in(client)

    def test_the_session_gets_a_new_name(self, user, client):
        client.get("/konto/anmelden/")
        _sign_in(client)
        first = client.cookies["sitzung"].value
        client.post("/konto/abmelden/")
        _sign_in(client)
        assert client.cookies["sitzung"].value != first

    def test_hashes_are_made_by_argon2(self):
        assert base.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
        assert django_settings.AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] == {"min_length": 12}


class TestChange:
    def _change(self, client, old=PASSWORD, first=NEW, second=NEW):
        data = {"oldpassword": old, "password1": first, "password2": second}
        return client.post("/konto/passwort/", data)

    def test_all_sessions_end_and_the_owner_is_told(self, user, client):
        other = Client()
        for one in (client, other):
            _sign_in(one)
        assert self._change(client)["Location"] == "/konto/"
        assert (_is_in(client), _is_in(other)) == (False, False)
        user.refresh_from_db()
        assert user.check_password(NEW)
        mail = Message.objects.get()
        assert (mail.recipient, mail.subject) == ("ada@example.org", "Ihr Passwort wurde geändert")
        assert "Das Passwort Ihres Kontos wurde geändert." in mail.text
        assert "Adresse des Geräts: 127.0.0.1" in mail.text

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({"old": "falsch"}, "Bitte geben Sie Ihr jetziges Passwort ein."),
            ({"second": "anders anders"}, "Die beiden Passwörter sind verschieden."),
            ({"first": "kurz", "second": "kurz"}, "Es muss mindestens 12 Zeichen enthalten."),
        ],
    )
    def test_what_will_not_do_changes_nothing(self, user, client, data, said):
        _sign_in(client)
        assert said in text_of(self._change(client, **data))
        user.refresh_from_db()
        assert user.check_password(PASSWORD)


class TestForgotten:
    def _ask(self, client, email="ada@example.org"):
        return client.post("/konto/passwort/vergessen/", {"email": email})

    def _link(self) -> str:
        found = re.search(r"http://testserver(/konto/passwort/neu/\S+)", Message.objects.get().text)
        assert found is not None
        return found.group(1)

    def test_the_whole_way(self, user, client, mailbox, worker):
        assert self._ask(client)["Location"] == "/konto/passwort/vergessen/gesendet/"
        link = self._link()
        worker.run()
        mail = mailbox.mails[0]
        assert (mail["To"], mail["Subject"]) == (
            "ada@example.org", "Neues Passwort für Bündnisnetz wählen",
        )  # fmt: skip
        assert f"http://testserver{link}" in mail.get_content()
        form = client.get(link, follow=True)
        address = form.redirect_chain[-1][0]
        assert "Neues Passwort wählen" in text_of(form)
        done = client.post(address, {"password1": NEW, "password2": NEW}, follow=True)
        assert "Ihr Passwort ist geändert" in text_of(done)
        _sign_in(client, NEW)
        assert _is_in(client)

    def test_the_link_works_once(self, user, client):
        self._ask(client)
        link = self._link()
        address = client.get(link, follow=True).redirect_chain[-1][0]
        client.post(address, {"password1": NEW, "password2": NEW})
        assert "Dieser Link gilt nicht mehr" in text_of(Client().get(link, follow=True))

    def test_the_link_ends_after_three_days(self, user, client, time_machine):
        self._ask(client)
        time_machine.move_to("2026-11-26T09:00:01+00:00")
        assert "Dieser Link gilt nicht mehr" in text_of(client.get(self._link(), follow=True))

    def test_nobody_learns_whether_there_is_an_account(self, user, client):
        answers = [self._ask(client, email) for email in ("ada@example.org", "fremd@example.org")]
        assert {(page.status_code, page["Location"]) for page in answers} == {
            (302, "/konto/passwort/vergessen/gesendet/")
        }
        assert [mail.recipient for mail in Message.objects.all()] == ["ada@example.org"]

    def test_a_weak_new_password_is_refused(self, user, client):
        self._ask(client)
        address = client.get(self._link(), follow=True).redirect_chain[-1][0]
        page = client.post(address, {"password1": "kurz", "password2": "kurz"})
        assert "Es muss mindestens 12 Zeichen enthalten." in text_of(page)

    def test_too_many_questions_are_stopped(self, user, client):
        pages = [self._ask(client) for _turn in range(6)]
        assert [page.status_code for page in pages[:5]] == [302] * 5
        assert pages[5].status_code == 429
        assert Message.objects.count() == 5


class TestAppWithCodes:
    @pytest.fixture
    def inside(self, user, client):
        _sign_in(client)
        _confirm(client)
        return client

    def _secret(self, page) -> str:
        found = re.search(r"<dt>Schlüssel</dt><dd>([A-Z2-7]+)</dd>", page.content.decode())
        assert found is not None
        return found.group(1)

    def _set_up(self, client) -> str:
        secret = self._secret(client.get("/konto/sicherheit/app/"))
        client.post("/konto/sicherheit/app/", {"code": _code(secret)})
        return secret

    def test_setting_it_up_gives_emergency_codes_and_a_notice(
        self, inside, user, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            self._set_up(inside)
        kinds = Authenticator.objects.filter(user=user).values_list("type", flat=True)
        assert sorted(kinds) == ["recovery_codes", "totp"]
        assert "Zweiter Faktor: App eingerichtet" in Message.objects.values_list(
            "subject", flat=True
        )
        page = text_of(inside.get("/konto/sicherheit/notfallcodes/"))
        assert "10 von 10 Codes sind unbenutzt." in page

    def test_a_wrong_code_sets_nothing_up(self, inside):
        inside.get("/konto/sicherheit/app/")
        page = inside.post("/konto/sicherheit/app/", {"code": "000000"})
        assert "Falscher Code." in text_of(page)
        assert not Authenticator.objects.exists()

    def test_the_second_step_is_asked_for(self, inside, time_machine):
        secret = self._set_up(inside)
        client = Client()
        assert _sign_in(client)["Location"] == "/konto/sicherheit/code/"
        assert not _is_in(client)
        assert "Bitte geben Sie den Code aus Ihrer App" in text_of(
            client.get("/konto/sicherheit/code/")
        )
        client.post("/konto/sicherheit/code/", {"code": "000000"})
        assert not _is_in(client)
        # A code that was used to set the app up does not work again.
        time_machine.move_to("2026-11-23T09:01:00+00:00", tick=False)
        client.post("/konto/sicherheit/code/", {"code": _code(secret)})
        assert _is_in(client)

    def test_an_emergency_code_works_once(self, inside, user):
        self._set_up(inside)
        code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
        found = []
        for _turn in range(2):
            client = Client()
            _sign_in(client)
            client.post("/konto/sicherheit/code/", {"code": code})
            found.append(_is_in(client))
        assert found == [True, False]

    def test_the_second_step_alone_leads_back_to_the_first(self, user, client):
        assert client.get("/konto/sicherheit/code/")["Location"].startswith("/konto/anmelden/")

    def test_guessing_codes_is_stopped(self, inside):
        self._set_up(inside)
        client = Client()
        _sign_in(client)
        pages = [client.post("/konto/sicherheit/code/", {"code": "000000"}) for _turn in range(6)]
        assert "Bitte versuchen Sie es in einigen Minuten noch einmal." in text_of(pages[-1]) or (
            pages[-1].status_code == 429
        )

    def test_removing_it_asks_and_tells(self, inside):
        self._set_up(inside)
        assert "App mit Codes entfernen" in text_of(inside.get("/konto/sicherheit/app/entfernen/"))
        inside.post("/konto/sicherheit/app/entfernen/")
        assert not Authenticator.objects.filter(type="totp").exists()
        assert "Zweiter Faktor: App entfernt" in Message.objects.values_list("subject", flat=True)

    def test_emergency_codes_can_be_saved_and_made_anew(
        self, inside, django_capture_on_commit_callbacks
    ):
        self._set_up(inside)
        codes = inside.get("/konto/sicherheit/notfallcodes/datei/").content.decode().split()
        assert len(codes) == 10
        with django_capture_on_commit_callbacks(execute=True):
            inside.post("/konto/sicherheit/notfallcodes/neu/")
        again = inside.get("/konto/sicherheit/notfallcodes/datei/").content.decode().split()
        assert set(codes) & set(again) == set()
        assert "Neue Notfallcodes" in Message.objects.values_list("subject", flat=True)

    def test_what_is_sensitive_asks_for_the_password_again(self, user, client):
        _sign_in(client)
        page = client.get("/konto/sicherheit/app/", follow=True)
        assert "Für diesen Schritt fragen wir noch einmal nach Ihrem Passwort." in text_of(page)
        data = {"password": PASSWORD, "next": "/konto/sicherheit/app/"}
        wrong = client.post("/konto/bestaetigen/", {**data, "password": "falsch"})
        assert "Falsches Passwort." in text_of(wrong)
        assert client.post("/konto/bestaetigen/", data)["Location"] == "/konto/sicherheit/app/"
        assert self._secret(client.get("/konto/sicherheit/app/"))


class TestPages:
    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("", "Mein Konto"),
            ("passwort/", "Passwort ändern"),
            ("sicherheit/", "Ein zweiter Faktor schützt Ihr Konto"),
            ("sicherheit/app/", "Scannen Sie das Bild"),
            ("sicherheit/passkeys/", "Noch kein Schlüssel"),
            ("sicherheit/passkeys/neu/", "Schlüssel hinzufügen"),
        ],
    )
    def test_pages_of_ones_own_account(self, user, client, path, said):
        _sign_in(client)
        _confirm(client)
        page = client.get(f"/konto/{path}")
        assert (page.status_code, said in text_of(page)) == (200, True)

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("anmelden/", "Mit Passkey anmelden"),
            ("passwort/vergessen/", "Passwort vergessen?"),
            ("passwort/vergessen/gesendet/", "Bitte sehen Sie in Ihre Post"),
            ("passwort/neu/", "Ihr Passwort ist geändert"),
            ("passwort/neu/1-falsch/", "Dieser Link gilt nicht mehr"),
            ("gesperrt/", "Dieses Konto ist geschlossen"),
        ],
    )
    def test_pages_before_signing_in(self, client, path, said):
        page = client.get(f"/konto/{path}")
        assert (page.status_code, said in text_of(page)) == (200, True)

    def test_nobody_signs_up_alone(self, client):
        for path in ("/konto/registrieren/", "/konto/signup/", "/accounts/signup/"):
            assert client.get(path).status_code == 404

    def test_no_page_of_the_account_says_du(self, user, client):
        _sign_in(client)
        _confirm(client)
        wrong = re.compile(r"\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b")
        for path in ("", "passwort/", "sicherheit/", "sicherheit/app/", "abmelden/"):
            assert wrong.findall(text_of(client.get(f"/konto/{path}"))) == [], path
