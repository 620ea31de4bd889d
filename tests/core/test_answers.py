"""Reckoned answers: given out again as long as the tables they name are as they were."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction

from buendnisnetz.core import answers
from buendnisnetz.network.models import Organisation
from buendnisnetz.tasks.models import Task
from tests.factories.network import make_organisation
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "SELECT name FROM network_organisation o WHERE o.name LIKE %(like)s ORDER BY 1"


@pytest.fixture(autouse=True)
def nothing_kept() -> Any:
    caches["answers"].clear()
    yield
    caches["answers"].clear()


class Asked:
    """A statement that counts how often it was sent."""

    def __init__(self, text: str = TEXT, **values: Any) -> None:
        self.text, self.values, self.times = text, values, 0

    def __call__(self) -> list[dict[str, Any]]:
        return answers.kept(self.text, self.values, self._ask)

    def _ask(self) -> list[dict[str, Any]]:
        self.times += 1
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.values)
            return [{"name": name} for (name,) in cursor.fetchall()]


def test_the_same_is_asked_once() -> None:
    make_organisation("Optik Muster")
    asked = Asked(like="O%")
    assert asked() == asked() == [{"name": "Optik Muster"}]
    assert asked.times == 1


def test_other_values_and_other_words_are_another_question() -> None:
    make_organisation("Optik Muster")
    assert Asked(like="O%")() != Asked(like="P%")()
    assert Asked(TEXT.replace("ORDER", "AND o.name <> '' ORDER"), like="O%").times == 0


@pytest.mark.parametrize(
    "write",
    [
        lambda: make_organisation("Optik Zwei"),
        lambda: Organisation.objects.update(name="Optik Drei"),
        lambda: Organisation.objects.all().delete(),
    ],
)
def test_a_change_of_a_table_that_it_names_ends_it(write: Any) -> None:
    make_organisation("Optik Muster")
    asked = Asked(like="O%")
    before = asked()
    write()
    names = Organisation.objects.filter(name__startswith="O").order_by("name").values("name")
    assert asked() == list(names) != before
    assert asked.times == 2


def test_a_change_of_another_table_does_not() -> None:
    make_organisation("Optik Muster")
    asked = Asked(like="O%")
    asked()
    make_task("Einladen")
    Task.objects.update(title="Anders")
    asked()
    assert asked.times == 1


def test_what_is_undone_changes_nothing() -> None:
    make_organisation("Optik Muster")
    asked = Asked(like="O%")
    asked()
    with transaction.atomic():
        make_organisation("Optik Zwei")
        transaction.set_rollback(True)
    asked()
    assert asked.times == 1


def test_within_a_transaction_nothing_is_kept_or_taken() -> None:
    make_organisation("Optik Muster")
    asked = Asked(like="O%")
    asked()
    with transaction.atomic():
        make_organisation("Optik Zwei")
        assert [row["name"] for row in asked()] == ["Optik Muster", "Optik Zwei"]
        transaction.set_rollback(True)
    assert [row["name"] for row in asked()] == ["Optik Muster"]


def test_who_was_given_an_answer_may_change_it() -> None:
    make_organisation("Optik Muster")
    asked = Asked(like="O%")
    asked()[0]["name"] = "verschrieben"
    asked().clear()
    assert asked() == [{"name": "Optik Muster"}]
    assert asked.times == 1


def test_what_is_long_is_not_kept() -> None:
    make_organisation("Optik Muster")
    text = "SELECT name FROM network_organisation, generate_series(1, %(most)s)"
    for most, times in ((200, 1), (201, 2)):
        asked = Asked(text, most=most)
        assert len(asked()) == len(asked()) == most
        assert asked.times == times


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 'nichts'",
        "SELECT session_key FROM django_session",
        "SELECT task_name FROM procrastinate_jobs",
        "SELECT name FROM network_organisation, django_session",
    ],
)
def test_what_rests_on_nothing_that_is_counted_is_not_kept(text: str) -> None:
    asked = Asked(text)
    asked()
    asked()
    assert asked.times == 2
