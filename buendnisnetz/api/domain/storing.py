"""Storing what is published: only what changed gets a new time, what is gone leaves its address."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max

from buendnisnetz.api.domain.objects import Draft
from buendnisnetz.api.models import Publication
from buendnisnetz.audit.tracking import recorded

_TICK = timedelta(microseconds=1)
# One writer at a time, across processes: see :func:`_next_moment`.
_LOCK = 4_115_971
_COLUMNS = (
    "body", "organizations", "source", "data", "people", "digest", "created", "modified", "deleted_at",
)  # fmt: skip


def store(*, groups: Mapping[str, Sequence[Draft]], now: datetime) -> int:
    """Store the objects by the source that they were made from; gives how many changed. What a
    source held before and yields no longer is removed."""
    with recorded(actor=None, action="api.publication.renewed"):
        at = _next_moment(now)
        found = Publication.objects.filter(source__in=list(groups)).defer("data")
        before = {(row.kind, row.public_id): row for row in found}
        changed = _stamped(groups, before, at)
        Publication.objects.bulk_create(
            changed,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["kind", "public_id"],
            update_fields=_COLUMNS,
        )
        kept = {draft.key for drafts in groups.values() for draft in drafts}
        return len(changed) + _remove(before, kept, at)


def _next_moment(now: datetime) -> datetime:
    """A time after every stored one. Writers wait for each other, so a reader who goes by
    ``modified`` never meets a row that was committed later and says it is older."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Publication.objects.aggregate(last=Max("modified"))["last"]
    return max(now, last + _TICK) if last else now


def _stamped(
    groups: Mapping[str, Sequence[Draft]], before: dict[tuple[str, str], Publication], at: datetime
) -> list[Publication]:
    """Puts both times into every object; gives rows for those that say something else than before."""
    # All digests first: an object holds others, and times are no part of what it says.
    digests = {draft.key: draft.digest() for drafts in groups.values() for draft in drafts}
    changed = []
    for source, drafts in groups.items():
        for draft in drafts:
            row, digest = before.get(draft.key), digests[draft.key]
            same = row is not None and row.deleted_at is None and row.digest == digest
            draft.data["created"] = (row.created if row else at).isoformat()
            draft.data["modified"] = (row.modified if row and same else at).isoformat()
            if not same:
                changed.append(_row(draft, digest, source, at))
    return changed


def _row(draft: Draft, digest: str, source: str, at: datetime) -> Publication:
    return Publication(
        kind=draft.kind,
        public_id=draft.public_id,
        body=draft.body,
        organizations=draft.organizations,
        source=source,
        data=draft.data,
        people=draft.people,
        digest=digest,
        created=datetime.fromisoformat(draft.data["created"]),
        modified=at,
    )


def _remove(before: dict[tuple[str, str], Publication], kept: set[Any], at: datetime) -> int:
    gone = [row.pk for key, row in before.items() if key not in kept and row.deleted_at is None]
    return Publication.objects.filter(pk__in=gone).update(
        data={}, people=[], digest="", modified=at, deleted_at=at
    )
