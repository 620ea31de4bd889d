"""Files that come in pieces: whole or not there, whatever happens on the way."""

import hashlib
import itertools
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buendnisnetz.files import uploads
from buendnisnetz.files.models import PartialUpload, UploadPiece
from buendnisnetz.files.store import EmptyFileError, FileTooLargeError, store_file
from tests.factories.network import make_user
from tests.factories.tasks import NOW

pytestmark = pytest.mark.django_db
LIMIT = 10**7
CONTENT = b"".join(f"Zeile {number}\n".encode() for number in range(40))
SIZE = len(CONTENT)


@pytest.fixture
def owner():
    return make_user()


def begin(owner, size=SIZE, fingerprint="f", now=NOW, **facts):
    values = {"name": "zahlen.txt", "limit": LIMIT, **facts}
    return uploads.begin(owner=owner, size=size, fingerprint=fingerprint, now=now, **values)


def send(upload, first, content, said=None):
    sha256 = hashlib.sha256(content).hexdigest() if said is None else said
    return uploads.add_piece(upload=upload, first=first, content=content, sha256=sha256)


def bytes_of(upload):
    upload.refresh_from_db()
    return b"".join(uploads.whole(upload).chunks())


class TestBeginning:
    def test_the_same_file_is_gone_on_with(self, owner):
        upload = begin(owner)
        send(upload, 0, CONTENT[:100])
        again = begin(owner)
        assert (again, again.received) == (upload, 100)
        assert begin(owner, fingerprint="g") != upload
        assert begin(make_user()) != upload

    def test_what_ended_is_begun_anew(self, owner):
        upload = begin(owner)
        assert begin(owner, now=NOW + timedelta(hours=25)) != upload

    @pytest.mark.parametrize(("size", "error"), [(LIMIT + 1, FileTooLargeError), (0, EmptyFileError), (-5, EmptyFileError)])  # fmt: skip
    def test_sizes_that_are_none(self, owner, size, error):
        with pytest.raises(error):
            begin(owner, size=size)
        assert not PartialUpload.objects.exists()

    def test_one_person_keeps_only_so_many(self, owner):
        for number in range(uploads.MOST_UPLOADS):
            begin(owner, fingerprint=str(number))
        with pytest.raises(uploads.TooManyUploadsError):
            begin(owner, fingerprint="eine mehr")
        assert begin(make_user())
        # The one that is there already may be gone on with.
        assert begin(owner, fingerprint="0")

    def test_and_only_so_many_bytes(self, owner):
        begin(owner, size=uploads.MOST_BYTES - 5, limit=uploads.MOST_BYTES)
        begin(owner, size=5, fingerprint="g")
        with pytest.raises(uploads.TooManyUploadsError):
            begin(owner, size=1, fingerprint="h")

    def test_names_are_cleaned(self, owner):
        assert begin(owner, name="../../etc/passwd").name == "etc passwd"


