"""Posts are invited, answer by link, are told what changes, and fill the list (feature 19, S06, S82)."""

from datetime import date, time, timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from icalendar import Calendar

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.links import LinkClosedError
from buendnisnetz.meetings import jobs
from buendnisnetz.meetings.domain import attachments
from buendnisnetz.meetings.domain import meetings as domain
from buendnisnetz.meetings.domain.editions.guard import FrozenError
from buendnisnetz.meetings.domain.preparing import attending, invitations, letters, polls
from buendnisnetz.meetings.domain.preparing.calendar import calendar
from buendnisnetz.meetings.domain.queries import missed
from buendnisnetz.meetings.domain.recipients import Recipient
from buendnisnetz.meetings.enums import MeetingStatus, PapersSent, Reply
from buendnisnetz.meetings.models import Meeting, MeetingInvitation
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.notifications.models import Message
from tests.factories.meetings import NOW, approved, attend, make_meeting
from tests.factories.network import (
    make_alliance,
    make_group,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.meetings.preparing.steps import address_for, make_poll, people, token_for
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 15)


def planned(**facts):
    values = {"held_on": DAY, "starts_at": time(16), "ends_at": time(18), "status": "PLANNED"}
    return make_meeting(**{**values, **facts})


def invite(meeting, *recipients, papers=PapersSent.LINK, now=NOW, **facts):
    return invitations.invite(
        meeting=meeting, recipients=recipients, words=facts.get("words", ""), papers=papers,
        actor=facts.get("actor"), now=now,
    )  # fmt: skip


def post_recipient(post):
    return Recipient(f"p{post.pk}", post.title, post.email, post, None)


def reply(meeting, name, said, deputy="", words=""):
    row = meeting.invitations.get(email=f"{name.lower()}@example.org")
    invitations.answer(invitation=row, reply=said, deputy_name=deputy, words=words, now=NOW)
    return row


def edit(meeting, now=NOW, **values):
    fresh = Meeting.objects.get(pk=meeting.pk)
    return domain.edit_meeting(meeting=fresh, version=fresh.version, actor=None, now=now, **values)


def entry_in(message):
    part = message.attachments.get(name="sitzung.ics")
    return next(iter(Calendar.from_ical(bytes(part.file.content)).walk("VEVENT")))


class TestInviting:
    def test_the_mail_brings_agenda_place_calendar_entry_and_link(self):
        meeting = planned(title="Winterrunde")
        domain.add_agenda_item(meeting=meeting, title="Saal", number="1", kind="OTHER", actor=None)
        assert invite(meeting, *people("Abendroth"), words="Bitte Tassen mitbringen.") == 1
        mail = Message.objects.get()
        assert mail.subject == "Einladung für den 15.12.2026: Winterrunde"
        for words in ("Dienstag, 15.12.2026, 16:00 – 18:00", "Musterstadt", "1 Saal", "Tassen"):
            assert words in mail.text
        entry = entry_in(mail)
        assert entry["summary"] == "Winterrunde"
        assert entry.decoded("dtstart").isoformat() == "2026-12-15T16:00:00+01:00"
        assert entry.decoded("dtend").isoformat() == "2026-12-15T18:00:00+01:00"
        assert entry["status"] == "CONFIRMED"

    def test_nobody_is_invited_twice(self):
        meeting = planned()
        invite(meeting, *people("Abendroth"))
        assert invite(meeting, *people("ABENDROTH", "Cordes")) == 1
        assert Message.objects.count() == 2

    @pytest.mark.parametrize(
        "facts", [{"status": "CANCELLED"}, {"held_on": date(2026, 11, 1)}, {"status": "HELD"}]
    )
    def test_only_meetings_ahead_invite(self, facts):
        with pytest.raises(invitations.NotAheadError):
            invite(planned(**facts), *people("Abendroth"))
        assert not Message.objects.exists()

    def test_answers_by_mail_go_to_the_contact_of_whoever_meets(self):
        office = make_organisation(kind=OrganisationKind.COORDINATION_OFFICE)
        make_post(office, email="land@example.org", is_contact=True)
        alliance = make_alliance()
        group = make_group(alliance=alliance)
        addresses = {}
        for name, facts in (
            ("state", {}),
            ("alliance", {"alliance": alliance}),
            ("group", {"working_group": group}),
        ):
            addresses[name] = planned(**facts)
        assert letters.reply_address(addresses["alliance"], DAY) == "land@example.org"
        make_post(alliance, email="buendnis@example.org", is_contact=True)
        assert letters.reply_address(addresses["state"], DAY) == "land@example.org"
        assert letters.reply_address(addresses["alliance"], DAY) == "buendnis@example.org"
        assert letters.reply_address(addresses["group"], DAY) == "buendnis@example.org"
        invite(addresses["alliance"], *people("Abendroth"))
        assert Message.objects.get().reply_to == "buendnis@example.org"

    def test_without_any_contact_answers_go_nowhere_special(self):
        assert letters.reply_address(planned(), DAY) == ""


