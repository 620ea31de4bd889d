"""What members lend, what is looked for, what fits, and using it (S22, S100)."""

from datetime import date, timedelta

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.network.domain.saving import (
    AlreadyEndedError,
    EndBeforeBeginningError,
    RuleBrokenError,
)
from buendnisnetz.partnering.domain import bookings, introductions, resources
from buendnisnetz.partnering.domain.queries import resources as queries
from buendnisnetz.partnering.enums import IntroductionStatus
from buendnisnetz.partnering.models import Booking, Introduction, Resource, ResourceWish
from tests.factories.network import (
    make_alliance,
    make_group,
    make_membership,
    make_organisation,
    make_post,
    make_user,
)
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_booking,
    make_contact,
    make_resource,
    make_wish,
)
from tests.factories.territories import make_district, make_municipality, make_neighbours

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 3)


class TestResources:
    def test_it_is_where_its_organisation_is(self):
        place = make_district()
        body = make_organisation(territory=place)
        other = make_district()
        assert make_resource(body).territory == place
        assert make_resource(body, territory=other).territory == other

    def test_there_is_at_least_one(self):
        with pytest.raises(RuleBrokenError, match="mindestens eins"):
            make_resource(amount=0)

    def test_the_second_of_two_is_told(self):
        made = make_resource()
        resources.edit_resource(resource=made, version=1, actor=None, title="Neu")
        with pytest.raises(EditConflictError):
            resources.edit_resource(resource=made, version=1, actor=None, title="Anders")

    def test_it_never_shrinks_below_what_is_booked(self):
        made = make_resource(amount=10)
        make_booking(made, amount=6)
        with pytest.raises(bookings.TooMuchError):
            resources.edit_resource(resource=made, version=1, actor=None, amount=5)
        assert resources.edit_resource(resource=made, version=1, actor=None, amount=6).amount == 6

    def test_it_ends_and_comes_back(self):
        made = make_resource()
        assert resources.end_resource(resource=made, last_day=TODAY, actor=None).valid_to == TODAY
        with pytest.raises(AlreadyEndedError):
            resources.end_resource(resource=made, last_day=TODAY, actor=None)
        assert resources.reopen_resource(resource=made, actor=None).valid_to is None


class TestWishes:
    def test_of_an_alliance_or_a_group_never_of_both(self):
        alliance, group = make_alliance(), make_group()
        make_wish(alliance)
        make_wish(working_group=group)
        with pytest.raises(RuleBrokenError, match="Bündnis oder eine Arbeitsgruppe"):
            make_wish(alliance, group)

    def test_it_closes_with_a_result_and_comes_back(self):
        made = make_wish()
        row = resources.close_wish(wish=made, result=" Gefunden. ", actor=None, today=TODAY)
        assert (row.closed_on, row.result) == (TODAY, "Gefunden.")
        with pytest.raises(resources.ClosedWishError):
            resources.close_wish(wish=made, result="", actor=None, today=TODAY)
        back = resources.reopen_wish(wish=made, actor=None)
        assert (back.closed_on, back.result) == (None, "")

    def test_the_second_of_two_is_told(self):
        made = make_wish()
        resources.edit_wish(wish=made, version=1, actor=None, title="Neu")
        with pytest.raises(EditConflictError):
            resources.edit_wish(wish=made, version=1, actor=None, title="Anders")


