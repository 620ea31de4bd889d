"""Which work ties whom, for how long, and what it rests on."""

from datetime import UTC, date, datetime

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight.domain.graph.network import evidence_for
from buendnisnetz.insight.domain.graph.wishes import Period, Projection, Wish
from buendnisnetz.meetings.enums import AttendanceStatus, MeetingStatus
from buendnisnetz.meetings.models import EntryTask
from buendnisnetz.network.domain import memberships, people
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.partnering.enums import IntroductionStatus
from buendnisnetz.tasks.domain import lifecycle
from tests.factories.meetings import attend, make_meeting, say
from tests.factories.network import (
    make_alliance,
    make_group,
    make_group_member,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.partnering import make_introduction
from tests.factories.tasks import make_task
from tests.factories.territories import make_district, make_municipality
from tests.insight.graph.conftest import TWO_YEARS, named_ties, number_of, seen_by

pytestmark = pytest.mark.django_db
MILL, BANK, CHURCH = "Mühle Klapperbach", "Sparkasse Mittelhain", "Pfarramt Mittelhain"


def tied(*names: str) -> frozenset[str]:
    return frozenset(names)


class TestMeetings:
    def test_who_was_present_is_tied_once_for_each_meeting(self, office):
        mill, bank = make_organisation(MILL), make_organisation(BANK)
        for title in ("Erste Runde", "Zweite Runde"):
            meeting = make_meeting(title)
            attend(meeting, organisation=mill)
            attend(meeting, organisation=mill)
            attend(meeting, organisation=bank, status=AttendanceStatus.GUEST)
        assert named_ties(seen_by(office)) == {tied(MILL, BANK): 2}

    @pytest.mark.parametrize("status", [AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT])
    def test_who_did_not_come_is_not(self, office, status):
        meeting = make_meeting()
        attend(meeting, organisation=make_organisation(MILL))
        attend(meeting, organisation=make_organisation(BANK), status=status)
        assert named_ties(seen_by(office)) == {}

    def test_planned_meetings_tie_nobody_yet(self, office):
        meeting = make_meeting(status=MeetingStatus.PLANNED)
        attend(meeting, organisation=make_organisation(MILL))
        attend(meeting, organisation=make_organisation(BANK))
        assert named_ties(seen_by(office)) == {}

    def test_a_double_role_ties_both_bodies(self, office):
        alliance = make_alliance("Bündnis Mittelhain")
        meeting = make_meeting()
        attend(meeting, organisation=make_organisation(MILL), also_for=make_organisation(BANK))
        attend(meeting, alliance=alliance)
        assert named_ties(seen_by(office)) == {
            tied(MILL, BANK): 1,
            tied(MILL, "Bündnis Mittelhain"): 1,
            tied(BANK, "Bündnis Mittelhain"): 1,
        }

    def test_only_meetings_of_the_period_count(self, office):
        meeting = make_meeting(held_on=date(2024, 12, 31))
        attend(meeting, organisation=make_organisation(MILL))
        attend(meeting, organisation=make_organisation(BANK))
        assert named_ties(seen_by(office)) == {}
        earlier = Period(date(2024, 1, 1), date(2024, 12, 31))
        assert named_ties(seen_by(office, period=earlier)) == {tied(MILL, BANK): 1}

    def test_as_of_a_day_the_last_two_years_count(self, office):
        meeting = make_meeting(held_on=date(2024, 6, 1))
        attend(meeting, organisation=make_organisation(MILL))
        attend(meeting, organisation=make_organisation(BANK))
        on, earlier = date(2026, 5, 31), date(2024, 5, 31)
        assert named_ties(seen_by(office, period=Period(earlier, on, on))) == {tied(MILL, BANK): 1}


class TestMemberships:
    def test_a_member_is_tied_to_its_alliance_and_not_to_other_members(self, office):
        alliance = make_alliance("Bündnis Mittelhain")
        make_membership(alliance, make_organisation(MILL))
        make_membership(alliance, make_organisation(BANK))
        assert named_ties(seen_by(office)) == {
            tied(MILL, "Bündnis Mittelhain"): 1,
            tied(BANK, "Bündnis Mittelhain"): 1,
        }

    def test_what_ended_is_there_for_its_time_only(self, office):
        row = make_membership(make_alliance("Bündnis Mittelhain"), make_organisation(MILL))
        memberships.end_membership(
            membership=row, last_day=date(2025, 3, 31), reason="Zu weit", actor=None
        )
        both = {tied(MILL, "Bündnis Mittelhain"): 1}
        year = Period(date(2025, 1, 1), date(2025, 12, 31))
        assert named_ties(seen_by(office, period=year)) == both
        held = Period(date(2023, 4, 1), date(2025, 3, 31), date(2025, 3, 31))
        assert named_ties(seen_by(office, period=held)) == both
        gone = Period(date(2023, 4, 1), date(2025, 4, 1), date(2025, 4, 1))
        assert named_ties(seen_by(office, period=gone)) == {}


class TestGroups:
    def test_members_of_a_group_are_tied(self, office):
        group = make_group("Arbeitskreis Ferien")
        for name in (MILL, BANK, CHURCH):
            make_group_member(group, make_organisation(name))
        assert set(named_ties(seen_by(office))) == {
            tied(MILL, BANK), tied(MILL, CHURCH), tied(BANK, CHURCH),
        }  # fmt: skip

    def test_only_those_who_were_there_at_the_same_time(self, office):
        group = make_group()
        first = make_group_member(group, make_organisation(MILL), since=date(2024, 1, 1))
        first.valid_to = date(2025, 6, 30)
        first.save()
        make_group_member(group, make_organisation(BANK), since=date(2025, 7, 1))
        assert named_ties(seen_by(office)) == {}

    def test_in_the_picture_of_bodies_they_are_tied_to_the_group(self, office):
        group = make_group("Arbeitskreis Ferien")
        make_group_member(group, make_organisation(MILL))
        make_group_member(group, make_organisation(BANK))
        assert named_ties(seen_by(office, projection=Projection.BODIES)) == {
            tied(MILL, "Arbeitskreis Ferien"): 1,
            tied(BANK, "Arbeitskreis Ferien"): 1,
        }

    def test_a_meeting_of_the_group_ties_to_the_group(self, office):
        group = make_group("Arbeitskreis Ferien")
        attend(make_meeting(working_group=group), organisation=make_organisation(MILL))
        found = seen_by(office, projection=Projection.BODIES)
        assert named_ties(found) == {tied(MILL, "Arbeitskreis Ferien"): 1}


class TestTasks:
    def test_holder_and_commenting_body_are_tied(self, office):
        mill, bank = make_organisation(MILL), make_organisation(BANK)
        user, writer = make_user(), make_person()
        people.link_user(person=writer, user=user, actor=None)
        make_term(make_post(bank), writer)
        task = make_task(holder=make_post(mill), opened_on=date(2026, 1, 5))
        now = datetime(2026, 2, 1, 23, 30, tzinfo=UTC)
        lifecycle.comment(task=task, text="Wir helfen.", actor=user, now=now)
        found = seen_by(office)
        assert named_ties(found) == {tied(MILL, BANK): 1}
        # Half past eleven in London is the next day in Erfurt.
        assert (found.ties[0].first_day, found.ties[0].last_day) == (date(2026, 2, 2),) * 2

    def test_tasks_of_one_entry_tie_their_holders(self, office):
        entry = say(make_meeting(), "Mühle und Bank kümmern sich.")
        for name in (MILL, BANK):
            task = make_task(holder=make_post(make_organisation(name)), opened_on=date(2026, 3, 1))
            EntryTask.objects.create(entry=entry, task=task)
        assert named_ties(seen_by(office)) == {tied(MILL, BANK): 1}

    def test_a_post_of_a_group_stands_for_its_alliance(self, office):
        alliance = make_alliance("Bündnis Mittelhain")
        entry = say(make_meeting(), "Beide.")
        scopes = (make_organisation(MILL), make_group(alliance=alliance), make_group("Ohne"))
        for scope in scopes:
            task = make_task(holder=make_post(scope), opened_on=date(2026, 3, 1))
            EntryTask.objects.create(entry=entry, task=task)
        assert named_ties(seen_by(office)) == {tied(MILL, "Bündnis Mittelhain"): 1}


class TestIntroductions:
    @pytest.mark.parametrize("status", IntroductionStatus.values)
    def test_only_if_both_agreed(self, office, status):
        row = make_introduction(make_post(make_organisation(MILL), email="a@post.example"), make_post(make_organisation(BANK), email="b@post.example"))  # fmt: skip
        row.status = status
        row.closed_on = None if status in {"SENT", "ONE_AGREED"} else row.sent_on
        row.save()
        expected = {tied(MILL, BANK): 1} if status == "AGREED" else {}
        assert named_ties(seen_by(office)) == expected


class TestFilters:
    def test_kinds_of_tie_add_up(self, office):
        mill, bank = make_organisation(MILL), make_organisation(BANK)
        group, meeting = make_group(), make_meeting()
        for body in (mill, bank):
            make_group_member(group, body)
            attend(meeting, organisation=body)
        assert named_ties(seen_by(office)) == {tied(MILL, BANK): 2}
        for kind in ("group", "meeting"):
            assert named_ties(seen_by(office, kinds=(kind,))) == {tied(MILL, BANK): 1}
        assert named_ties(seen_by(office, kinds=("task", "membership"))) == {}

    def test_by_side_and_by_territory(self, office):
        here, there = make_district("16070", "Ilm-Kreis"), make_district("16063", "Wartburgkreis")
        town = make_municipality(here, "Plaue", ags="16070043")
        alliance = make_alliance("Bündnis Plaue", town)
        make_alliance("Bündnis Vacha", there)
        make_organisation(MILL, kind=OrganisationKind.COMPANY, territory=town)
        make_organisation(CHURCH, territory=town)
        make_organisation(BANK, kind=OrganisationKind.COMPANY, territory=there)
        names = {node.name for node in seen_by(office, territory="16070").nodes}
        assert names == {MILL, CHURCH, alliance.name}
        names = {node.name for node in seen_by(office, sector="BUSINESS").nodes}
        assert names == {MILL, BANK, alliance.name, "Bündnis Vacha"}

    def test_a_tie_to_somebody_who_is_left_out_is_left_out_too(self, office):
        group = make_group()
        for name, kind in ((MILL, "COMPANY"), (BANK, "COMPANY"), (CHURCH, "CHURCH")):
            make_group_member(group, make_organisation(name, kind=OrganisationKind(kind)))
        assert named_ties(seen_by(office, sector="BUSINESS")) == {tied(MILL, BANK): 1}


class TestEvidence:
    def test_the_names_of_what_ties_two_bodies(self, office):
        mill, bank = make_organisation(MILL), make_organisation(BANK)
        group, meeting = make_group("Arbeitskreis Ferien"), make_meeting("Herbstrunde")
        for body in (mill, bank):
            make_group_member(group, body, since=date(2020, 1, 1))
            attend(meeting, organisation=body)
        pair = (number_of(mill), number_of(bank))
        network = seen_by(office)
        one, other = (network.places[number] for number in sorted(pair))
        (tie,) = [tie for tie in network.ties if (tie.a, tie.b) == (one, other)]
        asked = [(min(pair), max(pair), tie.rests_on)]
        names = [
            ("Herbstrunde", "meetings:meeting_detail"),
            ("Arbeitskreis Ferien", "network:group_detail"),
        ]
        for most in (1, 2, 3):
            proof = evidence_for(office, Wish(TWO_YEARS), asked, most)[min(pair), max(pair)]
            assert [(one.title, one.route) for one in proof.newest] == names[:most]
            assert proof.number == 2

    def test_nothing_asked_nothing_answered(self, office, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert evidence_for(office, Wish(TWO_YEARS), [], 3) == {}


class TestRights:
    def test_the_ministry_sees_no_ties_from_an_alliances_own_meetings(self):
        alliance = make_alliance("Bündnis Mittelhain")
        inner, of_state = make_meeting(alliance=alliance), make_meeting()
        mill, bank, church = (make_organisation(name) for name in (MILL, BANK, CHURCH))
        for body in (mill, bank):
            attend(inner, organisation=body)
        for body in (bank, church):
            attend(of_state, organisation=body)
        found = seen_by(make_user(Role.MINISTRY))
        assert named_ties(found) == {tied(BANK, CHURCH): 1}

    def test_a_coordinator_sees_two_steps_around_the_own_alliance(self):
        own, other = make_alliance("Bündnis Eigen"), make_alliance("Bündnis Fremd")
        mill, bank, church = (make_organisation(name) for name in (MILL, BANK, CHURCH))
        make_membership(own, mill)
        make_membership(other, mill)
        make_membership(other, bank)
        group = make_group()
        make_group_member(group, bank)
        make_group_member(group, church)
        found = seen_by(make_user(Role.ALLIANCE_COORDINATOR, own))
        assert named_ties(found) == {tied("Bündnis Eigen", MILL): 1, tied("Bündnis Fremd", MILL): 1}
        assert {node.name for node in found.nodes} == {"Bündnis Eigen", MILL, "Bündnis Fremd"}

    def test_whoever_has_no_alliance_sees_nothing(self):
        make_membership(make_alliance(), make_organisation())
        assert seen_by(make_user(Role.MEMBER, make_organisation())).nodes == []

    def test_two_queries_whatever_there_is(self, office, django_assert_num_queries):
        for _number in range(2):
            meeting = make_meeting()
            for _body in range(3):
                attend(meeting, organisation=make_organisation())
            seen_by(office)
            with django_assert_num_queries(2):
                seen_by(office)
