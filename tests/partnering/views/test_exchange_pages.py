"""Exchange, resources, wishes, bookings and topics of interest in the browser (S22, S100, S102, S116)."""

from datetime import date
from typing import Any

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core import slots
from buendnisnetz.notifications.models import Message
from buendnisnetz.partnering.domain import exchanges
from buendnisnetz.partnering.models import (
    Booking,
    Exchange,
    InterestProfile,
    Resource,
    ResourceWish,
)
from tests.factories.meetings import make_meeting
from tests.factories.network import (
    make_alliance,
    make_group,
    make_membership,
    make_organisation,
    make_user,
)
from tests.factories.partnering import (
    TODAY,
    make_booking,
    make_contact,
    make_resource,
    make_wish,
)
from tests.factories.territories import make_district, make_municipality
from tests.network.views.reading import hidden, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> Any:
    return make_district("16070", "Ilm-Kreis")


@pytest.fixture
def alliance(district) -> Any:
    return make_alliance("Bündnis Mitte", territory=district)


@pytest.fixture
def own(as_user, alliance) -> Any:
    return as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))


@pytest.fixture
def office(as_user) -> Any:
    return as_user(make_user(Role.STATE_COORDINATION))


@pytest.fixture
def firm() -> Any:
    return make_organisation("Optik Muster")


@pytest.fixture
def member(as_user, firm) -> Any:
    return as_user(make_user(Role.MEMBER, firm))


class TestSuggestions:
    @pytest.fixture
    def group(self, alliance) -> Any:
        return make_group("AG Pflege", alliance=alliance, topic="Pflege")

    @pytest.fixture
    def other(self, district) -> Any:
        return make_group("AG Zuhause", alliance=make_alliance(territory=district), topic="Pflege")

    def test_each_has_its_reasons(self, own, group, other):
        text = text_of(own.get(f"/partner/austausch/vorschlaege/{group.public_id}/"))
        for words in ("AG Zuhause", "Gleiches Thema", "Im selben Kreis."):
            assert words in text

    def test_nobody_fits_is_said(self, own, group):
        assert (
            "niemand"
            in text_of(own.get(f"/partner/austausch/vorschlaege/{group.public_id}/")).casefold()
        )

    def test_only_for_the_own_group(self, own, other):
        assert own.get(f"/partner/austausch/vorschlaege/{other.public_id}/").status_code == 403

    def test_arranged_with_the_reasons_of_that_day(self, own, group, other):
        response = own.post(
            f"/partner/austausch/vereinbaren/{group.public_id}/", {"other": other.public_id}
        )
        row = Exchange.objects.get()
        assert response.headers["Location"] == f"/partner/austausch/{row.public_id}/"
        assert "Im selben Kreis." in row.reasons
        assert {row.first_group, row.second_group} == {group, other}

    def test_twice_within_a_year_only_if_both_want_it(self, own, group, other):
        address = f"/partner/austausch/vereinbaren/{group.public_id}/"
        own.post(address, {"other": other.public_id})
        response = own.post(address, {"other": other.public_id})
        assert response.status_code == 409
        assert "23.11.2026" in text_of(response)
        assert hidden(response, "other") == other.public_id
        assert own.post(address, {"other": other.public_id, "wanted": "on"}).status_code == 302
        assert Exchange.objects.count() == 2

    def test_without_a_choice_or_with_a_wrong_one(self, own, group):
        address = f"/partner/austausch/vereinbaren/{group.public_id}/"
        assert own.post(address, {}).status_code == 409
        assert own.post(address, {"other": "gibtsnicht"}).status_code == 404


