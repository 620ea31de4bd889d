"""A question that is built once answers like the queryset that it was built from."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, F, Q, TextField
from django.test.utils import CaptureQueriesContext

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.core.conditions import any_of
from buendnisnetz.core.gathering import gathered
from buendnisnetz.core.questions import Question, Slot, compiled, one_of
from buendnisnetz.network.models import Alliance, Organisation, Post
from buendnisnetz.tasks.models import Task
from tests.factories.network import make_alliance, make_organisation, make_post, make_user
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def _held_on(day: Any) -> Any:
    return Organisation.objects.as_of(day).order_by("name").values("pk", "name", "valid_from")


class TestAnswers:
    @pytest.mark.parametrize("days", [-1, 0, 1])
    def test_are_those_of_the_queryset(self, days):
        make_organisation("Caritas", valid_from=DAY)
        make_organisation("Awo", valid_to=DAY)
        question, day = Question(_held_on), DAY + timedelta(days=days)
        assert question.rows(Slot("day"), day=day) == list(_held_on(day))

    def test_follow_the_values_of_the_moment(self):
        question = Question(lambda: Task.objects.filter(title=Slot("title")).values("title"))
        make_task("Umfrage")
        assert question.rows(title="Umfrage") == [{"title": "Umfrage"}]
        assert question.rows(title="Antrag") == []
        make_task("Antrag")
        assert question.rows(title="Antrag") == [{"title": "Antrag"}]

    @pytest.mark.parametrize("typed", ["100 %", "a_b", "back\\slash", "'; DROP", "%"])
    def test_signs_of_patterns_stand_for_themselves(self, typed):
        for title in ("100 % dabei", "a_b", "axb", "back\\slash", "nichts"):
            make_task(title)
        text = Slot("text", TextField())
        rows = Task.objects.order_by("pk")
        question = Question(lambda: rows.filter(title__contains=text).values("title"))
        assert question.rows(text=typed) == list(rows.filter(title__contains=typed).values("title"))

    def test_fields_are_read_as_django_reads_them(self):
        make_organisation("Awo")
        # The vector has a reader of its own.
        rows = Organisation.objects.values("name", "version", "search_vector")
        assert Question(lambda: rows).rows() == list(rows)

    def test_a_column_to_sort_by_does_not_come_along(self):
        make_organisation("Awo")
        rows = Organisation.objects.order_by("sort_key").values("name").distinct()
        assert Question(lambda: rows).rows() == [{"name": "Awo"}]

    def test_objects_come_with_those_that_belong_to_them(self):
        alliance = make_alliance("Bündnis Hain", carrier=make_organisation("Caritas"))
        make_alliance("Bündnis Ilmtal")
        rows = Alliance.objects.select_related("carrier").annotate(twice=F("version") * 2)
        question = Question(lambda: rows.order_by("name").filter(pk__gte=Slot("first")))
        with CaptureQueriesContext(connection) as queries:
            found = question.rows(first=alliance.pk)
            carriers = [row.carrier.name if row.carrier else None for row in found]
        assert len(queries) == 1
        assert found == list(rows.order_by("name"))
        assert carriers == ["Caritas", None]
        assert [row.twice for row in found] == [2 * row.version for row in found]

    def test_groups_are_counted(self):
        make_task("Umfrage")
        make_task("Umfrage")
        rows = Task.objects.annotate(asked=Slot("asked", TextField())).order_by()
        rows = rows.values("title", "asked").annotate(number=Count("pk"))
        assert Question(lambda: rows).rows(asked="x") == [
            {"title": "Umfrage", "asked": "x", "number": 2}
        ]

    def test_nothing_that_can_fit_is_not_asked(self):
        question = Question(lambda: Task.objects.none().values("title"))
        with CaptureQueriesContext(connection) as queries:
            assert question.rows() == []
        assert len(queries) == 0


class TestShapes:
    def test_what_was_built_for_one_shape_serves_no_other(self):
        built: list[str] = []

        def build(title: str) -> Any:
            built.append(title)
            return Task.objects.filter(title=title).values("title")

        make_task("Umfrage")
        question = Question(build)
        for title in ("Umfrage", "Antrag", "Umfrage"):
            found = question.rows(title, shape=title)
            assert found == ([{"title": "Umfrage"}] if title == "Umfrage" else [])
        assert built == ["Umfrage", "Antrag"]

    def test_too_many_shapes_are_forgotten(self):
        built: Iterator[int] = iter(range(1000))

        def build() -> Any:
            next(built)
            return Task.objects.values("title")

        question = Question(build)
        for number in range(450):
            question.rows(shape=number)
        question.rows(shape=0)
        assert next(built) == 451

    def test_everyone_and_every_role_has_a_shape_of_their_own(self):
        users = [None, make_user(Role.STATE_COORDINATION), make_user(Role.MINISTRY)]
        assert len({shape_of(user) for user in users}) == 3
        assert shape_of(users[1]) == shape_of(users[1])


def test_a_missing_value_is_an_error():
    question = compiled(Task.objects.filter(title=Slot("title")).values(name=F("title")))
    assert question
    with pytest.raises(KeyError):
        question.answer({})


def test_a_list_fills_one_slot_however_long_it_is():
    first, second, third = (make_task(title).pk for title in ("a", "b", "c"))
    question = Question(lambda: Task.objects.filter(one_of("pk", "keys")).order_by("pk"))
    for keys in ([], [first], [first, third]):
        assert [task.pk for task in question.rows(keys=keys)] == keys
    others = Question(lambda: Task.objects.filter(~one_of("pk", "keys")).order_by("pk"))
    assert [task.pk for task in others.rows(keys=[first, third])] == [second]


def test_any_of_means_what_in_means():
    posts = [make_post(make_alliance()), make_post(make_alliance())]
    tasks = [make_task("a", holder=posts[0]), make_task("b", holder=posts[1]), make_task("c")]
    keys = Post.objects.filter(pk=posts[0].pk).values("pk")
    for rows in (Q(holder__in=keys), any_of("holder", keys)):
        assert list(Task.objects.filter(rows | Q(title="c")).order_by("pk")) == [tasks[0], tasks[2]]
    assert not Task.objects.filter(any_of("holder", Post.objects.filter(pk=0).values("pk")))


def test_rows_of_several_tables_are_gathered():
    make_task("Umfrage", due_on=DAY)
    body = make_organisation("Awo", valid_from=DAY)
    with CaptureQueriesContext(connection) as queries:
        found = gathered(
            tasks=Task.objects.values("title", "due_on"),
            bodies=Organisation.objects.order_by("pk").values("pk", "valid_from", "valid_to"),
            none=Task.objects.none().values("title"),
            nobody=Organisation.objects.filter(name="Caritas").values("pk"),
        )
    assert len(queries) == 1
    assert found == {
        "tasks": [{"title": "Umfrage", "due_on": "2026-03-01"}],
        "bodies": [{"pk": body.pk, "valid_from": "2026-03-01", "valid_to": None}],
        "none": [],
        "nobody": [],
    }
