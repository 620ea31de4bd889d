"""Alliances: territories, states with evidence, the balance of partners."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from buendnisnetz.core.errors import DomainError, EditConflictError
from buendnisnetz.network.domain import alliances as domain
from buendnisnetz.network.domain.queries import alliances as queries
from buendnisnetz.network.domain.queries import listed
from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.network.enums import ALLIANCE_TRANSITIONS, AllianceStatus
from buendnisnetz.network.models import Alliance, AllianceStatusPeriod, AllianceTerritory
from tests.factories.network import TODAY, make_alliance, make_organisation, make_post
from tests.factories.territories import make_district

pytestmark = pytest.mark.django_db
ACTIVE, RESTING, DISSOLVED, FOUNDING = (
    AllianceStatus.ACTIVE, AllianceStatus.RESTING, AllianceStatus.DISSOLVED,
    AllianceStatus.FOUNDING,
)  # fmt: skip


def _change(alliance: Alliance, status: AllianceStatus, since: date) -> AllianceStatusPeriod:
    return domain.change_status(
        alliance=alliance, status=status, evidence="Schreiben", since=since, actor=None, today=TODAY
    )


def _periods(alliance: Alliance) -> list[tuple[object, ...]]:
    rows = alliance.status_periods.order_by("valid_from")
    return list(rows.values_list("status", "valid_from", "valid_to", "evidence", "confirmed_on"))


def test_create_with_territory_and_first_state():
    district = make_district("16051", "Erfurt")
    made = make_alliance("Bündnis für Familie Musterstadt", district, since=date(2006, 5, 1))
    assert made.slug == "buendnis-fuer-familie-musterstadt"
    assert list(made.territories.all()) == [district]
    assert _periods(made) == [(ACTIVE, date(2006, 5, 1), None, "Anruf", TODAY)]


def test_slug_of_the_same_name_is_numbered():
    assert [make_alliance("Bündnis").slug for _number in range(3)] == [
        "buendnis", "buendnis-2", "buendnis-3",
    ]  # fmt: skip


def test_slug_without_letters_has_a_word():
    assert make_alliance("!!!").slug == "buendnis"


def test_create_needs_a_territory():
    with pytest.raises(domain.NoTerritoryError):
        domain.create_alliance(
            name="Bündnis", territories=[], status=ACTIVE, evidence="Anruf",
            since=TODAY, actor=None, today=TODAY,
        )  # fmt: skip


def test_create_needs_evidence_and_a_past_day():
    with pytest.raises(RuleBrokenError) as caught:
        domain.create_alliance(
            name="Bündnis", territories=[make_district()], status=ACTIVE, evidence="",
            since=TODAY, actor=None, today=TODAY,
        )  # fmt: skip
    assert "worauf sich das stützt" in str(caught.value)
    with pytest.raises(domain.StatusInFutureError):
        make_alliance(since=TODAY + timedelta(days=1))
    assert not Alliance.objects.exists()


def test_edit_alliance_keeps_its_address():
    made = make_alliance("Alt")
    post = make_post(made)
    row = domain.edit_alliance(
        alliance=made, version=1, actor=None, name="Neu", carrier=make_organisation("Träger")
    )
    post.refresh_from_db()
    assert (row.name, row.slug, row.carrier.name, post.scope_name) == (
        "Neu",
        "alt",
        "Träger",
        "Neu",
    )
    with pytest.raises(EditConflictError):
        domain.edit_alliance(alliance=made, version=1, actor=None, name="Anders")


def test_change_of_state_ends_the_one_before():
    made = make_alliance(since=date(2010, 1, 1))
    _change(made, RESTING, date(2024, 3, 1))
    assert _periods(made) == [
        (ACTIVE, date(2010, 1, 1), date(2024, 2, 29), "Anruf", TODAY),
        (RESTING, date(2024, 3, 1), None, "Schreiben", TODAY),
    ]


@pytest.mark.parametrize("before", list(AllianceStatus))
@pytest.mark.parametrize("after", list(AllianceStatus))
def test_only_allowed_changes_go_through(before, after):
    made = make_alliance(status=before)
    if after in ALLIANCE_TRANSITIONS[before]:
        assert _change(made, after, TODAY).status == after
    else:
        with pytest.raises(domain.WrongTransitionError):
            _change(made, after, TODAY)
        assert len(_periods(made)) == 1


def test_wrong_change_names_the_right_ones():
    made = make_alliance(status=DISSOLVED)
    with pytest.raises(domain.WrongTransitionError) as caught:
        _change(made, ACTIVE, TODAY)
    assert str(caught.value) == (
        "Ein Bündnis kann nicht von „aufgelöst“ zu „aktiv“ werden, nur zu: in Gründung."
    )


def test_change_must_be_later_and_not_in_future():
    made = make_alliance(since=date(2010, 1, 1))
    with pytest.raises(domain.StatusTooEarlyError) as caught:
        _change(made, RESTING, date(2010, 1, 1))
    assert "01.01.2010" in str(caught.value)
    with pytest.raises(domain.StatusInFutureError):
        _change(made, RESTING, TODAY + timedelta(days=1))


def test_undo_of_a_change_is_identity():
    made = make_alliance()
    before = _periods(made)
    _change(made, RESTING, date(2024, 3, 1))
    domain.undo_status(alliance=made, actor=None)
    assert _periods(made) == before
    with pytest.raises(domain.FirstStatusError):
        domain.undo_status(alliance=made, actor=None)


def test_confirm_notes_the_day_and_new_evidence():
    made = make_alliance(since=date(2010, 1, 1), confirmed_on=date(2012, 1, 1))
    domain.confirm_status(alliance=made, on=date(2026, 11, 1), actor=None, today=TODAY)
    assert _periods(made) == [(ACTIVE, date(2010, 1, 1), None, "Anruf", date(2026, 11, 1))]
    domain.confirm_status(
        alliance=made, on=TODAY, actor=None, today=TODAY, evidence="Treffen am 20.11.2026"
    )
    assert _periods(made)[0][3:] == ("Treffen am 20.11.2026", TODAY)
    with pytest.raises(domain.StatusInFutureError):
        domain.confirm_status(alliance=made, on=TODAY + timedelta(days=1), actor=None, today=TODAY)


@pytest.mark.parametrize(
    ("confirmed", "day", "unconfirmed"),
    [
        (date(2025, 11, 22), TODAY, False),
        (date(2025, 11, 21), TODAY, True),
        (date(2023, 2, 28), date(2024, 2, 29), False),
        (date(2023, 2, 27), date(2024, 2, 29), True),
    ],
)
def test_older_than_twelve_months_is_unconfirmed(confirmed, day, unconfirmed):
    made = make_alliance(since=date(2010, 1, 1), confirmed_on=confirmed)
    status = queries.status_on(made, day)
    assert (status.status, status.unconfirmed) == (ACTIVE, unconfirmed)
    wanted = queries.narrowed(Alliance.objects.all(), {"status": "UNCONFIRMED"}, day)
    assert list(wanted) == ([made] if unconfirmed else [])


def test_no_state_before_the_first():
    assert queries.status_on(make_alliance(since=date(2010, 1, 1)), date(2009, 12, 31)) is None


def test_territory_added_ended_and_reopened():
    made, second = make_alliance(), make_district()
    domain.add_territory(alliance=made, territory=second, since=date(2020, 1, 1), actor=None)
    link = AllianceTerritory.objects.get(territory=second)
    before = AllianceTerritory.objects.values().get(pk=link.pk)
    domain.end_territory(link=link, last_day=date(2022, 1, 1), actor=None)
    assert listed.details_of([made.pk], TODAY)[made.pk].places.count(",") == 0
    domain.reopen_territory(link=link, actor=None)
    assert AllianceTerritory.objects.values().get(pk=link.pk) == before


def test_last_territory_stays():
    made = make_alliance()
    with pytest.raises(domain.NoTerritoryError):
        domain.end_territory(link=made.territory_links.get(), last_day=TODAY, actor=None)


def test_same_territory_twice_is_refused():
    district = make_district()
    made = make_alliance(territory=district)
    with pytest.raises(RuleBrokenError):
        domain.add_territory(alliance=made, territory=district, since=None, actor=None)


_days = st.dates(date(2015, 1, 2), date(2020, 12, 31))


class StatesThroughTime(TestCase):
    @given(
        st.lists(st.tuples(st.sampled_from(AllianceStatus), _days), max_size=6),
        st.lists(_days, min_size=1, max_size=5),
    )
    def test_exactly_one_state_a_day_equal_to_a_plain_model(self, changes, days):
        made = make_alliance(since=date(2015, 1, 1))
        model = [(date(2015, 1, 1), ACTIVE)]
        for status, since in changes:
            try:
                with transaction.atomic():
                    _change(made, status, since)
            except DomainError:
                continue
            model.append((since, status))
        for day in days:
            expected = [status for since, status in model if since <= day][-1]
            assert made.status_periods.as_of(day).get().status == expected

    @given(st.lists(st.tuples(st.sampled_from(AllianceStatus), _days), max_size=5))
    def test_undoing_all_changes_is_identity(self, changes):
        made = make_alliance(since=date(2015, 1, 1))
        states = [_periods(made)]
        for status, since in changes:
            try:
                with transaction.atomic():
                    _change(made, status, since)
            except DomainError:
                continue
            states.append(_periods(made))
        while len(states) > 1:
            assert _periods(made) == states.pop()
            domain.undo_status(alliance=made, actor=None)
        assert _periods(made) == states[0]
