"""A scanner for tests: a real socket server that speaks clamd's protocol and knows one virus."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# In two parts, so that no scanner takes this file for one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + rb"-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 300_000


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = self._until_null()
        if command == b"zPING":
            self.wfile.write(b"PONG\0")
            return
        assert command == b"zINSTREAM"
        self.wfile.write(self._answer())

    def _until_null(self) -> bytes:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        return command[:-1]

    def _answer(self) -> bytes:
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > LIMIT:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.server.seen.append(content)  # type: ignore[attr-defined]
        found = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
        return b"stream: " + found + b"\0"


@contextmanager
def running(folder: Path | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """Its address and what it was given: on a socket in ``folder``, else on loopback."""
    server: Any
    if folder is None:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler)
        address = f"tcp://127.0.0.1:{server.server_address[1]}"
    else:
        path = folder / "clamd"
        server = socketserver.ThreadingUnixStreamServer(str(path), _Handler)
        address = f"unix:{path}"
    server.daemon_threads = True
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield address, server.seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
