"""Who makes the file of a network: small ones whoever asks, large ones a job."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from buendnisnetz.accounts.models import User
from buendnisnetz.core.queue import enqueue, failed_after
from buendnisnetz.insight.domain.graph import file, shelf
from buendnisnetz.insight.domain.graph.network import network_for
from buendnisnetz.insight.domain.graph.seen import BrokenFileError, Seen
from buendnisnetz.insight.domain.graph.wishes import Reach, Wish, reach_of

# So many organisations and alliances together are read and reckoned while somebody waits.
AT_ONCE_UP_TO = 2_000
JOB = "insight.make_network"
# What failed would fail again at once, and whoever waits should hear of it.
RESTS_FOR = timedelta(minutes=5)
_BODIES = """
SELECT count(*) FROM (
    (SELECT FROM network_organisation LIMIT %(most)s)
    UNION ALL (SELECT FROM network_alliance LIMIT %(most)s)
) bodies
"""


class NotMadeError(Exception):
    """The job that was to make a network failed a moment ago."""


def seen(user: Any, wish: Wish, *, now: datetime) -> Seen | None:
    """The network as the user may see it; None while a job makes it.

    What is older than ``shelf.FRESH_FOR`` is made anew: a large network by a job, and until that has
    been done the old one is shown and says so. Where the job failed, the next one waits for
    ``RESTS_FOR``; until then :class:`NotMadeError` is raised if there is no old one.
    """
    reach = reach_of(user)
    key = shelf.key_of(reach, wish)
    found = _found(key, now)
    if found is not None and _is_fresh(found, now):
        return found
    if _is_small():
        _make(user, reach, wish, now)
        return Seen(shelf.path_of(key))
    if failed_after(_once(key), now - RESTS_FOR):
        if found is None:
            raise NotMadeError
        return found
    enqueue(JOB, once=_once(key), user=user.pk, wish=wish.told(), key=key)
    if found is not None:
        found.renewing = True
    return found


def _once(key: str) -> str:
    return f"{JOB}:{key}"


def make(*, user: int, wish: Wish, key: str, now: datetime) -> None:
    """Make the file of a large network if the user still sees what it was asked for.

    Does nothing where it was made a moment ago.
    """
    reader = User.objects.filter(pk=user).first()
    reach = reach_of(reader)
    if shelf.key_of(reach, wish) != key:
        return
    found = _found(key, now)
    if found is None or not _is_fresh(found, now):
        _make(reader, reach, wish, now)


def tidy(*, now: datetime) -> None:
    """Remove files that are too old or too many, and those of users who may not sign in any more."""
    shelf.tidy(now=now, users=User.objects.filter(is_active=True).values_list("pk", flat=True))


def _found(key: str, now: datetime) -> Seen | None:
    """What was made for this key and is not too old; a file that cannot be read counts as none."""
    path = shelf.path_of(key)
    if not path.exists():
        return None
    try:
        found = Seen(path)
    except BrokenFileError:
        return None
    return found if abs(now - found.about.made_at) < shelf.KEPT_FOR else None


def _is_fresh(found: Seen, now: datetime) -> bool:
    # Clocks of two machines may differ; what was made long after now was made by a wrong one.
    return abs(now - found.about.made_at) < shelf.FRESH_FOR


def _make(user: Any, reach: Reach, wish: Wish, now: datetime) -> None:
    path = shelf.path_of(shelf.key_of(reach, wish))
    file.write(path, network_for(user, reach, wish), now)
    shelf.tidy(now=now, made=path)


def _is_small() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_BODIES, {"most": AT_ONCE_UP_TO + 1})
        return bool(cursor.fetchone()[0] <= AT_ONCE_UP_TO)
