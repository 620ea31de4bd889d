"""Who is noted by others hears of it within a month (GDPR Art. 14, S114)."""

from datetime import date, timedelta

import pytest

from buendnisnetz.notifications.models import Message
from buendnisnetz.partnering.domain import notices, prospect_work
from buendnisnetz.partnering.domain.notices import a_month_after
from buendnisnetz.partnering.enums import TaskPurpose
from buendnisnetz.partnering.models import Notice, Prospect
from buendnisnetz.tasks.models import Task
from tests.factories.network import make_alliance, make_person, make_post, make_term
from tests.factories.partnering import NOW, TODAY, make_contact, make_prospect

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 11, 23), date(2026, 12, 23)),
        (date(2026, 12, 5), date(2027, 1, 5)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_month_ends_on_the_same_day(day, month):
    assert a_month_after(day) == month


def noted(**facts) -> Notice:
    facts.setdefault("contact_email", "chefin@betrieb.example")
    return make_prospect(**facts).notices.get()


class TestByMail:
    def test_it_goes_out_before_the_month_is_over(self):
        notice = noted(name="Optik Muster", source="die Kammer", contact_words="Frau Muster")
        assert notices.send_notice(notice=notice.pk, now=NOW + timedelta(days=19)) is None
        sent = notices.send_notice(notice=notice.pk, now=NOW + timedelta(days=20))
        mail = Message.objects.get()
        assert (sent.sent_at, mail.recipient) == (
            NOW + timedelta(days=20),
            "chefin@betrieb.example",
        )
        for words in ("Optik Muster", "die Kammer", "Frau Muster", "23.11.2026", "widersprechen"):
            assert words in mail.text

    def test_an_answer_goes_to_the_office_and_never_to_a_person(self):
        alliance = make_alliance()
        office = make_contact(alliance, "stelle@mitte.example")
        make_term(office, make_person(email="privat@zuhause.example"))
        first = noted(name="Eins", alliance=alliance, holder=office)
        own = make_post(alliance)
        make_term(own, make_person(email="privat@zuhause.example"))
        second = noted(name="Zwei", alliance=alliance, holder=own)
        for notice in (first, second):
            notices.send_notice(notice=notice.pk, now=NOW + timedelta(days=20))
        replies = Message.objects.order_by("pk").values_list("reply_to", flat=True)
        assert list(replies) == ["stelle@mitte.example", ""]

    def test_the_mail_is_sent_within_a_month_whenever_the_job_runs_daily(self):
        notice = noted()
        days = [
            day
            for day in range(40)
            if notices.send_notice(notice=notice.pk, now=NOW + timedelta(day))
        ]
        assert days == [20]
        assert NOW.date() + timedelta(days[0]) <= notice.due_on

    def test_once(self):
        notice = noted()
        late = NOW + timedelta(days=25)
        notices.send_notice(notice=notice.pk, now=late)
        assert notices.send_notice(notice=notice.pk, now=late) is None
        assert Message.objects.count() == 1

    def test_without_a_source_it_is_the_network_that_knew(self):
        assert noted().source == "jemandem, der im Netz arbeitet"

    def test_a_contact_that_was_deleted_gets_no_mail(self):
        notice = noted()
        Prospect.objects.update(contact_email="")
        assert notices.send_notice(notice=notice.pk, now=NOW + timedelta(days=25)) is None


class TestInPerson:
    def test_said_in_a_talk_is_said(self):
        notice = noted()
        row = notices.told_in_person(notice=notice, on=TODAY, actor=None)
        assert row.told_on == TODAY
        assert notices.send_notice(notice=notice.pk, now=NOW + timedelta(days=25)) is None

    def test_nobody_says_it_twice(self):
        notice = noted()
        notices.told_in_person(notice=notice, on=TODAY, actor=None)
        with pytest.raises(notices.AlreadyToldError):
            notices.told_in_person(notice=notice, on=TODAY, actor=None)

    def test_after_the_mail_there_is_nothing_to_say(self):
        notice = noted()
        notices.send_notice(notice=notice.pk, now=NOW + timedelta(days=25))
        with pytest.raises(notices.AlreadyToldError):
            notices.told_in_person(notice=notice, on=TODAY, actor=None)

    def test_without_an_address_somebody_is_asked_to_say_it(self):
        notice = noted(
            contact_email="", contact_words="Herr Muster, 0361 1", alliance=make_alliance()
        )
        late = NOW + timedelta(days=20)
        assert notices.send_notice(notice=notice.pk, now=late) is None
        task = prospect_work.remind_to_tell(notice=notice.pk, now=late)
        assert (task.due_on, notice.prospect.task_links.get().purpose) == (
            notice.due_on, TaskPurpose.NOTICE,
        )  # fmt: skip

    def test_the_request_is_made_once(self):
        notice = noted(contact_email="", contact_words="Herr Muster", alliance=make_alliance())
        late = NOW + timedelta(days=20)
        prospect_work.remind_to_tell(notice=notice.pk, now=late)
        assert prospect_work.remind_to_tell(notice=notice.pk, now=late) is None
        assert Task.objects.count() == 1

    def test_who_can_be_written_to_needs_no_request(self):
        notice = noted()
        assert prospect_work.remind_to_tell(notice=notice.pk, now=NOW + timedelta(days=25)) is None
