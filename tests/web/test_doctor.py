"""What the doctor says about an installation, part by part."""

import io

import pytest
from django.core.management import call_command

from buendnisnetz.core.models import Installation
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db


def said() -> dict[str, str]:
    """What stands behind each part's name; empty where it is in order."""
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", stdout=out)
    lines = [line.removeprefix("FEHLER").removeprefix("ok") for line in out.getvalue().splitlines()]
    return {name.strip(): words.strip() for name, _colon, words in (line.partition(": ") for line in lines)}  # fmt: skip


def test_a_database_that_was_never_prepared_is_named_as_such():
    Installation.objects.all().delete()
    assert said()["Datenbank"] == "ist noch nicht eingerichtet (bin/serve richtet sie ein)"


def test_a_worker_that_does_not_run_is_named(mailbox: Mailbox):
    found = said()
    assert found["Hintergrunddienst"] == "läuft nicht (bin/serve startet ihn mit)"
    assert found["Mail"] == ""
    assert found["Dateiablage"] == ""


def test_a_mail_server_that_does_not_answer_is_named(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "EMAIL_URL prüfen" in said()["Mail"]
