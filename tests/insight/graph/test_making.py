"""Large networks are made by a job; what is shown until then, to whom, and when a file goes."""

import os
import sqlite3
import stat
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from buendnisnetz.accounts.domain.assignments import close_account
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import Assignment, User
from buendnisnetz.core import kept
from buendnisnetz.insight.domain.graph import file, making, shelf
from buendnisnetz.insight.domain.graph.wishes import Period, Projection, Wish, reach_of
from buendnisnetz.insight.jobs import tidy_networks
from buendnisnetz.meetings.models import Meeting
from tests.factories.meetings import attend, make_meeting
from tests.factories.network import make_alliance, make_membership, make_organisation, make_user
from tests.insight.graph.conftest import MADE_AT, network_of
from tests.mailbox import Worker, waiting_jobs
from tests.network.views.reading import csv_of, rows_of, text_of

pytestmark = pytest.mark.django_db
PICTURE, NODES, TIES = "/netz/bild/", "/netz/bild/kennzahlen/", "/netz/bild/verbindungen/"
WAYS, BREAKS, FILE = "/netz/bild/wege/", "/netz/bild/schwachstellen/", "/netz/bild/datei/"
PAGES = [PICTURE, NODES, TIES, WAYS, BREAKS]
MAKING = "Das Netz wird gerade berechnet …"
MADE = "Stand der Berechnung: 22.11.2026, 13:00 Uhr."
RENEWING = "Stand der Berechnung: 22.11.2026, 13:00 Uhr; wird gerade neu berechnet."


@pytest.fixture(autouse=True)
def nothing_made() -> None:
    shelf.clear()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any network is large."""
    monkeypatch.setattr(making, "AT_ONCE_UP_TO", 0)


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """Mill and bank meet, the bank is a member in Hain."""
    found: dict[str, Any] = {name: make_organisation(name) for name in ("Mühle", "Bank")}
    found["Hain"] = make_alliance("Bündnis Hain")
    found["meeting"] = make_meeting("Herbstrunde")
    for name in ("Mühle", "Bank"):
        attend(found["meeting"], organisation=found[name])
    make_membership(found["Hain"], found["Bank"])
    return found


def files() -> list[Path]:
    return sorted(shelf.folder().iterdir())


def done(worker: Worker) -> list[str]:
    """Run what waits; then it waits no more, so that the next one may be queued."""
    names = worker.run()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status = 'todo'")
    return names


def failed(**after: float) -> None:
    """The job that waits fails for good, so long after the hour of these tests."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'doing' RETURNING id"
        )
        (job,) = cursor.fetchall()
        cursor.execute(
            "UPDATE procrastinate_events SET at = %s WHERE job_id = %s AND type = 'failed'",
            [MADE_AT + timedelta(**after), *job],
        )
        assert cursor.rowcount == 1


def moved(time_machine: Any, **by: float) -> None:
    time_machine.move_to(MADE_AT + timedelta(**by), tick=False)


