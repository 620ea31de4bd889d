"""The mark that a municipality has nobody to turn to (S76)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from buendnisnetz.audit.history import history_of
from buendnisnetz.insight.domain import marks
from buendnisnetz.insight.domain.marks import NotAMunicipalityError, SaidInFutureError
from buendnisnetz.insight.models import NoContactMark
from buendnisnetz.network.domain.saving import AlreadyEndedError, NotEndedError, RuleBrokenError
from buendnisnetz.territories.models import Territory
from tests.factories.insight import make_mark
from tests.factories.network import TODAY, make_user
from tests.factories.territories import make_district, make_municipality, make_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None) -> Territory:
    return make_municipality(make_district())


def test_it_keeps_who_said_so_and_who_wrote_it_down(place):
    user = make_user()
    mark = marks.mark_no_contact(
        territory=place, said_by=" Hauptamt ", said_on=date(2026, 3, 1), actor=user, today=TODAY
    )
    mark.refresh_from_db()
    assert (mark.said_by, mark.valid_from, mark.valid_to) == ("Hauptamt", date(2026, 3, 1), None)
    assert mark.noted_by == user


def test_only_municipalities_that_exist_on_the_day_are_marked(place):
    Territory.objects.filter(pk=place.pk).update(valid_to=date(2020, 12, 31))
    place.refresh_from_db()
    for territory in (place, place.parent, make_state()):
        with pytest.raises(NotAMunicipalityError):
            make_mark(territory)
    make_mark(place, date(2020, 12, 31))
    assert NoContactMark.objects.count() == 1


def test_not_for_a_day_to_come(place):
    with pytest.raises(SaidInFutureError):
        make_mark(place, TODAY + timedelta(days=1))
    make_mark(place, TODAY)


def test_it_needs_somebody_who_said_so(place):
    with pytest.raises(RuleBrokenError, match="wer"):
        make_mark(place, said_by="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        NoContactMark.objects.create(territory=place, said_by="Amt", valid_from=None)


def test_one_at_a_time(place):
    first = make_mark(place, date(2025, 1, 1))
    with pytest.raises(RuleBrokenError):
        make_mark(place, date(2026, 1, 1))
    marks.end_mark(mark=first, last_day=date(2025, 6, 30), actor=None)
    second = make_mark(place, date(2026, 1, 1))
    assert list(NoContactMark.objects.as_of(TODAY)) == [second]
    assert list(NoContactMark.objects.as_of(date(2025, 6, 30))) == [first]


def test_it_ends_and_the_end_can_be_taken_back(place):
    mark = make_mark(place)
    with pytest.raises(NotEndedError):
        marks.reopen_mark(mark=mark, actor=None)
    marks.end_mark(mark=mark, last_day=TODAY, actor=None)
    with pytest.raises(AlreadyEndedError):
        marks.end_mark(mark=mark, last_day=TODAY, actor=None)
    assert marks.reopen_mark(mark=mark, actor=None).valid_to is None
    assert len(history_of(mark)) == 3
