"""Reminders by mail, and the answers that their links give without a sign-in."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.utils import timezone

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core import links
from buendnisnetz.core.errors import DomainError
from buendnisnetz.notifications.models import Message
from buendnisnetz.tasks import jobs
from buendnisnetz.tasks.domain import reminders
from buendnisnetz.tasks.enums import MailAnswer, TaskStatus
from buendnisnetz.tasks.models import Reminder
from tests.factories.network import make_alliance, make_person, make_post, make_term, make_user
from tests.factories.tasks import NOW, make_task, move
from tests.mailbox import waiting_jobs
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def _due(days: int = 0, **facts: Any):
    """A task that is due in so many days, at a post with an address."""
    holder = facts.pop("holder", None) or make_post(email="amt@example.org")
    return make_task(due_on=TODAY + days * DAY, holder=holder, **facts)


def _remind(task, now=NOW):
    return reminders.send_reminder(task=task, actor=None, now=now)


def _link() -> str:
    """The link in the last mail, without the site's address."""
    text = Message.objects.latest("pk").text
    found = re.search(r"http://localhost:8000(\S+)", text)
    assert found is not None
    return found.group(1)


def _token() -> str:
    return _link().split("/")[-2]


def _answer(answer: MailAnswer, text: str = "", now=NOW, token: str = ""):
    return reminders.answer_reminder(token=token or _token(), answer=answer, text=text, now=now)


class TestWhichTasks:
    def _titles(self, now=NOW):
        return sorted(reminders.tasks_to_remind(now=now).values_list("title", flat=True))

    def test_due_soon_and_overdue_but_not_later(self):
        for days in (-400, 0, 3, 4):
            _due(days, title=f"in {days} Tagen")
        assert self._titles() == ["in -400 Tagen", "in 0 Tagen", "in 3 Tagen"]

    def test_not_without_a_day_or_a_post_and_not_what_is_closed(self):
        make_task(holder=make_post(email="amt@example.org"))
        make_task(due_on=TODAY)
        _due(status=TaskStatus.DONE)
        assert self._titles() == []

    def test_a_pause_of_seven_days_between_two(self):
        task = _due(title="Umfrage")
        _remind(task)
        assert self._titles(NOW + 7 * DAY - timedelta(seconds=1)) == []
        assert self._titles(NOW + 7 * DAY) == ["Umfrage"]

    def test_the_day_is_the_one_in_germany(self):
        _due(4, title="Umfrage")
        assert self._titles(NOW.replace(hour=22, minute=59)) == []
        assert self._titles(NOW.replace(hour=23, minute=1)) == ["Umfrage"]


