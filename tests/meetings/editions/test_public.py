"""The public copy: nothing internal, no name without consent, in any form (S17, S104)."""

import io
import json
from datetime import date

import docx
import pdfplumber
import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings import jobs
from buendnisnetz.meetings.domain.editions import papers, public, states
from buendnisnetz.meetings.domain.meetings import add_agenda_item
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import AgendaSpeaker, MinutesEntry, PublicMinutes
from buendnisnetz.network.domain.people import give_consent, withdraw_consent
from buendnisnetz.network.enums import ConsentKind
from tests.factories.meetings import NOW, approved, attend, draft, make_meeting, published, say
from tests.factories.network import make_alliance, make_person, make_user
from tests.mailbox import waiting_jobs
from tests.network.views.reading import rows_of, text_of

pytestmark = pytest.mark.django_db
CONSENT = {"kind": ConsentKind.PUBLIC_NAME, "actor": None}
# Everything that must not reach the public, as it stands in the minutes below.
SECRET = ("Zwickelbart", "Klöppelheim", "Rußwurm", "Hintergedanke", "Nebenabrede", "Geheimfach")


def agree(person):
    give_consent(person=person, text="Ja", on=date(2026, 1, 1), evidence="Brief", **CONSENT)


@pytest.fixture
def meeting(db):
    row = make_meeting("Treffen mit Frau Zwickelbart", motto="Ein Motto")
    attend(row, make_person("Zwickelbart", "Alma"), function="Leitung", is_chair=True)
    attend(row, make_person("Klöppelheim-Au", "Bruno"), function="")
    agree(attend(row, make_person("Offenmut", "Clara"), function="Kasse"))
    open_item = add_agenda_item(
        meeting=row, title="Haushalt", number="1", kind="REPORT", actor=None
    )
    AgendaSpeaker.objects.create(item=open_item, name="Alma Zwickelbart", function="Leitung")
    closed = add_agenda_item(meeting=row, title="Geheimfach", number="2", kind="OTHER", actor=None)
    closed.is_internal = True
    closed.save()
    say(row, "Alma Zwickelbart, Zwickelbarts Nichte und Frau Dr. Rußwurm grüßen Clara Offenmut.")
    say(
        row,
        "Der Beschluss gilt.",
        EntryKind.DECISION,
        agenda_item=open_item,
        speaker_words="Alma Zwickelbart",
    )
    say(row, "Hintergedanke", is_internal=True)
    say(row, "Nebenabrede", agenda_item=closed)
    return row


def everything(meeting):
    """All that a visitor can reach of a meeting, as one text."""
    client, where = Client(), f"/sitzungen/{meeting.public_id}/"
    pages = [
        where,
        "/sitzungen/",
        "/sitzungen/?format=csv",
        "/suche/?q=Treffen",
        "/suche/?q=Haushalt",
    ]
    texts = [client.get(page).content.decode() for page in pages[:2] + pages[3:]]
    texts += [b"".join(client.get(pages[2])).decode(), *(row.read(client, where) for row in FORMS)]
    return "\n".join(texts)


class Form:
    def __init__(self, name, words):
        self.name, self.words = name, words

    def read(self, client, where):
        answer = client.get(f"{where}papier/{self.name}/")
        assert answer.status_code == 200
        return self.words(answer.content)


def pdf_words(content):
    with pdfplumber.open(io.BytesIO(content)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def docx_words(content):
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(part.text for part in document.paragraphs), *cells])


FORMS = (
    Form("pdf", pdf_words),
    Form("docx", docx_words),
    Form("md", bytes.decode),
    Form("json", bytes.decode),
)


def test_nothing_internal_and_no_name_reaches_the_public(meeting):
    published(meeting)
    shown = everything(meeting)
    assert [word for word in SECRET if word in shown] == []
    assert "Clara Offenmut" in shown
    assert "Der Beschluss gilt." in shown


def test_nor_is_it_found_by_searching_for_it(meeting):
    published(meeting)
    for word in SECRET:
        assert "Treffen mit" not in text_of(Client().get(f"/suche/?q={word}"))
        assert rows_of(Client().get(f"/sitzungen/?q={word}")) == []
    assert "Treffen mit" in text_of(Client().get("/suche/?q=Beschluss"))
    assert len(rows_of(Client().get("/sitzungen/?q=Haushalt"))) == 1


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_who_works_with_the_body_reads_it_in_full(meeting, as_user, form):
    published(meeting)
    shown = form.read(
        as_user(make_user(Role.STATE_COORDINATION)), f"/sitzungen/{meeting.public_id}/"
    )
    assert [word for word in SECRET if word not in shown] == []


def test_other_roles_read_the_public_copy_of_an_alliances_minutes(as_user):
    alliance = make_alliance()
    meeting = make_meeting("Runde", alliance=alliance)
    say(meeting, "Hintergedanke", is_internal=True)
    say(meeting, "Offenes Wort")
    published(meeting)
    for role in (Role.MINISTRY, Role.ADMINISTRATOR):
        page = text_of(as_user(make_user(role)).get(f"/sitzungen/{meeting.public_id}/"))
        assert "Offenes Wort" in page
        assert ("Hintergedanke" in page) is (role == Role.ADMINISTRATOR)
    own = as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))
    assert "Hintergedanke" in text_of(own.get(f"/sitzungen/{meeting.public_id}/"))


