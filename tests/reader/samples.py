"""One set of invented minutes, written as .docx, .odt and .pdf by the tests themselves."""

import io
import zipfile
from collections.abc import Sequence

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fpdf import FPDF

TITLE = "Protokoll der 4. Sitzung des Familienbeirats Auental"
HEAD = (
    ("Datum:", "Donnerstag, 6. Juni 2019"),
    ("Ort:", "Rathaus Auental"),
    ("Beginn:", "17:00 Uhr"),
    ("Ende:", "18:40 Uhr"),
    ("Vorsitz:", "Frau Anna Berg"),
    ("Protokoll:", "Jörg Tal"),
)
PEOPLE = (
    ("Name", "Institution", "anwesend"),
    ("Anna Berg", "Stadt Auental", "x"),
    ("Dr. Jörg Tal", "Klinik", "x"),
    ("Petra Au", "Kita Regenbogen", "entschuldigt"),
)
TOPICS = ("Begrüßung", "Ferienbetreuung", "Verschiedenes")
TALK = (
    "Frau Berg begrüßt die Runde. Das Protokoll der 3. Sitzung wird einstimmig genehmigt.",
    "Beschluss: Die Ferienbetreuung wird im Sommer angeboten.",
    "Die nächste Sitzung findet am 4. Juli 2019 statt.",
)  # fmt: skip
TASKS = (
    ("Was", "Wer", "Bis wann"),
    ("Räume prüfen", "Jörg Tal", "20.06.2019"),
    ("Eltern befragen", "Petra Au", "nächste Sitzung"),
)


def docx_minutes() -> bytes:
    """Title, tables, Word's own numbering and a heading style with "TOP"; head and foot apart."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Kopfzeile Auental"
    document.add_heading(TITLE, 0)
    _table(document, HEAD)
    _table(document, PEOPLE)
    document.add_paragraph("Tagesordnung")
    for topic in TOPICS:
        document.add_paragraph(topic, style="List Number")
    for number, (topic, talk) in enumerate(zip(TOPICS, TALK, strict=True), 1):
        document.add_heading(f"TOP {number} {topic}", 1)
        document.add_paragraph(talk)
    document.add_heading("Aufgaben", 1)
    _table(document, TASKS)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def numbered_docx(pattern: str, items: Sequence[str]) -> bytes:
    """A list whose labels Word counts by `pattern`, such as "TOP %1"."""
    document = docx.Document()
    for text in items:
        document.add_paragraph(text, style="List Number")
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    shape = next(n for n in numbering.findall(qn("w:num")) if n.get(qn("w:numId")) == number)
    shape_id = shape.find(qn("w:abstractNumId")).get(qn("w:val"))
    for abstract in numbering.findall(qn("w:abstractNum")):
        if abstract.get(qn("w:abstractNumId")) == shape_id:
            text = abstract.find(f"{qn('w:lvl')}/{qn('w:lvlText')}")
            text.set(qn("w:val"), pattern)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_with_deleted_words() -> bytes:
    """A paragraph of which one run was deleted while tracking changes."""
    document = docx.Document()
    paragraph = document.add_paragraph("Wir treffen uns im Rathaus.")
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = "GELÖSCHT"
    run.append(text)
    deleted.append(run)
    paragraph._p.append(deleted)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _table(document: object, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))  # type: ignore[attr-defined]
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text


_ODT_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles><text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style></office:automatic-styles>'
    "<office:body><office:text>"
)  # fmt: skip
_ODT_FOOT = "</office:text></office:body></office:document-content>"


def odt_minutes() -> bytes:
    """The same minutes as an OpenDocument text."""
    parts = [
        f"<text:h>{TITLE}</text:h>",
        _odt_table(HEAD),
        _odt_table(PEOPLE),
        "<text:p>Tagesordnung</text:p>",
    ]
    items = "".join(
        f"<text:list-item><text:p>{topic}</text:p></text:list-item>" for topic in TOPICS
    )
    parts.append(f'<text:list text:style-name="L1">{items}</text:list>')
    for number, (topic, talk) in enumerate(zip(TOPICS, TALK, strict=True), 1):
        parts += [f"<text:h>TOP {number} {topic}</text:h>", f"<text:p>{talk}</text:p>"]
    parts += ["<text:h>Aufgaben</text:h>", _odt_table(TASKS)]
    return odt_package("".join(parts))


def odt_package(body: str, manifest: str = "") -> bytes:
    """An .odt file around a body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", _ODT_HEAD + body + _ODT_FOOT)
        if manifest:
            package.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def _odt_table(rows: Sequence[Sequence[str]]) -> str:
    cells = (
        "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        for row in rows
    )
    return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in cells)}</table:table>"


def pdf_minutes(pages: int = 1) -> bytes:
    """The same minutes as PDF with a running title and page numbers."""
    pdf = _Paper()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.cell(text=TITLE, new_x="LMARGIN", new_y="NEXT")
    for label, value in HEAD:
        pdf.cell(w=50, text=label)
        pdf.cell(text=value, new_x="LMARGIN", new_y="NEXT")
    _pdf_table(pdf, PEOPLE)
    pdf.multi_cell(
        w=0,
        text="Tagesordnung\n" + "\n".join(f"{n}. {t}" for n, t in enumerate(TOPICS, 1)),
        new_x="LMARGIN",
        new_y="NEXT",
    )
    for number, (topic, talk) in enumerate(zip(TOPICS, TALK, strict=True), 1):
        pdf.ln(6)
        pdf.multi_cell(w=0, text=f"TOP {number} {topic}", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
        pdf.multi_cell(w=0, text=talk, new_x="LMARGIN", new_y="NEXT")
        if number < pages:
            pdf.add_page()
    pdf.ln(6)
    pdf.cell(text="Aufgaben", new_x="LMARGIN", new_y="NEXT")
    _pdf_table(pdf, TASKS)
    return bytes(pdf.output())


class _Paper(FPDF):
    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(text="Familienbeirat Auental, 4. Sitzung", new_x="LMARGIN", new_y="NEXT")
        self.ln(6)
        self.set_font("Helvetica", size=11)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(text=f"Seite {self.page_no()}")


def _pdf_table(pdf: FPDF, rows: Sequence[Sequence[str]]) -> None:
    with pdf.table() as table:
        for row in rows:
            cells = table.row()
            for cell in row:
                cells.cell(cell)


def plain_pdf(pages: int, text: str = "", password: str = "") -> bytes:
    """A PDF of so many pages, with or without text, with or without a password."""
    pdf = FPDF()
    if password:
        pdf.set_encryption(owner_password=password, user_password=password)
    for _ in range(pages):
        pdf.add_page()
        pdf.set_font("Helvetica", size=11)
        if text:
            pdf.cell(text=text)
    return bytes(pdf.output())
