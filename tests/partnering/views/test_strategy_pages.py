"""Stakeholders, strategy, statements of benefit and examples in the browser (S24, S82, S88, S90, S110, S111)."""

from datetime import date, timedelta
from typing import Any

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.notifications.models import Message
from buendnisnetz.partnering.domain import strategy
from buendnisnetz.partnering.enums import InvitationAnswer
from buendnisnetz.partnering.models import (
    Benefit,
    ContactNote,
    PracticeCard,
    Stakeholder,
    StakeholderInvitation,
    StrategyAim,
    StrategyMeasure,
    StrategyMessage,
)
from tests.factories.meetings import attend, make_meeting
from tests.factories.network import make_alliance, make_organisation, make_post, make_user
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_aim,
    make_benefit,
    make_contact,
    make_office,
    make_practice,
    make_stakeholder,
)
from tests.factories.territories import make_district, make_municipality
from tests.network.views.reading import hidden, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(as_user) -> Any:
    make_office()
    return as_user(make_user(Role.STATE_COORDINATION))


@pytest.fixture
def alliance() -> Any:
    return make_alliance("Bündnis Mitte")


@pytest.fixture
def own(as_user, alliance) -> Any:
    return as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))


class TestStakeholders:
    def test_added_for_the_office_or_for_the_own_alliance(self, office, own, alliance):
        body = make_organisation("Spitzenverband")
        values = {"organisation": body.public_id, "interest": "2", "influence": "3"}
        assert office.get("/partner/stakeholder/neu/").status_code == 200
        office.post("/partner/stakeholder/neu/", values)
        own.post("/partner/stakeholder/neu/", {**values, "alliance": alliance.pk})
        rows = Stakeholder.objects.order_by("pk")
        assert [(row.organisation, row.alliance, row.influence) for row in rows] == [
            (body, None, 3), (body, alliance, 3),
        ]  # fmt: skip

    def test_the_same_body_once(self, office):
        body = make_organisation("Spitzenverband")
        make_stakeholder(body)
        response = office.post(
            "/partner/stakeholder/neu/",
            {"organisation": body.public_id, "interest": "0", "influence": "0"},
        )
        assert response.status_code == 422
        assert Stakeholder.objects.count() == 1

    def test_an_alliance_sees_its_own_only(self, own, alliance):
        hers, office_row = make_stakeholder(alliance=alliance), make_stakeholder()
        assert own.get(f"/partner/stakeholder/{hers.public_id}/").status_code == 200
        for part in ("", "bearbeiten/", "einladung/"):
            address = f"/partner/stakeholder/{office_row.public_id}/{part}"
            assert own.get(address).status_code == 404
        assert own.post(f"/partner/stakeholder/{office_row.public_id}/notiz/").status_code == 404

    def test_position_and_marks_change(self, office):
        row = make_stakeholder()
        address = f"/partner/stakeholder/{row.public_id}/bearbeiten/"
        version = hidden(office.get(address), "version")
        values = {"interest": "1", "influence": "2", "position": "Wartet ab.", "version": version}
        assert office.post(address, values).status_code == 302
        assert office.post(address, {**values, "position": "Anders."}).status_code == 409
        row.refresh_from_db()
        assert (row.interest, row.influence, row.position) == (1, 2, "Wartet ab.")

    def test_contacts_are_noted(self, office):
        row = make_stakeholder()
        address = f"/partner/stakeholder/{row.public_id}/"
        wrong = office.post(f"{address}notiz/", {"kind": "VISIT", "met_on": "", "words": "Lang."})
        assert wrong.status_code == 422
        assert "Lang." in wrong.content.decode()
        office.post(f"{address}notiz/", {"kind": "VISIT", "met_on": "2026-11-20", "words": "Gut."})
        assert ContactNote.objects.get().stakeholder == row
        assert "Gut." in text_of(office.get(address))

    def test_invited_answered_and_not_present(self, office):
        row = make_stakeholder()
        meeting = make_meeting(held_on=TODAY - timedelta(days=3))
        attend(meeting)
        address = f"/partner/stakeholder/{row.public_id}/"
        assert office.get(f"{address}einladung/").status_code == 200
        assert office.post(f"{address}einladung/", {"invited_on": "2026-11-01"}).status_code == 422
        office.post(f"{address}einladung/", {"meeting": meeting.pk, "invited_on": "2026-11-01"})
        invitation = StakeholderInvitation.objects.get()
        answer = f"/partner/einladungen/{invitation.public_id}/"
        assert office.get(answer).status_code == 200
        assert office.post(answer, {"answer": "ACCEPTED", "answered_on": ""}).status_code == 422
        office.post(answer, {"answer": "ACCEPTED", "answered_on": "2026-11-05", "words": "Gern."})
        invitation.refresh_from_db()
        assert (invitation.answer, invitation.words) == (InvitationAnswer.ACCEPTED, "Gern.")
        text = text_of(office.get(address))
        assert "Gern." in text
        assert "nicht da" in text or "fehlte" in text or "nicht dabei" in text

    def test_another_alliance_answers_nothing(self, own):
        row = make_stakeholder()
        invitation = StakeholderInvitation.objects.create(
            stakeholder=row, occasion="Empfang", invited_on=TODAY
        )
        assert own.get(f"/partner/einladungen/{invitation.public_id}/").status_code == 404

    def test_the_matrix_counts_by_influence_and_interest(self, office):
        make_stakeholder(influence=3, interest=1)
        make_stakeholder(influence=3, interest=1)
        assert "2" in text_of(office.get("/partner/stakeholder/"))


