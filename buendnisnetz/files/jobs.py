"""Jobs of this room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buendnisnetz.files import contents, preview, scan, uploads


@app.periodic(cron="*/5 * * * *")
@app.task(name="files.scan_waiting", queueing_lock="files.scan_waiting")
def scan_waiting(timestamp: int) -> None:
    """What came while the scanner was away, and files too large to check while somebody waits."""
    scan.scan_waiting(now=timezone.now())


@app.task(name="files.scan_now", queueing_lock="files.scan_now")
def scan_now() -> None:
    scan.scan_waiting(now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="files.draw_previews", queueing_lock="files.draw_previews")
def draw_previews(timestamp: int) -> None:
    """What waited for the virus scanner, or for a worker that was killed."""
    preview.draw_waiting(now=timezone.now())


@app.task(name="files.draw_previews_now", queueing_lock="files.draw_previews_now")
def draw_previews_now() -> None:
    preview.draw_waiting(now=timezone.now())


@app.periodic(cron="25 * * * *")
@app.task(name="files.discard_uploads", queueing_lock="files.discard_uploads")
def discard_uploads(timestamp: int) -> None:
    uploads.discard_expired(now=timezone.now())


@app.periodic(cron="35 3 * * *")
@app.task(name="files.sweep_contents", queueing_lock="files.sweep_contents")
def sweep_contents(timestamp: int) -> None:
    """Bytes that a killed process left, and what could not be removed when it should go."""
    contents.sweep(now=timezone.now())