class TestSending:
    def test_a_reminder_reaches_the_mail_server(self, mailbox, worker):
        task = _due(
            title="Umfrage auswerten",
            holder=make_post(title="Koordination", email="koordination@example.org"),
            origin_label="Koordinierungstreffen, 24.08.2017",
        )
        _remind(task)
        assert mailbox.mails == []
        assert worker.run() == ["notifications.deliver"]
        mail = mailbox.mails[0]
        assert mailbox.recipients == [["koordination@example.org"]]
        assert mail["Subject"] == "Erinnerung: Umfrage auswerten"
        for said in (
            "Umfrage auswerten",
            "Zuständig: Koordination",
            "Fällig: 23.11.2026",
            "Herkunft: Koordinierungstreffen, 24.08.2017",
            "http://localhost:8000/aufgaben/antwort/",
        ):
            assert said in mail.get_content()

    def test_it_is_noted_and_only_a_hash_is_kept(self):
        task = _due(holder=make_post(title="Koordination", email="a@example.org"))
        reminder = _remind(task)
        assert list(task.notes.values_list("kind", "text")) == [("REMINDER", "Koordination")]
        assert (reminder.sent_at, reminder.expires_at) == (NOW, NOW + 14 * DAY)
        assert re.fullmatch("[0-9a-f]{64}", reminder.token_hash)
        assert reminder.token_hash not in _link()

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({"due_words": "bis Jahresende"}, "Fällig: bis Jahresende"),
            ({}, "Fällig: kein Tag genannt"),
        ],
    )
    def test_words_for_the_day(self, facts, expected):
        _remind(make_task(holder=make_post(email="a@example.org"), **facts))
        assert expected in Message.objects.get().text

    def test_the_address_of_the_post_comes_before_that_of_the_person(self):
        post = make_post(email="amt@example.org")
        make_term(post, make_person(email="privat@example.org"))
        _remind(_due(holder=post))
        assert Message.objects.get().recipient == "amt@example.org"

    def test_the_address_of_the_person_or_of_the_account(self):
        post = make_post()
        make_term(post, make_person(user=make_user(email="konto@example.org")), is_acting=True)
        assert _recipient_of(post) == "konto@example.org"
        other = make_post()
        make_term(other, make_person(email="privat@example.org"))
        assert _recipient_of(other) == "privat@example.org"

    def test_the_successor_gets_it(self):
        post = make_post()
        make_term(post, make_person(email="alt@example.org"), valid_to=date(2026, 11, 22))
        make_term(post, make_person(email="neu@example.org"), valid_from=TODAY)
        assert _recipient_of(post) == "neu@example.org"

    @pytest.mark.parametrize("holder", [True, False])
    def test_nobody_to_write_to_is_said(self, holder):
        post = make_post() if holder else None
        if post:
            make_term(post, make_person())
        with pytest.raises(reminders.NoAddressError) as caught:
            _remind(make_task(holder=post))
        assert str(caught.value) == (
            "Weder die Stelle noch wer sie innehat, hat eine E-Mail-Adresse. Bitte zuerst eine eintragen."
        )
        assert (Reminder.objects.count(), Message.objects.count()) == (0, 0)

    def test_one_a_day_is_enough(self):
        task = _due()
        _remind(task)
        with pytest.raises(reminders.RemindedTodayError) as caught:
            _remind(task, NOW + timedelta(hours=13))
        assert str(caught.value) == "Heute ist schon eine Erinnerung hinausgegangen."
        assert _remind(task, NOW + timedelta(hours=14, minutes=1)).sent_at > NOW

    def test_another_post_may_be_reminded_on_the_same_day(self):
        task = _due()
        _remind(task)
        task.holder = make_post(email="b@example.org")
        task.save()
        _remind(task)
        assert Message.objects.latest("pk").recipient == "b@example.org"

    def test_what_is_closed_wants_no_reminder(self):
        with pytest.raises(reminders.ClosedTaskError) as caught:
            _remind(_due(status=TaskStatus.DONE))
        assert (
            str(caught.value) == "Die Aufgabe ist abgeschlossen, es gibt nichts mehr zu erinnern."
        )

    def test_a_subject_with_line_breaks_stays_one_line(self):
        _remind(_due(title="Umfrage\r\nBcc: alle@example.org"))
        assert Message.objects.get().subject == "Erinnerung: Umfrage Bcc: alle@example.org"


def _recipient_of(post) -> str:
    _remind(_due(holder=post))
    return Message.objects.latest("pk").recipient


class TestJobs:
    def test_one_job_per_task_each_bearing_a_second_run(self, mailbox, worker):
        tasks = [_due(), _due(-5)]
        jobs.remind_all(timestamp=0)
        jobs.remind_all(timestamp=0)
        assert waiting_jobs("tasks.remind") == [("tasks.remind", {"task": t.pk}) for t in tasks]
        worker.run()
        jobs.remind(task=tasks[0].pk)
        assert worker.run() == []
        assert len(mailbox.mails) == 2

    def test_a_task_without_address_stops_nobody(self, mailbox, worker):
        _due(holder=make_post())
        _due()
        jobs.remind_all(timestamp=0)
        worker.run()
        assert mailbox.recipients == [["amt@example.org"]]

    def test_what_was_closed_or_deleted_meanwhile_is_left_alone(self):
        task = _due()
        move(task, TaskStatus.DONE)
        jobs.remind(task=task.pk)
        jobs.remind(task=0)
        assert not Reminder.objects.exists()

    def test_nobody_is_reminded_at_the_weekend(self):
        periodic = jobs.app.periodic_registry.periodic_tasks["tasks.remind_all", ""]
        assert periodic.cron == "5 6 * * 1-5"