class TestPapers:
    @pytest.fixture
    def meeting(self):
        meeting = planned()
        for title, internal in (("Haushalt", False), ("Personal", True)):
            given = attachments.Upload(ContentFile(title.encode()), f"{title}.txt")
            row = attachments.add_attachment(
                meeting=meeting, upload=given, title=title, actor=None, now=NOW
            )
            row.is_internal = internal
            row.save()
        item = domain.add_agenda_item(
            meeting=meeting, title="Vertrauliches", number="1", kind="OTHER", actor=None
        )
        item.is_internal = True
        item.save()
        return meeting

    def test_as_files_posts_get_all_and_free_addresses_what_is_public(self, meeting):
        post = make_post(make_organisation(), email="amt@example.org")
        invite(meeting, post_recipient(post), *people("Gast"), papers=PapersSent.FILE)
        names = {
            mail.recipient: [row.name for row in mail.attachments.order_by("position")]
            for mail in Message.objects.all()
        }
        assert names == {
            "amt@example.org": ["sitzung.ics", "Haushalt.txt", "Personal.txt"],
            "gast@example.org": ["sitzung.ics", "Haushalt.txt"],
        }
        texts = dict(Message.objects.values_list("recipient", "text"))
        assert "Vertrauliches" in texts["amt@example.org"]
        assert "Vertrauliches" not in texts["gast@example.org"]
        assert "Personal" not in texts["gast@example.org"]

    def test_behind_the_link_only_ones_own(self, meeting):
        invite(meeting, *people("Gast"))
        where = address_for("gast@example.org")
        page = text_of(Client().get(where))
        assert "Haushalt" in page
        assert "Personal" not in page
        assert "Vertrauliches" not in page
        first = Client().get(f"{where}unterlagen/1/")
        assert b"".join(first.streaming_content) == b"Haushalt"
        assert Client().get(f"{where}unterlagen/2/").status_code == 404
        assert Client().get("/sitzungen/einladung/falsch/unterlagen/1/").status_code == 410

    def test_what_no_mail_server_takes_is_refused(self, meeting, monkeypatch):
        monkeypatch.setattr(letters, "LARGEST_MAIL", 3)
        with pytest.raises(letters.PapersTooLargeError):
            invite(meeting, *people("Gast"), papers=PapersSent.FILE)
        assert not MeetingInvitation.objects.exists()

    def test_no_papers_when_none_are_wanted(self, meeting):
        invite(meeting, *people("Gast"), papers=PapersSent.NONE)
        assert "Haushalt" not in Message.objects.get().text


