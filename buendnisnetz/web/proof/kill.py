"""Killing web, worker and database in the middle of work: nothing acknowledged is lost or doubled.

The coordination office, signed in once, comments in each round on a task, hands in minutes nobody has seen
before and confirms them; it also writes a line into minutes, approves them and sends them out, while
one process is killed at a moment of chance; meanwhile a file goes up in pieces, and is gone on with
afterwards. What the server said yes to must be there once; what it
did not answer may be there once or not at all, but never half. No mail is lost; it goes out twice
only if the kill fell between the mail server's yes and our commit, and then as the same message.
"""

import http.client
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from buendnisnetz.web.proof import pieces
from buendnisnetz.web.proof.site import Site, SiteError
from buendnisnetz.web.proof.visitor import Visitor

PARTS = ("web", "worker", "database")
SETTLE_SECONDS = 150


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
    draft: str = ""
    written_acknowledged: bool = False
    approved_acknowledged: bool = False
    sent_acknowledged: bool = False
    sending: pieces.Sending = field(kw_only=True)


@dataclass
class KillReport:
    """All rounds and what was wrong with any of them."""

    rounds: list[Round] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    mails: int = 0
    mails_repeated: int = 0
    # Files in the storage that no row knew, taken by the job that cleans up.
    swept: int = 0

    def figures(self) -> dict[str, Any]:
        sent = [row.sending for row in self.rounds]
        shares = [row.acknowledged_before_going_on / len(row.content) for row in sent]
        return {
            "rounds": len(self.rounds),
            "killed": {
                part: sum(row.killed and row.part == part for row in self.rounds) for part in PARTS
            },
            "comments_acknowledged": sum(row.comment_acknowledged for row in self.rounds),
            "imports_received": sum(bool(row.import_id) for row in self.rounds),
            "confirmations_acknowledged": sum(row.confirmed_acknowledged for row in self.rounds),
            "lines_acknowledged": sum(row.written_acknowledged for row in self.rounds),
            "approvals_acknowledged": sum(row.approved_acknowledged for row in self.rounds),
            "distributions_acknowledged": sum(row.sent_acknowledged for row in self.rounds),
            "uploads_interrupted": sum(0 < share < 1 for share in shares),
            "upload_pieces_acknowledged_before_the_kill": sum(
                -(-row.sending.acknowledged_before_going_on // pieces.PIECE) for row in self.rounds
            ),
            "uploads_kept": sum(row.sending.attach_tried for row in self.rounds),
            "bytes_without_a_row_cleaned_up": self.swept,
            "mails": self.mails,
            "mails_repeated_as_the_same": self.mails_repeated,
            "faults": self.faults,
        }


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
    made = site.command("prove", "drafts", "--count", str(rounds + 1), "--json")["drafts"]
    # The last one takes the files: the others are approved, and then take none.
    drafts, shelf = made[:-1], made[-1]
    # Once: who signs in anew in each round is held for somebody who tries passwords.
    visitor = _signed_in(site)
    for number, draft in enumerate(drafts):
        marker = "Mx" + "".join(chance.choice("abcdefghiklmnoprstuvw") for _place in range(8))
        sending = pieces.Sending(marker, (120, 12)[number // len(PARTS) % 2], shelf)
        row = Round(
            number, PARTS[number % len(PARTS)], chance.uniform(0.0, 2.5), marker, sending=sending
        )
        row.draft = draft
        report.rounds.append(row)
        _run(site, row, address, visitor.twin())
        site.wait()
        pieces.go_on(visitor.twin(), row.sending)
    _settle(site, report)
    _check(site, report)
    return report


def _run(site: Site, row: Round, task: str, visitor: Visitor) -> None:
    killer = threading.Thread(target=_kill_later, args=(site, row))
    sender = threading.Thread(target=pieces.send, args=(visitor.twin(), row.sending))
    killer.start()
    sender.start()
    try:
        # Now the one, now the other comes first, so that kills fall into both.
        if row.number % 2:
            _work(visitor, row, task)
            _write(visitor, row)
        else:
            _write(visitor, row)
            _work(visitor, row, task)
    except (OSError, http.client.HTTPException):
        # The server died before it answered: nothing was promised.
        pass
    finally:
        killer.join()
        sender.join()


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


def _write(visitor: Visitor, row: Round) -> None:
    """A line into the draft, the approval, the minutes sent out."""
    page = f"/sitzungen/{row.draft}/"
    change = {
        "key": str(uuid4()), "entry": row.draft, "base": "", "text": f"Vermerk {row.marker}", "fields": {},
    }  # fmt: skip
    status = visitor.post_json(
        f"{page}schreiben/abgleich/", {"number": 0, "changes": [change]}, f"{page}schreiben/"
    )[0]
    row.written_acknowledged = status == 200
    way = f"{page}fassungen/"
    row.approved_acknowledged = visitor.post(f"{way}freigeben/", {}, way)[0] == 302
    sending = f"{way}versand/"
    values = {**visitor.form_values(sending), "note": f"Versand {row.marker}"}
    row.sent_acknowledged = visitor.post(sending, values)[0] == 302


def _settle(site: Site, report: KillReport) -> None:
    """Wait until the queue has run again what a killed worker left."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < deadline:
        if not _facts(site, report)["waiting"]:
            return
        time.sleep(2)
    report.faults.append("Nach allen Runden blieben Dokumente ungelesen oder Mails liegen.")


def _facts(site: Site, report: KillReport) -> dict[str, Any]:
    markers = ",".join(row.marker for row in report.rounds)
    drafts = ",".join(row.draft for row in report.rounds)
    facts: dict[str, Any] = site.command(
        "prove", "facts", "--markers", markers, "--drafts", drafts, "--json"
    )
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
        report.faults += [f"{where}: {words}" for words in _faults_of_draft(row, found)]
    _check_uploads(site, report)
    _check_mails(site, report, [found for row in facts.values() for found in row["mails"]])


def _check_uploads(site: Site, report: KillReport) -> None:
    markers = ",".join(row.marker for row in report.rounds)
    found = site.command("prove", "uploads", "--markers", markers, "--json")
    for row in report.rounds:
        faults = pieces.faults_of(row.sending, found["markers"][row.marker])
        report.faults += [f"Runde {row.number} ({row.part}), Upload: {words}" for words in faults]
    report.swept = found["swept"]
    report.faults += [f"Datei {name} ist nicht ganz da" for name in found["broken"]]
    report.faults += [f"Ablage: {name} gehört zu nichts" for name in found["left"]]


def _faults_of_draft(row: Round, found: dict[str, Any]) -> list[str]:
    faults = []
    if (row.written_acknowledged and found["lines"] != 1) or found["lines"] > 1:
        faults.append(f"{found['lines']} Zeilen im Protokoll")
    if row.approved_acknowledged and not found["approved"]:
        faults.append("die Freigabe fehlt")
    if found["approved"] and not found["frozen"]:
        faults.append("freigegeben, aber ohne alle Zeilen und Prüfsumme")
    if (row.sent_acknowledged and found["sent"] != 1) or found["sent"] > 1:
        faults.append(f"{found['sent']} Mal versandt")
    return faults


def _check_mails(site: Site, report: KillReport, wanted: list[str]) -> None:
    """Every mail that was promised went out; what went out twice is one message for the receiver."""
    handed_over = Counter(site.mails())
    report.mails = len(wanted)
    report.mails_repeated = sum(handed_over[name] > 1 for name in wanted)
    report.faults += [f"Mail {name} ging nie hinaus" for name in wanted if not handed_over[name]]
    killed = sum(row.killed for row in report.rounds)
    if sum(handed_over[name] - 1 for name in wanted if handed_over[name]) > killed:
        report.faults.append("Mehr Mails gingen doppelt hinaus, als Prozesse abgeschossen wurden.")
