"""Meetings by hand and their pages (S10, S37, S54, S91)."""

from datetime import date

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.meetings.domain.confirmation import accept_all_and_confirm
from buendnisnetz.meetings.domain.meetings import create_meeting
from buendnisnetz.meetings.domain.preparing.agenda import add_item
from buendnisnetz.meetings.domain.queries.page import MOST_LEFT_OPEN
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import Decision, Meeting, MinutesEntry
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.tasks.models import Task
from tests.factories.meetings import approved, attend, make_meeting, say
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.tasks import move
from tests.meetings.conftest import DOCUMENT, NOW
from tests.network.views.reading import csv_of, rows_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, as_user):
    return as_user(office)


@pytest.fixture
def meeting(received, office):
    return accept_all_and_confirm(
        minutes_import=received(), confidence=0, actor=office, now=NOW
    ).meeting


def plan(title, day, **facts):
    return create_meeting(
        actor=None, title=title, held_on=day, kind="OTHER", status="PLANNED", **facts
    )


class TestList:
    def test_the_newest_first_and_sorted_by_title(self, client):
        plan("Zukunftsrat", date(2026, 1, 5))
        plan("Ämterrunde", date(2026, 3, 5))
        assert [row[1] for row in rows_of(client.get("/sitzungen/"))] == [
            "Ämterrunde",
            "Zukunftsrat",
        ]
        plan("Beirat", date(2025, 3, 5))
        titles = [row[1] for row in rows_of(client.get("/sitzungen/?sort=title"))]
        assert titles == ["Ämterrunde", "Beirat", "Zukunftsrat"]

    def test_filtered_by_day(self, client):
        plan("früh", date(2024, 1, 5))
        plan("spät", date(2026, 1, 5))
        found = rows_of(client.get("/sitzungen/?after=2025-01-01"))
        assert [row[1] for row in found] == ["spät"]

    def test_found_by_words_with_another_ending(self, client):
        plan("Steuerungsgruppe Familienzentrum", date(2024, 1, 5))
        assert len(rows_of(client.get("/sitzungen/?q=Familienzentren"))) == 1
        assert rows_of(client.get("/sitzungen/?q=Feuerwehr")) == []

    def test_exported_as_shown(self, client):
        plan("=Formel", date(2024, 1, 5))
        header, row = csv_of(client.get("/sitzungen/?format=csv"))
        assert header[:2] == ["Tag", "Sitzung"]
        assert row[1] == "'=Formel"

    @pytest.mark.parametrize("number", [1, 4])
    def test_queries_do_not_grow(self, client, django_assert_max_num_queries, number):
        for count in range(number):
            plan(f"Sitzung {count}", date(2024, 1, 5), alliance=make_alliance())
        with django_assert_max_num_queries(12):
            assert len(rows_of(client.get("/sitzungen/"))) == number


