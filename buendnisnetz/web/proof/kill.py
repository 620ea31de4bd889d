"""Killing web, worker and database in the middle of work: nothing acknowledged is lost or doubled.

Each round signs in as the coordination office, comments on a task, hands in minutes nobody has seen
before and confirms them, while one process is killed at a moment of chance. What the server said
yes to must be there once; what it did not answer may be there once or not at all, but never half.
"""

import http.client
import random
import re
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from typing import Any

from buendnisnetz.web.proof.site import Site, SiteError

PARTS = ("web", "worker", "database")
SETTLE_SECONDS = 150
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Round:
    """One round: what was killed when, and what the server said yes to."""

    number: int
    part: str
    delay: float
    marker: str
    killed: bool = False
    comment_acknowledged: bool = False
    import_id: str = ""
    confirmed_acknowledged: bool = False


@dataclass
class KillReport:
    """All rounds and what was wrong with any of them."""

    rounds: list[Round] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        return {
            "rounds": len(self.rounds),
            "killed": {
                part: sum(row.killed and row.part == part for row in self.rounds) for part in PARTS
            },
            "comments_acknowledged": sum(row.comment_acknowledged for row in self.rounds),
            "imports_received": sum(bool(row.import_id) for row in self.rounds),
            "confirmations_acknowledged": sum(row.confirmed_acknowledged for row in self.rounds),
            "faults": self.faults,
        }


class Visitor:
    """A browser without a screen: cookies, forms, no repetition of what failed."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}

    def request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        kind: str = "application/x-www-form-urlencoded",
    ) -> tuple[int, str, str]:
        """Status, Location and text; raises OSError or HTTPException when the server dies meanwhile."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)
        headers = {
            "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()),
            "Host": f"localhost:{self.site.port}",
        }
        if method == "POST":
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            key, _equals, rest = cookie.partition("=")
            self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.headers.get("Location") or "", text

    def token(self, path: str) -> str:
        found = _TOKEN.search(self.request("GET", path)[2])
        if found is None:
            raise http.client.HTTPException(path)
        return found.group(1)

    def post(self, path: str, values: dict[str, str], form_at: str = "") -> tuple[int, str, str]:
        token = self.token(form_at or path)
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **values}).encode()
        return self.request("POST", path, body)

    def sign_in(self) -> None:
        values = {"login": "koordination@demo.example", "password": "demo"}
        self.post("/konto/anmelden/", values)

    def upload(self, path: str, name: str, content: bytes) -> tuple[int, str, str]:
        boundary = "grenze"
        fields = f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token(path)}\r\n'
        fields += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
        body = fields.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return self.request("POST", path, body, f"multipart/form-data; boundary={boundary}")


def minutes_text(marker: str) -> bytes:
    """Short minutes that exist once: the marker is in title, task and decision."""
    return f"""Protokoll der Sitzung {marker}

Datum: 4. Mai 2026
Ort: Erfurt
Leitung: Ada {marker}
Protokoll: Bo {marker}

Anwesend: Ada {marker} (Verein {marker}), Bo {marker} (Verein {marker})

Tagesordnung
1. Begrüßung
2. Vorhaben

TOP 2 Vorhaben
Beschluss: Das Vorhaben {marker} wird fortgeführt. (Ja 2, Nein 0, Enthaltung 0)
Frau {marker} schreibt bis zum 31. Mai 2026 einen Bericht.
""".encode()


def prove(site: Site, rounds: int, seed: int = 1) -> KillReport:
    """Run the rounds against a running demonstration and check every one of them."""
    chance = random.Random(seed)  # noqa: S311 -- moments of killing, nothing secret
    report = KillReport()
    task = site.command("routes", "--json")
    address = next(route["path"] for route in task if route["name"] == "tasks:task_detail")
    for number in range(rounds):
        marker = "Mx" + "".join(chance.choice("abcdefghiklmnoprstuvw") for _place in range(8))
        row = Round(number, PARTS[number % len(PARTS)], chance.uniform(0.0, 2.5), marker)
        report.rounds.append(row)
        _run(site, row, address)
        site.wait()
    _settle(site, report)
    _check(site, report)
    return report


def _run(site: Site, row: Round, task: str) -> None:
    visitor = _signed_in(site)
    killer = threading.Thread(target=_kill_later, args=(site, row))
    killer.start()
    try:
        _work(visitor, row, task)
    except (OSError, http.client.HTTPException):
        # The server died before it answered: nothing was promised.
        pass
    finally:
        killer.join()


def _signed_in(site: Site) -> Visitor:
    """Workers of a server killed before answer for a moment longer, then hang up."""
    for _attempt in range(300):
        visitor = Visitor(site)
        try:
            visitor.sign_in()
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        else:
            return visitor
    raise SiteError("Die Anmeldung gelingt nicht mehr.")


def _kill_later(site: Site, row: Round) -> None:
    time.sleep(row.delay)
    row.killed = site.kill(row.part)


def _work(visitor: Visitor, row: Round, task: str) -> None:
    status, _location, _text = visitor.post(
        f"{task}kommentar/", {"text": f"Kommentar {row.marker}"}, task
    )
    row.comment_acknowledged = status == 302
    status, location, _text = visitor.upload(
        "/sitzungen/importe/neu/", f"{row.marker}.txt", minutes_text(row.marker)
    )
    if status != 302:
        return
    row.import_id = location.strip("/").rpartition("/")[2]
    for _attempt in range(100):
        text = visitor.request("GET", location)[2]
        if 'name="confidence"' in text:
            break
        time.sleep(0.1)
    else:
        return
    visitor.post(f"{location}annehmen/", {"confidence": "0"}, location)
    status, target, _text = visitor.post(f"{location}uebernehmen/", {}, location)
    row.confirmed_acknowledged = status == 302 and "/importe/" not in target


def _settle(site: Site, report: KillReport) -> None:
    """Wait until the queue has run again what a killed worker left."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < deadline:
        if not _facts(site, report)["waiting"]:
            return
        time.sleep(2)
    report.faults.append("Nach allen Runden blieben Dokumente ungelesen.")


def _facts(site: Site, report: KillReport) -> dict[str, Any]:
    markers = ",".join(row.marker for row in report.rounds)
    facts: dict[str, Any] = site.command("prove", "facts", "--markers", markers, "--json")
    return facts


def _check(site: Site, report: KillReport) -> None:
    facts = _facts(site, report)["markers"]
    for row in report.rounds:
        found = facts[row.marker]
        where = f"Runde {row.number} ({row.part} nach {row.delay:.2f} s)"
        if (row.comment_acknowledged and found["comments"] != 1) or found["comments"] > 1:
            report.faults.append(f"{where}: {found['comments']} Kommentare")
        if (row.import_id and found["imports"] != 1) or found["imports"] > 1:
            report.faults.append(f"{where}: {found['imports']} Importe")
        if (row.confirmed_acknowledged and found["meetings"] != 1) or found["meetings"] > 1:
            report.faults.append(f"{where}: {found['meetings']} Sitzungen")
        if found["meetings"] and not found["whole"]:
            report.faults.append(f"{where}: die Sitzung ist nur halb da")
