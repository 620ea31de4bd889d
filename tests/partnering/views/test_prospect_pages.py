"""Working on a prospect in the browser: every button, every form, every "no" (S19)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.models import Membership, Organisation
from buendnisnetz.partnering.domain import hand_overs
from buendnisnetz.partnering.enums import HandOverStatus, Origin, Stage
from buendnisnetz.partnering.models import (
    ContactNote,
    HandOver,
    Notice,
    Prospect,
    ProspectTask,
    SilenceSetting,
)
from tests.factories.network import make_alliance, make_organisation, make_user
from tests.factories.partnering import (
    NOW,
    make_chamber_post,
    make_contact,
    make_office,
    make_prospect,
)
from tests.factories.territories import make_chamber, make_district, make_state
from tests.network.views.reading import hidden, text_of
from tests.partnering.views.world import full_prospect

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def alliance() -> Any:
    made = make_alliance("Bündnis Mitte")
    make_contact(made, title="Koordination")
    return made


@pytest.fixture
def own(as_user, alliance) -> Any:
    """The coordination of the alliance."""
    return as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))


@pytest.fixture
def office(as_user) -> Any:
    make_office()
    return as_user(make_user(Role.STATE_COORDINATION))


@pytest.fixture
def prospect(alliance) -> Prospect:
    return make_prospect("Optik Muster", alliance=alliance)


def page(prospect: Prospect, part: str = "") -> str:
    return f"/partner/anbahnungen/{prospect.public_id}/{part}"


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


class TestPage:
    def test_the_holders_side_reads_everything(self, own, alliance):
        made = full_prospect(alliance, name="Optik Muster")
        text = text_of(own.get(page(made)))
        for words in ("Frau Muster", "Vertrauliches.", "Noch einmal anrufen", "Bündnis Mitte"):
            assert words in text

    def test_a_chamber_reads_no_notes_tasks_steps_or_origins(self, as_user, alliance):
        post = make_chamber_post(make_chamber(make_district()))
        made = full_prospect(alliance, name="Optik Muster", source="Von Herrn X")
        hand_overs.hand_over(prospect=made, post=post, consent_words="Ja.", actor=None, now=NOW)
        client = as_user(make_user(Role.CHAMBER, post.organisation))
        response = client.get(page(made))
        text = text_of(response)
        assert "Frau Muster" in text
        for words in ("Vertrauliches", "Noch einmal anrufen", "Herrn X", "Verlauf", "Bearbeiten"):
            assert words not in text
        for part in ("bearbeiten/", "absage/", "beitritt/", "organisation/", "verlauf/"):
            assert client.get(page(made, part)).status_code == 403, part

    def test_another_alliance_finds_nothing(self, as_user, prospect):
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
        assert client.get(page(prospect)).status_code == 404
        for part in ("bearbeiten/", "absage/", "beitritt/", "organisation/", "uebergeben/"):
            assert client.get(page(prospect, part)).status_code == 404, part
        for part in ("schritt/", "notiz/", "naechster-schritt/", "zurueck/"):
            assert client.post(page(prospect, part)).status_code == 404, part

    def test_an_unknown_address_is_404(self, office):
        assert office.get("/partner/anbahnungen/gibtsnicht/").status_code == 404

    def test_the_history_names_fields(self, own, prospect):
        own.post(page(prospect, "schritt/"), {"stage": "TALK"})
        text = text_of(own.get(page(prospect, "verlauf/")))
        assert "Name: Optik Muster" in text
        assert "im Gespräch" in text


class TestCreating:
    def form(self, **facts: Any) -> dict[str, Any]:
        return {"name": "Optik Muster", "contact_words": "Frau Muster", **facts}

    def test_it_belongs_to_the_own_alliance_and_its_coordination(self, own, alliance):
        response = own.post("/partner/anbahnungen/neu/", self.form(alliance=alliance.pk))
        made = Prospect.objects.get()
        assert response.headers["Location"] == page(made)
        assert (made.alliance, made.holder.title) == (alliance, "Koordination")
        assert Notice.objects.get().due_on == date(2026, 12, 23)

    def test_the_office_may_note_one_of_its_own(self, office):
        office.post("/partner/anbahnungen/neu/", self.form())
        assert Prospect.objects.get().alliance is None

    def test_not_for_somebody_elses_alliance(self, own):
        other = make_alliance("Anderes")
        response = own.post("/partner/anbahnungen/neu/", self.form(alliance=other.pk))
        assert response.status_code in {403, 422}
        assert not Prospect.objects.exists()

    def test_without_a_name_it_asks_for_one(self, own, alliance):
        response = own.post(
            "/partner/anbahnungen/neu/", {"alliance": alliance.pk, "contact_words": "X"}
        )
        assert response.status_code == 422
        assert "sagen Sie, wer es ist" in text_of(response)
        assert 'value="X"' in response.content.decode()

    def test_the_same_body_is_not_noted_twice(self, own, alliance):
        body = make_organisation("Optik Muster GmbH")
        make_prospect(alliance=alliance, organisation=body)
        response = own.post(
            "/partner/anbahnungen/neu/",
            {"alliance": alliance.pk, "organisation": body.public_id},
        )
        assert response.status_code == 422
        assert Prospect.objects.count() == 1

    def test_a_page_for_it_is_shown(self, own):
        assert "Bündnis Mitte" in own.get("/partner/anbahnungen/neu/").content.decode()


class TestEditing:
    def test_it_is_changed_and_seen(self, own, prospect, alliance):
        address = page(prospect, "bearbeiten/")
        version = hidden(own.get(address), "version")
        response = own.post(
            address, {"name": "Optik Neu", "alliance": alliance.pk, "version": version}
        )
        assert response.status_code == 302
        assert Prospect.objects.get().name == "Optik Neu"

    def test_what_somebody_else_changed_is_shown_first(self, own, prospect, alliance):
        address = page(prospect, "bearbeiten/")
        version = hidden(own.get(address), "version")
        values = {"name": "Eins", "alliance": alliance.pk, "version": version}
        assert own.post(address, values).status_code == 302
        response = own.post(address, {**values, "name": "Zwei"})
        assert response.status_code == 409
        assert "Eins" in text_of(response)
        assert Prospect.objects.get().name == "Eins"
        again = {**values, "name": "Zwei", "version": hidden(response, "version")}
        assert own.post(address, again).status_code == 302
        assert Prospect.objects.get().name == "Zwei"

    def test_the_form_shows_what_is_there(self, own, prospect):
        assert 'value="Optik Muster"' in own.get(page(prospect, "bearbeiten/")).content.decode()


class TestMoving:
    def test_forward_with_words(self, own, prospect):
        response = own.post(page(prospect, "schritt/"), {"stage": "TALK", "words": "Beim Empfang."})
        assert response.status_code == 302
        prospect.refresh_from_db()
        assert (prospect.stage, prospect.steps.latest("pk").words) == (Stage.TALK, "Beim Empfang.")

    def test_from_the_board_it_leads_back_to_the_board(self, own, prospect):
        response = own.post(
            page(prospect, "schritt/"), {"stage": "TALK", "next": "/partner/tafel/"}
        )
        assert response.headers["Location"] == "/partner/tafel/"

    def test_never_to_a_foreign_address(self, own, prospect):
        response = own.post(
            page(prospect, "schritt/"), {"stage": "TALK", "next": "https://boese.example/"}
        )
        assert response.headers["Location"] == page(prospect)

    @pytest.mark.parametrize("stage", ["JOINT_PROJECT", "MEMBER", "DECLINED"])
    def test_what_is_not_allowed_is_said_beside_the_field(self, own, prospect, stage):
        response = own.post(page(prospect, "schritt/"), {"stage": stage})
        assert response.status_code == 422
        assert Prospect.objects.get().stage == Stage.IDENTIFIED

    def test_an_invented_stage_is_refused(self, own, prospect):
        assert own.post(page(prospect, "schritt/"), {"stage": "ERFUNDEN"}).status_code == 422

    def test_get_is_not_allowed(self, own, prospect):
        assert own.get(page(prospect, "schritt/")).status_code == 405

    def test_declining_needs_a_reason(self, own, prospect):
        address = page(prospect, "absage/")
        assert own.get(address).status_code == 200
        assert own.post(address, {"stage": "DECLINED", "words": ""}).status_code == 422
        response = own.post(
            address, {"stage": "DECLINED", "words": "Keine Zeit.", "not_before": "2027-06-01"}
        )
        assert response.status_code == 302
        prospect.refresh_from_db()
        assert (prospect.decline_reason, prospect.not_before) == ("Keine Zeit.", date(2027, 6, 1))

    def test_the_last_step_is_taken_back(self, own, prospect):
        own.post(page(prospect, "schritt/"), {"stage": "TALK"})
        own.post(page(prospect, "zurueck/"))
        assert Prospect.objects.get().stage == Stage.IDENTIFIED
        response = own.post(page(prospect, "zurueck/"))
        assert told(response)[-1] != "Gespeichert."


class TestJoining:
    def test_first_they_must_stand_in_the_directory(self, own, alliance):
        prospect = make_prospect("Optik Muster", Stage.TALK, alliance=alliance)
        response = own.get(page(prospect, "beitritt/"))
        assert response.headers["Location"] == page(prospect, "organisation/")
        assert "Verzeichnis" in told(response)[0]

    def test_added_to_the_directory_in_one_click(self, own, alliance):
        prospect = make_prospect("Optik Muster", Stage.TALK, alliance=alliance)
        own.post(page(prospect, "organisation/"), {"add": "1"})
        prospect.refresh_from_db()
        assert prospect.organisation == Organisation.objects.get(name="Optik Muster")

    def test_or_chosen_from_what_is_alike(self, own, alliance):
        body = make_organisation("Optik Muster GmbH")
        prospect = make_prospect("Optik Muster", alliance=alliance)
        address = page(prospect, "organisation/")
        assert "Optik Muster GmbH" in text_of(own.get(address))
        assert own.post(address, {"organisation": ""}).status_code == 422
        assert own.post(address, {"organisation": body.public_id}).status_code == 302
        prospect.refresh_from_db()
        assert prospect.organisation == body

    def test_then_they_become_a_member_with_what_they_bring(self, own, alliance):
        body = make_organisation("Optik Muster GmbH")
        prospect = make_prospect(stage=Stage.TALK, alliance=alliance, organisation=body)
        address = page(prospect, "beitritt/")
        assert own.get(address).status_code == 200
        response = own.post(
            address, {"first_day": "2026-11-01", "contributions": ["ROOMS"], "words": "Beschluss."}
        )
        assert response.status_code == 302
        member = Membership.objects.get()
        assert (member.organisation, member.alliance, member.valid_from) == (
            body, alliance, date(2026, 11, 1),
        )  # fmt: skip
        assert member.contributions == ["ROOMS"]
        prospect.refresh_from_db()
        assert (prospect.stage, prospect.membership) == (Stage.MEMBER, member)

    def test_a_missing_day_is_asked_for(self, own, alliance):
        prospect = make_prospect(
            stage=Stage.TALK, alliance=alliance, organisation=make_organisation()
        )
        assert own.post(page(prospect, "beitritt/"), {"first_day": ""}).status_code == 422
        assert not Membership.objects.exists()


class TestNotesAndSteps:
    def test_a_note_is_kept_with_who_and_when(self, own, prospect):
        own.post(
            page(prospect, "notiz/"), {"kind": "VISIT", "met_on": "2026-11-20", "words": "Ja."}
        )
        note = ContactNote.objects.get()
        assert (note.kind, note.met_on, note.words) == ("VISIT", date(2026, 11, 20), "Ja.")
        assert note.author is not None

    @pytest.mark.parametrize(
        "values", [{"kind": "VISIT", "met_on": ""}, {"kind": "VISIT", "met_on": "2026-12-24"}]
    )
    def test_a_wrong_note_comes_back(self, own, prospect, values):
        response = own.post(page(prospect, "notiz/"), {**values, "words": "Mein langer Text."})
        assert response.status_code == 422
        assert "Mein langer Text." in response.content.decode()
        assert not ContactNote.objects.exists()

    def test_the_next_step_becomes_a_task_of_the_responsible_post(self, own, prospect):
        own.post(page(prospect, "naechster-schritt/"), {"words": "Anrufen", "due_on": "2026-12-01"})
        link = ProspectTask.objects.get()
        assert (link.words, link.task.due_on) == ("Anrufen", date(2026, 12, 1))
        assert link.task.holder.title == "Koordination"

    def test_without_a_day_it_asks(self, own, prospect):
        response = own.post(page(prospect, "naechster-schritt/"), {"words": "Anrufen"})
        assert response.status_code == 422
        assert not ProspectTask.objects.exists()


class TestFromTheDirectory:
    def address(self, body: Organisation) -> str:
        return f"/partner/aus-dem-verzeichnis/{body.public_id}/"

    def test_one_click_with_script(self, own, alliance):
        body = make_organisation("Optik Muster GmbH")
        response = own.post(self.address(body), **HTMX)
        made = Prospect.objects.get()
        assert response.headers["HX-Redirect"] == page(made)
        assert (made.alliance, made.organisation, made.origin) == (alliance, body, Origin.DIRECTORY)

    def test_without_script_it_asks_once(self, own, alliance):
        body = make_organisation("Optik Muster GmbH")
        assert "Optik Muster GmbH" in text_of(own.get(self.address(body)))
        assert not Prospect.objects.exists()
        response = own.post(self.address(body), {"alliance": alliance.pk})
        assert response.headers["Location"] == page(Prospect.objects.get())

    def test_the_office_takes_it_up_for_itself(self, office):
        office.post(self.address(make_organisation()), **HTMX)
        assert Prospect.objects.get().alliance is None

    def test_a_second_click_says_why_not(self, own):
        body = make_organisation("Optik Muster GmbH")
        own.post(self.address(body), **HTMX)
        response = own.post(self.address(body), **HTMX)
        assert response.headers["HX-Redirect"] == f"/netz/organisationen/{body.public_id}/"
        assert told(response)
        assert Prospect.objects.count() == 1


class TestHandingOver:
    def test_with_consent_the_post_is_written_to(self, own, prospect):
        post = make_chamber_post(make_chamber(make_district()))
        address = page(prospect, "uebergeben/")
        assert own.get(address).status_code == 200
        assert own.post(address, {"post": post.public_id}).status_code == 422
        own.post(address, {"post": post.public_id, "consent_words": "Am Telefon."})
        assert HandOver.objects.get().post == post

    def test_a_post_without_an_address_is_named(self, own, prospect):
        post = make_chamber_post(make_chamber(make_district()), email="")
        response = own.post(
            page(prospect, "uebergeben/"), {"post": post.public_id, "consent_words": "Ja."}
        )
        assert response.status_code == 422
        assert "E-Mail-Adresse" in text_of(response)

    def handed(self, prospect: Prospect, post: Any) -> HandOver:
        return hand_overs.hand_over(
            prospect=prospect, post=post, consent_words="Ja.", actor=None, now=NOW
        )

    @pytest.mark.parametrize(
        ("data", "status"),
        [({"accept": "1"}, HandOverStatus.ACCEPTED), ({}, HandOverStatus.DECLINED)],
    )
    def test_the_chamber_answers_signed_in(self, as_user, prospect, data, status):
        post = make_chamber_post(make_chamber(make_district()))
        row = self.handed(prospect, post)
        client = as_user(make_user(Role.CHAMBER, post.organisation))
        response = client.post(f"/partner/uebergaben/{row.public_id}/", data, follow=True)
        assert response.status_code == 200
        row.refresh_from_db()
        assert row.status == status

    def test_only_the_house_that_was_asked(self, as_user, own, prospect):
        chamber = make_chamber(make_district())
        row = self.handed(prospect, make_chamber_post(chamber))
        other = make_chamber_post(make_chamber(make_district(), name="IHK Anderswo"))
        address = f"/partner/uebergaben/{row.public_id}/"
        client = as_user(make_user(Role.CHAMBER, other.organisation))
        assert client.post(address, {"accept": "1"}).status_code == 404
        assert own.post(address, {"accept": "1"}).status_code == 403
        row.refresh_from_db()
        assert row.status == HandOverStatus.SENT


class TestTelling:
    def test_told_in_a_talk(self, own, alliance):
        prospect = make_prospect(alliance=alliance, contact_words="Frau Muster")
        address = page(prospect, "informiert/")
        assert "Frau Muster" in text_of(own.get(page(prospect)))
        assert own.get(address).status_code == 200
        assert own.post(address, {"on": ""}).status_code == 422
        assert own.post(address, {"on": "2026-11-22"}).status_code == 302
        assert Notice.objects.get().told_on == date(2026, 11, 22)
        assert own.get(address).status_code == 404


class TestSilence:
    def test_the_office_says_after_how_many_days(self, office):
        make_state()
        assert 'value="60"' in office.get("/partner/stille/16/").content.decode()
        assert office.post("/partner/stille/16/", {"days": "3"}).status_code == 422
        assert office.post("/partner/stille/16/", {"days": "30"}).status_code == 302
        assert SilenceSetting.objects.get().days == 30
        assert 'value="30"' in office.get("/partner/stille/16/").content.decode()
        assert office.get("/partner/stille/99/").status_code == 404


class TestBoard:
    def test_a_column_for_each_stage_with_buttons(self, own, prospect):
        make_prospect("Still", alliance=prospect.alliance, now=NOW - timedelta(days=70))
        text = text_of(own.get("/partner/tafel/"))
        for words in ("Optik Muster", "Still", "70 Tage ohne Schritt", "vorgemerkt", "Mitglied"):
            assert words in text

    def test_it_narrows_like_the_list(self, own, prospect):
        make_prospect("Tischlerei", alliance=prospect.alliance)
        text = text_of(own.get("/partner/tafel/?q=tisch"))
        assert "Tischlerei" in text
        assert "Optik Muster" not in text

    def test_nobody_elses(self, own):
        make_prospect("Fremd", alliance=make_alliance())
        assert "Fremd" not in text_of(own.get("/partner/tafel/"))