class TestMatches:
    @pytest.fixture
    def district(self):
        return make_district("16070")

    @pytest.fixture
    def place(self, district):
        return make_municipality(district, ags="16070001")

    @pytest.fixture
    def wish(self, place):
        return make_wish(territory=place, amount=5, valid_from=FIRST, valid_to=LAST)

    def titles(self, wish) -> list[str]:
        return [match.title for match in queries.matches_for(wish, TODAY)]

    def test_the_same_place_then_the_district_then_nearby(self, wish, place, district):
        near, far = make_district("16067"), make_district("16077")
        make_neighbours(district, near)
        for title, where in (
            ("Fern", far), ("Nah", make_municipality(near)), ("Kreis", make_municipality(district, ags="16070002")),
            ("Hier", place), ("Kreisstadt", district),
        ):  # fmt: skip
            make_resource(title=title, territory=where)
        assert self.titles(wish) == ["Hier", "Kreis", "Kreisstadt", "Nah", "Fern"]
        reasons = {row.title: row.reasons[0] for row in queries.matches_for(wish, TODAY)}
        assert reasons == {
            "Hier": "Im selben Ort.", "Kreis": "Im selben Kreis.", "Kreisstadt": "Im selben Kreis.",
            "Nah": "In einem Nachbarkreis.", "Fern": "Weiter weg.",
        }  # fmt: skip

    def test_what_is_near_comes_before_much_that_is_farther_away(self, wish, place):
        far = make_district("16077")
        for number in range(queries.MOST_MATCHES + 1):
            make_resource(title=f"Fern {number:02}", territory=far, amount=100 + number)
        make_resource(title="Hier", territory=place, amount=1)
        make_resource(title="Ohne Ort", territory=None, amount=1_000)
        found = self.titles(wish)
        # The place is the nearest; then whatever there is most of.
        assert found[:3] == ["Hier", "Ohne Ort", "Fern 20"]
        assert len(found) == queries.MOST_MATCHES

    def test_only_the_same_kind(self, wish, place):
        make_resource(title="Raum", territory=place)
        make_resource(title="Geld", territory=place, kind="MONEY")
        assert self.titles(wish) == ["Raum"]

    def test_only_what_is_offered_then(self, wish):
        make_resource(title="Immer")
        make_resource(title="Vorher", valid_to=date(2026, 11, 30))
        make_resource(title="Nachher", valid_from=date(2026, 12, 4))
        make_resource(title="Genau", valid_from=LAST)
        assert sorted(self.titles(wish)) == ["Genau", "Immer"]

    def test_enough_comes_before_too_little_at_the_same_place(self, wish, place):
        make_resource(title="Wenig", territory=place, amount=3)
        make_resource(title="Genug", territory=place, amount=5)
        found = queries.matches_for(wish, TODAY)
        assert [(row.title, row.enough, row.free) for row in found] == [
            ("Genug", True, 5), ("Wenig", False, 3),
        ]  # fmt: skip
        assert "Nur 3 von 5 sind frei." in found[1].reasons

    def test_what_is_booked_is_not_free(self, wish, place):
        made = make_resource(title="Raum", territory=place, amount=8)
        make_booking(made, amount=6, first_day=LAST, last_day=date(2027, 1, 1))
        make_booking(made, amount=1, first_day=date(2027, 2, 1), last_day=date(2027, 2, 1))
        (match,) = queries.matches_for(wish, TODAY)
        assert (match.free, match.enough) == (2, False)

    def test_another_unit_is_named(self, wish, place):
        make_resource(title="Halle", territory=place, unit="Hallen", conditions="Nur sonntags.")
        (match,) = queries.matches_for(wish, TODAY)
        assert match.enough is False
        assert "In anderer Einheit gezählt: Hallen." in match.reasons
        assert "Bedingungen: Nur sonntags." in match.reasons

    def test_a_wish_for_a_whole_state_has_no_district(self, district):
        wish = make_wish(territory=district.parent)
        make_resource(title="Raum", territory=district)
        assert self.titles(wish) == ["Raum"]

    def test_a_wish_of_the_past_asks_from_today(self, district):
        wish = make_wish(territory=district, valid_from=date(2020, 1, 1), valid_to=date(2020, 2, 1))
        make_resource(title="Vorbei", valid_to=date(2020, 3, 1))
        make_resource(title="Jetzt")
        assert self.titles(wish) == ["Jetzt"]


