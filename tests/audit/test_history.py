"""Who did what when: written by triggers, read in words."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from buendnisnetz.accounts.models import Assignment, Invitation, User
from buendnisnetz.audit import actions, history
from buendnisnetz.audit.history import Change, history_of
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.files.models import StoredFile
from buendnisnetz.network.models import Organisation
from buendnisnetz.tasks.models import Task
from tests.factories.network import make_organisation, make_user
from tests.factories.tasks import NOW, make_task

pytestmark = pytest.mark.django_db
TRACKED = [Assignment, Invitation, Organisation, StoredFile, Task, User]


def _acts(*subjects):
    return [(entry.actor, entry.action) for entry in history_of(*subjects)]


def _events(model):
    return history._event_model(model)._default_manager


@pytest.mark.parametrize("model", TRACKED)
def test_events_leave_out_what_is_computed_or_secret(model):
    columns = {field.name for field in history._event_model(model)._meta.get_fields()}
    assert columns & {"search_vector", "search_key", "sort_key", "version"} == set()
    assert columns & {"password", "last_login", "token_hash"} == set()


def test_insert_update_and_delete_each_leave_an_event():
    task = make_task("Alt")
    with recorded(actor=None, action="tasks.task.edited"):
        task.title = "Neu"
        task.save()
    key = task.pk
    task.delete()
    events = _events(Task).filter(pgh_obj_id=key).order_by("pgh_id")
    assert list(events.values_list("pgh_label", "title")) == [
        ("insert", "Alt"), ("update", "Neu"), ("delete", "Neu"),
    ]  # fmt: skip


def test_bulk_writes_leave_events_too():
    with recorded(actor=None, action="audit.load"):
        rows = Task.objects.bulk_create(
            Task(kind="TASK", title=title, opened_on=NOW.date(), created_at=NOW) for title in "ab"
        )
        Task.objects.filter(pk__in=[row.pk for row in rows]).update(waits_for="x")
    labels = _events(Task).order_by("pgh_id").values_list("pgh_label", "title", "waits_for")
    assert list(labels) == [
        ("insert", "a", ""), ("insert", "b", ""), ("update", "a", "x"), ("update", "b", "x"),
    ]  # fmt: skip
    assert _acts(rows[0]) == [("das System", "geladen"), ("das System", "geladen")]


def test_saving_without_a_change_leaves_no_event():
    task = make_task()
    task.save()
    assert len(history_of(task)) == 1


def test_a_change_of_what_is_not_kept_leaves_no_event():
    user = make_user()
    user.last_login = NOW
    user.set_password("ein-neues-geheimnis")
    user.save()
    assert len(history_of(user)) == 1


def _context_of(task):
    return _events(Task).filter(pgh_obj_id=task.pk).latest("pgh_id").pgh_context.metadata


def test_recorded_names_actor_act_and_details():
    user, task = make_user(), make_task()
    with recorded(actor=user, action="tasks.task.edited", source="Protokoll"):
        Task.objects.filter(pk=task.pk).update(title="Neu")
    assert _context_of(task) == {
        "user": user.pk, "action": "tasks.task.edited", "source": "Protokoll",
    }  # fmt: skip


def test_an_act_inside_another_has_its_own_name_and_the_actor_of_the_outer_one():
    user, task = make_user(), make_task("vorher")
    with recorded(actor=user, action="tasks.task.edited"):
        Task.objects.filter(pk=task.pk).update(title="davor")
        inner = make_task()
        Task.objects.filter(pk=task.pk).update(title="danach")
    assert _acts(inner) == [(user.display_name, "Aufgabe angelegt")]
    assert _acts(task) == [
        (user.display_name, "Aufgabe bearbeitet"),
        (user.display_name, "Aufgabe bearbeitet"),
        ("das System", "Aufgabe angelegt"),
    ]


def test_an_act_inside_another_may_have_an_actor_of_its_own():
    outer, inner = make_user(), make_user()
    with recorded(actor=outer, action="audit.load"), recorded(actor=inner, action="audit.load"):
        task = make_task()
    assert _acts(task) == [(inner.display_name, "Aufgabe angelegt")]


def test_a_failed_act_inside_another_leaves_the_outer_one_as_it_was():
    user, task = make_user(), make_task("Alt")
    with recorded(actor=user, action="tasks.task.edited"):
        with pytest.raises(BoomError):
            _fail_half_way(task)
        Task.objects.filter(pk=task.pk).update(title="Anders")
    assert _acts(task)[0] == (user.display_name, "Aufgabe bearbeitet")


def test_what_is_rolled_back_leaves_nothing():
    with recorded(actor=None, action="tasks.task.edited"):
        make_task("bleibt nicht")
        transaction.set_rollback(True)
    assert not _events(Task).exists()


class BoomError(Exception):
    pass


def _fail_half_way(task):
    with recorded(actor=None, action="tasks.task.edited"):
        Task.objects.filter(pk=task.pk).update(title="Neu")
        raise BoomError


def test_recorded_is_one_transaction():
    task = make_task("Alt")
    with pytest.raises(BoomError):
        _fail_half_way(task)
    task.refresh_from_db()
    assert task.title == "Alt"
    assert len(history_of(task)) == 1


def test_history_tells_changes_by_label_and_in_words(time_machine):
    time_machine.move_to("2026-11-23T09:00:00+00:00")
    user = make_user()
    task = make_task("Alt")
    with recorded(actor=user, action="tasks.task.edited"):
        task.title, task.due_on, task.for_all_alliances = "Neu", date(2027, 1, 31), True
        task.kind = "PROMISE"
        task.save()
    newest = history_of(task)[0]
    assert (newest.actor, newest.action) == (user.display_name, "Aufgabe bearbeitet")
    assert newest.changes == (
        Change("Art", "Aufgabe", "Zusage"),
        Change("Was zu tun ist", "Alt", "Neu"),
        Change("Für alle Bündnisse", "nein", "ja"),
        Change("Fällig am", "", "31.01.2027"),
    )


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("uploaded_at", datetime(2026, 7, 1, 12, 30, tzinfo=UTC), "01.07.2026, 14:30"),
        ("name", "Protokoll.pdf", "Protokoll.pdf"),
        ("name", "", ""),
        ("size", 0, "0"),
    ],
)
def test_values_stand_as_people_write_them(name, value, expected):
    assert history._text(StoredFile._meta.get_field(name), value) == expected


def test_lists_of_choices_stand_as_words():
    field = Organisation._meta.get_field("kind")
    assert history._text(field, "ASSOCIATION") == "Verein oder Initiative"
    assert history._text(Task._meta.get_field("holder"), 7) == "#7"


def test_newest_first_also_within_one_transaction():
    first = make_task("eins")
    second = make_task("zwei")
    Task.objects.filter(pk=first.pk).update(title="drei")
    found = [entry.changes[0].after for entry in history_of(first, second) if entry.changes]
    assert found[0] == "drei"


def test_a_long_history_keeps_its_newest_part():
    task = make_task("0")
    for number in range(1, history.MOST_ENTRIES + 40):
        Task.objects.filter(pk=task.pk).update(title=str(number))
    entries = history_of(task)
    assert len(entries) == history.MOST_ENTRIES
    assert entries[0].changes == (Change("Was zu tun ist", "138", "139"),)
    assert entries[-1].changes == (Change("Was zu tun ist", "39", "40"),)


def test_a_deleted_actor_becomes_the_system():
    user = make_user()
    with recorded(actor=user, action="tasks.task.edited"):
        task = make_task()
    Assignment.objects.filter(user=user).delete()
    user.delete()
    assert _acts(task) == [("das System", "Aufgabe angelegt")]


def test_an_act_without_a_wording_shows_its_code():
    assert actions.wording("tasks.task.unheard_of") == "tasks.task.unheard_of"
    assert actions.wording("audit.insert") == "angelegt"


@pytest.mark.parametrize("number", [1, 3])
def test_history_costs_one_query_and_one_for_names(number, django_assert_num_queries):
    user = make_user()
    with recorded(actor=user, action="audit.load"):
        rows = [*(make_task() for _row in range(number)), make_organisation()]
    history_of(*rows)
    with django_assert_num_queries(2):
        assert len(history_of(*rows)) == number + 1
