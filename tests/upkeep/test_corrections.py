"""Anybody may say what is wrong; whoever keeps the entry takes it over field by field."""

from datetime import timedelta

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.core.ratelimit import TooOftenError
from buendnisnetz.network.domain import organisations
from buendnisnetz.notifications.models import Message
from buendnisnetz.upkeep.domain import corrections, retention
from buendnisnetz.upkeep.enums import CorrectionStatus
from buendnisnetz.upkeep.models import Correction
from tests.factories.network import make_alliance, make_organisation, make_post, make_user
from tests.factories.upkeep import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_organisation("Verein", phone="0361 1", city="Gera", is_public=True)


def propose(subject, email="", words="", source="192.0.2.1", **proposed) -> Correction:
    return corrections.propose(
        subject=subject, proposed=proposed, words=words, email=email, consent_text="ja",
        user=None, source=source, now=NOW,
    )  # fmt: skip


def accept(row, taken, subject, **facts):
    return corrections.accept(
        correction=row, taken=taken, version=facts.get("version", subject.version),
        answer=facts.get("answer", ""), actor=None, now=NOW,
    )  # fmt: skip


class TestProposing:
    def test_only_what_differs_is_kept_beside_what_was_shown(self, body):
        row = propose(body, phone="0361 2", city="Gera", is_public=False)
        assert row.fields == {"phone": {"shown": "0361 1", "proposed": "0361 2"}}

    def test_nothing_is_no_proposal(self, body):
        with pytest.raises(corrections.NothingProposedError):
            propose(body, phone="0361 1")

    def test_words_are_enough(self, body):
        assert propose(body, words=" Ist umgezogen. ").words == "Ist umgezogen."

    def test_not_too_often_from_one_address(self, body):
        for number in range(corrections.PROPOSALS_PER_HOUR):
            propose(body, phone=f"1{number}")
        with pytest.raises(TooOftenError):
            propose(body, phone="99")
        assert propose(body, phone="99", source="192.0.2.2")

    def test_a_consent_stands_only_with_an_address(self, body):
        assert propose(body, phone="2").consent_text == ""
        assert propose(body, phone="2", email="a@example.org").consent_text == "ja"


class TestDeciding:
    def test_only_ticked_fields_are_taken_over(self, body):
        row = accept(propose(body, phone="0361 2", city="Jena"), ["city"], body)
        body.refresh_from_db()
        assert (body.phone, body.city) == ("0361 1", "Jena")
        assert [row.fields[name]["taken"] for name in ("phone", "city")] == [False, True]
        assert row.status == CorrectionStatus.ACCEPTED

    def test_alliances_and_posts_too(self):
        for subject in (make_alliance(), make_post()):
            accept(propose(subject, phone="0361 2"), ["phone"], subject)
            subject.refresh_from_db()
            assert subject.phone == "0361 2"

    def test_something_has_to_be_ticked(self, body):
        with pytest.raises(corrections.NothingTakenError):
            accept(propose(body, phone="2"), [], body)

    def test_words_alone_are_accepted_without_fields(self, body):
        assert accept(propose(body, words="x"), [], body).status == CorrectionStatus.ACCEPTED

    def test_not_against_an_entry_that_somebody_changed(self, body):
        row, version = propose(body, phone="2"), body.version
        organisations.edit_organisation(organisation=body, version=version, city="Jena", actor=None)
        with pytest.raises(EditConflictError):
            accept(row, ["phone"], body, version=version)
        row.refresh_from_db()
        assert row.status == CorrectionStatus.NEW

    def test_once(self, body):
        row = propose(body, phone="2")
        accept(row, ["phone"], body)
        with pytest.raises(corrections.CorrectionStateError):
            corrections.reject(correction=row, reason="nein", actor=None, now=NOW)

    def test_rejected_with_a_reason_and_looked_at_again(self, body):
        row = propose(body, phone="2")
        with pytest.raises(corrections.ReasonMissingError):
            corrections.reject(correction=row, reason=" ", actor=None, now=NOW)
        row = corrections.reject(correction=row, reason="falsch", actor=None, now=NOW)
        row = corrections.reopen(correction=row, actor=None)
        assert (row.status, row.answer, row.decided_at) == (CorrectionStatus.NEW, "", None)

    def test_an_answer_is_mailed_if_wanted(self, body):
        accept(propose(body, phone="2"), ["phone"], body)
        assert not Message.objects.exists()
        body.refresh_from_db()
        accept(propose(body, phone="3", email="a@example.org"), ["phone"], body, answer="Danke!")
        mail = Message.objects.get()
        assert mail.recipient == "a@example.org"
        assert "Danke!" in mail.text

    def test_words_and_addresses_are_forgotten_in_time(self, body):
        row = accept(propose(body, phone="2", email="a@example.org", words="x"), ["phone"], body)
        kept = retention.CORRECTIONS_KEPT
        assert retention.forget_old_corrections(now=NOW + kept) == 0
        assert retention.forget_old_corrections(now=NOW + kept + timedelta(days=1)) == 1
        row.refresh_from_db()
        assert (row.words, row.email, row.consent_text) == ("", "", "")