class TestStrategy:
    ADDRESSES = (
        "", "neu/", "{aim}/", "{aim}/bearbeiten/", "{aim}/botschaft/", "{aim}/massnahme/",
    )  # fmt: skip

    @pytest.mark.parametrize("part", ADDRESSES)
    @pytest.mark.parametrize(
        "role", [Role.ALLIANCE_COORDINATOR, Role.MINISTRY, Role.CHAMBER, Role.MEMBER]
    )
    def test_it_is_invisible_to_all_others(self, as_user, part, role):
        scopes = {
            Role.ALLIANCE_COORDINATOR: make_alliance, Role.CHAMBER: make_organisation,
            Role.MEMBER: make_organisation,
        }  # fmt: skip
        client = as_user(make_user(role, scopes[role]() if role in scopes else None))
        aim = make_aim("Geheimes Ziel")
        response = client.get(f"/partner/strategie/{part.format(aim=aim.public_id)}")
        assert response.status_code == 403
        assert "Geheimes Ziel" not in response.content.decode()

    def test_an_aim_with_its_bodies(self, office):
        target = make_stakeholder(make_organisation("Spitzenverband"))
        other = make_stakeholder(make_organisation("Fremd"), alliance=make_alliance())
        page = office.get("/partner/strategie/neu/").content.decode()
        assert "Spitzenverband" in page
        assert "Fremd" not in page
        office.post(
            "/partner/strategie/neu/",
            {"title": "Mehr Rückhalt", "targets": [target.pk], "due_on": "2027-03-01"},
        )
        aim = StrategyAim.objects.get()
        assert list(aim.targets.all()) == [target]
        assert "Spitzenverband" in text_of(office.get(f"/partner/strategie/{aim.public_id}/"))
        assert "Mehr Rückhalt" in text_of(office.get("/partner/strategie/"))
        response = office.post("/partner/strategie/neu/", {"title": "Zwei", "targets": [other.pk]})
        assert response.status_code == 422

    def test_it_is_reached_in_the_end(self, office):
        aim = make_aim()
        address = f"/partner/strategie/{aim.public_id}/bearbeiten/"
        version = hidden(office.get(address), "version")
        values = {"title": "Ziel", "status": "REACHED", "result": "Beschluss.", "version": version}
        assert office.post(address, values).status_code == 302
        assert office.post(address, {**values, "title": "Anders"}).status_code == 409
        aim.refresh_from_db()
        assert (aim.status, aim.result) == ("REACHED", "Beschluss.")

    def test_a_message_cites_a_fact(self, office):
        aim, fact = make_aim(), make_benefit("Weniger Fehltage")
        address = f"/partner/strategie/{aim.public_id}/botschaft/"
        assert office.get(address).status_code == 200
        assert office.post(address, {"words": "Es lohnt sich."}).status_code == 422
        office.post(address, {"words": "Es lohnt sich.", "benefit": fact.pk})
        office.post(address, {"words": "Es hilft.", "source": "Studie 2024"})
        text = text_of(office.get(f"/partner/strategie/{aim.public_id}/"))
        for words in ("Es lohnt sich.", "Weniger Fehltage", "Studie 2024"):
            assert words in text
        message = StrategyMessage.objects.order_by("pk")[0]
        assert office.get(f"/partner/botschaften/{message.public_id}/entfernen/").status_code == 405
        office.post(f"/partner/botschaften/{message.public_id}/entfernen/")
        assert StrategyMessage.objects.count() == 1

    def test_a_measure_is_a_task_that_says_nothing_to_others(self, office):
        aim = make_aim("Geheimes Ziel")
        address = f"/partner/strategie/{aim.public_id}/massnahme/"
        holder = make_post(make_organisation())
        assert office.get(address).status_code == 200
        assert office.post(address, {"words": ""}).status_code == 422
        office.post(
            address,
            {"words": "Gespräch führen", "holder": holder.public_id, "due_on": "2026-12-01"},
        )
        measure = StrategyMeasure.objects.get()
        assert (measure.words, measure.task.due_on) == ("Gespräch führen", date(2026, 12, 1))
        assert "Geheimes" not in measure.task.title
        assert "Gespräch" not in measure.task.title
        assert "Gespräch führen" in text_of(office.get("/partner/strategie/"))
        task = office.get(f"/aufgaben/{measure.task.public_id}/")
        assert "Gespräch führen" in text_of(task)

    def test_the_ministry_reads_the_task_without_its_words(self, as_user):
        measure = strategy.add_measure(
            aim=make_aim("Geheimes Ziel"), words="Gespräch führen", holder=None, due_on=TODAY,
            actor=None, now=NOW,
        )  # fmt: skip
        client = as_user(make_user(Role.MINISTRY))
        page = client.get(f"/aufgaben/{measure.task.public_id}/").content.decode()
        assert "Gespräch führen" not in page
        assert "Geheimes Ziel" not in page

    @pytest.mark.parametrize("role", [Role.STATE_COORDINATION, Role.MINISTRY])
    def test_the_task_leads_to_the_board_whoever_may_see_it(self, as_user, role):
        aim = make_aim("Geheimes Ziel")
        measure = strategy.add_measure(
            aim=aim, words="Gespräch führen", holder=None, due_on=TODAY, actor=None, now=NOW
        )
        client, board = as_user(make_user(role)), f"/partner/strategie/{aim.public_id}/"
        page = client.get(f"/aufgaben/{measure.task.public_id}/").content.decode()
        assert (f'href="{board}"' in page) is (client.get(board).status_code == 200)
        assert (f'href="{board}"' in page) is (role == Role.STATE_COORDINATION)