class TestDetail:
    def test_it_shows_agenda_attendance_decisions_and_tasks(self, client, meeting):
        page = text_of(client.get(f"/sitzungen/{meeting.public_id}/"))
        for words in ("Rückblick", "Timo Brasack", "Die Lotsenordnung wird angenommen"):
            assert words in page

    def test_who_speaks_to_an_item_stands_beside_it(self, client, office):
        meeting, person = make_meeting(), make_person("Ahrendt", "Ute")
        speakers = [("Ute Ahrendt", "Jugendamt"), ("Gast ohne Eintrag", "")]
        add_item(meeting=meeting, actor=office, speakers=speakers, title="Bericht")
        add_item(meeting=meeting, actor=office, title="Verschiedenes")
        page = client.get(f"/sitzungen/{meeting.public_id}/")
        assert "Bericht Ute Ahrendt , Jugendamt Gast ohne Eintrag" in text_of(page)
        assert f"/netz/personen/{person.public_id}/" in page.content.decode()

    @pytest.mark.parametrize("role", [Role.STATE_COORDINATION, Role.MINISTRY])
    def test_a_name_leads_to_its_page_where_the_reader_may_open_it(self, as_user, office, role):
        meeting = make_meeting()
        known, unknown = make_person("Bekannt", "Bea"), make_person("Fremd", "Fritz")
        make_term(make_post(make_organisation(), is_contact=True), known)
        for person in (known, unknown):
            attend(meeting, person, name=person.full_name())
            add_item(
                meeting=meeting, actor=office, speakers=[(person.full_name(), "")], title="Rat"
            )
        reader = as_user(make_user(role))
        page = reader.get(f"/sitzungen/{meeting.public_id}/").content.decode()
        for person in (known, unknown):
            address = f"/netz/personen/{person.public_id}/"
            opens = reader.get(address).status_code == 200
            assert page.count(f'"{address}"') == (2 if opens else 0)
            assert opens is (person == known or role == Role.STATE_COORDINATION)
            assert person.full_name() in page

    def test_a_task_stands_there_as_it_is_today(self, client, meeting):
        task = Task.objects.filter(title__contains="verschickt").get()
        before = text_of(client.get(f"/sitzungen/{meeting.public_id}/"))
        move(task, TaskStatus.DONE, "Verschickt.")
        after = text_of(client.get(f"/sitzungen/{meeting.public_id}/"))
        assert after.count("erledigt") > before.count("erledigt")

    def test_what_the_last_meeting_left_open(self, client, received, office):
        for text in (DOCUMENT, DOCUMENT.replace("11. April", "12. Mai").replace("40", "41")):
            last = accept_all_and_confirm(
                minutes_import=received(text), confidence=0, actor=office, now=NOW
            ).meeting
        page = text_of(client.get(f"/sitzungen/{last.public_id}/"))
        assert "11.04.2024" in page

    def test_of_what_was_left_open_the_oldest_are_named(self, client):
        first = make_meeting(held_on=date(2024, 1, 8))
        for number in range(MOST_LEFT_OPEN + 1):
            say(first, f"Liste {number:02}", EntryKind.TASK)
        page = text_of(
            client.get(f"/sitzungen/{make_meeting(held_on=date(2024, 2, 8)).public_id}/")
        )
        assert "Liste 19" in page
        assert "Liste 20" not in page
        assert "Die 20, die am längsten offen sind" in page

    def test_who_changed_what_stands_on_a_page_of_its_own(self, client, meeting):
        meeting.place = "Gera"
        with recorded(actor=None, action="audit.update"):
            meeting.save()
        address = f"/sitzungen/{meeting.public_id}/"
        assert f"{address}verlauf/" in client.get(address).content.decode()
        assert "Ort: " in text_of(client.get(f"{address}verlauf/"))
        assert Client().get(f"{address}verlauf/").status_code in {302, 403, 404}

    def test_approved_minutes_offer_nothing_that_is_refused(self, client):
        meeting = make_meeting()
        attend(meeting)
        add, remove = "teilnahme/neu/", "/entfernen/"
        before = client.get(f"/sitzungen/{meeting.public_id}/").content.decode()
        assert add in before
        assert remove in before
        approved(meeting)
        after = client.get(f"/sitzungen/{meeting.public_id}/").content.decode()
        assert add not in after
        assert remove not in after

    def test_queries_are_bounded(self, client, meeting, django_assert_max_num_queries):
        with django_assert_max_num_queries(12):
            client.get(f"/sitzungen/{meeting.public_id}/")

    def test_the_passage_is_marked(self, client, meeting):
        entry = MinutesEntry.objects.exclude(start=None).first()
        page = client.get(f"/sitzungen/{meeting.public_id}/protokoll/?stelle={entry.public_id}")
        assert "<mark" in page.content.decode()


class TestByHand:
    def test_create_edit_and_what_is_wrong(self, client):
        values = {
            "title": "Runde in Weimar", "kind": "OTHER", "status": "PLANNED",
            "held_on": "2026-12-01", "place": "Weimar", "body": "", "motto": "", "topics": "",
        }  # fmt: skip
        wrong = client.post("/sitzungen/neu/", {**values, "held_on": "gestern"})
        assert wrong.status_code == 422
        assert not Meeting.objects.exists()
        assert "Runde in Weimar" in wrong.content.decode()
        assert client.post("/sitzungen/neu/", values).status_code == 302
        meeting = Meeting.objects.get()
        edited = {**values, "place": "Jena", "version": str(meeting.version)}
        client.post(f"/sitzungen/{meeting.public_id}/bearbeiten/", edited)
        # The second who had the first version open is told.
        late = client.post(
            f"/sitzungen/{meeting.public_id}/bearbeiten/", {**edited, "place": "Gera"}
        )
        meeting.refresh_from_db()
        assert meeting.place == "Jena"
        assert late.status_code in {409, 422}

    def test_a_decision_is_not_done_by_a_click(self, client, meeting):
        decision = Decision.objects.get()
        address = f"/sitzungen/beschluesse/{decision.public_id}/"
        assert "Die Lotsenordnung" in text_of(client.get(address))
        (row,) = rows_of(client.get("/sitzungen/beschluesse/"))
        assert "Lotsenordnung" in " ".join(row)
        client.post(address, {"status": "DONE", "proof": "", "version": "1"})
        decision.refresh_from_db()
        assert decision.status == "OPEN"