class TestExchange:
    @pytest.fixture
    def row(self, alliance) -> Exchange:
        one, other = (
            make_group("AG A", alliance=alliance),
            make_group("AG B", alliance=make_alliance()),
        )
        return exchanges.arrange_exchange(
            one=one, other=other, reasons="Gleiches Thema: Pflege.", actor=None, today=TODAY
        )

    def test_both_sides_read_it_and_note_what_came_of_it(self, own, row, alliance):
        address = f"/partner/austausch/{row.public_id}/"
        text = text_of(own.get(address))
        for words in ("AG A", "AG B", "Gleiches Thema: Pflege."):
            assert words in text
        meeting = make_meeting(alliance=alliance)
        version = hidden(own.get(f"{address}ergebnis/"), "version")
        values = {
            "held_on": "2026-11-20", "result": "Liste getauscht.", "meeting": meeting.pk,
            "version": version,
        }  # fmt: skip
        assert own.post(f"{address}ergebnis/", values).status_code == 302
        row.refresh_from_db()
        assert (row.held_on, row.result, row.meeting) == (
            date(2026, 11, 20), "Liste getauscht.", meeting,
        )  # fmt: skip
        assert "Liste getauscht." in text_of(own.get(address))
        assert own.post(f"{address}ergebnis/", {**values, "result": "Anders."}).status_code == 409

    def test_strangers_find_nothing(self, as_user, row):
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
        assert client.get(f"/partner/austausch/{row.public_id}/").status_code == 404
        assert client.get(f"/partner/austausch/{row.public_id}/ergebnis/").status_code == 404

    def test_other_rooms_have_a_place_on_it(self, own, row, monkeypatch):
        panels = [(1, lambda subject, user: "<p>Termin finden</p>")]
        monkeypatch.setitem(slots._panels, "partnering.exchange", panels)
        assert "Termin finden" in text_of(own.get(f"/partner/austausch/{row.public_id}/"))


class TestResources:
    def form(self, firm: Any, **facts: Any) -> dict[str, Any]:
        return {
            "organisation": firm.public_id, "kind": "ROOMS", "title": "Saal", "amount": "40",
            "unit": "Plätze", **facts,
        }  # fmt: skip

    def test_a_firm_notes_what_it_can_lend(self, member, firm):
        assert "Optik Muster" in member.get("/partner/ressourcen/neu/").content.decode()
        response = member.post("/partner/ressourcen/neu/", self.form(firm))
        row = Resource.objects.get()
        assert response.headers["Location"] == f"/partner/ressourcen/{row.public_id}/"
        assert (row.organisation, row.title, row.amount) == (firm, "Saal", 40)

    def test_not_for_another_organisation(self, member):
        response = member.post("/partner/ressourcen/neu/", self.form(make_organisation()))
        assert response.status_code == 422
        assert not Resource.objects.exists()

    def test_an_alliance_notes_it_for_its_members(self, own, alliance, firm):
        assert own.post("/partner/ressourcen/neu/", self.form(firm)).status_code == 422
        make_membership(alliance, firm)
        assert own.post("/partner/ressourcen/neu/", self.form(firm)).status_code == 302

    def test_it_is_changed_ended_and_brought_back(self, member, firm):
        row = make_resource(firm)
        address = f"/partner/ressourcen/{row.public_id}/"
        version = hidden(member.get(f"{address}bearbeiten/"), "version")
        values = self.form(firm, title="Großer Saal", version=version)
        assert member.post(f"{address}bearbeiten/", values).status_code == 302
        stale = member.post(f"{address}bearbeiten/", {**values, "title": "Anders"})
        assert stale.status_code == 409
        assert member.get(f"{address}beenden/").status_code == 200
        member.post(f"{address}beenden/", {"last_day": "2026-12-31"})
        row.refresh_from_db()
        assert (row.title, row.valid_to) == ("Großer Saal", date(2026, 12, 31))
        member.post(f"{address}wieder/")
        row.refresh_from_db()
        assert row.valid_to is None

    def test_others_read_it_and_do_not_change_it(self, own, firm):
        row = make_resource(firm, title="Saal", conditions="Nur abends.")
        address = f"/partner/ressourcen/{row.public_id}/"
        assert "Nur abends." in text_of(own.get(address))
        for part in ("bearbeiten/", "beenden/"):
            assert own.get(address + part).status_code == 403
        assert own.post(f"{address}wieder/").status_code == 403

    def test_who_uses_it_is_told_to_the_two_sides_only(self, as_user, member, firm):
        booking = make_booking(make_resource(firm), make_wish(make_alliance("Borgt sich")))
        address = f"/partner/ressourcen/{booking.resource.public_id}/"
        assert "Borgt sich" in text_of(member.get(address))
        other = as_user(make_user(Role.MEMBER, make_organisation()))
        assert "Borgt sich" not in text_of(other.get(address))

    def test_the_owner_cancels_a_booking_and_strangers_cannot(self, as_user, member, firm):
        booking = make_booking(make_resource(firm))
        address = f"/partner/buchungen/{booking.public_id}/aufheben/"
        other = as_user(make_user(Role.MEMBER, make_organisation()))
        assert other.post(address).status_code == 404
        member.post(address)
        assert Booking.objects.get().cancelled_on == TODAY


