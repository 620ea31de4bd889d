"""Accounts by invitation, the only way in."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from buendnisnetz.accounts.domain import invitations
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.accounts.models import Assignment, Invitation, User
from buendnisnetz.audit.history import history_of
from buendnisnetz.notifications.models import Message
from tests.factories.network import make_alliance, make_user
from tests.factories.tasks import NOW
from tests.mailbox import waiting_jobs
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
PASSWORD = "Ein Satz mit zwölf Zeichen"
DAY = timedelta(days=1)


def _invite(email="neu@example.org", role=Role.MINISTRY, scope_id=None, **facts):
    return invitations.invite(
        email=email,
        display_name=facts.pop("name", "Nele Neu"),
        role=role,
        scope_id=scope_id,
        site="https://netz.example.org/",
        actor=facts.pop("actor", None) or make_user(Role.STATE_COORDINATION),
        now=facts.pop("now", NOW),
    )


def _token() -> str:
    found = re.search(r"/konto/einladung/(\S+)/", Message.objects.latest("pk").text)
    assert found is not None
    return found.group(1)


def _invite_and_fail() -> None:
    with transaction.atomic():
        _invite()
        Assignment.objects.create(user=make_user(), role=Role.MEMBER, scope_kind="DISTRICT")


def _accept(now=NOW, password=PASSWORD):
    return invitations.accept(token=_token(), password=password, now=now)


class TestInvite:
    def test_the_mail_names_who_invites_and_to_what(self, mailbox, worker):
        actor = make_user(Role.STATE_COORDINATION)
        _invite(actor=actor)
        worker.run()
        mail = mailbox.mails[0]
        assert (mail["To"], mail["Subject"]) == (
            "neu@example.org",
            "Ihre Einladung ins Bündnisnetz",
        )
        text = mail.get_content()
        assert "Guten Tag Nele Neu," in text
        assert f"{actor.display_name} lädt Sie zur Mitarbeit" in text
        assert "(Rolle: Ministerium)" in text
        assert re.search(r"^https://netz\.example\.org/konto/einladung/[\w-]{43}/\s*$", text, re.M)

    def test_only_a_hash_is_kept_once_the_mail_is_out(self, mailbox, worker):
        invitation = _invite()
        token = _token()
        worker.run()
        assert re.fullmatch("[0-9a-f]{64}", invitation.token_hash)
        assert token not in str(list(Message.objects.values_list())) + str(
            list(Invitation.objects.values_list())
        )

    def test_it_keeps_what_was_said(self):
        alliance = make_alliance()
        invitation = _invite(
            " NEU@Example.org ", Role.ALLIANCE_COORDINATOR, alliance.pk, name=" Nele "
        )
        assert (invitation.email, invitation.display_name) == ("neu@example.org", "Nele")
        assert (invitation.scope_kind, invitation.scope_id) == (ScopeKind.ALLIANCE, alliance.pk)
        assert invitation.expires_at == NOW + 14 * DAY

    def test_roles_for_the_state_have_no_number(self):
        assert _invite(role=Role.MINISTRY, scope_id=7).scope_id is None

    def test_an_address_with_an_account_is_refused(self):
        make_user(email="da@example.org")
        with pytest.raises(invitations.AddressTakenError) as caught:
            _invite("Da@Example.org")
        assert "Es gibt schon ein Konto mit dieser Adresse." in str(caught.value)
        assert not Message.objects.exists()

    def test_a_failure_queues_nothing(self):
        with pytest.raises(IntegrityError):
            _invite_and_fail()
        assert (Invitation.objects.count(), Message.objects.count()) == (0, 0)
        assert waiting_jobs() == []


class TestAccept:
    def test_it_makes_the_account_and_its_role(self):
        alliance = make_alliance()
        invitation = _invite(role=Role.ALLIANCE_COORDINATOR, scope_id=alliance.pk)
        user = _accept()
        assert (user.email, user.display_name, user.joined_at) == (
            "neu@example.org",
            "Nele Neu",
            NOW,
        )
        assert user.check_password(PASSWORD)
        role = Assignment.objects.get(user=user)
        assert (role.role, role.scope_kind, role.scope_id, role.valid_from, role.valid_to) == (
            "ALLIANCE_COORDINATOR", "ALLIANCE", alliance.pk, date(2026, 11, 23), None,
        )  # fmt: skip
        invitation.refresh_from_db()
        assert (invitation.accepted_at, invitation.accepted_by) == (NOW, user)
        assert [entry.action for entry in history_of(user)] == ["Einladung angenommen"]

    def test_after_midnight_the_role_holds_from_the_new_day(self):
        _invite(now=NOW)
        user = _accept(NOW.replace(hour=23, minute=30))
        assert Assignment.objects.get(user=user).valid_from == date(2026, 11, 24)

    @pytest.mark.parametrize("days", [14, 400])
    def test_it_is_open_for_fourteen_days(self, days):
        _invite()
        assert invitations.open_invitation(
            token=_token(), now=NOW + 14 * DAY - timedelta(seconds=1)
        )
        with pytest.raises(invitations.InvitationClosedError) as caught:
            _accept(NOW + days * DAY)
        assert str(caught.value) == (
            "Diese Einladung gilt nicht mehr. Bitte fragen Sie nach einer neuen."
        )

    def test_it_works_once(self):
        _invite()
        _accept()
        with pytest.raises(invitations.InvitationClosedError):
            _accept()
        assert User.objects.filter(email="neu@example.org").count() == 1

    def test_a_wrong_token_opens_nothing(self):
        invitation = _invite()
        for token in ("", "geraten", invitation.token_hash, invitation.public_id):
            with pytest.raises(invitations.InvitationClosedError):
                invitations.open_invitation(token=token, now=NOW)

    @pytest.mark.parametrize("password", ["kurz", "neu@example.org", "qwerty123456"])
    def test_a_weak_password_leaves_the_invitation_open(self, password):
        _invite()
        with pytest.raises(ValidationError):
            _accept(password=password)
        assert not User.objects.filter(email="neu@example.org").exists()
        assert _accept().email == "neu@example.org"

    def test_the_second_invitation_to_one_address_cannot_be_taken(self):
        _invite()
        first = _token()
        _invite()
        _accept()
        with pytest.raises(invitations.AddressTakenError):
            invitations.accept(token=first, password=PASSWORD, now=NOW)


class TestWithdraw:
    def test_the_link_becomes_useless(self):
        invitation = _invite()
        invitations.withdraw(invitation=invitation, actor=None, now=NOW)
        with pytest.raises(invitations.InvitationClosedError):
            _accept()
        assert history_of(invitation)[0].action == "Einladung zurückgezogen"

    def test_what_was_taken_cannot_be_withdrawn(self):
        invitation = _invite()
        _accept()
        with pytest.raises(invitations.InvitationClosedError):
            invitations.withdraw(invitation=invitation, actor=None, now=NOW)


class TestPages:
    @pytest.fixture
    def office(self, as_user):
        return as_user(make_user(Role.STATE_COORDINATION))

    def test_the_whole_way(self, office):
        office.post(
            "/konto/einladungen/",
            {"email": "neu@example.org", "display_name": "Nele Neu", "role": "MINISTRY"},
        )
        guest = Client()
        page = guest.get(f"/konto/einladung/{_token()}/")
        assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
        text = text_of(page)
        assert "Nele Neu" in text
        assert "neu@example.org" in text
        assert "Ministerium" in text
        done = guest.post(
            f"/konto/einladung/{_token()}/", {"password": PASSWORD, "repeated": PASSWORD}
        )
        assert done["Location"] == "/"
        assert "Nele Neu" in guest.get("/konto/").content.decode()
        assert "angenommen" in text_of(office.get("/konto/einladungen/"))

    def test_mistakes_come_back(self, office):
        page = office.post(
            "/konto/einladungen/", {"email": "kein", "display_name": "", "role": "X"}
        )
        assert page.status_code == 422
        assert page.content.decode().count("kern-error") == 3

    def test_a_role_for_an_alliance_needs_one(self, office):
        data = {"email": "a@example.org", "display_name": "A", "role": "ALLIANCE_COORDINATOR"}
        page = office.post("/konto/einladungen/", data)
        assert "Bitte wählen Sie, wofür diese Rolle gilt." in text_of(page)
        alliance = make_alliance()
        office.post("/konto/einladungen/", {**data, "alliance": alliance.public_id})
        assert Invitation.objects.get().scope_id == alliance.pk

    def test_the_wrong_kind_of_scope_is_refused(self, office):
        alliance = make_alliance()
        data = {"email": "a@example.org", "display_name": "A", "role": "DISTRICT_PLANNER"}
        page = office.post("/konto/einladungen/", {**data, "alliance": alliance.public_id})
        assert (page.status_code, Invitation.objects.count()) == (422, 0)

    def test_a_taken_address_is_told(self, office):
        make_user(email="da@example.org")
        page = office.post(
            "/konto/einladungen/",
            {"email": "da@example.org", "display_name": "A", "role": "MINISTRY"},
        )
        assert page.status_code == 422
        assert "Es gibt schon ein Konto mit dieser Adresse." in text_of(page)

    def test_withdraw_by_button(self, office):
        invitation = _invite()
        office.post(f"/konto/einladungen/{invitation.public_id}/zurueckziehen/")
        invitation.refresh_from_db()
        assert invitation.withdrawn_at == NOW
        again = office.post(f"/konto/einladungen/{invitation.public_id}/zurueckziehen/")
        assert again.status_code == 409
        assert "Diese Einladung gilt nicht mehr." in text_of(again)

    def test_a_closed_link_is_gone(self):
        page = Client().get("/konto/einladung/erfunden/")
        assert page.status_code == 410
        assert "Bitte fragen Sie nach einer neuen." in text_of(page)

    @pytest.mark.parametrize(
        ("first", "second", "said"),
        [
            (PASSWORD, "anders", "Die beiden Passwörter sind verschieden."),
            ("kurz", "kurz", "Dieses Passwort ist zu kurz."),
            ("", "", "Dieses Feld ist zwingend erforderlich."),
        ],
    )
    def test_passwords_that_will_not_do(self, first, second, said):
        _invite()
        page = Client().post(
            f"/konto/einladung/{_token()}/", {"password": first, "repeated": second}
        )
        assert page.status_code == 422
        assert said in text_of(page)
        assert first == "" or f'value="{first}"' not in page.content.decode()

    def test_nobody_else_invites(self, as_user):
        assert as_user(make_user(Role.MINISTRY)).get("/konto/einladungen/").status_code == 403

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow(self, office, django_assert_num_queries, number):
        for place in range(number):
            _invite(f"neu{place}@example.org")
        with django_assert_num_queries(7):
            office.get("/konto/einladungen/")


def _accept_alone(token: str) -> str:
    try:
        return invitations.accept(token=token, password=PASSWORD, now=NOW).email
    except invitations.InvitationClosedError:
        return "zu spät"
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_in():
    _invite()
    with ThreadPoolExecutor(max_workers=2) as threads:
        found = sorted(threads.map(_accept_alone, [_token()] * 2))
    assert found == ["neu@example.org", "zu spät"]
    assert User.objects.filter(email="neu@example.org").count() == 1
