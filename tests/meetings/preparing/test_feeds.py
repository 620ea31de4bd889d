"""A secret address shows the meetings that its user may read, now (S46)."""

from datetime import date, time, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from icalendar import Calendar

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings import jobs
from buendnisnetz.meetings.domain.preparing import feeds, invitations, polls
from buendnisnetz.meetings.enums import PapersSent
from buendnisnetz.meetings.models import CalendarFeed, MeetingInvitation, PollInvitee
from tests.factories.meetings import NOW, make_meeting
from tests.factories.network import (
    make_alliance,
    make_group,
    make_organisation,
    make_post,
    make_user,
)
from tests.meetings.preparing.steps import make_poll, people
from tests.meetings.preparing.test_invitations import post_recipient
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make_alliance("Bündnis Gera")


@pytest.fixture
def coordinator(alliance):
    return make_user(Role.ALLIANCE_COORDINATOR, alliance)


def path_of(user, **body):
    return urlsplit(feeds.make_feed(user=user, now=NOW, **body)[1]).path


def events(answer):
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def names(path):
    return {str(event["summary"]) for event in events(Client().get(path))}


class TestReading:
    def test_calendar_and_page_say_the_same(self, alliance, coordinator, as_user):
        meeting = make_meeting(
            "Winterrunde", alliance=alliance, held_on=date(2026, 12, 15), starts_at=time(16), ends_at=time(18),
            place="Aula",
        )  # fmt: skip
        answer = Client().get(path_of(coordinator, alliance=alliance))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        event = events(answer)[0]
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        page = text_of(as_user(coordinator).get(urlsplit(str(event["url"])).path))
        assert str(event["summary"]) in page
        assert str(event["location"]) in page
        assert f"{start:%d.%m.%Y}" in page
        assert f"{start:%H:%M} – {end:%H:%M}" in page
        assert str(start.tzinfo) == "Europe/Berlin"
        assert str(event["uid"]).startswith(meeting.public_id)

    def test_an_alliances_calendar_holds_its_groups_and_no_other_alliance(
        self, alliance, coordinator
    ):
        make_meeting("Eigene", alliance=alliance)
        make_meeting("Gruppe", working_group=make_group(alliance=alliance))
        make_meeting("Fremde", alliance=make_alliance())
        make_meeting("Land")
        assert names(path_of(coordinator, alliance=alliance)) == {"Eigene", "Gruppe"}
        assert names(path_of(coordinator)) == {"Eigene", "Gruppe", "Land"}

    def test_a_groups_calendar_holds_the_group(self, alliance, coordinator):
        group = make_group(alliance=alliance)
        make_meeting("Gruppe", working_group=group)
        make_meeting("Eigene", alliance=alliance)
        assert names(path_of(coordinator, group=group)) == {"Gruppe"}

    def test_the_office_has_its_invitations_in_the_own_calendar(self, alliance):
        office = make_user(Role.STATE_COORDINATION, email="buero@example.org")
        meeting = make_meeting(
            "Dabei", alliance=alliance, held_on=date(2026, 12, 15), status="PLANNED"
        )
        make_meeting("Nicht dabei", alliance=alliance)
        invitations.invite(
            meeting=meeting, recipients=people("Buero"), words="", papers=PapersSent.NONE, actor=None, now=NOW
        )  # fmt: skip
        assert names(path_of(office)) == {"Dabei"}

    def test_past_ones_stay_a_year_and_cancelled_ones_say_so(self, alliance, coordinator):
        make_meeting("Lange her", alliance=alliance, held_on=date(2025, 11, 1))
        make_meeting("Letztes Jahr", alliance=alliance, held_on=date(2025, 12, 1))
        make_meeting("Abgesagt", alliance=alliance, status="CANCELLED")
        rows = events(Client().get(path_of(coordinator, alliance=alliance)))
        assert {str(row["summary"]): str(row["status"]) for row in rows} == {
            "Letztes Jahr": "CONFIRMED", "Abgesagt": "CANCELLED",
        }  # fmt: skip

    def test_nothing_is_sent_again_while_nothing_changes(self, alliance, coordinator):
        make_meeting("Eine", alliance=alliance)
        path = path_of(coordinator, alliance=alliance)
        etag = Client().get(path)["ETag"]
        same = Client().get(path, headers={"If-None-Match": etag})
        assert (same.status_code, same.content) == (304, b"")
        make_meeting("Neue", alliance=alliance)
        assert Client().get(path, headers={"If-None-Match": etag}).status_code == 200

    def test_as_many_queries_for_three_as_for_one(
        self, alliance, coordinator, django_assert_num_queries
    ):
        path = path_of(coordinator, alliance=alliance)
        Client().get(path)
        for titles in ("A", "BC"):
            for title in titles:
                make_meeting(title, alliance=alliance)
            with django_assert_num_queries(3):
                Client().get(path)


