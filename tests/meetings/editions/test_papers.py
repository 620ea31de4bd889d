"""Papers that everyone can read: PDF/UA without an error, on two pages and on sixty (S119)."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pdfplumber
import pdfua
import pypdfium2
import pytest

from buendnisnetz.meetings.domain.editions import papers
from buendnisnetz.meetings.domain.editions.layout import Signature
from buendnisnetz.meetings.enums import EntryKind
from tests.meetings.editions.written import long_minutes

SIGNED = Signature(
    approved_on=date(2026, 11, 20), approved_by="Erna Freigeberin", text_sha256="a" * 64
)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("items", "pages"), [(1, 2), (43, 60)])
def test_a_validator_finds_no_error(tmp_path: Path, items: int, pages: int) -> None:
    made = papers.as_pdf(long_minutes(items), SIGNED, written_at=NOW)
    target = tmp_path / "protokoll.pdf"
    target.write_bytes(made)
    assert len(pypdfium2.PdfDocument(made)) >= pages
    assert [finding.rule_id for finding in pdfua.validate(target).findings] == []


def test_it_has_the_shape_that_offices_know() -> None:
    made = papers.as_pdf(long_minutes(2), SIGNED, written_at=NOW)
    with pdfplumber.open(io.BytesIO(made)) as document:
        text = "\n".join(page.extract_text() for page in document.pages)
    places = [
        text.index(words)
        for words in (
            "Große Sitzung",
            "Teilnehmende",
            "Tagesordnung",
            "Ergebnisse",
            "Aufgaben",
            "Anlagen",
            "Freigegeben",
        )
    ]
    assert places == sorted(places)


def test_the_same_minutes_give_the_same_bytes() -> None:
    first, second = (papers.as_pdf(long_minutes(2), SIGNED, written_at=NOW) for _ in range(2))
    assert first == second


def test_word_has_headings_and_tables_that_can_be_jumped_to() -> None:
    document = docx.Document(io.BytesIO(papers.as_docx(long_minutes(2), SIGNED)))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2"} <= styles
    assert document.tables[0].rows[0].cells[0].text == "Name"
    assert document.core_properties.language == "de-DE"


def test_every_kind_of_entry_stands_in_every_form() -> None:
    content = long_minutes(1)
    assert {row["kind"] for row in content["entries"]} == set(EntryKind.values)
    markdown = papers.as_markdown(content, SIGNED).decode()
    for row in content["entries"]:
        assert row["text"] in markdown
