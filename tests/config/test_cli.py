"""The command line: what runs without Django, which settings it takes, what it answers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from buendnisnetz.config import cli, demo, running, serve
from buendnisnetz.core.home import Home, Mode
from buendnisnetz.core.postgres import Cluster

ROOT = Path(cli.__file__).resolve().parents[2]
MINUTES = "Protokoll\n\nSitzung am 24.08.2017\n\nTOP 1: Begrüßung\nFrau Muster begrüßt alle.\n"
WITHOUT_DJANGO = """
import sys
from buendnisnetz.config.cli import main
code = main(["minutes", "read", sys.argv[1], "--json"])
heavy = [name for name in ("django", "psycopg", "allauth") if name in sys.modules]
sys.exit(code if not heavy else f"loaded: {heavy}")
"""


def _run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, on the tests' database server."""
    environment = {
        key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"
    }
    environment["DATABASE_URL"] = (
        os.environ.get("DATABASE_URL") or Cluster(django_settings.TEST_HOME).url()
    )
    return subprocess.run(  # noqa: S603 -- commands of our own
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**environment, **variables},
    )  # fmt: skip


def test_minutes_are_read_without_django(tmp_path):
    path = tmp_path / "protokoll.txt"
    path.write_text(MINUTES)
    found = _run("-c", WITHOUT_DJANGO, str(path))
    assert (found.returncode, found.stderr) == (0, "")
    assert isinstance(json.loads(found.stdout), dict)


def test_minutes_that_are_not_there_are_one_sentence(tmp_path):
    found = _run("-m", "buendnisnetz", "minutes", "read", str(tmp_path / "fehlt.docx"))
    assert (found.returncode, found.stdout) == (1, "")
    assert len(found.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("mode", "name"), [(None, "production"), (Mode.DEMO, "demo"), (Mode.PRODUCTION, "production")]
)
def test_settings_follow_the_mode(tmp_path, mode, name):
    home = Home(tmp_path)
    if mode:
        home.claim(mode)
    assert cli.settings_module(home) == f"buendnisnetz.config.settings.{name}"


@pytest.mark.parametrize(("command", "mode"), [("demo", Mode.PRODUCTION), ("serve", Mode.DEMO)])
def test_a_home_of_the_other_mode_is_refused(tmp_path, monkeypatch, capsys, command, mode):
    monkeypatch.setenv("BUENDNISNETZ_HOME", str(tmp_path))
    Home(tmp_path).claim(mode)
    assert cli.main([command]) == 1
    err = capsys.readouterr().err
    assert err.startswith(
        f"Der Ordner {tmp_path} gehört zu einer Installation der Art „{mode.value}“."
    )
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("main", [demo.main, serve.main])
def test_wrong_options_are_wrong_usage(main, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--port", "viele"])
    assert stop.value.code == 2
    assert "--port" in capsys.readouterr().err


def test_the_demonstration_cannot_be_opened_to_others(capsys):
    """Its sign-ins are public, so there is no option for another address."""
    with pytest.raises(SystemExit) as stop:
        demo.main(["--host", "0.0.0.0"])  # noqa: S104 -- must be refused
    assert stop.value.code == 2


def test_web_listens_where_it_was_told():
    web, worker = running.children("127.0.0.1", 8123)
    command = " ".join(web.command)
    assert "--host 127.0.0.1 --port 8123" in command
    assert command.endswith("buendnisnetz.config.wsgi:application")
    assert list(worker.command[1:5]) == ["-m", "buendnisnetz", "procrastinate", "worker"]


def test_nobody_answers_before_the_start():
    assert running._answers(1)() is False


@pytest.mark.slow
class TestInAProcess:
    def test_help_needs_no_database(self, tmp_path):
        variables = {"BUENDNISNETZ_HOME": str(tmp_path / "neu"), "DATABASE_URL": ""}
        found = _run("-m", "buendnisnetz", "help", **variables)
        assert found.returncode == 0
        assert "bin/buendnisnetz help <subcommand>" in found.stdout
        assert not (tmp_path / "neu" / "postgres.users").exists()

    def test_a_wrong_setting_is_one_sentence(self, tmp_path):
        variables = {"BUENDNISNETZ_HOME": str(tmp_path), "BUENDNISNETZ_HTTPS": "vielleicht"}
        found = _run("-m", "buendnisnetz", "check", **variables)
        assert found.returncode == 1
        assert found.stderr.splitlines()[-1].endswith(
            "BUENDNISNETZ_HTTPS: bitte „ja“ oder „nein“ angeben, nicht „vielleicht“."
        )

    def test_an_unknown_command_is_wrong_usage(self, tmp_path):
        found = _run("-m", "buendnisnetz", "gibtsnicht", BUENDNISNETZ_HOME=str(tmp_path))
        assert (found.returncode, "Traceback" in found.stderr) == (2, False)

    def test_production_has_nothing_to_warn_of(self, tmp_path):
        """Also in an empty folder, with nothing set but the public name."""
        found = _run(
            "-m", "buendnisnetz", "check", "--deploy", "--fail-level", "WARNING",
            BUENDNISNETZ_HOME=str(tmp_path), BUENDNISNETZ_HOSTS="netz.example.org",
        )  # fmt: skip
        assert (found.returncode, found.stderr) == (0, "")
        assert "no issues" in found.stdout

    def test_single_sign_on_appears_when_it_is_configured(self, tmp_path):
        code = (
            "import django; django.setup(); from django.urls import reverse\n"
            "from django.conf import settings as s\n"
            "print(reverse('openid_connect_login', args=['oidc']))\n"
            "print(reverse('openid_connect_callback', args=['oidc']))\n"
            "print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
        )
        found = _run(
            "-c", code, BUENDNISNETZ_HOME=str(tmp_path), OIDC_ISSUER="https://sso.example.org/x",
            DJANGO_SETTINGS_MODULE="buendnisnetz.config.settings.production",
        )  # fmt: skip
        assert found.stdout.splitlines() == [
            "/konto/anmelden/oidc/",
            "/konto/anmelden/oidc/zurueck/",
            """["'self'", 'https://sso.example.org']""",
        ], found.stderr
