"""Files in a bucket: the same rules as on a disk, on a real S3 server.

Start one on loopback, for example ``moto_server -p 5055`` of the package ``moto[server]``, and name it:
``BUENDNISNETZ_TEST_S3=http://127.0.0.1:5055 bin/test tests/files/test_bucket.py``.
"""

import hashlib
import io
import os
import secrets
import tarfile
import tracemalloc
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import timezone

from buendnisnetz.files import condition, contents, preview, scan, store, uploads
from buendnisnetz.files.bucket import BLOCK, BucketError, BucketStorage
from buendnisnetz.files.downloads import as_download
from buendnisnetz.files.models import StoredFile, UploadPiece
from buendnisnetz.web.domain import archive
from tests.factories.network import make_user
from tests.factories.pictures import picture
from tests.factories.tasks import NOW
from tests.files.scanner import EICAR, running

SERVER = os.environ.get("BUENDNISNETZ_TEST_S3", "")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SERVER, reason="BUENDNISNETZ_TEST_S3 names no S3 server"),
]


@pytest.fixture
def options():
    return {
        "endpoint_url": SERVER,
        "bucket_name": f"netz-{secrets.token_hex(6)}",
        "access_key": "schluessel",
        "secret_key": "geheim",
        "region_name": "us-east-1",
    }


