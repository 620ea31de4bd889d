"""Attachments with small real files, made through the room's own functions."""

import io
from typing import Any

from django.core.files.base import ContentFile

from buendnisnetz.meetings.domain import attachments
from buendnisnetz.meetings.domain.attachments import Upload
from buendnisnetz.meetings.models import Attachment, Meeting
from tests.factories.meetings import NOW

TEXT = b"Zahlen zur Kinderbetreuung\n"


def upload(content: bytes = TEXT, name: str = "zahlen.txt") -> Upload:
    return Upload(ContentFile(content), name)


def attach(meeting: Meeting, title: str = "Zahlen", **facts: Any) -> Attachment:
    """An attachment with a file; ``file=None`` for one whose file is missing."""
    given = facts.pop("file", upload())
    return attachments.add_attachment(
        meeting=meeting, upload=given, actor=None, now=NOW, title=title, **facts
    )


def body_of(response: Any) -> bytes:
    """What a download brings, read to the end; a test's client closes the file by itself."""
    return b"".join(response.streaming_content)


def posted(name: str = "zahlen.txt", content: bytes = TEXT) -> io.BytesIO:
    """A file as a browser sends it with a form."""
    file = io.BytesIO(content)
    file.name = name
    return file
