"""A draft goes round, is wished otherwise, is approved by the named person, is sent out (S10, S104)."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.links import LinkClosedError
from buendnisnetz.meetings.domain import recipients
from buendnisnetz.meetings.domain.editions import approval, consultation, distribution, states
from buendnisnetz.meetings.enums import ApprovalMode, PaperForm, RequestStatus
from buendnisnetz.meetings.models import (
    ApprovalRequest,
    ChangeRequest,
    Consultee,
    Delivery,
    Edition,
    MinutesRules,
    PaperWish,
)
from buendnisnetz.network.domain.people import link_user
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.forms import choosing
from buendnisnetz.notifications.models import Message
from buendnisnetz.territories.models import Territory
from tests.factories.meetings import NOW, approved, attend, make_meeting, say
from tests.factories.network import make_organisation, make_person, make_post, make_term, make_user
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
UNTIL = date(2026, 12, 4)


@pytest.fixture
def meeting(db):
    row = make_meeting()
    say(row, "Der Saal wird grün.")
    for name in ("Abendroth", "Birkenstock"):
        attend(row, make_person(name, email=f"{name.lower()}@example.org"))
    return row


@pytest.fixture
def edition(meeting):
    return Edition.objects.get(meeting=meeting)


@pytest.fixture
def approver(meeting):
    """The chair, with an account."""
    person = make_person("Freigabe", "Franka", email="franka@example.org")
    link_user(person=person, user=make_user(Role.MINISTRY), actor=None)
    attend(meeting, person, is_chair=True)
    person.refresh_from_db()
    return person


def send_round(edition, **facts):
    values = {"recipients": recipients.of_meeting(edition.meeting, NOW.date()), "until": UNTIL}
    values |= {"words": "Bitte genau lesen.", "actor": None, "now": NOW}
    return consultation.send_round(edition=edition, **{**values, **facts})


def link_in(message):
    return (
        re.search(r"http\S+", message.text).group().partition("localhost:8000")[2]
        or re.search(r"/sitzungen/\S+", message.text).group()
    )


def ask(edition, person):
    return approval.request_approval(edition=edition, person=person, words="", actor=None, now=NOW)


class TestRecipients:
    def test_a_post_comes_before_the_person(self, meeting):
        organisation = make_organisation()
        post = make_post(organisation, email="amt@example.org")
        person = make_term(post, make_person("Cordes", email="privat@example.org")).person
        attend(meeting, person, organisation=organisation)
        found = {
            row.name.split()[-1]: (row.email, row.post)
            for row in recipients.of_meeting(meeting, NOW.date())
        }
        assert found["Cordes"] == ("amt@example.org", post)
        assert found["Abendroth"] == ("abendroth@example.org", None)

    def test_an_address_gets_one_mail(self, meeting):
        attend(meeting, make_person("Doppelt", email="ABENDROTH@example.org"))
        assert len(recipients.of_meeting(meeting, NOW.date())) == 2

    def test_four_queries_whatever_the_rows(self, meeting, django_assert_num_queries):
        for _number in range(2):
            with django_assert_num_queries(3):
                recipients.of_meeting(meeting, NOW.date())
            for name in ("Eins", "Zwei", "Drei"):
                attend(meeting, make_person(name, email=f"{name}@example.org"))


class TestConsultation:
    def test_everyone_gets_a_link_of_their_own(self, edition):
        row = send_round(edition)
        assert (row.status, row.consulted_until) == ("CONSULTATION", UNTIL)
        mails = Message.objects.filter(kind="meetings.consultation").order_by("recipient")
        assert [mail.recipient for mail in mails] == [
            "abendroth@example.org",
            "birkenstock@example.org",
        ]
        assert len({link_in(mail) for mail in mails}) == 2
        assert "04.12.2026" in mails[0].text
        assert "Bitte genau lesen." in mails[0].text

    def test_a_day_that_is_over_is_refused(self, edition):
        with pytest.raises(consultation.PastDayError):
            send_round(edition, until=date(2026, 11, 20))
        assert not Message.objects.exists()

    def test_the_link_shows_the_draft_and_takes_wishes(self, edition):
        send_round(edition)
        address = link_in(Message.objects.order_by("recipient").first())
        assert "Der Saal wird grün." in text_of(Client().get(address))
        entry = edition.meeting.entries.get()
        values = {"entry": entry.public_id, "words": "Blau statt grün."}
        assert "Ihr Wunsch ist vermerkt" in text_of(Client().post(address, values))
        wish = ChangeRequest.objects.get()
        assert (wish.entry, wish.words, wish.proposed_words) == (
            entry,
            "Blau statt grün.",
            "Erika Abendroth",
        )
        assert wish.passage == "Der Saal wird grün."
        assert "Blau statt grün." in text_of(Client().get(address))

    def test_an_empty_wish_is_asked_again(self, edition):
        send_round(edition)
        address = link_in(Message.objects.first())
        assert Client().post(address, {"words": " "}).status_code == 422
        assert not ChangeRequest.objects.exists()

    def test_somebody_agrees(self, edition):
        send_round(edition)
        address = link_in(Message.objects.order_by("recipient").first())
        assert "einverstanden" in text_of(Client().post(address, {"agree": "1"}))
        assert Consultee.objects.get(name="Erika Abendroth").agreed_at == NOW

    def test_the_link_ends_with_the_last_day_and_with_the_consultation(self, edition, time_machine):
        row = send_round(edition)
        address = link_in(Message.objects.first())
        time_machine.move_to("2026-12-04T21:00:00+01:00")
        assert Client().get(address).status_code == 200
        time_machine.move_to("2026-12-05T00:30:00+01:00")
        assert Client().get(address).status_code == 410
        time_machine.move_to(NOW)
        states.end_consultation(edition=row, actor=None)
        assert Client().get(address).status_code == 410

    def test_a_wish_is_decided_once_and_declined_with_a_reason(self, edition):
        wish = consultation.wish(edition=edition, entry=None, words="kürzer", actor=None, now=NOW)
        facts = {"request": wish, "answer": "zu kurz", "actor": None, "now": NOW}
        done = consultation.decide(status=RequestStatus.DECLINED, **facts)
        assert (done.status, done.answer, done.decided_at) == ("DECLINED", "zu kurz", NOW)
        with pytest.raises(consultation.DecidedAlreadyError):
            consultation.decide(status=RequestStatus.ACCEPTED, **facts)

    def test_frozen_minutes_take_no_wishes(self, meeting, edition):
        approved(meeting, edition=edition)
        with pytest.raises(states.EditionStateError):
            consultation.wish(edition=edition, entry=None, words="x", actor=None, now=NOW)


class TestApproval:
    def test_the_named_person_is_mailed(self, edition, approver):
        ask(edition, approver)
        edition.refresh_from_db()
        mail = Message.objects.get()
        assert edition.approver == approver
        assert mail.recipient == "franka@example.org"
        assert "wartet auf Ihre Freigabe" in mail.text

    def test_wishes_without_an_answer_stand_in_the_way(self, edition, approver):
        consultation.wish(edition=edition, entry=None, words="kürzer", actor=None, now=NOW)
        with pytest.raises(consultation.OpenRequestsError):
            ask(edition, approver)

    def test_somebody_without_an_address_cannot_be_asked(self, edition):
        with pytest.raises(approval.NoApproverAddressError):
            ask(edition, make_person())

    def test_the_link_alone_approves_nothing(self, edition, approver):
        ask(edition, approver)
        address = link_in(Message.objects.get())
        page = text_of(Client().get(address))
        assert "Der Link allein gibt nichts frei" in page
        assert Client().post(address, {"code": "123456"}).status_code == 422
        edition.refresh_from_db()
        assert edition.status == "DRAFT"

    def test_signed_in_the_named_person_approves(self, meeting, edition, approver, as_user):
        ask(edition, approver)
        where = f"/sitzungen/{meeting.public_id}/fassungen/"
        client = as_user(approver.user)
        assert "wartet auf Ihre Freigabe" in text_of(client.get(where))
        assert client.post(f"{where}freigeben/").status_code == 302
        edition.refresh_from_db()
        assert (edition.status, edition.approved_how) == ("APPROVED", "SIGNED_IN")
        assert (edition.approved_by, edition.approved_on) == ("Franka Freigabe", NOW.date())
        request = ApprovalRequest.objects.get()
        assert (request.approved, request.answered_at) == (True, NOW)

    def test_nobody_else_does(self, meeting, edition, approver, as_user):
        ask(edition, approver)
        office = as_user(make_user(Role.STATE_COORDINATION))
        answer = office.post(f"/sitzungen/{meeting.public_id}/fassungen/freigeben/")
        assert "Nur die Person, die gefragt wurde" in text_of(answer)
        edition.refresh_from_db()
        assert edition.status == "DRAFT"

    def test_not_yet_says_what_should_change(self, meeting, edition, approver, as_user):
        send_round(edition)
        edition.refresh_from_db()
        ask(edition, approver)
        client = as_user(approver.user)
        where = f"/sitzungen/{meeting.public_id}/fassungen/zurueckgeben/"
        assert client.post(where, {"words": ""}).status_code == 422
        assert client.post(where, {"words": "Satz zwei fehlt."}).status_code == 302
        edition.refresh_from_db()
        assert edition.status == "DRAFT"
        assert ChangeRequest.objects.get().words == "Satz zwei fehlt."
        assert ApprovalRequest.objects.get().approved is False

    def test_only_the_approver_gets_the_page_that_says_not_yet(
        self, meeting, edition, approver, office, as_user
    ):
        ask(edition, approver)
        where = f"/sitzungen/{meeting.public_id}/fassungen/zurueckgeben/"
        assert as_user(approver.user).get(where).status_code == 200
        answer = as_user(office).get(where, follow=True)
        assert answer.redirect_chain == [(where.replace("zurueckgeben/", ""), 302)]
        assert "Nur die Person, die gefragt wurde" in text_of(answer)

    def test_a_second_request_closes_the_first_link(self, edition, approver):
        ask(edition, approver)
        first = link_in(Message.objects.get())
        ask(edition, approver)
        assert Client().get(first).status_code == 410

    def test_late_approvals_are_reminded_of_every_two_weeks(self, edition, approver):
        request = ask(edition, approver)
        soon, late = NOW + timedelta(days=15), NOW + timedelta(days=21)
        # The meeting was on 10 November: 30 days are over on 10 December.
        assert approval.remind_late(request=request.pk, now=soon) is False
        assert approval.remind_late(request=request.pk, now=late) is True
        again = ApprovalRequest.objects.get(answered_at=None)
        assert "34 Tage" in Message.objects.order_by("pk").last().text
        assert approval.remind_late(request=again.pk, now=late + timedelta(days=1)) is False
        assert approval.remind_late(request=again.pk, now=late + timedelta(days=15)) is True


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def rules(self, db):
        state = Territory.objects.create(
            level="STATE", kind="STATE", ags="16", name="Land", short_name="Land"
        )
        MinutesRules.objects.create(state=state, approval_mode=ApprovalMode.SECOND_FACTOR)

    @pytest.fixture
    def address(self, edition, approver):
        TOTP.activate(approver.user, SECRET)
        ask(edition, approver)
        return link_in(Message.objects.get())

    def code(self):
        return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))

    def test_a_code_approves(self, edition, address):
        assert "Code des zweiten Faktors" in text_of(Client().get(address))
        assert "ist freigegeben" in text_of(Client().post(address, {"code": self.code()}))
        edition.refresh_from_db()
        assert (edition.status, edition.approved_how) == ("APPROVED", "LINK")

    def test_a_wrong_code_does_not(self, edition, address):
        answer = Client().post(address, {"code": "000000"})
        assert answer.status_code == 422
        assert "Dieser Code stimmt nicht" in text_of(answer)
        edition.refresh_from_db()
        assert edition.status == "DRAFT"

    def test_guessing_is_stopped(self, edition, address):
        for _number in range(5):
            Client().post(address, {"code": "000000"})
        assert "zu oft" in text_of(Client().post(address, {"code": self.code()}))
        edition.refresh_from_db()
        assert edition.status == "DRAFT"

    def test_without_a_second_factor_it_leads_to_signing_in(self, edition, approver):
        ask(edition, approver)
        assert "Der Link allein" in text_of(Client().get(link_in(Message.objects.get())))

    def test_the_link_works_once(self, edition, address):
        Client().post(address, {"code": self.code()})
        assert Client().get(address).status_code == 410
        with pytest.raises(LinkClosedError):
            approval.request_behind(token=address.strip("/").rpartition("/")[2], now=NOW)


class TestDistribution:
    def send(self, edition, forms=None):
        people = recipients.of_meeting(edition.meeting, NOW.date())
        wished = distribution.wished_forms(people)
        return distribution.distribute(
            edition=edition, recipients=people, forms={**wished, **(forms or {})},
            note="Mit Dank", actor=None, now=NOW,
        )  # fmt: skip

    def test_everyone_gets_the_paper_and_it_is_noted(self, meeting, edition):
        sent = self.send(approved(meeting, edition=edition))
        mails = list(Message.objects.order_by("recipient"))
        assert [mail.recipient for mail in mails] == [
            "abendroth@example.org",
            "birkenstock@example.org",
        ]
        assert [row.name for row in mails[0].attachments.all()] == ["protokoll-2026-11-10.pdf"]
        assert "Mit Dank" in mails[0].text
        assert set(sent.deliveries.values_list("name", "form")) == {
            ("Erika Abendroth", "PDF"), ("Erika Birkenstock", "PDF"),
        }  # fmt: skip

    def test_each_in_the_form_they_chose(self, meeting, edition):
        organisation = make_organisation()
        post = make_post(organisation, email="amt@example.org")
        attend(meeting, make_term(post, make_person("Cordes")).person, organisation=organisation)
        people = {row.email: row.key for row in recipients.of_meeting(meeting, NOW.date())}
        chosen = {
            people["amt@example.org"]: PaperForm.TEXT,
            people["abendroth@example.org"]: PaperForm.DOCX,
        }
        self.send(approved(meeting, edition=edition), chosen)
        by_address = {mail.recipient: mail for mail in Message.objects.all()}
        assert "Der Saal wird grün." in by_address["amt@example.org"].text
        assert not by_address["amt@example.org"].attachments.exists()
        assert (
            by_address["abendroth@example.org"].attachments.get().name
            == "protokoll-2026-11-10.docx"
        )
        assert PaperWish.objects.get().form == PaperForm.TEXT
        people = recipients.of_meeting(meeting, NOW.date())
        assert (
            distribution.wished_forms(people)[next(row.key for row in people if row.post)]
            == PaperForm.TEXT
        )

    def test_drafts_are_not_sent_out(self, edition):
        with pytest.raises(states.EditionStateError):
            self.send(edition)
        assert not Delivery.objects.exists()


class TestPages:
    def test_the_office_takes_minutes_all_the_way(self, meeting, edition, approver, as_user):
        office = as_user(make_user(Role.STATE_COORDINATION))
        where = f"/sitzungen/{meeting.public_id}/fassungen/"
        keys = [row.key for row in recipients.of_meeting(meeting, NOW.date())]
        values = {"until": UNTIL.isoformat(), "words": "", "recipients": keys}
        assert office.post(f"{where}durchsicht/", values).status_code == 302
        assert office.post(f"{where}wunsch/", {"words": "kürzer"}).status_code == 302
        wish = ChangeRequest.objects.get()
        decide = f"{where}wuensche/{wish.public_id}/"
        assert office.post(decide, {"status": "DECLINED", "answer": ""}).status_code == 422
        assert office.post(decide, {"status": "ACCEPTED", "answer": ""}).status_code == 302
        asked = {"person": approver.public_id, "words": ""}
        assert office.post(f"{where}um-freigabe-bitten/", asked).status_code == 302
        as_user(approver.user).post(f"{where}freigeben/")
        assert office.post(f"{where}schritt/publish/").status_code == 302
        forms = {f"form_{key}": "LINK" for key in keys}
        assert (
            office.post(f"{where}versand/", {"note": "", "recipients": keys, **forms}).status_code
            == 302
        )
        page = text_of(office.get(where))
        assert "13 Tage von der Sitzung bis zur Freigabe" in page
        assert "3 Empfänger" in page
        assert "Der Saal wird grün." in text_of(Client().get(f"/sitzungen/{meeting.public_id}/"))
        assert office.post(f"{where}berichtigen/", {"reason": "Farbe"}).status_code == 302
        say(meeting, "Nachtrag zur Farbe")
        shown = office.get(f"{where}2/unterschiede/").content.decode()
        assert "<ins>" in shown
        assert "Nachtrag" in text_of(office.get(f"{where}2/"))
        assert office.post(f"{where}schritt/sprung/").status_code == 404

    def test_reading_asks_as_often_with_three_versions(
        self, meeting, edition, as_user, django_assert_num_queries
    ):
        office = as_user(make_user(Role.STATE_COORDINATION))
        where = f"/sitzungen/{meeting.public_id}/fassungen/"
        office.get(where)
        with django_assert_num_queries(11):
            office.get(where)
        approved(meeting, edition=edition)
        for number in (2, 3):
            row = states.begin_correction(meeting=meeting, reason=f"{number}", actor=None, now=NOW)
            say(meeting, f"Satz {number}")
            if number == 2:
                approved(meeting, edition=row)
        with django_assert_num_queries(11):
            office.get(where)

    def test_only_who_may_approve_is_asked_for_it(self, meeting, edition, as_user):
        office = as_user(make_user(Role.STATE_COORDINATION))
        where = f"/sitzungen/{meeting.public_id}/fassungen/um-freigabe-bitten/"
        for typed in (make_person().public_id, ""):
            assert office.post(where, {"person": typed, "words": ""}).status_code == 422
        assert not ApprovalRequest.objects.exists()

    def test_many_heads_are_typed_and_few_are_listed(self, as_user, monkeypatch):
        office = as_user(make_user(Role.STATE_COORDINATION))
        meeting = make_meeting()
        say(meeting, "Ein Satz")
        guest = attend(meeting)
        heads = [make_person() for _head in range(2)]
        for person in heads:
            make_term(make_post(make_organisation(), kind=PostKind.HEAD), person)
        where = f"/sitzungen/{meeting.public_id}/fassungen/um-freigabe-bitten/"
        listed = office.get(where).content.decode()
        for person in (guest, *heads):
            assert f'<option value="{person.public_id}"' in listed
        monkeypatch.setattr(choosing, "LONGEST_LIST", 1)
        assert "<option" not in office.get(where).content.decode()
        for person in (guest, *heads):
            answer = office.post(where, {"person": person.public_id, "words": ""})
            assert "kann hier nicht gewählt werden" not in text_of(answer)

    def test_frozen_minutes_refuse_every_change_by_hand(self, meeting, edition, as_user):
        approved(meeting, edition=edition)
        office = as_user(make_user(Role.STATE_COORDINATION))
        where = f"/sitzungen/{meeting.public_id}/"
        values = {"kind": "NOTE", "text": "heimlich"}
        answer = office.post(f"{where}eintraege/neu/", values)
        assert "Beginnen Sie eine Berichtigung" in text_of(answer)
        assert meeting.entries.count() == 1
