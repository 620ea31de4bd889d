"""The structure profile: which of an alliance's fields are filled on a day (S99)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buendnisnetz.insight.domain.profile import (
    PROFILE_FIELDS,
    PROFILE_VERSION,
    profile_of,
    share_of,
)
from buendnisnetz.insight.enums import TopicStatus
from buendnisnetz.network.domain.alliances import confirm_status
from buendnisnetz.network.enums import Contribution, OrganisationKind, SizeClass
from buendnisnetz.network.models import Alliance, Post
from tests.factories.insight import join, make_sponsor, make_topic
from tests.factories.network import (
    TODAY,
    make_alliance,
    make_group,
    make_membership,
    make_organisation,
    make_post,
    make_term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance(db: None) -> Alliance:
    """Founded nobody knows when, last confirmed long ago: nothing is filled."""
    return make_alliance(confirmed_on=date(2015, 1, 1))


def filled(alliance: Alliance, day: date = TODAY) -> set[str]:
    return {name for name, done in profile_of(alliance, day).items() if done}


def write(**values: Any) -> Callable[[Alliance], Any]:
    return lambda alliance: Alliance.objects.filter(pk=alliance.pk).update(**values)


def coordinate(**facts: Any) -> Callable[[Alliance], Any]:
    return lambda alliance: make_post(alliance, **facts)


def company(**facts: Any) -> Callable[[Alliance], Any]:
    return lambda alliance: join(alliance, OrganisationKind.COMPANY, **facts)


def deputise(alliance: Alliance) -> None:
    post = make_post(alliance)
    Post.objects.filter(pk=post.pk).update(deputy=make_post(alliance, "Vertretung"))


def confirm(alliance: Alliance) -> None:
    confirm_status(alliance=alliance, on=date(2025, 11, 22), actor=None, today=TODAY)


WAYS: dict[str, tuple[Callable[[Alliance], Any], set[str]]] = {
    "founded_on": (write(founded_on=date(2008, 5, 1)), set()),
    "legal_form": (write(legal_form="Verein"), set()),
    "carrier": (lambda one: write(carrier=make_organisation())(one), set()),
    "steering_body": (write(steering_body="Lenkungskreis"), set()),
    "fields_of_action": (write(fields_of_action=["Pflege"]), set()),
    "description": (write(description="Wir tun was."), set()),
    "email": (write(email="buendnis@example.org"), set()),
    "website": (write(website="https://example.org"), set()),
    "access_note": (write(access_note="Rampe am Hof"), set()),
    "awards": (write(awards="Siegel 2024"), set()),
    "coordinator": (lambda one: make_term(make_post(one)), set()),
    "deputy": (deputise, set()),
    "office_hours": (coordinate(office_hours="Mo 9 bis 12"), set()),
    "weekly_hours": (coordinate(weekly_hours=10), set()),
    "funded_by": (coordinate(funded_by="Landkreis"), set()),
    "sponsor": (make_sponsor, set()),
    "working_groups": (lambda one: make_group(alliance=one), set()),
    "members": (lambda one: make_membership(one), set()),
    "contributions": (
        lambda one: make_membership(one, contributions=[Contribution.values[0]]),
        {"members"},
    ),
    "companies": (company(wz_section="C", size_class=SizeClass.values[0]), {"members"}),
    "topics": (
        lambda one: make_topic(one, responsible=make_post(one), status=TopicStatus.ACTIVE),
        set(),
    ),
    "confirmed": (confirm, set()),
}


def test_an_alliance_of_which_nothing_is_known_fills_nothing(alliance):
    profile = profile_of(alliance, TODAY)
    assert list(profile) == list(PROFILE_FIELDS[PROFILE_VERSION])
    assert filled(alliance) == set()
    assert share_of(profile) == 0


def test_every_field_of_the_list_is_tried_here():
    assert WAYS.keys() == PROFILE_FIELDS[PROFILE_VERSION].keys()


@pytest.mark.parametrize("name", WAYS)
def test_each_field_is_filled_by_what_it_is_named_after(alliance, name):
    fill, besides = WAYS[name]
    fill(alliance)
    fill(make_alliance(confirmed_on=date(2015, 1, 1)))
    assert filled(alliance) == {name} | besides


def test_all_filled_is_the_whole(alliance):
    for fill, _besides in WAYS.values():
        fill(alliance)
    profile = profile_of(alliance, TODAY)
    assert share_of(profile) == 1
    assert share_of({"a": True, "b": False}) == 0.5
    assert share_of({}) == 0


def test_companies_without_branch_or_size_do_not_count(alliance):
    join(alliance, OrganisationKind.COMPANY, wz_section="C")
    join(alliance, OrganisationKind.COMPANY, size_class=SizeClass.values[0])
    join(alliance, OrganisationKind.CHURCH, wz_section="C", size_class=SizeClass.values[0])
    assert filled(alliance) == {"members"}


def test_posts_groups_and_members_are_those_of_the_day(alliance):
    make_term(make_post(alliance), valid_from=date(2025, 1, 1))
    make_sponsor(alliance, date(2025, 6, 1))
    make_membership(alliance, since=date(2026, 1, 1))
    assert filled(alliance, date(2024, 12, 31)) == set()
    assert filled(alliance, date(2025, 6, 1)) == {"coordinator", "sponsor"}
    assert filled(alliance) == {"coordinator", "sponsor", "members"}


def test_a_post_that_nobody_holds_is_nobody(alliance):
    make_post(alliance)
    make_sponsor(alliance, held=False)
    assert filled(alliance) == set()


def test_a_topic_only_counts_while_it_is_active(alliance):
    make_topic(alliance)
    make_topic(alliance, responsible=make_post(alliance), status=TopicStatus.CLOSED)
    assert filled(alliance) == set()


def test_one_query_whatever_there_is(alliance):
    for fill, _besides in WAYS.values():
        fill(alliance)
    with CaptureQueriesContext(connection) as queries:
        profile_of(alliance, TODAY)
    assert len(queries) == 1
