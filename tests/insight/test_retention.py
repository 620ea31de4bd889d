"""What this room forgets by itself, and what it forgets with a person."""

from datetime import date

import pytest
from django.db import connection

from buendnisnetz.insight import jobs
from buendnisnetz.insight.domain import care
from buendnisnetz.insight.domain.care import TopicValues
from buendnisnetz.insight.domain.retention import forget_old_notes
from buendnisnetz.insight.models import SponsorTalk
from buendnisnetz.network.domain.erasure import erase_person
from tests.factories.insight import NOW, make_check, make_mark, make_sponsor, make_talk, make_topic
from tests.factories.network import TODAY, make_alliance, make_person
from tests.factories.territories import make_district, make_municipality

pytestmark = pytest.mark.django_db


def notes() -> dict[date, str]:
    return dict(SponsorTalk.objects.values_list("held_on", "note"))


def whole_database() -> str:
    """Every text of this room's tables, the history's too."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'insight_%'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_notes_of_talks_go_after_two_years_and_the_talks_stay():
    post = make_sponsor(make_alliance())
    make_talk(post, date(2024, 10, 31), "Streng vertraulich")
    make_talk(post, date(2024, 11, 1), "Bald vergessen")
    make_talk(post, date(2026, 1, 1), "Frisch")
    make_talk(post, date(2020, 1, 1))
    assert forget_old_notes(today=TODAY) == 1
    assert notes() == {
        date(2020, 1, 1): "",
        date(2024, 10, 31): "",
        date(2024, 11, 1): "Bald vergessen",
        date(2026, 1, 1): "Frisch",
    }
    assert forget_old_notes(today=TODAY) == 0


def test_the_history_forgets_them_too():
    make_talk(make_sponsor(make_alliance()), date(2023, 1, 1), "Streng vertraulich")
    forget_old_notes(today=TODAY)
    assert "vertraulich" not in whole_database()


def test_a_note_of_a_talk_that_was_taken_back_goes_from_the_history_as_well():
    talk = make_talk(make_sponsor(make_alliance()), date(2023, 1, 1), "Streng vertraulich")
    care.remove_talk(talk=talk, actor=None)
    assert "vertraulich" in whole_database()
    forget_old_notes(today=TODAY)
    assert "vertraulich" not in whole_database()


def test_the_job_does_it_once_a_month():
    make_talk(make_sponsor(make_alliance()), date(2023, 1, 1), "Alt")
    jobs.forget_old_notes(timestamp=0)
    assert notes() == {date(2023, 1, 1): ""}
    periodic = jobs.app.periodic_registry.periodic_tasks["insight.forget_old_notes", ""]
    assert periodic.cron == "30 3 1 * *"


def test_with_a_person_her_name_goes_from_all_texts_of_the_room():
    person = make_person("Quandtzahl", "Wilhelmine")
    alliance = make_alliance()
    make_talk(make_sponsor(alliance), note="Frau Quandtzahl war dabei.")
    topic = make_topic(alliance, "Pflege, mit Wilhelmine Quandtzahl")
    care.edit_topic(
        topic=topic, values=TopicValues(name="Pflege (Frau Quandtzahl)"), version=1, actor=None
    )
    make_mark(make_municipality(make_district()), said_by="Hauptamt, Frau Quandtzahl")
    make_check(alliance, evidence="sagt W. Quandtzahl")
    assert "Quandtzahl" in whole_database()
    erase_person(person=person, actor=None, now=NOW)
    assert "quandtzahl" not in whole_database().lower()
    assert "war dabei" in whole_database()
