"""A date is found by mail: asked, answered without a sign-in, decided by a person (S115)."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.links import LinkClosedError
from buendnisnetz.meetings.domain.preparing import polls
from buendnisnetz.meetings.domain.preparing.polls import Slot
from buendnisnetz.meetings.domain.queries.preparing import _counted, poll_page
from buendnisnetz.meetings.enums import (
    POLL_TRANSITIONS,
    MeetingKind,
    MeetingStatus,
    PollAnswerKind,
    PollStatus,
)
from buendnisnetz.meetings.models import DateOption, DatePoll, Meeting, PollInvitee
from buendnisnetz.notifications.models import Message
from tests.factories.meetings import NOW
from tests.factories.network import make_alliance, make_group, make_post, make_user
from tests.meetings.preparing.steps import SLOTS, UNTIL, address_for, make_poll, people, token_for
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
YES, MAYBE, NO = PollAnswerKind.YES, PollAnswerKind.MAYBE, PollAnswerKind.NO


def ask(poll, *names, now=NOW):
    return polls.ask(poll=poll, recipients=people(*names), actor=None, now=now)


def say(poll, name, *said, words=""):
    invitee = poll.invitees.get(email=f"{name.lower()}@example.org")
    options = poll.options.order_by("held_on", "starts_at").values_list("pk", flat=True)
    answers = dict(zip(options, said, strict=False))
    polls.answer(invitee=invitee, answers=answers, words=words, now=NOW)


class TestBeginning:
    def test_a_poll_keeps_its_times_in_order(self):
        poll = make_poll(options=SLOTS[::-1])
        rows = poll.options.order_by("pk").values_list("held_on", "starts_at", "ends_at")
        assert list(rows) == [tuple(slot) for slot in SLOTS]

    @pytest.mark.parametrize(
        "options", [SLOTS[:1], [*SLOTS, SLOTS[0]], [Slot(date(2026, 12, n), time(9), None) for n in range(1, 22)]]
    )  # fmt: skip
    def test_one_time_the_same_time_twice_and_twenty_one_times_are_refused(self, options):
        with pytest.raises(polls.OptionsError):
            make_poll(options=options)
        assert not DatePoll.objects.exists()

    def test_the_last_day_lies_ahead(self):
        with pytest.raises(polls.PollDayError):
            make_poll(closes_on=date(2026, 11, 22))

    def test_the_poll_of_an_alliances_group_is_seen_by_the_alliance(self):
        alliance = make_alliance()
        make_poll(working_group=make_group(alliance=alliance))
        assert DatePoll.objects.visible_to(make_user(Role.ALLIANCE_COORDINATOR, alliance)).exists()
        other = make_user(Role.ALLIANCE_COORDINATOR, make_alliance())
        assert not DatePoll.objects.visible_to(other).exists()


class TestAsking:
    def test_everyone_gets_one_link_of_their_own(self):
        poll = make_poll(words="Es gibt Kuchen.")
        assert ask(poll, "Abendroth", "Birkenstock") == 2
        assert ask(poll, "Abendroth", "Cordes") == 1
        mails = list(Message.objects.order_by("recipient"))
        assert [mail.recipient for mail in mails] == [
            "abendroth@example.org", "birkenstock@example.org", "cordes@example.org",
        ]  # fmt: skip
        assert len({address_for(mail.recipient) for mail in mails}) == 3
        assert "Es gibt Kuchen." in mails[0].text
        assert "Dienstag, 15.12.2026, 16:00 – 18:00" in mails[0].text
        assert "Donnerstag, 17.12.2026, 09:30\n" in mails[0].text
        assert "04.12.2026" in mails[0].text

    def test_those_who_are_silent_are_reminded_once(self):
        poll = make_poll()
        ask(poll, "Abendroth", "Birkenstock")
        say(poll, "Abendroth", YES, NO, NO)
        first = address_for("birkenstock@example.org")
        assert polls.remind(poll=poll, actor=None, now=NOW + timedelta(days=2)) == 1
        assert polls.remind(poll=poll, actor=None, now=NOW + timedelta(days=3)) == 0
        assert Message.objects.filter(subject__startswith="Erinnerung").count() == 1
        assert Client().get(first).status_code == 410
        assert Client().get(address_for("birkenstock@example.org")).status_code == 200

    def test_after_the_last_day_nobody_is_asked_or_reminded(self):
        poll = make_poll()
        late = NOW + timedelta(days=20)
        for step in (polls.remind, lambda **facts: polls.ask(recipients=people("A"), **facts)):
            with pytest.raises(polls.PollDayError):
                step(poll=poll, actor=None, now=late)


class TestAnswering:
    def test_an_answer_may_be_changed_until_the_poll_closes(self):
        poll = make_poll()
        ask(poll, "Abendroth")
        say(poll, "Abendroth", YES, NO, NO, words="Gern früh")
        say(poll, "Abendroth", NO, MAYBE, YES)
        page = poll_page(poll)
        assert [page.said[(page.invitees[0].pk, row.option.pk)] for row in page.options] == [
            "NO", "MAYBE", "YES",
        ]  # fmt: skip
        assert page.invitees[0].words == ""

    def test_the_link_works_until_the_last_day_ends(self):
        poll = make_poll()
        ask(poll, "Abendroth")
        token = token_for("abendroth@example.org")
        evening = NOW.replace(month=12, day=4, hour=22, minute=30)
        assert polls.invitee_behind(token=token, now=evening).name == "Erika Abendroth"
        with pytest.raises(LinkClosedError):
            polls.invitee_behind(token=token, now=evening + timedelta(hours=1))

    def test_an_answer_after_the_decision_does_not_count(self):
        poll = make_poll()
        ask(poll, "Abendroth")
        polls.decide(poll=poll, option=poll.options.first(), actor=None, now=NOW)
        with pytest.raises(LinkClosedError):
            say(poll, "Abendroth", YES)

    def test_times_of_another_poll_are_not_answered(self):
        poll, other = make_poll(), make_poll("Anderes")
        ask(poll, "Abendroth")
        invitee = poll.invitees.get()
        polls.answer(invitee=invitee, answers={other.options.first().pk: YES}, words="", now=NOW)
        assert not invitee.answers.exists()


class TestCounting:
    def test_who_can_come_at_all_counts_before_who_likes_to(self):
        poll = make_poll()
        ask(poll, "Abendroth", "Birkenstock", "Cordes")
        say(poll, "Abendroth", YES, MAYBE, YES)
        say(poll, "Birkenstock", YES, YES, MAYBE)
        say(poll, "Cordes", NO, MAYBE, YES)
        counted = [(row.yes, row.maybe, row.no, row.is_best) for row in poll_page(poll).options]
        assert counted == [(2, 0, 1, False), (1, 2, 0, False), (2, 1, 0, True)]

    def test_without_answers_nothing_is_best(self):
        page = poll_page(make_poll())
        assert not any(row.is_best for row in page.options)
        assert (page.answered, page.silent, page.not_reminded) == (0, 0, 0)

    @given(
        st.dictionaries(
            st.tuples(st.integers(1, 6), st.integers(1, 4)),
            st.sampled_from(PollAnswerKind.values),
            max_size=12,
        )
    )
    def test_counts_add_up_to_the_answers(self, said):
        options = [DateOption(pk=pk, held_on=UNTIL, starts_at=time(9)) for pk in range(1, 5)]
        counted = _counted(options, said)
        assert sum(row.yes + row.maybe + row.no for row in counted) == len(said)
        coming = [row.yes + row.maybe for row in counted]
        assert all(row.yes + row.maybe == max(coming) for row in counted if row.is_best)
        assert any(row.is_best for row in counted) == any(kind != "NO" for kind in said.values())


class TestStates:
    def test_the_decision_becomes_a_planned_meeting(self):
        group = make_group(alliance=make_alliance())
        poll = make_poll("Runde", working_group=group, place="Saal", kind=MeetingKind.WORKING_GROUP)
        meeting = polls.decide(
            poll=poll, option=poll.options.get(held_on=date(2026, 12, 16)), actor=None, now=NOW
        )
        assert (meeting.title, meeting.place, meeting.kind) == ("Runde", "Saal", "WORKING_GROUP")
        assert (meeting.held_on, meeting.starts_at) == (date(2026, 12, 16), time(16))
        assert (meeting.working_group, meeting.alliance) == (group, None)
        assert meeting.status == MeetingStatus.PLANNED
        poll.refresh_from_db()
        assert (poll.status, poll.meeting) == (PollStatus.DECIDED, meeting)
        with pytest.raises(polls.PollStateError):
            polls.decide(poll=poll, option=poll.options.first(), actor=None, now=NOW)
        assert Meeting.objects.count() == 1

    def test_a_poll_that_was_given_up_opens_again_and_old_links_live_on(self):
        poll = make_poll()
        ask(poll, "Abendroth")
        polls.cancel(poll=poll, actor=None)
        assert Client().get(address_for("abendroth@example.org")).status_code == 410
        polls.extend(poll=poll, closes_on=date(2026, 12, 10), actor=None, now=NOW)
        poll.refresh_from_db()
        assert (poll.status, poll.closes_on) == (PollStatus.OPEN, date(2026, 12, 10))
        assert Client().get(address_for("abendroth@example.org")).status_code == 200
        assert PollInvitee.objects.get().expires_at.date() == date(2026, 12, 10)

    @settings(deadline=None, max_examples=25)
    @given(st.lists(st.sampled_from(list(PollStatus)), max_size=5))
    def test_only_the_allowed_ways_are_gone(self, steps):
        poll = make_poll()
        here = PollStatus.OPEN
        for step in steps:
            if step in POLL_TRANSITIONS[here]:
                polls.move(poll, step)
                here = step
            else:
                with pytest.raises(polls.PollStateError):
                    polls.move(poll, step)
        poll.refresh_from_db()
        assert poll.status == here


class TestPages:
    @pytest.fixture
    def alliance(self):
        alliance = make_alliance("Bündnis Gera")
        make_post(alliance, email="amt@example.org", is_contact=True)
        return alliance

    def test_from_the_first_word_to_the_meeting(self, alliance, as_user):
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))
        values = {
            "title": "Wann?", "kind": "ALLIANCE", "alliance": alliance.public_id, "closes_on": "2026-12-04", "rows": "5",
            "day_1": "2026-12-15", "start_1": "16:00", "end_1": "18:00", "day_3": "2026-12-16", "start_3": "16:00",
        }  # fmt: skip
        answer = client.post("/sitzungen/umfragen/neu/", values)
        poll = DatePoll.objects.get()
        whom = f"/sitzungen/umfragen/{poll.public_id}/fragen/?alliance={alliance.public_id}"
        assert answer["Location"] == whom
        assert "amt@example.org (Stelle von Bündnis Gera)" in text_of(client.get(whom))
        key = f"p{alliance.posts.get().pk}"
        chosen = {"recipients": [key], "addresses": "Gast Otto <otto@example.org>"}
        page = client.post(whom, chosen, follow=True)
        assert "2 Mails sind unterwegs." in text_of(page)
        said = {f"o{pk}": "YES" for pk in poll.options.values_list("pk", flat=True)}
        thanks = Client().post(address_for("otto@example.org"), {**said, "words": "Passt immer."})
        assert "Ihre Antwort ist vermerkt" in text_of(thanks)
        shown = text_of(client.get(f"/sitzungen/umfragen/{poll.public_id}/"))
        assert "1 von 2 haben geantwortet" in shown
        assert "Passt immer." in shown
        best = poll.options.order_by("held_on").first()
        done = client.post(f"/sitzungen/umfragen/{poll.public_id}/festlegen/", {"option": best.pk})
        assert done["Location"] == f"/sitzungen/{Meeting.objects.get().public_id}/"

    def test_more_times_keep_what_was_typed(self, alliance, as_user):
        client = as_user(make_user(Role.STATE_COORDINATION))
        values = {"title": "Halb fertig", "rows": "5", "day_1": "2026-12-15", "more": "1"}
        page = client.post("/sitzungen/umfragen/neu/", values)
        assert page.status_code == 200
        html = page.content.decode()
        assert 'name="day_10"' in html
        assert 'value="2026-12-15"' in html
        assert "Halb fertig" in html
        assert "Bitte prüfen" not in html

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"day_2": "2026-12-16"}, "braucht einen Tag und einen Beginn"),
            ({"day_2": "2026-12-16", "start_2": "10:00", "end_2": "09:00"}, "Ende liegt vor"),
            ({}, "mindestens zwei"),
        ],
    )
    def test_times_that_do_not_fit_are_asked_again(self, wrong, words, as_user):
        client = as_user(make_user(Role.STATE_COORDINATION))
        values = {
            "title": "Wann?", "kind": "OTHER", "closes_on": "2026-12-04", "rows": "5", "day_1": "2026-12-15",
            "start_1": "16:00",
        }  # fmt: skip
        page = client.post("/sitzungen/umfragen/neu/", values | wrong)
        assert page.status_code == 422
        assert words in text_of(page)
        assert not DatePoll.objects.exists()

    def test_a_coordinator_asks_for_the_own_alliance_only(self, alliance, as_user):
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
        poll = make_poll(alliance=alliance)
        state = make_poll("Landestreffen")
        for row, allowed in ((poll, 404), (state, 200)):
            assert client.get(f"/sitzungen/umfragen/{row.public_id}/").status_code == allowed
            for step in ("aufgeben", "erinnern", "festlegen", "frist", "fragen"):
                assert (
                    client.post(f"/sitzungen/umfragen/{row.public_id}/{step}/").status_code == 404
                )

    def test_an_address_that_is_none_is_asked_again(self, as_user):
        client = as_user(make_user(Role.STATE_COORDINATION))
        poll = make_poll()
        where = f"/sitzungen/umfragen/{poll.public_id}/fragen/"
        page = client.post(where, {"addresses": "kein klammeraffe"})
        assert page.status_code == 422
        assert "ist keine E-Mail-Adresse" in text_of(page)
        assert "Bitte wählen Sie" in text_of(client.post(where, {"addresses": ""}))
        assert not Message.objects.exists()

    def test_every_time_needs_an_answer(self):
        poll = make_poll()
        ask(poll, "Abendroth")
        page = Client().post(address_for("abendroth@example.org"), {"words": "hm"})
        assert page.status_code == 422
        assert not poll.invitees.get().answered_at

    def test_giving_up_and_opening_again(self, as_user):
        client = as_user(make_user(Role.STATE_COORDINATION))
        poll = make_poll()
        where = f"/sitzungen/umfragen/{poll.public_id}/"
        client.post(f"{where}aufgeben/")
        assert "Wieder öffnen" in text_of(client.get(where))
        assert client.post(f"{where}frist/", {"closes_on": "2026-11-01"}).status_code == 422
        assert client.post(f"{where}frist/", {"closes_on": "2026-12-11"}).status_code == 302
        assert "11.12.2026" in text_of(client.get(where))
        assert "Wann tagen wir?" in text_of(client.get("/sitzungen/umfragen/?status=OPEN"))
        assert "Wann tagen wir?" not in text_of(client.get("/sitzungen/umfragen/?status=DECIDED"))

    def test_pages_ask_as_often_for_three_as_for_one(self, as_user, django_assert_num_queries):
        client = as_user(make_user(Role.STATE_COORDINATION))
        poll = make_poll()
        where = f"/sitzungen/umfragen/{poll.public_id}/"
        for names in (("Abendroth",), ("Birkenstock", "Cordes")):
            ask(poll, *names)
            make_poll(f"Umfrage {names[0]}")
            client.get(where)
            with django_assert_num_queries(7):
                client.get(where)
            with django_assert_num_queries(3):
                client.get("/sitzungen/umfragen/")
