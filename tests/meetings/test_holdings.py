"""Meetings to chair as something that a person hands over, and what a successor reads first."""

from datetime import UTC, date, datetime

import pytest

from buendnisnetz.meetings.domain.holdings import (
    find_chaired,
    find_minutes,
    move_chair,
    still_chaired,
)
from buendnisnetz.meetings.enums import MeetingStatus
from buendnisnetz.meetings.models import Attendance
from buendnisnetz.network.domain.holdings import Holder, Transfer
from buendnisnetz.network.enums import OrganisationKind
from tests.factories.network import (
    make_alliance,
    make_group,
    make_organisation,
    make_person,
    make_post,
    make_term,
)
from tests.factories.succession import make_chair, make_meeting

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 1)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def holder():
    post = make_post(make_alliance(), "Koordination")
    person = make_person("Sorgsam", "Ada")
    make_term(post, person)
    return Holder(post, person)


def labels(holder: Holder) -> list[str]:
    return [piece.label for piece in find_chaired(holder, DAY)]


def test_planned_meetings_that_the_person_is_to_chair(holder):
    for title, held_on, status in (
        ("im März", date(2027, 3, 1), MeetingStatus.PLANNED),
        ("im Januar", date(2027, 1, 1), MeetingStatus.PLANNED),
        ("davor", date(2026, 12, 31), MeetingStatus.PLANNED),
        ("abgesagt", date(2027, 3, 1), MeetingStatus.CANCELLED),
    ):
        make_chair(make_meeting(title, held_on, status=status), holder.person)
    make_chair(make_meeting("von anderen", date(2027, 3, 1)), make_person())
    assert labels(holder) == ["im Januar", "im März"]


def test_nobody_chairs_for_an_empty_post(holder):
    assert find_chaired(Holder(holder.post), DAY) == []


@pytest.mark.parametrize("scope", ["alliance", "working_group", "office", "organisation"])
def test_who_keeps_another_post_gives_away_only_what_belongs_to_this_one(scope):
    bodies = {
        "alliance": make_alliance(),
        "working_group": make_group(),
        "office": make_organisation(kind=OrganisationKind.COORDINATION_OFFICE),
        "organisation": make_organisation(),
    }
    post, person = make_post(bodies[scope]), make_person()
    make_term(post, person)
    make_term(make_post(), person)
    for title, facts in (
        ("alliance", {"alliance": bodies["alliance"]}),
        ("working_group", {"working_group": bodies["working_group"]}),
        ("office", {}),
    ):
        make_chair(make_meeting(title, date(2027, 3, 1), **facts), person)
    # A group without an alliance is one of the whole state.
    expected = {"office": ["working_group", "office"], "organisation": []}.get(scope, [scope])
    assert sorted(labels(Holder(post, person))) == sorted(expected)


def test_moving_puts_the_successor_on_the_list_and_back(holder):
    meeting = make_meeting("Treffen", date(2027, 3, 1))
    make_chair(meeting, holder.person)
    target = Holder(make_post(make_organisation("Musterverein"), "Leitung"), make_person("Neu"))
    transfer = Transfer(holder, target, DAY, None, NOW)
    move_chair(str(meeting.pk), transfer)
    row = Attendance.objects.get(is_chair=True)
    assert (row.person, row.function, row.organisation_words) == (
        target.person, "Leitung", "Musterverein",
    )  # fmt: skip
    assert labels(holder) == []
    move_chair(str(meeting.pk), transfer.back())
    assert Attendance.objects.get(is_chair=True).person == holder.person
    assert meeting.attendances.count() == 2


def test_still_there_with_somebody_who_has_other_posts_too(holder):
    meeting = make_meeting("Treffen", date(2027, 3, 1))
    make_chair(meeting, holder.person)
    target = Holder(make_post(), make_person("Neu"))
    make_term(target.post, target.person)
    make_term(make_post(), target.person)
    move_chair(str(meeting.pk), Transfer(holder, target, DAY, None, NOW))
    keys = [str(meeting.pk), str(make_meeting().pk)]
    assert still_chaired(keys, target, DAY) == {str(meeting.pk)}
    assert still_chaired(keys, holder, DAY) == set()


def test_the_last_meetings_of_the_body_stand_in_the_file(holder):
    alliance = holder.post.alliance
    for year in range(2018, 2026):
        make_meeting(
            f"Treffen {year}", date(year, 5, 1), alliance=alliance, status=MeetingStatus.HELD
        )
    make_meeting("geplant", date(2026, 12, 1), alliance=alliance)
    make_meeting("fremd", date(2025, 12, 1), status=MeetingStatus.HELD)
    found = [piece.label for piece in find_minutes(holder, DAY)]
    assert found == [f"Treffen {year}" for year in range(2025, 2020, -1)]
