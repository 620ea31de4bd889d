"""When personal data of accounts goes, and what one may take along."""

import json
from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from buendnisnetz.accounts import jobs, scopes
from buendnisnetz.accounts.domain import profile, retention
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.accounts.models import Invitation, User
from buendnisnetz.audit.history import history_of
from buendnisnetz.tasks.domain.lifecycle import TaskValues, create_task
from buendnisnetz.tasks.enums import TaskKind
from tests.accounts.test_invitations import _invite
from tests.factories.network import make_alliance, make_person, make_user
from tests.factories.tasks import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LONG_AGO = NOW - 3 * 365 * DAY - timedelta(seconds=1)


def _unused(role=None, **facts):
    user = make_user(role)
    User.objects.filter(pk=user.pk).update(**{"joined_at": LONG_AGO, **facts})
    return user


def _is_open(user) -> bool:
    return User.objects.get(pk=user.pk).is_active


@pytest.mark.parametrize(
    ("facts", "stays"),
    [
        ({}, False),
        ({"last_login": LONG_AGO}, False),
        ({"last_login": LONG_AGO + DAY}, True),
        ({"joined_at": LONG_AGO + DAY}, True),
        ({"joined_at": None}, True),
    ],
)
def test_unused_accounts_without_a_role_are_closed(facts, stays):
    user = _unused(**facts)
    assert retention.end_unused_accounts(now=NOW) == int(not stays)
    assert _is_open(user) is stays


def test_who_holds_a_role_stays():
    user = _unused(Role.MINISTRY)
    assert retention.end_unused_accounts(now=NOW) == 0
    user.assignments.update(valid_to=date(2026, 11, 22))
    assert retention.end_unused_accounts(now=NOW) == 1
    assert history_of(user)[0].action == "unbenutztes Konto geschlossen"


@pytest.mark.parametrize(("days", "left"), [(193, 1), (195, 0)])
def test_invitations_that_nobody_took_go_after_half_a_year(days, left):
    _invite()
    retention.forget_old_invitations(now=NOW + days * DAY)
    assert Invitation.objects.count() == left


def test_taken_invitations_stay():
    invitation = _invite()
    Invitation.objects.update(accepted_at=NOW, accepted_by=make_user())
    assert retention.forget_old_invitations(now=NOW + 999 * DAY) == 0
    assert Invitation.objects.get() == invitation


def test_a_monthly_job_does_both_and_bears_a_second_run(time_machine):
    time_machine.move_to(NOW + 999 * DAY)
    _invite()
    user = _unused()
    jobs.forget_what_is_old(timestamp=0)
    jobs.forget_what_is_old(timestamp=0)
    assert (_is_open(user), Invitation.objects.count()) == (False, 0)
    assert jobs.app.periodic_registry.periodic_tasks["accounts.forget_what_is_old", ""]


class TestOwnData:
    @pytest.fixture
    def exported(self):
        alliance = make_alliance()
        user = make_user(Role.ALLIANCE_COORDINATOR, alliance, email="ada@example.org")
        make_person("Sorgsam", "Ada", user=user)
        TOTP.activate(user, "GEHEIMERSCHLUESSEL")
        _invite("ada@example.com")
        create_task(
            values=TaskValues(kind=TaskKind.TASK, title="Meine Aufgabe"), actor=user, now=NOW
        )
        return profile.export_own_data(user=user)

    def test_it_holds_every_part(self, exported):
        assert exported["account"][0]["email"] == "ada@example.org"
        assert [row["role"] for row in exported["roles"]] == ["ALLIANCE_COORDINATOR"]
        assert [row["type"] for row in exported["second_factors"]] == ["totp"]
        [tasks] = [part for part in exported["other"] if "tasks_recorded" in part]
        assert tasks["tasks_recorded"][0]["title"] == "Meine Aufgabe"
        assert "Sorgsam" in json.dumps(exported["other"])

    def test_it_holds_no_secret_and_nobody_elses_data(self, exported):
        text = json.dumps(exported, default=str)
        for secret in ("md5$", "password", "GEHEIMERSCHLUESSEL", "token", "ada@example.com"):
            assert secret not in text

    def test_it_holds_the_invitation_and_the_mails(self):
        user = make_user(email="neu@example.com")
        User.objects.filter(pk=user.pk).update(email="anders@example.com")
        _invite("neu@example.com")
        User.objects.filter(pk=user.pk).update(email="neu@example.com")
        user.refresh_from_db()
        data = profile.export_own_data(user=user)
        assert [row["display_name"] for row in data["invitations"]] == ["Nele Neu"]
        assert [row["subject"] for row in data["mails"]] == ["Ihre Einladung ins Bündnisnetz"]
        assert "einladung/" not in json.dumps(data, default=str)

    def test_as_a_file(self, as_user):
        page = as_user(make_user(email="ada@example.org")).get("/konto/daten/")
        assert page["Content-Disposition"] == 'attachment; filename="meine-daten.json"'
        assert json.loads(page.content)["account"][0]["email"] == "ada@example.org"


def test_scopes_have_names():
    alliance = make_alliance("Bündnis Musterort")
    wanted = [(ScopeKind.ALLIANCE, alliance.pk), (ScopeKind.ALLIANCE, 0), (ScopeKind.STATE, None)]
    assert scopes.names(wanted) == {
        ("ALLIANCE", alliance.pk): "Bündnis Musterort",
        ("ALLIANCE", 0): "gibt es nicht mehr",
        ("STATE", None): "das ganze Land",
    }
    field = scopes.fields(make_user(Role.ADMINISTRATOR))[ScopeKind.ALLIANCE]
    assert field.clean("Bündnis Musterort") == alliance


def test_rename_is_trimmed_and_recorded():
    user = make_user()
    profile.rename(user=user, display_name="  Ada Sorgsam ", actor=user)
    user.refresh_from_db()
    assert user.display_name == "Ada Sorgsam"
    assert history_of(user)[0].action == "Name geändert"