class TestBooking:
    def test_both_sides_are_asked_and_the_amount_is_kept(self):
        made, wish = make_resource(amount=10), make_wish()
        lender, borrower = make_contact(made.organisation), make_contact(wish.alliance)
        booking = make_booking(made, wish, amount=4)
        row = booking.introduction
        assert (row.first_post, row.second_post, row.alliance) == (borrower, lender, wish.alliance)
        assert row.status == IntroductionStatus.SENT
        assert bookings.most_at_once(made, FIRST, LAST) == 4

    def test_a_groups_wish_is_asked_through_its_alliance(self):
        group = make_group(alliance=make_alliance())
        coordination = make_contact(group.alliance)
        made = make_resource()
        make_contact(made.organisation)
        booking = bookings.book(
            resource=made, wish=make_wish(working_group=group), amount=1, first_day=FIRST, last_day=LAST,
            letter=introductions.Letter("A", "B"), actor=None, now=NOW,
        )  # fmt: skip
        assert booking.introduction.first_post == coordination
        assert booking.introduction.alliance == group.alliance

    def test_never_more_than_there_is_on_any_day(self):
        made = make_resource(amount=10)
        make_booking(made, amount=6)
        make_booking(made, amount=4, first_day=LAST + timedelta(days=1), last_day=date(2026, 12, 9))
        with pytest.raises(bookings.TooMuchError, match="nur 4 Plätze frei"):
            make_booking(made, amount=5, first_day=LAST, last_day=LAST)
        assert make_booking(made, amount=4, first_day=LAST, last_day=LAST).pk
        with pytest.raises(bookings.TooMuchError, match="nur 0 Plätze frei"):
            make_booking(made, amount=1, first_day=FIRST, last_day=date(2026, 12, 9))

    def test_a_no_sets_it_free(self):
        made = make_resource(amount=1)
        booking = make_booking(made)
        Introduction.objects.filter(pk=booking.introduction.pk).update(
            status=IntroductionStatus.DECLINED, closed_on=TODAY
        )
        assert make_booking(made).pk

    def test_a_yes_keeps_it(self):
        made = make_resource(amount=1)
        booking = make_booking(made)
        Introduction.objects.filter(pk=booking.introduction.pk).update(
            status=IntroductionStatus.AGREED, closed_on=TODAY
        )
        with pytest.raises(bookings.TooMuchError):
            make_booking(made)

    def test_only_while_it_is_offered(self):
        made = make_resource(valid_from=FIRST, valid_to=LAST)
        for first, last in ((FIRST - timedelta(1), LAST), (FIRST, LAST + timedelta(1))):
            with pytest.raises(bookings.OutsidePeriodError):
                make_booking(made, first_day=first, last_day=last)
        assert make_booking(made, first_day=FIRST, last_day=LAST).pk

    def test_days_are_in_order(self):
        with pytest.raises(EndBeforeBeginningError):
            make_booking(first_day=LAST, last_day=FIRST)

    def test_a_closed_wish_books_nothing(self):
        wish = make_wish()
        resources.close_wish(wish=wish, result="", actor=None, today=TODAY)
        with pytest.raises(bookings.ClosedWishError):
            make_booking(wish=wish)

    def test_somebody_has_to_be_there_to_ask(self):
        wish, made = make_wish(), make_resource(make_organisation("Ohne Stelle"))
        values = {
            "resource": made, "wish": wish, "amount": 1, "first_day": FIRST, "last_day": LAST,
            "letter": introductions.Letter("A", "B"), "actor": None, "now": NOW,
        }  # fmt: skip
        with pytest.raises(bookings.NobodyToAskError, match="Ohne Stelle"):
            bookings.book(**values)
        make_contact(made.organisation)
        with pytest.raises(bookings.NobodyToAskError, match=wish.alliance.name):
            bookings.book(**values)
        make_post(wish.alliance)
        with pytest.raises(introductions.NoAddressError):
            bookings.book(**values)
        assert not Booking.objects.exists()

    def test_given_back_it_is_free_and_the_question_is_withdrawn(self):
        made = make_resource(amount=1)
        booking = make_booking(made)
        row = bookings.cancel_booking(booking=booking, actor=None, now=NOW)
        assert row.cancelled_on == TODAY
        assert Introduction.objects.get().status == IntroductionStatus.WITHDRAWN
        assert bookings.most_at_once(made, FIRST, LAST) == 0
        with pytest.raises(bookings.CancelledAlreadyError):
            bookings.cancel_booking(booking=booking, actor=None, now=NOW)

    def test_given_back_after_the_answer_the_answer_stays(self):
        booking = make_booking()
        Introduction.objects.update(status=IntroductionStatus.AGREED, closed_on=TODAY)
        bookings.cancel_booking(booking=booking, actor=None, now=NOW)
        assert Introduction.objects.get().status == IntroductionStatus.AGREED


class TestReading:
    def test_filters(self):
        district = make_district("16070")
        room = make_resource(territory=make_municipality(district, ags="16070009"))
        money = make_resource(kind="MONEY")
        ended = make_resource(valid_to=date(2026, 1, 1))
        rows = Resource.objects.order_by("pk")
        assert list(queries.narrowed(rows, {"kind": "MONEY"}, TODAY)) == [money]
        assert list(queries.narrowed(rows, {"district": "16070"}, TODAY)) == [room]
        assert list(queries.narrowed(rows, {}, TODAY)) == [room, money]
        assert list(queries.narrowed(rows, {"ended": True}, TODAY)) == [room, money, ended]

    def test_how_much_is_in_use_on_a_day(self):
        made, free = make_resource(), make_resource()
        make_booking(made, amount=3)
        make_booking(made, amount=2, first_day=LAST)
        cancelled = make_booking(made, amount=1)
        bookings.cancel_booking(booking=cancelled, actor=None, now=NOW)

        def kept(day):
            rows = queries.with_kept(Resource.objects.order_by("pk"), day)
            return dict(rows.values_list("pk", "kept"))

        assert kept(FIRST) == {made.pk: 3, free.pk: 0}
        assert kept(LAST) == {made.pk: 5, free.pk: 0}
        assert kept(TODAY) == {made.pk: 0, free.pk: 0}

    def test_for_whom_somebody_may_lend(self):
        member = make_membership()
        own = make_organisation()
        coordinator = make_user(Role.ALLIANCE_COORDINATOR, member.alliance)
        company = make_user(Role.MEMBER, own)
        assert list(queries.lenders_for(coordinator)) == [member.organisation]
        assert list(queries.lenders_for(company)) == [own]
        office = make_user(Role.STATE_COORDINATION)
        assert set(queries.lenders_for(office)) == {member.organisation, own}

    def test_for_whom_somebody_may_look(self):
        alliance = make_alliance()
        group = make_group(alliance=alliance)
        make_group("Andere", alliance=make_alliance())
        coordinator = make_user(Role.ALLIANCE_COORDINATOR, alliance)
        assert list(queries.wishing_alliances(coordinator)) == [alliance]
        assert list(queries.wishing_groups(coordinator, TODAY)) == [group]
        office = make_user(Role.STATE_COORDINATION)
        assert queries.wishing_alliances(office).count() == 2
        assert queries.wishing_groups(office, TODAY).count() == 2


def test_a_wish_has_at_least_one():
    with pytest.raises(RuleBrokenError):
        make_wish(amount=0)
    assert not ResourceWish.objects.exists()