class TestAnswering:
    def test_the_link_asks_without_a_sign_in_and_may_be_used_again(self):
        meeting = planned()
        invite(meeting, *people("Abendroth"))
        where = address_for("abendroth@example.org")
        assert "Kommen Sie?" in text_of(Client().get(where))
        answer = Client().post(where, {"reply": "YES", "words": "Freue mich"})
        assert "Ihre Antwort ist vermerkt" in text_of(answer)
        missing = Client().post(where, {"reply": "DEPUTY"})
        assert missing.status_code == 422
        assert MeetingInvitation.objects.get().reply == Reply.YES
        Client().post(where, {"reply": "DEPUTY", "deputy_name": "Dora Dabei"})
        row = MeetingInvitation.objects.get()
        assert (row.reply, row.deputy_name, row.words) == (Reply.DEPUTY, "Dora Dabei", "")
        Client().post(where, {"reply": "NO", "deputy_name": "Dora Dabei"})
        assert MeetingInvitation.objects.get().deputy_name == ""

    def test_until_the_meeting_begins(self):
        meeting = planned()
        invite(meeting, *people("Abendroth"))
        token = token_for("abendroth@example.org")
        start = NOW.replace(month=12, day=15, hour=15, minute=0)
        before, after = start - timedelta(minutes=1), start
        assert invitations.invitation_behind(token=token, now=before)
        with pytest.raises(LinkClosedError):
            invitations.invitation_behind(token=token, now=after)

    def test_a_deputy_has_a_name(self):
        meeting = planned()
        invite(meeting, *people("Abendroth"))
        with pytest.raises(invitations.DeputyNameMissingError):
            reply(meeting, "Abendroth", Reply.DEPUTY, deputy=" ")

    def test_the_calendar_entry_behind_the_link(self):
        invite(planned(), *people("Abendroth"))
        answer = Client().get(f"{address_for('abendroth@example.org')}termin.ics")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert b"BEGIN:VTIMEZONE" in answer.content


class TestReminding:
    def test_once_and_only_whoever_is_silent(self):
        meeting = planned()
        invite(meeting, *people("Abendroth", "Birkenstock"))
        reply(meeting, "Abendroth", Reply.NO)
        assert invitations.remind(meeting=meeting, actor=None, now=NOW) == 1
        assert invitations.remind(meeting=meeting, actor=None, now=NOW) == 0
        mail = Message.objects.get(subject__startswith="Erinnerung")
        assert mail.recipient == "birkenstock@example.org"

    def test_seven_days_before_by_itself(self, time_machine, worker):
        meeting = planned()
        invite(meeting, *people("Abendroth"))
        early, week = NOW + timedelta(days=13), NOW + timedelta(days=15)
        assert not invitations.meetings_to_remind(now=early).exists()
        assert list(invitations.meetings_to_remind(now=week)) == [meeting]
        time_machine.move_to(week, tick=False)
        jobs.remind_all_invited(0)
        assert worker.run().count("meetings.remind_invited") == 1
        assert Message.objects.filter(subject__startswith="Erinnerung").count() == 1
        assert invitations.remind_late(meeting=meeting.pk, now=week) == 0

    def test_a_fresh_invitation_is_given_two_days(self):
        meeting = planned()
        invite(meeting, *people("Abendroth"), now=NOW + timedelta(days=16))
        assert not invitations.meetings_to_remind(now=NOW + timedelta(days=17)).exists()
        assert invitations.meetings_to_remind(now=NOW + timedelta(days=19)).get() == meeting


class TestChanges:
    @pytest.fixture
    def meeting(self):
        meeting = planned()
        invite(meeting, *people("Abendroth"))
        return meeting

    def test_another_time_is_told_once_with_a_new_entry(self, meeting):
        old = Message.objects.get()
        edit(meeting, starts_at=time(17), place="Aula")
        edit(meeting, motto="Nur ein Motto")
        mail = Message.objects.filter(subject__startswith="Geändert").get()
        assert "Dienstag, 15.12.2026, 17:00 – 18:00" in mail.text
        assert "bisher: Dienstag, 15.12.2026, 16:00 – 18:00" in mail.text
        assert "Aula (bisher: Musterstadt)" in mail.text
        before, after = entry_in(old), entry_in(mail)
        assert before["uid"] == after["uid"]
        assert after["sequence"] > before["sequence"]
        assert Client().get(address_for("abendroth@example.org")).status_code == 200

    def test_a_meeting_that_is_off_is_told_and_asks_nothing_more(self, meeting):
        where = address_for("abendroth@example.org")
        edit(meeting, status=MeetingStatus.CANCELLED)
        mail = Message.objects.get(subject__startswith="Abgesagt")
        assert "fällt aus" in mail.text
        assert "http" not in mail.text
        assert entry_in(mail)["status"] == "CANCELLED"
        assert Client().get(where).status_code == 410

    def test_a_later_day_keeps_the_new_link_open_longer(self, meeting):
        edit(meeting, held_on=date(2027, 1, 12))
        token = token_for("abendroth@example.org")
        assert invitations.invitation_behind(token=token, now=NOW + timedelta(days=40))

    def test_what_was_held_or_lies_behind_is_told_to_nobody(self, meeting):
        edit(meeting, status=MeetingStatus.HELD)
        edit(meeting, place="Anderswo", now=NOW + timedelta(days=60))
        assert Message.objects.count() == 1

    def test_a_meeting_with_invitations_is_cancelled_not_deleted(self, meeting):
        with pytest.raises(domain.NotEmptyMeetingError):
            domain.remove_meeting(meeting=meeting, actor=None)


