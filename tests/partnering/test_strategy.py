"""The private strategy board, stakeholders and their invitations (S82, S90, S110, S111)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.meetings.enums import AttendanceStatus
from buendnisnetz.meetings.models import Attendance, Meeting
from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.partnering.domain import prospect_work, stakeholders, strategy
from buendnisnetz.partnering.domain.queries import stakeholders as queries
from buendnisnetz.partnering.enums import AimStatus, ContactKind, InvitationAnswer, Mark
from buendnisnetz.partnering.models import Stakeholder, StrategyMessage
from buendnisnetz.tasks.models import Task
from tests.factories.network import make_alliance, make_organisation, make_user
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_aim,
    make_benefit,
    make_office,
    make_stakeholder,
)

pytestmark = pytest.mark.django_db


def make_meeting(status: str = "HELD", held_on: date = date(2026, 10, 1)) -> Meeting:
    return Meeting.objects.create(
        kind="STRATEGY", title="Strategietreffen", held_on=held_on, status=status
    )


def come(meeting: Meeting, organisation, status: str = AttendanceStatus.PRESENT) -> None:
    Attendance.objects.create(
        meeting=meeting, organisation=organisation, name="Jemand", status=status
    )


def invite(stakeholder: Stakeholder, meeting: Meeting | None = None, **facts):
    return stakeholders.invite(
        stakeholder=stakeholder, meeting=meeting, invited_on=facts.pop("invited_on", date(2026, 9, 1)),
        occasion=facts.pop("occasion", ""), actor=None, today=TODAY,
    )  # fmt: skip


class TestBoard:
    def test_an_aim_names_whom_it_is_about(self):
        body = make_stakeholder()
        aim = make_aim("Mehr Rückhalt", targets=[body], due_on=date(2027, 6, 1))
        assert list(aim.targets.all()) == [body]
        assert aim.status == AimStatus.OPEN

    def test_an_aim_ends_with_a_result(self):
        aim = make_aim(targets=[make_stakeholder()])
        values = {
            "aim": aim, "title": aim.title, "words": "", "targets": [], "due_on": None,
            "status": AimStatus.REACHED, "actor": None,
        }  # fmt: skip
        with pytest.raises(RuleBrokenError, match="was daraus geworden ist"):
            strategy.edit_aim(version=1, result="  ", **values)
        row = strategy.edit_aim(version=1, result="Es klappt.", **values)
        assert (row.status, row.result, list(row.targets.all())) == (
            AimStatus.REACHED,
            "Es klappt.",
            [],
        )
        with pytest.raises(EditConflictError):
            strategy.edit_aim(version=1, result="Anders.", **values)

    def test_a_message_cites_a_fact(self):
        aim, fact = make_aim(), make_benefit()
        with pytest.raises(RuleBrokenError, match="Beleg"):
            strategy.add_message(
                aim=aim, words="Wir sind gut.", benefit=None, source=" ", actor=None
            )
        strategy.add_message(aim=aim, words="Es hilft.", benefit=fact, source="", actor=None)
        strategy.add_message(
            aim=aim, words="Es hilft.", benefit=None, source="Studie 2023", actor=None
        )
        assert aim.messages.count() == 2
        with pytest.raises(IntegrityError), transaction.atomic():
            StrategyMessage.objects.filter(benefit=fact).update(benefit=None)

    def test_a_message_can_be_taken_off(self):
        aim = make_aim()
        message = strategy.add_message(aim=aim, words="X", benefit=None, source="Y", actor=None)
        strategy.remove_message(message=message, actor=None)
        assert not aim.messages.exists()

    def test_a_measure_is_a_task_that_says_nothing_of_the_board(self):
        """The ministry sees the office's tasks; the board is invisible to it."""
        office = make_office()
        aim = make_aim("Wirtschaftsressort gewinnen")
        measure = strategy.add_measure(
            aim=aim, words="Staatssekretärin anrufen", holder=office, due_on=date(2027, 1, 10), actor=None,
            now=NOW,
        )  # fmt: skip
        task = measure.task
        assert (task.holder, task.due_on) == (office, date(2027, 1, 10))
        assert measure.public_id in task.title
        shown = f"{task.title} {task.details} {task.origin_label} {task.waits_for}"
        assert "Staatssekretärin" not in shown
        assert "Wirtschaftsressort" not in shown
        assert Task.objects.visible_to(make_user(Role.MINISTRY)).filter(pk=task.pk).exists()


class TestStakeholders:
    def test_marks_and_position_change(self):
        made = make_stakeholder(interest=Mark.LOW)
        row = stakeholders.edit_stakeholder(
            stakeholder=made, version=1, actor=None, interest=Mark.HIGH, position="Dafür."
        )
        assert (row.interest, row.position) == (Mark.HIGH, "Dafür.")
        with pytest.raises(EditConflictError):
            stakeholders.edit_stakeholder(
                stakeholder=made, version=1, actor=None, position="Dagegen."
            )

    def test_a_body_stands_once_on_each_list(self):
        body, alliance = make_organisation(), make_alliance()
        make_stakeholder(body)
        make_stakeholder(body, alliance)
        for whose in (None, alliance):
            with pytest.raises(RuleBrokenError, match="steht schon auf der Liste"):
                make_stakeholder(body, whose)

    def test_notes_are_kept_with_it(self):
        made = make_stakeholder()
        note = prospect_work.add_note(
            about=made,
            kind=ContactKind.TALK,
            met_on=TODAY,
            words="Will mehr wissen.",
            actor=None,
            now=NOW,
        )
        assert (note.stakeholder, note.prospect) == (made, None)


