"""Building blocks of the models: time, versions, public names."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from buendnisnetz.accounts.models import Assignment
from buendnisnetz.core.models import Installation, RateLimit, Validity, new_public_id
from tests.factories.network import make_user
from tests.factories.tasks import NOW

pytestmark = pytest.mark.django_db
DAYS = st.dates(date(2010, 1, 1), date(2030, 1, 1))
ENDS = st.none() | DAYS


def _held(user, first, last, **facts):
    values = {"role": "MINISTRY", "scope_kind": "STATE", **facts}
    return Assignment.objects.create(user=user, valid_from=first, valid_to=last, **values)


def test_public_ids_are_short_and_without_look_alikes():
    found = {new_public_id() for _turn in range(500)}
    assert len(found) == 500
    assert all(re.fullmatch("[2-9a-hjkmnp-z]{8}", name) for name in found)


def test_an_end_before_the_beginning_is_refused_with_a_sentence():
    with pytest.raises(IntegrityError), transaction.atomic():
        _held(make_user(), date(2026, 1, 2), date(2026, 1, 1))
    row = Assignment(
        user=make_user(), role="MINISTRY", scope_kind="STATE",
        valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1),
    )  # fmt: skip
    with pytest.raises(ValidationError) as caught:
        row.validate_constraints(exclude=["user"])
    assert "Das Ende liegt vor dem Anfang. Bitte einen der beiden Tage berichtigen." in str(
        caught.value.messages
    )


def test_one_day_is_a_period():
    made = _held(make_user(), date(2026, 1, 1), date(2026, 1, 1))
    assert [made.holds_on(date(2026, 1, 1) + timedelta(days=n)) for n in (-1, 0, 1)] == [
        False, True, False,
    ]  # fmt: skip


def test_ended_before():
    user = make_user()
    made = _held(user, date(2020, 1, 1), date(2026, 1, 1))
    assert list(Assignment.objects.ended_before(date(2026, 1, 2))) == [made]
    assert not Assignment.objects.ended_before(date(2026, 1, 1)).exists()


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ((date(2020, 1, 1), date(2020, 12, 31)), (date(2021, 1, 1), None), False),
        ((date(2020, 1, 1), date(2021, 1, 1)), (date(2021, 1, 1), None), True),
        ((None, None), (date(2021, 1, 1), date(2021, 1, 1)), True),
        ((None, date(2020, 1, 1)), (date(2020, 1, 2), None), False),
    ],
)
def test_no_two_on_the_same_day(first, second, refused):
    user = make_user()
    _held(user, *first)
    _held(make_user(), *first)
    if not refused:
        _held(user, *second)
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        _held(user, *second)
    row = Assignment(
        user=user, role="MINISTRY", scope_kind="STATE", valid_from=second[0], valid_to=second[1]
    )
    with pytest.raises(ValidationError, match="Für diese Zeit gibt es schon einen Eintrag"):
        row.validate_constraints()


def test_a_database_is_for_one_installation():
    Installation.objects.create(mode="demo", made_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.create(mode="production", made_at=NOW)
    assert str(Installation.objects.get()) == "demo"
    assert str(RateLimit(key="a", uses=3)) == "a: 3"


class ValidityProperties(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(ENDS, ENDS, DAYS)
    def test_database_and_python_agree_on_every_day(self, first, last, day) -> None:
        if first and last and last < first:
            first, last = last, first
        made = _held(make_user(), first, last)
        assert Assignment.objects.as_of(day).filter(pk=made.pk).exists() == made.holds_on(day)

    @settings(max_examples=40, deadline=None)
    @given(DAYS, st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
    def test_periods_exclude_each_other_exactly_if_they_share_a_day(
        self, start, length, gap, second
    ) -> None:
        user, end = make_user(), start + timedelta(days=length)
        other = start + timedelta(days=gap)
        _held(user, start, end)
        try:
            with transaction.atomic():
                _held(user, other, other + timedelta(days=second))
        except IntegrityError:
            assert other <= end
        else:
            assert other > end


@given(ENDS, ENDS)
def test_holds_on_its_own_ends(first, last):
    class Row(Validity):
        class Meta:
            app_label = "core"
            abstract = True

    row = type("Row", (), {"valid_from": first, "valid_to": last, "holds_on": Row.holds_on})()
    for day in filter(None, (first, last)):
        assert row.holds_on(day) == (
            (first is None or first <= day) and (last is None or day <= last)
        )
