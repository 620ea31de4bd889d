"""Five people write the minutes of one meeting at once: how long the page waits for its answer.

Each sends, as the page's script does, a growing line every 0.7 seconds and begins a new one after ten
words; all sign in as the same user, each with a session of its own. Called by ``python -m bench``.
"""

import http.client
import json
import random
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

WRITERS = 5
PAUSE = 0.7
WORDS_PER_LINE = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
WORDS = [
    "Die",
    "Kammer",
    "lädt",
    "bis",
    "Ende",
    "Mai",
    "alle",
    "Betriebe",
    "im",
    "Landkreis",
    "ein",
]


@dataclass
class Writer:
    """One browser: what it last had from the server, and how long each answer took."""

    port: int
    cookie: str
    token: str
    page: str
    number: int = 0
    times: list[float] = field(default_factory=list)

    def write(self, changes: int) -> None:
        entry, base = _new_id(), ""
        for place in range(changes):
            if place and place % WORDS_PER_LINE == 0:
                entry, base = _new_id(), ""
            text = f"{base} {WORDS[place % len(WORDS)]}".strip()
            started = time.perf_counter()
            answer = self._send({"key": str(uuid4()), "entry": entry, "base": base, "text": text, "fields": {}})  # fmt: skip
            self.times.append(1000 * (time.perf_counter() - started))
            self.number, base = answer["number"], text
            time.sleep(max(0.0, PAUSE - (time.perf_counter() - started)))

    def _send(self, change: dict[str, Any]) -> dict[str, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(
            "POST",
            f"{self.page}schreiben/abgleich/",
            json.dumps({"number": self.number, "changes": [change]}),
            {
                "Host": f"localhost:{self.port}",
                "Cookie": self.cookie,
                "X-CSRFToken": self.token,
                "Content-Type": "application/json",
            },
        )
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{answer.status}: {body.decode()[:200]}")
        found: dict[str, Any] = json.loads(body)
        return found


def _new_id() -> str:
    """The public id that a page chooses for a new entry."""
    return "".join(random.choices(ALPHABET, k=10))


def measure(port: int, sign_in: Callable[[int], str], draft: str, changes: int) -> dict[str, Any]:
    """Milliseconds from a change sent to its answer, over all writers."""
    writers = []
    for _number in range(WRITERS):
        cookie = sign_in(port)
        token = next(
            part.partition("=")[2] for part in cookie.split("; ") if part.startswith("formular=")
        )
        writers.append(Writer(port, cookie, token, f"/sitzungen/{draft}/"))
    threads = [threading.Thread(target=writer.write, args=(changes,)) for writer in writers]
    for place, thread in enumerate(threads):
        thread.start()
        time.sleep(PAUSE / WRITERS if place else 0)
    for thread in threads:
        thread.join()
    times = sorted(time for writer in writers for time in writer.times)
    return {
        "writers": WRITERS,
        "changes": len(times),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1),
        "longest_ms": round(times[-1], 1),
    }
