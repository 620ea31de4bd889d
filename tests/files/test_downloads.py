"""Downloads: in parts, named, and never run by the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.files import store
from buendnisnetz.files.downloads import as_download
from buendnisnetz.files.ranges import Part, RangeNotThereError, part_of
from tests.factories.tasks import NOW

CONTENT = bytes(range(256)) * 1024


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-9", Part(0, 9)),
        ("bytes=5-", Part(5, 99)),
        ("bytes=-7", Part(93, 99)),
        ("bytes=-500", Part(0, 99)),
        ("bytes=90-500", Part(90, 99)),
        ("bytes=99-99", Part(99, 99)),
        # The whole: none, several, or nonsense.
        ("", None),
        ("bytes=-", None),
        ("bytes=9-5", None),
        ("bytes=0-1,5-6", None),
        ("pieces=0-1", None),
        ("bytes=a-b", None),
    ],
)
def test_the_part_that_is_asked_for(header, expected):
    assert part_of(header, 100) == expected


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=-000"])
def test_behind_the_end_is_nothing(header):
    with pytest.raises(RangeNotThereError):
        part_of(header, 100)


@given(st.text("bytes=-0123456789, ", max_size=24), st.integers(1, 10**6))
def test_a_part_lies_inside_the_file(header, size):
    try:
        part = part_of(header, size)
    except RangeNotThereError:
        return
    assert part is None or 0 <= part.first <= part.last < size


@pytest.fixture
def stored(db):
    upload = SimpleUploadedFile("Übersicht „neu“.html", CONTENT)
    return store.store_file(upload=upload, name=upload.name, limit=10**6, actor=None, now=NOW)


def body_of(response):
    """Read to the end and closed; the signal that a request ended would close the database."""
    content = b"".join(response.streaming_content)
    for close in response._resource_closers:
        close()
    return content


def fetch(stored, **headers):
    request = RequestFactory().get("/", headers=headers)
    return as_download(stored, request)


def test_a_part_is_served(stored):
    response = fetch(stored, Range="bytes=1000-200999")
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes 1000-200999/{len(CONTENT)}"
    assert response["Content-Length"] == "200000"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body_of(response) == CONTENT[1000:201000]


def test_a_lost_download_goes_on_only_with_the_same_file(stored):
    first = fetch(stored)
    tag = first["ETag"]
    assert body_of(first) == CONTENT
    assert tag == f'"{stored.sha256}"'
    on = fetch(stored, Range="bytes=10-", **{"If-Range": tag})
    assert (on.status_code, body_of(on)) == (206, CONTENT[10:])
    anew = fetch(stored, Range="bytes=10-", **{"If-Range": '"anders"'})
    assert (anew.status_code, body_of(anew)) == (200, CONTENT)


def test_behind_the_end_is_answered(stored):
    response = fetch(stored, Range="bytes=999999-")
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


def test_what_the_browser_has_is_not_sent_again(stored):
    response = fetch(stored, **{"If-None-Match": f'"{stored.sha256}"'})
    assert (response.status_code, response.content) == (304, b"")


def test_it_can_be_saved_under_another_name(stored):
    response = as_download(stored, name="anlage-3.html")
    assert response["Content-Disposition"] == 'attachment; filename="anlage-3.html"'
    assert body_of(response) == CONTENT


def test_a_file_that_is_shorter_than_it_should_be_ends(stored):
    """Somebody touched the disk: the answer stops instead of waiting for ever."""
    stored.size = len(CONTENT) + 500
    long = fetch(stored, Range=f"bytes={len(CONTENT) - 5}-")
    assert body_of(long) == CONTENT[-5:]


def test_removed_content_is_said_so(stored):
    stored.is_gone = True
    with pytest.raises(store.ContentGoneError):
        as_download(stored)