@pytest.fixture
def bucket(settings, options, tmp_path):
    backend = {"BACKEND": "buendnisnetz.files.bucket.BucketStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    settings.BUCKET = options
    BucketStorage(**options).connection.create_bucket(Bucket=options["bucket_name"])
    return options["bucket_name"]


def kept(content, name="plan.pdf", **values):
    upload = SimpleUploadedFile(name, content, content_type="text/html")
    values = {"limit": 300 * store.MEGABYTE, "actor": None, "now": NOW, **values}
    return store.store_file(upload=upload, name=name, **values)


def all_of(response):
    return b"".join(response.streaming_content)


def in_pieces(owner, content, size):
    upload = uploads.begin(
        owner=owner, name="a.bin", size=len(content), fingerprint="f", limit=10**9, now=NOW
    )
    for first in range(0, len(content), size):
        part = content[first : first + size]
        sha256 = hashlib.sha256(part).hexdigest()
        uploads.add_piece(upload=upload, first=first, content=part, sha256=sha256)
    upload.refresh_from_db()
    return upload


class TestKeeping:
    def test_content_comes_back_under_its_checksum(self, bucket):
        content = secrets.token_bytes(BLOCK * 2 + 77)
        stored = kept(content)
        assert stored.sha256 == hashlib.sha256(content).hexdigest()
        assert list(contents.names()) == [f"{stored.sha256[:2]}/{stored.sha256}"]
        assert default_storage.size(stored.content.name) == len(content)
        assert all_of(as_download(stored)) == content

    def test_the_same_content_lies_there_once(self, bucket):
        first, second = kept(b"Zahlen"), kept(b"Zahlen", "anders.txt")
        assert first.content.name == second.content.name
        assert list(contents.names()) == [first.content.name]

    def test_the_sender_does_not_say_what_it_is(self, bucket):
        stored = kept(b"<html>")
        row = default_storage.bucket.Object(stored.content.name)
        assert row.content_type == "application/octet-stream"

    def test_nothing_leads_into_the_bucket(self, bucket):
        with pytest.raises(ValueError, match="not accessible"):
            default_storage.url(kept(b"Zahlen").content.name)

    def test_what_is_not_there_is_not_found(self, bucket):
        with pytest.raises(FileNotFoundError):
            default_storage.open("aa/nichts")
        with pytest.raises(FileNotFoundError):
            default_storage.size("aa/nichts")
        assert not default_storage.exists("aa/nichts")
        default_storage.delete("aa/nichts")


class TestGivingOut:
    @pytest.mark.parametrize(("said", "first", "last"), [("bytes=5-9", 5, 9), ("bytes=-3", 97, 99), ("bytes=90-", 90, 99)])  # fmt: skip
    def test_parts(self, bucket, said, first, last):
        content = secrets.token_bytes(100)
        response = as_download(kept(content), RequestFactory().get("/", headers={"range": said}))
        assert (response.status_code, all_of(response)) == (206, content[first : last + 1])
        assert response["Content-Range"] == f"bytes {first}-{last}/100"

    def test_a_part_of_a_large_file_fetches_that_part(self, bucket):
        content = secrets.token_bytes(BLOCK * 3)
        stored = kept(content)
        fetched = []
        client = default_storage.connection.meta.client
        client.meta.events.register(
            "before-call.s3.GetObject",
            lambda params, **said: fetched.append(params["headers"]["Range"]),
        )
        request = RequestFactory().get("/", headers={"range": f"bytes={BLOCK * 3 - 10}-"})
        assert all_of(as_download(stored, request)) == content[-10:]
        assert fetched == [f"bytes={BLOCK * 3 - 10}-{BLOCK * 3 - 1}"]

    def test_a_large_file_is_never_in_memory(self, bucket):
        block = secrets.token_bytes(BLOCK)
        size = 20 * BLOCK
        path = "aa/" + "a" * 64

        class Long(io.RawIOBase):
            at = 0

            def readable(self):
                return True

            def seekable(self):
                return True

            def tell(self):
                return self.at

            def seek(self, offset, whence=0):
                self.at = {0: 0, 1: self.at, 2: size}[whence] + offset
                return self.at

            def read(self, length=-1):
                length = size - self.at if length < 0 else min(length, size - self.at)
                start = self.at % BLOCK
                given = block[start : start + length]
                self.at += len(given)
                return given

        tracemalloc.start()
        default_storage.save(path, Long())
        written = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        digest = hashlib.sha256()
        with default_storage.open(path) as file:
            for chunk in file.chunks():
                digest.update(chunk)
        read = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert digest.hexdigest() == hashlib.sha256(block * 20).hexdigest()
        assert max(written, read) < 8 * BLOCK


class TestThroughPieces:
    def test_a_file_in_pieces(self, bucket, django_capture_on_commit_callbacks):
        content = secrets.token_bytes(BLOCK + 999)
        upload = in_pieces(make_user(), content, 2**20)
        joined = uploads.whole(upload)
        stored = store.store_file(upload=joined, name="a.bin", limit=10**9, actor=None, now=NOW)
        assert all_of(as_download(stored)) == content
        with django_capture_on_commit_callbacks(execute=True):
            uploads.discard(upload=upload)
        assert list(contents.names()) == [stored.content.name]

    def test_an_upload_that_expires_leaves_nothing(
        self, bucket, django_capture_on_commit_callbacks
    ):
        in_pieces(make_user(), b"x" * 300, 100)
        assert len(list(contents.names())) == UploadPiece.objects.count() == 3
        with django_capture_on_commit_callbacks(execute=True):
            assert uploads.discard_expired(now=NOW + timedelta(hours=24)) == 1
        assert list(contents.names()) == []


class TestEverythingElse:
    def test_a_preview_is_drawn(self, bucket):
        stored = kept(picture())
        preview.ask_for(stored=stored, now=NOW)
        assert preview.draw_waiting(now=NOW) == 1
        assert preview.picture_of(stored)[8:12] == b"WEBP"

    def test_viruses_are_found(self, bucket, settings):
        stored = kept(EICAR)
        with running() as (address, _seen):
            settings.CLAMD = address
            assert scan.scan_waiting(now=NOW) == 1
        stored.refresh_from_db()
        assert stored.scan_state == "INFECTED"

    def test_what_must_go_goes(self, bucket, django_capture_on_commit_callbacks):
        stored = kept(picture())
        preview.ask_for(stored=stored, now=NOW)
        preview.draw_waiting(now=NOW)
        with django_capture_on_commit_callbacks(execute=True):
            store.forget_content(stored=stored)
        assert list(contents.names()) == []

    def test_what_nobody_needs_goes_after_a_day(self, bucket):
        stored = kept(b"bleibt")
        lost = kept(b"verloren").content.name
        StoredFile.objects.filter(content=lost).delete()
        default_storage.save("fremdes/notiz.txt", ContentFile(b"nicht von uns"))
        assert contents.sweep(now=timezone.now() + timedelta(hours=23)) == 0
        assert contents.sweep(now=timezone.now() + timedelta(hours=25)) == 1
        assert sorted(contents.names()) == sorted([stored.content.name, "fremdes/notiz.txt"])


class TestBackup:
    def test_files_of_the_bucket_are_packed_and_come_back(self, bucket, tmp_path):
        condition.claim_bucket()
        content = secrets.token_bytes(BLOCK + 5)
        stored = kept(content)
        with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as packed:
            wanted = dict(archive._add_files(packed))
        assert wanted == {stored.content.name: stored.sha256}
        default_storage.delete(stored.content.name)
        with tarfile.open(tmp_path / "a.tar.gz", "r:gz") as packed:
            archive._restore_files(packed, wanted)
        assert all_of(as_download(stored)) == content


class TestCondition:
    def test_all_is_well(self, bucket):
        assert condition.problem() == ""
        assert list(contents.names()) == []
        # A second look finds its own mark.
        assert condition.problem() == ""

    def test_another_installations_bucket(self, bucket):
        default_storage.save(contents.MARK, ContentFile(b"eine andere"))
        with pytest.raises(condition.BucketTakenError) as caught:
            condition.claim_bucket()
        assert str(caught.value).startswith(
            f"Der Bucket „{bucket}“ gehört einer anderen Installation."
        )
        assert condition.problem() == str(caught.value)

    def test_a_bucket_that_is_not_there(self, bucket, settings):
        default_storage.connection.Bucket(bucket).delete()
        assert condition.problem() == (
            "kann nicht lesen und schreiben: den Bucket gibt es nicht; BUENDNISNETZ_S3_BUCKET prüfen"
        )

    def test_a_server_that_is_not_there(self, bucket, settings, options):
        options["endpoint_url"] = "http://127.0.0.1:9"
        backend = {"BACKEND": "buendnisnetz.files.bucket.BucketStorage", "OPTIONS": options}
        settings.STORAGES = settings.STORAGES | {"default": backend}
        found = condition.problem()
        assert found.startswith("kann nicht lesen und schreiben: der S3-Server antwortet nicht (")
        assert found.endswith("); BUENDNISNETZ_S3_ENDPOINT prüfen")
        with pytest.raises(BucketError):
            default_storage.open("aa/nichts")

    def test_a_bucket_open_to_everybody(self, bucket, options):
        policy = (
            '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", '
            f'"Action": "s3:GetObject", "Resource": "arn:aws:s3:::{bucket}/*"}}]}}'
        )
        default_storage.connection.BucketPolicy(bucket).put(Policy=policy)
        assert condition.problem() == (
            "der Bucket gibt Dateien an jeden heraus; bitte den öffentlichen Zugriff sperren"
        )
