"""Backup and restore of the stored files; the database's part is PostgreSQL's own."""

import hashlib
import io
import json
import tarfile
import tracemalloc

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from buendnisnetz.web.domain import archive


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    options = {"location": tmp_path / "files", "base_url": None}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": backend}


def packed(target):
    with tarfile.open(target, "w:gz") as file:
        return dict(archive._add_files(file))


def restored(source, wanted):
    with tarfile.open(source, "r:gz") as file:
        archive._restore_files(file, wanted)


def test_files_come_back(tmp_path):
    default_storage.save("ab/eins", ContentFile(b"Eins"))
    default_storage.save("previews/zwei", ContentFile(b""))
    wanted = packed(tmp_path / "a.tar.gz")
    assert wanted == {name: hashlib.sha256(content).hexdigest() for name, content in (("ab/eins", b"Eins"), ("previews/zwei", b""))}  # fmt: skip
    default_storage.delete("previews/zwei")
    # What is half there is replaced.
    default_storage.delete("ab/eins")
    default_storage.save("ab/eins", ContentFile(b"E"))
    restored(tmp_path / "a.tar.gz", wanted)
    with default_storage.open("ab/eins") as file:
        assert file.read() == b"Eins"
    assert default_storage.size("previews/zwei") == 0


def test_damage_is_seen(tmp_path):
    default_storage.save("ab/eins", ContentFile(b"Eins"))
    packed(tmp_path / "a.tar.gz")
    with pytest.raises(ValueError, match="ab/eins"):
        restored(tmp_path / "a.tar.gz", {"ab/eins": "0" * 64})


def test_large_files_are_not_held_in_memory(tmp_path):
    size = 40 * 2**20
    default_storage.save("ab/gross", ContentFile(bytes(size)))
    tracemalloc.start()
    wanted = packed(tmp_path / "a.tar.gz")
    default_storage.delete("ab/gross")
    restored(tmp_path / "a.tar.gz", wanted)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert default_storage.size("ab/gross") == size
    assert most < size / 4


def test_the_manifest_may_stand_anywhere(tmp_path):
    content = json.dumps({"format": archive.FORMAT, "files": {}}).encode()
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as file:
        archive._add_bytes(file, "database.dump", b"x" * 1000)
        archive._add_bytes(file, "manifest.json", content)
    with tarfile.open(tmp_path / "a.tar.gz", "r:gz") as file:
        assert archive._manifest(file)["files"] == {}
        assert io.BytesIO(file.extractfile("database.dump").read()).getbuffer().nbytes == 1000
