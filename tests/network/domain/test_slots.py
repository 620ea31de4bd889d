"""One contact for each district, as of any day (S77)."""

from datetime import date

import pytest

from buendnisnetz.network.domain import posts
from buendnisnetz.network.domain.queries import slots
from buendnisnetz.network.enums import PostKind, SlotState
from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.load import load
from buendnisnetz.territories.models import Territory
from tests.factories.network import make_post, make_term
from tests.factories.territories import make_district

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def make_slot(district=None, *, is_held: bool = True, confirmed_on: date | None = None, **facts):
    post = make_post(
        district or make_district(), facts.pop("title", "Sozialplanung"),
        kind=facts.pop("kind", PostKind.SOCIAL_PLANNER), is_contact=True, **facts,
    )  # fmt: skip
    if is_held:
        make_term(post)
    if confirmed_on:
        posts.confirm_post(post=post, on=confirmed_on, actor=None, today=TODAY)
    return post


def state(post, day: date = TODAY) -> str:
    return slots.slots(day).get(contact=post.pk).state


def test_thuringia_has_23_slots_in_2017_and_22_today():
    load(dataset.read("thueringen"))
    assert sum(slots.slot_counts(date(2017, 8, 24)).values()) == 23
    assert sum(slots.slot_counts(TODAY).values()) == 22


def test_every_district_has_its_slot_though_nothing_is_entered():
    load(dataset.read("thueringen"))
    assert slots.slot_counts(TODAY) == {SlotState.MISSING: 22}
    make_slot(Territory.objects.districts().as_of(TODAY).order_by("ags")[0])
    assert slots.slot_counts(TODAY) == {SlotState.MISSING: 21, SlotState.UNCONFIRMED: 1}


def test_states():
    assert state(make_slot(is_held=False, confirmed_on=TODAY)) == SlotState.VACANT
    assert state(make_slot()) == SlotState.UNCONFIRMED
    assert state(make_slot(confirmed_on=date(2026, 5, 23))) == SlotState.UNCONFIRMED
    assert state(make_slot(confirmed_on=date(2026, 5, 24))) == SlotState.CONFIRMED


def test_a_later_confirmation_does_not_change_what_an_earlier_day_shows():
    post = make_slot(confirmed_on=date(2023, 3, 1))
    posts.confirm_post(post=post, on=date(2026, 11, 1), actor=None, today=TODAY)
    assert state(post) == SlotState.CONFIRMED
    assert state(post, date(2023, 4, 1)) == SlotState.CONFIRMED
    assert state(post, date(2024, 4, 1)) == SlotState.UNCONFIRMED
    assert slots.slots(date(2024, 4, 1)).get(contact=post.pk).confirmed_on == date(2023, 3, 1)


def test_the_planning_post_before_any_other_contact():
    district = make_district()
    make_slot(district, kind=PostKind.STAFF, title="Bürgerbüro")
    planner = make_slot(district, title="Planung")
    make_slot(district, title="Planung zwei")
    row = slots.slots(TODAY).get(pk=district.pk)
    assert (row.contact, row.title) == (planner.pk, "Planung")


def test_only_official_contacts_that_exist_on_the_day():
    district = make_district()
    make_post(district, "Sozialplanung", kind=PostKind.SOCIAL_PLANNER, is_contact=False)
    make_slot(district, valid_from=date(2027, 1, 1), is_held=False)
    assert slots.slots(TODAY).get(pk=district.pk).state == SlotState.MISSING


def test_narrowed_by_state_and_found_by_name():
    held = make_slot(make_district(name="Musterkreis"), confirmed_on=TODAY)
    make_slot(make_district(name="Nebenkreis"), is_held=False)
    rows = slots.slots(TODAY)
    assert [row.contact for row in slots.narrowed(rows, {"state": "CONFIRMED"})] == [held.pk]
    assert slots.narrowed(rows, {}).count() == 2
    assert [row.name for row in slots.found(rows, "neben")] == ["Nebenkreis"]
