"""One side of the comparison, in a process of its own: CPU per request, web and PostgreSQL apart.

Called by ``python -m bench``; reads addresses from its arguments, prints JSON lines on demand: for
every line on stdin one round.
"""

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from buendnisnetz.core import kept


def _cpu_of(process: int) -> float:
    """Seconds of CPU that a process has used."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def main(user: str, rounds: int, addresses: list[str]) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client = Client(raise_request_exception=True)
    if user:
        from django.contrib.auth import get_user_model

        client.force_login(
            get_user_model().objects.get(email=user),
            backend="buendnisnetz.accounts.backends.SignInBackend",
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    # Requests close old connections between them; ours has to stay the one that is watched.
    connection.close_if_unusable_or_obsolete = lambda: None
    for address in addresses:
        client.get(address)
    # As the web process does once it has started.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        if line.strip() == "stop":
            return
        print(
            json.dumps(
                [
                    _round(client, address, rounds, backend, forget)
                    for address in addresses
                    for forget in FORGETTING
                ]
            ),
            flush=True,
        )


def _everything() -> None:
    from django.conf import settings
    from django.core.cache import caches

    kept.SHELF.clear()
    # The bare page keeps nothing.
    if "answers" in settings.CACHES:
        caches["answers"].clear()


# What a process has forgotten before each request: after a change of what the page reckons with, after
# any other change, after none.
FORGETTING: dict[str, Callable[[], None]] = {
    "reckoned": _everything,
    "anew": kept.SHELF.clear,
    "again": lambda: None,
}


def _round(client: Any, address: str, rounds: int, backend: int, forget: str) -> dict[str, Any]:
    if forget == "anew":
        # What it reckons with was forgotten a moment ago.
        client.get(address)
    web, database = time.process_time(), _cpu_of(backend)
    status, size = 0, 0
    for _number in range(rounds):
        FORGETTING[forget]()
        answer = client.get(address)
        status, size = answer.status_code, len(answer.getvalue())
    return {
        "address": address,
        "forgotten": forget,
        "status": status,
        "bytes": size,
        "web_ms": 1000 * (time.process_time() - web) / rounds,
        "database_ms": 1000 * (_cpu_of(backend) - database) / rounds,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
