"""Renewing what is published, from what everybody may see now. Running it again changes nothing."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from buendnisnetz.api.domain import meeting_objects, network_objects
from buendnisnetz.api.domain.meeting_rows import published_meetings, source_of
from buendnisnetz.api.domain.network_rows import network_rows
from buendnisnetz.api.domain.objects import Draft
from buendnisnetz.api.domain.states import states_of
from buendnisnetz.api.domain.storing import store
from buendnisnetz.api.models import Publication
from buendnisnetz.core.queue import enqueue
from buendnisnetz.meetings.models import Meeting, PublicMinutes

NETWORK = "network"
_PREFIX = source_of("")
# Meetings renewed in one transaction: enough to be quick, few enough to stay small.
_AT_ONCE = 200


def publish(*, now: datetime) -> int:
    """Renew everything; gives how many objects changed."""
    changed = sum(
        publish_meetings(meetings=chunk, now=now) for chunk in _chunks(_meetings_to_look_at())
    )
    return changed + publish_network(now=now)


def publish_meeting(*, meeting: str, now: datetime) -> int:
    """Renew one meeting (public id). The people whom it names follow by one job, however many meetings
    change at once: each of them would read the whole network."""
    with transaction.atomic():
        changed = publish_meetings(meetings=[meeting], now=now)
        if changed:
            enqueue("api.publish_network", once="api.publish_network")
    return changed


def publish_naming(*, person: str, now: datetime) -> int:
    """Renew the meetings whose minutes know this person (public id), and the person."""
    return _publish_copies(PublicMinutes.objects.filter(people__contains=[person]), now)


def publish_alliance(*, alliance: str, now: datetime) -> int:
    """Renew an alliance (public id), its working groups, and the meetings of all of them."""
    own = Q(meeting__alliance__public_id=alliance)
    own |= Q(meeting__working_group__alliance__public_id=alliance)
    return _publish_copies(PublicMinutes.objects.filter(own), now)


def _publish_copies(copies: QuerySet[PublicMinutes], now: datetime) -> int:
    ids = list(copies.order_by("pk").values_list("meeting__public_id", flat=True))
    changed = sum(publish_meetings(meetings=chunk, now=now) for chunk in _chunks(ids))
    return changed + publish_network(now=now)


def publish_meetings(*, meetings: list[str], now: datetime) -> int:
    """Renew these meetings (public ids); those without public minutes go."""
    with transaction.atomic():
        states = states_of(timezone.localdate(now))
        keys = list(
            Meeting.objects.filter(public_id__in=meetings).order_by().values_list("pk", flat=True)
        )
        groups: dict[str, list[Draft]] = {source_of(public_id): [] for public_id in meetings}
        for row in published_meetings(keys, states, now):
            groups[source_of(row.public_id)] = meeting_objects.objects_of(row)
        return store(groups=groups, now=now)


def publish_network(*, now: datetime) -> int:
    """Renew states, organizations and people; after the meetings, because who took part in a
    published one is listed."""
    today = timezone.localdate(now)
    with transaction.atomic():
        rows = network_rows(states_of(today), today)
        return store(groups={NETWORK: network_objects.objects_of(rows)}, now=now)


def _meetings_to_look_at() -> list[str]:
    """Meetings with a public copy, and those that had one."""
    copies = PublicMinutes.objects.order_by().values_list("meeting__public_id", flat=True)
    stored = Publication.objects.present().filter(source__startswith=_PREFIX).order_by()
    known = stored.values_list("source", flat=True).distinct()
    return sorted({*copies, *meetings_of_sources(known)})


def meetings_of_sources(sources: Iterable[str]) -> list[str]:
    """The meetings (public ids) among what objects were made from."""
    return sorted(
        source.removeprefix(_PREFIX) for source in set(sources) if source.startswith(_PREFIX)
    )


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
