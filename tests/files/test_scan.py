"""Checking files for viruses, against a real socket that speaks clamd's protocol."""

import socket
import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from procrastinate.contrib.django.models import ProcrastinateJob

from buendnisnetz.audit.history import history_of
from buendnisnetz.config import env
from buendnisnetz.files import clamd, scan
from buendnisnetz.files.downloads import as_download
from buendnisnetz.files.enums import ScanState
from buendnisnetz.files.models import StoredFile
from buendnisnetz.files.store import store_file
from tests.factories.tasks import NOW
from tests.files.scanner import EICAR, LIMIT, running

CLEAN = b"Protokoll der Sitzung"
NOWHERE = "unix:/gibt/es/nicht"


@pytest.fixture
def scanner(settings, tmp_path):
    with running(tmp_path) as (address, seen):
        settings.CLAMD = address
        yield seen


def keep(content=CLEAN, name="a.txt"):
    return store_file(upload=ContentFile(content), name=name, limit=10**7, actor=None, now=NOW)


def jobs():
    return list(ProcrastinateJob.objects.values_list("task_name", flat=True))


class TestProtocol:
    @pytest.mark.parametrize("over_tcp", [True, False])
    def test_clean_and_infected(self, tmp_path, over_tcp):
        with running(None if over_tcp else tmp_path) as (address, seen):
            clamd.ping(address)
            assert clamd.scan(address, [CLEAN[:4], CLEAN[4:]]) == clamd.Answer()
            assert clamd.scan(address, [b"x" * 100_000, EICAR]) == clamd.Answer(
                virus="Eicar-Test-Signature"
            )
        assert seen == [CLEAN, b"x" * 100_000 + EICAR]

    def test_over_its_limit_the_scanner_hangs_up(self, tmp_path):
        with running(tmp_path) as (address, _seen):
            answer = clamd.scan(address, [b"x" * 70_000] * (LIMIT // 70_000 + 200))
        assert answer == clamd.Answer(error="INSTREAM size limit exceeded.")

    @pytest.mark.parametrize("address", [NOWHERE, "tcp://127.0.0.1:1"])
    def test_nobody_there(self, address):
        with pytest.raises(clamd.ScannerAwayError):
            clamd.scan(address, [CLEAN])
        with pytest.raises(clamd.ScannerAwayError):
            clamd.ping(address)

    @pytest.mark.parametrize("said", [b"", b"WHAT\0"])
    def test_somebody_else_answers(self, said):
        """A server that is none of clamd's hangs up, or says something else."""
        with socket.create_server(("127.0.0.1", 0)) as server:

            def serve():
                line, _where = server.accept()
                with line:
                    line.recv(100)
                    line.sendall(said)

            thread = threading.Thread(target=serve)
            thread.start()
            with pytest.raises(clamd.ScannerAwayError):
                clamd.ping(f"tcp://127.0.0.1:{server.getsockname()[1]}")
            thread.join()


@pytest.mark.parametrize("value", ["", "unix:/run/clamav/clamd.ctl", "tcp://localhost:3310"])
def test_addresses_of_the_scanner(monkeypatch, value):
    monkeypatch.setenv("X_CLAMD", value)
    assert env.scanner("X_CLAMD") == value


@pytest.mark.parametrize("value", ["ja", "http://localhost", "unix:clamd", "tcp://"])
def test_other_addresses_stop_the_start(monkeypatch, value):
    monkeypatch.setenv("X_CLAMD", value)
    with pytest.raises(ImproperlyConfigured):
        env.scanner("X_CLAMD")


@pytest.mark.django_db
class TestArrival:
    def test_without_a_scanner_nothing_is_said(self):
        stored = keep(EICAR)
        assert (stored.scan_state, stored.scanned_at) == (ScanState.NOT_SCANNED, None)
        assert jobs() == []
        assert as_download(stored, to_public=True).status_code == 200

    def test_a_clean_file(self, scanner):
        stored = keep()
        stored.refresh_from_db()
        assert (stored.scan_state, stored.scanned_at) == (ScanState.CLEAN, NOW)
        assert scanner == [CLEAN]
        with stored.content.open("rb") as content:
            assert content.read() == CLEAN

    def test_an_infected_file_is_not_taken(self, scanner):
        with pytest.raises(scan.InfectedError) as caught:
            keep(b"Hallo " + EICAR)
        assert "Eicar-Test-Signature" in str(caught.value)
        assert "nicht übernommen" in str(caught.value)
        assert not StoredFile.objects.exists()

    def test_what_was_found_once_is_known_without_the_scanner(self):
        stored = keep(EICAR)
        scan.note(sha256=stored.sha256, finding=scan.Finding(ScanState.INFECTED, "Eicar"), now=NOW)
        with pytest.raises(scan.InfectedError):
            keep(EICAR, "b.txt")

    def test_a_file_that_the_scanner_refuses(self, scanner):
        stored = keep(b"x" * (LIMIT + 70_000))
        assert (stored.scan_state, stored.scan_words) == (
            ScanState.FAILED, "INSTREAM size limit exceeded.",
        )  # fmt: skip

    def test_while_the_scanner_is_away_a_job_waits(self, settings):
        settings.CLAMD = NOWHERE
        assert keep().scan_state == ScanState.NOT_SCANNED
        keep(b"anders")
        assert jobs() == ["files.scan_now"]

    def test_large_files_are_left_to_the_job(self, scanner, monkeypatch):
        monkeypatch.setattr(scan, "LARGEST_WHILE_WAITING", 10)
        assert keep().scan_state == ScanState.NOT_SCANNED
        assert (scanner, jobs()) == ([], ["files.scan_now"])


@pytest.mark.django_db
class TestJob:
    def state(self, stored):
        stored.refresh_from_db()
        return stored.scan_state

    def test_it_judges_what_came_before(self, settings, tmp_path):
        good, bad, twin = keep(), keep(EICAR), keep(EICAR, "kopie.txt")
        with running(tmp_path) as (settings.CLAMD, seen):
            assert scan.scan_waiting(now=NOW) == 2
            assert scan.scan_waiting(now=NOW) == 0
        assert len(seen) == 2
        assert [self.state(row) for row in (good, bad, twin)] == [
            ScanState.CLEAN, ScanState.INFECTED, ScanState.INFECTED,
        ]  # fmt: skip
        assert history_of(bad)[0].action == "Datei auf Viren geprüft"

    def test_without_a_scanner_it_does_nothing(self):
        stored = keep()
        assert scan.scan_waiting(now=NOW) == 0
        assert self.state(stored) == ScanState.NOT_SCANNED

    def test_while_the_scanner_is_away_it_stops(self, settings):
        stored = keep()
        settings.CLAMD = NOWHERE
        assert scan.scan_waiting(now=NOW) == 0
        assert self.state(stored) == ScanState.NOT_SCANNED

    def test_refused_files_are_offered_again_after_a_day(self, scanner):
        stored = keep(b"x" * (LIMIT + 70_000))
        assert not scan.waiting(NOW + timedelta(hours=23)).exists()
        assert list(scan.waiting(NOW + timedelta(hours=25))) == [stored]

    def test_a_content_that_is_missing_stops_nobody_else(self, scanner, settings):
        settings.CLAMD = ""
        lost, other = keep(), keep(b"anders")
        default_storage.delete(lost.content.name)
        settings.CLAMD = NOWHERE
        with running() as (settings.CLAMD, _seen):
            assert scan.scan_waiting(now=NOW) == 2
        assert (self.state(lost), self.state(other)) == (ScanState.FAILED, ScanState.CLEAN)

    def test_removed_content_is_not_asked_for(self):
        stored = keep()
        StoredFile.objects.filter(pk=stored.pk).update(is_gone=True)
        assert not scan.waiting(NOW).exists()


@pytest.mark.django_db
class TestDelivery:
    def test_infected_files_go_to_nobody(self):
        stored = keep()
        stored.scan_state = ScanState.INFECTED
        with pytest.raises(scan.InfectedFileError):
            as_download(stored)

    @pytest.mark.parametrize("state", [ScanState.NOT_SCANNED, ScanState.FAILED])
    def test_strangers_wait_for_the_scanner(self, settings, state):
        stored = keep()
        stored.scan_state = state
        settings.CLAMD = NOWHERE
        assert as_download(stored).status_code == 200
        with pytest.raises(scan.NotScannedError):
            as_download(stored, to_public=True)
        stored.scan_state = ScanState.CLEAN
        assert as_download(stored, to_public=True).status_code == 200


class TestDoctor:
    def test_it_says_whether_the_scanner_answers(self, settings, tmp_path):
        assert scan.problem() == ""
        settings.CLAMD = NOWHERE
        assert "clamd antwortet nicht" in scan.problem()
        with running(tmp_path) as (settings.CLAMD, _seen):
            assert scan.problem() == ""
