"""Is this contact still right? Asked every six months, answered by link (S77)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.core.links import LinkClosedError
from buendnisnetz.network import jobs
from buendnisnetz.network.domain import contact_checks, posts, retention
from buendnisnetz.network.enums import ContactAnswer, PostKind
from buendnisnetz.network.models import ContactCheck, PostConfirmation
from buendnisnetz.notifications.models import Message
from buendnisnetz.tasks.models import Task
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
)
from tests.factories.succession import make_office
from tests.factories.territories import make_district, make_municipality
from tests.mailbox import waiting_jobs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def make_contact(confirmed_on: date | None = None, **facts):
    """A district's contact."""
    facts.setdefault("email", "planung@example.org")
    post = make_post(
        make_district(), "Sozialplanung", kind=PostKind.SOCIAL_PLANNER, is_contact=True, **facts
    )
    if confirmed_on:
        posts.confirm_post(post=post, on=confirmed_on, actor=None, today=TODAY)
    post.refresh_from_db()
    return post


def ask(post, now=NOW):
    return contact_checks.ask_contact(post=post.pk, now=now)


def token() -> str:
    text = Message.objects.latest("pk").text
    found = re.search(r"http://localhost:8000(\S+)", text)
    assert found is not None
    return found.group(1).split("/")[-2]


def answer(value: ContactAnswer, words: str = "", now=NOW, link: str = ""):
    return contact_checks.answer_check(token=link or token(), answer=value, words=words, now=now)


class TestWhom:
    def asked(self, now=NOW):
        return list(contact_checks.contacts_to_ask(now=now).order_by("pk"))

    def test_districts_and_alliances_but_nobody_else(self):
        district = make_contact()
        alliance = make_post(make_alliance(), "Koordination", is_contact=True)
        make_post(make_alliance(), "Koordination", is_contact=False)
        make_post(make_alliance(), "Sprecherkreis", kind=PostKind.SPEAKER, is_contact=True)
        make_post(make_organisation(), "Leitung", is_contact=True)
        make_post(make_municipality(make_district()), "Rathaus", is_contact=True)
        assert self.asked() == [district, alliance]

    def test_not_who_was_confirmed_within_six_months(self):
        make_contact(date(2026, 5, 24))
        stale = make_contact(date(2026, 5, 23))
        assert self.asked() == [stale]

    def test_not_twice_within_six_months(self):
        post = make_contact()
        ask(post)
        assert self.asked(NOW + 180 * DAY) == []
        assert self.asked(NOW + 182 * DAY) == [post]

    def test_not_a_post_that_ended(self):
        post = make_contact()
        posts.end_post(post=post, last_day=date(2026, 1, 1), actor=None)
        assert self.asked() == []


@given(day=st.dates(date(1950, 1, 1), date(2100, 12, 31)), months=st.integers(0, 60))
def test_months_before_stays_in_the_right_month(day, months):
    found = contact_checks.months_before(day, months)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == months
    assert found.day <= day.day
    assert found.day == day.day or (found + DAY).month != found.month


class TestAsking:
    def test_the_mail_says_what_is_entered_and_goes_to_the_post(self):
        post = make_contact(phone="0361 1234")
        make_term(post, make_person("Sorgsam", "Ada"))
        assert ask(post) is not None
        mail = Message.objects.get()
        assert mail.recipient == "planung@example.org"
        for words in ("Sozialplanung", "Ada Sorgsam", "0361 1234", "Stellvertretung: niemand"):
            assert words in mail.text

    def test_without_an_own_address_it_goes_to_the_holder(self):
        post = make_contact(email="")
        make_term(post, make_person("Sorgsam", "Ada", email="ada@example.org"))
        ask(post)
        assert Message.objects.get().recipient == "ada@example.org"

    def test_without_any_address_the_office_gets_a_task(self):
        office = make_office()
        post = make_contact(email="")
        assert ask(post) is None
        task = Task.objects.get()
        assert task.title == f"Adresse finden für Sozialplanung {post.scope_name}"
        assert (task.holder, task.due_on) == (office, date(2026, 12, 7))
        assert ask(post) is None
        assert Task.objects.count() == 1

    def test_nothing_happens_for_what_needs_no_question(self):
        assert ask(make_contact(date(2026, 11, 1))) is None
        assert contact_checks.ask_contact(post=0, now=NOW) is None
        assert not Message.objects.exists()


