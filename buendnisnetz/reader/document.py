"""A file to its text: the format is told by the content, never by the name."""

import importlib
import io
import zipfile
from enum import Enum
from pathlib import Path
from typing import Protocol, cast

from buendnisnetz.reader import messages
from buendnisnetz.reader.errors import (
    BrokenFileError,
    EmptyDocumentError,
    EncryptedFileError,
    MissingFileError,
    ReaderError,
    TooLargeError,
    UnknownFormatError,
)
from buendnisnetz.reader.formats.damage import DAMAGE
from buendnisnetz.reader.text import LONGEST_TEXT

LARGEST_FILE = 30_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"{\\rtf",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"\x00\x00\x01\x00",
    b"OggS",
    b"ID3",
    b"SQLite format 3",
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b")) + b"\x7f"


class Format(Enum):
    """The formats that the reader knows, with the module that reads each."""

    PLAIN = "plain"
    HTML = "html"
    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"


class _Loader(Protocol):
    def read(self, content: bytes, name: str) -> str: ...


def load_document(source: Path | str | bytes, name: str | None = None) -> str:
    """The text of a file or of its bytes, in this process.

    `name` is what messages call the document. Raises a ReaderError for everything that cannot be
    read; for files from outside prefer `read_file`, which limits time and memory.
    """
    if isinstance(source, bytes):
        return _text(source, name or "Dokument")
    path = Path(source)
    return _text(_content(path, name or path.name), name or path.name)


def _content(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise MissingFileError(messages.FILE_IS_FOLDER.format(name=name))
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise MissingFileError(messages.FILE_MISSING.format(name=name)) from error
    return content


def _text(content: bytes, name: str) -> str:
    if len(content) > LARGEST_FILE:
        raise TooLargeError(
            messages.TOO_LARGE.format(name=name, limit=f"{LARGEST_FILE // 1_000_000} MB")
        )
    if not content.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise EmptyDocumentError(messages.EMPTY.format(name=name))
    # Word and PDF modules take long to import, so each is only loaded for its own files.
    module = importlib.import_module(
        f"buendnisnetz.reader.formats.{_format_of(content, name).value}"
    )
    try:
        text = cast(_Loader, module).read(content, name)
    except RecursionError as error:
        raise BrokenFileError(messages.BROKEN.format(name=name)) from error
    return _checked(text, name)


def _checked(text: str, name: str) -> str:
    if len(text) > LONGEST_TEXT:
        limit = f"{LONGEST_TEXT // 1_000_000} Millionen Zeichen"
        raise TooLargeError(messages.TOO_LARGE.format(name=name, limit=limit))
    if not any(letter.isalnum() for letter in text):
        raise EmptyDocumentError(messages.EMPTY.format(name=name))
    return text


def _format_of(content: bytes, name: str) -> Format:
    head = content[:1024]
    if b"%PDF-" in head:
        return Format.PDF
    if content.startswith(b"PK\x03\x04"):
        return _package_format(content, name)
    if content.startswith(_OLE):
        raise _old_office(content, name)
    if content.startswith(_BINARY) or _is_binary(content):
        raise UnknownFormatError(messages.UNKNOWN_FORMAT.format(name=name))
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (
        Format.HTML
        if start.startswith((b"<!doctype html", b"<html", b"<?xml"))
        and b"<html" in content[:4096].lower()
        else Format.PLAIN
    )


def _package_format(content: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = set(package.namelist())
    except DAMAGE as error:
        raise BrokenFileError(messages.BROKEN.format(name=name)) from error
    if "word/document.xml" in parts:
        return Format.DOCX
    if "content.xml" in parts and b"opendocument.text" in content[:200]:
        return Format.ODT
    raise UnknownFormatError(messages.UNKNOWN_FORMAT.format(name=name))


def _old_office(content: bytes, name: str) -> ReaderError:
    """Word puts a password-protected .docx into an old container."""
    if _ENCRYPTED_PACKAGE in content:
        return EncryptedFileError(messages.ENCRYPTED.format(name=name))
    return UnknownFormatError(messages.OLD_WORD.format(name=name))


def _is_binary(content: bytes) -> bool:
    """Many control characters make no text, unless they are the zeros of UTF-16."""
    sample = content[:8_192]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = max(sample[::2].count(0), sample[1::2].count(0))
    if zeros > 0.6 * len(sample) / 2:
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return controls > max(8, 0.03 * len(sample))
