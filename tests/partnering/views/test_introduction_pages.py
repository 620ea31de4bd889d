"""Introducing in the browser: choose, look at the letter, send; the sides answer by link (S114)."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.models import Post
from buendnisnetz.notifications.models import Message
from buendnisnetz.partnering.enums import ContactPointKind, IntroductionStatus
from buendnisnetz.partnering.models import (
    ContactPoint,
    FirstContact,
    Introduction,
    LetterTemplate,
)
from tests.factories.network import make_alliance, make_group, make_organisation, make_user
from tests.factories.partnering import (
    NOW,
    make_chamber_post,
    make_contact,
    make_introduction,
    make_office,
    make_point,
)
from tests.factories.territories import make_chamber, make_district
from tests.network.views.reading import hidden, text_of

pytestmark = pytest.mark.django_db
NEW = "/partner/vermittlungen/neu/"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def alliance() -> Any:
    return make_alliance("Bündnis Mitte")


@pytest.fixture
def own(as_user, alliance) -> Any:
    return as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))


@pytest.fixture
def office(as_user) -> Any:
    make_office()
    return as_user(make_user(Role.STATE_COORDINATION))


@pytest.fixture
def sides(alliance) -> tuple[Post, Post]:
    firm = make_organisation("Optik Muster")
    return (
        make_contact(alliance, "eins@post.example", title="Koordination", phone="0361 11"),
        make_contact(firm, "zwei@post.example", title="Personal", phone="0361 22"),
    )


def chosen(sides: tuple[Post, Post], **facts: Any) -> dict[str, Any]:
    first, second = sides
    return {
        "first": first.public_id, "second": second.public_id, "reason": "Beide suchen Räume.",
        **facts,
    }  # fmt: skip


def link_to(address: str) -> str:
    text = Message.objects.filter(recipient=address, text__contains="/antwort/").latest("pk").text
    return "/partner/vermittlungen/antwort/" + text.split("/antwort/")[1].split("/")[0] + "/"


class TestCreating:
    def test_first_the_letter_is_shown_and_nothing_is_sent(self, own, alliance, sides):
        response = own.post(NEW, chosen(sides, alliance=alliance.pk))
        page = response.content.decode()
        assert "Beide suchen Räume." in page
        assert "Optik Muster" in page
        assert "zwei@post.example" not in page
        assert not Introduction.objects.exists()
        assert not Message.objects.exists()

    def test_then_it_goes_out_as_it_was_changed(self, own, alliance, sides):
        letter = {"subject": "Mein Betreff", "text": "Mein eigener Text."}
        response = own.post(NEW, chosen(sides, alliance=alliance.pk, **letter), follow=True)
        row = Introduction.objects.get()
        assert (row.subject, row.text, row.alliance) == (*letter.values(), alliance)
        assert "Beide Seiten" in text_of(response) or "gefragt" in text_of(response)
        mails = Message.objects.order_by("recipient").values_list("recipient", "subject")
        assert list(mails) == [
            ("eins@post.example", "Mein Betreff"), ("zwei@post.example", "Mein Betreff"),
        ]  # fmt: skip

    def test_contacts_must_not_stand_in_the_letter(self, own, alliance, sides):
        letter = {"subject": "Hallo", "text": "Rufen Sie an: zwei@post.example"}
        response = own.post(NEW, chosen(sides, alliance=alliance.pk, **letter))
        assert response.status_code == 422
        assert "Rufen Sie an" in response.content.decode()
        assert not Introduction.objects.exists()

    def test_without_a_reason_it_asks(self, own, alliance, sides):
        response = own.post(NEW, chosen(sides, alliance=alliance.pk, reason=""))
        assert response.status_code == 422

    def test_not_on_behalf_of_somebody_else(self, own, sides):
        other = make_alliance("Anderes")
        values = chosen(sides, alliance=other.pk, subject="A", text="B")
        response = own.post(NEW, values)
        assert response.status_code == 422
        assert "Beide suchen Räume." in response.content.decode()
        assert not Introduction.objects.exists()

    def test_the_office_introduces_in_its_own_name(self, office, sides):
        office.post(NEW, chosen(sides, subject="A", text="B"))
        assert Introduction.objects.get().alliance is None

    def test_the_address_names_the_sides(self, own, alliance, sides):
        body = sides[1].organisation
        page = own.get(
            f"{NEW}?von=buendnis:{alliance.public_id}&zu=organisation:{body.public_id}"
        ).content.decode()
        assert "Koordination" in page
        assert "Personal" in page

    def test_the_own_alliance_is_the_first_side_by_itself(self, own, sides):
        assert "Koordination" in own.get(NEW).content.decode()

    @pytest.mark.parametrize("query", ["von=unsinn:1", "von=organisation:", "von=buendnis", "zu="])
    def test_a_wrong_address_is_an_empty_form(self, office, query):
        assert office.get(f"{NEW}?{query}").status_code == 200

    def test_a_group_is_reached_through_its_alliance(self, own, alliance, sides):
        group = make_group("AG Wohnen", alliance=alliance)
        page = own.get(f"{NEW}?zu=arbeitsgruppe:{group.public_id}").content.decode()
        assert "Koordination" in page


class TestPage:
    def test_it_says_who_was_asked_and_what_they_said(self, own, alliance, sides):
        row = make_introduction(*sides, alliance=alliance)
        text = text_of(own.get(f"/partner/vermittlungen/{row.public_id}/"))
        for words in ("Bündnis Mitte", "Optik Muster", "Beide suchen das Gleiche.", "07.12.2026"):
            assert words in text

    def test_no_contact_of_the_other_before_both_agreed(self, as_user, alliance, sides):
        row = make_introduction(*sides, alliance=alliance)
        client = as_user(make_user(Role.MEMBER, sides[1].organisation))
        address = f"/partner/vermittlungen/{row.public_id}/"
        text = text_of(client.get(address))
        assert "eins@post.example" not in text
        assert "0361 11" not in text

    def test_strangers_find_nothing(self, as_user, alliance, sides):
        row = make_introduction(*sides, alliance=alliance)
        client = as_user(make_user(Role.MEMBER, make_organisation()))
        assert client.get(f"/partner/vermittlungen/{row.public_id}/").status_code == 404

    def test_withdrawn_by_who_asked_and_by_nobody_else(self, own, as_user, alliance, sides):
        row = make_introduction(*sides, alliance=alliance)
        address = f"/partner/vermittlungen/{row.public_id}/zurueckziehen/"
        member = as_user(make_user(Role.MEMBER, sides[1].organisation))
        assert member.post(address).status_code == 403
        assert own.get(address).status_code == 405
        own.post(address)
        assert Introduction.objects.get().status == IntroductionStatus.WITHDRAWN
        again = own.post(address)
        assert [str(found) for found in get_messages(again.wsgi_request)]
        assert Introduction.objects.get().status == IntroductionStatus.WITHDRAWN

    def test_the_other_side_coordinates_but_does_not_steer(self, as_user, alliance, sides):
        row = make_introduction(*sides, alliance=make_alliance("Anderes"))
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))
        assert client.get(f"/partner/vermittlungen/{row.public_id}/").status_code == 200
        assert (
            client.post(f"/partner/vermittlungen/{row.public_id}/zurueckziehen/").status_code == 403
        )

    def test_what_came_of_it_is_noted_when_it_is_over(self, own, alliance, sides):
        row = make_introduction(*sides, alliance=alliance)
        address = f"/partner/vermittlungen/{row.public_id}/ergebnis/"
        own.post(address, {"result": "Zu früh."})
        assert Introduction.objects.get().result == ""
        own.post(f"/partner/vermittlungen/{row.public_id}/zurueckziehen/")
        own.post(address, {"result": "Es hat sich erledigt."})
        assert Introduction.objects.get().result == "Es hat sich erledigt."


class TestAnswering:
    def test_the_page_says_who_and_why_but_not_how_to_reach_them(self, client, sides):
        make_introduction(*sides)
        text = text_of(client.get(link_to("zwei@post.example")))
        for words in ("Bündnis Mitte", "zwei@post.example", "0361 22"):
            assert words in text
        for words in ("eins@post.example", "0361 11"):
            assert words not in text

    def test_both_agree(self, client, sides):
        make_introduction(*sides)
        for address in ("eins@post.example", "zwei@post.example"):
            response = client.post(link_to(address), {"answer": "AGREED", "words": "Gern."})
            assert "Danke" in text_of(response)
        assert Introduction.objects.get().status == IntroductionStatus.AGREED
        last = Message.objects.filter(recipient="eins@post.example").latest("pk")
        assert "zwei@post.example" in last.text

    def test_one_says_no(self, client, sides):
        make_introduction(*sides)
        first = link_to("eins@post.example")
        response = client.post(link_to("zwei@post.example"), {"answer": "DECLINED"})
        assert "keine Daten" in text_of(response)
        assert Introduction.objects.get().status == IntroductionStatus.DECLINED
        assert client.get(first).status_code == 410

    def test_without_a_choice_it_asks_again(self, client, sides):
        make_introduction(*sides)
        link = link_to("zwei@post.example")
        assert client.post(link, {"words": "Hm."}).status_code == 422
        assert client.get(link).status_code == 200

    def test_a_link_answers_once_and_until_its_day(self, client, sides, time_machine):
        make_introduction(*sides)
        link = link_to("eins@post.example")
        client.post(link, {"answer": "AGREED"})
        assert client.post(link, {"answer": "DECLINED"}).status_code == 410
        time_machine.move_to(NOW + timedelta(days=15), tick=False)
        assert client.get(link_to("zwei@post.example")).status_code == 410

    @pytest.mark.parametrize("token", ["abc", "1:2:3", "ä"])
    def test_an_invented_link_is_closed(self, client, token):
        assert client.get(f"/partner/vermittlungen/antwort/{token}/").status_code == 410


class TestLetter:
    def test_the_office_writes_its_own(self, office, own, alliance, sides):
        address = "/partner/briefe/INTRODUCTION/"
        version = hidden(office.get(address), "version")
        assert (
            office.post(address, {"subject": "A", "text": "B", "version": version}).status_code
            == 422
        )
        values = {
            "subject": "Neu: {second}", "text": "Hallo {first}, {reason}.", "version": version,
        }  # fmt: skip
        assert office.post(address, values).status_code == 302
        assert LetterTemplate.objects.get().subject == "Neu: {second}"
        page = own.post(NEW, chosen(sides, alliance=alliance.pk)).content.decode()
        assert "Neu: Optik Muster" in page or "Neu: Personal" in page

    def test_an_unknown_letter_is_404(self, office):
        assert office.get("/partner/briefe/ERFUNDEN/").status_code == 404

    def test_not_for_alliances(self, own):
        assert own.get("/partner/briefe/INTRODUCTION/").status_code == 403


class TestContactPoints:
    @pytest.fixture
    def post(self) -> Post:
        return make_chamber_post(make_chamber(make_district("16070", "Ilm-Kreis")))

    @pytest.fixture
    def chamber(self, as_user, post) -> Any:
        return as_user(make_user(Role.CHAMBER, post.organisation))

    def form(self, post: Post, **facts: Any) -> dict[str, Any]:
        return {"kind": "CHAMBER", "post": post.public_id, "topics": ["CHILDCARE"], **facts}

    def test_a_chamber_notes_who_answers_in_its_own_house(self, chamber, post):
        assert chamber.get("/partner/kammern/neu/").status_code == 200
        response = chamber.post("/partner/kammern/neu/", self.form(post, offer="Beratung"))
        assert response.headers["Location"] == "/partner/kammern/"
        row = ContactPoint.objects.get()
        assert (row.post, row.topics, row.offer) == (post, ["CHILDCARE"], "Beratung")

    def test_not_in_another_house_and_no_advice_office(self, chamber):
        other = make_chamber_post(make_chamber(make_district(), name="IHK Anderswo"))
        assert chamber.post("/partner/kammern/neu/", self.form(other)).status_code == 403
        advice = self.form(other, kind="ADVICE")
        assert chamber.post("/partner/kammern/neu/", advice).status_code == 422
        assert not ContactPoint.objects.exists()

    def test_an_alliance_reads_and_does_not_write(self, own, post):
        point = make_point(post)
        assert own.get("/partner/kammern/").status_code == 200
        assert own.get("/partner/kammern/neu/").status_code == 403
        for part in ("bearbeiten", "beenden"):
            assert own.get(f"/partner/kammern/{point.public_id}/{part}/").status_code == 403

    def test_the_office_adds_advice_offices(self, office):
        post = make_contact(make_organisation("Beratung"))
        office.post("/partner/kammern/neu/", self.form(post, kind="ADVICE"))
        assert ContactPoint.objects.get().kind == ContactPointKind.ADVICE

    def test_a_district_of_another_chamber_is_refused(self, office, post):
        district = make_district("16063", "Wartburgkreis")
        response = office.post(
            "/partner/kammern/neu/", self.form(post, district=district.public_id)
        )
        assert response.status_code == 422
        assert "Wartburgkreis" in text_of(response)
        assert not ContactPoint.objects.exists()

    def test_topics_change_and_it_ends_and_comes_back(self, chamber, post):
        point = make_point(post, topics=["HOUSING"])
        address = f"/partner/kammern/{point.public_id}/"
        assert "bearbeiten" in chamber.get("/partner/kammern/").content.decode()
        assert chamber.get(f"{address}bearbeiten/").status_code == 200
        chamber.post(f"{address}bearbeiten/", {"topics": ["MOBILITY"], "offer": "Neu"})
        assert chamber.get(f"{address}beenden/").status_code == 200
        assert chamber.post(f"{address}beenden/", {"last_day": ""}).status_code == 422
        chamber.post(f"{address}beenden/", {"last_day": "2026-11-30"})
        point.refresh_from_db()
        assert (point.topics, point.offer, str(point.valid_to)) == (
            ["MOBILITY"],
            "Neu",
            "2026-11-30",
        )
        chamber.post(f"{address}wieder/")
        point.refresh_from_db()
        assert point.valid_to is None


class TestFirstLetter:
    @pytest.fixture
    def chamber(self) -> Any:
        return make_chamber(make_district("16070", "Ilm-Kreis"))

    @pytest.fixture
    def alliance(self, chamber) -> Any:
        return make_alliance("Bündnis Mitte", territory=chamber.districts.get().territory)

    def address(self, alliance: Any, chamber: Any) -> str:
        return f"/partner/erstkontakt/{alliance.slug}/{chamber.public_id}/"

    def test_one_click_makes_the_task(self, own, alliance, chamber):
        response = own.post(self.address(alliance, chamber), **HTMX)
        row = FirstContact.objects.get()
        assert response.headers["HX-Redirect"] == f"/aufgaben/{row.task.public_id}/"
        assert row.task.alliance == alliance

    def test_without_script_the_letter_is_shown_first(self, own, alliance, chamber):
        assert "IHK Musterstadt" in text_of(own.get(self.address(alliance, chamber)))
        assert not FirstContact.objects.exists()
        response = own.post(self.address(alliance, chamber))
        assert response.status_code == 302
        assert FirstContact.objects.count() == 1

    def test_once(self, own, alliance, chamber):
        own.post(self.address(alliance, chamber))
        response = own.post(self.address(alliance, chamber))
        assert response.headers["Location"] == f"/netz/buendnisse/{alliance.slug}/"
        assert FirstContact.objects.count() == 1

    def test_only_for_the_own_alliance(self, own, chamber):
        other = make_alliance("Anderes")
        assert own.post(self.address(other, chamber)).status_code == 403