@pytest.mark.usefixtures("large")
class TestUntilItIsMade:
    @pytest.mark.parametrize("page", PAGES)
    def test_a_page_says_so_and_looks_again(self, keeper, world, worker, page):
        answer = keeper.get(page)
        text = answer.content.decode()
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert MAKING in text
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in text
        assert f'hx-get="{page}" hx-trigger="every 2s"' in text
        assert 'name="art"' in text
        assert files() == []
        assert done(worker) == [making.JOB]
        assert MAKING not in keeper.get(page).content.decode()
        assert MADE in text_of(keeper.get(page))

    @pytest.mark.parametrize("page", [PICTURE + "?art=meeting", NODES + "?q=bank"])
    def test_asked_by_script_only_its_part_is_sent(self, keeper, world, worker, page):
        part = {"HTTP_HX_REQUEST": "true"}
        before = keeper.get(page, **part).content.decode()
        assert before.strip().startswith('<div id="results" hx-get="/netz/bild/')
        assert MAKING in before
        done(worker)
        after = keeper.get(page, **part).content.decode()
        assert after.strip().startswith('<div id="results">')
        assert "Bank" in after

    def test_the_job_waits_once(self, keeper, world):
        for page in (*PAGES, PICTURE, NODES + "?sort=name", FILE):
            keeper.get(page)
        assert len(waiting_jobs(making.JOB)) == 1
        keeper.get(PICTURE + "?art=meeting")
        assert len(waiting_jobs(making.JOB)) == 2
        assert set(ProcrastinateJob.objects.values_list("lock", flat=True)) == {making.JOB}

    @pytest.mark.parametrize("page", PAGES)
    def test_what_failed_says_so_and_is_tried_again_later(
        self, keeper, world, worker, page, time_machine
    ):
        keeper.get(page)
        failed()
        text = keeper.get(page).content.decode()
        assert "Das Netz konnte nicht berechnet werden" in text
        assert MAKING not in text
        assert "every 2s" not in text
        assert 'http-equiv="refresh"' not in text
        assert waiting_jobs(making.JOB) == []
        moved(time_machine, minutes=6)
        assert MAKING in keeper.get(page).content.decode()
        assert done(worker) == [making.JOB]
        assert MAKING not in keeper.get(page).content.decode()

    def test_what_is_old_stays_where_the_new_one_failed(self, keeper, world, worker, time_machine):
        keeper.get(PICTURE)
        done(worker)
        moved(time_machine, minutes=6)
        assert "wird gerade neu berechnet" in text_of(keeper.get(PICTURE))
        failed(minutes=6)
        assert MADE in text_of(keeper.get(PICTURE))
        assert waiting_jobs(making.JOB) == []

    @pytest.mark.parametrize("page", [FILE, FILE + "?datei=png", NODES + "?format=csv"])
    def test_a_file_is_not_there_yet(self, keeper, world, worker, page):
        answer = keeper.get(page)
        assert (answer.status_code, answer["Retry-After"]) == (503, "2")
        assert "Bitte die Datei in einigen Sekunden noch einmal abrufen." in text_of(answer)
        assert 'hx-trigger="every' not in answer.content.decode()
        done(worker)
        assert keeper.get(page).status_code == 200

    def test_the_job_makes_the_same_as_the_page(self, keeper, world, worker, monkeypatch):
        keeper.get(NODES)
        done(worker)
        by_job = [csv_of(keeper.get(page + "?format=csv")) for page in (NODES, TIES)]
        shelf.clear()
        monkeypatch.setattr(making, "AT_ONCE_UP_TO", 2_000)
        assert [csv_of(keeper.get(page + "?format=csv")) for page in (NODES, TIES)] == by_job

    def test_who_is_back_at_the_whole_network_from_here(self, keeper, world):
        link = 'href="/netz/bild/?art=meeting"><span class="kern-label">Das ganze Netz</span>'
        assert link in keeper.get(PICTURE + "?art=meeting&verbund=1").content.decode()
        assert link not in keeper.get(PICTURE + "?art=meeting").content.decode()


