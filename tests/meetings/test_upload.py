"""Handing a document in, on the page (S120): clear sentences, nothing half written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from buendnisnetz.accounts.enums import Role
from buendnisnetz.files.models import StoredFile
from buendnisnetz.meetings.domain import minutes_import as imports
from buendnisnetz.meetings.enums import ImportStatus
from buendnisnetz.meetings.models import MinutesImport, Proposal
from tests.factories.network import make_alliance, make_user
from tests.meetings.conftest import DOCUMENT, NOW
from tests.network.views.reading import rows_of, text_of

pytestmark = pytest.mark.django_db
ADDRESS = "/sitzungen/importe/neu/"


CONTENT = DOCUMENT.encode()


def upload(client, content=CONTENT, name="treffen.txt", **values):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content), **values})


def test_a_document_is_received_read_and_shown(office, as_user):
    client = as_user(office)
    answer = upload(client)
    row = MinutesImport.objects.get()
    assert answer.status_code == 302
    assert row.status == ImportStatus.RECEIVED
    waiting = text_of(client.get(answer["Location"]))
    assert "gelesen" in waiting
    imports.read_import(minutes_import=row.pk, now=NOW)
    page = client.get(answer["Location"])
    assert "Die Lotsenordnung wird angenommen" in text_of(page)
    assert page.content.decode().count("data-proposal=") == Proposal.objects.count()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leer.txt", "leer"),
        (b" \n\t\n", "blank.txt", "kein"),
        (b"\x00" * 5000, "null.txt", "kein"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 600, "bild.docx", "Word"),
        (b"PK\x03\x04" + b"x" * 300, "kaputt.docx", "beschädigt"),
    ],
)
def test_what_cannot_be_read_says_why(office, as_user, content, name, sentence):
    client = as_user(office)
    answer = upload(client, content, name)
    if answer.status_code == 302:
        row = MinutesImport.objects.get()
        imports.read_import(minutes_import=row.pk, now=NOW)
        row.refresh_from_db()
        assert row.status == ImportStatus.FAILED
        answer = client.get(answer["Location"])
    assert sentence in text_of(answer)
    assert not Proposal.objects.exists()


def test_too_large_is_refused_before_it_is_stored(office, as_user, monkeypatch):
    monkeypatch.setattr(imports, "LARGEST", 100)
    answer = upload(as_user(office))
    assert answer.status_code == 422
    assert "größer als" in answer.content.decode()
    assert not MinutesImport.objects.exists()
    assert not StoredFile.objects.exists()


def test_too_often_is_refused(office, as_user, monkeypatch):
    monkeypatch.setattr(imports, "UPLOADS_PER_HOUR", 2)
    client = as_user(office)
    assert [upload(client).status_code for _time in range(3)] == [302, 302, 422]
    assert MinutesImport.objects.count() == 2


def test_reading_twice_changes_nothing(received):
    row = received()
    version, found = row.version, row.proposals.count()
    imports.read_import(minutes_import=row.pk, now=NOW)
    row.refresh_from_db()
    assert (row.version, row.proposals.count()) == (version, found)


def test_a_coordinator_hands_in_for_the_own_alliance_only(as_user):
    own, other = make_alliance(), make_alliance()
    client = as_user(make_user(Role.ALLIANCE_COORDINATOR, own))
    assert upload(client).status_code == 422
    assert upload(client, alliance=other.public_id).status_code == 422
    assert upload(client, alliance=own.public_id).status_code == 302
    assert MinutesImport.objects.get().alliance == own


def test_it_can_be_left_and_found_again_in_the_list(received, office, as_user):
    received(name="Protokoll Mai.txt")
    received(name="Protokoll Juni.txt")
    client = as_user(office)
    assert len(rows_of(client.get("/sitzungen/importe/"))) == 2
    (row,) = rows_of(client.get("/sitzungen/importe/?q=juni"))
    assert row[0] == "Protokoll Juni.txt"
    assert len(rows_of(client.get("/sitzungen/importe/?status=FAILED"))) == 0


def test_put_away_and_gone_from_review(received, office, as_user):
    row = received()
    as_user(office).post(f"/sitzungen/importe/{row.public_id}/weglegen/", {"version": row.version})
    row.refresh_from_db()
    assert row.status == ImportStatus.DISCARDED


def test_the_document_comes_back_as_it_was(received, office, as_user):
    row = received()
    answer = as_user(office).get(f"/sitzungen/importe/{row.public_id}/datei/")
    assert b"".join(answer.streaming_content).decode() == DOCUMENT
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
