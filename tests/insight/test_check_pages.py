"""Pages of the self-check: fill in, finish, read, compare, plan; for the alliance itself only."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight.domain import self_checks
from buendnisnetz.insight.domain.questionnaire import CURRENT, questions_of
from buendnisnetz.insight.domain.self_checks import Answer
from buendnisnetz.insight.enums import CheckStatus
from buendnisnetz.insight.models import SelfCheck
from buendnisnetz.network.models import Alliance
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.tasks.models import Task
from tests.factories.insight import NOW, make_check
from tests.factories.network import TODAY, make_alliance, make_post
from tests.factories.tasks import move
from tests.network.views.reading import csv_of, hidden, rows_of, text_of, xlsx_of

pytestmark = pytest.mark.django_db
LIST = "/selbstcheck/"
QUESTION = "leadership-sponsor"
ALL = dict.fromkeys(questions_of(CURRENT), 2)


@pytest.fixture
def alliance(db: None) -> Alliance:
    return make_alliance("Bündnis Ilmtal")


@pytest.fixture
def own(as_role: Any, alliance: Alliance) -> Client:
    """The alliance's own coordination."""
    return as_role(Role.ALLIANCE_COORDINATOR, alliance)


def page(alliance: Alliance, rest: str = "") -> str:
    return f"/selbstcheck/{alliance.slug}/{rest}"


def of(check: SelfCheck, rest: str = "") -> str:
    return page(check.alliance, f"{check.public_id}/{rest}")


class TestTheList:
    def test_who_did_one_and_when_without_a_score(self, keeper, alliance):
        make_check(alliance, ALL, date(2026, 3, 1))
        make_alliance("Bündnis Zell")
        assert rows_of(keeper.get(LIST)) == [
            ["Bündnis Ilmtal", "01.03.2026"],
            ["Bündnis Zell", "–"],
        ]
        as_csv = csv_of(keeper.get(LIST + "?format=csv"))
        assert as_csv == xlsx_of(keeper.get(LIST + "?format=xlsx"))
        assert "%" not in str(as_csv)

    def test_a_coordination_sees_the_own_only(self, own):
        make_alliance("Bündnis Zell")
        assert [row[0] for row in rows_of(own.get(LIST))] == ["Bündnis Ilmtal"]

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs(self, keeper, number, django_assert_num_queries):
        for _number in range(number):
            make_check(make_alliance())
        keeper.get(LIST)
        with django_assert_num_queries(3):
            keeper.get(LIST)


class TestFillingIn:
    def test_begin_answer_and_finish(self, own, alliance):
        answer = own.post(page(alliance, "neu/"))
        check = SelfCheck.objects.get()
        assert answer.headers["Location"] == of(check)
        form = own.get(of(check))
        assert "Die Spitze steht dahinter" in text_of(form)
        values = {"version": hidden(form, "version"), QUESTION: "3", f"{QUESTION}_evidence": "Rat"}
        assert own.post(of(check), values).headers["Location"] == of(check)
        assert list(check.answers.values_list("question", "level", "evidence")) == [
            (QUESTION, 3, "Rat")
        ]
        own.post(of(check, "fertig/"))
        text = text_of(own.get(of(check)))
        assert "1 von 3 beantwortet" in text
        assert "100 %" in text
        check.refresh_from_db()
        assert (check.status, check.done_on) == (CheckStatus.DONE, TODAY)

    def test_a_second_draft_is_refused_in_words(self, own, alliance):
        make_check(alliance, done_on=None)
        text = text_of(own.post(page(alliance, "neu/"), follow=True))
        assert "schon" in text
        assert SelfCheck.objects.count() == 1

    def test_what_was_typed_stays_when_it_is_wrong(self, own, alliance):
        check = make_check(alliance, {}, done_on=None)
        values = {"version": "1", QUESTION: "9", f"{QUESTION}_evidence": "Beschluss im Mai"}
        answer = own.post(of(check), values)
        assert answer.status_code == 422
        assert "Beschluss im Mai" in answer.content.decode()
        assert not check.answers.exists()

    def test_who_was_slower_is_told_and_may_save_again(self, own, alliance):
        check = make_check(alliance, {}, done_on=None)
        self_checks.save_answers(check=check, answers={QUESTION: Answer(1)}, version=1, actor=None)
        values = {"version": "1", QUESTION: "3"}
        answer = own.post(of(check), values)
        assert answer.status_code == 422
        assert "gespeichert" in text_of(answer)
        own.post(of(check), {**values, "version": hidden(answer, "version")})
        assert check.answers.get().level == 3

    def test_answers_to_what_was_finished_meanwhile_are_not_lost_silently(self, own, alliance):
        done = make_check(alliance, {QUESTION: 2})
        answer = own.post(of(done), {"version": "1", QUESTION: "0"}, follow=True)
        assert "abgeschlossen und bleibt" in text_of(answer)
        assert done.answers.get().level == 2

    def test_finishing_without_an_answer_says_what_to_do(self, own, alliance):
        check = make_check(alliance, {}, done_on=None)
        text = text_of(own.post(of(check, "fertig/"), follow=True))
        assert "mindestens eine Frage" in text
        check.refresh_from_db()
        assert check.status == CheckStatus.DRAFT

    def test_a_draft_is_put_away_and_a_finished_one_is_not(self, own, alliance):
        done, draft = make_check(alliance), make_check(alliance, done_on=None)
        own.post(of(draft, "weg/"))
        own.post(of(done, "weg/"))
        assert list(SelfCheck.objects.all()) == [done]


