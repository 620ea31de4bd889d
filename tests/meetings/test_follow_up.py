"""What became of it: state today in the minutes, report for the next meeting, moved items (S91, S118)."""

import io
from datetime import date

import pdfplumber
import pytest
from django.test import Client

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from buendnisnetz.meetings.domain.meetings import add_agenda_item, set_decision_status
from buendnisnetz.meetings.domain.queries import follow_up as queries
from buendnisnetz.meetings.enums import DecisionStatus, EntryKind
from buendnisnetz.meetings.models import AgendaItem, Decision, EntryTask, MinutesEntry
from buendnisnetz.meetings.views import follow_up as views
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.tasks.models import Task
from tests.factories.meetings import make_meeting, published, say
from tests.factories.network import make_alliance, make_user
from tests.factories.tasks import move
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def alliance(db):
    return make_alliance()


@pytest.fixture
def first(alliance):
    """A meeting that decided one thing and gave two tasks."""
    row = make_meeting("Frühjahr", held_on=date(2026, 3, 5), alliance=alliance)
    say(row, "Die Satzung gilt.", EntryKind.DECISION)
    say(row, "Frau Kern sucht einen Raum.", EntryKind.TASK)
    say(row, "Der Landkreis prüft die Förderung.", EntryKind.PROMISE)
    return row


@pytest.fixture
def second(alliance, first):
    return make_meeting("Herbst", held_on=date(2026, 10, 5), alliance=alliance)


@pytest.fixture
def client(as_user, office):
    return as_user(office)


def item(meeting, title, before=None):
    row = add_agenda_item(meeting=meeting, title=title, number="", kind="OTHER", actor=None)
    AgendaItem.objects.filter(pk=row.pk).update(carried_from=before)
    return row


class TestOrigins:
    def test_an_origin_is_of_the_meeting_of_its_entry(self, first):
        assert set(EntryTask.objects.values_list("meeting", flat=True)) == {first.pk}

    def test_it_goes_where_its_entry_goes(self, first, second):
        entries = MinutesEntry.objects.filter(text__contains="Raum")
        assert entries.update(meeting=second) == 1
        found = EntryTask.objects.values_list("task__title", "meeting")
        assert set(found) == {
            ("Frau Kern sucht einen Raum.", second.pk),
            ("Der Landkreis prüft die Förderung.", first.pk),
        }

    def test_nobody_enters_another_meeting(self, first, second):
        EntryTask.objects.update(meeting=second)
        assert set(EntryTask.objects.values_list("meeting", flat=True)) == {first.pk}


class TestStandings:
    def test_decisions_and_tasks_stand_as_they_are_today(self, first, office):
        task = Task.objects.get(title__contains="Raum")
        move(task, TaskStatus.DONE, "Gefunden.")
        found = queries.standings_of(first, office)
        words = {row.text: str(found[row.public_id].status.label) for row in first.entries.all()}
        assert words == {
            "Die Satzung gilt.": "gültig, offen",
            "Frau Kern sucht einen Raum.": "erledigt",
            "Der Landkreis prüft die Förderung.": "offen",
        }

    def test_the_public_reads_the_state_without_a_way_to_the_task(self, first):
        published(first)
        move(Task.objects.get(title__contains="Raum"), TaskStatus.DONE, "Gefunden.")
        page = Client().get(f"/sitzungen/{first.public_id}/")
        assert "Heute:" in text_of(page)
        assert "erledigt" in text_of(page)
        assert "/aufgaben/" not in page.content.decode()

    def test_whoever_reads_in_full_opens_the_task_from_there(self, first, client):
        published(first)
        task = Task.objects.get(title__contains="Raum")
        page = client.get(f"/sitzungen/{first.public_id}/fassungen/1/").content.decode()
        assert f"/aufgaben/{task.public_id}/" in page

    def test_one_query_whatever_the_rows(self, first, office, django_assert_num_queries):
        for number in range(5):
            say(first, f"Noch {number} tun", EntryKind.TASK)
        access_of(office)
        with django_assert_num_queries(1):
            queries.standings_of(first, office)

    @pytest.mark.parametrize("role", Role)
    def test_only_what_one_may_see_is_led_to(self, first, role):
        scope = None if SCOPE_OF_ROLE[role] == ScopeKind.STATE else make_alliance()
        user = make_user(role, scope)
        visible = {
            row.public_id
            for rows in (Task.objects.visible_to(user), Decision.objects.visible_to(user))
            for row in rows
        }
        found = queries.standings_of(first, user)
        assert len(found) == 3
        assert {row.public_id for row in found.values() if row.public_id} == visible


