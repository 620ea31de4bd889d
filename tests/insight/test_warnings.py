"""What needs attention at an alliance, each sign on and off (S01, S18, S92, S93)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import User
from buendnisnetz.insight.domain.queries.gaps import needs_of
from buendnisnetz.insight.domain.queries.overview import narrowed, overview, reports
from buendnisnetz.insight.domain.requirements import set_state_settings
from buendnisnetz.insight.domain.standards import STANDARDS
from buendnisnetz.insight.enums import AllianceWarning, TopicStatus
from buendnisnetz.insight.rules import View
from buendnisnetz.meetings.enums import MeetingStatus
from buendnisnetz.network.domain.alliances import add_territory, change_status, confirm_status
from buendnisnetz.network.domain.people import link_user
from buendnisnetz.network.domain.terms import end_term
from buendnisnetz.network.enums import AllianceStatus, OrganisationKind
from buendnisnetz.network.models import Alliance
from buendnisnetz.tasks.enums import MailAnswer
from buendnisnetz.tasks.models import Reminder
from tests.factories.insight import join, make_sponsor, make_talk, make_topic, require
from tests.factories.meetings import make_meeting
from tests.factories.network import (
    TODAY,
    make_alliance,
    make_group,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.tasks import make_task
from tests.factories.territories import make_chamber, make_district, make_state

pytestmark = pytest.mark.django_db
ALL = View(everything=True)
LONG_AGO = date(2015, 1, 1)


def row_of(alliance: Alliance, day: date = TODAY, view: View = ALL) -> dict[str, Any]:
    (row,) = overview(view, day, only=[alliance.pk])
    return row


def warns(alliance: Alliance, warning: AllianceWarning, day: date = TODAY) -> bool:
    return warning in row_of(alliance, day)["warnings"]


@pytest.fixture
def silent(db: None) -> Alliance:
    """An alliance of which nothing has been heard for years."""
    return make_alliance(confirmed_on=LONG_AGO)


def months_ago(months: int, days: int = 0) -> date:
    year, month = divmod(TODAY.year * 12 + TODAY.month - 1 - months, 12)
    return date(year, month + 1, TODAY.day) + timedelta(days=days)


class TestAsleep:
    def test_nothing_for_twelve_months(self, silent):
        assert warns(silent, AllianceWarning.ASLEEP)
        assert row_of(silent)["sign_of_life"] == LONG_AGO

    @pytest.mark.parametrize(("days", "asleep"), [(0, False), (-1, True)])
    def test_a_meeting_held_wakes_it_for_twelve_months(self, silent, days, asleep):
        make_meeting(alliance=silent, held_on=months_ago(12, days))
        assert warns(silent, AllianceWarning.ASLEEP) is asleep

    def test_a_meeting_of_one_of_its_groups_too(self, silent):
        make_meeting(working_group=make_group(alliance=silent), held_on=date(2026, 3, 1))
        assert row_of(silent)["sign_of_life"] == date(2026, 3, 1)

    def test_meetings_to_come_or_cancelled_or_of_others_do_not(self, silent):
        make_meeting(alliance=silent, held_on=TODAY, status=MeetingStatus.CANCELLED)
        make_meeting(alliance=silent, held_on=date(2026, 12, 1), status=MeetingStatus.PLANNED)
        make_meeting(alliance=make_alliance(), held_on=TODAY)
        assert warns(silent, AllianceWarning.ASLEEP)

    def test_a_confirmation_of_its_state_does(self, silent):
        confirm_status(alliance=silent, on=date(2026, 1, 5), actor=None, today=TODAY)
        assert row_of(silent)["sign_of_life"] == date(2026, 1, 5)
        assert not warns(silent, AllianceWarning.ASLEEP)

    def test_a_sign_in_of_its_coordination_account_does(self, silent):
        user = make_user(Role.ALLIANCE_COORDINATOR, silent)
        signed_in(user, datetime(2026, 5, 1, 23, 30, tzinfo=UTC))
        assert row_of(silent)["sign_of_life"] == date(2026, 5, 2)
        other = make_user(Role.DISTRICT_PLANNER, make_district())
        signed_in(other, datetime(2026, 6, 1, tzinfo=UTC))
        assert row_of(silent)["sign_of_life"] == date(2026, 5, 2)

    def test_a_sign_in_of_somebody_who_holds_a_post_there_does(self, silent):
        person, user = make_person(), make_user()
        make_term(make_post(silent), person)
        link_user(person=person, user=user, actor=None)
        signed_in(user, datetime(2026, 5, 1, 12, tzinfo=UTC))
        assert row_of(silent)["sign_of_life"] == date(2026, 5, 1)

    def test_an_answer_to_a_reminder_does(self, silent):
        post = make_post(silent)
        reminder = Reminder.objects.create(
            task=make_task(holder=post), post=post, sent_at=datetime(2026, 3, 20, tzinfo=UTC),
            expires_at=datetime(2026, 4, 3, tzinfo=UTC),
        )  # fmt: skip
        assert warns(silent, AllianceWarning.ASLEEP)
        Reminder.objects.filter(pk=reminder.pk).update(
            answered_at=datetime(2026, 4, 2, 8, tzinfo=UTC), answer=MailAnswer.values[0]
        )
        assert row_of(silent)["sign_of_life"] == date(2026, 4, 2)
        assert row_of(silent, date(2026, 4, 1))["sign_of_life"] == LONG_AGO

    def test_the_months_are_the_states_to_set(self, silent):
        make_meeting(alliance=silent, held_on=months_ago(8))
        assert not warns(silent, AllianceWarning.ASLEEP)
        set_state_settings(
            state=make_state(), quiet_months=6, business_percent=20, version=0, actor=None
        )
        assert warns(silent, AllianceWarning.ASLEEP)

    def test_a_young_alliance_is_not_asleep(self):
        young = make_alliance(since=date(2015, 1, 1), confirmed_on=LONG_AGO)
        Alliance.objects.filter(pk=young.pk).update(founded_on=date(2026, 6, 1))
        assert not warns(young, AllianceWarning.ASLEEP)

    def test_one_that_rests_is_not_called_asleep(self, silent):
        change_status(
            alliance=silent, status=AllianceStatus.RESTING, evidence="Beschluss",
            since=date(2020, 1, 1), actor=None, today=date(2020, 1, 1),
        )  # fmt: skip
        assert not warns(silent, AllianceWarning.ASLEEP)
        assert warns(silent, AllianceWarning.UNCONFIRMED)


def signed_in(user: User, at: datetime) -> None:
    User.objects.filter(pk=user.pk).update(last_login=at)


class TestOthers:
    @pytest.mark.parametrize(("days", "open_"), [(0, False), (-1, True)])
    def test_unconfirmed_after_twelve_months(self, days, open_):
        alliance = make_alliance(confirmed_on=months_ago(12, days))
        assert warns(alliance, AllianceWarning.UNCONFIRMED) is open_

    def test_a_contact_is_a_coordinator_in_office(self, silent):
        post = make_post(silent)
        assert warns(silent, AllianceWarning.NO_CONTACT)
        term = make_term(post, valid_from=date(2024, 1, 1))
        assert not warns(silent, AllianceWarning.NO_CONTACT)
        assert warns(silent, AllianceWarning.NO_CONTACT, date(2023, 12, 31))
        end_term(term=term, last_day=date(2026, 1, 1), actor=None)
        assert warns(silent, AllianceWarning.NO_CONTACT)
        assert not warns(silent, AllianceWarning.NO_CONTACT, date(2026, 1, 1))

    def test_a_sponsor_and_then_a_talk(self, silent):
        both = {AllianceWarning.NO_SPONSOR, AllianceWarning.NO_TALK}
        assert both & set(row_of(silent)["warnings"]) == {AllianceWarning.NO_SPONSOR}
        post = make_sponsor(silent)
        assert both & set(row_of(silent)["warnings"]) == {AllianceWarning.NO_TALK}
        make_talk(post, months_ago(12))
        assert both & set(row_of(silent)["warnings"]) == set()
        assert warns(silent, AllianceWarning.NO_TALK, TODAY + timedelta(days=1))

    def test_a_sponsorship_that_nobody_holds_is_none(self, silent):
        make_sponsor(silent, held=False)
        assert warns(silent, AllianceWarning.NO_SPONSOR)

    def test_a_topic_whose_post_is_vacant(self, silent):
        held = make_post(silent)
        term = make_term(held)
        make_topic(silent, responsible=held, status=TopicStatus.ACTIVE)
        make_topic(silent, responsible=make_post(silent, "Leer"))
        assert not warns(silent, AllianceWarning.TOPIC_VACANT)
        end_term(term=term, last_day=date(2026, 10, 1), actor=None)
        assert warns(silent, AllianceWarning.TOPIC_VACANT)
        assert not warns(silent, AllianceWarning.TOPIC_VACANT, date(2026, 10, 1))

    def test_business_below_the_limit_of_the_state(self, silent):
        assert warns(silent, AllianceWarning.FEW_BUSINESS)
        join(silent, OrganisationKind.COMPANY)
        for _number in range(4):
            join(silent, OrganisationKind.CHURCH)
        assert row_of(silent)["business_share"] == 0.2
        assert not warns(silent, AllianceWarning.FEW_BUSINESS)
        join(silent, OrganisationKind.CHURCH)
        assert warns(silent, AllianceWarning.FEW_BUSINESS)
        set_state_settings(
            state=make_state(), quiet_months=12, business_percent=0, version=0, actor=None
        )
        assert not warns(silent, AllianceWarning.FEW_BUSINESS)

    def test_a_states_settings_are_for_its_own_alliances(self, silent):
        there = make_alliance(territory=make_district("09001"), confirmed_on=LONG_AGO)
        set_state_settings(
            state=make_state("09", "Bayern"), quiet_months=12, business_percent=0, version=0,
            actor=None,
        )  # fmt: skip
        assert warns(silent, AllianceWarning.FEW_BUSINESS)
        assert not warns(there, AllianceWarning.FEW_BUSINESS)


class TestTheList:
    def test_only_alliances_that_exist_on_the_day(self):
        old = make_alliance()
        change_status(
            alliance=old, status=AllianceStatus.DISSOLVED, evidence="Brief",
            since=date(2025, 1, 1), actor=None, today=TODAY,
        )  # fmt: skip
        make_alliance(since=date(2026, 1, 1))
        assert overview(ALL, date(2024, 12, 31)).count() == 1
        assert overview(ALL, date(2025, 6, 1)).count() == 0
        assert overview(ALL, TODAY).count() == 1

    def test_it_counts_gaps_and_names_them(self):
        alliance = make_alliance()
        join(alliance, OrganisationKind.CHAMBER)
        row = row_of(alliance)
        assert (row["gaps"], row["kind"], row["members"]) == (5, "DISTRICT", 1)
        assert sorted(row["keys"]) == ["company", "district", "family", "municipality", "seniors"]
        assert len(row["labels"]) == 5

    def test_the_filters(self):
        here = make_district("16061")
        first, second = make_alliance(territory=here), make_alliance(territory=make_district())
        wide = make_alliance(territory=make_district("16063"))
        add_territory(alliance=wide, territory=here, since=date(2020, 1, 1), actor=None)
        join(first, OrganisationKind.COMPANY)
        make_term(make_post(second))

        def found(day: date = TODAY, **values: str) -> set[int]:
            return {row["pk"] for row in narrowed(overview(ALL, day), values)}

        assert found() == {first.pk, second.pk, wide.pk}
        assert found(district="16061") == {first.pk, wide.pk}
        assert found(date(2019, 1, 1), district="16061") == {first.pk}
        assert found(missing="company") == {second.pk, wide.pk}
        assert found(warning="NO_CONTACT") == {first.pk, wide.pk}
        assert found(missing="company", warning="NO_CONTACT") == {wide.pk}
        assert found(only="gaps") == {first.pk, second.pk, wide.pk}
        assert found(missing="nichts") == found(district="99999") == set()

    def test_one_without_gaps_is_left_out_of_those_with_gaps(self):
        alliance = make_alliance()
        for kind in ("COMPANY", "CHAMBER", "MUNICIPALITY", "FAMILY_ORGANISATION", "SENIORS_BODY"):
            join(alliance, OrganisationKind(kind))
        assert narrowed(overview(ALL, TODAY), {"only": "gaps"}).count() == 1
        join(alliance, OrganisationKind.DISTRICT_ADMINISTRATION)
        assert row_of(alliance)["gaps"] == 0
        assert narrowed(overview(ALL, TODAY), {"only": "gaps"}).count() == 0


class TestReports:
    def test_the_row_with_what_is_behind_its_numbers(self):
        second, first = make_alliance("Bündnis Zell"), make_alliance("Bündnis Aue")
        join(first, OrganisationKind.COMPANY)
        found = reports(ALL, TODAY)
        assert [report.row["pk"] for report in found] == [first.pk, second.pk]
        for report in found:
            assert report.needs == needs_of([report.row["pk"]], ALL, TODAY)[report.row["pk"]]
            assert report.row["gaps"] == sum(need.is_gap for need in report.needs)

    def test_an_alliance_of_which_nothing_is_required_has_a_report_all_the_same(self):
        alliance = make_alliance()
        for standard in STANDARDS:
            require(alliance, standard.key, at_least=0, key=standard.key)
        (report,) = reports(ALL, TODAY, only=[alliance.pk])
        assert (report.needs, report.row["gaps"]) == ([], 0)
        assert reports(ALL, TODAY, only=[0]) == []


class TestWhoSeesWhat:
    def test_nobody_sees_anything_without_a_right(self):
        make_alliance()
        assert overview(View(), TODAY).count() == 0

    def test_alliances_and_districts_that_are_theirs(self):
        district = make_district()
        mine, near, far = make_alliance(), make_alliance(territory=district), make_alliance()

        def seen(view: View) -> set[int]:
            return {row["pk"] for row in overview(view, TODAY)}

        assert seen(View(alliances=frozenset({mine.pk}))) == {mine.pk}
        assert seen(View(districts=frozenset({district.pk}))) == {near.pk}
        assert seen(ALL) == {mine.pk, near.pk, far.pk}

    def test_a_chamber_sees_what_it_can_help_with_and_nothing_else(self):
        district = make_district()
        alliance = make_alliance(territory=district, confirmed_on=LONG_AGO)
        make_alliance()
        chamber = make_chamber(district)
        join(alliance, OrganisationKind.CHURCH)
        house = join(make_alliance(), OrganisationKind.CHAMBER)
        house.chamber = chamber
        house.save()
        (row,) = overview(View(chambers_of=frozenset({house.pk})), TODAY)
        assert (row["pk"], sorted(row["keys"])) == (alliance.pk, ["chamber", "company"])
        assert (row["members"], row["business_share"], row["sign_of_life"]) == (None, None, None)
        assert row["warnings"] == []
