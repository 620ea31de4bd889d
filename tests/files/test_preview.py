"""Small pictures of files: drawn apart from us, within limits, and only of what was checked."""

import io
import subprocess
import sys

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from buendnisnetz.files import preview, scan
from buendnisnetz.files.enums import ScanState
from buendnisnetz.files.models import Preview, StoredFile
from buendnisnetz.files.store import forget_content, store_file
from tests.factories.pictures import bomb, pdf, picture
from tests.factories.tasks import NOW

pytestmark = pytest.mark.django_db


def keep(content, name="bild"):
    stored = store_file(upload=ContentFile(content), name=name, limit=10**7, actor=None, now=NOW)
    preview.ask_for(stored=stored, now=NOW)
    return stored


def shown(stored):
    return Image.open(io.BytesIO(preview.picture_of(stored)))


class TestAsking:
    def test_one_job_draws_all_of_them(self):
        keep(picture("PNG"))
        keep(pdf())
        assert list(ProcrastinateJob.objects.values_list("task_name", flat=True)) == [
            "files.draw_previews_now"
        ]

    def test_the_same_content_is_asked_for_once(self):
        keep(picture("PNG"), "a.png")
        keep(picture("PNG"), "b.png")
        assert Preview.objects.count() == 1

    def test_for_other_kinds_there_is_none(self):
        keep(b"nur Text")
        assert not Preview.objects.exists()


class TestDrawing:
    @pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
    def test_pictures_become_small(self, form):
        stored = keep(picture(form, (1200, 600)))
        assert preview.draw_waiting(now=NOW) == 1
        found = shown(stored)
        assert (found.format, found.size) == ("WEBP", (480, 240))
        row = Preview.objects.get()
        assert row.made_at == NOW
        assert row.image.name == f"previews/{stored.sha256[:2]}/{stored.sha256}.webp"

    def test_of_a_paper_the_first_page(self):
        stored = keep(pdf(pages=3))
        preview.draw_waiting(now=NOW)
        found = shown(stored)
        assert max(found.size) <= 480
        # Upright, as the page is, and not empty.
        assert found.height > found.width
        assert len(found.convert("L").getcolors(1000) or []) > 1

    def test_where_the_picture_was_taken_stays_out(self):
        photo = Image.new("RGB", (60, 40), "red")
        exif = Image.Exif()
        exif[0x010E] = "Bei Familie Geheimrat"
        exif[0x0112] = 6
        target = io.BytesIO()
        photo.save(target, "JPEG", exif=exif)
        stored = keep(target.getvalue())
        preview.draw_waiting(now=NOW)
        assert b"Geheimrat" not in preview.picture_of(stored)
        # Turned as the camera said.
        assert shown(stored).size == (40, 60)

    @pytest.mark.parametrize(
        "content",
        [
            b"\x89PNG\r\n\x1a\n" + bytes(64),
            b"%PDF-1.7\nkaputt",
            pytest.param(bomb(), id="bomb"),
        ],
    )
    def test_what_cannot_be_drawn_is_tried_once(self, content):
        stored = keep(content)
        assert preview.draw_waiting(now=NOW) == 1
        assert preview.draw_waiting(now=NOW) == 0
        assert preview.picture_of(stored) is None
        assert preview.with_pictures([stored.sha256]) == set()

    def test_a_process_over_its_time_is_killed(self, monkeypatch):
        stored = keep(picture("PNG"))

        def slow(*_args, **_more):
            raise subprocess.TimeoutExpired("x", 1)

        monkeypatch.setattr(subprocess, "run", slow)
        assert preview.drawn(stored) == b""

    def test_the_child_limits_itself(self, tmp_path):
        """With too little memory it ends, and nothing comes out."""
        source, target = tmp_path / "source", tmp_path / "target"
        source.write_bytes(picture("PNG", (4000, 4000)))
        done = subprocess.run(  # noqa: S603 -- our own module
            [sys.executable, "-m", "buendnisnetz.files.preview_child", source, target, "5", "60"],
            capture_output=True,
            check=False,
        )
        assert done.returncode != 0
        assert not target.exists()

    def test_content_that_is_missing(self):
        stored = keep(picture("PNG"))
        default_storage.delete(stored.content.name)
        assert preview.draw_waiting(now=NOW) == 1
        assert preview.picture_of(stored) is None


class TestScanner:
    def test_nothing_is_drawn_before_it_is_checked(self, settings):
        stored = keep(picture("PNG"))
        settings.CLAMD = "unix:/gibt/es/nicht"
        assert preview.draw_waiting(now=NOW) == 0
        scan.note(sha256=stored.sha256, finding=scan.Finding(ScanState.CLEAN), now=NOW)
        assert preview.draw_waiting(now=NOW) == 1

    def test_infected_files_have_no_picture(self):
        stored, later = keep(picture("PNG")), keep(picture("GIF"))
        infected = scan.Finding(ScanState.INFECTED, "Eicar")
        scan.note(sha256=stored.sha256, finding=infected, now=NOW)
        assert preview.draw_waiting(now=NOW) == 1
        scan.note(sha256=later.sha256, finding=infected, now=NOW)
        later.refresh_from_db()
        assert preview.picture_of(later) is None


def test_a_forgotten_file_loses_its_picture(django_capture_on_commit_callbacks):
    stored = keep(picture("PNG"))
    preview.draw_waiting(now=NOW)
    path = Preview.objects.get().image.name
    with django_capture_on_commit_callbacks(execute=True):
        forget_content(stored=stored)
    assert not Preview.objects.exists()
    assert not default_storage.exists(path)
    assert StoredFile.objects.get().is_gone
    assert preview.picture_of(StoredFile.objects.get()) is None


def test_which_of_many_have_a_picture(django_assert_num_queries):
    rows = [keep(picture("PNG")), keep(pdf()), keep(b"Text")]
    preview.draw_waiting(now=NOW)
    with django_assert_num_queries(1):
        found = preview.with_pictures(row.sha256 for row in rows)
    assert found == {rows[0].sha256, rows[1].sha256}