class TestReport:
    def test_it_holds_what_is_open_alive_and_settled_since(self, second, office):
        decision = Decision.objects.get()
        move(Task.objects.get(title__contains="Raum"), TaskStatus.DONE, "Gefunden.")
        report = queries.follow_up_of(second, office, TODAY)
        assert [row.title for row in report.open] == ["Der Landkreis prüft die Förderung."]
        assert [row.title for row in report.closed] == ["Frau Kern sucht einen Raum."]
        assert [row.public_id for row in report.alive] == [decision.public_id]
        assert (report.figures.recorded, report.figures.done, report.figures.silent) == (2, 1, 1)

    def test_another_body_is_left_out(self, first, office):
        other = make_meeting("Herbst", held_on=date(2026, 10, 5), alliance=make_alliance())
        report = queries.follow_up_of(other, office, TODAY)
        assert (report.open, report.alive, report.figures.recorded) == ([], [], 0)

    def test_a_decision_shown_to_be_done_is_not_alive(self, second, office):
        set_decision_status(
            decision=Decision.objects.get(),
            status=DecisionStatus.DONE,
            result="Im Amtsblatt veröffentlicht.",
            today=date(2026, 4, 1),
            actor=None,
        )
        assert queries.follow_up_of(second, office, TODAY).alive == []

    def test_page_and_paper_say_the_same(self, second, client):
        address = f"/sitzungen/{second.public_id}/nachverfolgung"
        page = text_of(client.get(f"{address}/"))
        paper = client.get(f"{address}.pdf")
        assert paper["Content-Type"] == "application/pdf"
        with pdfplumber.open(io.BytesIO(paper.content)) as pdf:
            printed = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
        for words in ("Der Landkreis prüft die Förderung.", "Die Satzung gilt.", "05.03.2026"):
            assert words in page
            assert words.split()[0] in printed

    def test_a_page_lists_the_first_of_many_and_counts_all(self, second, client, monkeypatch):
        monkeypatch.setattr(views, "MOST_ON_PAGE", 1)
        first = second.alliance.meetings.get(title="Frühjahr")
        for number in range(3):
            say(first, f"Beschluss {number}", EntryKind.DECISION)
        page = text_of(client.get(f"/sitzungen/{second.public_id}/nachverfolgung/"))
        assert "Frau Kern sucht einen Raum." in page
        assert "Der Landkreis prüft die Förderung." not in page
        assert "1 von 2 stehen hier. Mehr enthält das PDF." in page
        assert "1 von 4 stehen hier. Mehr enthält das PDF." in page

    def test_nothing_to_follow_up(self, first, client):
        page = text_of(client.get(f"/sitzungen/{first.public_id}/nachverfolgung/"))
        assert "Nichts nachzuverfolgen" in page

    def test_an_alliance_reads_nothing_of_another(self, second, as_user):
        stranger = make_user(Role.ALLIANCE_COORDINATOR, make_alliance())
        for ending in ("/", ".pdf"):
            answer = as_user(stranger).get(f"/sitzungen/{second.public_id}/nachverfolgung{ending}")
            assert answer.status_code == 404


class TestChains:
    def test_an_item_moved_twice(self, alliance, first, second):
        third = make_meeting("Winter", held_on=date(2026, 12, 5), alliance=alliance)
        start = item(first, "Spielplatz")
        item(third, "Spielplatz", item(second, "Spielplatz", start))
        item(third, "Neues")
        (chain,) = queries.chains_into(third)
        assert (chain.item.title, chain.moves) == ("Spielplatz", 2)
        assert (chain.first_day, chain.first_meeting) == (first.held_on, first.public_id)

    def test_the_longest_way_stands_first(self, alliance, first, second):
        third = make_meeting("Winter", held_on=date(2026, 12, 5), alliance=alliance)
        item(third, "Kurz", item(second, "Kurz"))
        item(third, "Lang", item(second, "Lang", item(first, "Lang")))
        assert [(row.item.title, row.moves) for row in queries.chains_into(third)] == [
            ("Lang", 2),
            ("Kurz", 1),
        ]

    def test_it_stands_on_the_page(self, first, second, client):
        item(second, "Spielplatz", item(first, "Spielplatz"))
        page = text_of(client.get(f"/sitzungen/{second.public_id}/nachverfolgung/"))
        assert "1-mal vertagt, zuerst am 05.03.2026" in page


class TestDecidedAbout:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?topic=kinder", True),
            ("?topic=haushalt", True),
            ("?topic=Wasser", False),
            ("?body=beirat", True),
            ("?body=stadtrat", False),
            ("?topic=kinder&after=2026-04-01", False),
        ],
    )
    def test_by_topic_body_and_time(self, client, query, found):
        row = make_meeting(
            "Sitzung", held_on=date(2026, 3, 5), topics=["Kinderrechte"], body="Der Beirat"
        )
        money = item(row, "Haushalt 2027")
        say(row, "Es wird gezahlt.", EntryKind.DECISION, agenda_item=money)
        page = text_of(client.get(f"/sitzungen/beschluesse/{query}"))
        assert ("Es wird gezahlt." in page) is found
