"""Whether files can be kept and given out, and whose the bucket is; for whoever runs this."""

import secrets
from contextlib import suppress

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from buendnisnetz.core.home import keep_once
from buendnisnetz.files.contents import MARK

_TRIAL = "doctor"


class BucketTakenError(Exception):
    """Another installation keeps its files there; the German sentence says what to do."""

    def __init__(self, bucket: str) -> None:
        super().__init__(
            f"Der Bucket „{bucket}“ gehört einer anderen Installation. Bitte "
            "mit BUENDNISNETZ_S3_BUCKET einen eigenen nennen; nur wenn diese Installation an die "
            f"Stelle der anderen tritt, das Objekt „{MARK}“ darin löschen und neu starten."
        )


def claim_bucket() -> None:
    """Make the bucket ours, for what we do not know in it is taken away one day.

    An installation on trial, with a backup restored, must never do so with the files of the real one:
    the mark is not part of a backup. Raises BucketTakenError, OSError.
    """
    if not settings.BUCKET:
        return
    ours = keep_once(settings.HOME.path / "bucket", secrets.token_urlsafe(16))
    if not default_storage.exists(MARK):
        default_storage.save(MARK, ContentFile(ours.encode()))
    with default_storage.open(MARK) as mark:
        if mark.read().decode(errors="replace") != ours:
            raise BucketTakenError(settings.BUCKET["bucket_name"])


def problem() -> str:
    """What keeps files from being kept or given out, in one German sentence; empty when all is well."""
    try:
        claim_bucket()
        return _tried()
    except BucketTakenError as error:
        return str(error)
    except OSError as error:
        return f"kann nicht lesen und schreiben: {error}"


def _tried() -> str:
    content = secrets.token_bytes(16)
    name = default_storage.save(_TRIAL, ContentFile(content))
    try:
        with default_storage.open(name) as file:
            if file.read() != content:
                return "was geschrieben wurde, kommt nicht so zurück"
        if name not in default_storage.listdir("")[1]:
            return "was geschrieben wurde, wird nicht aufgelistet"
        is_open = getattr(default_storage, "is_open_to_strangers", None)
        if is_open is not None and is_open(name):
            return "der Bucket gibt Dateien an jeden heraus; bitte den öffentlichen Zugriff sperren"
    finally:
        with suppress(OSError):
            default_storage.delete(name)
    return "der Schlüssel darf nicht löschen" if default_storage.exists(name) else ""