class TestAnswering:
    def test_confirmed_sets_the_day_and_keeps_the_earlier_ones(self):
        post = make_contact(date(2026, 1, 10))
        ask(post)
        answer(ContactAnswer.CONFIRMED)
        post.refresh_from_db()
        assert post.confirmed_on == TODAY
        days = PostConfirmation.objects.order_by("confirmed_on")
        assert list(days.values_list("confirmed_on", "by_link")) == [
            (date(2026, 1, 10), False),
            (TODAY, True),
        ]

    def test_changed_needs_words_and_becomes_a_task(self):
        make_office()
        ask(make_contact())
        with pytest.raises(contact_checks.WordsMissingError):
            answer(ContactAnswer.CHANGED, "  ")
        answer(ContactAnswer.CHANGED, "Die Nummer ist jetzt 0361 99")
        task = Task.objects.get()
        assert task.title.startswith("Eintrag berichtigen: Sozialplanung")
        assert task.details == "Die Nummer ist jetzt 0361 99"

    def test_no_longer_me_asks_for_the_succession(self):
        make_office()
        post = ask(make_contact())
        answer(ContactAnswer.NOT_ME, "Es folgt Frau Neu")
        assert Task.objects.get().title.startswith("Nachfolge klären: Sozialplanung")
        assert post is not None
        post.post.refresh_from_db()
        assert post.post.confirmed_on is None

    def test_once(self):
        ask(make_contact())
        answer(ContactAnswer.CONFIRMED)
        with pytest.raises(LinkClosedError):
            answer(ContactAnswer.CONFIRMED)

    def test_six_weeks(self):
        ask(make_contact())
        with pytest.raises(LinkClosedError):
            answer(ContactAnswer.CONFIRMED, now=NOW + 42 * DAY)

    def test_the_first_link_closes_with_the_reminders(self):
        check = ask(make_contact())
        first = token()
        contact_checks.follow_up(check=check.pk, now=NOW + 14 * DAY)
        answer(ContactAnswer.CONFIRMED, now=NOW + 15 * DAY)
        with pytest.raises(LinkClosedError):
            answer(ContactAnswer.CONFIRMED, now=NOW + 16 * DAY, link=first)

    def test_the_same_task_is_not_given_twice(self):
        make_office()
        post = make_contact(email="")
        ask(post)
        ask(post, NOW + 200 * DAY)
        assert Task.objects.count() == 1


class TestFollowingUp:
    def test_a_reminder_after_two_weeks_a_task_after_four(self):
        office = make_office()
        post = make_contact()
        check = ask(post)
        assert list(contact_checks.checks_to_follow_up(now=NOW + 13 * DAY)) == []
        contact_checks.follow_up(check=check.pk, now=NOW + 14 * DAY)
        assert Message.objects.count() == 2
        assert Message.objects.latest("pk").subject == (
            "Erinnerung: Stimmt diese Ansprechstelle noch?"
        )
        reminder = ContactCheck.objects.get(is_reminder=True)
        assert not Task.objects.exists()
        contact_checks.follow_up(check=reminder.pk, now=NOW + 28 * DAY)
        task = Task.objects.get()
        assert task.title == f"Anrufen: Sozialplanung {post.scope_name} hat nicht geantwortet"
        assert task.holder == office
        assert list(contact_checks.checks_to_follow_up(now=NOW + 90 * DAY)) == []

    def test_twice_on_the_same_day_does_nothing_more(self):
        check = ask(make_contact())
        for _round in range(2):
            contact_checks.follow_up(check=check.pk, now=NOW + 14 * DAY)
        assert Message.objects.count() == 2

    def test_not_once_it_was_answered(self):
        check = ask(make_contact())
        answer(ContactAnswer.CONFIRMED)
        contact_checks.follow_up(check=check.pk, now=NOW + 30 * DAY)
        assert Message.objects.count() == 1

    def test_without_an_office_the_words_say_who_is_meant(self):
        check = ask(make_contact())
        contact_checks.follow_up(check=check.pk, now=NOW + 14 * DAY)
        reminder = ContactCheck.objects.get(is_reminder=True)
        contact_checks.follow_up(check=reminder.pk, now=NOW + 28 * DAY)
        task = Task.objects.get()
        assert (task.holder, task.assignee_words) == (None, "Koordinierungsstelle")


def test_the_nightly_job_asks_and_follows_up(time_machine, worker):
    time_machine.move_to(NOW, tick=False)
    make_contact()
    jobs.ask_contacts(timestamp=0)
    assert [name for name, _args in waiting_jobs("network.")] == ["network.ask_contact"]
    worker.run()
    assert ContactCheck.objects.count() == 1
    time_machine.move_to(NOW + 14 * DAY, tick=False)
    jobs.ask_contacts(timestamp=0)
    worker.run()
    assert ContactCheck.objects.filter(is_reminder=True).count() == 1


def test_what_contacts_wrote_is_forgotten_after_a_year():
    make_office()
    check = ask(make_contact())
    answer(ContactAnswer.CHANGED, "Frau Neu kommt")
    assert retention.forget_old_checks(now=NOW + 366 * DAY) == 0
    assert retention.forget_old_checks(now=NOW + 367 * DAY) == 1
    check.refresh_from_db()
    assert (check.words, check.answer) == ("", ContactAnswer.CHANGED)