class TestBenefits:
    def form(self, **facts: Any) -> dict[str, Any]:
        return {
            "audience": "COMPANY", "claim": "Weniger Fehltage", "evidence": "86 %",
            "source_title": "Umfrage", "source_url": "https://studie.example/", "is_published": "on",
            "checked_on": "2026-11-01", **facts,
        }  # fmt: skip

    def test_published_only_with_evidence_and_source(self, office):
        address = "/partner/nutzen/neu/"
        assert office.get(address).status_code == 200
        for name in ("source_title", "evidence"):
            assert office.post(address, self.form(**{name: ""})).status_code == 422
        assert not Benefit.objects.exists()
        assert office.post(address, self.form()).status_code == 302
        assert Benefit.objects.get().is_published

    def test_a_draft_needs_none_and_nobody_else_sees_it(self, office, client):
        office.post("/partner/nutzen/neu/", {"audience": "COMPANY", "claim": "Entwurf"})
        row = Benefit.objects.get()
        assert office.get(f"/partner/nutzen/{row.public_id}/").status_code == 200
        assert client.get(f"/partner/nutzen/{row.public_id}/").status_code == 404

    def test_edited_and_checked_again(self, office, client):
        row = make_benefit("Alt", checked_on=TODAY - timedelta(days=400))
        address = f"/partner/nutzen/{row.public_id}/"
        assert "Seit zwölf Monaten" in text_of(office.get(address))
        office.post(f"{address}geprueft/")
        row.refresh_from_db()
        assert row.checked_on == TODAY
        version = hidden(office.get(f"{address}bearbeiten/"), "version")
        values = self.form(claim="Neu", version=version)
        assert office.post(f"{address}bearbeiten/", values).status_code == 302
        assert "Neu" in text_of(client.get(address))
        stale = {**values, "claim": "Noch anders"}
        assert office.post(f"{address}bearbeiten/", stale).status_code == 409

    def test_not_for_others(self, own):
        row = make_benefit()
        for part in ("neu/", "pflege/", f"{row.public_id}/bearbeiten/"):
            assert own.get(f"/partner/nutzen/{part}").status_code == 403
        assert own.post(f"/partner/nutzen/{row.public_id}/geprueft/").status_code == 403


