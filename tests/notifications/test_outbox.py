"""Mail that is neither lost nor sent twice without need, brought to a real server."""

from datetime import timedelta

import pytest
from django.conf import settings as current
from django.db import IntegrityError, connection, transaction
from django.test import TransactionTestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from procrastinate.contrib.django import app

from buendnisnetz.notifications import jobs, outbox
from buendnisnetz.notifications.models import MailAttachment, MailFile, Message
from tests.factories.tasks import NOW
from tests.mailbox import open_mailbox, waiting_jobs

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _queue(**facts) -> Message:
    values = {"to": "ada@example.org", "subject": "Einladung", "text": "Guten Tag,\n", "kind": "t"}
    return outbox.queue_mail(**{**values, **facts}, now=NOW)


def _deliver(message: Message) -> Message:
    outbox.deliver(message=message.pk, now=NOW)
    message.refresh_from_db()
    return message


def test_a_mail_arrives_as_it_was_written(mailbox, settings):
    settings.DEFAULT_FROM_EMAIL = "Bündnisnetz <netz@example.org>"
    message = _deliver(_queue(subject="Äußerste Frist", text="Grüße aus Gößnitz\n– Zeile 2\n"))
    mail = mailbox.mails[0]
    assert mailbox.recipients == [["ada@example.org"]]
    assert (mail["From"], mail["To"], mail["Subject"]) == (
        "Bündnisnetz <netz@example.org>", "ada@example.org", "Äußerste Frist",
    )  # fmt: skip
    assert mail.get_content().splitlines() == ["Grüße aus Gößnitz", "– Zeile 2"]
    assert mail["Message-ID"] == message.message_id
    assert message.message_id.endswith("@example.org>")
    assert mail["Auto-Submitted"] == "auto-generated"


def test_it_is_delivered_once(mailbox):
    message = _deliver(_queue())
    assert (message.status, message.attempts, message.sent_at) == ("SENT", 1, NOW)
    _deliver(message)
    assert len(mailbox.mails) == 1


def test_what_is_sent_is_kept_nowhere(mailbox):
    assert _deliver(_queue(text="https://example.org/geheim")).text == ""


def test_a_server_that_refuses_is_tried_again_with_the_same_name(mailbox):
    message = _queue()
    mailbox.refusal = "451 zu voll"
    for turn in (1, 2):
        with pytest.raises(outbox.NotDeliveredError):
            _deliver(message)
        message.refresh_from_db()
        assert (message.status, message.attempts) == ("WAITING", turn)
    assert "451" in message.last_error
    mailbox.refusal = ""
    assert _deliver(message).last_error == ""
    assert [mail["Message-ID"] for mail in mailbox.mails] == [message.message_id]


def test_a_server_that_is_away_loses_nothing(settings):
    mailbox, server = open_mailbox(settings)
    server.stop()
    message = _queue()
    with pytest.raises(outbox.NotDeliveredError):
        _deliver(message)
    message.refresh_from_db()
    assert (message.status, message.text) == ("WAITING", "Guten Tag,\n")
    assert message.last_error.startswith("ConnectionRefusedError")
    assert mailbox.mails == []


def test_after_eight_failures_it_is_given_up(mailbox):
    message = _queue()
    mailbox.refusal = "550 unbekannt"
    for _turn in range(outbox.MOST_ATTEMPTS - 1):
        with pytest.raises(outbox.NotDeliveredError):
            _deliver(message)
    assert (_deliver(message).status, message.attempts) == ("FAILED", 8)
    mailbox.refusal = ""
    _deliver(message)
    assert mailbox.mails == []


def test_the_job_asks_for_as_many_attempts_as_the_mail():
    strategy = jobs.deliver.retry_strategy
    assert (strategy.max_attempts, strategy.exponential_wait) == (8, 4)


@pytest.mark.parametrize(
    "address", ["ohne-at", "zwei@@example.org", "a b@example.org", "ü@example.org"]
)
def test_an_address_that_no_server_takes_is_given_up_in_the_end(mailbox, address):
    message = _queue(to=address)
    for _turn in range(outbox.MOST_ATTEMPTS):
        try:
            _deliver(message)
        except outbox.NotDeliveredError:
            continue
    message.refresh_from_db()
    assert message.status in {"FAILED", "SENT"}


def test_a_line_break_in_the_address_adds_no_recipient(mailbox):
    message = _queue(to="ada@example.org\nBcc: alle@example.org")
    for _turn in range(outbox.MOST_ATTEMPTS):
        try:
            _deliver(message)
        except outbox.NotDeliveredError:
            continue
    message.refresh_from_db()
    assert (message.status, mailbox.mails) == ("FAILED", [])


