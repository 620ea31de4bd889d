"""Talking to clamd: the INSTREAM command of its manual, over a local socket or TCP."""

import socket
import struct
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

CONNECT_SECONDS = 3
# clamd may take its time with archives in archives.
ANSWER_SECONDS = 120
_LONGEST_ANSWER = 4096
_PIECE = 64 * 1024


class ScannerAwayError(Exception):
    """Nobody answers, or not in time."""


@dataclass(frozen=True)
class Answer:
    """What clamd said: ``virus`` is empty for a clean file, ``error`` for one that it could check."""

    virus: str = ""
    error: str = ""


def scan(address: str, chunks: Iterable[bytes]) -> Answer:
    """Send a file to the scanner, piece by piece. Raises ScannerAwayError."""
    try:
        with _connected(address) as line:
            line.sendall(b"zINSTREAM\0")
            # Over its limit clamd answers and hangs up in the middle.
            with suppress(BrokenPipeError, ConnectionResetError):
                for chunk in chunks:
                    for start in range(0, len(chunk), _PIECE):
                        piece = chunk[start : start + _PIECE]
                        line.sendall(struct.pack("!L", len(piece)) + piece)
                line.sendall(struct.pack("!L", 0))
            return _understood(_received(line))
    except OSError as error:
        raise ScannerAwayError(str(error)) from error


def ping(address: str) -> None:
    """Ask whether the scanner is there. Raises ScannerAwayError."""
    try:
        with _connected(address) as line:
            line.sendall(b"zPING\0")
            if _received(line) != "PONG":
                raise ScannerAwayError(address)
    except OSError as error:
        raise ScannerAwayError(str(error)) from error


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        line = socket.create_connection(
            (parts.hostname or "localhost", parts.port or 3310), timeout=CONNECT_SECONDS
        )
    else:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
    line.settimeout(ANSWER_SECONDS)
    return line


def _received(line: socket.socket) -> str:
    answer = b""
    while len(answer) < _LONGEST_ANSWER and not answer.endswith(b"\0"):
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    if not answer:
        raise ScannerAwayError("hung up")
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _understood(answer: str) -> Answer:
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return Answer()
    if words.endswith(" FOUND"):
        return Answer(virus=words.removesuffix(" FOUND")[:120])
    return Answer(error=words.removesuffix(" ERROR")[:120])
