"""Two entries become one, with everything that points to them, and two again (S12, S65)."""

from datetime import date

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import Assignment
from buendnisnetz.audit.history import history_of
from buendnisnetz.meetings.models import Attendance
from buendnisnetz.network.domain import organisations, people
from buendnisnetz.network.domain.erasure import erase_person
from buendnisnetz.network.enums import ConsentKind, OrganisationKind
from buendnisnetz.network.models import (
    Consent,
    GroupMembership,
    Membership,
    MovedAddress,
    Organisation,
    Person,
    Post,
    Term,
)
from buendnisnetz.upkeep.domain import doubles, merges
from buendnisnetz.upkeep.domain.references import references_to
from buendnisnetz.upkeep.models import Double, Merge
from tests.factories.meetings import attend, make_meeting
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
from tests.factories.territories import make_chamber, make_district
from tests.factories.upkeep import NOW, TODAY

pytestmark = pytest.mark.django_db


def merge(kept, gone, *from_gone: str, actor=None) -> Merge:
    call = merges.merge_people if isinstance(kept, Person) else merges.merge_organisations
    done = call(kept=kept, gone=gone, from_gone=from_gone, actor=actor, now=NOW)
    kept.refresh_from_db()
    return done


def undo(done: Merge) -> Merge:
    return merges.undo_merge(merge=done, actor=None, now=NOW)


@pytest.fixture
def kept():
    return make_organisation("Sozialwerk Musterstadt", email="a@example.org")


@pytest.fixture
def gone():
    return make_organisation("Sozialwerk Musterst.", phone="0361 1", short_name="SWM")