class TestInvitations:
    def test_to_a_meeting_or_an_occasion(self):
        made = make_stakeholder()
        invite(made, make_meeting())
        invite(made, occasion="Kaffee")
        with pytest.raises(RuleBrokenError, match="worum es geht"):
            invite(made)

    def test_once_to_a_meeting(self):
        made, meeting = make_stakeholder(), make_meeting()
        invite(made, meeting)
        with pytest.raises(RuleBrokenError, match="schon eingeladen"):
            invite(made, meeting)

    def test_not_in_the_future(self):
        with pytest.raises(stakeholders.InvitationInFutureError):
            invite(make_stakeholder(), occasion="X", invited_on=TODAY + timedelta(days=1))

    def test_an_answer_has_a_day_and_can_be_taken_back(self):
        row = invite(make_stakeholder(), occasion="X")

        def note(answer, on):
            return stakeholders.note_answer(
                invitation=row, answer=answer, answered_on=on, words=" Gern. ", actor=None
            )

        noted = note(InvitationAnswer.ACCEPTED, date(2026, 9, 20))
        assert (noted.answer, noted.answered_on, noted.words) == (
            "ACCEPTED", date(2026, 9, 20), "Gern.",
        )  # fmt: skip
        back = note(InvitationAnswer.OPEN, date(2026, 9, 20))
        assert back.answered_on is None
        with pytest.raises(RuleBrokenError, match="älter"):
            note(InvitationAnswer.DECLINED, date(2026, 8, 1))


class TestPresence:
    """As far as attendance lists say it."""

    def test_who_came_and_who_did_not(self):
        came, missed = make_stakeholder(), make_stakeholder()
        meeting = make_meeting()
        for row in (came, missed):
            invite(row, meeting)
        come(meeting, came.organisation)
        come(meeting, missed.organisation, AttendanceStatus.EXCUSED)
        assert [row.came for row in queries.invitations_of(came)] == [True]
        assert [row.came for row in queries.invitations_of(missed)] == [False]

    def test_guests_were_there(self):
        made, meeting = make_stakeholder(), make_meeting()
        invite(made, meeting)
        come(meeting, made.organisation, AttendanceStatus.GUEST)
        assert queries.invitations_of(made)[0].came is True

    def test_without_a_list_nobody_knows(self):
        made = make_stakeholder()
        invite(made, make_meeting())
        planned = make_meeting("PLANNED", date(2027, 1, 1))
        come(planned, made.organisation)
        invite(made, planned)
        invite(made, occasion="Kaffee")
        assert [row.came for row in queries.invitations_of(made)] == [None, None, None]

    def test_counts_of_a_list(self):
        made = make_stakeholder(make_organisation("A"))
        make_stakeholder(make_organisation("B"))
        for place, answer in enumerate(InvitationAnswer):
            meeting = make_meeting(held_on=date(2026, 3 + place, 1))
            come(meeting, make_organisation())
            row = invite(made, meeting, invited_on=date(2026, 2, 1))
            stakeholders.note_answer(
                invitation=row, answer=answer, answered_on=date(2026, 2, 5), words="", actor=None
            )
        come(Meeting.objects.earliest("held_on"), made.organisation)
        names = ("invited", "accepted", "declined", "silent", "missing")
        rows = queries.with_counts(Stakeholder.objects.order_by("organisation__sort_key"))
        assert list(rows.values_list(*names)) == [(3, 1, 1, 1, 2), (0, 0, 0, 0, 0)]

    def test_filters(self):
        alliance = make_alliance()
        missing = make_stakeholder(make_organisation("A"))
        silent = make_stakeholder(make_organisation("B"), alliance)
        key = make_stakeholder(make_organisation("C"), influence=Mark.HIGH)
        meeting = make_meeting()
        come(meeting, make_organisation())
        row = invite(missing, meeting)
        stakeholders.note_answer(
            invitation=row, answer=InvitationAnswer.ACCEPTED, answered_on=date(2026, 9, 2), words="",
            actor=None,
        )  # fmt: skip
        invite(silent, occasion="X")

        def found(**values):
            rows = Stakeholder.objects.order_by("organisation__sort_key")
            return list(queries.narrowed(rows, values, TODAY))

        assert found(which="missing") == [missing]
        assert found(which="silent") == [silent]
        assert found(which="key") == [key]
        assert found(alliance="office") == [missing, key]
        assert found(alliance=alliance.slug) == [silent]
        assert found() == [missing, silent, key]

    def test_how_many_have_which_marks(self):
        make_stakeholder(influence=Mark.HIGH, interest=Mark.LOW)
        make_stakeholder(influence=Mark.HIGH, interest=Mark.LOW)
        make_stakeholder(influence=Mark.LOW, interest=Mark.HIGH)
        office = make_user(Role.STATE_COORDINATION)
        assert queries.by_marks(office) == [(3, 1, 2), (1, 3, 1)]
