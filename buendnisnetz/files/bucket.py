"""Files in a bucket of an S3 server; imported only where one is configured (see docs/operations.md).

Nobody but this application reads the bucket: there are no links into it. Files are read block by
block as they are given out, and written in one request, so that a kill leaves all of one or nothing.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,
    HTTPClientError,
    SSLError,
)
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from buendnisnetz.files.reading import AnyPlace

# So much of a file is fetched at a time, and no more of it is in memory.
BLOCK = 4 * 1024 * 1024
_NOT_THERE = {"404", "NoSuchKey"}
_WHY = {
    "NoSuchBucket": "den Bucket gibt es nicht; BUENDNISNETZ_S3_BUCKET prüfen",
    "InvalidBucketName": "so kann kein Bucket heißen; BUENDNISNETZ_S3_BUCKET prüfen",
    "InvalidAccessKeyId": "der Server kennt den Schlüssel nicht; BUENDNISNETZ_S3_KEY prüfen",
    "SignatureDoesNotMatch": "das Geheimnis passt nicht zum Schlüssel; BUENDNISNETZ_S3_SECRET prüfen",
    "AccessDenied": "der Schlüssel darf das im Bucket nicht; er muss auflisten, lesen, schreiben und löschen dürfen",
    "403": "der Schlüssel darf das im Bucket nicht; BUENDNISNETZ_S3_KEY und seine Rechte prüfen",
    "PermanentRedirect": "der Bucket liegt in einer anderen Region; BUENDNISNETZ_S3_REGION und BUENDNISNETZ_S3_ENDPOINT prüfen",
    "AuthorizationHeaderMalformed": "die Region stimmt nicht; BUENDNISNETZ_S3_REGION prüfen",
    "RequestTimeTooSkewed": "die Uhr dieses Rechners geht falsch",
    "QuotaExceeded": "der Bucket ist voll",
}


class BucketError(OSError):
    """The bucket did not do what it was asked; the German sentence is for whoever runs it."""


def _sentence(error: Exception) -> str:
    if isinstance(error, ClientError):
        code = str(error.response.get("Error", {}).get("Code", ""))
        return _WHY.get(code) or f"der S3-Server meldet „{code}“"
    if isinstance(error, SSLError):
        return f"das Zertifikat des S3-Servers gilt nicht ({error})"
    if isinstance(error, ConnectionError | HTTPClientError):
        return f"der S3-Server antwortet nicht ({error}); BUENDNISNETZ_S3_ENDPOINT prüfen"
    return str(error)


@contextmanager
def _explained(name: str = "") -> Iterator[None]:
    """What goes wrong becomes what it would be on a disk."""
    try:
        yield
    except ClientError as error:
        if name and error.response.get("Error", {}).get("Code") in _NOT_THERE:
            raise FileNotFoundError(name) from error
        raise BucketError(_sentence(error)) from error
    except BotoCoreError as error:
        raise BucketError(_sentence(error)) from error


class Blocks(AnyPlace, io.RawIOBase):
    """An object of the bucket; what is read of it is fetched, and nothing else."""

    def __init__(self, row: Any, name: str) -> None:
        super().__init__()
        self._row, self._name = row, name
        with _explained(name):
            self.size = row.content_length

    def readall(self) -> bytes:
        return self._fetched(self.size - self._at)

    def readinto(self, buffer: Any) -> int:
        content = self._fetched(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def _fetched(self, length: int) -> bytes:
        last = min(self._at + length, self.size) - 1
        if last < self._at:
            return b""
        with _explained(self._name):
            answer = self._row.get(Range=f"bytes={self._at}-{last}")
            content: bytes = answer["Body"].read()
        self._at += len(content)
        return content


class BucketStorage(S3Storage):  # type: ignore[misc]  # the library has no types
    """The storage of all files, where the settings name a bucket."""

    def __init__(self, **options: Any) -> None:
        client = Config(
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 3},
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            # Not every server knows the newer checksums; ours are SHA-256 and in the database.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        # One request for each file: pieces of one would stay where a kill left them.
        transfer = TransferConfig(multipart_threshold=5 * 1024**3, use_threads=False)
        super().__init__(
            client_config=client,
            transfer_config=transfer,
            # The same name is the same content, or what was never acknowledged.
            file_overwrite=True,
            # Never what a sender says it is.
            object_parameters={"ContentType": "application/octet-stream"},
            **options,
        )

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        if mode != "rb":
            raise ValueError(mode)
        key = self._normalize_name(name)
        with _explained(name):
            return File(io.BufferedReader(Blocks(self.bucket.Object(key), name), BLOCK), name)

    def _save(self, name: str, content: "File[Any]") -> str:
        with _explained():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _explained():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _explained():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _explained():
            folders, names = super().listdir(path)
        return folders, names

    def size(self, name: str) -> int:
        with _explained(name):
            return int(super().size(name))

    def get_modified_time(self, name: str) -> Any:
        with _explained(name):
            return super().get_modified_time(name)

    def url(self, name: str | None, *args: Any, **options: Any) -> str:
        """There are no links into the bucket."""
        raise ValueError("This file is not accessible via a URL.")

    def is_open_to_strangers(self, name: str) -> bool:
        """Whether somebody without a key gets what is here."""
        row = self.unsigned_connection.Object(self.bucket_name, self._normalize_name(name))
        try:
            row.get()["Body"].close()
        except (ClientError, BotoCoreError):
            return False
        return True