class TestExamples:
    def test_written_edited_and_shown(self, office, client):
        place = make_municipality(make_district(), "Musterdorf")
        values = {
            "title": "Mitfahrbank", "field": "SURROUNDINGS", "territory": place.public_id,
            "problem": "Kein Bus.", "steps": "Bank aufstellen.", "evidence": "Zählung",
            "is_published": "on",
        }  # fmt: skip
        assert office.get("/partner/beispiele/neu/").status_code == 200
        office.post("/partner/beispiele/neu/", values)
        card = PracticeCard.objects.get()
        address = f"/partner/beispiele/{card.public_id}/"
        for words in ("Mitfahrbank", "Kein Bus.", "Bank aufstellen.", "Musterdorf"):
            assert words in text_of(client.get(address))
        version = hidden(office.get(f"{address}bearbeiten/"), "version")
        office.post(f"{address}bearbeiten/", {**values, "title": "Bank", "version": version})
        card.refresh_from_db()
        assert card.title == "Bank"

    def test_drafts_are_the_offices(self, client):
        card = make_practice(is_published=False)
        assert client.get(f"/partner/beispiele/{card.public_id}/").status_code == 404


class TestAsking:
    @pytest.fixture
    def address(self) -> str:
        card = make_practice(contact=make_contact(make_organisation(), "antwort@post.example"))
        return f"/partner/beispiele/{card.public_id}/"

    def question(self, **facts: Any) -> dict[str, Any]:
        return {
            "sender": "Rita Beispiel", "reply_to": "rita@stadt.example", "question": "Wie lange?",
            **facts,
        }  # fmt: skip

    def test_the_question_goes_out_and_the_address_stays_hidden(self, client, address):
        assert "antwort@post.example" not in client.get(address).content.decode()
        response = client.post(address, self.question())
        assert response.headers["Location"] == "/partner/beispiele/gefragt/"
        assert client.get("/partner/beispiele/gefragt/").status_code == 200
        assert Message.objects.get().recipient == "antwort@post.example"

    def test_wrong_entries_come_back(self, client, address):
        response = client.post(address, self.question(reply_to="kein-at"))
        assert response.status_code == 422
        assert "Wie lange?" in response.content.decode()
        assert not Message.objects.exists()

    def test_the_trap_is_silent(self, client, address):
        response = client.post(address, self.question(website="https://spam.example"))
        assert response.status_code == 302
        assert not Message.objects.exists()

    def test_five_an_hour(self, client, address):
        for _number in range(5):
            assert client.post(address, self.question()).status_code == 302
        assert client.post(address, self.question()).status_code == 422
        assert Message.objects.count() == 5

    def test_without_a_post_there_is_nobody_to_ask(self, client):
        card = make_practice()
        response = client.post(f"/partner/beispiele/{card.public_id}/", self.question())
        assert response.status_code == 422
        assert not Message.objects.exists()
