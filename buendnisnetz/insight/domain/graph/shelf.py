"""The folder with the files of networks: whose each is, how old it may be, when it goes."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection

from buendnisnetz.insight.domain.graph import file
from buendnisnetz.insight.domain.graph.wishes import Reach, Wish
from buendnisnetz.network.domain import ties

FRESH_FOR = timedelta(minutes=5)
KEPT_FOR = timedelta(hours=24)
# One of 20,000 bodies and 190,000 ties takes 35 MB, the surroundings of an alliance a thousandth.
MOST_FILES = 400
MOST_BYTES = 400_000_000
_DRAFTS_KEPT_FOR = timedelta(hours=1)
_SUFFIX = ".sqlite"


def folder() -> Path:
    """The folder, which nobody else may open; made when it is first asked for."""
    path: Path = settings.NETWORKS
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def key_of(reach: Reach, wish: Wish) -> str:
    """The name of what was reckoned for one reach and one wish, and for nothing else.

    Begins with the user's number. What kinds and occasions are called in the file depends on which
    sources there are.
    """
    sources = [source.code for source in ties.sources()]
    database = [connection.settings_dict[name] for name in ("HOST", "NAME")]
    told = json.dumps([database, reach.told(), wish.told(), sources], sort_keys=True)
    return f"{reach.user_id or 0}-{sha256(told.encode()).hexdigest()}"


def path_of(key: str) -> Path:
    return folder() / f"{key}{_SUFFIX}"


def tidy(*, now: datetime, users: Iterable[int] | None = None, made: Path | None = None) -> None:
    """Remove what is too old, what is beyond ``MOST_FILES`` and ``MOST_BYTES``, the oldest first, and
    left-over drafts.

    With ``users`` also the files of everybody else. ``made`` stays in any case: somebody waits for it.
    """
    found: list[tuple[float, int, Path]] = []
    known = None if users is None else {str(user) for user in users}
    for entry in os.scandir(folder()):
        with suppress(FileNotFoundError):
            written, path = entry.stat().st_mtime, Path(entry.path)
            if path.suffix == file.DRAFT:
                if written < (now - _DRAFTS_KEPT_FOR).timestamp():
                    path.unlink()
            elif written < (now - KEPT_FOR).timestamp() or (
                known is not None and path.name.partition("-")[0] not in known
            ):
                path.unlink()
            else:
                found.append((written, entry.stat().st_size, path))
    room = MOST_BYTES
    for number, (_written, size, path) in enumerate(sorted(found, reverse=True)):
        room -= size
        if path != made and (number >= MOST_FILES or room < 0):
            path.unlink(missing_ok=True)


def clear() -> None:
    """Remove all files: the database they were made from is another one now."""
    for path in folder().iterdir():
        path.unlink(missing_ok=True)