class TestTheList:
    def test_answers_become_the_list_with_functions_of_that_day(self):
        meeting = planned()
        house = make_organisation("Stadtwerke")
        post = make_post(house, "Leitung", email="leitung@example.org")
        then = make_person("Damals")
        make_term(post, then, valid_from=date(2020, 1, 1), valid_to=date(2026, 12, 31))
        make_term(post, make_person("Danach"), valid_from=date(2027, 1, 1))
        invite(meeting, post_recipient(post), *people("Birkenstock", "Cordes", "Stumm"))
        row = meeting.invitations.get(post=post)
        invitations.answer(invitation=row, reply=Reply.YES, deputy_name="", words="", now=NOW)
        reply(meeting, "Birkenstock", Reply.DEPUTY, deputy="Dora Dabei")
        reply(meeting, "Cordes", Reply.NO)
        assert attending.prefill(meeting=meeting, actor=None) == 3
        assert attending.prefill(meeting=meeting, actor=None) == 0
        rows = {row.name: row for row in meeting.attendances.all()}
        assert {name: row.status for name, row in rows.items()} == {
            "Erika Damals": "PRESENT", "Dora Dabei": "PRESENT", "Erika Cordes": "EXCUSED",
        }  # fmt: skip
        first = rows["Erika Damals"]
        assert (first.person, first.organisation, first.function) == (then, house, "Leitung")

    def test_who_is_on_the_list_stays_as_they_are(self):
        meeting = planned()
        post = make_post(make_organisation(), email="amt@example.org")
        person = make_term(post, make_person("Schonda")).person
        attend(meeting, person, name="E. Schonda", function="Gast")
        invite(meeting, post_recipient(post))
        row = meeting.invitations.get()
        invitations.answer(invitation=row, reply=Reply.YES, deputy_name="", words="", now=NOW)
        assert attending.prefill(meeting=meeting, actor=None) == 0
        assert meeting.attendances.get().function == "Gast"

    def test_approved_minutes_are_not_filled(self):
        meeting = make_meeting()
        approved(meeting)
        with pytest.raises(FrozenError):
            attending.prefill(meeting=meeting, actor=None)

    def test_invited_but_not_present(self):
        meeting = planned()
        house = make_organisation("Vertretene")
        posts = [
            make_post(house, email="a@example.org"),
            make_post(make_organisation(), email="b@example.org"),
        ]
        invite(meeting, *map(post_recipient, posts), *people("Birkenstock", "Cordes"))
        reply(meeting, "Birkenstock", Reply.YES)
        reply(meeting, "Cordes", Reply.DEPUTY, deputy="Dora Dabei")
        assert missed.invited_but_absent(meeting) == []
        attend(meeting, make_person("Kollegin"), organisation=house)
        domain.add_attendance(meeting=meeting, name="Dora Dabei", status="PRESENT", actor=None)
        rows = missed.invited_but_absent(meeting)
        assert [(row.invitation.email, row.had_agreed) for row in rows] == [
            ("birkenstock@example.org", True), ("b@example.org", False),
        ]  # fmt: skip


