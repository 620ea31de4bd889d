"""A file that goes up in pieces while processes are killed: what was acknowledged is there
afterwards, and the file that is gone on with ends as it was."""

import hashlib
import http.client
import json
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from buendnisnetz.web.proof.visitor import Visitor

PIECE = 40_000
_BEGIN = "/sitzungen/hochladen/"
_FORM = "/sitzungen/importe/neu/"
_TRIES = 60


@dataclass
class Sending:
    """One file, and how far the server said that it got."""

    marker: str
    # A short one is whole when the kill falls into its being kept; a long one is still on its way.
    pieces: int
    meeting: str
    key: str = ""
    acknowledged: int = 0
    acknowledged_before_going_on: int = 0
    attach_tried: bool = False
    attached: bool = False
    faults: list[str] = field(default_factory=list)

    @property
    def content(self) -> bytes:
        return random.Random(self.marker).randbytes(PIECE * self.pieces - 7)  # noqa: S311 -- invented bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def send(visitor: Visitor, sending: Sending) -> None:
    """As far as it goes: the first answer that fails ends it."""
    with suppress(OSError, http.client.HTTPException):
        _send(visitor, sending)


def go_on(visitor: Visitor, sending: Sending) -> None:
    """Go on where it stopped, as the page does, until the file is an attachment."""
    sending.acknowledged_before_going_on = sending.acknowledged
    last = ""
    for _attempt in range(_TRIES):
        try:
            if sending.attached or _is_gone(visitor, sending) or _send(visitor, sending):
                return
        except (OSError, http.client.HTTPException) as error:
            last = f" ({type(error).__name__} {error})"
        time.sleep(0.5)
    sending.faults.append(f"die Datei ließ sich nicht zu Ende hochladen{last}")


def _is_gone(visitor: Visitor, sending: Sending) -> bool:
    """Whether the upload became an attachment though nobody heard of it; else how far it got."""
    if not sending.key:
        return False
    status, _location, text = visitor.request("GET", f"{_BEGIN}{sending.key}/")
    if status == 410:
        if not sending.attach_tried:
            sending.faults.append("der angefangene Upload ist weg")
        return True
    if status != 200:
        raise OSError(status)
    offset = int(json.loads(text)["offset"])
    if offset not in (
        sending.acknowledged,
        min(sending.acknowledged + PIECE, len(sending.content)),
    ):
        sending.faults.append(f"{sending.acknowledged} Bytes bestätigt, {offset} da")
    sending.acknowledged = offset
    return False


def _send(visitor: Visitor, sending: Sending) -> bool:
    content = sending.content
    token = visitor.token(_FORM)
    if not sending.key:
        said = {
            "name": f"{sending.marker}.bin",
            "size": len(content),
            "fingerprint": sending.marker,
        }
        status, _location, text = visitor.request(
            "POST", _BEGIN, json.dumps(said).encode(), "application/json", token
        )
        if status != 201:
            return False
        found: dict[str, Any] = json.loads(text)
        sending.key, sending.acknowledged = found["id"], found["offset"]
    while sending.acknowledged < len(content):
        if not _send_piece(visitor, sending, content, token):
            return False
    sending.attach_tried = True
    values = {"title": sending.marker, "accessible": "UNKNOWN", "arrived": sending.key}
    address = f"/sitzungen/{sending.meeting}/anlagen/neu/"
    sending.attached = visitor.post(address, values)[0] == 302
    return sending.attached


def _send_piece(visitor: Visitor, sending: Sending, content: bytes, token: str) -> bool:
    part = content[sending.acknowledged : sending.acknowledged + PIECE]
    said = {
        "Upload-Offset": str(sending.acknowledged),
        "Upload-Checksum": f"sha256 {hashlib.sha256(part).hexdigest()}",
    }
    status = visitor.request(
        "PATCH", f"{_BEGIN}{sending.key}/", part, "application/offset+octet-stream", token, said
    )[0]
    if status == 204:
        sending.acknowledged += len(part)
    return status == 204


def faults_of(sending: Sending, found: dict[str, Any]) -> list[str]:
    """What is wrong with the file in the end; ``found`` are the checksums of what was kept."""
    faults = list(sending.faults)
    if found["checksums"] != [sending.sha256]:
        faults.append(
            f"{len(found['checksums'])} Anlagen, oder nicht die Bytes, die gesandt wurden"
        )
    if found["unfinished"]:
        faults.append("der Upload wurde Anlage und blieb doch angefangen")
    return faults
