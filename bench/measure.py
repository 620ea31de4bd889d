"""One side of the comparison, in a process of its own: CPU per request, web and PostgreSQL apart.

Called by ``python -m bench``; reads addresses from its arguments, prints JSON lines on demand: for
every line on stdin one round.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

_TICK = os.sysconf("SC_CLK_TCK")


def _cpu_of(process: int) -> float:
    """Seconds of CPU that a process has used, to a hundredth."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


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
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    # Requests close old connections between them; ours has to stay the one that is watched.
    connection.close_if_unusable_or_obsolete = lambda: None
    for address in addresses:
        client.get(address)
    for line in sys.stdin:
        if line.strip() == "stop":
            return
        print(
            json.dumps([_round(client, address, rounds, backend) for address in addresses]),
            flush=True,
        )


def _round(client: Any, address: str, rounds: int, backend: int) -> dict[str, Any]:
    web, database = time.process_time(), _cpu_of(backend)
    status, size = 0, 0
    for _number in range(rounds):
        answer = client.get(address)
        status, size = answer.status_code, len(answer.getvalue())
    return {
        "address": address,
        "status": status,
        "bytes": size,
        "web_ms": 1000 * (time.process_time() - web) / rounds,
        "database_ms": 1000 * (_cpu_of(backend) - database) / rounds,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