class TestConsent:
    def test_given_it_shows_the_name_withdrawn_it_hides_it_within_one_run(self, meeting):
        edition = published(meeting)
        person = meeting.attendances.get(is_chair=True).person
        agree(person)
        public.refresh_all(now=NOW)
        assert "Zwickelbart" in everything(meeting)
        withdraw_consent(person=person, on=date(2026, 11, 23), **CONSENT)
        public.refresh_all(now=NOW)
        assert "Zwickelbart" not in everything(meeting)
        edition.refresh_from_db()
        assert "Zwickelbart" in edition.text

    def test_a_run_changes_only_what_has_to_change(self, meeting):
        published(meeting)
        copy = PublicMinutes.objects.get()
        assert public.refresh_all(now=NOW) == copy.pk
        assert public.refresh_all(now=NOW, after=copy.pk) == 0
        assert PublicMinutes.objects.get().changed_at == copy.changed_at

    def test_the_queue_knows_at_once_whose_consent_changed(self, meeting):
        published(meeting)
        person, stranger = meeting.attendances.get(is_chair=True).person, make_person()
        agree(person)
        agree(stranger)
        queued = {row["person"] for _name, row in waiting_jobs("meetings.refresh_naming")}
        assert {person.public_id, stranger.public_id} <= queued
        public.refresh_naming(person=stranger.public_id, now=NOW)
        assert "Zwickelbart" not in everything(meeting)
        public.refresh_naming(person=person.public_id, now=NOW)
        assert "Zwickelbart" in everything(meeting)


class TestPapers:
    def test_the_approved_paper_is_printed_once_and_kept(self, meeting, settings):
        edition = approved(meeting)
        jobs.print_edition(edition=edition.pk)
        edition.refresh_from_db()
        first = edition.paper
        jobs.print_edition(edition=edition.pk)
        edition.refresh_from_db()
        assert edition.paper == first
        assert edition.text_sha256 in pdf_words(first.content.read()).replace("\n", "")

    def test_a_draft_has_no_paper_yet_but_can_be_read(self, meeting, as_user):
        edition = draft(meeting)
        jobs.print_edition(edition=edition.pk)
        edition.refresh_from_db()
        assert edition.paper is None
        client = as_user(make_user(Role.STATE_COORDINATION))
        assert "Entwurf" in FORMS[0].read(client, f"/sitzungen/{meeting.public_id}/")

    def test_the_public_paper_is_that_of_the_copy(self, meeting):
        published(meeting)
        copy = PublicMinutes.objects.get()
        jobs.print_public(copy=copy.pk)
        copy.refresh_from_db()
        answer = Client().get(f"/sitzungen/{meeting.public_id}/papier/pdf/")
        assert answer.content == bytes(copy.paper)
        assert answer["Content-Disposition"].startswith("attachment")

    def test_markdown_runs_nothing_that_somebody_wrote(self):
        meeting = make_meeting("Runde <script>")
        say(meeting, "[Klick](javascript:alert(1)) *fett* <b>")
        edition = approved(meeting)
        text = papers.as_markdown(edition.content, papers.signature_of(edition)).decode()
        assert r"\[Klick\](javascript:alert(1)) \*fett\* \<b\>" in text
        assert r"Runde \<script\>" in text

    def test_json_carries_content_and_approval(self, meeting):
        edition = approved(meeting)
        found = json.loads(papers.as_json(edition.content, papers.signature_of(edition)))
        assert found["approved_on"] == "2026-11-20"
        assert found["text_sha256"] == edition.text_sha256
        assert len(found["entries"]) == 4

    def test_without_minutes_there_is_no_paper(self, as_user):
        meeting = make_meeting()
        client = as_user(make_user(Role.STATE_COORDINATION))
        for form in ("pdf", "md", "exe"):
            assert client.get(f"/sitzungen/{meeting.public_id}/papier/{form}/").status_code == 404


class TestCitation:
    def address(self, entry):
        return f"/sitzungen/zitat/{entry.public_id}/"

    def test_it_leads_to_the_passage(self, meeting, as_user):
        published(meeting)
        entry = MinutesEntry.objects.get(text="Der Beschluss gilt.")
        where = f"/sitzungen/{meeting.public_id}/#e-{entry.public_id}"
        assert Client().get(self.address(entry))["Location"] == where
        inside = as_user(make_user(Role.STATE_COORDINATION)).get(self.address(entry))
        assert inside["Location"].startswith(f"/sitzungen/{meeting.public_id}/")

    def test_internal_passages_have_none_for_the_public(self, meeting):
        published(meeting)
        for text in ("Hintergedanke", "Nebenabrede"):
            entry = MinutesEntry.objects.get(text=text)
            assert Client().get(self.address(entry)).status_code == 404

    def test_what_a_correction_took_out_is_shown_as_it_was(self, meeting, as_user):
        published(meeting)
        entry = MinutesEntry.objects.get(text__startswith="Alma")
        second = states.begin_correction(
            meeting=meeting, reason="Satz war falsch", actor=None, now=NOW
        )
        entry.text = ""
        entry.save()
        published(meeting, edition=second)
        page = text_of(Client().get(self.address(entry)))
        assert "Version 1" in page
        assert "Clara Offenmut" in page
        assert not [word for word in SECRET if word in page]
        full = text_of(as_user(make_user(Role.STATE_COORDINATION)).get(self.address(entry)))
        assert "Zwickelbart" in full

    def test_unpublished_minutes_have_none(self, meeting):
        approved(meeting)
        entry = MinutesEntry.objects.get(text="Der Beschluss gilt.")
        assert Client().get(self.address(entry)).status_code == 404
