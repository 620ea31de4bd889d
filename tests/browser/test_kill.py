"""A few rounds of the proof that nothing acknowledged is lost; ``prove kill`` runs a hundred."""

from pathlib import Path

from buendnisnetz.web.proof import kill
from buendnisnetz.web.proof.site import running_demo


def test_killing_processes_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with running_demo(tmp_path / "home") as site:
        report = kill.prove(site, rounds=3, seed=7)
    figures = report.figures()
    assert figures["faults"] == []
    assert sum(figures["killed"].values()) >= 2
    assert figures["comments_acknowledged"] >= 1
    assert figures["distributions_acknowledged"] >= 1
    assert figures["uploads_kept"] == 3
    assert figures["upload_pieces_acknowledged_before_the_kill"] >= 1
    assert figures["mails"] >= figures["distributions_acknowledged"]
