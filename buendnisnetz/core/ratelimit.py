"""How often something may be done, counted in the database so that all processes agree."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from buendnisnetz.core.errors import DomainError


class TooOftenError(DomainError):
    """The limit is reached; the message says so without telling when exactly it opens again."""

    def __init__(self) -> None:
        super().__init__(
            _("That was too often in a short time. Please wait a little and try again.")
        )


def count(key: str, *, limit: int, period: timedelta, now: datetime) -> None:
    """Count one use of ``key`` in the running period.

    Raises :class:`TooOftenError` from use ``limit + 1`` on. The counting is one atomic statement
    and stands even if the caller's transaction is rolled back afterwards only where it is called
    outside of one.
    """
    window = int(now.timestamp() // period.total_seconds())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_ratelimit AS r (key, window_number, uses, ends_at) VALUES (%s, %s, 1, %s)"
            " ON CONFLICT (key) DO UPDATE SET"
            " uses = CASE WHEN r.window_number = EXCLUDED.window_number THEN r.uses + 1 ELSE 1 END,"
            " window_number = EXCLUDED.window_number, ends_at = EXCLUDED.ends_at"
            " RETURNING uses",
            [key[:200], window, now + period],
        )
        uses = cursor.fetchone()[0]
    if uses > limit:
        raise TooOftenError
