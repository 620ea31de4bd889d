"""Sessions in the database, as Django keeps them, read by one statement without a model.

Every request of somebody who is signed in begins with it, so the same statement also asks in which
state the contents are (``core.changes``).
"""

import json
from functools import lru_cache
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from buendnisnetz.core import changes, prepared

_SESSION = (
    f"SELECT {changes.STATE}, (SELECT session_data FROM {Session._meta.db_table}"  # noqa: S608
    " WHERE session_key = %s AND expire_date > %s)"
)


class SessionStore(db.SessionStore):
    """``state`` is that of the contents when the session was read, None before; ``written`` its text."""

    state: str | None = None
    written: str = ""

    def load(self) -> dict[str, Any]:
        with prepared.cursor() as cursor:
            cursor.execute(_SESSION, [self.session_key, timezone.now()])
            self.state, data = cursor.fetchone()
        if data is None:
            self._session_key = None
            return {}
        self.written = data
        found: dict[str, Any] = json.loads(_read(data))
        return found


@lru_cache(maxsize=1_000)
def _read(written: str) -> str:
    # A session's text is the same for many requests, and to check its signature takes half as long as
    # to ask for it. As text again, so that nobody can change what others get.
    return json.dumps(SessionStore().decode(written))
