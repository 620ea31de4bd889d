"""What is not gone on with is flagged, and reminded of once."""

from datetime import date, timedelta

import pytest

from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.partnering.domain import prospect_work, silence
from buendnisnetz.partnering.enums import ENDED, ContactKind, Stage, TaskPurpose
from buendnisnetz.partnering.models import Prospect
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.tasks.models import Task
from tests.factories.network import make_alliance
from tests.factories.partnering import NOW, TODAY, make_contact, make_office, make_prospect, move
from tests.factories.territories import make_district, make_state

pytestmark = pytest.mark.django_db


def flagged(day: date) -> list[str]:
    rows = silence.with_silence(Prospect.objects.order_by("name"), day)
    return [row.name for row in rows if row.is_silent]


def later(days: int) -> date:
    return TODAY + timedelta(days=days)


class TestFlag:
    def test_after_sixty_days_without_a_step(self):
        make_prospect("Still")
        assert flagged(later(60)) == []
        assert flagged(later(61)) == ["Still"]

    def test_what_ended_is_not_silent(self):
        for stage in Stage:
            make_prospect(stage.value, stage=stage)
        assert "DECLINED" not in flagged(later(200))
        assert len(flagged(later(200))) == 4

    def test_each_federal_state_has_its_own_days(self):
        here, there = make_district("16051"), make_district("09161")
        silence.set_days(state=here.parent, days=30, actor=None)
        make_prospect("Hier", alliance=make_alliance(territory=here))
        make_prospect("Dort", alliance=make_alliance(territory=there))
        make_prospect("Büro", territory=here)
        make_prospect("Nirgends")
        assert flagged(later(31)) == ["Büro", "Hier"]
        assert flagged(later(61)) == ["Büro", "Dort", "Hier", "Nirgends"]

    @pytest.mark.parametrize("days", [30, 31, 60, 61, 90, 91])
    def test_as_many_are_counted_as_are_flagged(self, days):
        here, there = make_district("16051"), make_district("09161")
        silence.set_days(state=here.parent, days=30, actor=None)
        silence.set_days(state=there.parent, days=90, actor=None)
        make_prospect("Hier", alliance=make_alliance(territory=here))
        make_prospect("Dort", territory=there)
        make_prospect("Nirgends")
        rows = Prospect.objects.exclude(stage__in=sorted(ENDED))
        parts = silence.counts_of_silent(rows, later(days))
        found = sorted(row.name for part in parts.values() for row in part)
        assert found == flagged(later(days))

    def test_longer_days_are_longer(self):
        state = make_state()
        silence.set_days(state=state, days=90, actor=None)
        silence.set_days(state=state, days=100, actor=None)
        make_prospect("Still", territory=make_district("16051"))
        assert flagged(later(100)) == []
        assert flagged(later(101)) == ["Still"]

    @pytest.mark.parametrize("days", [6, 366])
    def test_unreasonable_days_are_refused(self, days):
        with pytest.raises(RuleBrokenError, match="zwischen 7 und 365"):
            silence.set_days(state=make_state(), days=days, actor=None)

    def test_only_states_have_days(self):
        with pytest.raises(ValueError, match="federal state"):
            silence.set_days(state=make_district(), days=30, actor=None)

    def test_a_note_ends_the_silence(self):
        made = make_prospect("Still")
        day = later(61)
        prospect_work.add_note(
            about=made,
            kind=ContactKind.PHONE,
            met_on=day,
            words="",
            actor=None,
            now=NOW + timedelta(61),
        )
        assert flagged(day) == []

    def test_a_note_about_an_earlier_day_does_not_turn_time_back(self):
        made = make_prospect(now=NOW)
        prospect_work.add_note(
            about=made,
            kind=ContactKind.MAIL,
            met_on=date(2026, 1, 1),
            words="",
            actor=None,
            now=NOW,
        )
        made.refresh_from_db()
        assert made.last_step_on == TODAY