class TestWishes:
    def form(self, district: Any, **facts: Any) -> dict[str, Any]:
        return {
            "kind": "ROOMS", "title": "Raum für Treffen", "amount": "20", "unit": "Plätze",
            "territory": district.public_id, **facts,
        }  # fmt: skip

    def test_for_the_alliance_or_one_of_its_groups(self, own, alliance, district):
        group = make_group("AG Wohnen", alliance=alliance)
        page = own.get("/partner/gesuche/neu/").content.decode()
        assert "Bündnis Mitte" in page
        assert "AG Wohnen" in page
        own.post("/partner/gesuche/neu/", self.form(district, alliance=alliance.public_id))
        own.post(
            "/partner/gesuche/neu/",
            self.form(district, working_group=group.public_id),
        )
        rows = ResourceWish.objects.order_by("pk")
        assert [(row.alliance, row.working_group) for row in rows] == [
            (alliance, None),
            (None, group),
        ]

    def test_not_for_others(self, own, district):
        other = make_alliance("Anderes")
        group = make_group(alliance=other)
        for side in ({"alliance": other.public_id}, {"working_group": group.public_id}, {}):
            values = self.form(district, **side)
            assert own.post("/partner/gesuche/neu/", values).status_code == 422
        assert not ResourceWish.objects.exists()

    def test_what_fits_stands_on_its_page_with_reasons(self, own, alliance, district):
        place = make_municipality(district, "Musterdorf")
        near = make_resource(make_organisation("Nah"), title="Saal", territory=place, amount=40)
        make_resource(make_organisation("Fern"), title="Halle", territory=make_district("16063"))
        wish = make_wish(alliance, territory=place, amount=20)
        text = text_of(own.get(f"/partner/gesuche/{wish.public_id}/"))
        assert text.index("Saal") < text.index("Halle")
        for words in ("Im selben Ort.", "Es ist genug frei."):
            assert words in text
        assert near.organisation.name in text

    def test_others_read_it_without_buttons(self, member, alliance, district):
        wish = make_wish(alliance, territory=district)
        make_resource(make_organisation(), territory=district)
        text = text_of(member.get(f"/partner/gesuche/{wish.public_id}/"))
        assert wish.title in text
        assert "Anfragen" not in text
        assert member.get(f"/partner/gesuche/{wish.public_id}/bearbeiten/").status_code == 403

    def test_it_is_changed_closed_and_reopened(self, own, alliance, district):
        wish = make_wish(alliance, territory=district)
        address = f"/partner/gesuche/{wish.public_id}/"
        version = hidden(own.get(f"{address}bearbeiten/"), "version")
        values = self.form(district, title="Neuer Titel", version=version)
        assert own.post(f"{address}bearbeiten/", values).status_code == 302
        assert own.get(f"{address}schliessen/").status_code == 200
        own.post(f"{address}schliessen/", {"result": "Gefunden."})
        wish.refresh_from_db()
        assert (wish.title, wish.result, wish.closed_on) == ("Neuer Titel", "Gefunden.", TODAY)
        assert own.post(f"{address}schliessen/", {"result": "Noch einmal."}).status_code == 422
        assert "Gefunden." in text_of(own.get(address))
        own.post(f"{address}wieder/")
        wish.refresh_from_db()
        assert wish.closed_on is None