class TestEnding:
    def test_a_revoked_address_answers_no_more(self, coordinator, as_user):
        path = path_of(coordinator)
        client = as_user(coordinator)
        feed = CalendarFeed.objects.get()
        as_user(make_user(Role.STATE_COORDINATION)).post(
            f"/sitzungen/kalender/{feed.public_id}/widerrufen/"
        )
        assert Client().get(path).status_code == 200
        client.post(f"/sitzungen/kalender/{feed.public_id}/widerrufen/")
        assert Client().get(path).status_code == 410
        assert "widerrufen am" in text_of(client.get("/sitzungen/kalender/"))

    def test_with_the_role_the_calendar_ends(self, alliance, coordinator):
        path = path_of(coordinator, alliance=alliance)
        coordinator.assignments.update(valid_to=date(2026, 11, 1))
        assert Client().get(path).status_code == 410
        assert Client().get("/sitzungen/kalender/geraten/").status_code == 410

    def test_nobody_makes_one_for_an_alliance_of_others(self, alliance):
        other = make_user(Role.ALLIANCE_COORDINATOR, make_alliance())
        with pytest.raises(feeds.NotYoursError):
            feeds.make_feed(user=other, alliance=alliance, now=NOW)
        with pytest.raises(feeds.NotYoursError):
            feeds.make_feed(user=other, group=make_group(alliance=alliance), now=NOW)
        assert path_of(other, group=make_group())


class TestPages:
    def test_the_address_is_shown_once_and_only_its_hash_is_kept(
        self, alliance, coordinator, as_user
    ):
        client = as_user(coordinator)
        where = f"/sitzungen/kalender/?alliance={alliance.slug}"
        assert "Neue Adresse für Bündnis Gera" in text_of(client.get(where))
        page = client.post("/sitzungen/kalender/neu/", {"alliance": alliance.slug})
        address = page.content.decode().partition('readonly value="')[2].partition('"')[0]
        assert Client().get(urlsplit(address).path).status_code == 200
        feed = CalendarFeed.objects.get()
        assert feed.alliance == alliance
        assert feed.token_hash not in address
        again = client.get("/sitzungen/kalender/").content.decode()
        assert address not in again
        assert "zuletzt gelesen am 23.11.2026" in text_of(client.get("/sitzungen/kalender/"))

    def test_pages_of_bodies_and_the_profile_lead_there(self, alliance, coordinator, as_user):
        client = as_user(coordinator)
        group = make_group(alliance=alliance)
        for path, query in (
            (f"/netz/buendnisse/{alliance.slug}/", f"?alliance={alliance.slug}"),
            (f"/netz/arbeitsgruppen/{group.public_id}/", f"?group={group.public_id}"),
            ("/konto/", ""),
        ):
            assert f'/sitzungen/kalender/{query}"' in client.get(path).content.decode()
        assert (
            "/sitzungen/kalender/"
            not in Client().get(f"/netz/buendnisse/{alliance.slug}/").content.decode()
        )


class TestForgetting:
    def test_after_a_year_answers_go_and_invitations_of_posts_stay(self, time_machine):
        meeting = make_meeting(held_on=date(2026, 12, 15), status="PLANNED")
        post = make_post(make_organisation(), email="amt@example.org")
        invitations.invite(
            meeting=meeting, recipients=[post_recipient(post), *people("Gast")], words="", papers=PapersSent.NONE,
            actor=None, now=NOW,
        )  # fmt: skip
        polls.ask(poll=make_poll(), recipients=people("Gast"), actor=None, now=NOW)
        time_machine.move_to(NOW + timedelta(days=300), tick=False)
        jobs.forget_asked(0)
        assert (MeetingInvitation.objects.count(), PollInvitee.objects.count()) == (2, 1)
        time_machine.move_to(NOW + timedelta(days=400), tick=False)
        jobs.forget_asked(0)
        assert MeetingInvitation.objects.get().post == post
        assert not PollInvitee.objects.exists()
