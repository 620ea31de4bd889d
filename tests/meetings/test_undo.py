"""A whole import can be taken back while nothing was built on it (S120)."""

import pytest

from buendnisnetz.meetings.domain.confirmation import accept_all_and_confirm
from buendnisnetz.meetings.domain.minutes_import import ImportStateError
from buendnisnetz.meetings.domain.undo import BuiltUponError, undo_import
from buendnisnetz.meetings.enums import ImportStatus
from buendnisnetz.network.domain.people import edit_person
from buendnisnetz.network.models import Person
from buendnisnetz.tasks.domain.lifecycle import comment
from buendnisnetz.tasks.models import Task
from tests.factories.network import make_person
from tests.meetings.conftest import NOW
from tests.meetings.test_confirmation import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(received, office):
    row = received()
    accept_all_and_confirm(minutes_import=row, confidence=0, actor=office, now=NOW)
    row.refresh_from_db()
    return row


def test_it_leaves_what_was_there_before(received, office):
    make_person("Feldtanner", "Mira")
    before = rows()
    row = received()
    accept_all_and_confirm(minutes_import=row, confidence=0, actor=office, now=NOW)
    assert rows() != before
    undo_import(minutes_import=row, actor=office)
    assert rows() == before
    row.refresh_from_db()
    assert (row.status, row.meeting) == (ImportStatus.UNDONE, None)
    assert row.proposals.exists()


def test_a_comment_on_a_task_stands_in_the_way(confirmed, office):
    task = Task.objects.first()
    comment(task=task, text="Ich bin dran.", actor=office, now=NOW)
    before = rows()
    with pytest.raises(BuiltUponError, match="darauf aufgebaut"):
        undo_import(minutes_import=confirmed, actor=office)
    assert rows() == before
    confirmed.refresh_from_db()
    assert confirmed.status == ImportStatus.CONFIRMED


def test_an_edited_person_is_named(confirmed, office):
    person = Person.objects.get(family_name="Osterloh")
    edit_person(person=person, version=person.version, actor=office, given_name="Rubén")
    with pytest.raises(BuiltUponError, match="Osterloh"):
        undo_import(minutes_import=confirmed, actor=office)


def test_twice_is_refused(confirmed, office):
    undo_import(minutes_import=confirmed, actor=office)
    with pytest.raises(ImportStateError):
        undo_import(minutes_import=confirmed, actor=office)


def test_the_second_import_of_the_same_document_goes_with_it(confirmed, received, office):
    again = received(name="noch.txt")
    accept_all_and_confirm(minutes_import=again, confidence=0, actor=office, now=NOW)
    undo_import(minutes_import=confirmed, actor=office)
    again.refresh_from_db()
    assert (again.status, again.meeting) == (ImportStatus.UNDONE, None)
