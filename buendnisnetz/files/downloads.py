"""Giving files out: streamed, in parts if wanted, and never as something that the browser runs here."""

from typing import Any

# Every download goes through here.
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse  # noqa: TID251

from buendnisnetz.files.models import StoredFile
from buendnisnetz.files.ranges import Part, Pieces, RangeNotThereError, part_of
from buendnisnetz.files.scan import check_deliverable
from buendnisnetz.files.store import ContentGoneError

Download = FileResponse | StreamingHttpResponse | HttpResponse


def as_download(
    stored: StoredFile,
    request: HttpRequest | None = None,
    *,
    name: str = "",
    to_public: bool = False,
) -> Download:
    """The file as a download: never shown in the page's origin, whatever it claims to be.

    With a ``request`` it may be a part of it, so that a large one can be gone on with; with a
    ``name`` it is saved under that. Raises :class:`ContentGoneError` and what
    ``scan.check_deliverable`` raises.
    """
    check_deliverable(stored, to_public=to_public)
    if stored.is_gone:
        raise ContentGoneError
    response = _answer(stored, request, name or stored.name)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = _tag(stored)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def as_picture(picture: bytes) -> HttpResponse:
    """A preview that we drew ourselves: the only thing that is shown in the page."""
    response = HttpResponse(picture, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _answer(stored: StoredFile, request: HttpRequest | None, name: str) -> Download:
    try:
        part = _part(stored, request)
    except RangeNotThereError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    if request is not None and request.headers.get("If-None-Match") == _tag(stored):
        return HttpResponse(status=304)
    whole = FileResponse(
        stored.content.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )
    return whole if part is None else _partly(stored, whole, part)


def _partly(stored: StoredFile, whole: FileResponse, part: Part) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        Pieces(whole.file_to_stream, part),
        status=206,
        content_type="application/octet-stream",
    )
    response["Content-Disposition"] = whole["Content-Disposition"]
    response["Content-Length"] = str(part.length)
    response["Content-Range"] = f"bytes {part.first}-{part.last}/{stored.size}"
    return response


def _part(stored: StoredFile, request: HttpRequest | None) -> Part | None:
    header: Any = request.headers.get("Range", "") if request is not None else ""
    if not header or request is None:
        return None
    # Somebody goes on with another file than this one: begin anew.
    if request.headers.get("If-Range", _tag(stored)) != _tag(stored):
        return None
    return part_of(header, stored.size)


def _tag(stored: StoredFile) -> str:
    return f'"{stored.sha256}"'
