"""Tasks and promises as something that a post hands over."""

from datetime import date

import pytest

from buendnisnetz.network.domain.holdings import Holder, Transfer, kind_of
from buendnisnetz.tasks.domain import lifecycle
from buendnisnetz.tasks.domain.holdings import find_promises, find_tasks
from buendnisnetz.tasks.enums import NoteKind, TaskKind, TaskStatus
from buendnisnetz.tasks.models import TaskNote
from tests.factories.network import make_post
from tests.factories.tasks import NOW, make_task

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


def test_open_tasks_and_promises_are_listed_apart_what_is_due_first():
    holder = Holder(make_post())
    make_task("später", holder=holder.post, due_on=date(2027, 1, 1))
    make_task("bald", holder=holder.post, due_on=date(2026, 12, 1), due_words="Anfang Dezember")
    make_task("erledigt", holder=holder.post, status=TaskStatus.DONE)
    make_task("Anregung", holder=holder.post, kind=TaskKind.SUGGESTION)
    make_task("Zusage", holder=holder.post, kind=TaskKind.PROMISE)
    make_task("von anderen", holder=make_post())
    found = find_tasks(holder, DAY)
    assert [piece.label for piece in found] == ["bald", "später", "Anregung"]
    assert (found[0].note, found[0].due_on) == ("offen, Anfang Dezember", date(2026, 12, 1))
    assert found[0].url.startswith("/aufgaben/")
    assert [piece.label for piece in find_promises(holder, DAY)] == ["Zusage"]


@pytest.mark.parametrize("code", ["tasks.task", "tasks.promise"])
def test_moving_there_and_back(code):
    kind = TaskKind.PROMISE if code == "tasks.promise" else TaskKind.TASK
    first, second = Holder(make_post(title="Eins")), Holder(make_post(title="Zwei"))
    task = make_task(holder=first.post, kind=kind)
    transfer = Transfer(first, second, DAY, None, NOW)
    found = kind_of(code)
    assert found is not None
    assert found.move is not None
    found.move(str(task.pk), transfer)
    task.refresh_from_db()
    assert task.holder == second.post
    assert found.still([str(task.pk), "0"], second, DAY) == {str(task.pk)}
    found.move(str(task.pk), transfer.back())
    task.refresh_from_db()
    assert task.holder == first.post
    notes = TaskNote.objects.filter(task=task, kind=NoteKind.HOLDER).order_by("pk")
    assert [note.text for note in notes] == ["Eins → Zwei", "Zwei → Eins"]


def test_giving_it_to_whoever_has_it_notes_nothing():
    task = make_task(holder=make_post())
    lifecycle.give_task(task=task, holder=task.holder, actor=None, now=NOW)
    assert not TaskNote.objects.exists()