class TestReminder:
    def test_one_task_for_the_responsible_post(self):
        alliance = make_alliance()
        holder = make_contact(alliance)
        made = make_prospect("Still GmbH", alliance=alliance, holder=holder)
        when = NOW + timedelta(days=61)
        task = prospect_work.remind_of_silence(prospect=made.pk, now=when)
        assert (task.holder, task.alliance, task.due_on) == (holder, alliance, later(61))
        assert "Still GmbH" in task.title
        assert "23.11.2026" in task.title
        assert made.task_links.get().purpose == TaskPurpose.SILENCE

    def test_once_until_the_next_step(self):
        made = make_prospect(alliance=make_alliance())
        when = NOW + timedelta(days=61)
        assert prospect_work.remind_of_silence(prospect=made.pk, now=when)
        assert prospect_work.remind_of_silence(prospect=made.pk, now=when) is None
        assert prospect_work.remind_of_silence(prospect=made.pk, now=when + timedelta(99)) is None
        move(made, Stage.CONTACTED, now=when)
        assert prospect_work.remind_of_silence(prospect=made.pk, now=when + timedelta(62))

    def test_nobody_is_reminded_of_what_goes_on_or_is_gone(self):
        made = make_prospect()
        assert prospect_work.remind_of_silence(prospect=made.pk, now=NOW) is None
        assert prospect_work.remind_of_silence(prospect=0, now=NOW) is None

    def test_a_task_of_the_office_says_nothing_of_whom_it_is_about(self):
        """The ministry sees the office's tasks, and no prospects (see docs/permissions.md)."""
        make_office()
        made = make_prospect("Geheimer Betrieb GmbH")
        task = prospect_work.remind_of_silence(prospect=made.pk, now=NOW + timedelta(days=61))
        assert "Geheimer" not in f"{task.title} {task.details} {task.origin_label}"
        assert made.public_id in task.title
        assert "Kein Schritt seit" in made.task_links.get().words


class TestNextStep:
    def test_a_task_with_words_day_and_holder(self):
        alliance = make_alliance()
        holder = make_contact(alliance)
        made = make_prospect("Optik Muster", alliance=alliance)
        task = prospect_work.plan_next_step(
            prospect=made, words="Anrufen", due_on=later(7), holder=holder, actor=None, now=NOW
        )
        assert (task.title, task.due_on, task.holder) == (
            "Anrufen (Optik Muster)",
            later(7),
            holder,
        )
        assert task.origin_url == f"/partner/anbahnungen/{made.public_id}/"

    def test_the_responsible_post_where_nobody_is_named(self):
        alliance = make_alliance()
        holder = make_contact(alliance)
        made = make_prospect(alliance=alliance, holder=holder)
        task = prospect_work.plan_next_step(
            prospect=made, words="Anrufen", due_on=later(7), holder=None, actor=None, now=NOW
        )
        assert task.holder == holder

    def test_the_coordination_where_no_post_is_responsible(self):
        alliance = make_alliance()
        coordination = make_contact(alliance)
        task = prospect_work.plan_next_step(
            prospect=make_prospect(alliance=alliance), words="Anrufen", due_on=later(7), holder=None,
            actor=None, now=NOW,
        )  # fmt: skip
        assert task.holder == coordination

    def test_the_office_where_an_alliance_has_no_coordination(self):
        office = make_office()
        task = prospect_work.plan_next_step(
            prospect=make_prospect(alliance=make_alliance()), words="Anrufen", due_on=later(7),
            holder=None, actor=None, now=NOW,
        )  # fmt: skip
        assert task.holder == office

    def test_open_tasks_are_dropped_and_done_ones_stay(self):
        made = make_prospect(alliance=make_alliance())
        for words in ("Erstens", "Zweitens"):
            prospect_work.plan_next_step(
                prospect=made, words=words, due_on=later(7), holder=None, actor=None, now=NOW
            )
        Task.objects.filter(title__startswith="Erstens").update(status="DONE", closed_on=TODAY)
        prospect_work.drop_open_tasks(made, "Zurückgezogen.", NOW)
        found = dict(Task.objects.values_list("title", "status"))
        assert sorted(found.values()) == [TaskStatus.DONE, TaskStatus.DROPPED]
        assert Task.objects.get(status="DROPPED").result == "Zurückgezogen."


class TestNotes:
    def test_a_note_keeps_day_kind_words(self):
        made = make_prospect()
        note = prospect_work.add_note(
            about=made,
            kind=ContactKind.VISIT,
            met_on=TODAY,
            words=" Freundlich. ",
            actor=None,
            now=NOW,
        )
        assert (note.prospect, note.kind, note.words, note.met_on) == (
            made, ContactKind.VISIT, "Freundlich.", TODAY,
        )  # fmt: skip

    def test_what_will_be_is_no_note(self):
        with pytest.raises(prospect_work.NoteInFutureError):
            prospect_work.add_note(
                about=make_prospect(),
                kind=ContactKind.TALK,
                met_on=later(1),
                words="",
                actor=None,
                now=NOW,
            )
