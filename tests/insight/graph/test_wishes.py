"""What was asked for, and how far somebody sees."""

from datetime import date

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight.domain.graph.wishes import Period, Projection, reach_of
from buendnisnetz.insight.forms.graph import FIRST_YEAR, GraphForm, NodeFilter, WayForm, wish_of
from buendnisnetz.network.domain import ties
from buendnisnetz.network.models import Alliance
from tests.factories.network import make_alliance, make_organisation, make_user

DAY = date(2026, 11, 22)


def period_of(**values: object) -> Period:
    return wish_of(dict(values), DAY).period


class TestPeriods:
    def test_without_a_question_last_year_and_this_one_until_today(self):
        assert period_of() == Period(date(2025, 1, 1), DAY)

    def test_whole_years_that_are_over(self):
        assert period_of(von="2019", bis="2021") == Period(date(2019, 1, 1), date(2021, 12, 31))

    def test_the_wrong_way_round(self):
        assert period_of(von="2021", bis="2019") == period_of(von="2019", bis="2021")

    def test_a_beginning_alone_reaches_until_today(self):
        assert period_of(von="2015") == Period(date(2015, 1, 1), DAY)

    @pytest.mark.parametrize(
        ("day", "first"),
        [
            (date(2024, 6, 30), date(2022, 7, 1)),
            (date(2024, 2, 29), date(2022, 3, 2)),
            (date(2023, 12, 31), date(2022, 1, 1)),
        ],
    )
    def test_as_of_a_day_the_two_years_before_it(self, day, first):
        assert period_of(stand=day, von="2010") == Period(first, day, day)


@pytest.mark.django_db
class TestForms:
    def test_years_go_back_to_the_first_alliances(self):
        years = [value for value, _label in GraphForm({}, day=DAY).fields["von"].choices]
        assert (years[1], years[-1]) == ("2026", str(FIRST_YEAR))

    def test_every_kind_of_tie_can_be_chosen(self):
        kinds = [value for value, _label in GraphForm({}, day=DAY).fields["art"].choices]
        assert kinds == ["", "membership", "meeting", "task", "group", "introduction"]

    def test_a_filter_becomes_a_wish(self):
        form = NodeFilter({"art": "task", "bild": "BODIES", "seite": "BUSINESS"}, day=DAY)
        assert form.is_valid()
        wish = wish_of(form.cleaned_data, DAY)
        assert (wish.kinds, wish.projection) == (("task",), Projection.BODIES)
        assert (wish.sector, wish.territory) == ("BUSINESS", "")

    def test_the_two_names_come_first_and_there_is_no_search_box(self):
        assert list(WayForm({}, day=DAY).fields)[:2] == ["a", "b"]
        assert "q" not in GraphForm({}, day=DAY).fields


@pytest.mark.django_db
class TestReach:
    @pytest.mark.parametrize("role", [Role.STATE_COORDINATION, Role.ADMINISTRATOR, Role.MINISTRY])
    def test_the_whole_state(self, role):
        assert reach_of(make_user(role)).everything

    def test_own_alliances(self):
        alliance = make_alliance()
        reach = reach_of(make_user(Role.ALLIANCE_COORDINATOR, alliance))
        assert (reach.everything, reach.alliances) == (False, frozenset({alliance.pk}))

    def test_others_nothing(self):
        reach = reach_of(make_user(Role.MEMBER, make_organisation()))
        assert (reach.everything, reach.alliances) == (False, frozenset())

    def test_two_users_never_share_a_reach(self):
        one, other = make_user(Role.STATE_COORDINATION), make_user(Role.STATE_COORDINATION)
        assert reach_of(one) != reach_of(other)


@pytest.mark.django_db
class TestTheRegistry:
    def test_of_nothing_no_key_is_selected(self):
        found = ties.keys_of(Alliance.objects.none(), "x")
        assert (found.sql, dict(found.params)) == ("SELECT NULL::bigint WHERE false", {})

    def test_parameters_have_names_of_their_own(self):
        rows = Alliance.objects.filter(name="Bündnis 100 %", is_public=True)
        found = ties.keys_of(rows, "tie_a")
        assert "%(tie_a_0)s" in found.sql
        assert found.params["tie_a_0"] == "Bündnis 100 %"

    def test_a_kind_has_the_label_of_its_first_source(self):
        assert [source.code for source in ties.sources()] == [
            "network.membership", "meetings.meeting", "tasks.task", "meetings.entry",
            "network.group", "partnering.introduction",
        ]  # fmt: skip
        assert str(ties.kinds()["task"]) == "Aufgabe"
