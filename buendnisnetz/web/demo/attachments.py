"""Attachments with small real files: of every kind, one not accessible, one replaced, one removed, one
in which a virus was found; some cited, some not, and one that everybody may fetch."""

import hashlib
import io
from datetime import date, datetime, time, timedelta
from time import gmtime
from typing import Any

import xlsxwriter
from django.core.files.base import ContentFile
from django.utils import timezone
from docx import Document
from PIL import Image, ImageDraw

from buendnisnetz.accounts.models import User
from buendnisnetz.files import scan, uploads
from buendnisnetz.files.enums import ScanState
from buendnisnetz.files.preview import draw_waiting
from buendnisnetz.meetings.domain import attachments as domain
from buendnisnetz.meetings.domain.attachments import Upload
from buendnisnetz.meetings.domain.editions import states, templates
from buendnisnetz.meetings.domain.meetings import add_entry
from buendnisnetz.meetings.enums import Accessibility, EditionStatus, EntryKind
from buendnisnetz.meetings.models import Attachment, Edition, Meeting

_FIGURES = (("2024", 1180, 1212), ("2025", 1240, 1255), ("2026", 1304, 1291))


def seed_attachments(users: dict[str, User], today: date) -> None:
    """A draft with attachments in every state, and published minutes with one for everybody."""
    now = timezone.make_aware(datetime.combine(today - timedelta(days=1), time(11)))
    office = users["koordination"]
    drafts = Edition.objects.filter(status=EditionStatus.DRAFT).select_related("meeting")
    draft = drafts.order_by("-meeting__held_on", "pk").first()
    if draft is not None:
        _fill(draft.meeting, office, now)
    published = Edition.objects.filter(status=EditionStatus.PUBLISHED).select_related("meeting")
    shown = published.order_by("-meeting__held_on", "pk")[1:2]
    for edition in shown:
        _show(edition, office, now)
    draw_waiting(now=now)
    _leave_unfinished(office, timezone.now())
    _bring_template(office, now)


def _bring_template(office: User, now: datetime) -> None:
    """The state's own form, begun from the sample."""
    templates.add_template(
        name="Protokoll der Koordinierungsstelle",
        alliance=None,
        upload=ContentFile(templates.sample_template()),
        file_name="protokollvorlage.docx",
        actor=office,
        now=now,
    )


def _leave_unfinished(office: User, now: datetime) -> None:
    """Half of a recording: who chooses it again goes on where it stopped."""
    upload = uploads.begin(
        owner=office,
        name="mitschnitt.mp3",
        size=2 * len(_LEAFLET),
        fingerprint="vorfuehrung",
        limit=domain.LARGEST_ATTACHMENT,
        now=now,
    )
    piece = _LEAFLET.encode()[: len(_LEAFLET)]
    uploads.add_piece(
        upload=upload, first=0, content=piece, sha256=hashlib.sha256(piece).hexdigest()
    )


