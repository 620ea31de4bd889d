"""Words that stand in so many rows that the index would not help, and typing errors in them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.frequency import _common, meant_by, tables_full_of
from buendnisnetz.core.questions import Question
from buendnisnetz.core.search import Typed, words_sought
from buendnisnetz.network.models import Organisation
from buendnisnetz.tasks.models import Task
from buendnisnetz.web.domain.search import PER_KIND, search
from tests.factories.network import make_organisation, make_user
from tests.factories.tasks import NOW
from tests.undone import shared

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def _tasks_of_a_class(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Tasks for children in each row, a third of them for carers too, one for a firm."""
    titles = [
        f"Kinderfest {'Pflegende' if number % 3 == 0 else ''} {number}" for number in range(600)
    ]
    titles.append("Firmenlauf")
    with shared(django_db_blocker):
        Task.objects.bulk_create(
            Task(kind="TASK", title=title, opened_on=NOW.date(), created_at=NOW) for title in titles
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE tasks_task")
        yield


@pytest.fixture
def many_tasks(_tasks_of_a_class: None, db: None) -> Iterator[None]:
    _common.cache_clear()
    yield
    _common.cache_clear()


@pytest.mark.usefixtures("many_tasks")
class TestFrequentWords:
    @pytest.mark.parametrize(
        ("typed", "wanted", "frequent"),
        [
            ("Kinderfest", 100, True),
            ("kinderf", 100, True),
            ("Kinderfest", 1000, False),
            ("Firmenlauf", 50, False),
            ("Pflegende", 50, True),
            ("Pflegende Kinderfest", 50, True),
            ("Pflegende Pflegende", 50, False),
            ("Kinderfest Firmenlauf", 50, False),
            ("nirgends", 50, False),
            ("ki", 50, False),
            ("", 50, False),
        ],
    )
    def test_a_word_is_frequent_for_as_many_rows_as_are_wanted(self, typed, wanted, frequent):
        assert ("tasks_task" in tables_full_of(words_sought(typed), wanted=wanted)) == frequent

    def test_asking_again_asks_no_database(self, django_assert_num_queries):
        tables_full_of(words_sought("Kinderfest"), wanted=60)
        with django_assert_num_queries(0):
            tables_full_of(words_sought("Firmenlauf"), wanted=60)

    @pytest.mark.parametrize(("often", "by_index"), [(True, False), (False, True)])
    def test_only_what_is_rare_is_looked_up_in_the_index(self, often, by_index):
        question = Question(
            lambda: (
                Task.objects.all()
                .matching(Typed.slots(finds_parts=True, often="often"))
                .values("pk")
            )
        )

        def explained(execute: Any, sql: str, *rest: Any) -> Any:
            return execute(f"EXPLAIN {sql}", *rest)

        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        with connection.execute_wrapper(explained):
            plan = question.rows(**Typed.text("Firmenlauf").values(), often=often)
        assert any("task_vector" in line["pk"] for line in plan) == by_index


@pytest.mark.usefixtures("many_tasks")
class TestFrequentWordsThatWereMeant:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            # Two letters swapped, one left out, one changed, one put in; two slips in a long word.
            ("Pfelgende", ["pflegend"]),
            ("Pfegende", ["pflegend"]),
            ("Pflagende", ["pflegend"]),
            ("Pfleggende", ["pflegend"]),
            ("Pfelgemde", ["pflegend"]),
            # So far typed, and wrong already.
            ("Pflegan", ["pflegend"]),
            ("Pfelgende Firmenlauf", ["pflegend", "firmenlauf"]),
            ("Pfelgende Kinterfest", ["pflegend", "kinderf"]),
            # Right, a beginning, too much of it wrong, begins otherwise, too short, rare, nothing.
            ("Pflegende", []),
            ("Pfleg", []),
            ("Pfalgamdo", []),
            ("Oflegende", []),
            ("Pfelg", []),
            ("Firmenlaif", []),
            ("", []),
        ],
    )
    def test_is_nearly_what_was_typed(self, typed, meant):
        assert [exact for exact, _start in meant_by(words_sought(typed))] == meant

    def test_a_list_finds_them(self):
        found = Task.objects.all().search("Pfelgende")
        assert found.count() == 200
        assert all("Pflegende" in task.title for task in found.by_relevance("Pfelgende")[:10])

    def test_a_list_without_them_finds_what_resembles_the_text(self):
        make_organisation("Pfelgenda")
        found = Organisation.objects.all().search("Pfelgende")
        assert [row.name for row in found] == ["Pfelgenda"]

    def test_everything_finds_them_with_one_more_question(self, django_assert_num_queries):
        office = make_user(Role.STATE_COORDINATION)
        search(text="Pflegende", user=office)
        with django_assert_num_queries(2):
            hits = search(text="Pfelgende", user=office).hits
        assert len(hits) == PER_KIND
        assert all("Pflegende" in hit.title for hit in hits)