class TestReading:
    def test_the_overview_offers_what_can_be_done(self, own, alliance):
        text = text_of(own.get(page(alliance)))
        assert "Strukturprofil" in text
        first, second = (make_check(alliance, done_on=date(year, 1, 1)) for year in (2024, 2025))
        answer = own.get(page(alliance))
        assert "01.01.2024" in text_of(answer)
        assert page(alliance, "vergleich/") in answer.content.decode()
        assert [first.done_on.year, second.done_on.year] == [2024, 2025]

    def test_a_finished_one_with_its_plan(self, own, alliance):
        check = make_check(alliance, {QUESTION: 1}, evidence="Gespräch im Rathaus")
        post = make_post(alliance, "Koordinierung")
        values = {"title": "Schirmherrin gewinnen", "holder": post.pk, "due_on": "2027-03-01"}
        answer = own.post(of(check, f"aufgabe/{QUESTION}/"), values)
        assert answer.headers["Location"].startswith(of(check))
        task = Task.objects.get()
        assert (task.alliance, task.holder, task.due_on) == (alliance, post, date(2027, 3, 1))
        text = text_of(own.get(of(check)))
        for words in ("Gespräch im Rathaus", "Schirmherrin gewinnen", "offen", "Koordinierung"):
            assert words in text
        move(task, TaskStatus.DONE, text="Ist gewonnen.")
        assert "erledigt" in text_of(own.get(of(check)))
        assert of(check) in own.get(f"/aufgaben/{task.public_id}/").content.decode()

    def test_a_step_needs_a_title_and_a_question(self, own, alliance):
        check = make_check(alliance)
        assert own.post(of(check, f"aufgabe/{QUESTION}/"), {"title": ""}).status_code == 422
        assert own.get(of(check, "aufgabe/was-anderes/")).status_code == 404
        assert not Task.objects.exists()

    def test_two_side_by_side_the_latest_two_unless_chosen(self, own, alliance):
        checks = [
            make_check(alliance, {QUESTION: level}, date(2023 + level, 1, 1)) for level in range(3)
        ]
        latest = text_of(own.get(page(alliance, "vergleich/")))
        assert "Die Spitze steht dahinter 33 % 67 % +34" in latest
        choice = f"vergleich/?a={checks[0].public_id}&b={checks[2].public_id}"
        chosen = text_of(own.get(page(alliance, choice)))
        assert "Die Spitze steht dahinter 0 % 67 % +67" in chosen

    def test_with_one_there_is_nothing_to_compare(self, own, alliance):
        make_check(alliance)
        answer = own.get(page(alliance, "vergleich/"))
        assert "zwei" in text_of(answer)

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs(self, own, alliance, number, django_assert_num_queries):
        check = make_check(alliance, ALL)
        for key in list(ALL)[:number]:
            self_checks.plan_task(
                check=check, question=key, title="Schritt", holder=make_post(alliance),
                due_on=None, actor=None, now=NOW,
            )  # fmt: skip
        make_check(alliance, ALL, date(2025, 1, 1))
        for address, queries in (
            (page(alliance), 5), (of(check), 6), (page(alliance, "vergleich/"), 6),
        ):  # fmt: skip
            own.get(address)
            with django_assert_num_queries(queries):
                own.get(address)


class TestOthers:
    def test_another_alliances_coordination_reads_nothing(self, as_role, alliance):
        check = make_check(alliance)
        client = as_role(Role.ALLIANCE_COORDINATOR, make_alliance())
        for address in (page(alliance), of(check), page(alliance, "vergleich/")):
            assert client.get(address).status_code == 403
        assert client.post(page(alliance, "neu/")).status_code == 403

    @pytest.mark.parametrize("role", [Role.MINISTRY, Role.CHAMBER, Role.DISTRICT_PLANNER])
    def test_nor_do_other_roles(self, as_role, alliance, role):
        check = make_check(alliance)
        client = as_role(role, make_alliance() if role != Role.MINISTRY else None)
        for address in (LIST, page(alliance), of(check)):
            assert client.get(address).status_code == 403

    def test_it_is_never_public(self, alliance):
        make_check(alliance)
        assert Client().get(page(alliance)).status_code == 302
        assert "Selbstcheck" not in text_of(Client().get(f"/netz/buendnisse/{alliance.slug}/"))

    def test_a_check_of_another_alliance_is_not_found_here(self, keeper, alliance):
        check = make_check(make_alliance())
        assert keeper.get(page(alliance, f"{check.public_id}/")).status_code == 404
