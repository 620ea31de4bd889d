"""A person's name goes from everything that meetings, imports and tasks keep (GDPR Art. 17)."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings import jobs
from buendnisnetz.meetings.domain.confirmation import accept_all_and_confirm
from buendnisnetz.meetings.domain.editions import states
from buendnisnetz.meetings.domain.erasing import needed_people
from buendnisnetz.meetings.models import Edition, Minutes, MinutesImport
from buendnisnetz.network.domain import retention
from buendnisnetz.network.domain.erasure import erase_person
from buendnisnetz.network.models import Person
from buendnisnetz.tasks.models import Task
from tests.factories.meetings import attend, make_meeting
from tests.factories.network import make_term, make_user
from tests.meetings.conftest import NOW

pytestmark = pytest.mark.django_db
NAME = "Brasack"
_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY')
  AND (table_name LIKE 'meetings_%%' OR table_name LIKE 'tasks_%%' OR table_name LIKE 'network_%%')
"""


def places_of(name):
    """Every column of these rooms, histories included, in which the name still stands."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        for table, column in cursor.fetchall():
            query = f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s'  # noqa: S608
            cursor.execute(query, [f"%{name}%"])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


@pytest.fixture
def edition(received, office):
    meeting = accept_all_and_confirm(
        minutes_import=received(), confidence=0, actor=office, now=NOW
    ).meeting
    edition = states.record_approval(
        edition=Edition.objects.get(meeting=meeting), approved_on=date(2024, 5, 1),
        approved_by="Sina Zwingenberg-Ahl", person=None, actor=office, now=NOW,
    )  # fmt: skip
    jobs.print_edition(edition=edition.pk)
    return states.publish(edition=edition, actor=office, now=NOW)


def erase():
    erase_person(person=Person.objects.get(family_name=NAME), actor=None, now=NOW)


def test_the_name_stands_nowhere_any_more(edition):
    assert len(places_of(NAME)) > 10
    erase()
    assert places_of(NAME) == []


def test_every_passage_stays_where_it_is(edition):
    before = Minutes.objects.get()
    passages = {row.pk: (row.start, row.end) for row in before.meeting.entries.exclude(start=None)}
    erase()
    after = Minutes.objects.get()
    assert len(after.text) == len(before.text)
    assert "█" in after.text
    for entry in after.meeting.entries.exclude(start=None):
        assert (entry.start, entry.end) == passages[entry.pk]
    assert "verschickt die Lotsenordnung" in after.text


def test_what_happened_stays(edition):
    erase()
    meeting = edition.meeting
    assert meeting.attendances.count() == 4
    assert meeting.attendances.filter(name="Name entfernt").count() == 1
    assert Task.objects.filter(title__contains="verschickt die Lotsenordnung").count() == 1
    fresh = Edition.objects.get()
    assert fresh.text_sha256 == edition.text_sha256
    assert "Name entfernt" in fresh.text


def test_documents_go_and_papers_are_printed_anew(edition, as_user):
    edition.refresh_from_db()
    old = edition.paper
    erase()
    edition.refresh_from_db()
    assert edition.paper is None
    jobs.print_edition(edition=edition.pk)
    edition.refresh_from_db()
    assert edition.paper.sha256 != old.sha256
    client = as_user(make_user(Role.STATE_COORDINATION))
    imported = MinutesImport.objects.get()
    assert client.get(f"/sitzungen/importe/{imported.public_id}/datei/").status_code == 409
    assert imported.file.is_gone
    assert NAME not in Client().get(f"/sitzungen/{edition.meeting.public_id}/").content.decode()


def test_names_of_others_stay(edition):
    erase()
    assert "Feldtanner" in Minutes.objects.get().text
    assert Person.objects.filter(family_name="Feldtanner").exists()


@pytest.mark.parametrize(("held_on", "kept"), [("2016-11-24", True), ("2016-11-20", False)])
def test_minutes_need_the_names_of_ten_years(held_on, kept):
    person = make_term(valid_from=date(2010, 1, 1), valid_to=date(2015, 1, 1)).person
    attend(make_meeting(held_on=date.fromisoformat(held_on)), person)
    assert needed_people([person.pk], NOW.date()) == ({person.pk} if kept else set())
    assert retention.erase_forgotten_people(now=NOW) == (0 if kept else 1)