class TestCalendarEntry:
    def test_without_times_it_lasts_the_day_and_past_midnight_it_ends_the_next(self):
        whole, late = (
            planned(starts_at=None, ends_at=None),
            planned(starts_at=time(22), ends_at=time(1)),
        )
        events = list(
            Calendar.from_ical(calendar([whole, late], name="x", made_at=NOW)).walk("VEVENT")
        )
        assert events[0].decoded("dtstart") == DAY
        assert events[0].decoded("dtend") == DAY + timedelta(days=1)
        assert events[1].decoded("dtend").isoformat() == "2026-12-16T01:00:00+01:00"

    def test_summer_has_its_own_offset_and_the_zone_is_written_out(self):
        text = calendar([planned(held_on=date(2027, 7, 1))], name="x", made_at=NOW).decode()
        assert "DTSTART;TZID=Europe/Berlin:20270701T160000" in text
        assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text or "BYMONTH=3;BYDAY=-1SU" in text
        assert "METHOD:PUBLISH" in text


class TestPages:
    def test_the_office_invites_those_of_the_poll(self, as_user):
        office = make_user(Role.STATE_COORDINATION)
        client = as_user(office)
        alliance = make_alliance()
        make_post(alliance, email="amt@example.org", is_contact=True)
        poll = make_poll(alliance=alliance)
        polls.ask(poll=poll, recipients=people("Abendroth"), actor=None, now=NOW)
        meeting = polls.decide(poll=poll, option=poll.options.first(), actor=None, now=NOW)
        where = f"/sitzungen/{meeting.public_id}/einladungen/"
        page = text_of(client.get(f"{where}neu/"))
        assert "abendroth@example.org (in der Terminumfrage gefragt)" in page
        assert "amt@example.org" in page
        keys = [f"u{poll.invitees.get().pk}", f"p{alliance.posts.get().pk}"]
        values = {"recipients": keys, "papers": "LINK", "words": "", "addresses": ""}
        assert "2 Mails sind unterwegs." in text_of(
            client.post(f"{where}neu/", values, follow=True)
        )
        assert "abendroth@example.org" not in text_of(client.get(f"{where}neu/"))
        assert client.post(f"{where}neu/", values | {"recipients": []}).status_code == 422
        reply(meeting, "Abendroth", Reply.DEPUTY, deputy="Dora Dabei", words="Bin im Urlaub")
        shown = text_of(client.get(where))
        assert "0 kommen, 1 schicken jemanden, 0 kommen nicht, 1 haben nicht geantwortet" in shown
        assert "Bin im Urlaub" in shown
        assert "1 schicken jemanden" in text_of(client.get(f"/sitzungen/{meeting.public_id}/"))
        assert "1 Mail ist unterwegs." in text_of(client.post(f"{where}erinnern/", follow=True))

    def test_on_the_day_the_list_is_filled_by_one_button(self, as_user, time_machine):
        office = make_user(Role.STATE_COORDINATION)
        client = as_user(office)
        meeting = planned()
        invite(meeting, *people("Abendroth", "Birkenstock"))
        reply(meeting, "Abendroth", Reply.YES)
        reply(meeting, "Birkenstock", Reply.YES)
        where = f"/sitzungen/{meeting.public_id}/einladungen/"
        assert "Teilnahmeliste" not in text_of(client.get(where))
        time_machine.move_to(NOW.replace(month=12, day=15), tick=False)
        client = as_user(office)
        assert "Teilnahmeliste aus den Antworten füllen" in text_of(client.get(where))
        done = client.post(f"{where}liste/", follow=True)
        assert "2 Zeilen" in text_of(done)
        meeting.attendances.get(name="Erika Abendroth").delete()
        assert "Eingeladen, nicht da" in text_of(client.get(where))

    def test_other_alliances_do_not_invite(self, as_user):
        meeting = planned(alliance=make_alliance())
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
        for step in ("", "neu/", "erinnern/", "liste/"):
            where = f"/sitzungen/{meeting.public_id}/einladungen/{step}"
            ask = client.post if step in {"erinnern/", "liste/"} else client.get
            assert ask(where).status_code == 404

    def test_as_many_queries_for_three_as_for_one(self, as_user, django_assert_num_queries):
        client = as_user(make_user(Role.STATE_COORDINATION))
        meeting = planned()
        where = f"/sitzungen/{meeting.public_id}/einladungen/"
        for names in (("Abendroth",), ("Birkenstock", "Cordes")):
            invite(meeting, *people(*names))
            client.get(where)
            with django_assert_num_queries(4):
                client.get(where)
