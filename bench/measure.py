"""One side of the comparison, in a process of its own: CPU per request, web and PostgreSQL apart.

Called by ``python -m bench``; reads addresses from its arguments, prints JSON lines on demand: for
every line on stdin one round.
"""

import gc
import json
import resource
import sys
import time
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
                    _round(client, address, rounds, backend, anew=anew)
                    for address in addresses
                    for anew in (True, False)
                ]
            ),
            flush=True,
        )


def _round(client: Any, address: str, rounds: int, backend: int, *, anew: bool) -> dict[str, Any]:
    """``anew``: as if something had changed since the page was made last; else as often as nothing did."""
    web, database = time.process_time(), _cpu_of(backend)
    status, size = 0, 0
    for _number in range(rounds):
        if anew:
            kept.SHELF.clear()
        answer = client.get(address)
        status, size = answer.status_code, len(answer.getvalue())
    return {
        "address": address,
        "anew": anew,
        "status": status,
        "bytes": size,
        "web_ms": 1000 * (time.process_time() - web) / rounds,
        "database_ms": 1000 * (_cpu_of(backend) - database) / rounds,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
