"""The next meeting of a series is offered from the last one (S02)."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings.domain.meetings import create_series
from buendnisnetz.meetings.domain.preparing import series as rhythm
from buendnisnetz.meetings.enums import MeetingKind, Rhythm
from buendnisnetz.meetings.models import Meeting
from tests.factories.meetings import make_meeting
from tests.factories.network import make_alliance, make_user
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
STEPS = [rhythm for rhythm in Rhythm if rhythm]


@pytest.mark.parametrize(
    ("last", "every", "expected"),
    [
        (date(2026, 11, 10), Rhythm.WEEKLY, date(2026, 11, 17)),
        (date(2026, 11, 10), Rhythm.MONTHLY, date(2026, 12, 8)),
        (date(2026, 11, 10), Rhythm.QUARTERLY, date(2027, 2, 9)),
        (date(2026, 11, 10), Rhythm.HALF_YEARLY, date(2027, 5, 11)),
        (date(2026, 11, 10), Rhythm.YEARLY, date(2027, 11, 9)),
        # The fifth Monday; December has four.
        (date(2026, 11, 30), Rhythm.MONTHLY, date(2026, 12, 28)),
    ],
)
def test_the_same_weekday_of_the_same_week(last, every, expected):
    assert rhythm.next_day(last, every) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(STEPS))
def test_the_next_day_lies_ahead_on_the_same_weekday(last, every):
    found = rhythm.next_day(last, every)
    assert found > last
    assert found.weekday() == last.weekday()
    assert found - last <= timedelta(days=378)


def test_the_rule_in_words():
    tuesday = date(2026, 11, 10)
    assert rhythm.rhythm_words(tuesday, Rhythm.MONTHLY) == (
        "jeden Monat am zweiten Dienstag, wie beim letzten Mal"
    )
    assert rhythm.rhythm_words(tuesday, Rhythm.WEEKLY) == (
        "jede Woche am Dienstag, wie beim letzten Mal"
    )


class TestPlanning:
    @pytest.fixture
    def alliance(self):
        return make_alliance()

    @pytest.fixture
    def series(self, alliance):
        return create_series(name="Runde", every=Rhythm.MONTHLY, alliance=alliance, actor=None)

    def test_body_place_kind_and_times_are_those_of_the_last_one(self, series, alliance):
        make_meeting(
            "Runde", series=series, alliance=alliance, kind=MeetingKind.ALLIANCE, starts_at=time(16),
            ends_at=time(18), place="Aula", motto="Nur damals",
        )  # fmt: skip
        row = rhythm.plan_next(series=series, actor=None, today=TODAY)
        assert (row.held_on, row.title, row.kind, row.place) == (
            date(2026, 12, 8), "Runde", "ALLIANCE", "Aula",
        )  # fmt: skip
        assert (row.starts_at, row.ends_at, row.alliance) == (time(16), time(18), alliance)
        assert (row.status, row.series, row.motto) == ("PLANNED", series, "")
        with pytest.raises(rhythm.NothingToOfferError):
            rhythm.plan_next(series=series, actor=None, today=TODAY)

    def test_days_that_passed_are_skipped_and_cancelled_meetings_do_not_count(self, series):
        make_meeting(series=series, held_on=date(2026, 6, 9))
        make_meeting(series=series, held_on=date(2026, 12, 8), status="CANCELLED")
        last = rhythm.last_meeting(series)
        assert rhythm.offered_day(series, last, TODAY) == date(2026, 12, 8)

    def test_without_a_rhythm_or_a_meeting_nothing_is_offered(self, series):
        assert rhythm.offered_day(series, None, TODAY) is None
        rhythm.edit_series(series=series, every="", actor=None)
        series.refresh_from_db()
        assert rhythm.offered_day(series, make_meeting(series=series), TODAY) is None

    def test_on_the_page(self, series, alliance, as_user):
        make_meeting(series=series, alliance=alliance)
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))
        where = f"/sitzungen/reihen/{series.public_id}/"
        page = text_of(client.get(where))
        assert "Die nächste Sitzung: Dienstag, 08.12.2026" in page
        assert "am zweiten Dienstag" in page
        client.post(f"{where}naechste/")
        assert Meeting.objects.filter(held_on=date(2026, 12, 8)).count() == 1
        assert "Die nächste Sitzung:" not in text_of(client.get(where))
        again = client.post(f"{where}naechste/", follow=True)
        assert "schon geplant" in text_of(again)
        values = {
            "name": "Andere Runde",
            "every": "WEEKLY",
            "rhythm": "",
            "alliance": alliance.public_id,
        }
        assert client.post(f"{where}bearbeiten/", values).status_code == 302
        page = text_of(client.get(where))
        assert "Andere Runde" in page
        assert "jede Woche" in page
        assert client.post(f"{where}bearbeiten/", {"name": ""}).status_code == 422

    def test_a_series_of_the_state_is_the_offices(self, as_user):
        row = create_series(name="Land", every=Rhythm.MONTHLY, actor=None)
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
        assert client.get(f"/sitzungen/reihen/{row.public_id}/").status_code == 200
        assert client.post(f"/sitzungen/reihen/{row.public_id}/naechste/").status_code == 404
        assert client.get(f"/sitzungen/reihen/{row.public_id}/bearbeiten/").status_code == 404
