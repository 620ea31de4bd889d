"""What the answers of this room share: addresses, validators, and who may read them."""

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from buendnisnetz.api.domain.objects import SITE
from buendnisnetz.api.domain.queries.publications import as_json

JSON = "application/json"


def site_of(request: HttpRequest) -> str:
    """Our own address as it was asked, without a slash at its end."""
    return f"{request.scheme}://{request.get_host()}"


def answer(
    request: HttpRequest,
    text: str | bytes,
    *,
    media_type: str = JSON,
    changed: datetime | None = None,
) -> HttpResponse:
    """Open data: anybody's page may read it, and whoever has it already is told so.

    The checksum is taken from what is sent, so it also follows consents; ``changed`` is left out
    where the answer can change without a new time.
    """
    if isinstance(text, str):
        text = text.replace(SITE, site_of(request)).encode()
    etag = f'"{hashlib.blake2b(text, digest_size=16).hexdigest()}"'
    seconds = int(changed.timestamp()) if changed else None
    response = HttpResponse(text, content_type=media_type)
    response["ETag"] = etag
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    found = get_conditional_response(request, etag, seconds, response) or response
    # Ask again each time: a consent may end at any moment.
    found["Cache-Control"] = "public, no-cache"
    found["Access-Control-Allow-Origin"] = "*"
    found["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    return found


def refusal(request: HttpRequest, words: str, status: int) -> HttpResponse:
    """Why there is no answer, for a program."""
    response = HttpResponse(as_json({"error": words}), content_type=JSON, status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response
