"""The list, the board and the page of a prospect read what they need, and not more."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.partnering.domain import hand_overs, prospect_work
from buendnisnetz.partnering.domain.queries import prospects as queries
from buendnisnetz.partnering.enums import ContactKind, Stage
from buendnisnetz.partnering.models import Prospect
from buendnisnetz.tasks.enums import TaskStatus
from tests.factories import tasks as task_rows
from tests.factories.network import make_alliance, make_organisation, make_post, make_user
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_chamber_post,
    make_contact,
    make_interest,
    make_office,
    make_prospect,
)
from tests.factories.territories import make_chamber, make_district, make_municipality

pytestmark = pytest.mark.django_db


def days_ago(number: int) -> datetime:
    return NOW - timedelta(days=number)


def names(**values: Any) -> set[str]:
    rows = queries.narrowed(Prospect.objects.all(), values, TODAY)
    return set(rows.values_list("name", flat=True))


def plan(prospect: Prospect, words: str, due_on: date | None) -> Any:
    holder = prospect.alliance.posts.first() or make_post(prospect.alliance)
    return prospect_work.plan_next_step(
        prospect=prospect, words=words, due_on=due_on, holder=holder, actor=None, now=NOW
    )


class TestNarrowed:
    def test_the_ended_ones_only_when_asked_for(self):
        for stage in Stage:
            make_prospect(f"Firma {stage.value}", stage)
        Prospect.objects.filter(stage=Stage.MEMBER).update(name="Firma MEMBER")
        open_ones = {f"Firma {stage.value}" for stage in Stage} - {
            "Firma MEMBER",
            "Firma DECLINED",
        }
        assert names() == open_ones
        assert names(stage="") == open_ones
        assert names(stage="all") == open_ones | {"Firma MEMBER", "Firma DECLINED"}
        assert names(stage="DECLINED") == {"Firma DECLINED"}
        assert names(stage="TALK") == {"Firma TALK"}

    def test_by_side(self):
        alliance = make_alliance("Mitte")
        make_prospect("Bündnis", alliance=alliance)
        make_prospect("Stelle")
        make_prospect("Anderes", alliance=make_alliance("Rand"))
        assert names(alliance=alliance.slug) == {"Bündnis"}
        assert names(alliance="office") == {"Stelle"}
        assert names(alliance="gibt-es-nicht") == set()

    def test_by_district(self):
        district = make_district("16070")
        make_prospect("Kreis", territory=district)
        make_prospect("Dorf", territory=make_municipality(district))
        make_prospect("Anderswo", territory=make_district("16063"))
        make_prospect("Irgendwo")
        assert names(district="16070") == {"Kreis", "Dorf"}

    def test_only_silent_ones(self):
        make_prospect("Still", now=days_ago(61))
        make_prospect("Lebhaft", now=days_ago(60))
        make_prospect("Abgesagt", Stage.DECLINED, now=days_ago(90))
        assert names(silent=True) == {"Still"}
        assert names(silent=False) == {"Still", "Lebhaft"}


class TestNextSteps:
    def test_the_open_one_that_is_due_first(self):
        prospect = make_prospect(alliance=make_alliance())
        plan(prospect, "Später", TODAY + timedelta(days=20))
        plan(prospect, "Zuerst", TODAY + timedelta(days=3))
        plan(prospect, "Ohne Tag", None)
        step = queries.next_steps([prospect.pk])[prospect.pk]
        assert (step.words, step.due_on) == ("Zuerst", TODAY + timedelta(days=3))
        assert step.task == prospect.task_links.get(words="Zuerst").task.public_id
        task_rows.move(prospect.task_links.get(words="Zuerst").task, TaskStatus.DONE)
        assert queries.next_steps([prospect.pk])[prospect.pk].words == "Später"

    def test_none_without_open_tasks(self):
        prospect = make_prospect(alliance=make_alliance())
        plan(prospect, "Erledigt", TODAY)
        task_rows.move(prospect.task_links.get().task, TaskStatus.DONE)
        assert queries.next_steps([prospect.pk]) == {}
        assert queries.next_steps([]) == {}


class TestBoard:
    def board(self, **values: Any) -> list[queries.Column]:
        return queries.board(make_user(Role.STATE_COORDINATION), values, TODAY)

    def test_a_column_for_each_stage_in_their_order(self):
        make_prospect("Eins", Stage.TALK)
        columns = self.board()
        assert [column.stage for column in columns] == list(Stage)
        assert {
            column.stage: [row["name"] for row in column.prospects]
            for column in columns
            if column.total
        } == {Stage.TALK: ["Eins"]}

    def test_the_longest_silence_stands_first_and_the_latest_end(self):
        for name, stage, days in (
            ("Neu", Stage.IDENTIFIED, 1), ("Alt", Stage.IDENTIFIED, 90),
            ("Lange her", Stage.DECLINED, 90), ("Eben", Stage.DECLINED, 1),
        ):  # fmt: skip
            make_prospect(name, stage, now=days_ago(days))
        shown = {column.stage: [row["name"] for row in column.prospects] for column in self.board()}
        assert shown[Stage.IDENTIFIED] == ["Alt", "Neu"]
        assert shown[Stage.DECLINED] == ["Eben", "Lange her"]

    def test_what_was_typed_and_filtered(self):
        alliance = make_alliance()
        make_prospect("Tischlerei Beispiel", Stage.TALK, alliance=alliance)
        make_prospect("Bäckerei Beispiel", Stage.TALK)
        make_prospect("Anders", Stage.DECLINED)

        def shown(**values: Any) -> dict[Stage, list[str]]:
            return {
                column.stage: [row["name"] for row in column.prospects]
                for column in self.board(**values)
                if column.total
            }

        assert shown(q="beispiel") == {Stage.TALK: ["Tischlerei Beispiel", "Bäckerei Beispiel"]}
        assert shown(q="beispiel", alliance="office") == {Stage.TALK: ["Bäckerei Beispiel"]}
        assert shown(alliance=alliance.slug) == {Stage.TALK: ["Tischlerei Beispiel"]}

    def test_a_full_column_says_how_many_there_are(self):
        for _row in range(queries.MOST_PER_COLUMN + 2):
            make_prospect()
        column = self.board()[0]
        assert (len(column.prospects), column.total) == (
            queries.MOST_PER_COLUMN, queries.MOST_PER_COLUMN + 2,
        )  # fmt: skip


class TestFile:
    @pytest.fixture
    def post(self) -> Any:
        return make_chamber_post(make_chamber(make_district()))

    @pytest.fixture
    def prospect(self, post) -> Prospect:
        made = make_prospect(
            alliance=make_alliance(), contact_words="Frau Muster", source="Vom Bürgermeister",
            contact_email="muster@betrieb.example",
        )  # fmt: skip
        prospect_work.add_note(
            about=made, kind=ContactKind.VISIT, words="Im Hof.", met_on=TODAY, actor=None, now=NOW
        )
        plan(made, "Anrufen", TODAY)
        self.hand(made, post)
        self.hand(made, make_contact(make_organisation()))
        return made

    def hand(self, prospect: Prospect, post: Any, **facts: Any) -> Any:
        return hand_overs.hand_over(
            prospect=prospect, post=post, consent_words="Ja.", actor=None, now=NOW, **facts
        )

    def chamber(self, post: Any) -> Any:
        return make_user(Role.CHAMBER, post.organisation)

    def test_inside_everything(self, prospect):
        file = queries.file_of(prospect, make_user(Role.STATE_COORDINATION), inside=True)
        counts = [
            len(rows)
            for rows in (
                file.steps, file.notes, file.tasks, file.interests, file.hand_overs, file.notices,
            )
        ]  # fmt: skip
        assert counts == [1, 1, 1, 0, 2, 1]
        assert file.notes[0].words == "Im Hof."

    def test_outside_no_notes_tasks_or_notices_and_only_the_own_hand_over(self, prospect, post):
        file = queries.file_of(prospect, self.chamber(post), inside=False)
        assert (file.notes, file.tasks, file.notices) == ([], [], [])
        assert [row.post for row in file.hand_overs] == [post]
        assert [step.to_stage for step in file.steps] == [Stage.IDENTIFIED]

    def test_outside_only_what_was_handed_over_of_what_the_firm_said(self, post):
        interest = make_interest("Backhaus")
        later = make_interest("Backhaus", place=interest.prospect.territory)
        assert later.prospect == interest.prospect
        self.hand(interest.prospect, post, interest=interest)
        file = queries.file_of(interest.prospect, self.chamber(post), inside=False)
        assert file.interests == [interest]

    def test_whoever_refuses_sees_it_no_longer(self, prospect, post):
        user = self.chamber(post)
        row = prospect.hand_overs.get(post=post)
        assert Prospect.objects.visible_to(user).exists()
        hand_overs.answer_hand_over(handed=row, accepted=True, words="", actor=None, now=NOW)
        assert Prospect.objects.visible_to(user).exists()
        again = self.hand(prospect, post)
        row.delete()
        hand_overs.answer_hand_over(handed=again, accepted=False, words="", actor=None, now=NOW)
        assert not Prospect.objects.visible_to(user).exists()


class TestForWhom:
    def test_alliances_in_their_order(self):
        second, first = make_alliance("Zwei"), make_alliance("Eins")
        coordinator = make_user(Role.ALLIANCE_COORDINATOR, second)
        assert list(queries.alliances_for(coordinator)) == [second]
        assert list(queries.alliances_for(make_user(Role.STATE_COORDINATION))) == [first, second]
        assert list(queries.alliances_for(make_user(Role.MINISTRY))) == []

    def test_silent_ones_of_the_own_side_are_counted(self):
        alliance = make_alliance()
        make_office()
        make_prospect(alliance=alliance, now=days_ago(100))
        make_prospect(alliance=alliance)
        make_prospect(now=days_ago(100))
        make_prospect(stage=Stage.DECLINED, alliance=alliance, now=days_ago(100))
        assert queries.silent_for(make_user(Role.ALLIANCE_COORDINATOR, alliance), TODAY) == 1
        assert queries.silent_for(make_user(Role.STATE_COORDINATION), TODAY) == 2
        assert queries.silent_for(make_user(Role.MINISTRY), TODAY) == 0
