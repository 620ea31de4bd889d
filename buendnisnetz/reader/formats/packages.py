"""Zip packages (.docx, .odt) opened without trusting them.

Sizes are counted while unpacking, because the sizes written in a package may lie; XML is parsed
with defusedxml, which refuses entities and external references.
"""

import io
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from buendnisnetz.reader import messages
from buendnisnetz.reader.errors import BrokenFileError, EncryptedFileError, TooLargeError
from buendnisnetz.reader.formats.damage import DAMAGE

LARGEST_PART = 40_000_000
_MOST_PARTS = 5_000


class Package:
    """A package whose parts are unpacked one by one, up to a limit."""

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except DAMAGE as error:
            raise BrokenFileError(messages.BROKEN.format(name=name)) from error
        if len(self._zip.infolist()) > _MOST_PARTS:
            raise self._too_large()

    def part_names(self) -> list[str]:
        """The names of all parts."""
        return self._zip.namelist()

    def xml(self, part: str) -> Element | None:
        """A part as XML, or None when the package does not hold it."""
        content = self.bytes(part)
        if content is None:
            return None
        try:
            root: Element = fromstring(content)
        except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
            raise BrokenFileError(messages.BROKEN.format(name=self._name)) from error
        return root

    def bytes(self, part: str) -> bytes | None:
        """A part unpacked; never more than the limit, whatever its header says."""
        try:
            info = self._zip.getinfo(part)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise EncryptedFileError(messages.ENCRYPTED.format(name=self._name))
        if info.file_size > LARGEST_PART:
            raise self._too_large()
        try:
            with self._zip.open(info) as stream:
                content = stream.read(LARGEST_PART + 1)
        except DAMAGE as error:
            raise BrokenFileError(messages.BROKEN.format(name=self._name)) from error
        if len(content) > LARGEST_PART:
            raise self._too_large()
        return content

    def _too_large(self) -> TooLargeError:
        limit = f"{LARGEST_PART // 1_000_000} MB entpackt"
        return TooLargeError(messages.TOO_LARGE.format(name=self._name, limit=limit))
