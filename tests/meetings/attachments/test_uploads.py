"""Attachments whose files come in pieces, and the limit of a single request."""

import hashlib
import json

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.files.models import PartialUpload, StoredFile
from buendnisnetz.meetings.domain import attachments as domain
from buendnisnetz.meetings.models import Attachment
from tests.factories.attachments import attach, posted, upload
from tests.factories.meetings import make_meeting
from tests.factories.network import make_user
from tests.factories.pictures import picture
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
CONTENT = b"Zahlen zur Kinderbetreuung im Kreis\n" * 9
BEGIN = "/sitzungen/hochladen/"


@pytest.fixture
def client(office, as_user):
    return as_user(office)


@pytest.fixture
def meeting():
    return make_meeting()


def begin(client, name="zahlen.txt", content=CONTENT):
    said = {"name": name, "size": len(content), "fingerprint": hashlib.sha256(content).hexdigest()}
    return client.post(BEGIN, json.dumps(said), content_type="application/json")


def send(client, key, first, content, **headers):
    said = {
        "Upload-Offset": str(first),
        "Upload-Checksum": f"sha256 {hashlib.sha256(content).hexdigest()}",
        **headers,
    }
    return client.patch(f"{BEGIN}{key}/", content, content_type="application/octet", headers=said)


def sent(client, name="zahlen.txt", content=CONTENT):
    key = begin(client, name, content).json()["id"]
    for first in range(0, len(content), 100):
        assert send(client, key, first, content[first : first + 100]).status_code == 204
    return key


def add(client, meeting, **values):
    values = {"title": "Zahlen", "accessible": "UNKNOWN", **values}
    return client.post(f"/sitzungen/{meeting.public_id}/anlagen/neu/", values)


class TestProtocol:
    def test_begin_send_ask_and_go_on(self, client):
        begun = begin(client)
        assert begun.status_code == 201
        key = begun.json()["id"]
        assert begun.json() == {"id": key, "offset": 0, "size": len(CONTENT)}
        answer = send(client, key, 0, CONTENT[:100])
        assert (answer.status_code, answer["Upload-Offset"]) == (204, "100")
        for ask in (client.get, client.head):
            state = ask(f"{BEGIN}{key}/")
            assert (state["Upload-Offset"], state["Upload-Length"]) == ("100", str(len(CONTENT)))
            assert state["Cache-Control"] == "no-store"
        # The page was closed and the file chosen again.
        assert begin(client).json() == {"id": key, "offset": 100, "size": len(CONTENT)}

    def test_a_wrong_place_says_the_right_one(self, client):
        key = begin(client).json()["id"]
        for said in ("50", "", "-3", "viele", "9" * 30):
            answer = send(client, key, 0, b"abc", **{"Upload-Offset": said})
            assert (answer.status_code, answer["Upload-Offset"]) == (409, "0")

    def test_a_damaged_piece(self, client):
        key = begin(client).json()["id"]
        answer = send(client, key, 0, b"abc", **{"Upload-Checksum": "sha256 " + "0" * 64})
        assert answer.status_code == 460
        assert "beschädigt" in answer.json()["error"]
        large = send(client, key, 0, b"abc", **{"Content-Length": str(10**9)})
        assert large.status_code == 460

    @pytest.mark.parametrize("body", ["", "[]", "{}", '{"name": "x", "size": "viel"}'])
    def test_a_beginning_that_is_none(self, client, body):
        answer = client.post(BEGIN, body, content_type="application/json")
        assert answer.status_code == 422
        assert not PartialUpload.objects.exists()

    def test_too_large_is_said_at_once(self, client):
        said = {"name": "film.mp4", "size": 201 * 1024**2, "fingerprint": "f"}
        answer = client.post(BEGIN, json.dumps(said), content_type="application/json")
        assert answer.status_code == 422
        assert "größer als 200 MB" in answer.json()["error"]

    def test_nobody_else_sees_or_sends_or_deletes(self, client, as_user):
        key = begin(client).json()["id"]
        stranger = as_user(make_user(Role.STATE_COORDINATION))
        for answer in (
            stranger.get(f"{BEGIN}{key}/"),
            send(stranger, key, 0, CONTENT[:100]),
            stranger.delete(f"{BEGIN}{key}/"),
        ):
            assert answer.status_code == 410
        assert PartialUpload.objects.get().received == 0

    def test_left_out(self, client):
        key = begin(client).json()["id"]
        assert client.delete(f"{BEGIN}{key}/").status_code == 204
        assert not PartialUpload.objects.exists()

    def test_too_many(self, client, monkeypatch):
        monkeypatch.setattr("buendnisnetz.files.uploads.MOST_UPLOADS", 1)
        begin(client)
        assert begin(client, content=b"anders").status_code == 429


