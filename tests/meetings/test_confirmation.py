"""Taking a reviewed document over (S05, S10, S11, S57, S120)."""

from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError

from buendnisnetz.meetings.domain import confirmed_meeting
from buendnisnetz.meetings.domain.confirmation import (
    DateMissingError,
    UndecidedError,
    accept_all_and_confirm,
    confirm_import,
)
from buendnisnetz.meetings.domain.minutes_import import ImportStateError
from buendnisnetz.meetings.domain.review import accept_above, decide
from buendnisnetz.meetings.enums import FindingKind, ImportStatus, Verdict
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.models import Organisation, Person, Term
from buendnisnetz.tasks.enums import TaskKind
from buendnisnetz.tasks.models import Task
from tests.meetings.conftest import DOCUMENT, NOW

pytestmark = pytest.mark.django_db
ROOMS = ("network", "tasks", "meetings")
# The document's own way is kept each time it is handed in.
OWN = {"MinutesImport", "Proposal", "ImportedRow"}


def rows() -> dict[str, int]:
    """How many rows there are of everything that an import can add to."""
    return {
        model.__name__: model._default_manager.count()
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if model.__name__ not in OWN and not model.__name__.endswith("Event")
    }


@pytest.fixture
def confirmed(received, office):
    return accept_all_and_confirm(minutes_import=received(), confidence=0.0, actor=office, now=NOW)


class TestWhatIsWritten:
    def test_the_meeting_with_its_day_and_place(self, confirmed):
        meeting = confirmed.meeting
        assert meeting.held_on == date(2024, 4, 11)
        assert "Frühjahrstreffen der Elternlotsen" in meeting.title
        assert "Gotha" in meeting.place

    def test_the_agenda_in_order(self, confirmed):
        titles = [item.title for item in confirmed.meeting.agenda.order_by("position")]
        assert titles == ["Rückblick", "Neue Lotsenordnung"]

    def test_everyone_attends_with_the_institution_of_that_day(self, confirmed):
        found = {
            row.name: (row.organisation_words, row.is_chair, row.is_recorder)
            for row in confirmed.meeting.attendances.all()
        }
        assert found == {
            "Sina Zwingenberg-Ahl": ("Elternlotsen Gotha e. V.", True, False),
            "Ruben Osterloh": ("Begegnungshaus Gotha", False, True),
            "Mira Feldtanner": ("Stadtbibliothek", False, False),
            "Timo Brasack": ("Elternlotsen Gotha e. V.", False, False),
        }

    def test_the_directory_knows_them_with_terms_from_that_day(self, confirmed):
        assert Person.objects.get(family_name="Feldtanner").academic_title == "Dr."
        assert Organisation.objects.filter(name="Elternlotsen Gotha e. V.").count() == 1
        terms = Term.objects.filter(person__family_name="Brasack")
        assert [str(term.post.organisation) for term in terms] == ["Elternlotsen Gotha e. V."]
        assert terms.get().valid_from == date(2024, 4, 11)

    def test_the_decision_with_its_votes(self, confirmed):
        decision = confirmed.meeting.decisions.get()
        assert "Die Lotsenordnung wird angenommen" in decision.text
        assert (decision.votes_yes, decision.votes_no, decision.votes_abstain) == (4, 0, 0)

    def test_tasks_with_their_origin(self, confirmed):
        task = Task.objects.get(kind=TaskKind.TASK)
        assert "verschickt die Lotsenordnung" in task.title + task.details
        assert task.due_on == date(2024, 4, 30)
        assert task.opened_on == date(2024, 4, 11)
        assert Task.objects.filter(kind=TaskKind.PROMISE).count() == 1

    def test_every_entry_is_a_passage_of_the_text(self, confirmed):
        meeting = confirmed.meeting
        entries = list(meeting.entries.exclude(start=None))
        assert entries
        for entry in entries:
            assert "".join(entry.text.split()) in "".join(DOCUMENT[entry.start : entry.end].split())

    def test_counts_say_what_was_made(self, confirmed):
        assert confirmed.created["meeting"] == 1
        assert confirmed.created["attendance"] == 4
        assert confirmed.created["person"] == 4


class TestTwice:
    def test_the_same_document_again_adds_nothing(self, confirmed, received, office):
        before = rows()
        again = accept_all_and_confirm(
            minutes_import=received(name="nochmal.txt"), confidence=0.0, actor=office, now=NOW
        )
        assert rows() == before
        assert again.created == {}
        assert again.meeting == confirmed.meeting
        assert again.unchanged["attendance"] == 4

    def test_other_minutes_with_the_same_people_add_no_people(self, confirmed, received, office):
        people = Person.objects.count()
        later = DOCUMENT.replace("11. April 2024", "12. September 2024").replace(
            "12. September 2024.", "5. Dezember 2024."
        )
        done = accept_all_and_confirm(
            minutes_import=received(later), confidence=0.0, actor=office, now=NOW
        )
        assert done.meeting != confirmed.meeting
        assert Person.objects.count() == people
        assert done.matched["person"] == 4

    def test_a_confirmed_import_is_not_confirmed_again(self, received, office):
        row = received()
        accept_all_and_confirm(minutes_import=row, confidence=0.0, actor=office, now=NOW)
        with pytest.raises(ImportStateError):
            confirm_import(minutes_import=row, actor=office, now=NOW)


class TestAllOrNothing:
    def test_undecided_findings_stand_in_the_way(self, received, office):
        row, before = received(), rows()
        with pytest.raises(UndecidedError, match="Funde sind noch offen"):
            confirm_import(minutes_import=row, actor=office, now=NOW)
        assert rows() == before

    def test_without_a_day_nothing_is_written(self, received, office):
        row, before = received(), rows()
        accept_above(minutes_import=row, confidence=0.0, actor=office, now=NOW)
        day = next(
            proposal
            for proposal in row.proposals.filter(kind=FindingKind.FIELD)
            if proposal.data["field"] == "date"
        )
        decide(proposal=day, verdict=Verdict.DROPPED, version=day.version, actor=office, now=NOW)
        with pytest.raises(DateMissingError, match="Tag der Sitzung fehlt"):
            confirm_import(minutes_import=row, actor=office, now=NOW)
        assert rows() == before

    def test_a_failure_on_the_way_leaves_nothing_behind(self, received, office, monkeypatch):
        row, before = received(), rows()

        def fail(*_args, **_facts):
            assert Meeting.objects.count() == before["Meeting"] + 1
            raise DatabaseError("disk full")

        monkeypatch.setattr(confirmed_meeting, "create_task", fail, raising=True)
        with pytest.raises(DatabaseError):
            accept_all_and_confirm(minutes_import=row, confidence=0.0, actor=office, now=NOW)
        assert rows() == before
        row.refresh_from_db()
        assert row.status == ImportStatus.READY

    def test_below_the_confidence_is_dropped(self, received, office):
        row = received()
        low = row.proposals.exclude(kind=FindingKind.QUERY).filter(confidence__lt=0.5).count()
        done = accept_all_and_confirm(minutes_import=row, confidence=0.5, actor=office, now=NOW)
        assert done.created["meeting"] == 1
        assert row.proposals.filter(verdict=Verdict.DROPPED).count() == low