class TestOrganisations:
    def test_everything_that_points_to_the_one_points_to_the_other(self, kept, gone):
        post = make_post(gone, "Leitung")
        link = make_membership(organisation=gone)
        alliance = make_alliance(carrier=gone)
        member = make_group_member(make_group(), gone)
        before = make_organisation("Vorgänger")
        organisations.end_organisation(
            organisation=before, last_day=date(2018, 12, 31), successor=gone, actor=None
        )
        attend(make_meeting(), organisation=gone)
        user = make_user(Role.MEMBER, gone)
        done = merge(kept, gone)
        for row in (post, link, member, before, alliance):
            row.refresh_from_db()
        assert (post.organisation, link.organisation, member.organisation) == (kept, kept, kept)
        assert (alliance.carrier, before.successor) == (kept, kept)
        assert Attendance.objects.get().organisation == kept
        assert Assignment.objects.get(user=user).scope_id == kept.pk
        assert not Organisation.objects.filter(pk=gone.pk).exists()
        assert done.moved == 7

    def test_nothing_is_left_that_points_to_the_one_that_went(self, kept, gone):
        make_post(gone)
        make_membership(organisation=gone)
        key = gone.pk
        merge(kept, gone)
        left = [r.model for r in references_to(Organisation) if r.rows(key).exists()]
        assert left == []

    def test_of_each_field_one_says_whose_value_counts(self, kept, gone):
        merge(kept, gone, "phone", "short_name", "name")
        assert (kept.name, kept.phone, kept.short_name, kept.email) == (
            "Sozialwerk Musterst.", "0361 1", "SWM", "a@example.org",
        )  # fmt: skip

    def test_the_other_names_stay_findable(self, kept, gone):
        organisations.add_alias(organisation=gone, name="Sozialwerk alt", actor=None)
        organisations.add_alias(organisation=kept, name="Sozialwerk Musterst.", actor=None)
        merge(kept, gone)
        names = sorted(kept.aliases.values_list("name", flat=True))
        assert names == ["Sozialwerk Musterst.", "Sozialwerk alt"]
        assert sorted(kept.other_names.split("; ")) == names
        assert Organisation.objects.search("Sozialwerk alt").get() == kept

    def test_the_main_name_is_no_other_name(self, kept, gone):
        organisations.add_alias(organisation=gone, name="Sozialwerk Musterstadt", actor=None)
        merge(kept, gone)
        assert kept.other_names == "Sozialwerk Musterst."

    def test_posts_are_found_under_the_name_that_stays(self, kept, gone):
        post = make_post(gone, "Leitung")
        merge(kept, gone)
        post.refresh_from_db()
        assert post.scope_name == "Sozialwerk Musterstadt"
        assert Post.objects.search("Leitung Sozialwerk Musterstadt").get() == post

    def test_the_old_address_leads_on(self, kept, gone):
        merge(kept, gone)
        address = MovedAddress.objects.get()
        assert (address.public_id, address.organisation) == (gone.public_id, kept)

    @pytest.mark.parametrize(
        ("first", "second", "united"),
        [
            ((2010, 2015), (2013, 2018), [(2010, 2018)]),
            ((2010, None), (2005, 2012), [(2005, None)]),
            ((2010, 2012), (2015, 2018), [(2010, 2012), (2015, 2018)]),
            ((None, 2012), (2010, None), [(None, None)]),
        ],
    )
    def test_overlapping_memberships_are_united(self, kept, gone, first, second, united):
        alliance = make_alliance()
        for body, (start, end) in ((kept, first), (gone, second)):
            link = make_membership(alliance, body, since=start and date(start, 1, 1))
            link.valid_to = end and date(end, 12, 31)
            link.save()
        merge(kept, gone)
        links = Membership.objects.filter(organisation=kept).order_by("valid_from")
        found = [
            (link.valid_from and link.valid_from.year, link.valid_to and link.valid_to.year)
            for link in links
        ]
        assert found == united

    def test_a_membership_that_joins_several_of_the_kept_ones_unites_them(self, kept, gone):
        alliance = make_alliance()
        spans = [(kept, 2010, 2012), (kept, 2014, 2016), (gone, 2012, 2015)]
        for body, start, end in spans:
            link = make_membership(alliance, body, since=date(start, 1, 1))
            link.valid_to = date(end, 12, 31)
            link.save()
        done = merge(kept, gone)
        link = Membership.objects.get()
        assert (link.organisation, link.valid_from, link.valid_to) == (
            kept, date(2010, 1, 1), date(2016, 12, 31),
        )  # fmt: skip
        merges.undo_merge(merge=done, actor=None, now=NOW)
        rows = Membership.objects.order_by("valid_from")
        assert [(row.organisation, row.valid_from.year, row.valid_to.year) for row in rows] == [
            (kept, 2010, 2012), (gone, 2012, 2015), (kept, 2014, 2016),
        ]  # fmt: skip

    def test_what_both_brought_in_stays(self, kept, gone):
        alliance = make_alliance()
        make_membership(alliance, kept, contributions=["ROOMS"], note="Saal")
        make_membership(alliance, gone, contributions=["MONEY", "ROOMS"], note="500 Euro")
        merge(kept, gone)
        link = Membership.objects.get()
        assert (link.contributions, link.note) == (["ROOMS", "MONEY"], "Saal; 500 Euro")

    def test_members_of_the_same_group_become_one(self, kept, gone):
        group = make_group()
        make_group_member(group, kept, date(2020, 1, 1))
        make_group_member(group, gone, date(2018, 1, 1))
        merge(kept, gone)
        assert GroupMembership.objects.get().valid_from == date(2018, 1, 1)

    def test_a_user_with_a_role_for_both_has_it_once(self, kept, gone):
        user = make_user(Role.MEMBER, kept)
        Assignment.objects.create(
            user=user, role=Role.MEMBER, scope_kind="ORGANISATION", scope_id=gone.pk,
            valid_from=date(2015, 1, 1),
        )  # fmt: skip
        merge(kept, gone)
        assert Assignment.objects.get(user=user).valid_from == date(2015, 1, 1)

    def test_nothing_follows_itself(self, kept, gone):
        organisations.end_organisation(
            organisation=gone, last_day=date(2020, 12, 31), successor=kept, actor=None
        )
        merge(kept, gone)
        assert (kept.successor, kept.valid_to) == (None, None)

    def test_who_came_after_comes_with_the_last_day(self, kept, gone):
        heir = make_organisation("Erbe")
        organisations.end_organisation(
            organisation=gone, last_day=date(2020, 12, 31), successor=heir, actor=None
        )
        merge(kept, gone, "valid_to")
        assert (kept.valid_to, kept.successor) == (date(2020, 12, 31), heir)

    def test_the_chamber_moves_along_but_two_do_not_fit(self, kept, gone):
        gone.chamber = make_chamber(make_district())
        gone.save()
        done = merge(kept, gone)
        assert kept.chamber is not None
        undo(done)
        gone.refresh_from_db()
        kept.chamber = make_chamber(make_district(), name="Andere")
        kept.save()
        with pytest.raises(merges.TwoChambersError):
            merge(kept, gone)

    def test_what_was_decided_about_pairs_moves_along(self, kept, gone):
        other = make_organisation("Anderes")
        first = doubles.name_pair(one=gone, other=other, actor=None, now=NOW)
        doubles.say_two(double=first, note="verschieden", actor=None, now=NOW)
        doubles.name_pair(one=kept, other=gone, actor=None, now=NOW)
        merge(kept, gone)
        pair = Double.objects.get()
        assert {pair.first_organisation, pair.second_organisation} == {kept, other}
        assert pair.status == "DIFFERENT"

    def test_the_history_of_both_is_there(self, kept, gone):
        key = gone.pk
        merge(kept, gone)
        acts = [entry.action for entry in history_of(kept, Organisation(pk=key))]
        assert acts.count("Organisation angelegt") + acts.count("Organisation hinzugefügt") == 2
        assert "zwei Organisationen zusammengeführt" in acts

    def test_one_entry_is_no_pair(self, kept):
        with pytest.raises(merges.SameEntryError):
            merge(kept, kept)


