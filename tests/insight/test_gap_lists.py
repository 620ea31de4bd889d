"""Lists of the gap report beside that of alliances: districts, ended organisations, posts."""

from datetime import date
from typing import Any

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.domain.organisations import end_organisation
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.models import Territory
from tests.factories.insight import join
from tests.factories.network import (
    make_alliance,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
)
from tests.factories.territories import make_district, make_municipality
from tests.insight.worlds import fill
from tests.network.views.reading import csv_of, rows_of, text_of, xlsx_of

pytestmark = pytest.mark.django_db
COMPANY = OrganisationKind.COMPANY


@pytest.fixture
def district(db: None) -> Territory:
    return make_district("16070", "Ilm-Kreis")


@pytest.fixture
def alliance(district: Territory) -> Alliance:
    return make_alliance("Bündnis Ilmtal", territory=district)


class TestDistricts:
    def test_over_all_alliances_together(self, keeper, district):
        first = make_alliance(territory=district)
        second = make_alliance(territory=make_municipality(district))
        body = join(first, COMPANY)
        make_membership(second, body)
        join(second, OrganisationKind.CHAMBER)
        (row,) = rows_of(keeper.get("/luecken/kreise/"))
        assert row[:5] == ["Ilm-Kreis", "2", "2", "100 %", "4"]
        assert rows_of(keeper.get("/luecken/kreise/?missing=company")) == []
        assert len(rows_of(keeper.get("/luecken/kreise/?missing=family&q=ilm"))) == 1

    def test_exports(self, keeper, district):
        as_csv = csv_of(keeper.get("/luecken/kreise/?format=csv"))
        assert as_csv == xlsx_of(keeper.get("/luecken/kreise/?format=xlsx"))
        assert (as_csv[0][-1], as_csv[1][-1]) == ("Schlüssel (AGS)", "16070")

    def test_one_district(self, keeper, alliance, district):
        join(alliance, COMPANY, until=date(2024, 6, 30))
        text = text_of(keeper.get("/luecken/kreise/16070/"))
        assert "seit 01.07.2024" in text
        assert keeper.get("/luecken/kreise/16999/").status_code == 404

    def test_the_ministry_sees_figures_of_all_and_a_planner_the_own(self, as_role, district):
        other = make_district("16063", "Wartburgkreis")
        ministry, planner = as_role(Role.MINISTRY), as_role(Role.DISTRICT_PLANNER, district)
        assert len(rows_of(ministry.get("/luecken/kreise/"))) == 2
        assert [row[0] for row in rows_of(planner.get("/luecken/kreise/"))] == ["Ilm-Kreis"]
        assert planner.get(f"/luecken/kreise/{other.ags}/").status_code == 404
        assert ministry.get(f"/luecken/kreise/{other.ags}/").status_code == 200

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs(self, keeper, number, django_assert_num_queries):
        for _number in range(number):
            place = make_district()
            fill(make_alliance(territory=place), place)
        Territory.objects.filter(pk=place.pk).update(ags="16888")
        for address, queries in (("/luecken/kreise/", 4), ("/luecken/kreise/16888/", 4)):
            keeper.get(address)
            with django_assert_num_queries(queries):
                keeper.get(address)


class TestSmallLists:
    def test_organisations_that_ended_with_whom_to_call(self, keeper, alliance):
        body = make_organisation("Elterntreff Moosbach")
        make_membership(alliance, body)
        make_term(make_post(body), make_person("Moosbach", "Mina"))
        end_organisation(
            organisation=body, last_day=date(2026, 3, 31), successor=make_organisation("Nachfolge"),
            actor=None,
        )  # fmt: skip
        (row,) = rows_of(keeper.get("/luecken/ende/"))
        assert row == [
            "Elterntreff Moosbach", "31.03.2026", "Nachfolge", "Mina Moosbach", "Bündnis Ilmtal",
        ]  # fmt: skip
        assert rows_of(keeper.get("/luecken/ende/?stand=2026-03-31")) == []
        as_csv = csv_of(keeper.get("/luecken/ende/?format=csv"))
        assert as_csv[1] == row == xlsx_of(keeper.get("/luecken/ende/?format=xlsx"))[1]

    def test_posts_for_planning_and_caring(self, keeper, as_role, district):
        make_term(make_post(district, "Planung", kind=PostKind.SOCIAL_PLANNER, weekly_hours=30))
        make_district("16063", "Wartburgkreis")
        rows = rows_of(keeper.get("/luecken/stellen/"))
        assert [row[:3] for row in rows] == [
            ["Ilm-Kreis", "1 / 1", "30,0"], ["Wartburgkreis", "0 / 0", "–"],
        ]  # fmt: skip
        planner = as_role(Role.DISTRICT_PLANNER, district)
        assert len(rows_of(planner.get("/luecken/stellen/"))) == 1
        assert [row[0] for row in rows_of(keeper.get("/luecken/stellen/?q=wart"))] == [
            "Wartburgkreis"
        ]

    @pytest.mark.parametrize("number", [1, 3])
    @pytest.mark.parametrize(
        ("address", "queries"), [("/luecken/ende/", 5), ("/luecken/stellen/", 4)]
    )
    def test_costs(self, keeper, number, address, queries, django_assert_num_queries: Any):
        for _number in range(number):
            body = make_organisation(territory=make_district())
            make_membership(make_alliance(), body)
            make_term(make_post(body, kind=PostKind.SOCIAL_PLANNER))
            end_organisation(
                organisation=body, last_day=date(2026, 3, 31), successor=None, actor=None
            )
        keeper.get(address)
        with django_assert_num_queries(queries):
            keeper.get(address)
