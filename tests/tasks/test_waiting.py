"""Tasks that wait for an event are due when it happens, once (S44)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from buendnisnetz.accounts.enums import Role
from buendnisnetz.notifications.models import Message
from buendnisnetz.tasks.domain import waiting
from buendnisnetz.tasks.enums import NoteKind, TaskStatus
from buendnisnetz.tasks.models import Task
from tests.factories.network import make_alliance, make_post, make_user
from tests.factories.tasks import NOW, make_task, move

pytestmark = pytest.mark.django_db
EVENT = "sobald das Verfahren startet"
DAY = date(2026, 11, 20)


def _waiting(title="Bündnisse informieren", **facts):
    facts.setdefault("holder", make_post(email="stelle@example.org"))
    return make_task(title, waits_for=facts.pop("waits_for", EVENT), **facts)


def _happened(*tasks, on=DAY):
    return waiting.happened(tasks=tasks, on=on, actor=None, now=NOW)


def test_it_is_due_that_day_and_whoever_holds_it_is_told():
    task = _waiting()
    assert _happened(task) == [task]
    task.refresh_from_db()
    assert (task.happened_on, task.due_on) == (DAY, DAY)
    assert (
        task.notes.filter(kind=NoteKind.EVENT).get().text == f"{EVENT}: eingetreten am 20.11.2026"
    )
    assert Message.objects.get().recipient == "stelle@example.org"


def test_told_a_second_time_nothing_happens():
    task = _waiting()
    _happened(task)
    assert _happened(task, on=date(2026, 11, 22)) == []
    task.refresh_from_db()
    assert task.due_on == DAY
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_it_at_once_one_is_heard():
    task = _waiting()

    def say(_number):
        try:
            return len(_happened(task))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(say, range(2))) == [0, 1]
    assert Message.objects.count() == 1


def test_an_earlier_day_stays():
    task = _waiting(due_on=date(2026, 11, 1))
    _happened(task)
    task.refresh_from_db()
    assert task.due_on == date(2026, 11, 1)


def test_what_is_closed_or_waits_for_nothing_is_left_alone():
    closed, plain = _waiting(), make_task("Raum suchen")
    move(closed, TaskStatus.DONE, "erledigt")
    assert _happened(closed, plain) == []


def test_without_an_address_it_is_due_all_the_same():
    task = _waiting(holder=make_post())
    assert _happened(task) == [task]
    assert not Message.objects.exists()


def test_the_database_wants_event_and_day_together():
    task = make_task("Raum suchen")
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(happened_on=DAY)


class TestPage:
    def test_two_tasks_become_due_with_one_click(self, as_user):
        office = as_user(make_user(Role.STATE_COORDINATION))
        task, _other = _waiting(), _waiting("Presse", waits_for="Sobald das  Verfahren startet")
        third = _waiting("Fest", waits_for="wenn der Schnee schmilzt")
        address = f"/aufgaben/{task.public_id}/"
        page = office.get(address).text
        assert "Presse" in page
        assert "Fest" not in page
        answer = office.post(
            f"{address}eingetreten/",
            {"happened_on": "2026-11-20", "with_others": "on"},
            follow=True,
        )
        assert "2 Aufgaben sind jetzt fällig." in answer.text
        due = Task.objects.order_by("pk").values_list("due_on", flat=True)
        assert list(due) == [DAY, DAY, None]
        assert third.pk == Task.objects.waiting().get().pk

    def test_only_this_one_if_the_others_are_left_out(self, as_user):
        office = as_user(make_user(Role.STATE_COORDINATION))
        task, other = _waiting(), _waiting("Presse")
        office.post(f"/aufgaben/{task.public_id}/eingetreten/", {"happened_on": "2026-11-20"})
        assert list(Task.objects.waiting()) == [other]

    def test_a_day_to_come_is_refused(self, as_user):
        office, task = as_user(make_user(Role.STATE_COORDINATION)), _waiting()
        answer = office.post(
            f"/aufgaben/{task.public_id}/eingetreten/", {"happened_on": "2026-12-24"}
        )
        assert answer.status_code == 422
        assert "Bitte nennen Sie einen Tag, der nicht erst noch kommt." in answer.text
        assert Task.objects.waiting().count() == 1

    def test_somebody_elses_task_is_not_touched(self, as_user):
        task = _waiting(alliance=make_alliance())
        other = make_user(Role.ALLIANCE_COORDINATOR, make_alliance())
        answer = as_user(other).post(
            f"/aufgaben/{task.public_id}/eingetreten/", {"happened_on": "2026-11-20"}
        )
        assert answer.status_code in {403, 404}
        assert Task.objects.waiting().count() == 1

    def test_the_list_shows_what_waits(self, as_user):
        office = as_user(make_user(Role.STATE_COORDINATION))
        _waiting()
        make_task("Raum suchen")
        page = office.get("/aufgaben/?due=waiting").text
        assert "Bündnisse informieren" in page
        assert "Raum suchen" not in page