class TestLink:
    def test_done(self):
        task = _due(holder=make_post(title="Koordination", email="a@example.org"))
        _remind(task)
        _answer(MailAnswer.DONE, "Liegt im Ordner.")
        task.refresh_from_db()
        assert (task.status, task.closed_on, task.result) == ("DONE", TODAY, "Liegt im Ordner.")
        note = task.notes.latest("pk")
        assert (note.kind, note.author, note.author_words) == ("MAIL_ANSWER", None, "Koordination")
        reminder = Reminder.objects.get()
        assert (reminder.answered_at, reminder.answer) == (NOW, "DONE")

    def test_done_without_words_says_where_it_came_from(self):
        task = _due()
        _remind(task)
        assert _answer(MailAnswer.DONE).result == "per Mail-Link als erledigt gemeldet"

    def test_in_progress(self):
        task = _due()
        _remind(task)
        assert _answer(MailAnswer.PROGRESS, "Halb fertig.").status == "IN_PROGRESS"
        assert task.notes.latest("pk").text == "Halb fertig."

    def test_still_in_progress_is_a_comment(self):
        task = _due(status=TaskStatus.IN_PROGRESS)
        _remind(task)
        assert _answer(MailAnswer.PROGRESS).status == "IN_PROGRESS"
        note = task.notes.latest("pk")
        assert (note.text, note.new_status) == ("weiter in Arbeit", "")

    def test_not_mine_changes_nothing_but_is_told(self):
        task = _due()
        _remind(task)
        _answer(MailAnswer.NOT_MINE, "Gehört ins Jugendamt.")
        task.refresh_from_db()
        assert task.status == "OPEN"
        assert task.notes.latest("pk").text == "„Das ist nicht meins.“ Gehört ins Jugendamt."

    def test_it_works_once(self):
        task = _due()
        _remind(task)
        _answer(MailAnswer.NOT_MINE)
        with pytest.raises(links.LinkClosedError):
            _answer(MailAnswer.DONE)
        task.refresh_from_db()
        assert task.status == "OPEN"

    def test_it_works_for_fourteen_days(self, time_machine):
        _remind(_due())
        time_machine.move_to(NOW + 14 * DAY - timedelta(seconds=1))
        assert reminders.reminder_behind(token=_token(), now=timezone.now()).answer == ""
        time_machine.move_to(NOW + 14 * DAY + timedelta(seconds=1))
        with pytest.raises(links.LinkClosedError):
            reminders.reminder_behind(token=_token(), now=timezone.now())

    def test_it_ends_on_the_day_that_the_row_says(self):
        reminder = _remind(_due())
        Reminder.objects.filter(pk=reminder.pk).update(expires_at=NOW)
        with pytest.raises(links.LinkClosedError):
            _answer(MailAnswer.DONE)

    @pytest.mark.parametrize("wrong", ["", "x", "a:b:c", "🙃"])
    def test_what_is_not_ours_opens_nothing(self, wrong):
        with pytest.raises(links.LinkClosedError):
            reminders.reminder_behind(token=wrong, now=NOW)

    def test_one_changed_letter_opens_nothing(self):
        _remind(_due())
        token = _token()
        for place in range(0, len(token), 7):
            letter = "x" if token[place] != "x" else "y"
            with pytest.raises(links.LinkClosedError):
                reminders.reminder_behind(
                    token=token[:place] + letter + token[place + 1 :], now=NOW
                )

    def test_a_signature_for_something_else_opens_nothing(self):
        reminder = _remind(_due())
        number, nonce = signing.loads(_token(), salt="tasks.reminder")
        forged = [
            signing.dumps([number, nonce], salt="accounts.invitation"),
            signing.dumps([number, "geraten"], salt="tasks.reminder"),
            signing.dumps([number + 1, nonce], salt="tasks.reminder"),
        ]
        for token in forged:
            with pytest.raises(links.LinkClosedError):
                reminders.reminder_behind(token=token, now=NOW)
        assert reminder.pk == number

    def test_a_task_closed_meanwhile_leaves_the_link_unused(self):
        task = _due()
        _remind(task)
        move(task, TaskStatus.DROPPED, "Hat sich erledigt.")
        with pytest.raises(DomainError):
            _answer(MailAnswer.PROGRESS)
        assert Reminder.objects.get().answered_at is None

    def test_done_twice_over_is_no_quarrel(self):
        task = _due()
        _remind(task)
        move(task, TaskStatus.DONE, "Schon gestern.")
        assert _answer(MailAnswer.DONE, "Fertig.").result == "Schon gestern."


