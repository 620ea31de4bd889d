"""The guided end of a term: what is listed, who gets it, what remains, how it is taken back (S96, S107)."""

from datetime import date, timedelta

import pytest

from buendnisnetz.core.errors import DomainError, EditConflictError
from buendnisnetz.meetings.models import Attendance
from buendnisnetz.network.domain import handing_over, handovers, posts, receivers, terms
from buendnisnetz.network.domain.handovers import Choice
from buendnisnetz.network.domain.queries.holders import current_contact, holders_on
from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.network.enums import HandoverStatus, PostKind, Receiver
from buendnisnetz.network.models import Charge, Handover, Term
from buendnisnetz.tasks.enums import TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task, TaskNote
from tests.factories.network import (
    make_alliance,
    make_group,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.succession import (
    FIRST_DAY,
    LAST_DAY,
    NOW,
    TODAY,
    finish,
    make_chair,
    make_charge,
    make_handover,
    make_meeting,
    make_office,
    pieces,
    undo,
)
from tests.factories.tasks import make_task, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def alliance():
    return make_alliance("Bündnis Musterstadt")


@pytest.fixture
def term(alliance):
    """Ada Sorgsam coordinates an alliance; her deputy is Bert Beistand."""
    deputy = make_post(alliance, "Stellvertretung", kind=PostKind.STAFF)
    make_term(deputy, make_person("Beistand", "Bert"))
    post = make_post(alliance, "Koordination", deputy=deputy, email="a@example.org")
    return make_term(post, make_person("Sorgsam", "Ada"))


def busy(term: Term) -> None:
    """Eleven things, of every kind, hang on a post and its holder."""
    for number in range(4):
        make_task(f"Aufgabe {number}", holder=term.post, due_on=date(2026, 12, 1 + number))
    make_task("Zusage", holder=term.post, kind=TaskKind.PROMISE)
    make_charge(term.post, make_alliance("Bündnis Nebenan"))
    make_charge(term.post, make_group("Arbeitskreis Pflege"))
    for name in ("Eins", "Zwei"):
        make_post(make_organisation(name), "Leitung", deputy=term.post)
    make_chair(make_meeting("Frühjahrstreffen", date(2027, 3, 1)), term.person)


def items(handover: Handover) -> list[tuple[str, str, str]]:
    rows = handover.items.order_by("pk")
    return [(row.kind, row.label, row.receiver) for row in rows]


class TestStarting:
    def test_everything_that_is_held_is_listed_and_nothing_has_moved(self, term, office):
        busy(term)
        handover = make_handover(term)
        kinds = [kind for kind, _label, _receiver in items(handover)]
        assert kinds == [
            "network.alliance", "network.alliance", "network.group", "network.deputy",
            "network.deputy", "tasks.task", "tasks.task", "tasks.task", "tasks.task",
            "tasks.promise", "meetings.chair",
        ]  # fmt: skip
        assert Task.objects.filter(holder=term.post).count() == 5
        term.refresh_from_db()
        assert term.valid_to is None
        assert handover.status == HandoverStatus.OPEN

    def test_the_deputy_is_proposed_while_there_is_no_successor(self, term, office):
        handover = make_handover(term)
        assert handover.receiver == Receiver.DEPUTY
        assert items(handover) == [("network.alliance", "Bündnis Musterstadt", "DEPUTY")]

    def test_the_post_keeps_everything_when_a_successor_is_named(self, term):
        make_task("Umfrage", holder=term.post)
        handover = make_handover(term, successor=make_person("Neu", "Nina"))
        assert {receiver for *_rest, receiver in items(handover)} == {"STAYS"}

    def test_the_office_is_proposed_when_there_is_no_deputy(self, office):
        lonely = make_term(make_post(make_alliance(), "Koordination"))
        assert make_handover(lonely).receiver == Receiver.OFFICE

    def test_a_post_that_others_hold_too_keeps_everything(self):
        shared = make_post(make_organisation(), "Vertretung", is_shared=True)
        make_term(shared)
        assert make_handover(make_term(shared)).receiver == Receiver.STAYS

    def test_only_one_is_prepared_at_a_time(self, term):
        make_handover(term)
        with pytest.raises(RuleBrokenError) as caught:
            make_handover(term)
        assert "wird schon vorbereitet" in str(caught.value)
        assert Handover.objects.count() == 1

    def test_the_last_day_lies_after_the_first(self, term):
        with pytest.raises(RuleBrokenError):
            make_handover(term, last_day=date(2019, 1, 1))

    def test_the_successor_begins_after_the_last_day(self, term):
        with pytest.raises(handovers.SuccessorDayError):
            make_handover(term, first_day=LAST_DAY)

    def test_a_term_that_ended_before_keeps_its_last_day(self, term, office):
        ended = terms.end_term(term=term, last_day=date(2026, 6, 30), actor=None)
        handover = make_handover(ended)
        assert handover.last_day == date(2026, 6, 30)
        # Nobody had the work in between, so it moves from today on.
        assert handovers.first_day_of(handover) == TODAY


class TestPreparing:
    def test_edit_changes_days_and_people(self, term, office):
        handover = make_handover(term)
        nina = make_person("Neu", "Nina")
        row = handovers.edit_handover(
            handover=handover, version=handover.version, actor=None,
            last_day=date(2026, 11, 30), successor=nina, first_day=None, mentor=term.person,
        )  # fmt: skip
        assert (row.last_day, row.successor, row.mentor) == (date(2026, 11, 30), nina, term.person)

    def test_the_second_of_two_editors_is_told(self, term):
        handover = make_handover(term)
        handovers.write_notes(
            handover=handover, version=1, notes="Schlüssel liegt im Fach 3", contacts="", actor=None
        )
        with pytest.raises(EditConflictError) as caught:
            handovers.write_notes(handover=handover, version=1, notes="X", contacts="", actor=None)
        assert [d.stored for d in caught.value.differences] == ["Schlüssel liegt im Fach 3"]

    def test_notes_can_be_written_after_the_handover_but_not_when_put_away(self, term, office):
        done = finish(make_handover(term))
        row = handovers.write_notes(
            handover=done, version=done.version, notes="Nachtrag", contacts="", actor=None
        )
        assert row.notes == "Nachtrag"
        other = make_handover(make_term())
        handovers.cancel_handover(handover=other, actor=None)
        other.refresh_from_db()
        with pytest.raises(handovers.HandoverStateError):
            handovers.write_notes(
                handover=other, version=other.version, notes="X", contacts="", actor=None
            )

    def test_each_piece_can_go_somewhere_else(self, term, office):
        task = make_task("Umfrage", holder=term.post)
        handover = make_handover(term)
        target = make_post(make_organisation("Musterverein"), "Leitung")
        make_term(target)
        item = handover.items.get(kind="tasks.task")
        choice = Choice(Receiver.OTHER, target)
        handovers.choose(handover=handover, choices={item.pk: choice}, actor=None)
        finish(handover)
        task.refresh_from_db()
        assert task.holder == target
        contact = current_contact(term.post.alliance, FIRST_DAY)
        assert contact is not None
        assert contact.post == term.post.deputy

    def test_all_pieces_at_once(self, term, office):
        busy(term)
        handover = make_handover(term)
        handovers.choose_for_all(handover=handover, choice=Choice(Receiver.OFFICE), actor=None)
        assert {receiver for *_rest, receiver in items(handover)} == {"OFFICE"}
        handover.refresh_from_db()
        assert handover.receiver == Receiver.OFFICE

    @pytest.mark.parametrize(
        ("receiver", "error"),
        [
            (Receiver.STAYS, receivers.NobodyStaysError),
            (Receiver.OFFICE, receivers.NoOfficeError),
            (Receiver.OTHER, receivers.OwnPostError),
        ],
    )
    def test_nobody_is_chosen_who_is_not_there(self, term, receiver, error):
        handover = make_handover(term)
        with pytest.raises(error):
            handovers.choose_for_all(handover=handover, choice=Choice(receiver), actor=None)
        assert items(handover)[0][2] == "DEPUTY"

    def test_no_deputy_and_an_empty_deputy_post_are_told_apart(self, office):
        alone = make_handover(make_term(make_post(make_alliance())))
        with pytest.raises(receivers.NoDeputyError):
            handovers.choose_for_all(handover=alone, choice=Choice(Receiver.DEPUTY), actor=None)
        empty = make_post(make_organisation("Musterverein"), "Leitung")
        other = make_handover(make_term(make_post(make_alliance(), deputy=empty)))
        with pytest.raises(receivers.NobodyThereError) as caught:
            handovers.choose_for_all(handover=other, choice=Choice(Receiver.DEPUTY), actor=None)
        assert "Leitung Musterverein" in str(caught.value)

    def test_an_empty_or_the_own_post_gets_nothing(self, term, office):
        handover = make_handover(term)
        for post in (make_post(make_organisation()), term.post):
            with pytest.raises(DomainError):
                handovers.choose_for_all(
                    handover=handover, choice=Choice(Receiver.OTHER, post), actor=None
                )

    def test_it_can_be_put_away_and_taken_up_again(self, term, office):
        handover = make_handover(term)
        handovers.cancel_handover(handover=handover, actor=None)
        task = make_task("Später dazugekommen", holder=term.post)
        row = handovers.reopen_handover(handover=handover, actor=None)
        assert row.status == HandoverStatus.OPEN
        assert ("tasks.task", task.title, "DEPUTY") in items(row)

    def test_what_was_put_away_cannot_be_chosen_for(self, term, office):
        handover = make_handover(term)
        handovers.cancel_handover(handover=handover, actor=None)
        with pytest.raises(handovers.HandoverStateError) as caught:
            handovers.choose(handover=handover, choices={}, actor=None)
        assert "abgebrochen" in str(caught.value)


class TestFinishing:
    def test_a_successor_has_the_post_and_all_its_work_the_same_day(self, term):
        busy(term)
        nina = make_person("Neu", "Nina")
        handover = finish(make_handover(term, successor=nina))
        term.refresh_from_db()
        assert term.valid_to == LAST_DAY
        assert handover.new_term is not None
        assert (handover.new_term.person, handover.new_term.valid_from) == (nina, FIRST_DAY)
        assert [held.person for held in holders_on(term.post, FIRST_DAY)] == [nina]
        assert Task.objects.filter(holder=term.post).count() == 5
        # Only what hung on the person had to move.
        assert [item.kind for item in handover.items.filter(has_moved=True)] == ["meetings.chair"]
        assert Attendance.objects.get(is_chair=True).person == nina

    def test_an_empty_post_leaves_nothing_behind(self, term, office):
        busy(term)
        handover = finish(make_handover(term))
        assert pieces(term.post, term.person) == {}
        assert set(handover.items.values_list("given_to", flat=True)) == {term.post.deputy.pk}
        own = {"network.deputy": ["Koordination Bündnis Musterstadt"]}
        gained = pieces(term.post.deputy)
        assert sum(len(found) for found in gained.values()) == 10 + len(own)

    def test_what_turned_up_in_the_meantime_goes_along(self, term, office):
        handover = make_handover(term)
        late = make_task("Kam später", holder=term.post)
        done = make_task("Schon erledigt", holder=term.post)
        handovers.choose(handover=handover, choices={}, actor=None)
        move(done, TaskStatus.DONE, text="fertig")
        finish(handover)
        late.refresh_from_db()
        assert late.holder == term.post.deputy
        assert list(handover.items.values_list("label", flat=True)) == [
            "Bündnis Musterstadt", "Kam später",
        ]  # fmt: skip

    def test_all_or_nothing(self, term):
        """The deputy leaves before it is finished, and there is no office."""
        busy(term)
        handover = make_handover(term)
        deputy_term = Term.objects.get(post=term.post.deputy)
        terms.end_term(term=deputy_term, last_day=TODAY, actor=None)
        with pytest.raises(receivers.NobodyThereError):
            finish(handover)
        term.refresh_from_db()
        handover.refresh_from_db()
        assert (term.valid_to, handover.status) == (None, HandoverStatus.OPEN)
        assert Task.objects.filter(holder=term.post).count() == 5

    def test_twice_is_refused(self, term, office):
        handover = finish(make_handover(term))
        with pytest.raises(handovers.HandoverStateError):
            finish(handover)

    def test_the_tasks_say_where_they_went(self, term, office):
        task = make_task("Umfrage", holder=term.post)
        finish(make_handover(term))
        note = TaskNote.objects.get(task=task)
        assert note.text == "Koordination → Stellvertretung"

    def test_two_posts_that_deputise_for_each_other(self, office):
        first = make_post(make_organisation("Eins"), "Leitung")
        second = make_post(make_organisation("Zwei"), "Leitung", deputy=first)
        posts.set_deputy(post=first, deputy=second, actor=None)
        make_term(second)
        term = make_term(first)
        finish(make_handover(term))
        second.refresh_from_db()
        # Nobody stands in for themselves.
        assert second.deputy is None


class TestUndoing:
    def test_everything_is_as_before(self, term, office):
        busy(term)
        before = pieces(term.post, term.person)
        handover = undo(finish(make_handover(term)))
        term.refresh_from_db()
        assert term.valid_to is None
        assert pieces(term.post, term.person) == before
        assert pieces(term.post.deputy) == {"network.deputy": ["Koordination Bündnis Musterstadt"]}
        assert Charge.objects.filter(post=term.post.deputy).count() == 0
        assert handover.status == HandoverStatus.UNDONE

    def test_the_successors_term_goes(self, term):
        handover = finish(make_handover(term, successor=make_person("Neu", "Nina")))
        undo(handover)
        assert [held.person for held in holders_on(term.post, FIRST_DAY)] == [term.person]
        assert Term.objects.filter(post=term.post).count() == 1

    def test_not_once_somebody_worked_on_with_it(self, term, office):
        task = make_task("Umfrage", holder=term.post)
        handover = finish(make_handover(term))
        move(task, TaskStatus.DONE, text="fertig")
        with pytest.raises(handing_over.BuiltUponError) as caught:
            undo(handover)
        assert "Umfrage" in str(caught.value)
        handover.refresh_from_db()
        assert handover.status == HandoverStatus.DONE

    def test_not_once_the_successors_term_was_changed(self, term):
        handover = finish(make_handover(term, successor=make_person("Neu", "Nina")))
        assert handover.new_term is not None
        terms.end_term(term=handover.new_term, last_day=date(2027, 6, 30), actor=None)
        with pytest.raises(handing_over.BuiltUponError):
            undo(handover)

    def test_not_once_somebody_else_holds_the_post(self, term, office):
        handover = finish(make_handover(term))
        make_term(term.post, valid_from=date(2027, 2, 1))
        with pytest.raises(terms.PostHeldError):
            undo(handover)

    def test_a_term_that_had_ended_before_stays_ended(self, term, office):
        ended = terms.end_term(term=term, last_day=date(2026, 6, 30), actor=None)
        undo(finish(make_handover(ended)))
        term.refresh_from_db()
        assert term.valid_to == date(2026, 6, 30)

    def test_only_what_was_handed_over(self, term):
        with pytest.raises(handovers.HandoverStateError):
            undo(make_handover(term))

    def test_it_can_be_prepared_again(self, term, office):
        handover = undo(finish(make_handover(term)))
        row = handovers.reopen_handover(handover=handover, actor=None)
        assert (row.status, row.finished_at) == (HandoverStatus.OPEN, None)
        assert finish(row).status == HandoverStatus.DONE


class TestReturning:
    def test_a_new_holder_gets_back_what_went_elsewhere(self, term, office):
        busy(term)
        before = pieces(term.post)
        handover = finish(make_handover(term))
        nina = make_person("Neu", "Nina")
        make_term(term.post, nina, valid_from=date(2027, 2, 1))
        now = NOW + timedelta(days=80)
        count = handing_over.return_pieces(handover=handover, actor=None, now=now)
        assert count == 11
        assert pieces(term.post, day=date(2027, 2, 12)) == before
        assert Attendance.objects.get(is_chair=True).person == nina

    def test_what_was_done_meanwhile_stays_where_it_is(self, term, office):
        task = make_task("Umfrage", holder=term.post)
        handover = finish(make_handover(term))
        move(task, TaskStatus.DONE, text="fertig")
        make_term(term.post, valid_from=date(2027, 1, 1))
        now = NOW + timedelta(days=80)
        assert handing_over.return_pieces(handover=handover, actor=None, now=now) == 1
        task.refresh_from_db()
        assert task.holder == term.post.deputy

    def test_not_while_the_post_is_empty(self, term, office):
        handover = finish(make_handover(term))
        with pytest.raises(handing_over.StillEmptyError):
            handing_over.return_pieces(handover=handover, actor=None, now=NOW + timedelta(days=80))

    def test_only_after_a_handover(self, term):
        with pytest.raises(handovers.HandoverStateError):
            handing_over.return_pieces(handover=make_handover(term), actor=None, now=NOW)


def test_mark_seen_keeps_the_first_time(term, office):
    handover = finish(make_handover(term))
    handovers.mark_seen(handover=handover, actor=make_user(), now=NOW)
    row = handovers.mark_seen(handover=handover, actor=None, now=NOW + timedelta(days=1))
    assert row.seen_at == NOW
