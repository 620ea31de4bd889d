"""Printed papers: tagged, the same every time, and never running what people wrote (S119)."""

from datetime import UTC, datetime
from pathlib import Path

import pdfplumber
import pdfua
import pytest

from buendnisnetz.ui import pdf

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
SOURCE = """#import "/ui/typst/house.typ": *
#show: paper.with(title: data.title, foot: "Fuß")
#preline("Probe")
= #data.title
#facts((("Ort", "Erfurt"), ("Leer", "")))
== Liste
#listing(columns: (1fr, 2fr), head: ("Name", "Was"), rows: data.rows)
#written(data.text)
"""
DATA = {
    "title": "Straßenfest in Großröhrsdorf",
    "rows": [[f"Zeile {number}", "Wort " * 10] for number in range(60)],
    "text": "Ein *Stern*, #eval und $x$.\n\nZweiter Absatz.",
}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A paper of its own, beside the rooms' files, for as long as the test runs."""
    source = pdf.PACKAGE / "ui" / "typst" / "_probe.typ"
    source.write_text(SOURCE, encoding="utf-8")
    try:
        found = tmp_path / "probe.pdf"
        found.write_bytes(pdf.paper("ui/_probe", DATA, written_at=NOW))
        assert found.read_bytes() == pdf.paper("ui/_probe", DATA, written_at=NOW)
    finally:
        source.unlink()
    return found


def test_a_paper_can_be_read_by_everyone(made: Path) -> None:
    report = pdfua.validate(made)
    assert [finding.rule_id for finding in report.findings] == []
    with pdfplumber.open(made) as document:
        assert document.doc.catalog["MarkInfo"]["Marked"] is True
        assert document.metadata["Title"] == DATA["title"]
        text = "\n".join(page.extract_text() for page in document.pages)
        assert len(document.pages) == 2
    assert "Ein *Stern*, #eval und $x$." in text
    assert "Seite 2 von 2" in text
    assert "Leer" not in text
    assert text.count("Zeile") == 60
