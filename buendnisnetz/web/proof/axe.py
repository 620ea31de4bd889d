"""Every page in the real browser, checked by axe: for one role each, or the whole matrix.

Needs the development environment (playwright, axe) and Debian's chromium.
"""

import importlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

BROWSER_OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# Demo sign-ins by role, the richest first.
SIGN_INS = {
    "STATE_COORDINATION": "koordination", "ADMINISTRATOR": "verwaltung", "ALLIANCE_COORDINATOR": "buendnis",
    "DISTRICT_PLANNER": "planung", "MINISTRY": "ministerium", "CHAMBER": "kammer", "MEMBER": "unternehmen",
}  # fmt: skip
PUBLIC = "PUBLIC"
# Downloads and open data have no page to check.
_WITHOUT_PAGE = (
    "_file",
    "_paper",
    "_card",
    "_export",
    ":own_data",
    "_vcard",
    "_preview",
    "_template_sample",
    "_template_trial",
    "meetings:upload_piece",
    "mfa_download_recovery_codes",
    "network:choices",
    "meetings:writing_sync",
    "web:healthz",
    "api:openapi",
    "api:open_list",
    "api:feed",
    "api:feed_of",
    "api:oparl_system",
    "api:oparl_bodies",
    "api:oparl_list",
    "api:oparl_meetings_of",
    "api:oparl_object",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class AxeReport:
    """What was checked and what axe found, one line each."""

    pages: int = 0
    findings: list[str] = field(default_factory=list)


@contextmanager
def browser() -> Iterator[Any]:
    """Debian's chromium under playwright."""
    playwright = importlib.import_module("playwright.sync_api")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with playwright.sync_playwright() as engine:
        found = engine.chromium.launch(executable_path=path, args=list(BROWSER_OPTIONS))
        try:
            yield found
        finally:
            found.close()


def sign_in(page: Any, url: str, role: str) -> None:
    """Sign in with the demonstration's account of a role."""
    page.goto(f"{url}/konto/anmelden/")
    page.fill("input[name=login]", f"{SIGN_INS[role]}@demo.example")
    page.fill("input[name=password]", "demo")
    page.click("main form button[type=submit] >> nth=0")
    page.wait_for_load_state()


def richest_role(route: dict[str, Any]) -> str:
    """Who sees most of a route: the first of the sign-ins that may open it."""
    return next((role for role in SIGN_INS if role in route["roles"]), PUBLIC)


def checkable(routes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Routes that show a page and have an example in the data."""
    return [
        route
        for route in routes
        if route["path"] and "GET" in route["methods"] and not route["name"].endswith(_WITHOUT_PAGE)
    ]


def check(
    *, url: str, visits: Iterable[tuple[str, dict[str, Any]]], may_refuse: bool = False
) -> AxeReport:
    """Open each (role, route) and let axe look at it; also no error status and no console error.

    ``may_refuse``: the example may lie outside the role's scope, and the page that says so counts.
    """
    allowed = {404, 410} | ({403} if may_refuse else set())
    axe = importlib.import_module("axe_playwright_python.sync_playwright").Axe()
    report = AxeReport()
    by_role: dict[str, list[dict[str, Any]]] = {}
    for role, route in visits:
        by_role.setdefault(role, []).append(route)
    with browser() as engine:
        for role, routes in by_role.items():
            context = engine.new_context(locale="de-DE", bypass_csp=False)
            page = context.new_page()
            if role != PUBLIC:
                sign_in(page, url, role)
            for route in routes:
                _look(page, axe, url, role, route, report, allowed)
            context.close()
    return report


def findings(page: Any) -> list[str]:
    """What axe finds on the page as it stands now."""
    return _seen(page, importlib.import_module("axe_playwright_python.sync_playwright").Axe())


def _seen(page: Any, axe: Any) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    violations = axe.run(page, options=options).response["violations"]
    return [
        f"{row['id']} {row['help']} {row['nodes'][0]['target'] if row['nodes'] else ''}"
        for row in violations
    ]


def _look(
    page: Any,
    axe: Any,
    url: str,
    role: str,
    route: dict[str, Any],
    report: AxeReport,
    allowed: set[int],
) -> None:
    errors: list[str] = []

    def listen(message: Any) -> None:
        if message.type == "error":
            errors.append(message.text)

    page.on("console", listen)
    answer = page.goto(url + route["path"])
    where = f"{role} {route['path']}"
    status = answer.status if answer else 0
    # A stale link is answered with 410 and a page; everything else has to be there.
    if status >= 400 and status not in allowed:
        report.findings.append(f"{where}: status {status}")
    report.findings += [f"{where}: {finding}" for finding in _seen(page, axe)]
    report.findings += [f"{where}: console: {text}" for text in errors if status < 400]
    report.pages += 1
    page.remove_listener("console", listen)
