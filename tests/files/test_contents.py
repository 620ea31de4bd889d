"""Bytes that no row needs go, and no others."""

import threading
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from buendnisnetz.files import condition, contents, jobs, preview, store, uploads
from buendnisnetz.files.models import PartialUpload, StoredFile
from tests.factories.network import make_user
from tests.factories.pictures import picture
from tests.factories.tasks import NOW
from tests.files.test_uploads import CONTENT, begin, send

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=25)


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    """An empty folder."""
    options = {"location": tmp_path / "files", "base_url": None}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": backend}


def kept(content=b"Zahlen"):
    upload = ContentFile(content)
    return store.store_file(upload=upload, name="a.txt", limit=10**6, actor=None, now=NOW)


class TestSweep:
    def test_what_a_row_needs_stays(self):
        stored = kept(picture())
        preview.ask_for(stored=stored, now=NOW)
        preview.draw_waiting(now=NOW)
        upload = begin(make_user())
        send(upload, 0, CONTENT[:100])
        before = sorted(contents.names())
        assert len(before) == 3
        assert contents.sweep(now=timezone.now() + LATER) == 0
        assert sorted(contents.names()) == before

    def test_what_was_never_committed_goes_after_a_day(self):
        with transaction.atomic():
            kept()
            transaction.set_rollback(True)
        (lost,) = contents.names()
        assert contents.sweep(now=timezone.now() + timedelta(hours=23)) == 0
        assert list(contents.names()) == [lost]
        assert contents.sweep(now=timezone.now() + LATER) == 1
        assert list(contents.names()) == []

    def test_pieces_without_a_row_go_after_a_day(self):
        upload = begin(make_user())
        send(upload, 0, CONTENT[:100])
        # As a kill between the commit and the removal leaves it.
        PartialUpload.objects.all().delete()
        assert contents.sweep(now=timezone.now()) == 0
        assert contents.sweep(now=timezone.now() + LATER) == 1
        assert list(contents.names()) == []

    def test_what_must_be_forgotten_goes_at_once(self):
        stored = kept()
        # The commit went through, the removal after it did not.
        StoredFile.objects.filter(pk=stored.pk).update(is_gone=True)
        jobs.sweep_contents(timestamp=0)
        assert list(contents.names()) == []

    def test_what_is_not_ours_stays(self):
        for path in ("notiz.txt", "ab/notiz.txt", "previews/x.webp", "aa/" + "A" * 64):
            default_storage.save(path, ContentFile(b"fremd"))
        assert contents.sweep(now=timezone.now() + LATER) == 0
        assert len(list(contents.names())) == 4


class TestRemoving:
    def test_content_that_came_again_stays(self, django_capture_on_commit_callbacks):
        """Somebody hands the same content in between the commit of its removal and the removal."""
        stored = kept()
        with django_capture_on_commit_callbacks() as callbacks:
            store.forget_content(stored=stored)
        again = kept()
        for callback in callbacks:
            callback()
        with again.content.open("rb") as content:
            assert content.read() == b"Zahlen"

    def test_a_piece_that_was_on_its_way_goes_with_its_upload(
        self, django_capture_on_commit_callbacks
    ):
        upload = begin(make_user())
        send(upload, 0, CONTENT[:100])
        with transaction.atomic():
            send(upload, 100, CONTENT[100:200])
            transaction.set_rollback(True)
        upload.refresh_from_db()
        assert len(list(contents.names())) == 2
        with django_capture_on_commit_callbacks(execute=True):
            uploads.discard(upload=upload)
        assert list(contents.names()) == []


@pytest.mark.django_db(transaction=True)
def test_what_somebody_is_about_to_commit_stays():
    """The other one stores content whose bytes lie there already, and has not committed yet."""
    with transaction.atomic():
        stored = kept()
        transaction.set_rollback(True)
    path = stored.content.name
    holding, done = threading.Event(), threading.Event()

    def other():
        with transaction.atomic():
            kept()
            holding.set()
            done.wait(20)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert holding.wait(20)
    swept = contents.sweep(now=timezone.now() + LATER)
    done.set()
    thread.join()
    assert swept == 0
    assert default_storage.exists(path)
    assert StoredFile.objects.get().content.name == path


class TestCondition:
    def test_a_disk_in_order(self):
        assert condition.problem() == ""
        assert list(contents.names()) == []

    def test_a_disk_that_cannot_be_written(self, settings, tmp_path):
        (tmp_path / "files").write_text("keine Ablage")
        assert condition.problem().startswith("kann nicht lesen und schreiben: ")