class TestHowOld:
    @pytest.mark.usefixtures("large")
    @pytest.mark.parametrize("page", PAGES)
    def test_what_is_old_is_shown_while_a_new_one_is_made(
        self, keeper, world, worker, time_machine, page
    ):
        keeper.get(page)
        done(worker)
        moved(time_machine, minutes=4, seconds=59)
        assert MADE in text_of(keeper.get(page))
        assert waiting_jobs(making.JOB)[1:] == []
        moved(time_machine, hours=10)
        make_membership(world["Hain"], make_organisation("Neuling"))
        assert RENEWING in text_of(keeper.get(page))
        assert "Neuling" not in keeper.get(NODES).content.decode()
        assert done(worker) == [making.JOB]
        assert "Stand der Berechnung: 22.11.2026, 23:00 Uhr." in text_of(keeper.get(page))
        assert "Neuling" in keeper.get(NODES).content.decode()

    @pytest.mark.usefixtures("large")
    def test_after_a_day_it_counts_as_none(self, office, world):
        wish = Wish(Period(date(2025, 1, 1), date(2026, 12, 31)))
        key = shelf.key_of(reach_of(office), wish)
        making.make(user=office.pk, wish=wish, key=key, now=MADE_AT)
        almost, after = MADE_AT + timedelta(hours=23, minutes=59), MADE_AT + timedelta(hours=24)
        assert making.seen(office, wish, now=almost) is not None
        assert making.seen(office, wish, now=after) is None
        # A clock that went wrong, and was set right.
        assert making.seen(office, wish, now=MADE_AT - timedelta(hours=24)) is None

    def test_a_small_network_is_made_anew_at_once(self, keeper, world, time_machine):
        keeper.get(PICTURE)
        moved(time_machine, minutes=5)
        text = text_of(keeper.get(PICTURE))
        assert "Stand der Berechnung: 22.11.2026, 13:05 Uhr." in text
        assert waiting_jobs(making.JOB) == []

    @pytest.mark.usefixtures("large")
    def test_a_job_that_runs_twice_makes_it_once(self, keeper, world, worker):
        keeper.get(PICTURE)
        (job,) = waiting_jobs(making.JOB)
        done(worker)
        made = files()[0].stat().st_ino
        making.make(**{**job[1], "wish": Wish.heard(job[1]["wish"])}, now=timezone.now())
        assert files()[0].stat().st_ino == made

    def test_names_of_occasions_are_those_of_now(self, keeper, world):
        assert "Herbstrunde (" in keeper.get(TIES).content.decode()
        Meeting.objects.filter(pk=world["meeting"].pk).update(title="Winterrunde")
        page = keeper.get(TIES).content.decode()
        assert "Winterrunde (" in page
        assert "Herbstrunde (" not in page
        Meeting.objects.filter(pk=world["meeting"].pk).update(status="PLANNED")
        assert "Winterrunde (" not in keeper.get(TIES).content.decode()
        assert "Winterrunde" not in keeper.get(WAYS + "?a=Mühle&b=Bank").content.decode()


class TestKeptPages:
    @pytest.mark.usefixtures("large")
    @pytest.mark.django_db(transaction=True)
    def test_what_says_that_something_is_made_is_not_kept(self, keeper, world, time_machine):
        kept.SHELF.clear()
        worker = Worker()
        for page in (PICTURE, NODES):
            assert MAKING in keeper.get(page).content.decode()
        done(worker)
        for page in (PICTURE, NODES):
            assert MADE in text_of(keeper.get(page))
        moved(time_machine, minutes=10)
        for page in (PICTURE, NODES):
            assert RENEWING in text_of(keeper.get(page))
        done(worker)
        for page in (PICTURE, NODES):
            assert "Stand der Berechnung: 22.11.2026, 13:10 Uhr." in text_of(keeper.get(page))
        kept.SHELF.clear()

    def test_what_is_fresh_may_be(self, keeper, world):
        assert keeper.get(PICTURE).form_token
        assert keeper.get(NODES).form_token


