"""Members of alliances and working groups, from a day to a day."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.errors import DomainError, EditConflictError
from buendnisnetz.network.domain import memberships as domain
from buendnisnetz.network.domain import organisations, working_groups
from buendnisnetz.network.domain.queries import alliances as queries
from buendnisnetz.network.domain.queries import listed
from buendnisnetz.network.domain.queries import working_groups as group_queries
from buendnisnetz.network.domain.removal import remove_if_unused
from buendnisnetz.network.domain.saving import AlreadyEndedError, NotEndedError
from buendnisnetz.network.enums import Contribution, OrganisationKind
from buendnisnetz.network.models import GroupMembership, Membership, WorkingGroup
from tests.factories.network import (
    TODAY,
    make_alliance,
    make_group,
    make_group_member,
    make_membership,
    make_organisation,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_begin_membership_with_contributions():
    row = make_membership(contributions=[Contribution.ROOMS, Contribution.MONEY], note="jährlich")
    found = Membership.objects.get()
    assert (found.pk, found.contributions, found.note, found.valid_from) == (
        row.pk, ["ROOMS", "MONEY"], "jährlich", date(2015, 1, 1),
    )  # fmt: skip


def test_member_twice_is_refused_and_again_after_the_end():
    row = make_membership()
    with pytest.raises(domain.AlreadyMemberError) as caught:
        make_membership(row.alliance, row.organisation, date(2016, 1, 1))
    assert row.organisation.name in str(caught.value)
    domain.end_membership(membership=row, last_day=date(2017, 12, 31), reason="Umzug", actor=None)
    with pytest.raises(domain.AlreadyMemberError):
        make_membership(row.alliance, row.organisation, None)
    again = make_membership(row.alliance, row.organisation, date(2018, 1, 1))
    assert list(queries.members_on(row.alliance, TODAY)) == [again]


def test_edit_membership_and_conflict():
    row = make_membership()

    def edit(note: str, version: int = 1) -> Membership:
        return domain.edit_membership(
            membership=row, version=version, since=date(2014, 1, 1),
            contributions=[Contribution.STAFF], note=note, actor=None,
        )  # fmt: skip

    changed = edit("neu")
    assert (changed.valid_from, changed.contributions, changed.note) == (
        date(2014, 1, 1), [Contribution.STAFF], "neu",
    )  # fmt: skip
    with pytest.raises(EditConflictError) as caught:
        edit("anders")
    assert [(d.stored, d.typed) for d in caught.value.differences] == [("neu", "anders")]


def test_end_and_reopen_membership_is_identity():
    row = make_membership()
    before = Membership.objects.values().get() | {"version": 0}
    domain.end_membership(membership=row, last_day=date(2017, 12, 31), reason="Umzug", actor=None)
    assert Membership.objects.get().end_reason == "Umzug"
    with pytest.raises(AlreadyEndedError):
        domain.end_membership(membership=row, last_day=TODAY, reason="", actor=None)
    domain.reopen_membership(membership=row, actor=None)
    assert Membership.objects.values().get() | {"version": 0} == before
    with pytest.raises(NotEndedError):
        domain.reopen_membership(membership=row, actor=None)


def test_share_of_business_changes_on_the_right_days():
    alliance = make_alliance()
    company = make_organisation("Werk", kind=OrganisationKind.COMPANY)
    make_membership(alliance, make_organisation("Kita", kind=OrganisationKind.CHILDCARE))
    joined = make_membership(alliance, company, date(2020, 3, 1))
    domain.end_membership(membership=joined, last_day=date(2023, 6, 30), reason="", actor=None)
    shares = [
        queries.balance_on(alliance, day).business_share
        for day in (date(2014, 1, 1), date(2020, 2, 29), date(2020, 3, 1), date(2023, 6, 30), date(2023, 7, 1))
    ]  # fmt: skip
    assert shares == [0.0, 0.0, 0.5, 0.5, 0.0]


def test_balance_counts_by_kind():
    alliance = make_alliance()
    for kind in (
        OrganisationKind.COMPANY,
        OrganisationKind.COMPANY,
        OrganisationKind.CHAMBER,
        OrganisationKind.CHURCH,
    ):
        make_membership(alliance, make_organisation(kind=kind))
    balance = queries.balance_on(alliance, TODAY)
    assert balance.by_kind == [
        (OrganisationKind.COMPANY, 2), (OrganisationKind.CHAMBER, 1), (OrganisationKind.CHURCH, 1),
    ]  # fmt: skip
    assert (balance.total, balance.business, balance.business_share) == (4, 3, 0.75)


def test_ended_organisation_is_no_member_any_more():
    row = make_membership()
    organisations.end_organisation(
        organisation=row.organisation, last_day=date(2020, 6, 30), successor=None, actor=None
    )
    assert list(queries.members_on(row.alliance, date(2020, 6, 30))) == [row]
    assert list(queries.members_on(row.alliance, date(2020, 7, 1))) == []


def test_group_of_the_state_and_of_an_alliance():
    alliance = make_alliance()
    state, own = make_group("Landesgruppe"), make_group("Pflege", alliance=alliance)
    wanted = group_queries.narrowed(WorkingGroup.objects.all(), {"alliance": "STATE"}, TODAY)
    assert list(wanted) == [state]
    wanted = group_queries.narrowed(WorkingGroup.objects.all(), {"alliance": alliance.slug}, TODAY)
    assert list(wanted) == [own]


def test_edit_group_lets_posts_follow():
    group = make_group("Alt")
    post = make_post(group)
    working_groups.edit_group(group=group, version=1, actor=None, name="Neu", topic="Pflege")
    post.refresh_from_db()
    assert (WorkingGroup.objects.get().topic, post.scope_name) == ("Pflege", "Neu")
    with pytest.raises(EditConflictError):
        working_groups.edit_group(group=group, version=1, actor=None, name="Anders")


def test_results_of_an_ended_group_stay_findable():
    group = make_group()
    working_groups.end_group(
        group=group, last_day=date(2020, 1, 1), results="Leitfaden Pflege", actor=None
    )
    assert list(WorkingGroup.objects.search("leitfaden")) == [group]
    assert list(group_queries.narrowed(WorkingGroup.objects.all(), {}, TODAY)) == []
    ended = group_queries.narrowed(WorkingGroup.objects.all(), {"ended": True}, TODAY)
    assert list(ended) == [group]
    row = working_groups.reopen_group(group=group, actor=None)
    assert (row.valid_to, row.results) == (None, "Leitfaden Pflege")


def test_end_group_without_words_keeps_the_results():
    group = make_group(results="Bericht")
    row = working_groups.end_group(group=group, last_day=date(2020, 1, 1), results="", actor=None)
    assert row.results == "Bericht"


def test_group_members_come_and_go():
    group = make_group()
    member = make_group_member(group, since=date(2019, 1, 1))
    before = GroupMembership.objects.values().get()
    with pytest.raises(domain.AlreadyMemberError):
        make_group_member(group, member.organisation)
    working_groups.end_group_member(member=member, last_day=date(2020, 1, 1), actor=None)
    assert group_queries.member_counts([group.pk], TODAY) == {}
    assert group_queries.member_counts([group.pk], date(2020, 1, 1)) == {group.pk: 1}
    working_groups.reopen_group_member(member=member, actor=None)
    assert GroupMembership.objects.values().get() == before
    working_groups.end_group_member(member=member, last_day=date(2020, 1, 1), actor=None)
    again = make_group_member(group, member.organisation, date(2020, 1, 2))
    member.refresh_from_db()
    assert group_queries.members_of(group, make_user(Role.MINISTRY)) == [again, member]


def test_group_just_made_goes_again():
    group = make_group()
    make_group_member(group)
    remove_if_unused(row=group, actor=None)
    assert not WorkingGroup.objects.exists()


_days = st.dates(date(2015, 1, 1), date(2016, 6, 30))


class MembersThroughTime(TestCase):
    @given(
        st.lists(st.tuples(st.integers(0, 2), _days, st.none() | _days), max_size=7),
        st.lists(_days, min_size=1, max_size=5),
    )
    def test_members_on_a_day_equal_a_plain_model(self, wanted, days):
        alliance = make_alliance()
        bodies = [make_organisation() for _number in range(3)]
        model = []
        for number, since, until in wanted:
            try:
                with transaction.atomic():
                    row = make_membership(alliance, bodies[number], since)
                    if until is not None:
                        domain.end_membership(membership=row, last_day=until, reason="", actor=None)
            except DomainError:
                continue
            model.append((bodies[number].pk, since, until or date.max))
        for day in days:
            expected = sorted(pk for pk, since, until in model if since <= day <= until)
            found = [row.organisation_id for row in queries.members_on(alliance, day)]
            assert sorted(found) == expected
            assert len(set(found)) == len(found)
            assert listed.details_of([alliance.pk], day)[alliance.pk].members == len(found)