class TestForm:
    def test_a_file_that_came_in_pieces(self, client, meeting):
        key = sent(client)
        assert add(client, meeting, arrived=key).status_code == 302
        row = Attachment.objects.get()
        assert (row.title, row.file.name, row.file.size) == ("Zahlen", "zahlen.txt", len(CONTENT))
        assert not PartialUpload.objects.exists()

    def test_several_are_called_by_their_names(self, client, meeting):
        keys = [sent(client), sent(client, "lage.plan.txt", b"Plan"), sent(client, "Rest", b"Rest")]
        add(client, meeting, arrived=" ".join(keys), licence="CC0")
        rows = meeting.attachments.order_by("number").values_list("title", "licence")
        assert list(rows) == [("zahlen", "CC0"), ("lage.plan", "CC0"), ("Rest", "CC0")]

    def test_all_or_none(self, client, meeting, monkeypatch):
        monkeypatch.setitem(domain._LARGEST, "text", 50)
        keys = [sent(client, "klein", b"klein"), sent(client)]
        assert add(client, meeting, arrived=" ".join(keys)).status_code == 422
        assert not Attachment.every.exists()
        assert PartialUpload.objects.count() == 2

    def test_unfinished_and_foreign_ones_are_refused(self, client, meeting, as_user):
        half = begin(client).json()["id"]
        answer = add(client, meeting, arrived=half)
        assert answer.status_code == 422
        assert "noch nicht vollständig" in text_of(answer)
        foreign = sent(as_user(make_user(Role.STATE_COORDINATION)))
        assert add(client, meeting, arrived=foreign).status_code == 422
        assert not Attachment.objects.exists()

    def test_it_replaces_a_file(self, client, meeting):
        row = attach(meeting)
        path = f"/sitzungen/{meeting.public_id}/anlagen/{row.pk}/bearbeiten/"
        values = {"title": "Neu", "accessible": "NO", "version": "1", "arrived": sent(client)}
        assert client.post(path, values).status_code == 302
        row.refresh_from_db()
        assert row.file.size == len(CONTENT)
        assert row.earlier_files.count() == 1


class TestLimits:
    def test_one_request_over_the_limit_is_not_kept(self, client, meeting, settings):
        settings.LARGEST_UPLOAD = 100_000
        file = posted("gross.bin", b"x" * 300_000)
        answer = add(client, meeting, title="Groß", file=file, author="Ada")
        assert answer.status_code == 422
        assert "größer als 200 MB" in text_of(answer)
        # What else was typed is still there.
        assert 'value="Groß"' in answer.content.decode()
        assert 'value="Ada"' in answer.content.decode()
        assert not StoredFile.objects.exists()

    def test_up_to_the_limit_it_is(self, client, meeting, settings):
        settings.LARGEST_UPLOAD = 100_000
        file = posted("gross.bin", b"\0" * 100_000)
        assert add(client, meeting, file=file).status_code == 302
        assert Attachment.objects.get().file.size == 100_000

    def test_pictures_have_a_limit_of_their_own(self, meeting, monkeypatch):
        monkeypatch.setitem(domain._LARGEST, "image", 50)
        with pytest.raises(domain.FileTooLargeError):
            attach(meeting, file=upload(picture("PNG"), "bild.png"))
        assert not Attachment.every.exists()
