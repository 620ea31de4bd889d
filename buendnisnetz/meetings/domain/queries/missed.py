"""Who was invited but did not come: to one meeting, and to the meetings of a series (S82)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from buendnisnetz.core.search import search_key
from buendnisnetz.core.text import fold
from buendnisnetz.meetings.enums import AttendanceStatus, MeetingStatus, Reply
from buendnisnetz.meetings.models import Attendance, Meeting, MeetingInvitation, MeetingSeries
from buendnisnetz.network.models import Person, Term

_CAME = (AttendanceStatus.PRESENT, AttendanceStatus.GUEST)
_AGREED = (Reply.YES, Reply.DEPUTY)


class Holders:
    """Who holds some posts on any day; one query."""

    def __init__(self, posts: Iterable[int]) -> None:
        terms = Term.objects.filter(post__in=set(posts)).select_related("person")
        # The regular holder before an acting one.
        self._terms = list(terms.order_by("is_acting", "pk"))

    def on(self, day: date) -> dict[int, Person]:
        found: dict[int, Person] = {}
        for term in self._terms:
            if term.holds_on(day):
                found.setdefault(term.post_id, term.person)
        return found


@dataclass(frozen=True)
class Invited:
    """What somebody that was invited can be recognised by on the list."""

    post: int
    person: int | None
    names: frozenset[str]
    house: int | None
    alliance: int | None

    @classmethod
    def by(cls, row: MeetingInvitation) -> "Invited":
        names = frozenset({fold(row.name), fold(row.deputy_name)} - {""})
        house, alliance = (
            (row.post.organisation_id, row.post.alliance_id) if row.post else (None, None)
        )
        return cls(row.post_id or 0, row.person_id, names, house, alliance)


@dataclass
class Present:
    """Everybody who was at a meeting, and for whom."""

    names: set[str] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    houses: set[int] = field(default_factory=set)
    alliances: set[int] = field(default_factory=set)

    def add(self, row: Attendance) -> None:
        self.names.add(fold(row.name))
        self.people.update(filter(None, [row.person_id]))
        self.houses.update(filter(None, [row.organisation_id, row.also_for_id]))
        self.alliances.update(filter(None, [row.alliance_id]))

    def has(self, asked: Invited, holders: dict[int, Person]) -> bool:
        """Whether an invited post or person was there, or anybody for their house."""
        holder = holders.get(asked.post)
        return (
            asked.person in self.people
            or (holder is not None and holder.pk in self.people)
            or not asked.names.isdisjoint(self.names)
            or asked.house in self.houses
            or asked.alliance in self.alliances
        )


@dataclass(frozen=True)
class Missed:
    """Somebody who was invited and of whose house nobody is on the list as present."""

    invitation: MeetingInvitation
    had_agreed: bool


def invited_but_absent(meeting: Meeting) -> list[Missed]:
    """Invited, but neither they nor anybody for their organisation was there; three queries.

    Empty as long as nobody is on the list: then nothing is known.
    """
    present = _present([meeting.pk]).get(meeting.pk)
    if present is None:
        return []
    rows = list(meeting.invitations.select_related("post").order_by("name", "pk"))
    holders = Holders(row.post_id for row in rows if row.post_id).on(meeting.held_on)
    return [
        Missed(row, row.reply in _AGREED)
        for row in rows
        if not present.has(Invited.by(row), holders)
    ]


def _present(meetings: Iterable[int]) -> dict[int, Present]:
    """Who came to each meeting; those without a list are left out. One query."""
    found: dict[int, Present] = {}
    for row in Attendance.objects.filter(meeting__in=list(meetings), status__in=_CAME):
        found.setdefault(row.meeting_id, Present()).add(row)
    return found


@dataclass
class _Tally:
    """What is known of one that was invited to a series."""

    last: MeetingInvitation
    asked: dict[int, Invited] = field(default_factory=dict)
    missed: int = 0
    agreed: int = 0
    missed_on: date | None = None


def missed_in_series(series: MeetingSeries, user: Any, today: date) -> list[dict[str, Any]]:
    """Each post or person that was invited to meetings of a series and did not come: how often, of how
    many, and the last day on which somebody for them was there; the most often missed first. Four
    queries, whatever the rows.

    Only meetings that are over and have a list count; of those, only what the user may read.
    """
    days = dict(_over(series, user, today).values_list("pk", "held_on"))
    present = _present(days)
    invitations = MeetingInvitation.objects.filter(meeting__in=list(present))
    rows = list(invitations.select_related("post").order_by("pk"))
    terms = Holders(row.post_id for row in rows if row.post_id)
    holders = {pk: terms.on(days[pk]) for pk in present}
    found: dict[tuple[str, object], _Tally] = {}
    for row in sorted(rows, key=lambda row: days[row.meeting_id]):
        tally = found.setdefault(_whom(row), _Tally(row))
        tally.last = row
        tally.asked[row.meeting_id] = Invited.by(row)
        if not present[row.meeting_id].has(tally.asked[row.meeting_id], holders[row.meeting_id]):
            tally.missed += 1
            tally.agreed += row.reply in _AGREED
            tally.missed_on = days[row.meeting_id]
    records = []
    for tally in (tally for tally in found.values() if tally.missed):
        last = tally.asked[tally.last.meeting_id]
        came = [pk for pk in present if present[pk].has(tally.asked.get(pk, last), holders[pk])]
        records.append(_record(tally, max((days[pk] for pk in came), default=None)))
    return sorted(records, key=lambda record: (-record["missed"], record["sort_key"]))


def _over(series: MeetingSeries, user: Any, today: date) -> QuerySet[Meeting]:
    rows: QuerySet[Meeting] = Meeting.objects.inside_for(user).filter(series=series)
    return rows.filter(held_on__lte=today).exclude(status=MeetingStatus.CANCELLED)


def _whom(row: MeetingInvitation) -> tuple[str, object]:
    """The same post, whoever holds it; else the same person; else the same address."""
    if row.post_id:
        return "post", row.post_id
    return ("person", row.person_id) if row.person_id else ("email", row.email.lower())


def _record(tally: _Tally, seen_on: date | None) -> dict[str, Any]:
    row, post = tally.last, tally.last.post
    name = f"{post.title}, {post.scope_name}".strip(", ") if post else row.name
    return {
        "pk": row.pk,
        "name": name,
        "post": post.public_id if post else "",
        "sort_key": search_key(name),
        "invited": len(tally.asked),
        "missed": tally.missed,
        "agreed": tally.agreed,
        "missed_on": tally.missed_on,
        "seen_on": seen_on,
    }
