"""Reading tasks: whose they are, what is due, what was never closed."""

from datetime import date

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.tasks.domain.queries import tasks as queries
from buendnisnetz.tasks.enums import TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.tasks import make_task, move

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def _narrowed(user=None, **values):
    rows = queries.narrowed(Task.objects.all(), values, user=user, today=TODAY)
    return sorted(rows.values_list("title", flat=True))


@pytest.fixture
def coordinator():
    """Somebody who holds a post of an alliance, deputises for one elsewhere and has the role."""
    alliance = make_alliance()
    user = make_user(Role.ALLIANCE_COORDINATOR, alliance)
    post = make_post(alliance)
    make_term(post, make_person(user=user))
    deputised = make_post(make_organisation(), deputy=post)
    make_task("mein Amt", holder=post)
    make_task("in Vertretung", holder=deputised)
    make_task("im Bündnis", alliance=alliance)
    make_task("andere Stelle im Bündnis", holder=make_post(alliance, "Kasse"))
    make_task("für alle", for_all_alliances=True)
    make_task("fremd", alliance=make_alliance())
    return user


@pytest.mark.parametrize(
    ("whose", "expected"),
    [
        ("mine", ["mein Amt"]),
        ("role", ["andere Stelle im Bündnis", "in Vertretung", "mein Amt"]),
        ("alliance", ["andere Stelle im Bündnis", "für alle", "im Bündnis", "mein Amt"]),
    ],
)
def test_whose(coordinator, whose, expected):
    assert _narrowed(coordinator, whose=whose) == expected


def test_whose_says_nothing_for_somebody_without_posts_or_alliances():
    make_task(for_all_alliances=True)
    user = make_user(Role.STATE_COORDINATION)
    assert [_narrowed(user, whose=whose) for whose in ("mine", "role", "alliance")] == [[], [], []]


def test_roles_for_organisations_and_districts_count_as_ones_role():
    body = make_organisation()
    make_task("Kammer", holder=make_post(body))
    make_task("andere", holder=make_post())
    assert _narrowed(make_user(Role.CHAMBER, body), whose="role") == ["Kammer"]


def test_kind():
    make_task("a", kind=TaskKind.PROMISE)
    make_task("b", kind=TaskKind.SUGGESTION)
    assert _narrowed(kind="PROMISE") == ["a"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("", ["begonnen", "offen"]),
        ("OPEN", ["offen"]),
        ("DONE", ["fertig"]),
        ("DROPPED", ["entfallen"]),
        ("all", ["begonnen", "entfallen", "fertig", "offen"]),
    ],
)
def test_status(status, expected):
    make_task("offen")
    make_task("begonnen", status=TaskStatus.IN_PROGRESS)
    make_task("fertig", status=TaskStatus.DONE)
    make_task("entfallen", status=TaskStatus.DROPPED)
    assert _narrowed(status=status) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("overdue", ["gestern"]),
        ("month", ["heute", "in 31 Tagen"]),
        ("none", ["ohne Tag"]),
        ("", ["gestern", "heute", "in 31 Tagen", "in 32 Tagen", "ohne Tag"]),
    ],
)
def test_due(due, expected):
    days = {
        "gestern": date(2026, 11, 22),
        "heute": TODAY,
        "in 31 Tagen": date(2026, 12, 24),
        "in 32 Tagen": date(2026, 12, 25),
        "ohne Tag": None,
    }
    for title, day in days.items():
        make_task(title, due_on=day)
    assert _narrowed(due=due) == expected


def test_what_is_done_is_not_overdue():
    make_task(due_on=date(2020, 1, 1), status=TaskStatus.DONE)
    assert _narrowed(due="overdue", status="all") == []


def test_never_closed_is_the_oldest_first_and_leaves_out_wishes():
    make_task("Wunsch", kind=TaskKind.SUGGESTION, opened_on=date(2014, 1, 1))
    make_task("zugesagt", kind=TaskKind.PROMISE, opened_on=date(2017, 8, 24))
    make_task("aufgetragen", opened_on=date(2015, 3, 1))
    make_task("erledigt", status=TaskStatus.DONE, opened_on=date(2014, 1, 1))
    rows = queries.never_closed(make_user(Role.STATE_COORDINATION))
    assert [task.title for task in rows] == ["aufgetragen", "zugesagt"]


class TestBoard:
    def _board(self, **values):
        return queries.board(values, user=make_user(Role.STATE_COORDINATION), today=TODAY)

    def _titles(self, **values):
        return {
            column.status: [task.title for task in column.tasks] for column in self._board(**values)
        }

    def test_columns_hold_what_is_due_first_and_what_was_done_last(self):
        make_task("ohne Tag")
        make_task("bald", due_on=date(2026, 12, 1))
        make_task("überfällig", due_on=date(2026, 11, 1))
        make_task("begonnen", status=TaskStatus.IN_PROGRESS)
        make_task("entfallen", status=TaskStatus.DROPPED)
        for title, day in (("zuerst", date(2026, 11, 2)), ("zuletzt", date(2026, 11, 20))):
            task = make_task(title, status=TaskStatus.DONE, opened_on=date(2026, 1, 1))
            Task.objects.filter(pk=task.pk).update(closed_on=day)
        assert self._titles() == {
            TaskStatus.OPEN: ["überfällig", "bald", "ohne Tag"],
            TaskStatus.IN_PROGRESS: ["begonnen"],
            TaskStatus.DONE: ["zuletzt", "zuerst"],
        }

    def test_what_was_done_long_ago_is_left_out(self):
        task = make_task(status=TaskStatus.DONE, opened_on=date(2026, 1, 1))
        Task.objects.filter(pk=task.pk).update(closed_on=date(2026, 10, 23))
        assert self._titles()[TaskStatus.DONE] == []

    def test_it_is_narrowed_as_its_form_says(self):
        for title in ("Zusage im Saal", "Zusage im Hof"):
            make_task(title, kind=TaskKind.PROMISE)
        make_task("Aufgabe im Saal")
        titles = self._titles(kind="PROMISE", status="DONE")[TaskStatus.OPEN]
        assert titles == ["Zusage im Saal", "Zusage im Hof"]
        assert self._titles(kind="PROMISE", q="Hof")[TaskStatus.OPEN] == ["Zusage im Hof"]
        assert self._titles(whose="mine")[TaskStatus.OPEN] == []

    def test_a_full_column_says_how_many_there_are(self):
        for _number in range(queries.MOST_PER_COLUMN + 2):
            make_task()
        column = self._board()[0]
        most = queries.MOST_PER_COLUMN
        assert (len(column.tasks), column.total) == (most, most + 2)


def test_workable_is_one_query_for_all(django_assert_num_queries):
    alliance = make_alliance()
    own, other = make_task(alliance=alliance), make_task(for_all_alliances=True)
    user = make_user(Role.ALLIANCE_COORDINATOR, alliance)
    with django_assert_num_queries(2):
        assert queries.workable([own, other], user) == {own.pk}


def test_dashboard_shows_ones_own_with_the_next_day_first(coordinator):
    make_task("eilig", alliance=Task.objects.get(title="im Bündnis").alliance, due_on=TODAY)
    move(Task.objects.get(title="im Bündnis"), TaskStatus.DONE)
    titles = [task.title for task in queries.for_dashboard(coordinator, TODAY)]
    assert titles[0] == "eilig"
    assert sorted(titles[1:]) == [
        "andere Stelle im Bündnis",
        "für alle",
        "in Vertretung",
        "mein Amt",
    ]
    assert len(queries.for_dashboard(coordinator, TODAY, limit=2)) == 2