def test_a_job_is_queued_with_it_and_gone_with_it():
    message = _queue()
    assert waiting_jobs("deliver")[-1:] == [("notifications.deliver", {"message": message.pk})]
    before = waiting_jobs()
    with transaction.atomic():
        _queue()
        transaction.set_rollback(True)
    assert (waiting_jobs(), Message.objects.count()) == (before, 1)


def test_the_database_wants_a_time_exactly_for_what_was_sent():
    message = _queue()
    for wrong in ({"status": "SENT"}, {"sent_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=message.pk).update(**wrong)


class TestRetention:
    @pytest.mark.parametrize(("days", "forgotten"), [(180, 0), (181, 1)])
    def test_addresses_go_after_half_a_year(self, mailbox, days, forgotten):
        message = _deliver(_queue())
        assert outbox.forget_old_messages(now=NOW + days * DAY) == forgotten
        message.refresh_from_db()
        assert (message.recipient == "") is bool(forgotten)
        assert (message.status, message.subject) == ("SENT", "Einladung")

    def test_what_still_waits_is_kept(self):
        _queue()
        assert outbox.forget_old_messages(now=NOW + 999 * DAY) == 0

    def test_a_daily_job_does_it_and_bears_a_second_run(self, mailbox, time_machine):
        message = _deliver(_queue())
        time_machine.move_to(NOW + 999 * DAY)
        jobs.forget_old_messages(timestamp=0)
        jobs.forget_old_messages(timestamp=0)
        message.refresh_from_db()
        assert message.recipient == ""
        assert jobs.app.periodic_registry.periodic_tasks["notifications.forget_old_messages", ""]


class SubjectProperties(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
    def test_no_subject_is_more_than_one_line(self, subject: str) -> None:
        """Whatever stands in a title, no header is added to the mail."""
        message = _queue(subject=subject)
        assert len(message.subject.splitlines()) <= 1
        assert len(message.subject) <= 200


class RealWorkerTests(TransactionTestCase):
    """The queue's own worker, with its own connections, brings the mail after the commit."""

    def test_the_worker_delivers_what_was_committed(self) -> None:
        with self.settings():
            mailbox, server = open_mailbox(current)
            try:
                with transaction.atomic():
                    message = _queue()
                self._work()
            finally:
                server.stop()
        message.refresh_from_db()
        assert message.status == "SENT"
        assert [mail["Message-ID"] for mail in mailbox.mails] == [message.message_id]

    def _work(self) -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
            worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    def tearDown(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


PAPERS = (
    outbox.Enclosure("Einladung für alle.pdf", "application/pdf", b"%PDF-1.7 \xff\x00"),
    outbox.Enclosure("termin.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
)


class TestEnclosures:
    def test_they_arrive_in_order_byte_for_byte(self, mailbox):
        _deliver(_queue(files=PAPERS, reply_to="stelle@example.org"))
        mail = mailbox.mails[0]
        parts = list(mail.iter_attachments())
        assert mail["Reply-To"] == "stelle@example.org"
        assert [part.get_filename() for part in parts] == [paper.name for paper in PAPERS]
        assert [part.get_content_type() for part in parts] == ["application/pdf", "text/calendar"]
        assert parts[0].get_payload(decode=True) == PAPERS[0].content
        assert "VCALENDAR" in parts[1].get_content()

    def test_their_bytes_are_kept_once_and_go_with_the_last_mail(self, mailbox):
        first, second = _queue(files=PAPERS), _queue(to="bo@example.org", files=PAPERS[:1])
        assert MailFile.objects.count() == 2
        _deliver(first)
        assert [bytes(file.content) for file in MailFile.objects.all()] == [PAPERS[0].content]
        _deliver(second)
        assert MailFile.objects.count() == 0
        rows = MailAttachment.objects.order_by("message", "position")
        assert [(row.name, len(row.sha256), row.file_id) for row in rows] == [
            ("Einladung für alle.pdf", 64, None),
            ("termin.ics", 64, None),
            ("Einladung für alle.pdf", 64, None),
        ]

    def test_a_mail_that_failed_for_good_keeps_them_until_it_is_forgotten(self, mailbox):
        message = _queue(files=PAPERS)
        Message.objects.filter(pk=message.pk).update(status="FAILED")
        outbox.forget_old_messages(now=NOW + 179 * DAY)
        assert MailFile.objects.count() == 2
        outbox.forget_old_messages(now=NOW + 181 * DAY)
        assert MailFile.objects.count() == 0
        assert message.attachments.count() == 2