class TestPeople:
    def test_terms_and_attendances_move(self):
        kept, gone = make_person("Sorgsam", "Ada"), make_person("Sorgsahm", "Ada")
        term = make_term(person=gone)
        meeting = make_meeting()
        attend(meeting, gone)
        done = merge(kept, gone)
        term.refresh_from_db()
        assert term.person == kept
        assert Attendance.objects.get().person == kept
        assert kept.other_names == "Ada Sorgsahm"
        assert done.moved == 2

    def test_a_meeting_that_both_attended_counts_once(self):
        kept, gone = make_person(), make_person()
        meeting = make_meeting()
        attend(meeting, kept)
        attend(meeting, gone, is_chair=True)
        done = merge(kept, gone)
        row = Attendance.objects.get()
        assert (row.person, row.is_chair) == (kept, True)
        undo(done)
        assert Attendance.objects.count() == 2

    def test_overlapping_terms_of_one_post_are_united(self):
        kept, gone = make_person(), make_person()
        post = make_post(is_shared=True)
        make_term(post, kept, date(2015, 1, 1), valid_to=date(2018, 12, 31))
        make_term(post, gone, date(2017, 1, 1))
        merge(kept, gone)
        term = Term.objects.get()
        assert (term.person, term.valid_from, term.valid_to) == (kept, date(2015, 1, 1), None)

    def test_acting_and_regular_are_regular(self):
        kept, gone = make_person(), make_person()
        post = make_post()
        make_term(post, kept, date(2015, 1, 1), is_acting=True)
        make_term(post, gone, date(2017, 1, 1))
        merge(kept, gone)
        term = Term.objects.get()
        assert (term.valid_from, term.is_acting, term.exclusive) == (date(2015, 1, 1), False, True)

    def test_unless_somebody_else_was_regular_in_that_time(self):
        kept, gone = make_person(), make_person()
        post = make_post()
        make_term(post, make_person(), date(2010, 1, 1), valid_to=date(2016, 12, 31))
        make_term(post, kept, date(2015, 1, 1), is_acting=True)
        make_term(post, gone, date(2017, 1, 1))
        done = merge(kept, gone)
        term = Term.objects.get(person=kept)
        assert (term.valid_from, term.is_acting, term.exclusive) == (date(2015, 1, 1), True, False)
        undo(done)
        assert Term.objects.filter(post=post).count() == 3

    def test_a_terms_handover_moves_with_it(self):
        from tests.factories.succession import make_handover, make_office  # noqa: PLC0415

        make_office()
        kept, gone = make_person(), make_person()
        post = make_post(make_alliance(), is_shared=True)
        make_term(post, kept, date(2015, 1, 1))
        handover = make_handover(make_term(post, gone, date(2017, 1, 1)))
        merge(kept, gone)
        handover.refresh_from_db()
        assert handover.term.person == kept

    def test_the_account_moves_but_two_accounts_do_not_fit(self):
        user = make_user()
        kept = make_person()
        gone = people.link_user(person=make_person(), user=user, actor=None)
        done = merge(kept, gone)
        assert kept.user == user
        undo(done)
        gone.refresh_from_db()
        assert gone.user == user
        kept.refresh_from_db()
        people.link_user(person=kept, user=make_user(), actor=None)
        with pytest.raises(merges.TwoAccountsError):
            merge(kept, gone)

    def test_a_name_that_was_removed_does_not_come_back(self):
        kept, gone = make_person(), make_person()
        erase_person(person=gone, actor=None, now=NOW)
        for pair in ((kept, gone), (gone, kept)):
            with pytest.raises(merges.ErasedEntryError):
                merge(*pair)

    def test_of_two_consents_the_older_stays(self):
        kept, gone = make_person(), make_person()
        for person, year in ((kept, 2022), (gone, 2020)):
            people.give_consent(
                person=person, kind=ConsentKind.PUBLIC_NAME, text="ja", evidence="Brief",
                on=date(year, 1, 1), actor=None,
            )  # fmt: skip
        done = merge(kept, gone)
        consent = Consent.objects.get()
        assert (consent.person, consent.given_on) == (kept, date(2020, 1, 1))
        undo(done)
        assert Consent.objects.count() == 2

    def test_what_one_of_them_withdrew_stays_withdrawn(self):
        kept, gone = make_person(), make_person()
        for person, year in ((kept, 2020), (gone, 2021)):
            people.give_consent(
                person=person, kind=ConsentKind.PUBLIC_NAME, text="ja", evidence="Brief",
                on=date(year, 1, 1), actor=None,
            )  # fmt: skip
        people.withdraw_consent(
            person=gone, kind=ConsentKind.PUBLIC_NAME, on=date(2023, 1, 1), actor=None
        )
        merge(kept, gone)
        assert not Person.objects.with_consent(ConsentKind.PUBLIC_NAME).exists()
        assert set(Consent.objects.values_list("withdrawn_on", flat=True)) == {date(2023, 1, 1)}

    def test_a_consent_after_the_withdrawal_counts(self):
        kept, gone = make_person(), make_person()
        people.give_consent(
            person=gone, kind=ConsentKind.PUBLIC_NAME, text="ja", evidence="Brief",
            on=date(2020, 1, 1), actor=None,
        )  # fmt: skip
        people.withdraw_consent(
            person=gone, kind=ConsentKind.PUBLIC_NAME, on=date(2021, 1, 1), actor=None
        )
        people.give_consent(
            person=kept, kind=ConsentKind.PUBLIC_NAME, text="doch", evidence="Brief",
            on=date(2022, 1, 1), actor=None,
        )  # fmt: skip
        merge(kept, gone)
        assert list(Person.objects.with_consent(ConsentKind.PUBLIC_NAME)) == [kept]

    def test_erasing_the_merged_person_forgets_the_one_that_went(self):
        kept, gone = (
            make_person("Sorgsam", "Ada"),
            make_person("Sorgsahm", "Adda", note="Vertraulich"),
        )
        key = gone.pk
        done = merge(kept, gone)
        doubles.name_pair(one=kept, other=make_person(), actor=None, now=NOW)
        erase_person(person=kept, actor=None, now=NOW)
        done.refresh_from_db()
        assert (done.steps, done.gone_name) == ([], "Name entfernt")
        acts = history_of(Person(pk=key))
        said = " ".join(change.after for entry in acts for change in entry.changes)
        assert "Sorgsahm" not in said
        assert "Vertraulich" not in said
        assert not Double.objects.exists()
        with pytest.raises(merges.MergeStateError):
            undo(done)