def _fill(meeting: Meeting, office: User, now: datetime) -> None:
    def add(title: str, name: str, content: bytes, **facts: Any) -> Attachment:
        upload = Upload(ContentFile(content), name) if name else None
        return domain.add_attachment(
            meeting=meeting, upload=upload, actor=office, now=now, title=title, **facts
        )

    figures = add(
        "Betreuungsplätze und Bedarf",
        "betreuungsplaetze-entwurf.xlsx",
        _workbook(_FIGURES[:2]),
        author="Jugendamt",
        licence="Datenlizenz Deutschland – Namensnennung 2.0",
        accessible=Accessibility.YES,
    )
    domain.edit_attachment(
        attachment=figures,
        version=figures.version,
        upload=Upload(ContentFile(_workbook(_FIGURES)), "betreuungsplaetze.xlsx"),
        actor=office,
        now=now,
        title=figures.title,
    )
    add(
        "Lageplan der Familienzentren",
        "lageplan.png",
        _picture("PNG"),
        licence="CC BY 4.0",
        text_alternative="Drei Familienzentren: am Markt, am Bahnhof und in der alten Molkerei.",
    )
    add("Folien zum Vortrag", "folien.pdf", _picture("PDF"), author="Hochschule")
    add(
        "Entwurf der Vereinbarung",
        "vereinbarung.docx",
        _document(),
        accessible=Accessibility.YES,
        is_internal=True,
    )
    bill = add("Rechnung des Caterings", "rechnung.txt", b"Rechnung Nr. 17\n")
    if bill.file is not None:
        finding = scan.Finding(ScanState.INFECTED, "Win.Test.Vorfuehrung-1")
        scan.note(sha256=bill.file.sha256, finding=finding, now=now)
    gone = add("Teilnehmerliste, doppelt", "liste.txt", b"Liste\n")
    domain.remove_attachment(attachment=gone, actor=office, now=now)
    for text in (
        "Die Zahlen zu Plätzen und Bedarf stehen in Anlage %(first)s, die Häuser in Anhang %(second)s.",
        "Das Faltblatt (Anlage 19) wird nachgereicht.",
    ):
        values = {"first": figures.number, "second": figures.number + 1}
        add_entry(meeting=meeting, kind=EntryKind.REPORT, text=text % values, actor=office, now=now)


def _show(edition: Edition, office: User, now: datetime) -> None:
    """Published minutes get a plain file that everybody may fetch, by a correction."""
    meeting = edition.meeting
    second = states.begin_correction(
        meeting=meeting, reason="Merkblatt als Anlage nachgetragen", actor=office, now=now
    )
    row = domain.add_attachment(
        meeting=meeting,
        upload=Upload(ContentFile(_LEAFLET.encode()), "merkblatt.txt"),
        actor=office,
        now=now,
        title="Merkblatt: Wer hilft bei der Pflege zu Hause?",
        licence="CC0 1.0",
        accessible=Accessibility.YES,
        is_file_public=True,
    )
    add_entry(
        meeting=meeting,
        kind=EntryKind.NOTE,
        text=f"Das Merkblatt liegt als Anlage {row.number} bei.",
        actor=office,
        now=now,
    )
    approved = states.record_approval(
        edition=second,
        approved_on=timezone.localdate(now),
        approved_by=edition.approved_by,
        person=edition.approver,
        actor=office,
        now=now,
    )
    states.publish(edition=approved, actor=office, now=now)


_LEAFLET = """Wer hilft bei der Pflege zu Hause?

1. Der Pflegestützpunkt berät kostenlos.
2. Die Pflegekasse zahlt einen Kurs für Angehörige.
3. Der Bündnis-Lotse kennt die Angebote im Ort.
"""


def _workbook(rows: tuple[tuple[str, int, int], ...]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        # The same day gives the same bytes.
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 -- xlsx has no zones
        sheet = book.add_worksheet("Plätze")
        sheet.write_row(0, 0, ["Jahr", "Plätze", "Bedarf"])
        for at, row in enumerate(rows, start=1):
            sheet.write_row(at, 0, row)
    return target.getvalue()


def _document() -> bytes:
    document = Document()
    document.add_heading("Vereinbarung (Entwurf)", 1)
    document.add_paragraph("Die Partner stellen je einen Raum und zehn Stunden im Monat.")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _picture(form: str) -> bytes:
    """A small plan; as PDF it is a page without text, as scanned slides are."""
    picture = Image.new("RGB", (640, 400), "#f4f6fb")
    pen = ImageDraw.Draw(picture)
    pen.line([(40, 320), (600, 80)], fill="#8fa3c4", width=14)
    for left, top in ((90, 220), (290, 90), (460, 230)):
        pen.rectangle([left, top, left + 90, top + 70], fill="#1f4e9c")
    target = io.BytesIO()
    day = gmtime(0)
    picture.save(target, form, **({"creationDate": day, "modDate": day} if form == "PDF" else {}))
    return target.getvalue()
