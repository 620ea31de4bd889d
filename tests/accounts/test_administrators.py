"""The first administrator of an installation."""

import io
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from buendnisnetz.accounts.domain.administrators import appoint_administrator
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import Assignment, User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def appoint(**changes: str) -> User:
    given = {"email": "Erste@Amt.example", "display_name": "Ada Erst", "password": "lange-genug-7!"}
    return appoint_administrator(now=NOW, **(given | changes))


def test_appoints_a_new_account() -> None:
    user = appoint()
    assert (user.email, user.display_name) == ("erste@amt.example", "Ada Erst")
    assert user.check_password("lange-genug-7!")
    assert [(row.role, row.valid_from) for row in user.assignments.all()] == [
        (Role.ADMINISTRATOR, NOW.date())
    ]


def test_again_sets_the_password_and_gives_the_role_only_once() -> None:
    first = appoint()
    User.objects.update(is_active=False)
    again = appoint(email="erste@AMT.example", display_name="", password="ein-anderes-9?")
    assert again.pk == first.pk
    assert again.is_active
    assert again.display_name == "Ada Erst"
    assert again.check_password("ein-anderes-9?")
    assert Assignment.objects.count() == 1


def test_a_weak_password_leaves_nothing_behind() -> None:
    with pytest.raises(ValidationError):
        appoint(password="kurz")
    assert not User.objects.exists()


def test_command_reads_the_password_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("lange-genug-7!\n"))
    output = io.StringIO()
    call_command("administrator", "erste@amt.example", stdout=output)
    assert output.getvalue() == "erste@amt.example kann sich jetzt anmelden.\n"
    assert User.objects.get().check_password("lange-genug-7!")