class TestUndo:
    def test_once(self, kept, gone):
        done = merge(kept, gone)
        undo(done)
        with pytest.raises(merges.MergeStateError):
            undo(done)
        assert not MovedAddress.objects.exists()

    def test_new_things_stay_with_the_kept_entry(self, kept, gone):
        done = merge(kept, gone)
        post = make_post(kept, "Neu")
        undo(done)
        post.refresh_from_db()
        assert post.organisation == kept

    def test_not_once_the_kept_entry_was_edited(self, kept, gone):
        done = merge(kept, gone, "phone")
        organisations.edit_organisation(
            organisation=kept, version=kept.version, phone="999", actor=None
        )
        with pytest.raises(merges.MergeBuiltUponError) as caught:
            undo(done)
        assert "Sozialwerk Musterstadt" in str(caught.value)
        assert not Organisation.objects.filter(name="Sozialwerk Musterst.").exists()

    def test_not_once_something_that_moved_is_gone(self, kept, gone):
        link = make_membership(organisation=gone)
        done = merge(kept, gone)
        Membership.objects.filter(pk=link.pk).delete()
        with pytest.raises(merges.MergeBuiltUponError) as caught:
            undo(done)
        assert "Mitgliedschaft" in str(caught.value)

    def test_not_once_the_kept_entry_went_into_another(self, kept, gone):
        third = make_organisation("Drittes")
        done = merge(kept, gone)
        again = merge(third, kept)
        with pytest.raises(merges.MergeBuiltUponError):
            undo(done)
        # From the last to the first it works.
        undo(again)
        undo(done)
        assert Organisation.objects.count() == 3

    def test_not_once_something_new_stands_in_its_place(self, kept, gone):
        alliance = make_alliance()
        make_membership(alliance, kept, since=date(2010, 1, 1))
        make_membership(alliance, gone, since=date(2012, 1, 1))
        done = merge(kept, gone)
        Organisation.objects.create(
            pk=done.gone_key, name="Neu", kind=OrganisationKind.OTHER, sector="SOCIAL"
        )
        with pytest.raises(merges.MergeBuiltUponError) as caught:
            undo(done)
        assert "steht etwas Neues" in str(caught.value)

    def test_who_merged_stands_in_the_history(self, kept, gone):
        user = make_user(Role.STATE_COORDINATION)
        done = merge(kept, gone, actor=user)
        assert done.merged_by == user
        acts = history_of(kept, Organisation(pk=done.gone_key))
        assert (acts[0].action, acts[0].actor) == (
            "zwei Organisationen zusammengeführt", user.display_name,
        )  # fmt: skip


def test_pairs_are_named_once_whichever_comes_first():
    one, other = make_organisation(), make_organisation()
    first = doubles.name_pair(one=one, other=other, actor=None, now=NOW)
    assert doubles.name_pair(one=other, other=one, actor=None, now=NOW) == first
    assert Double.objects.count() == 1
    assert TODAY.year == first.found_at.year