@pytest.mark.usefixtures("large")
class TestWhose:
    def test_two_users_never_share_a_file(self, keeper, office, world, worker, client_of):
        other = make_user(Role.STATE_COORDINATION)
        keeper.get(PICTURE)
        done(worker)
        assert MAKING in client_of(other).get(PICTURE).content.decode()
        done(worker)
        assert {path.name.partition("-")[0] for path in files()} == {str(office.pk), str(other.pk)}

    def test_each_wish_has_a_file_of_its_own(self, office):
        years = Period(date(2025, 1, 1), date(2026, 12, 31))
        wishes = [
            Wish(years),
            Wish(Period(date(2025, 1, 1), date(2026, 12, 31), date(2026, 12, 31))),
            Wish(Period(date(2024, 1, 1), date(2026, 12, 31))),
            Wish(years, ("task",)),
            Wish(years, ("meeting",)),
            Wish(years, projection=Projection.BODIES),
            Wish(years, sector="BUSINESS"),
            Wish(years, territory="16"),
        ]
        reach = reach_of(office)
        assert len({shelf.key_of(reach, wish) for wish in wishes}) == len(wishes)
        assert [Wish.heard(wish.told()) for wish in wishes] == wishes

    def test_who_sees_something_else_by_now_gets_no_file(self, world, worker, as_role):
        client = as_role(Role.ALLIANCE_COORDINATOR, world["Hain"])
        client.get(PICTURE)
        Assignment.objects.filter(role=Role.ALLIANCE_COORDINATOR).update(
            scope_id=make_alliance().pk
        )
        assert done(worker) == [making.JOB]
        assert files() == []

    def test_with_another_role_the_old_file_is_not_shown(self, world, worker, as_role):
        client = as_role(Role.ALLIANCE_COORDINATOR, world["Hain"])
        client.get(NODES)
        done(worker)
        assert {row[0] for row in rows_of(client.get(NODES))} == {"Bündnis Hain", "Bank", "Mühle"}
        Assignment.objects.filter(role=Role.ALLIANCE_COORDINATOR).update(
            scope_id=make_alliance("Bündnis Öd").pk
        )
        assert MAKING in client.get(NODES).content.decode()
        done(worker)
        assert {row[0] for row in rows_of(client.get(NODES))} == {"Bündnis Öd"}

    def test_of_somebody_who_went_none_is_made(self, office, world, keeper, worker):
        keeper.get(PICTURE)
        User.objects.filter(pk=office.pk).update(is_active=False)
        assert done(worker) == [making.JOB]
        assert files() == []

    def test_whatever_a_role_is_held_for_counts(self, world):
        user = make_user(Role.ALLIANCE_COORDINATOR, world["Hain"])
        before = reach_of(User.objects.get(pk=user.pk))
        Assignment.objects.create(
            user=user, role=Role.ALLIANCE_COORDINATOR, scope_kind="ALLIANCE",
            scope_id=make_alliance().pk, valid_from=date(2020, 1, 1),
        )  # fmt: skip
        after = reach_of(User.objects.get(pk=user.pk))
        assert before.told() != after.told()
        assert before.scopes == (("ALLIANCE", (world["Hain"].pk,)),)


def spoilt(how: str, path: Path) -> None:
    """A file that nobody can read."""
    whole = path.read_bytes()
    page = 4096
    if how == "edition":
        path.chmod(0o600)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE about SET edition = edition + 1")
        return
    path.write_bytes(
        {
            "empty": b"",
            "text": b"kein Netz " * 1000,
            "cut": whole[: len(whole) - page],
            "another": b"SQLite format 3\x00" + bytes(page),
            "inside": whole[:page] + b"\xff" * (len(whole) - page),
            # All but what tells of the whole.
            "node": b"".join(
                whole[place : place + page]
                if place < 2 * page or b"Herbst" in whole[place : place + page]
                else b"\xff" * page
                for place in range(0, len(whole), page)
            ),
        }[how]
    )


HOWS = ["empty", "text", "cut", "another", "edition", "inside", "node"]


