"""How partners are divided by side and kind over the years (S18)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from buendnisnetz.insight.domain.queries.balance import (
    MOST_YEARS,
    Snapshot,
    of_alliance,
    of_district,
)
from buendnisnetz.insight.presenters.gaps import balance
from buendnisnetz.network.domain.alliances import add_territory, change_status
from buendnisnetz.network.domain.organisations import end_organisation
from buendnisnetz.network.enums import AllianceStatus, OrganisationKind, Sector
from tests.factories.insight import join
from tests.factories.network import TODAY, make_alliance, make_membership
from tests.factories.territories import make_district, make_municipality

pytestmark = pytest.mark.django_db
COMPANY, CHURCH = OrganisationKind.COMPANY, OrganisationKind.CHURCH


def totals(snapshots: list[Snapshot]) -> dict[str, int]:
    return {snapshot.day.isoformat(): snapshot.total for snapshot in snapshots}


class TestAnAlliance:
    def test_the_end_of_each_year_and_the_day_itself(self):
        alliance = make_alliance()
        join(alliance, COMPANY, date(2023, 5, 1))
        join(alliance, CHURCH, date(2024, 12, 31))
        join(alliance, CHURCH, date(2025, 1, 1), date(2025, 12, 30))
        found = of_alliance(alliance.pk, TODAY)
        assert totals(found) == {
            "2023-12-31": 1, "2024-12-31": 2, "2025-12-31": 2, "2026-11-22": 2,
        }  # fmt: skip
        assert found[0].by_kind == {COMPANY: 1}
        assert found[1].by_sector == {Sector.BUSINESS: 1, Sector.SOCIAL: 1}
        assert [round(one.share(Sector.BUSINESS), 2) for one in found] == [1, 0.5, 0.5, 0.5]

    def test_not_further_back_than_twelve_years(self):
        alliance = make_alliance()
        join(alliance, COMPANY, date(1999, 1, 1))
        days = [one.day for one in of_alliance(alliance.pk, TODAY)]
        assert len(days) == MOST_YEARS + 1
        assert days[0] == date(2014, 12, 31)

    def test_nobody_at_all_is_one_empty_day_and_no_chart(self):
        found = of_alliance(make_alliance().pk, TODAY)
        assert totals(found) == {"2026-11-22": 0}
        assert found[0].share(Sector.BUSINESS) == 0
        assert balance(found) is None

    def test_organisations_that_ended_and_other_alliances_do_not_count(self):
        alliance = make_alliance()
        body = join(alliance, COMPANY, date(2024, 1, 1))
        end_organisation(organisation=body, last_day=date(2025, 6, 30), successor=None, actor=None)
        join(make_alliance(), COMPANY)
        assert totals(of_alliance(alliance.pk, TODAY)) == {
            "2024-12-31": 1, "2025-12-31": 0, "2026-11-22": 0,
        }  # fmt: skip

    def test_as_of_a_day_in_the_past_nothing_later_is_known(self):
        alliance = make_alliance()
        join(alliance, COMPANY, date(2020, 1, 1))
        join(alliance, COMPANY, date(2022, 1, 1))
        assert totals(of_alliance(alliance.pk, date(2021, 2, 3))) == {
            "2020-12-31": 1, "2021-02-03": 1,
        }  # fmt: skip


class TestADistrict:
    def test_over_all_its_alliances_and_everybody_once(self):
        district = make_district()
        first = make_alliance(territory=district)
        second = make_alliance(territory=make_municipality(district))
        body = join(first, COMPANY, date(2026, 1, 1))
        make_membership(second, body, date(2026, 2, 1))
        join(second, CHURCH, date(2026, 2, 1))
        join(make_alliance(), CHURCH)
        (found,) = of_district(district.pk, TODAY)
        assert found.by_kind == {COMPANY: 1, CHURCH: 1}

    def test_only_while_an_alliance_exists_and_works_there(self):
        district = make_district()
        alliance = make_alliance()
        join(alliance, COMPANY, date(2015, 1, 1))
        add_territory(alliance=alliance, territory=district, since=date(2023, 7, 1), actor=None)
        change_status(
            alliance=alliance, status=AllianceStatus.DISSOLVED, evidence="Brief",
            since=date(2025, 7, 1), actor=None, today=TODAY,
        )  # fmt: skip
        assert totals(of_district(district.pk, TODAY)) == {
            "2023-12-31": 1, "2024-12-31": 1, "2025-12-31": 0, "2026-11-22": 0,
        }  # fmt: skip


class TestTheTables:
    def test_they_hold_what_the_chart_shows(self):
        alliance = make_alliance()
        join(alliance, COMPANY, date(2025, 1, 1))
        for _number in range(3):
            join(alliance, CHURCH, date(2026, 1, 1))
        shown = balance(of_alliance(alliance.pk, TODAY))
        assert shown is not None
        business, civil = (
            list(Sector).index(Sector.BUSINESS) + 2,
            list(Sector).index(Sector.SOCIAL) + 2,
        )
        assert [row[:2] for row in shown.sectors] == [["31.12.2025", "1"], ["22.11.2026", "4"]]
        assert [row[business] for row in shown.sectors] == ["1 (100 %)", "1 (25 %)"]
        assert [row[civil] for row in shown.sectors] == ["–", "3 (75 %)"]
        assert shown.kinds_header == ["Art", "31.12.2025", "22.11.2026"]
        assert ["Unternehmen", "1", "1"] in shown.kinds
        assert len(shown.kinds) == 2


class RandomMembershipsTest(TestCase):
    @given(
        data=st.lists(
            st.tuples(
                st.sampled_from([COMPANY, CHURCH, OrganisationKind.SCHOOL]),
                st.none() | st.dates(date(2018, 1, 1), date(2026, 12, 31)),
                st.none() | st.integers(0, 1500),
            ),
            max_size=6,
        ),
        day=st.dates(date(2018, 1, 1), date(2027, 1, 1)),
    )
    @settings(max_examples=60, deadline=None)
    def test_every_snapshot_equals_a_slow_count(self, data, day):
        alliance = make_alliance(since=date(2000, 1, 1))
        rows = []
        for kind, since, length in data:
            until = since + timedelta(days=length) if since and length is not None else None
            body = join(alliance, kind, since, until)
            rows.append((body.sector, since or date.min, until or date.max))
        for snapshot in of_alliance(alliance.pk, day):
            expected = [sector for sector, since, until in rows if since <= snapshot.day <= until]
            assert snapshot.total == len(expected)
            for sector in Sector:
                assert snapshot.by_sector.get(sector, 0) == expected.count(sector)
        assert of_alliance(alliance.pk, day)[-1].day == day
