"""Self-checks: begin, answer, finish, plan what follows (S21, S97, S99)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from buendnisnetz.audit.history import history_of
from buendnisnetz.insight.domain import self_checks
from buendnisnetz.insight.domain.profile import PROFILE_VERSION, profile_of
from buendnisnetz.insight.domain.queries import self_checks as queries
from buendnisnetz.insight.domain.questionnaire import CURRENT
from buendnisnetz.insight.domain.self_checks import (
    Answer,
    AnswersChangedError,
    CheckFinishedError,
    DraftThereError,
    NothingAnsweredError,
    UnknownQuestionError,
)
from buendnisnetz.insight.enums import CheckStatus
from buendnisnetz.insight.models import CheckAnswer, CheckTask, SelfCheck
from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.network.models import Alliance
from buendnisnetz.tasks.models import Task
from tests.factories.insight import NOW, make_check
from tests.factories.network import TODAY, make_alliance, make_post, make_user

pytestmark = pytest.mark.django_db
QUESTION = "leadership-sponsor"


@pytest.fixture
def alliance(db: None) -> Alliance:
    return make_alliance()


@pytest.fixture
def draft(alliance: Alliance) -> SelfCheck:
    return make_check(alliance, {}, done_on=None)


def answer(check: SelfCheck, version: int | None = None, **levels: int) -> SelfCheck:
    """Answer by keys with underscores."""
    answers = {key.replace("_", "-"): Answer(level) for key, level in levels.items()}
    version = check.version if version is None else version
    return self_checks.save_answers(check=check, answers=answers, version=version, actor=None)


def given_to(check: SelfCheck) -> dict[str, int]:
    return dict(check.answers.values_list("question", "level"))


class TestFillingIn:
    def test_it_begins_with_the_present_edition(self, alliance):
        user = make_user()
        check = self_checks.begin_check(alliance=alliance, actor=user, today=TODAY)
        check.refresh_from_db()
        assert (check.questionnaire, check.status, check.begun_on) == (CURRENT, "DRAFT", TODAY)
        assert (check.begun_by, check.done_on, check.profile) == (user, None, {})

    def test_one_draft_per_alliance(self, alliance, draft):
        with pytest.raises(DraftThereError):
            self_checks.begin_check(alliance=alliance, actor=None, today=TODAY)
        self_checks.begin_check(alliance=make_alliance(), actor=None, today=TODAY)
        twin = SelfCheck(alliance=alliance, questionnaire=1, begun_on=TODAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()

    def test_answers_are_kept_with_what_they_rest_on(self, draft):
        self_checks.save_answers(
            check=draft, answers={QUESTION: Answer(2, "  Beschluss vom Mai ")}, version=1,
            actor=None,
        )  # fmt: skip
        (row,) = draft.answers.all()
        assert (row.question, row.level, row.evidence) == (QUESTION, 2, "Beschluss vom Mai")

    def test_what_is_left_out_is_unanswered_again(self, draft):
        check = answer(draft, leadership_sponsor=2, stamina_goals=1)
        answer(check, stamina_goals=3)
        assert given_to(draft) == {"stamina-goals": 3}

    def test_questions_that_nobody_asked_are_refused(self, draft):
        with pytest.raises(UnknownQuestionError):
            answer(draft, leadership_colour=2)
        assert given_to(draft) == {}

    def test_two_who_answer_at_once_are_told(self, draft):
        first = answer(draft, leadership_sponsor=2)
        with pytest.raises(AnswersChangedError) as raised:
            answer(draft, version=1, leadership_sponsor=0)
        assert raised.value.version == first.version == 2
        assert given_to(draft) == {QUESTION: 2}
        answer(draft, version=raised.value.version, leadership_sponsor=0)
        assert given_to(draft) == {QUESTION: 0}

    def test_the_database_knows_the_scale(self, draft):
        with pytest.raises(IntegrityError), transaction.atomic():
            CheckAnswer.objects.create(check_of=draft, question=QUESTION, level=4)

    def test_a_draft_can_be_put_away(self, alliance, draft):
        answer(draft, leadership_sponsor=1)
        self_checks.remove_draft(check=draft, actor=None)
        assert not SelfCheck.objects.exists()
        assert not CheckAnswer.objects.exists()
        self_checks.begin_check(alliance=alliance, actor=None, today=TODAY)


class TestFinishing:
    def test_the_structure_profile_of_the_day_stays_with_it(self, alliance, draft):
        check = answer(draft, leadership_sponsor=2)
        done = self_checks.finish_check(check=check, actor=None, today=TODAY)
        assert (done.status, done.done_on) == (CheckStatus.DONE, TODAY)
        assert done.profile_version == PROFILE_VERSION
        assert done.profile == profile_of(alliance, TODAY)
        Alliance.objects.filter(pk=alliance.pk).update(email="neu@example.org")
        done.refresh_from_db()
        assert done.profile["email"] is False

    def test_something_has_to_be_answered(self, draft):
        with pytest.raises(NothingAnsweredError):
            self_checks.finish_check(check=draft, actor=None, today=TODAY)

    def test_finished_it_does_not_change_any_more(self, alliance):
        done = make_check(alliance)
        for act in (
            lambda: answer(done, leadership_sponsor=0),
            lambda: self_checks.finish_check(check=done, actor=None, today=TODAY),
            lambda: self_checks.remove_draft(check=done, actor=None),
        ):
            with pytest.raises(CheckFinishedError):
                act()
        assert given_to(done) == {QUESTION: 2}

    def test_not_before_it_was_begun_and_one_a_day(self, alliance):
        check = make_check(alliance, done_on=None)
        with pytest.raises(RuleBrokenError, match="begonnen"):
            self_checks.finish_check(check=check, actor=None, today=date(2026, 10, 31))
        self_checks.finish_check(check=check, actor=None, today=TODAY)
        with pytest.raises(RuleBrokenError, match="diesem Tag"):
            make_check(alliance, done_on=TODAY)

    def test_every_step_stands_in_the_history(self, draft):
        done = self_checks.finish_check(
            check=answer(draft, stamina_goals=1), actor=None, today=TODAY
        )
        assert {entry.action for entry in history_of(done, *done.answers.all())} == {
            "Selbstcheck abgeschlossen",
            "Selbstcheck beantwortet",
            "Selbstcheck begonnen",
        }


class TestPlanning:
    def plan(self, check: SelfCheck, question: str = QUESTION) -> Task:
        return self_checks.plan_task(
            check=check, question=question, title="Gespräch suchen",
            holder=make_post(check.alliance), due_on=date(2027, 3, 1), actor=None, now=NOW,
        )  # fmt: skip

    def test_a_step_is_a_task_of_the_alliance_that_knows_its_origin(self, alliance):
        check = make_check(alliance, done_on=date(2026, 10, 1))
        task = self.plan(check)
        assert (task.title, task.alliance, task.due_on) == (
            "Gespräch suchen", alliance, date(2027, 3, 1),
        )  # fmt: skip
        assert task.origin_label == "Selbstcheck vom 01.10.2026"
        page = f"/selbstcheck/{alliance.slug}/{check.public_id}/"
        assert task.origin_url == f"{page}#{QUESTION}"

    def test_out_of_a_draft_too_with_the_present_day(self, draft):
        assert self.plan(draft).origin_label == "Selbstcheck vom 22.11.2026"

    def test_not_out_of_a_question_that_does_not_exist(self, draft):
        with pytest.raises(UnknownQuestionError):
            self.plan(draft, "was-anderes")
        assert not Task.objects.exists()

    def test_it_is_shown_back_at_its_question(self, alliance, office):
        check = make_check(alliance)
        first, second = self.plan(check), self.plan(check, "stamina-goals")
        found = queries.plan_of(check, office)
        assert {key: [link.task for link in links] for key, links in found.items()} == {
            QUESTION: [first],
            "stamina-goals": [second],
        }
        assert queries.plan_of(check, make_user()) == {}

    def test_the_link_goes_with_the_task(self, alliance):
        task = self.plan(make_check(alliance))
        task.delete()
        assert not CheckTask.objects.exists()


class TestReading:
    def test_the_draft_comes_first_then_the_latest(self, alliance, office):
        older = make_check(alliance, done_on=date(2024, 1, 1))
        newer = make_check(alliance, done_on=date(2025, 1, 1))
        draft = make_check(alliance, done_on=None)
        make_check(make_alliance())
        assert queries.checks_of(alliance, office) == [draft, newer, older]
        assert queries.checks_of(alliance, make_user()) == []

    def test_a_reading_holds_answers_score_and_profile(self, alliance):
        check = make_check(alliance, {QUESTION: 3, "stamina-goals": 0}, evidence="Protokoll")
        reading = queries.read(check)
        assert reading.levels == {QUESTION: 3, "stamina-goals": 0}
        assert reading.evidence[QUESTION] == "Protokoll"
        assert reading.score.share == 0.5
        assert reading.profile_share == sum(check.profile.values()) / len(check.profile)

    def test_two_days_side_by_side_the_earlier_first(self, alliance):
        before = make_check(alliance, {QUESTION: 0}, date(2024, 1, 1))
        Alliance.objects.filter(pk=alliance.pk).update(email="neu@example.org")
        after = make_check(alliance, {QUESTION: 3, "stamina-goals": 2}, date(2026, 1, 1))
        found = queries.compared(after, before)
        assert (found.earlier.check, found.later.check) == (before, after)
        assert found.same_edition
        factors = {label: (old, new) for label, old, new in found.factors}
        assert factors["Die Spitze steht dahinter"] == (0.0, 1.0)
        assert factors["Langer Atem"] == (None, 2 / 3)
        changed = [label for label, old, new in found.fields if old != new]
        assert changed == ["E-Mail-Adresse"]

    def test_the_list_names_the_last_finished_one(self, office):
        one, other = make_alliance(), make_alliance()
        make_check(one, done_on=date(2024, 1, 1))
        make_check(one, done_on=date(2025, 1, 1))
        make_check(one, done_on=None)
        rows = queries.alliances_for_checks(office).order_by("pk")
        assert list(rows.values_list("pk", "last_done")) == [
            (one.pk, date(2025, 1, 1)),
            (other.pk, None),
        ]
