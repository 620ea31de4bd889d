"""The command line keeps its contract."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from buendnisnetz.reader.cli import main
from tests.reader import samples


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "beirat.docx"
    path.write_bytes(samples.docx_minutes())
    return str(path)


@pytest.fixture
def bad(tmp_path: Path) -> str:
    path = tmp_path / "leer.txt"
    path.write_text("", encoding="utf-8")
    return str(path)


def test_json_is_one_value(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([good, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == samples.TITLE


def test_json_of_several_files_is_a_list(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([good, good, "--json"]) == 0
    assert [value["body"] for value in json.loads(capsys.readouterr().out)] == [
        "Familienbeirat Auental"
    ] * 2


def test_bad_file_does_not_stop_the_others(
    good: str, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([bad, good, "--json"]) == 1
    printed = capsys.readouterr()
    assert len(json.loads(printed.out)) == 1
    assert (
        printed.err
        == "Die Datei „leer.txt“ enthält keinen Text; bitte wählen Sie die Datei mit dem Protokoll.\n"
    )


def test_out_writes_one_file_and_one_line_each(
    good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([good, "--out", str(tmp_path / "neu")]) == 0
    assert (
        json.loads((tmp_path / "neu" / "beirat.json").read_text(encoding="utf-8"))["title"]
        == samples.TITLE
    )
    assert capsys.readouterr().out.count("\n") == 1


def test_out_and_json_together_keep_stdout_pure(
    good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([good, "--out", str(tmp_path / "neu"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == samples.TITLE


def test_same_names_do_not_overwrite_each_other(good: str, tmp_path: Path) -> None:
    twin = tmp_path / "beirat.txt"
    twin.write_text("Protokoll der Sitzung des Rates\n", encoding="utf-8")
    main([good, str(twin), "--out", str(tmp_path / "neu")])
    assert sorted(path.name for path in (tmp_path / "neu").iterdir()) == [
        "beirat.json",
        "beirat.txt.json",
    ]


def test_summary_is_readable(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([good]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"beirat.docx: {samples.TITLE}\n")
    assert "Petra Au (entschuldigt)" in printed


def test_folder_that_is_a_file_is_one_sentence(
    good: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([good, "--out", good]) == 1
    assert "bitte wählen Sie einen anderen" in capsys.readouterr().err


def test_no_file_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2


def test_module_runs_without_django(good: str) -> None:
    code = "import sys; from buendnisnetz.reader.cli import main; main(sys.argv[1:]); sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, good], capture_output=True, check=False)  # noqa: S603 -- our own code
    assert done.returncode == 0
