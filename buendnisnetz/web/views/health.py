"""Is everything running? For the reverse proxy and for monitoring."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core import health


@open_to(public=True)
def healthz(request: HttpRequest) -> HttpResponse:
    """200 only when the database answers, its tables are up to date and a worker is alive."""
    problems = health.problems(now=timezone.now())
    text = "\n".join(problems) if problems else "ok"
    return HttpResponse(
        text + "\n", status=503 if problems else 200, content_type="text/plain; charset=utf-8"
    )