class TestPieces:
    def test_in_order(self, owner):
        upload = begin(owner)
        assert send(upload, 0, CONTENT[:100]) == 100
        assert send(upload, 100, CONTENT[100:]) == len(CONTENT)
        assert bytes_of(upload) == CONTENT

    def test_said_twice(self, owner):
        upload = begin(owner)
        send(upload, 0, CONTENT[:100])
        assert send(upload, 0, CONTENT[:100]) == 100
        assert UploadPiece.objects.count() == 1

    def test_at_another_place(self, owner):
        upload = begin(owner)
        send(upload, 0, CONTENT[:100])
        for first in (0, 50, 150, -1):
            with pytest.raises(uploads.WrongOffsetError) as caught:
                send(upload, first, b"anderes")
            assert caught.value.offset == 100

    def test_more_than_was_said(self, owner):
        upload = begin(owner, size=10)
        with pytest.raises(uploads.WrongOffsetError):
            send(upload, 0, b"x" * 11)

    @pytest.mark.parametrize(("content", "said"), [(b"abc", "0" * 64), (b"abc", ""), (b"", None)])
    def test_damaged(self, owner, content, said):
        upload = begin(owner)
        with pytest.raises(uploads.BrokenPieceError):
            send(upload, 0, content, said)
        assert not UploadPiece.objects.exists()

    def test_to_nobody(self, owner):
        upload = begin(owner)
        PartialUpload.objects.all().delete()
        with pytest.raises(uploads.UploadGoneError):
            send(upload, 0, CONTENT)

    def test_what_a_kill_left_is_overwritten(self, owner):
        """The bytes lay there, the row was never committed: the piece is taken as if new."""
        upload = begin(owner)
        with transaction.atomic():
            send(upload, 0, b"x" * 100)
            transaction.set_rollback(True)
        assert default_storage.exists(f"uploads/{upload.public_id}/0")
        send(upload, 0, CONTENT[:100])
        send(upload, 100, CONTENT[100:])
        assert bytes_of(upload) == CONTENT

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
    @given(
        cuts=st.lists(st.integers(1, len(CONTENT) - 1), max_size=6, unique=True).map(sorted),
        data=st.data(),
    )
    def test_the_file_is_whole_or_not_there(self, owner, cuts, data):
        """Pieces in any order, repeated, cut off, damaged, or begun again: never anything else."""
        borders = [0, *cuts, len(CONTENT)]
        spans = list(itertools.pairwise(borders))
        steps = data.draw(
            st.lists(
                st.tuples(st.sampled_from(spans), st.sampled_from(["ok", "cut", "bad", "anew"])),
                max_size=20,
            )
        )
        upload = begin(owner, fingerprint=str(data.draw(st.integers(0, 10**9))))
        acknowledged = 0
        for (start, end), kind in steps:
            content = CONTENT[start:end]
            try:
                if kind == "anew":
                    upload = begin(owner, fingerprint=upload.fingerprint)
                elif kind == "ok":
                    acknowledged = send(upload, start, content)
                else:
                    said = hashlib.sha256(content).hexdigest()
                    broken = content[:-1] if kind == "cut" else bytes(len(content))
                    send(upload, start, broken, said)
            except (uploads.WrongOffsetError, uploads.BrokenPieceError):
                pass
            upload.refresh_from_db()
            assert upload.received == acknowledged
            if acknowledged == len(CONTENT):
                assert bytes_of(upload) == CONTENT
            else:
                with pytest.raises(uploads.UnfinishedError):
                    uploads.whole(upload)
        # From where it stands it can always be finished.
        if acknowledged < len(CONTENT):
            send(upload, acknowledged, CONTENT[acknowledged:])
        assert bytes_of(upload) == CONTENT
        uploads.discard(upload=upload)


class TestWhole:
    def finished(self, owner):
        upload = begin(owner)
        for first in range(0, len(CONTENT), 100):
            send(upload, first, CONTENT[first : first + 100])
        upload.refresh_from_db()
        return upload

    def test_it_is_stored_like_any_other(self, owner):
        joined = uploads.whole(self.finished(owner))
        stored = store_file(upload=joined, name="zahlen.txt", limit=LIMIT, actor=owner, now=NOW)
        assert (stored.size, stored.sha256, stored.media_type) == (
            len(CONTENT), hashlib.sha256(CONTENT).hexdigest(), "text/plain",
        )  # fmt: skip
        with stored.content.open("rb") as content:
            assert content.read() == CONTENT

    @given(sizes=st.lists(st.integers(1, 300), min_size=1, max_size=10))
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
    def test_it_reads_like_a_file(self, owner, sizes):
        upload = PartialUpload.objects.first() or self.finished(owner)
        joined = uploads.whole(upload)
        read = [joined.read(size) for size in sizes]
        assert b"".join(read) == CONTENT[: sum(sizes)]
        joined.seek(0)
        assert joined.read() == CONTENT

    def test_only_the_owner_finds_it(self, owner):
        upload = self.finished(owner)
        assert uploads.of(owner=owner, key=upload.public_id, now=NOW) == upload
        for who, when in ((make_user(), NOW), (owner, NOW + timedelta(hours=24))):
            with pytest.raises(uploads.UploadGoneError):
                uploads.of(owner=who, key=upload.public_id, now=when)

    def test_what_is_not_finished_in_a_day_goes(self, owner, django_capture_on_commit_callbacks):
        upload = self.finished(owner)
        paths = list(upload.pieces.values_list("path", flat=True))
        fresh = begin(owner, fingerprint="neu", now=NOW + timedelta(hours=5))
        assert uploads.discard_expired(now=NOW + timedelta(hours=23)) == 0
        with django_capture_on_commit_callbacks(execute=True):
            assert uploads.discard_expired(now=NOW + timedelta(hours=24)) == 1
        assert list(PartialUpload.objects.all()) == [fresh]
        assert paths
        assert [path for path in paths if default_storage.exists(path)] == []
