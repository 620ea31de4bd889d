"""Bad files end in one German sentence, within limits of time and memory."""

import io
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from buendnisnetz.reader import ReaderError, errors, load_document, read_file, read_minutes
from tests.reader import samples

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def _word(xml: str) -> bytes:
    return _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": xml.encode()})


ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
LAUGHS = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>'
ENCRYPTED_ODT = samples.odt_package(
    "", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
)  # fmt: skip

BAD = {
    "empty": (b"", errors.EmptyDocumentError),
    "blank": (b" \n\t\n", errors.EmptyDocumentError),
    "signs only": (b"--- ... ---", errors.EmptyDocumentError),
    "zeros": (b"\x00" * 5000, errors.EmptyDocumentError),
    "png": (PNG, errors.UnknownFormatError),
    "exe": (b"MZ\x90\x00" + bytes(range(256)) * 20, errors.UnknownFormatError),
    "noise": (bytes((n * 7919) % 251 for n in range(9000)), errors.UnknownFormatError),
    "xlsx": (_zip({"xl/workbook.xml": b"<x/>"}), errors.UnknownFormatError),
    "rtf": (b"{\\rtf1 Protokoll}", errors.UnknownFormatError),
    "old word": (OLE, errors.UnknownFormatError),
    "locked word": (OLE + "EncryptedPackage".encode("utf-16-le"), errors.EncryptedFileError),
    "locked odt": (ENCRYPTED_ODT, errors.EncryptedFileError),
    "locked pdf": (samples.plain_pdf(1, "Protokoll", password="geheim"), errors.EncryptedFileError),
    "broken zip": (b"PK\x03\x04" + b"x" * 300, errors.BrokenFileError),
    "torn word": (samples.docx_minutes()[:3000], errors.BrokenFileError),
    "broken xml": (_word("<a><b></a>"), errors.BrokenFileError),
    "external entity": (_word(ENTITY), errors.BrokenFileError),
    "many laughs": (_word(LAUGHS), errors.BrokenFileError),
    "word without body": (_word("<a/>"), errors.BrokenFileError),
    "broken pdf": (b"%PDF-1.7\n" + b"garbage " * 200, errors.BrokenFileError),
    "torn pdf": (samples.plain_pdf(3, "Protokoll")[:700], ReaderError),
    "scan": (samples.plain_pdf(2), errors.NoTextLayerError),
    "bomb": (_zip({"word/document.xml": b" " * 60_000_000}), errors.TooLargeError),
    "too long": (b"wort " * 450_000, errors.TooLargeError),
}


@pytest.mark.parametrize(("content", "kind"), BAD.values(), ids=BAD)
def test_bad_content_is_one_german_sentence(content: bytes, kind: type[ReaderError]) -> None:
    with pytest.raises(kind) as caught:
        load_document(content, "datei.docx")
    sentence = caught.value.sentence
    assert sentence.endswith(".")
    assert "bitte" in sentence


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(errors.TooManyPagesError, match="mehr als 100 Seiten"):
        load_document(samples.plain_pdf(101, "Text"), "lang.pdf")


def test_a_lying_package_size_is_noticed() -> None:
    honest = _zip({"word/document.xml": b" " * 60_000_000})
    size = struct.pack("<I", 60_000_000)
    with pytest.raises(ReaderError):
        load_document(honest.replace(size, struct.pack("<I", 10)), "bombe.docx")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "iso8859-15"]
)
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = "Protokoll über die Sitzung des Ausschusses für Bürgerbüros, Straßen und Bäder.\n" * 3
    assert load_document(text.encode(encoding)) == text


def test_zeros_inside_text_are_dropped() -> None:
    assert read_minutes(load_document(b"Protokoll\x00 der Sitzung")).text == "Protokoll der Sitzung"


def test_a_line_of_a_megabyte_is_read_in_time() -> None:
    begun = time.process_time()
    read_minutes("Frau Berg sagt etwas und " * 40_000)
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    "token",
    [
        "A",
        "Ab ",
        "1. ",
        "TOP 1 ",
        "Ort: ",
        "(",
        "**a",
        "[a](",
        "Frau ",
        "bis 1.1. ",
        "a-\n",
        "# a\n",
        "x: y\n",
        "Max, ",
        "eröffnet ",
        "|a|b\n",
        "1 Ja 2 Nein ",
        "\n\n",
    ],
)
def test_repeated_text_is_read_in_linear_time(token: str) -> None:
    begun = time.process_time()
    read_minutes((token * 200_000)[:100_000])
    assert time.process_time() - begun < 5


def test_child_gives_what_the_parent_would_read(tmp_path: Path) -> None:
    path = tmp_path / "protokoll.docx"
    path.write_bytes(samples.docx_minutes())
    assert read_file(path) == read_minutes(load_document(path))


def test_child_hands_over_the_sentence(tmp_path: Path) -> None:
    path = tmp_path / "bild.docx"
    path.write_bytes(PNG)
    with pytest.raises(errors.UnknownFormatError, match="ist weder Text noch Word"):
        read_file(path)


def test_child_is_stopped_by_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "protokoll.txt"
    path.write_text("Protokoll", encoding="utf-8")
    with pytest.raises(errors.TimeLimitError, match="ließ sich nicht"):
        read_file(path, seconds=0.02)


def test_child_is_stopped_by_its_memory(tmp_path: Path) -> None:
    path = tmp_path / "protokoll.docx"
    path.write_bytes(_zip({"word/document.xml": b"<a>" + b"x" * 39_000_000 + b"</a>"}))
    with pytest.raises(ReaderError):
        read_file(path, megabytes=120)


@pytest.mark.parametrize("name", ["fehlt.txt", "a\x00b.txt", ""])
def test_missing_file_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(errors.MissingFileError):
        read_file(str(tmp_path / name))


def test_zip_with_bad_checksum_is_broken() -> None:
    content = _word("<a/>" + "x" * 50)
    broken = content.replace(
        struct.pack("<I", zlib.crc32(("<a/>" + "x" * 50).encode())), b"\x01\x02\x03\x04"
    )
    with pytest.raises(errors.BrokenFileError):
        load_document(broken, "datei.docx")