class TestPages:
    def page(self, body):
        return f"/datenpflege/korrekturen/neu/organisation/{body.public_id}/"

    def test_a_visitor_proposes(self, client, body):
        form = client.get(self.page(body))
        assert form.status_code == 200
        answer = client.post(self.page(body), {"name": "Verein", "phone": "0361 7", "words": ""})
        assert answer.status_code == 302
        assert Correction.objects.get().fields["phone"]["proposed"] == "0361 7"

    def test_a_program_is_told_thanks_and_nothing_is_kept(self, client, body):
        client.post(
            self.page(body), {"name": "Verein", "phone": "1", "homepage": "http://x.example"}
        )
        assert not Correction.objects.exists()

    def test_an_address_for_the_answer_needs_the_consent_and_is_not_proposed(self, client, body):
        typed = {"name": "Verein", "city": "Jena", "email": "", "answer_to": "a@example.org"}
        answer = client.post(self.page(body), typed)
        assert answer.status_code == 422
        assert not Correction.objects.exists()
        client.post(self.page(body), {**typed, "consent": "on"})
        row = Correction.objects.get()
        assert row.email == "a@example.org"
        assert "email" not in row.fields

    def test_what_is_not_public_is_not_found(self, client, body):
        body.is_public = False
        body.save()
        assert client.get(self.page(body)).status_code == 404

    def test_only_who_keeps_the_entry_sees_and_decides(self, body):
        row = propose(body, phone="0361 2")
        page = f"/datenpflege/korrekturen/{row.public_id}/"
        stranger, keeper = Client(), Client()
        stranger.force_login(make_user(Role.MEMBER, make_organisation()))
        keeper.force_login(make_user(Role.STATE_COORDINATION))
        assert stranger.get(page).status_code == 404
        assert "0361 2" in keeper.get(page).content.decode()
        typed = {"version": body.version, "taken": ["phone"], "answer": ""}
        assert keeper.post(page + "entscheiden/", typed).status_code == 302
        body.refresh_from_db()
        assert body.phone == "0361 2"

    def test_a_page_that_is_out_of_date_is_shown_again(self, body):
        row = propose(body, phone="0361 2")
        keeper = Client()
        keeper.force_login(make_user(Role.STATE_COORDINATION))
        typed = {"version": body.version - 1, "taken": ["phone"], "answer": ""}
        address = f"/datenpflege/korrekturen/{row.public_id}/entscheiden/"
        assert keeper.post(address, typed).status_code == 409
        assert keeper.post(address, {"version": body.version, "answer": "", "reject": "1"}).status_code == 422  # fmt: skip

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_asks_few_questions(self, body, count, django_assert_max_num_queries):
        for number in range(count):
            propose(body, phone=f"7{number}")
        keeper = Client()
        keeper.force_login(make_user(Role.STATE_COORDINATION))
        with django_assert_max_num_queries(12):
            text = keeper.get("/datenpflege/korrekturen/").content.decode()
        assert text.count('href="/datenpflege/korrekturen/') >= count
