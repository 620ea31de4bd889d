"""Reading what the objects of published meetings are made from."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Func, IntegerField, TextField, Value

from buendnisnetz.api.domain.meeting_objects import PublishedMeeting, Settled
from buendnisnetz.api.domain.states import States, network_id
from buendnisnetz.api.models import Publication
from buendnisnetz.meetings.domain.editions import public
from buendnisnetz.meetings.enums import DecisionStatus, MeetingStatus
from buendnisnetz.meetings.models import Attachment, Decision, PublicMinutes
from buendnisnetz.network.enums import ConsentKind
from buendnisnetz.network.models import Person

_PAPER_SIZE = Func(F("paper"), function="octet_length", output_field=IntegerField())
_PAPER_SHA512 = Func(
    Func(F("paper"), function="sha512"), Value("hex"), function="encode", output_field=TextField()
)
_FIELDS = (
    "pk", "meeting", "content", "people", "edition__number", "edition__published_at", "paper_size",
    "paper_sha512",
)  # fmt: skip
_OF_MEETING = (
    "public_id", "status", "alliance", "alliance__public_id", "alliance__is_public", "working_group",
    "working_group__public_id", "working_group__alliance", "working_group__alliance__is_public",
    "territory__ags",
)  # fmt: skip


def source_of(meeting: str) -> str:
    """What the objects of a meeting (public id) are kept under."""
    return f"meeting:{meeting}"


def published_meetings(meetings: Sequence[int], states: States, now: Any) -> list[PublishedMeeting]:
    """Those of these meetings that have a public copy; a copy that still follows an earlier consent
    is made anew first. Seven queries, and those of the copies that are made anew."""
    copies = _copies(meetings)
    agreed = _agreed(copies)
    late = _late(copies, agreed)
    if late:
        rows = PublicMinutes.objects.filter(pk__in=late).select_related("edition__meeting")
        for copy in rows.order_by("pk"):
            public.refresh(edition=copy.edition, now=now)
        copies = _copies(meetings)
    keys = dict(
        Attachment.every.filter(meeting__in=meetings).values_list("public_id", "pk").order_by()
    )
    decisions = _decisions(meetings)
    found = []
    for row in copies:
        body = states.of_meeting(_plain(row))
        if body is not None:
            found.append(_meeting(row, body, agreed, keys, decisions))
    return found


def _copies(meetings: Sequence[int]) -> list[dict[str, Any]]:
    rows = PublicMinutes.objects.filter(meeting__in=meetings).order_by("pk")
    rows = rows.annotate(paper_size=_PAPER_SIZE, paper_sha512=_PAPER_SHA512)
    return list(rows.values(*_FIELDS, *(f"meeting__{name}" for name in _OF_MEETING)))


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[f"meeting__{name}"] for name in _OF_MEETING}


def _agreed(copies: Sequence[dict[str, Any]]) -> set[str]:
    ids = {person for row in copies for person in row["people"]}
    people = Person.objects.filter(public_id__in=ids).with_consent(ConsentKind.PUBLIC_NAME)
    return set(people.values_list("public_id", flat=True))


def _late(copies: Sequence[dict[str, Any]], agreed: set[str]) -> list[int]:
    """Copies that were never looked at here, or for which other people agreed then."""
    known = {
        row["source"]: row["people"]
        for row in Publication.objects.present()
        .filter(kind="meeting", source__in=[source_of(row["meeting__public_id"]) for row in copies])
        .values("source", "people")
    }
    return [
        row["pk"]
        for row in copies
        if known.get(source_of(row["meeting__public_id"])) != sorted(agreed & set(row["people"]))
    ]


def _decisions(meetings: Sequence[int]) -> dict[int, dict[str, Settled]]:
    found: dict[int, dict[str, Settled]] = defaultdict(dict)
    rows = Decision.objects.filter(meeting__in=meetings, entry__isnull=False).order_by()
    for meeting, entry, status, since in rows.values_list(
        "meeting", "entry__public_id", "status", "status_on"
    ):
        found[meeting][entry] = Settled(DecisionStatus(status), since)
    return found


def _meeting(
    row: dict[str, Any],
    body: str,
    agreed: set[str],
    keys: dict[str, int],
    decisions: dict[int, dict[str, Settled]],
) -> PublishedMeeting:
    return PublishedMeeting(
        public_id=row["meeting__public_id"],
        body=body,
        organizations=_organizations(_plain(row), body),
        status=MeetingStatus(row["meeting__status"]),
        content=row["content"],
        people=sorted(agreed & set(row["people"])),
        number=row["edition__number"],
        published_at=row["edition__published_at"],
        paper_size=row["paper_size"],
        paper_sha512=row["paper_sha512"],
        attachments=keys,
        decisions=decisions[row["meeting"]],
    )


def _organizations(row: dict[str, Any], body: str) -> list[str]:
    """Who met: never an alliance or a group that the public does not see."""
    if row["working_group"]:
        hidden = row["working_group__alliance"] and not row["working_group__alliance__is_public"]
        return [] if hidden else [row["working_group__public_id"]]
    if row["alliance"]:
        return [row["alliance__public_id"]] if row["alliance__is_public"] else []
    return [network_id(body)]
