"""The folder of an installation: its mode, its secret."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from buendnisnetz.core.home import Home, Mode, WrongModeError, keep_once


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "neu" / "ordner")


def test_a_new_home_has_no_mode_and_takes_the_first(home):
    assert home.mode is None
    home.claim(Mode.DEMO)
    home.claim(Mode.DEMO)
    assert home.mode is Mode.DEMO


@pytest.mark.parametrize(
    ("first", "second"), [(Mode.DEMO, Mode.PRODUCTION), (Mode.PRODUCTION, Mode.DEMO)]
)
def test_a_demonstration_never_becomes_production_nor_the_reverse(home, first, second):
    home.claim(first)
    with pytest.raises(WrongModeError) as caught:
        home.claim(second)
    assert str(caught.value) == (
        f"Der Ordner {home.path} gehört zu einer Installation der Art „{first.value}“. "
        "Bitte mit BUENDNISNETZ_HOME einen anderen Ordner nennen."
    )
    assert home.mode is first


def test_of_two_modes_at_once_one_wins(home):
    def claim(mode: Mode) -> bool:
        try:
            home.claim(mode)
        except WrongModeError:
            return False
        return True

    with ThreadPoolExecutor(max_workers=8) as threads:
        found = list(threads.map(claim, [Mode.DEMO, Mode.PRODUCTION] * 20))
    assert set(found) == {True, False}
    assert found == [found[0], not found[0]] * 20


def test_the_secret_is_made_once_and_read_by_its_owner_only(home):
    secret = home.secret_key()
    assert len(secret) >= 64
    assert home.secret_key() == secret
    assert stat.S_IMODE((home.path / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.path.stat().st_mode) == 0o700


def test_many_at_once_agree_on_one_secret(home):
    with ThreadPoolExecutor(max_workers=8) as threads:
        assert len(set(threads.map(lambda _turn: home.secret_key(), range(40)))) == 1
    assert sorted(path.name for path in home.path.iterdir()) == ["secret_key"]


def test_what_stands_there_already_is_kept(tmp_path):
    assert keep_once(tmp_path / "a", "eins") == "eins"
    assert keep_once(tmp_path / "a", "zwei") == "eins"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"BUENDNISNETZ_HOME": "/srv/netz"}, "/srv/netz"),
        ({"BUENDNISNETZ_HOME": "~/netz"}, "/home/ada/netz"),
        ({"XDG_DATA_HOME": "/data"}, "/data/buendnisnetz"),
        ({}, "/home/ada/.local/share/buendnisnetz"),
    ],
)
def test_where_it_is(monkeypatch, variables, expected):
    for name in ("BUENDNISNETZ_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/ada", **variables}.items():
        monkeypatch.setenv(name, value)
    home = Home.from_environment()
    assert home.path == Path(expected)
    assert (home.files, home.static) == (home.path / "files", home.path / "static")
    assert os.environ["HOME"] == "/home/ada"
