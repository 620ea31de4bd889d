"""The number of changes: grows with what others can see, and with nothing else."""

import threading
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from buendnisnetz.core import changes
from buendnisnetz.core.models import Change, TableChange
from buendnisnetz.network.models import Organisation
from buendnisnetz.tasks.models import Task
from buendnisnetz.territories.models import Territory
from tests.factories.network import make_organisation
from tests.factories.territories import make_district

pytestmark = pytest.mark.django_db(transaction=True)
ORGANISATIONS = Organisation._meta.db_table


def number() -> int:
    return int(changes.state().partition(".")[2])


def in_another_connection(act: Any) -> Any:
    """The result of ``act`` in a thread, which has a connection of its own."""
    found: list[Any] = []

    def run() -> None:
        found.append(act())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def test_every_table_that_pages_show_is_counted() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname='count_change'")
        counted = {name for (name,) in cursor.fetchall()}
    tables = set(connection.introspection.table_names())
    uncounted = {name for name in tables - counted if not name.startswith("procrastinate")}
    assert uncounted == {
        "django_session", "core_cache", "core_change", "core_tablechange", "core_ratelimit",
    }  # fmt: skip


def test_triggers_are_given_once() -> None:
    changes.count_changes()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname='count_change' AND tgrelid = %s::regclass",
            [Organisation._meta.db_table],
        )
        assert cursor.fetchone() == (1,)


def test_a_change_counts_once_it_can_be_seen() -> None:
    before = number()
    with transaction.atomic():
        make_organisation()
        assert in_another_connection(number) == before
    assert in_another_connection(number) == before + 1


def test_a_transaction_counts_once_whatever_it_writes() -> None:
    before = number()
    with transaction.atomic():
        for _number in range(3):
            make_organisation()
    assert number() == before + 1


@pytest.mark.parametrize(
    "write",
    [
        lambda row: Organisation.objects.filter(pk=row.pk).update(name="Anders"),
        lambda row: Organisation.objects.filter(pk=row.pk).delete(),
    ],
)
def test_updates_and_deletions_count(write: Any) -> None:
    row = make_organisation()
    before = number()
    write(row)
    assert number() > before


def test_what_is_undone_does_not_count() -> None:
    before = number()
    with transaction.atomic():
        make_organisation()
        transaction.set_rollback(True)
    assert number() == before


def test_a_change_after_an_undone_part_counts() -> None:
    before = number()
    with transaction.atomic():
        with transaction.atomic():
            make_organisation()
            transaction.set_rollback(True)
        make_organisation()
    assert number() == before + 1


def test_each_table_is_counted_once_and_apart() -> None:
    tables = [ORGANISATIONS, Territory._meta.db_table, Task._meta.db_table]

    def states() -> list[str]:
        return [changes.state_of([table]) for table in tables]

    before, together = states(), changes.state_of(tables)
    with transaction.atomic():
        make_organisation()
        make_organisation()
        make_district()
    grown = [state != old for state, old in zip(states(), before, strict=True)]
    assert grown == [True, True, False]
    assert int(states()[0].partition(".")[2]) == int(before[0].partition(".")[2]) + 1
    assert changes.state_of(tables) != together


def test_a_session_is_no_change() -> None:
    before = number()
    Session.objects.create(session_key="k" * 32, session_data="", expire_date="2026-01-01T00:00Z")
    assert number() == before


def test_two_writers_do_not_wait_for_each_other() -> None:
    before = number()
    with transaction.atomic():
        make_organisation()
        # Would never end if both wrote to the same row.
        in_another_connection(make_organisation)
    assert number() == before + 2


def test_the_number_stays_when_connections_are_forgotten() -> None:
    in_another_connection(make_organisation)
    make_organisation()
    Change.objects.create(connection_id=2**31 - 1, number=7)
    TableChange.objects.create(name=ORGANISATIONS, connection_id=2**31 - 1, number=7)
    before = number(), changes.state_of([ORGANISATIONS])
    for _time in range(2):
        changes.forget_ended_connections()
        assert (number(), changes.state_of([ORGANISATIONS])) == before
        for model in (Change, TableChange):
            assert not model.objects.filter(connection_id=2**31 - 1).exists()


def test_a_table_that_begins_anew_is_another_state() -> None:
    make_organisation()
    before = changes.state()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE kept AS TABLE core_change")
        cursor.execute("TRUNCATE core_change")
        cursor.execute("INSERT INTO core_change TABLE kept")
        cursor.execute("DROP TABLE kept")
    assert number() == int(before.partition(".")[2])
    assert changes.state() != before
