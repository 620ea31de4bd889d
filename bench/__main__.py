"""``python -m bench``: everything in one run; see README.md beside this file."""

import argparse
import gzip
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import brotli
import psutil

from bench import graph, measure, writing
from buendnisnetz.config.running import children
from buendnisnetz.core.home import Home, Mode
from buendnisnetz.core.postgres import Cluster
from buendnisnetz.core.supervisor import Child
from buendnisnetz.web.proof.site import free_port

MINUTES = Path("buendnisnetz/web/demo/minutes/steuerungsgruppe-2025.txt")
USER = "koordination@demo.example"
# Rare and frequent words, always the same.
WORDS = (
    "Familie",
    "Bündnis",
    "Leitung",
    "Gespräch",
    "Ferienbetreuung",
    "Zottelst",
    "Mühlgraben",
    "Werratal",
    "Umfrage",
    "Hartlebn",
)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench")
    options.add_argument("--home", type=Path, default=Path.home() / ".cache" / "buendnisnetz-bench")
    options.add_argument("--factor", type=float, default=1.0)
    options.add_argument("--requests", type=int, default=60)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--user", default=USER)
    chosen = options.parse_args()
    os.environ["BUENDNISNETZ_HOME"] = str(chosen.home)
    os.environ["PYTHONWARNINGS"] = "ignore"
    home = Home(chosen.home)
    home.claim(Mode.DEMO)
    with Cluster(chosen.home).held():
        fill(chosen.home, chosen.factor)
        routes = json.loads(manage("routes", "--json"))
        pages = chosen_pages(routes)
        with working():
            report = {
                "cpu": compare(pages, chosen.requests, chosen.rounds, chosen.user),
                "search": compare(
                    [f"/suche/?q={word}" for word in WORDS],
                    max(5, chosen.requests // 4),
                    chosen.rounds,
                    chosen.user,
                ),
                "http": over_http(pages, chosen.requests, chosen.user),
            }
        report |= {"reader_seconds_for_20_pages": reader(), "network": graph.compare()}
    print(json.dumps(report, indent=1, ensure_ascii=False))


@contextmanager
def working() -> Iterator[None]:
    """The worker runs, too: some pages are made by a job, and asked for until that is done."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "buendnisnetz.config.settings.demo"
    worker = children("127.0.0.1", 0)[1]
    worker.start()
    try:
        yield
    finally:
        if worker.process:
            worker.process.terminate()
            worker.process.wait()


def manage(*arguments: str) -> str:
    environment = {**os.environ}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    result = subprocess.run(
        [sys.executable, "-m", "buendnisnetz", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        sys.exit(result.stderr)
    return result.stdout


def fill(home: Path, factor: float) -> None:
    """Make the data once; the next run finds it, and adds what migrations came since."""
    manage("migrate", "--verbosity", "0")
    if (home / "filled").exists():
        return
    started = time.monotonic()
    sys.stderr.write(manage("scale_data", "--factor", str(factor)))
    manage("collectstatic", "--no-input", "--verbosity", "0")
    (home / "filled").write_text(f"{time.monotonic() - started:.0f} s", encoding="ascii")
    import psycopg

    with psycopg.connect(Cluster(home).url(), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def chosen_pages(routes: list[dict[str, Any]]) -> list[str]:
    """Every page that reads and that the data has an example for; no files, no used-up mail links."""
    files = ("_file", "_paper", "_card", "_entry", "_sample", "_export", "feed", "healthz", "choices")  # fmt: skip
    return [
        route["path"]
        for route in routes
        if route["path"]
        and "GET" in route["methods"]
        and not route["name"].endswith(files)
        and not route["name"].startswith(("account", "socialaccount", "mfa"))
        and "abgelaufen" not in route["path"]
    ]


@contextmanager
def measurer(
    settings: str, user: str, requests: int, addresses: list[str]
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.measure", user, str(requests), *addresses],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.stdin:
            process.stdin.write("stop\n")
            process.stdin.close()
        process.wait()


def ask(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    found: list[dict[str, Any]] = json.loads(process.stdout.readline())
    return found


def compare(pages: list[str], requests: int, rounds: int, user: str = USER) -> dict[str, Any]:
    """CPU of each page as a ratio to the bare page, both asked in turns.

    Each page is asked for as after a change of what it reckons with, as after any other change, and
    again while nothing changes (``measure.FORGETTING``).
    """
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {forget: {} for forget in measure.FORGETTING}
    bare: list[dict[str, Any]] = []
    with (
        measurer("buendnisnetz.config.settings.demo", user, requests, pages) as one,
        measurer("bench.bare.settings", "", requests, ["/"]) as other,
    ):
        for _round in range(rounds):
            bare += ask(other)
            for row in ask(one):
                rows[row["forgotten"]].setdefault(row["address"], []).append(row)
    floor = best(bare)
    found = {
        address: {
            **best(rows["anew"][address]),
            "ratio": ratio(best(rows["anew"][address]), floor),
            "ratio_reckoned": ratio(best(rows["reckoned"][address]), floor),
            "ratio_again": ratio(best(rows["again"][address]), floor),
        }
        for address in rows["anew"]
    }
    return {
        "bare": floor,
        "memory_mb": max(row["memory_mb"] for page in rows["anew"].values() for row in page),
        **{
            kind: summary([page[kind.replace("ratios", "ratio")] for page in found.values()])
            for kind in ("ratios", "ratios_reckoned", "ratios_again")
        },
        "pages": found,
    }


def ratio(page: dict[str, Any], floor: dict[str, Any]) -> float:
    return round(page["sum_ms"] / floor["sum_ms"], 2)


def summary(ratios: list[float]) -> dict[str, Any]:
    return {
        "pages": len(ratios),
        "median": round(statistics.median(ratios), 2),
        "highest": max(ratios),
        "at_most_half": sum(found <= 0.5 for found in ratios),
    }


def best(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The median of the rounds."""
    web = statistics.median(row["web_ms"] for row in rows)
    database = statistics.median(row["database_ms"] for row in rows)
    return {
        "status": rows[0]["status"], "bytes": rows[0]["bytes"], "web_ms": round(web, 2),
        "database_ms": round(database, 2), "sum_ms": round(web + database, 2),
    }  # fmt: skip


def over_http(pages: list[str], requests: int, user: str) -> dict[str, Any]:
    """Latency through granian, start-up, first visit."""
    port = free_port()
    os.environ["DJANGO_SETTINGS_MODULE"] = "buendnisnetz.config.settings.demo"
    web = children("127.0.0.1", port)[0]
    started = time.monotonic()
    web.start()
    while True:
        try:
            status, _headers, _body = get(port, "/")
            if status == 200:
                break
        except OSError:
            pass
        if time.monotonic() - started > 30:
            sys.exit("no answer")
        time.sleep(0.02)
    first = time.monotonic() - started
    try:
        visit = first_visit(port)
        cookie = sign_in(port, user)
        with changing() as changes:
            latencies = {
                page: {
                    f"{figure}{kind}": found
                    for kind, change in changes.items()
                    for figure, found in latency(port, page, cookie, requests, change).items()
                }
                for page in pages
            }
        reading = memory_of(web)
        draft = json.loads(manage("prove", "drafts", "--count", "1", "--json"))["drafts"][0]
        together = writing.measure(port, sign_in, draft, max(10, requests))
        writing_too = memory_of(web)
    finally:
        if web.process:
            web.process.terminate()
            web.process.wait()
    return {
        "first_200_seconds": round(first, 2),
        "first_visit": visit,
        "memory_mb_per_worker": {"after_reading": reading, "after_writing": writing_too},
        "latency_ms": latencies,
        "writing_together": together,
    }


def memory_of(web: Child) -> int:
    """Megabytes of the largest process."""
    workers = psutil.Process(web.process.pid).children(recursive=True) if web.process else []
    return round(max((process.memory_info().rss for process in workers), default=0) / 1e6)


def get(port: int, path: str, cookie: str = "", encoding: str = "") -> tuple[int, Any, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Host": f"localhost:{port}", "Cookie": cookie, "Accept-Encoding": encoding}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def first_visit(port: int) -> dict[str, Any]:
    """Bytes of the start page with everything it loads, compressed with brotli, fonts apart."""
    page = get(port, "/")[2]
    sizes = {"/": len(brotli.compress(page))}
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page.decode()):
        body = get(port, address, encoding="br")
        compressed = body[1].get("Content-Encoding") == "br"
        sizes[address] = (
            len(body[2]) if compressed else min(len(body[2]), len(gzip.compress(body[2])))
        )
    fonts = {key: size for key, size in sizes.items() if "woff" in key}
    return {
        "bytes_without_fonts": sum(sizes.values()) - sum(fonts.values()),
        "fonts": sum(fonts.values()),
        "parts": sizes,
    }


def sign_in(port: int, user: str = USER) -> str:
    _status, headers, body = get(port, "/konto/anmelden/")
    cookies = "; ".join(value.partition(";")[0] for value in headers.get_all("Set-Cookie") or [])
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body.decode())
    assert token
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    form = f"csrfmiddlewaretoken={token.group(1)}&login={user}&password=demo"
    connection.request(
        "POST",
        "/konto/anmelden/",
        form,
        {
            "Host": f"localhost:{port}",
            "Cookie": cookies,
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    answer = connection.getresponse()
    return "; ".join(
        value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie") or []
    )


@contextmanager
def changing() -> Iterator[dict[str, Callable[[], object]]]:
    """What lets every page be made anew, as if something else had changed; and what lets all that it
    reckons with be reckoned anew, too, as if that had changed."""
    import psycopg

    url = Cluster(Path(os.environ["BUENDNISNETZ_HOME"])).url()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_COUNT_EACH)
        yield {
            "": lambda: connection.execute(_CHANGED),
            "_reckoned": lambda: connection.execute(f"{_CHANGED}; {_CHANGED_EACH}"),
        }


_CHANGED = "UPDATE core_change SET number = number + 1"
_CHANGED_EACH = "UPDATE core_tablechange SET number = number + 1"
# A table that nobody wrote to since it is counted has no row yet.
_COUNT_EACH = """
INSERT INTO core_tablechange (name, connection_id, number)
SELECT DISTINCT c.relname, 0, 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname = 'count_change'
ON CONFLICT DO NOTHING
"""


def latency(
    port: int, page: str, cookie: str, requests: int, change: Callable[[], object]
) -> dict[str, float]:
    times = []
    for _number in range(requests):
        change()
        started = time.perf_counter()
        get(port, page, cookie)
        times.append(1000 * (time.perf_counter() - started))
    times.sort()
    return {
        "median": round(statistics.median(times), 1),
        "p95": round(times[int(0.95 * (len(times) - 1))], 1),
    }


def reader() -> float:
    """Seconds for reading 20 pages of text, without the start of Python."""
    from buendnisnetz.reader import read_minutes

    text = MINUTES.read_text(encoding="utf-8")
    pages = text * (50_000 // len(text) + 1)
    read_minutes(pages)
    started = time.perf_counter()
    read_minutes(pages)
    return round(time.perf_counter() - started, 3)


if __name__ == "__main__":
    main()