class TestPage:
    def test_it_asks_without_a_sign_in_and_shows_only_its_task(self):
        make_task("Geheimes anderes")
        _remind(_due(title="Umfrage auswerten"))
        page = Client().get(_link())
        assert page.status_code == 200
        text = text_of(page)
        assert "Umfrage auswerten" in text
        assert "Geheimes" not in text
        assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        assert page["Referrer-Policy"] == "same-origin"

    def test_reading_the_page_answers_nothing(self):
        _remind(_due())
        Client().get(_link())
        Client().head(_link())
        assert Reminder.objects.get().answered_at is None

    def test_an_answer_is_thanked_for(self):
        task = _due()
        _remind(task)
        page = Client().post(_link(), {"answer": "DONE", "text": ""})
        assert (page.status_code, "Ihre Antwort ist festgehalten: Es ist erledigt." in text_of(page)) == (
            200, True,
        )  # fmt: skip
        task.refresh_from_db()
        assert task.status == "DONE"

    @pytest.mark.parametrize("data", [{}, {"answer": "VIELLEICHT"}, {"text": "Nur Text"}])
    def test_a_missing_answer_brings_the_form_back(self, data):
        _remind(_due())
        page = Client().post(_link(), data)
        assert page.status_code == 422
        assert data.get("text", "") in text_of(page)
        assert Reminder.objects.get().answered_at is None

    def test_a_used_link_says_so(self):
        _remind(_due())
        link = _link()
        Client().post(link, {"answer": "NOT_MINE"})
        page = Client().get(link)
        assert page.status_code == 410
        assert "Dieser Link wurde schon benutzt oder gilt nicht mehr." in text_of(page)

    def test_a_forged_link_is_gone(self):
        assert Client().get("/aufgaben/antwort/1:erfunden:sig/").status_code == 410

    def test_a_closed_task_is_told(self):
        task = _due()
        _remind(task)
        link = _link()
        move(task, TaskStatus.DROPPED, "Nicht mehr nötig.")
        page = Client().post(link, {"answer": "PROGRESS"})
        assert page.status_code == 410
        assert "Die Aufgabe ist schon „entfallen“" in text_of(page)

    def test_the_page_is_cheap(self, django_assert_num_queries):
        _remind(_due())
        link = _link()
        with django_assert_num_queries(1):
            Client().get(link)


class TestButton:
    def _post(self, client, task):
        return client.post(f"/aufgaben/{task.public_id}/erinnern/", follow=True)

    def test_it_sends_and_says_so(self, as_user):
        task = _due()
        page = self._post(as_user(make_user(Role.STATE_COORDINATION)), task)
        assert "Die Erinnerung ist unterwegs." in text_of(page)
        assert Reminder.objects.get().task == task

    def test_pressed_twice_it_sends_once(self, as_user):
        task, client = _due(), as_user(make_user(Role.STATE_COORDINATION))
        self._post(client, task)
        assert "Heute ist schon eine Erinnerung hinausgegangen." in text_of(
            self._post(client, task)
        )
        assert Reminder.objects.count() == 1

    def test_without_an_address_it_says_what_to_do(self, as_user):
        page = self._post(as_user(make_user(Role.STATE_COORDINATION)), _due(holder=make_post()))
        assert "Bitte zuerst eine eintragen." in text_of(page)

    def test_it_is_not_for_those_who_only_see_the_task(self, as_user):
        task = _due(for_all_alliances=True)
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
        assert self._post(client, task).status_code == 403


def _answer_alone(token: str) -> str:
    """Answer in a thread of its own, with a connection of its own."""
    try:
        return str(_answer(MailAnswer.DONE, "x", timezone.now(), token).status)
    except links.LinkClosedError:
        return "zu spät"
    finally:
        connection.close()


def _remind_alone(task: int) -> bool:
    try:
        return reminders.remind_when_due(task=task, now=timezone.now()) is not None
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts():
    _remind(_due())
    with ThreadPoolExecutor(max_workers=2) as threads:
        found = sorted(threads.map(_answer_alone, [_token()] * 2))
    assert found == ["DONE", "zu spät"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_reminder():
    task = _due()
    with ThreadPoolExecutor(max_workers=2) as threads:
        assert sorted(threads.map(_remind_alone, [task.pk] * 2)) == [False, True]
    assert Message.objects.count() == 1
