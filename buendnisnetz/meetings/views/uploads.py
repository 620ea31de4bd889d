"""Files in pieces, for whoever may add attachments (see docs/files.md for the protocol)."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.files import uploads
from buendnisnetz.files.models import PartialUpload
from buendnisnetz.meetings.domain.attachments import LARGEST_ATTACHMENT
from buendnisnetz.meetings.rules import IMPORTERS

_STATUS: dict[type[DomainError], int] = {
    uploads.UploadGoneError: 410,
    uploads.WrongOffsetError: 409,
    uploads.BrokenPieceError: 460,
    uploads.TooManyUploadsError: 429,
}


def _refused(error: DomainError) -> JsonResponse:
    answer = JsonResponse({"error": str(error)}, status=_STATUS.get(type(error), 422))
    if isinstance(error, uploads.WrongOffsetError):
        answer["Upload-Offset"] = str(error.offset)
    return answer


def _state(row: PartialUpload, status: int = 200) -> JsonResponse:
    said = {"id": row.public_id, "offset": row.received, "size": row.size}
    answer = JsonResponse(said, status=status)
    answer["Upload-Offset"], answer["Upload-Length"] = str(row.received), str(row.size)
    answer["Cache-Control"] = "no-store"
    return answer


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def upload_begin(request: HttpRequest) -> HttpResponse:
    """``{"name", "size", "fingerprint"}`` in, ``{"id", "offset", "size"}`` out; the unfinished upload of
    the same file is gone on with."""
    try:
        asked: Any = json.loads(request.body)
        name, size, fingerprint = (
            str(asked["name"]),
            int(asked["size"]),
            str(asked["fingerprint"]),
        )
    except (ValueError, TypeError, KeyError):
        return JsonResponse({"error": "name, size, fingerprint"}, status=422)
    try:
        row = uploads.begin(
            owner=request.user,
            name=name,
            size=size,
            fingerprint=fingerprint,
            limit=LARGEST_ATTACHMENT,
            now=timezone.now(),
        )
    except DomainError as error:
        return _refused(error)
    return _state(row, 201)


@open_to(*IMPORTERS, methods=("GET", "HEAD", "PATCH", "DELETE"))
def upload_piece(request: HttpRequest, key: str) -> HttpResponse:
    """How far a file got (GET, HEAD), its next piece (PATCH), or away with it (DELETE)."""
    try:
        row = uploads.of(owner=request.user, key=key, now=timezone.now())
        if request.method == "PATCH":
            offset = _taken(request, row)
            return HttpResponse(status=204, headers={"Upload-Offset": str(offset)})
    except DomainError as error:
        return _refused(error)
    if request.method == "DELETE":
        uploads.discard(upload=row)
        return HttpResponse(status=204)
    return _state(row)


def _taken(request: HttpRequest, row: PartialUpload) -> int:
    if int(request.headers.get("Content-Length") or 0) > uploads.LARGEST_PIECE:
        raise uploads.BrokenPieceError
    said = request.headers.get("Upload-Offset", "")
    return uploads.add_piece(
        upload=row,
        first=int(said) if said.isdecimal() and len(said) < 16 else -1,
        content=request.body,
        sha256=request.headers.get("Upload-Checksum", "").removeprefix("sha256 "),
    )
