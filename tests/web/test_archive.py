"""Backup and restore of the database: all of it comes back, and a bad backup changes nothing."""

import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from buendnisnetz.insight.domain.graph import shelf
from buendnisnetz.network.models import Organisation
from buendnisnetz.web.domain import archive
from buendnisnetz.web.domain.archive import (
    NotABackupError,
    NotEmptyError,
    back_up,
    count_rows,
    restore,
)
from tests.factories.network import make_organisation, make_user

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    options = {"location": tmp_path / "files", "base_url": None}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": backend}


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    make_organisation("Kita Regenbogen")
    make_user()
    default_storage.save("ab/eins", ContentFile(b"Eins"))
    back_up(target=tmp_path / "a.tar.gz", now=NOW)
    return tmp_path / "a.tar.gz"


def rewritten(backup: Path, name: str, content: bytes) -> Path:
    """The same backup with one part replaced."""
    target = backup.with_name("b.tar.gz")
    with tarfile.open(backup) as old, tarfile.open(target, "w:gz") as new:
        for entry in old.getmembers():
            packed = old.extractfile(entry)
            data = content if entry.name == name else packed.read()
            entry.size = len(data)
            new.addfile(entry, io.BytesIO(data))
    return target


def test_networks_of_the_replaced_database_go_and_are_in_no_backup(backup):
    of_somebody = shelf.path_of("1-abc")
    of_somebody.write_bytes(b"Netz")
    restore(source=backup, replace=True)
    assert not of_somebody.exists()
    with tarfile.open(backup) as packed:
        assert [name for name in packed.getnames() if "sqlite" in name] == []


def test_everything_comes_back(backup):
    before = count_rows()
    Organisation.objects.all().delete()
    make_organisation("Kam später")
    default_storage.delete("ab/eins")
    summary = restore(source=backup, replace=True)
    assert [row.name for row in Organisation.objects.all()] == ["Kita Regenbogen"]
    with default_storage.open("ab/eins") as file:
        assert file.read() == b"Eins"
    assert summary.tables == before
    assert summary.files == 1


def test_triggers_write_history_after_a_restore(backup):
    restore(source=backup, replace=True)
    events = Organisation.pgh_event_model.objects.count()
    make_organisation("Kam später")
    assert Organisation.pgh_event_model.objects.count() == events + 1


def test_a_database_with_users_is_replaced_only_when_told(backup):
    with pytest.raises(NotEmptyError, match="--replace"):
        restore(source=backup, replace=False)
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("name", ["database.dump", "manifest.json", "files/ab/eins"])
def test_a_damaged_backup_changes_nothing(backup, name):
    make_organisation("Kam später")
    with pytest.raises(NotABackupError):
        restore(source=rewritten(backup, name, b"kaputt"), replace=True)
    assert Organisation.objects.count() == 2


def test_a_backup_that_was_cut_off_changes_nothing(backup):
    make_organisation("Kam später")
    whole = backup.read_bytes()
    backup.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NotABackupError):
        restore(source=backup, replace=True)
    assert Organisation.objects.count() == 2


def test_what_fails_on_its_way_in_changes_nothing(tmp_path):
    make_organisation("Kam später")
    script = tmp_path / "database.sql"
    script.write_text("CREATE TABLE halb ();\nSELECT keine_solche_funktion();\n", encoding="utf-8")
    with pytest.raises(archive.ToolFailedError, match="keine_solche_funktion"):
        archive._replace_database(script)
    assert [row.name for row in Organisation.objects.all()] == ["Kam später"]
    assert "halb" not in count_rows()


def test_another_format_is_no_backup(backup):
    manifest = json.dumps({"format": 99, "files": {}}).encode()
    with pytest.raises(NotABackupError):
        restore(source=rewritten(backup, "manifest.json", manifest), replace=True)


def test_the_file_is_for_its_owner_only_and_no_draft_is_left(backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    assert not list(backup.parent.glob("*.draft"))
