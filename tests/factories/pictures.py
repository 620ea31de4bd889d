"""Small pictures and papers, made when a test wants them."""

import io
import struct
import zlib
from datetime import UTC, datetime

from fpdf import FPDF
from PIL import Image


def picture(form: str = "PNG", size: tuple[int, int] = (120, 80)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#1f4e9c").save(target, form)
    return target.getvalue()


def pdf(pages: int = 1) -> bytes:
    paper = FPDF()
    paper.set_creation_date(datetime(2026, 1, 1, tzinfo=UTC))
    for number in range(pages):
        paper.add_page()
        paper.set_font("helvetica", size=40)
        paper.cell(text=f"Seite {number + 1}")
    return bytes(paper.output())


def bomb() -> bytes:
    """A picture of a few hundred bytes that says it is 60,000 by 60,000."""

    def part(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack("!L", len(data)) + kind + data + struct.pack("!L", zlib.crc32(kind + data))
        )

    head = struct.pack("!LLBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", body) + part(b"IEND", b"")
