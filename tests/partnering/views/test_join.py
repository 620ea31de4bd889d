"""The public pages for firms: what a place shows, the form, its traps and limits, and its links."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.enums import AllianceStatus
from buendnisnetz.notifications.models import Message
from buendnisnetz.partnering.domain import hand_overs
from buendnisnetz.partnering.enums import HandOverStatus, HandOverWish, Origin, Stage
from buendnisnetz.partnering.models import HandOver, Interest, Prospect
from buendnisnetz.tasks.models import Task
from buendnisnetz.territories.enums import ChamberKind
from tests.factories.network import make_alliance, make_group, make_organisation, make_user
from tests.factories.partnering import (
    NOW,
    make_benefit,
    make_chamber_post,
    make_contact,
    make_office,
    make_prospect,
)
from tests.factories.territories import make_chamber, make_district, make_municipality
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
FORM = "/mitmachen/interesse/"


@pytest.fixture
def place() -> Any:
    district = make_district("16070", "Ilm-Kreis")
    return make_municipality(district, "Musterstadt", ags="16070029")


def link_in(mail: Message, part: str) -> str:
    return part + mail.text.split(part)[1].split("/")[0] + "/"


def filled(**facts: Any) -> dict[str, Any]:
    return {
        "firm": "Backhaus Muster GmbH", "place": "Musterstadt", "chamber": "UNKNOWN",
        "contact_email": "chefin@betrieb.example", "wish": "NONE", "consent": "on", **facts,
    }  # fmt: skip


class TestPlace:
    def test_everything_a_firm_needs_in_one_answer(self, client: Client, place):
        alliance = make_alliance("Bündnis Ilmtal", territory=place.parent)
        make_group("AG Vereinbarkeit", alliance=alliance)
        make_group("AG Wohnen", alliance=alliance)
        make_chamber_post(make_chamber(place.parent, ChamberKind.IHK, "IHK Süd"), title="Familie")
        make_chamber(place.parent, ChamberKind.HWK, "HWK Nord")
        make_benefit("Weniger Fehltage", source_title="Umfrage 2023")
        text = text_of(client.get("/mitmachen/?ort=musterstadt&branche=C"))
        for words in (
            "Bündnis Ilmtal", "AG Vereinbarkeit", "IHK Süd", "HWK Nord", "Weniger Fehltage",
            "Umfrage 2023", "offen",
        ):  # fmt: skip
            assert words in text
        assert "AG Wohnen" not in text

    def test_a_postcode_does_as_well(self, client, place):
        make_alliance("Bündnis Ilmtal", territory=place.parent)
        assert "Bündnis Ilmtal" in text_of(client.get("/mitmachen/?ort=98693"))

    def test_several_places_are_asked_back(self, client, place):
        make_municipality(make_district("16063", "Wartburgkreis"), "Musterstadt an der Werra")
        make_municipality(place.parent, "Musterstadt am Wald", ags="16070030")
        text = text_of(client.get("/mitmachen/?ort=Musterstadt+a"))
        assert "Musterstadt an der Werra" in text
        assert "Musterstadt am Wald" in text

    def test_an_unknown_place_says_so(self, client, place):
        assert "kennen wir nicht" in text_of(client.get("/mitmachen/?ort=Nirgendwo"))

    def test_an_empty_question_is_no_error_page(self, client):
        assert client.get("/mitmachen/?ort=").status_code == 200
        assert client.get("/mitmachen/").status_code == 200
        assert client.get("/mitmachen/?ort=" + "x" * 5000).status_code == 200

    def test_an_invented_branch_is_left_out(self, client, place):
        page = client.get("/mitmachen/?ort=Musterstadt&branche=%22%3E<script>").content.decode()
        assert "<script>" not in page.split("<main")[1]

    def test_alliances_that_are_over_or_hidden_are_not_shown(self, client, place):
        make_alliance("Aufgelöst", territory=place.parent, status=AllianceStatus.DISSOLVED)
        make_alliance("Verborgen", territory=place.parent, is_public=False)
        text = text_of(client.get("/mitmachen/?ort=Musterstadt"))
        assert "Aufgelöst" not in text
        assert "Verborgen" not in text

    def test_no_prospect_or_note_shows_through(self, client, place):
        make_prospect("Heimlich GmbH", territory=place)
        assert "Heimlich" not in text_of(client.get("/mitmachen/?ort=Musterstadt"))


class TestForm:
    def test_it_makes_a_prospect_a_task_and_a_mail(self, client, place):
        alliance = make_alliance(territory=place.parent)
        holder = make_contact(alliance, title="Koordination")
        response = client.post(FORM, filled(topics=["CHILDCARE"], message="Wir suchen Plätze."))
        assert response.headers["Location"] == "/mitmachen/danke/"
        assert "Mail" in text_of(client.get("/mitmachen/danke/"))
        made = Prospect.objects.get()
        assert (made.name, made.stage, made.origin, made.alliance, made.holder) == (
            "Backhaus Muster GmbH", Stage.IDENTIFIED, Origin.PUBLIC_FORM, alliance, holder,
        )  # fmt: skip
        assert Task.objects.get().holder == holder
        assert Message.objects.get().recipient == "chefin@betrieb.example"
        assert Interest.objects.get().consent_text

    def test_it_starts_with_what_was_typed_before(self, client, place):
        page = client.get(f"{FORM}?ort=Musterstadt&branche=C").content.decode()
        assert 'value="Musterstadt"' in page

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"firm": ""}, "zwingend erforderlich"),
            ({"place": "Nirgendwo"}, "Diesen Ort kennen wir nicht"),
            ({"contact_email": "kein-at"}, "E-Mail-Adresse"),
            ({"consent": ""}, "Ohne Ihre Einwilligung"),
            ({"wish": "ERFUNDEN"}, "gültige Auswahl"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_is_lost(self, client, place, wrong, words):
        response = client.post(FORM, filled(message="Mein langer Text.", **wrong))
        assert response.status_code == 422
        assert words in text_of(response)
        assert "Mein langer Text." in response.content.decode()
        assert not Prospect.objects.exists()

    def test_several_places_are_named_with_their_numbers(self, client, place):
        make_municipality(place.parent, "Musterstadt", ags="16070031")
        response = client.post(FORM, filled())
        assert response.status_code == 422
        assert "16070031" in text_of(response)
        assert client.post(FORM, filled(place="16070031")).status_code == 302
        assert Prospect.objects.get().territory.ags == "16070031"

    def test_a_program_that_fills_the_trap_is_thanked_and_forgotten(self, client, place):
        response = client.post(FORM, filled(website="https://spam.example"))
        assert response.headers["Location"] == "/mitmachen/danke/"
        assert not Prospect.objects.exists()
        assert not Message.objects.exists()

    def test_one_address_sends_six_an_hour(self, client, place, time_machine):
        for number in range(6):
            assert client.post(FORM, filled(firm=f"Betrieb {number}")).status_code == 302
        response = client.post(FORM, filled(firm="Zu viel"))
        assert response.status_code == 422
        assert Prospect.objects.count() == 6
        assert (
            client.post(FORM, filled(firm="Von woanders"), REMOTE_ADDR="10.0.0.9").status_code
            == 302
        )
        time_machine.move_to(NOW + timedelta(minutes=61), tick=False)
        assert client.post(FORM, filled(firm="Später")).status_code == 302

    def test_wrong_forms_do_not_count(self, client, place):
        for _number in range(8):
            client.post(FORM, filled(firm=""))
        assert client.post(FORM, filled()).status_code == 302

    def test_on_wish_the_chamber_is_asked(self, client, place):
        post = make_chamber_post(make_chamber(place.parent, ChamberKind.HWK, "HWK Nord"))
        client.post(FORM, filled(chamber="HWK", wish="CHAMBER"))
        row = HandOver.objects.get()
        assert (row.post, row.reply_by) == (post, date(2026, 12, 7))

    def test_the_office_sees_it_in_its_pipeline(self, client, as_user, place):
        make_office()
        client.post(FORM, filled())
        office = as_user(make_user(Role.STATE_COORDINATION))
        assert "Backhaus Muster GmbH" in text_of(office.get("/partner/"))


class TestWithdrawal:
    @pytest.fixture
    def address(self, client, place) -> str:
        client.post(FORM, filled(message="Vertraulich.", contact_words="Frau Muster"))
        return link_in(Message.objects.get(), "/mitmachen/zuruecknehmen/")

    def test_it_asks_and_then_deletes(self, client, address):
        assert "Backhaus Muster GmbH" in text_of(client.get(address))
        assert Interest.objects.get().withdrawn_at is None
        assert "gelöscht" in text_of(client.post(address))
        interest, made = Interest.objects.get(), Prospect.objects.get()
        assert (interest.message, interest.contact_email) == ("", "")
        assert (made.contact_words, made.contact_email) == ("", "")
        assert interest.withdrawn_at == NOW

    def test_the_link_works_once(self, client, address):
        client.post(address)
        assert client.get(address).status_code == 410
        assert client.post(address).status_code == 410

    def test_the_answer_is_kept_by_nobody(self, client, address):
        assert "no-store" in client.get(address)["Cache-Control"]

    @pytest.mark.parametrize("token", ["abc", "a" * 500, "1:2:3", "ä"])
    def test_an_invented_link_is_closed(self, client, token):
        assert client.get(f"/mitmachen/zuruecknehmen/{token}/").status_code == 410


class TestHandOverAnswer:
    @pytest.fixture
    def row(self) -> HandOver:
        return hand_overs.hand_over(
            prospect=make_prospect("Optik Muster", contact_words="Frau Muster"),
            post=make_contact(make_organisation()), consent_words="Am Telefon.", actor=None, now=NOW,
        )  # fmt: skip

    @pytest.fixture
    def address(self, row) -> str:
        return link_in(Message.objects.latest("pk"), "/mitmachen/uebergabe/")

    def test_the_page_says_what_it_is_about(self, client, address):
        text = text_of(client.get(address))
        for words in ("Optik Muster", "Frau Muster", "Am Telefon.", "07.12.2026"):
            assert words in text

    @pytest.mark.parametrize(
        ("given", "status"), [("yes", HandOverStatus.ACCEPTED), ("no", HandOverStatus.DECLINED)]
    )
    def test_one_click_answers_once(self, client, row, address, given, status):
        response = client.post(address, {"accepted": given, "words": "Am Montag."})
        assert response.status_code == 200
        row.refresh_from_db()
        assert (row.status, row.words) == (status, "Am Montag.")
        assert client.get(address).status_code == 410
        assert client.post(address, {"accepted": "no"}).status_code == 410

    def test_without_a_choice_it_asks_again(self, client, row, address):
        assert client.post(address, {"words": "Hm."}).status_code == 422
        row.refresh_from_db()
        assert row.status == HandOverStatus.SENT

    def test_after_the_day_it_is_closed(self, client, address, time_machine):
        time_machine.move_to(NOW + timedelta(days=16), tick=False)
        assert client.get(address).status_code == 410

    def test_a_link_for_something_else_does_not_open_it(self, client, address, place):
        client.post(FORM, filled())
        mail = Message.objects.get(recipient="chefin@betrieb.example")
        token = link_in(mail, "/mitmachen/zuruecknehmen/").split("/")[3]
        assert client.get(f"/mitmachen/uebergabe/{token}/").status_code == 410


def test_wishes_are_asked_for_in_words(client, place):
    text = text_of(client.get(FORM))
    for label in HandOverWish.labels:
        assert str(label) in text