class TestBooking:
    @pytest.fixture
    def resource(self, firm) -> Resource:
        make_contact(firm, "zwei@post.example")
        return make_resource(firm, amount=10)

    @pytest.fixture
    def wish(self, alliance, district) -> ResourceWish:
        make_contact(alliance, "eins@post.example")
        return make_wish(alliance, territory=district, amount=4)

    def address(self, wish: ResourceWish, resource: Resource) -> str:
        return f"/partner/gesuche/{wish.public_id}/anfragen/{resource.public_id}/"

    def days(self, amount: int = 4) -> dict[str, Any]:
        return {"amount": amount, "first_day": "2026-12-01", "last_day": "2026-12-02"}

    def test_both_sides_are_asked(self, own, wish, resource):
        assert 'value="4"' in own.get(self.address(wish, resource)).content.decode()
        response = own.post(self.address(wish, resource), self.days())
        row = Booking.objects.get()
        assert (row.amount, row.resource, row.wish) == (4, resource, wish)
        target = f"/partner/vermittlungen/{row.introduction.public_id}/"
        assert response.headers["Location"] == target
        assert {mail.recipient for mail in Message.objects.all()} == {
            "eins@post.example", "zwei@post.example",
        }  # fmt: skip

    def test_never_more_than_there_is(self, own, wish, resource):
        make_booking(resource, amount=7, first_day=date(2026, 12, 2), last_day=date(2026, 12, 5))
        response = own.post(self.address(wish, resource), self.days())
        assert response.status_code == 422
        assert Booking.objects.count() == 1

    def test_wrong_days_are_said(self, own, wish, resource):
        values = {**self.days(), "last_day": "2026-11-30"}
        assert own.post(self.address(wish, resource), values).status_code == 422

    def test_only_for_an_own_wish_and_a_known_resource(self, as_user, own, wish, resource):
        other = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance("Anderes")))
        assert other.get(self.address(wish, resource)).status_code == 403
        assert own.get(f"/partner/gesuche/{wish.public_id}/anfragen/x/").status_code == 404


class TestProfile:
    def test_an_organisation_says_it_itself(self, member, firm):
        address = f"/partner/themen/{firm.public_id}/"
        assert member.get(address).status_code == 200
        response = member.post(address, {"topics": ["HOUSING"]})
        assert response.headers["Location"] == f"/netz/organisationen/{firm.public_id}/"
        row = InterestProfile.objects.get()
        assert (row.organisation, row.topics, row.changed_on) == (firm, ["HOUSING"], TODAY)
        assert "checked" in member.get(address).content.decode()
        assert member.post(address, {"topics": ["ERFUNDEN"]}).status_code == 422

    def test_or_whoever_coordinates_its_alliance(self, own, alliance, firm):
        address = f"/partner/themen/{firm.public_id}/"
        assert own.get(address).status_code == 403
        make_membership(alliance, firm)
        assert own.post(address, {"topics": ["HOUSING"]}).status_code == 302

    def test_nobody_else(self, member):
        other = make_organisation()
        assert member.get(f"/partner/themen/{other.public_id}/").status_code == 403


def test_a_closed_booking_period_is_free_again(own, office, alliance, district, firm):
    """What was given back can be asked for by the next one."""
    resource = make_resource(firm, amount=5)
    make_contact(firm)
    booking = make_booking(resource, amount=5)
    office.post(f"/partner/buchungen/{booking.public_id}/aufheben/")
    make_contact(alliance)
    wish = make_wish(alliance, territory=district, amount=5)
    response = own.post(
        f"/partner/gesuche/{wish.public_id}/anfragen/{resource.public_id}/",
        {"amount": 5, "first_day": "2026-12-01", "last_day": "2026-12-03"},
    )
    assert response.status_code == 302
    assert Booking.objects.filter(cancelled_on=None).get().wish == wish
