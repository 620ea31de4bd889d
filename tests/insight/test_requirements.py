"""Saying which partners an alliance ought to have (S13, S70)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.insight.domain import requirements
from buendnisnetz.insight.domain.queries.requirements import (
    requirement_choices,
    rules_of_alliance,
    rules_of_state,
    settings_of,
    state_of,
    states,
)
from buendnisnetz.insight.domain.requirements import (
    LabelMissingError,
    LaterRequirementError,
    RequirementValues,
)
from buendnisnetz.insight.domain.standards import STANDARDS
from buendnisnetz.insight.enums import AllianceKind
from buendnisnetz.insight.models import Requirement, StateSettings
from buendnisnetz.network.domain.alliances import add_territory
from buendnisnetz.network.domain.saving import (
    AlreadyEndedError,
    EndBeforeBeginningError,
    NotEndedError,
    RuleBrokenError,
)
from buendnisnetz.network.enums import OrganisationKind
from tests.factories.insight import require
from tests.factories.network import TODAY, make_alliance, make_user
from tests.factories.territories import make_district, make_state

pytestmark = pytest.mark.django_db
COMPANIES = (OrganisationKind.COMPANY,)


def rows_of(key: str) -> list[tuple[str, int, date | None, date | None]]:
    columns = ("label", "at_least", "valid_from", "valid_to")
    return list(Requirement.objects.filter(key=key).order_by("valid_from").values_list(*columns))


class TestSetting:
    def test_a_new_requirement_gets_a_key_of_its_own_from_its_name(self):
        state = make_state()
        first = require(state, "Schule & Hort", OrganisationKind.SCHOOL)
        second = require(state, "Schule und Hort", OrganisationKind.SCHOOL)
        third = require(make_alliance(), "Schule und Hort", OrganisationKind.SCHOOL)
        assert first.key == "own-schule-hort"
        assert (second.key, third.key) == ("own-schule-und-hort", "own-schule-und-hort-2")

    def test_a_long_or_strange_name_gets_a_key_all_the_same(self):
        state = make_state()
        assert require(state, "§ ¶").key == "own-x"
        long = require(state, "Grund- und Gemeinschaftsschulen " * 2)
        assert len(long.key) <= 40

    def test_it_says_who_wrote_it_and_keeps_the_words_trimmed(self):
        user = make_user()
        values = RequirementValues(label="  Betrieb ", kinds=COMPANIES, at_least=2)
        row = requirements.set_requirement(
            scope=make_state(), values=values, since=TODAY, actor=user, key="company"
        )
        assert (row.label, row.kinds, row.at_least) == ("Betrieb", ["COMPANY"], 2)
        (entry,) = history_of(row)
        assert (entry.action, entry.actor) == ("Zusammensetzung geändert", user.display_name)

    def test_from_a_day_on_it_takes_the_place_of_what_held_before(self):
        state = make_state()
        require(state, "Betriebe", at_least=2, key="company", since=date(2020, 1, 1))
        require(state, "Unternehmen", at_least=3, key="company", since=date(2024, 7, 1))
        assert rows_of("company") == [
            ("Betriebe", 2, date(2020, 1, 1), date(2024, 6, 30)),
            ("Unternehmen", 3, date(2024, 7, 1), None),
        ]

    def test_the_same_day_again_changes_the_row_of_that_day(self):
        state = make_state()
        require(state, "Betriebe", at_least=2, key="company", since=TODAY)
        again = require(state, "Betriebe", at_least=5, key="company", since=TODAY)
        assert rows_of("company") == [("Betriebe", 5, TODAY, None)]
        assert again.version == 2

    def test_the_same_day_again_takes_back_an_end_too(self):
        row = require(make_state(), "Betriebe", key="company", since=date(2024, 1, 1))
        requirements.end_requirement(requirement=row, last_day=TODAY, actor=None)
        require(make_state(), "Betriebe", key="company", since=date(2024, 1, 1))
        assert rows_of("company") == [("Betriebe", 1, date(2024, 1, 1), None)]

    def test_an_earlier_day_than_what_is_set_is_refused(self):
        state = make_state()
        require(state, "Betriebe", key="company", since=date(2024, 7, 1))
        with pytest.raises(LaterRequirementError, match=r"01\.07\.2024"):
            require(state, "Betriebe", at_least=9, key="company", since=date(2023, 1, 1))
        assert rows_of("company") == [("Betriebe", 1, date(2024, 7, 1), None)]

    def test_it_needs_a_name_and_a_kind(self):
        state = make_state()
        with pytest.raises(LabelMissingError):
            require(state, "   ")
        empty = RequirementValues(label="Nichts", kinds=())
        with pytest.raises(RuleBrokenError, match="Art"):
            requirements.set_requirement(scope=state, values=empty, since=TODAY, actor=None)
        assert not Requirement.objects.exists()

    def test_for_which_alliances_is_the_states_to_say(self):
        town = (AllianceKind.TOWN,)
        of_state = require(make_state(), "Stadtrat", for_kinds=town)
        own = require(make_alliance(), "Ortsrat", for_kinds=town)
        assert (of_state.alliance_kinds, own.alliance_kinds) == (["TOWN"], [])

    def test_the_database_knows_one_row_per_day_and_owner(self):
        require(make_state(), "Betriebe", key="company", since=date(2024, 1, 1))
        twin = Requirement(state=make_state(), key="company", label="x", kinds=["COMPANY"])
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()
        nobody = Requirement(key="company", label="x", kinds=["COMPANY"])
        with pytest.raises(IntegrityError), transaction.atomic():
            nobody.save()


class TestEnding:
    def test_afterwards_what_stands_below_holds_again(self):
        state = make_state()
        row = require(state, "Betriebe", at_least=4, key="company", since=date(2024, 1, 1))
        requirements.end_requirement(requirement=row, last_day=date(2025, 6, 30), actor=None)
        wanted = [
            next(rule.at_least for rule in rules_of_state(state, day) if rule.key == "company")
            for day in (date(2023, 12, 31), date(2025, 6, 30), date(2025, 7, 1))
        ]
        assert wanted == [1, 4, 1]

    def test_twice_or_before_its_beginning_is_refused(self):
        row = require(make_state(), "Betriebe", since=date(2024, 1, 1))
        with pytest.raises(EndBeforeBeginningError):
            requirements.end_requirement(requirement=row, last_day=date(2023, 1, 1), actor=None)
        requirements.end_requirement(requirement=row, last_day=TODAY, actor=None)
        with pytest.raises(AlreadyEndedError):
            requirements.end_requirement(requirement=row, last_day=TODAY, actor=None)

    def test_it_can_be_taken_back(self):
        row = require(make_state(), "Betriebe", key="company")
        with pytest.raises(NotEndedError):
            requirements.reopen_requirement(requirement=row, actor=None)
        requirements.end_requirement(requirement=row, last_day=TODAY, actor=None)
        requirements.reopen_requirement(requirement=row, actor=None)
        assert rows_of("company")[0][3] is None
        actions = [entry.action for entry in history_of(row)]
        assert sorted(actions) == [
            "Anforderung beendet",
            "Ende einer Anforderung zurückgenommen",
            "Zusammensetzung geändert",
        ]

    def test_not_over_a_row_that_came_afterwards(self):
        state = make_state()
        row = require(state, "Betriebe", key="company", since=date(2020, 1, 1))
        require(state, "Betriebe", at_least=2, key="company", since=date(2024, 1, 1))
        with pytest.raises(RuleBrokenError):
            requirements.reopen_requirement(requirement=row, actor=None)


class TestSettings:
    def test_without_a_row_the_programs_own_figures_hold(self):
        found = settings_of(make_state())
        assert (found.pk, found.quiet_months, found.business_percent) == (None, 12, 20)

    def test_first_they_are_made_and_then_changed(self):
        state, user = make_state(), make_user()
        values = {"state": state, "quiet_months": 9, "actor": user}
        first = requirements.set_state_settings(version=0, business_percent=25, **values)
        requirements.set_state_settings(version=first.version, business_percent=30, **values)
        found = settings_of(state)
        assert (found.quiet_months, found.business_percent, found.version) == (9, 30, 2)
        assert StateSettings.objects.count() == 1

    def test_two_who_write_at_once_are_told(self):
        state = make_state()
        values = {"state": state, "business_percent": 20, "actor": None}
        requirements.set_state_settings(quiet_months=9, version=0, **values)
        requirements.set_state_settings(quiet_months=10, version=1, **values)
        with pytest.raises(EditConflictError):
            requirements.set_state_settings(quiet_months=11, version=1, **values)
        assert settings_of(state).quiet_months == 10

    @pytest.mark.parametrize(("months", "percent"), [(0, 20), (61, 20), (12, 101)])
    def test_outside_their_limits_is_refused(self, months, percent):
        with pytest.raises(RuleBrokenError, match="1 bis 60"):
            requirements.set_state_settings(
                state=make_state(), quiet_months=months, business_percent=percent, version=0,
                actor=None,
            )  # fmt: skip


class TestReading:
    def test_a_states_rules_are_the_programs_with_its_own_in_their_place(self):
        state = make_state()
        require(state, "Firmen", at_least=2, key="company")
        require(state, "Kirche", OrganisationKind.CHURCH)
        rules = rules_of_state(state, TODAY)
        assert [rule.key for rule in rules] == [s.key for s in STANDARDS] + ["own-kirche"]
        assert (rules[0].label, rules[0].at_least, rules[0].row is None) == ("Firmen", 2, False)
        assert rules[1].row is None

    def test_an_alliances_own_stand_above_its_states(self):
        state, alliance = make_state(), make_alliance()
        require(state, "Firmen", at_least=2, key="company", for_kinds=(AllianceKind.DISTRICT,))
        require(alliance, "Firmen", at_least=0, key="company")
        found = {rule.key: rule for rule in rules_of_alliance(alliance, state, TODAY)}
        assert (found["company"].at_least, found["company"].alliance_kinds) == (0, ())
        without = {rule.key: rule for rule in rules_of_alliance(alliance, None, TODAY)}
        assert without.keys() == found.keys()

    def test_filters_name_whatever_is_required_somewhere(self):
        require(make_state(), "Kirche", OrganisationKind.CHURCH)
        require(make_state(), "Nie", at_least=0)
        require(make_state(), "Später", since=date(2030, 1, 1))
        keys = [key for key, _label in requirement_choices(TODAY)]
        assert keys == [*(standard.key for standard in STANDARDS), "own-kirche"]

    def test_the_state_is_that_of_the_first_territory(self):
        here, there = make_state("16"), make_state("09", "Bayern")
        alliance = make_alliance(territory=make_district("16061"))
        assert state_of(alliance, TODAY) == here
        add_territory(
            alliance=alliance, territory=make_district("09001"), since=date(2025, 1, 1), actor=None
        )
        assert state_of(alliance, date(2024, 12, 31)) == here
        assert state_of(alliance, TODAY) == there
        assert state_of(make_alliance(since=date(2025, 1, 1)), date(1949, 1, 1)) in {None, here}

    def test_states_are_those_with_districts(self):
        make_state("01", "Schleswig-Holstein")
        make_district("16061")
        make_district("16062")
        assert [state.ags for state in states()] == ["16"]


class RandomDaysTest(TestCase):
    @given(
        days=st.lists(st.dates(date(2020, 1, 1), date(2020, 3, 1)), min_size=1, max_size=8).map(
            sorted
        ),
        asked=st.dates(date(2019, 12, 1), date(2020, 4, 1)),
    )
    @settings(max_examples=60, deadline=None)
    def test_whatever_is_set_when_each_day_has_one_answer(self, days, asked):
        """The last one that was set on the day or before it, the last word of the same day."""
        state = make_state()
        for number, day in enumerate(days, start=2):
            require(state, "Betriebe", at_least=number, key="company", since=day)
        expected = [number for number, day in enumerate(days, start=2) if day <= asked]
        rules = {rule.key: rule for rule in rules_of_state(state, asked)}
        assert rules["company"].at_least == (expected[-1] if expected else 1)
