"""Files that people hand in: whatever is uploaded is treated as hostile."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buendnisnetz.audit.history import history_of
from buendnisnetz.files import store
from buendnisnetz.files.downloads import as_download
from buendnisnetz.files.models import StoredFile
from tests.factories.network import make_user
from tests.factories.tasks import NOW

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def on_disk(settings: Any, tmp_path: Path) -> Path:
    """Real files, below a folder of the test."""
    folder = tmp_path / "files"
    location = {"location": folder, "base_url": None, "file_permissions_mode": 0o600}
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": location,
        }
    }
    return folder


def _store(content: bytes = PDF, name: str = "Protokoll.pdf", limit: int = 1000, actor=None):
    upload = SimpleUploadedFile(name, content)
    return store.store_file(upload=upload, name=name, limit=limit, actor=actor, now=NOW)


def _content(stored: StoredFile) -> bytes:
    with stored.content.open("rb") as file:
        return file.read()


def _on_disk(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


class TestStore:
    def test_it_keeps_content_name_type_and_size(self, on_disk):
        user = make_user()
        stored = _store(actor=user)
        stored.refresh_from_db()
        assert (stored.name, stored.media_type, stored.size) == (
            "Protokoll.pdf",
            "application/pdf",
            len(PDF),
        )
        assert _content(stored) == PDF
        assert _on_disk(on_disk) == [f"{stored.sha256[:2]}/{stored.sha256}"]
        assert (history_of(stored)[0].actor, history_of(stored)[0].action) == (
            user.display_name, "Datei eingereicht",
        )  # fmt: skip

    def test_only_the_owner_of_the_installation_reads_it(self, on_disk):
        stored = _store()
        mode = (on_disk / stored.content.name).stat().st_mode & 0o777
        assert mode == 0o600

    def test_the_same_content_is_kept_once(self, on_disk):
        first, second = _store(name="a.pdf"), _store(name="b.pdf")
        assert first.content.name == second.content.name
        assert (first.name, second.name) == ("a.pdf", "b.pdf")
        assert len(_on_disk(on_disk)) == 1
        assert StoredFile.objects.count() == 2

    def test_what_a_killed_process_left_half_written_is_written_again(self, on_disk):
        stored = _store()
        (on_disk / stored.content.name).write_bytes(PDF[:10])
        again = _store()
        assert _content(again) == PDF
        assert _on_disk(on_disk) == [again.content.name]

    def test_what_is_rolled_back_has_no_row(self):
        with transaction.atomic():
            _store()
            transaction.set_rollback(True)
        assert not StoredFile.objects.exists()
        assert _content(_store()) == PDF

    @pytest.mark.parametrize(("size", "fits"), [(1000, True), (1001, False)])
    def test_the_limit(self, size, fits):
        if fits:
            assert _store(b"x" * size).size == size
            return
        with pytest.raises(store.FileTooLargeError):
            _store(b"x" * size)
        assert not StoredFile.objects.exists()

    def test_the_limit_is_told_in_megabytes(self):
        assert str(store.FileTooLargeError(20 * store.MEGABYTE)) == (
            "Die Datei ist größer als 20 MB. Bitte reichen Sie eine kleinere ein."
        )

    def test_too_large_files_are_not_read_to_the_end(self):
        """Reading stops with the piece that goes over the limit."""

        class Endless(ContentFile):
            pieces = 0

            def chunks(self, chunk_size=None):
                while True:
                    self.pieces += 1
                    yield b"x" * 600

        upload = Endless(b"")
        with pytest.raises(store.FileTooLargeError):
            store.store_file(upload=upload, name="x", limit=1000, actor=None, now=NOW)
        assert upload.pieces == 2

    def test_empty_files_are_refused(self):
        with pytest.raises(store.EmptyFileError) as caught:
            _store(b"")
        assert str(caught.value) == "Die Datei ist leer. Bitte wählen Sie eine andere."


class TestNames:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Protokoll 24.08.2017.docx", "Protokoll 24.08.2017.docx"),
            ("../../etc/passwd", "etc passwd"),
            ("C:\\Users\\x\\a.pdf", "C Users x a.pdf"),
            ("a\x00b\r\nc.pdf", "a b c.pdf"),
            ("Rechnung\u202efdp.exe", "Rechnungfdp.exe"),
            ("un\u200bsicht\u2066bar\ufeff.pdf", "unsichtbar.pdf"),
            ("a\u0308rger.pdf", "ärger.pdf"),
            (".htaccess", "htaccess"),
            ("..", "datei"),
            ("", "datei"),
            ("   ", "datei"),
            ('a"b<c>d|e?f*.pdf', "a b c d e f .pdf"),
        ],
    )
    def test_clean_name(self, name, expected):
        assert store.clean_name(name) == expected

    def test_a_long_name_keeps_its_ending(self):
        assert store.clean_name("x" * 400 + ".pdf") == "x" * 196 + ".pdf"

    @given(st.text(max_size=300))
    def test_a_clean_name_is_safe_to_show_and_save(self, name):
        found = store.clean_name(name)
        assert 1 <= len(found) <= 200
        assert set(found) & set('/\\:*?"<>|\x00\r\n\u202e\u2066\u200f') == set()
        assert not found.startswith((".", " "))
        assert found == found.strip()
        assert store.clean_name(found) == found
        found.encode()


class TestMediaType:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (PDF, "application/pdf"),
            ("Protokoll der Sitzung\nAnwesend: Äpfel".encode(), "text/plain"),
            (b"\x00\x01\x02\x03" * 40, "application/octet-stream"),
            (
                b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + bytes(40) + b"xl/workbook.xml",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            (
                b"PK\x03\x04"
                + bytes(26)
                + b"[Content_Types].xml"
                + bytes(40)
                + b"word/document.xml",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "image/png"),
        ],
    )
    def test_it_comes_from_the_content(self, content, expected):
        assert store.media_type_of(content) == expected

    def test_the_name_does_not_matter(self):
        assert _store(PDF, "bild.png").media_type == "application/pdf"

    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.binary(max_size=200))
    def test_no_content_is_a_problem(self, content):
        found = store.media_type_of(content)
        assert "/" in found
        assert len(found) <= 120


class TestDownload:
    def test_it_is_never_shown_in_the_page(self):
        stored = _store(b"<html><script>alert(1)</script></html>", "Übersicht „neu“.html")
        response = as_download(stored)
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"] == (
            "attachment; filename*=utf-8''%C3%9Cbersicht%20%E2%80%9Eneu%E2%80%9C.html"
        )
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["Content-Length"] == "38"
        assert b"".join(response.streaming_content) == b"<html><script>alert(1)</script></html>"
        response.close()
