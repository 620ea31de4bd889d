"""What can happen to a task."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.tasks.domain import lifecycle
from buendnisnetz.tasks.domain.lifecycle import TaskValues
from buendnisnetz.tasks.enums import CLOSED, TASK_TRANSITIONS, NoteKind, TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task, TaskNote
from tests.factories.network import make_alliance, make_organisation, make_post, make_user
from tests.factories.tasks import NOW, make_task, move

pytestmark = pytest.mark.django_db
MOVES = [(old, new) for old in TaskStatus for new in TaskStatus if old != new]


def _notes(task: Task) -> list[tuple[str, str, str, str]]:
    columns = ("kind", "old_status", "new_status", "text")
    return list(task.notes.order_by("pk").values_list(*columns))


def _edit(task: Task, version: int | None = None, **changes: object) -> Task:
    values = TaskValues(**{"kind": TaskKind.TASK, "title": task.title, **changes})  # type: ignore[arg-type]
    return lifecycle.edit_task(
        task=task, values=values, version=version or task.version, actor=None, now=NOW
    )


def test_create_task_keeps_what_was_said():
    user, post, alliance = make_user(), make_post(), make_alliance()
    task = lifecycle.create_task(
        values=TaskValues(
            kind=TaskKind.PROMISE,
            title="  Umfrage auswerten ",
            holder=post,
            alliance=alliance,
            due_on=date(2026, 12, 1),
            waits_for=" Beschluss des Kreistags ",
        ),
        actor=user,
        now=NOW,
        opened_on=date(2017, 8, 24),
        origin_label="Koordinierungstreffen, 24.08.2017",
    )
    task.refresh_from_db()
    assert (task.kind, task.title, task.status) == ("PROMISE", "Umfrage auswerten", "OPEN")
    assert (task.holder, task.alliance, task.created_by) == (post, alliance, user)
    assert (task.opened_on, task.due_on) == (date(2017, 8, 24), date(2026, 12, 1))
    assert task.waits_for == "Beschluss des Kreistags"
    assert (task.version, task.closed_on, task.result) == (1, None, "")


def test_create_task_cuts_what_does_not_fit():
    task = make_task("x" * 400, assignee_words="y" * 300, due_words="z" * 200, waits_for="w" * 300)
    lengths = [len(text) for text in (task.title, task.assignee_words, task.due_words)]
    assert lengths == [300, 200, 120]
    assert len(task.waits_for) == 200


def test_days_are_those_of_the_people_not_of_greenwich():
    night = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    task = make_task(now=night)
    assert task.opened_on == date(2026, 11, 23)
    assert move(task, TaskStatus.DONE, now=night).closed_on == date(2026, 11, 23)


@pytest.mark.parametrize(("old", "new"), MOVES)
def test_change_status_follows_the_table(old, new):
    task = make_task(status=old)
    if new in TASK_TRANSITIONS[old]:
        assert move(task, new, "Weil es so ist.").status == new
        return
    with pytest.raises(lifecycle.TransitionError) as caught:
        move(task, new, "Weil es so ist.")
    label = TaskStatus(old).label
    assert str(caught.value) == (
        f"Die Aufgabe ist schon „{label}“. Bitte sehen Sie sie noch einmal an, bevor Sie sie ändern."
    )
    task.refresh_from_db()
    assert task.status == old


def test_the_same_state_again_does_nothing():
    task = make_task(status=TaskStatus.DONE)
    before = _notes(task)
    assert move(task, TaskStatus.DONE, "noch einmal").result == "Erledigt durch den Test."
    assert _notes(task) == before


def test_dropping_needs_a_reason():
    task = make_task()
    with pytest.raises(lifecycle.ReasonMissingError) as caught:
        move(task, TaskStatus.DROPPED, "   ")
    assert str(caught.value) == "Bitte sagen Sie in einem Satz, warum es entfällt."
    task.refresh_from_db()
    assert (task.status, _notes(task)) == ("OPEN", [])


def test_opening_again_forgets_the_result_but_not_the_note():
    task = make_task(status=TaskStatus.DONE)
    task = move(task, TaskStatus.OPEN, "Doch nicht fertig.")
    assert (task.status, task.closed_on, task.result) == ("OPEN", None, "")
    assert _notes(task) == [
        ("STATUS", "OPEN", "DONE", "Erledigt durch den Test."),
        ("STATUS", "DONE", "OPEN", "Doch nicht fertig."),
    ]


def test_nothing_is_closed_before_it_was_opened():
    task = make_task(opened_on=date(2026, 12, 24))
    assert move(task, TaskStatus.DONE).closed_on == date(2026, 12, 24)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": TaskStatus.DONE},
        {"closed_on": date(2026, 11, 23)},
        {"status": TaskStatus.DROPPED, "closed_on": date(2026, 11, 23)},
        {"status": TaskStatus.DONE, "closed_on": date(2001, 1, 1)},
    ],
)
def test_the_database_refuses_half_closed_tasks(wrong):
    task = make_task()
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**wrong)


def test_edit_task_changes_what_it_says_and_notes_the_new_post():
    old, new = make_post(title="Koordination"), make_post(title="Sozialplanung")
    task = make_task("Alt", holder=old)
    changed = _edit(task, title="Neu", holder=new, due_on=date(2027, 1, 31))
    assert (changed.title, changed.holder, changed.due_on) == ("Neu", new, date(2027, 1, 31))
    assert changed.version == 2
    assert _notes(task) == [("HOLDER", "", "", "Koordination → Sozialplanung")]


def test_edit_task_notes_that_nobody_holds_it_any_more():
    task = make_task(holder=make_post(title="Koordination"))
    _edit(task)
    assert _notes(task) == [("HOLDER", "", "", "Koordination → niemand")]


def test_edit_task_with_the_same_post_notes_nothing():
    post = make_post()
    task = make_task(holder=post)
    _edit(task, title="Anders", holder=post)
    assert _notes(task) == []


def test_the_second_of_two_editors_is_told_what_differs():
    task = make_task("Umfrage", details="")
    _edit(task, title="Umfrage 2027", due_on=date(2027, 1, 31))
    with pytest.raises(EditConflictError) as caught:
        _edit(task, version=1, title="Befragung")
    found = [(one.label, one.stored, one.typed) for one in caught.value.differences]
    assert found == [
        ("Was zu tun ist", "Umfrage 2027", "Befragung"),
        ("Fällig am", "31.01.2027", "–"),
    ]
    assert caught.value.version == 2
    task.refresh_from_db()
    assert (task.title, task.version) == ("Umfrage 2027", 2)


def test_the_second_of_two_editors_may_say_the_same():
    task = make_task("Umfrage")
    _edit(task, title="Befragung")
    assert _edit(task, version=1, title="Befragung").version == 3


def test_a_state_changed_meanwhile_does_not_lose_what_is_edited():
    task = make_task("Umfrage")
    move(task, TaskStatus.IN_PROGRESS)
    with pytest.raises(EditConflictError):
        _edit(task, version=1, title="Befragung")


def test_comment_is_kept_word_for_word():
    user, task = make_user(), make_task()
    note = lifecycle.comment(
        task=task, text="  Rückruf am Montag.\nDann weiter. ", actor=user, now=NOW
    )
    note.refresh_from_db()
    assert (note.kind, note.text) == ("COMMENT", "Rückruf am Montag.\nDann weiter.")
    assert (note.author, note.author_words, note.written_at) == (user, "", NOW)


def test_what_somebody_says_by_mail_link_carries_the_post():
    note = lifecycle.comment(task=make_task(), text="x", actor=None, now=NOW, author_words="Amt")
    assert (note.kind, note.author, note.author_words) == ("MAIL_ANSWER", None, "Amt")


def test_history_names_each_act_in_words():
    user = make_user()
    task = make_task("Umfrage")
    _edit(task, title="Befragung")
    move(task, TaskStatus.IN_PROGRESS, actor=user)
    acts = [(entry.action, entry.actor) for entry in history_of(task)]
    assert acts == [
        ("begonnen", user.display_name),
        ("Aufgabe bearbeitet", "das System"),
        ("Aufgabe angelegt", "das System"),
    ]


def test_a_task_is_found_by_title_assignee_details_and_result():
    task = make_task("Kinderbetreuung", assignee_words="Stadtwerke", details="Randzeiten")
    move(task, TaskStatus.DONE, "Vertrag unterschrieben")
    for typed in ("Betreuung", "Stadtwerke", "Randzeit", "Verträge"):
        assert list(Task.objects.search(typed)) == [task], typed


class LifecycleProperties(TestCase):
    """Whatever people do in whatever order, the notes tell the way."""

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.sampled_from(TaskStatus), max_size=8))
    def test_notes_are_the_path(self, wanted: list[TaskStatus]) -> None:
        task, path = make_task(), [TaskStatus.OPEN]
        for status in wanted:
            if status in TASK_TRANSITIONS[path[-1]]:
                path.append(status)
                task = move(task, status, "weil")
            elif status != path[-1]:
                with pytest.raises(lifecycle.TransitionError):
                    move(task, status, "weil")
        task.refresh_from_db()
        notes = TaskNote.objects.filter(task=task, kind=NoteKind.STATUS).order_by("pk")
        assert list(notes.values_list("old_status", "new_status")) == list(pairwise(path))
        assert task.status == path[-1]
        assert (task.closed_on is not None) == (path[-1] in CLOSED)
        assert (task.result != "") == (path[-1] in CLOSED)
        assert task.version == len(path)

    @settings(max_examples=15, deadline=None)
    @given(
        st.text(min_size=1, max_size=80, alphabet=st.characters(exclude_categories=["Cs", "Cc"]))
    )
    def test_any_title_can_be_saved_and_edited(self, title: str) -> None:
        post = make_post(make_organisation())
        task = make_task(title, holder=post)
        edited = _edit(task, title=title[::-1], holder=post)
        assert edited.title == title[::-1].strip()
        assert list(Task.objects.search(title[:20]).filter(pk=-1)) == []
