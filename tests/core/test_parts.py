"""Small parts that everything rests on: counters, queue, slots, examples, health, commands."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import CommandError
from django.db import connection, transaction
from django.test import Client
from procrastinate.exceptions import TaskNotFound

from buendnisnetz.config import management
from buendnisnetz.core import commands, examples, health, jobs, ratelimit, slots
from buendnisnetz.core.errors import DomainError, StaleVersionError
from buendnisnetz.core.middleware import DomainErrorMiddleware
from buendnisnetz.core.models import RateLimit
from buendnisnetz.core.queue import enqueue
from tests.factories.tasks import NOW
from tests.mailbox import waiting_jobs
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def _count(now=NOW, limit=2, key="anmeldung:1") -> bool:
    try:
        ratelimit.count(key, limit=limit, period=HOUR, now=now)
    except ratelimit.TooOftenError:
        return False
    return True


class TestRateLimit:
    def test_the_limit_holds_in_a_period_and_opens_again(self):
        assert [_count() for _turn in range(4)] == [True, True, False, False]
        assert _count(NOW + HOUR)
        assert RateLimit.objects.get().uses == 1

    def test_keys_do_not_disturb_each_other(self):
        assert [_count(limit=1, key=key) for key in ("a", "b", "a")] == [True, True, False]

    def test_a_long_key_is_cut(self):
        assert _count(key="x" * 999)
        assert RateLimit.objects.get().key == "x" * 200

    def test_it_says_so_without_telling_when(self):
        assert str(ratelimit.TooOftenError()) == (
            "Das war in kurzer Zeit zu oft. Bitte warten Sie ein wenig und versuchen Sie es dann noch einmal."
        )

    def test_old_counters_are_forgotten(self, time_machine):
        time_machine.move_to(NOW, tick=False)
        _count(NOW - 26 * HOUR, key="alt")
        _count(NOW, key="neu")
        jobs.clean_up(timestamp=0)
        assert list(RateLimit.objects.values_list("key", flat=True)) == ["neu"]


def _count_alone(_turn: int) -> bool:
    try:
        return _count(limit=5)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_processes_share_one_counter():
    with ThreadPoolExecutor(max_workers=4) as threads:
        found = list(threads.map(_count_alone, range(12)))
    assert sum(found) == 5
    assert RateLimit.objects.get().uses == 12


class TestQueue:
    def test_a_job_waits_with_its_arguments(self):
        enqueue("notifications.deliver", message=7)
        assert waiting_jobs() == [("notifications.deliver", {"message": 7})]

    def test_what_is_rolled_back_was_never_queued(self):
        with transaction.atomic():
            enqueue("notifications.deliver", message=7)
            transaction.set_rollback(True)
        assert waiting_jobs() == []

    def test_once_is_once_and_leaves_the_transaction_whole(self):
        with transaction.atomic():
            for _turn in range(3):
                enqueue("notifications.deliver", once="deliver:7", message=7)
            enqueue("notifications.deliver", once="deliver:8", message=8)
        assert [arguments for _name, arguments in waiting_jobs()] == [
            {"message": 7},
            {"message": 8},
        ]

    def test_a_job_may_wait_for_a_time(self):
        enqueue("notifications.deliver", at=NOW, message=7)
        with connection.cursor() as cursor:
            cursor.execute("SELECT scheduled_at FROM procrastinate_jobs")
            assert cursor.fetchone()[0] == NOW

    def test_a_name_that_nobody_knows_is_a_mistake(self):
        with pytest.raises(TaskNotFound):
            enqueue("notifications.unheard_of")

    def test_every_job_of_ours_is_named_after_its_room(self):
        names = [
            name for name in jobs.app.tasks if not name.startswith(("builtin", "procrastinate"))
        ]
        rooms = {name.partition(".")[0] for name in names}
        assert rooms <= {
            "api", "core", "notifications", "files", "accounts", "network", "tasks", "meetings", "upkeep",
            "partnering", "insight", "web",
        }  # fmt: skip
        assert "core.retry_stalled_jobs" in names


class TestSlots:
    def test_panels_come_in_order_and_empty_ones_are_left_out(self):
        name = "core.test"
        slots.register(name, order=200)(lambda thing: f"zwei {thing}")
        slots.register(name)(lambda thing: f"eins {thing}")
        slots.register(name, order=1)(lambda thing: "")
        assert slots.render(name, "x") == ["eins x", "zwei x"]
        slots._panels.pop(name)

    def test_a_slot_that_nobody_fills_is_empty(self):
        assert slots.render("core.nobody") == []

    def test_the_longest_beginning_gives_the_example(self):
        examples.register("core:test_", lambda: {"a": 1})
        examples.register("core:test_long_", lambda: {"a": 2})
        assert examples.arguments_for("core:test_long_name") == {"a": 2}
        assert examples.arguments_for("core:test_name") == {"a": 1}
        assert examples.arguments_for("unbekannt") is None
        for prefix in ("core:test_", "core:test_long_"):
            examples._finders.pop(prefix)


def _beat(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
            [NOW - timedelta(seconds=seconds)],
        )


class TestHealth:
    @pytest.mark.parametrize(("seconds", "alive"), [(59, True), (61, False)])
    def test_a_worker_has_to_show_itself(self, seconds, alive):
        _beat(seconds)
        assert health.worker_alive(now=NOW) is alive
        silent = ["Der Hintergrunddienst (worker) antwortet nicht."]
        assert health.problems(now=NOW) == ([] if alive else silent)

    def test_the_page_says_ok_or_what_is_wrong(self, time_machine, client):
        time_machine.move_to(NOW, tick=False)
        _beat(5)
        page = client.get("/healthz")
        assert (page.status_code, page.content) == (200, b"ok\n")
        _beat(500)
        page = client.get("/healthz")
        assert page.status_code == 503
        assert page.content.decode() == "Der Hintergrunddienst (worker) antwortet nicht.\n"

    def test_a_database_without_its_tables_is_told(self):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE procrastinate_workers CASCADE")
            assert health.problems(now=NOW) == ["Die Datenbank antwortet nicht."]
            transaction.set_rollback(True)

    def test_tables_that_are_behind_are_told(self):
        _beat(5)
        health._migrated = False
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM django_migrations WHERE app = 'tasks'")
            found = health.problems(now=NOW)
            transaction.set_rollback(True)
        health._migrated = False
        assert found == ["Die Tabellen der Datenbank sind nicht auf dem Stand des Programms."]


class RefusedError(DomainError):
    pass


class TestMiddleware:
    def test_a_rule_that_says_no_becomes_a_page(self, rf):
        page = DomainErrorMiddleware(lambda request: None).process_exception(
            rf.get("/"), RefusedError("Das <geht> nicht.")
        )
        assert page.status_code == 409
        assert "Das geht nicht" in text_of(page)
        assert "Das <geht> nicht." in text_of(page)
        assert "<geht>" not in page.content.decode()

    def test_other_failures_stay_failures(self, rf):
        middleware = DomainErrorMiddleware(lambda request: None)
        assert middleware.process_exception(rf.get("/"), ValueError("x")) is None

    def test_a_stale_version_is_a_rule_too(self):
        assert issubclass(StaleVersionError, DomainError)

    @pytest.mark.parametrize("path", ["/gebiete/%00/", "/netz/organisationen/a%00b/", "/%00"])
    def test_an_address_that_no_name_can_hold_is_not_there(self, path):
        page = Client().get(path)
        assert (page.status_code, "Seite nicht gefunden" in text_of(page)) == (404, True)


class TestCommands:
    class _Failing(commands.Command):
        def add_arguments(self, parser):
            parser.add_argument("--how", choices=["domain", "command", "fine"], default="fine")

        def handle(self, *args, how, **options):
            if how == "domain":
                raise RefusedError("Bitte eine Datei nennen.")
            if how == "command":
                raise CommandError("So nicht.", returncode=2)
            self.print_json({"grüße": [1, 2]})

    def _run(self, capsys, *arguments):
        try:
            self._Failing().run_from_argv(
                ["bin/buendnisnetz", "probe", "--skip-checks", *arguments]
            )
            code = 0
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    @pytest.fixture(autouse=True)
    def keep_connection(self, monkeypatch):
        # The test's own transaction stands on it.
        monkeypatch.setattr(commands.connections, "close_all", lambda: None)

    def test_done(self, capsys):
        code, out, err = self._run(capsys)
        assert (code, out, err) == (0, '{\n "grüße": [\n  1,\n  2\n ]\n}\n', "")

    def test_bad_input_is_one_sentence(self, capsys):
        assert self._run(capsys, "--how", "domain") == (1, "", "Bitte eine Datei nennen.\n")

    def test_a_command_may_name_its_code(self, capsys):
        assert self._run(capsys, "--how", "command") == (2, "", "So nicht.\n")

    def test_wrong_usage(self, capsys):
        code, out, err = self._run(capsys, "--unbekannt")
        assert (code, out) == (2, "")
        assert err.startswith("usage: ")

    @pytest.mark.parametrize(
        ("arguments", "code"), [(["check"], 0), (["gibtsnicht"], 2), (["routes", "--quatsch"], 2)]
    )
    def test_execute_gives_the_code(self, capsys, arguments, code):
        assert management.execute(arguments) == code
        assert "Traceback" not in capsys.readouterr().err