class TestBrokenFiles:
    @pytest.mark.parametrize("how", HOWS)
    @pytest.mark.parametrize("page", [*PAGES, FILE])
    def test_it_counts_as_none_and_is_made_anew(self, keeper, world, how, page):
        keeper.get(page).getvalue()
        (path,) = files()
        spoilt(how, path)
        assert keeper.get(page).status_code == 200
        assert len(rows_of(keeper.get(NODES))) == 3

    @pytest.mark.usefixtures("large")
    @pytest.mark.parametrize("how", HOWS)
    def test_so_it_is_by_the_job(self, keeper, world, worker, how):
        keeper.get(NODES)
        done(worker)
        spoilt(how, files()[0])
        assert MAKING in keeper.get(NODES).content.decode()
        assert done(worker) == [making.JOB]
        assert len(rows_of(keeper.get(NODES))) == 3

    def test_one_without_tables(self, keeper, world):
        keeper.get(NODES)
        (path,) = files()
        path.unlink()
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(f"CREATE TABLE about AS SELECT {file.EDITION} AS edition")
        assert len(rows_of(keeper.get(NODES))) == 3


class TestTheFolder:
    def test_it_is_closed_to_others(self, keeper, world, settings, tmp_path):
        settings.NETWORKS = tmp_path / "neu"
        keeper.get(PICTURE)
        (path,) = files()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    def test_half_a_file_is_never_seen(self, keeper, world):
        keeper.get(NODES)
        (path,) = files()
        draft = path.with_name(f"{path.name}.abc{file.DRAFT}")
        path.rename(draft)
        assert len(rows_of(keeper.get(NODES))) == 3
        assert files() == [path, draft]

    def test_what_fails_leaves_nothing(self, tmp_path):
        network = network_of(3, [(0, 1), (1, 2)], {})
        # Two ties between the same bodies: refused after most was written.
        network.ties.append(network.ties[-1])
        with pytest.raises(sqlite3.IntegrityError):
            file.write(tmp_path / "a.sqlite", network, MADE_AT)
        assert list(tmp_path.iterdir()) == []

    def test_only_so_many_stay(self, keeper, world, monkeypatch, time_machine):
        monkeypatch.setattr(shelf, "MOST_FILES", 3)
        made = []
        for minute, year in enumerate(range(2015, 2021)):
            moved(time_machine, minutes=minute)
            keeper.get(NODES + f"?von={year}&bis={year}")
            made += [path for path in files() if path not in made]
        assert files() == sorted(made[-3:])

    def test_nor_more_bytes(self, keeper, world, monkeypatch, time_machine):
        keeper.get(NODES)
        monkeypatch.setattr(shelf, "MOST_BYTES", int(2.5 * files()[0].stat().st_size))
        for minute, year in enumerate(range(2015, 2019), start=1):
            moved(time_machine, minutes=minute)
            keeper.get(NODES + f"?von={year}&bis={year}")
        assert len(files()) == 2
        # Who waits for a network gets it, however large it is.
        monkeypatch.setattr(shelf, "MOST_BYTES", 1)
        assert len(rows_of(keeper.get(NODES + "?von=2014&bis=2014"))) == 3
        assert len(files()) == 1

    def test_the_job_tidies_up(self, keeper, world, client_of, time_machine):
        gone = make_user(Role.STATE_COORDINATION)
        client_of(gone).get(NODES)
        keeper.get(NODES + "?art=task")
        (old,) = [path for path in files() if not path.name.startswith(f"{gone.pk}-")]
        close_account(user=gone, actor=gone, today=date(2026, 11, 22))
        moved(time_machine, hours=23)
        keeper.get(NODES)
        fresh = {path for path in files() if path.stat().st_mtime > old.stat().st_mtime}
        draft = shelf.folder() / f"1-abc.sqlite.xyz{file.DRAFT}"
        draft.write_bytes(b"")
        os.utime(draft, times=((MADE_AT.timestamp(),) * 2))
        tidy_networks(0)
        assert set(files()) == fresh | {old}
        moved(time_machine, hours=24, minutes=1)
        tidy_networks(0)
        assert set(files()) == fresh


def test_whoever_may_not_open_the_page_makes_no_job(world, as_role):
    client: Client = as_role(Role.MEMBER, world["Bank"])
    assert client.get(PICTURE).status_code == 403
    assert (waiting_jobs(making.JOB), files()) == ([], [])
