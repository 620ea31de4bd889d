# ruff: noqa: S608 -- the one statement here is built from our own names only
"""Who was invited but did not come: to one meeting, and to the meetings of a series (S82)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Slot
from buendnisnetz.core.search import search_key
from buendnisnetz.core.text import fold
from buendnisnetz.meetings.enums import AttendanceStatus, MeetingStatus, Reply
from buendnisnetz.meetings.models import Attendance, Meeting, MeetingInvitation, MeetingSeries
from buendnisnetz.network.models import Person, Term

_CAME = (AttendanceStatus.PRESENT, AttendanceStatus.GUEST)
_AGREED = (Reply.YES, Reply.DEPUTY)
# What is known of each that did not come to a series.
COLUMNS = ("pk", "post", "name", "sort_key", "invited", "missed", "agreed", "missed_on", "seen_on")


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


def missed_in_series(series: MeetingSeries, user: Any, today: date) -> list[dict[str, Any]]:
    """Each post or person that was invited to meetings of a series and did not come: how often, of how
    many, and the last day on which somebody for them was there; the most often missed first. Three
    queries, whatever the rows; the database counts.

    Only meetings that are over and have a list count; of those, only what the user may read.
    """
    if _INVITED.one_to(user, today, series=series.pk) is None:
        return []
    meetings = [row["pk"] for row in _OVER.to(user, today, series=series.pk)]
    values: dict[str, Any] = {"meetings": meetings, "came": list(_CAME), "agreed": list(_AGREED)}
    with connection.cursor() as cursor:
        cursor.execute(_MISSED, values)
        records = [_record(*row) for row in cursor.fetchall()]
    return sorted(records, key=lambda record: (-record["missed"], record["sort_key"]))


def _over(user: Any, today: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = Meeting.objects.inside_for(user).filter(
        series=Slot("series", planned=True)
    )
    over = rows.filter(held_on__lte=today).exclude(status=MeetingStatus.CANCELLED)
    return over.order_by().values("pk")


_OVER = Visible(_over)
_INVITED = Visible(
    lambda user, today: MeetingInvitation.objects.filter(meeting__in=_over(user, today)).values(
        "pk"
    )[:1]
)


def _record(pk: int, post: str, name: str, *counts: Any) -> dict[str, Any]:
    return dict(zip(COLUMNS, (pk, post, name, search_key(name), *counts), strict=True))


def _folded(column: str) -> str:
    """``core.text.fold`` as an expression of the database."""
    spelt = f"lower(normalize({column}, NFKC))"
    for letter, letters in {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "oe",
    }.items():
        spelt = f"replace({spelt}, '{letter}', '{letters}')"
    bare = f"regexp_replace(normalize({spelt}, NFKD), '[\u0300-\u036f]', '', 'g')"
    # Most names are ASCII, as long in bytes as in letters; they are spared the rest.
    return (
        f"case when octet_length({column}) = length({column}) then lower({column}) else {bare} end"
    )


# Marks are what somebody can be recognised by on a list: the person, the name, the house, the alliance.
# A face is all that an invitation says of whom it is for, the same in most meetings of a series; an
# invitation's own meeting is compared with its own face, every other meeting with the last one.
_MISSED = f"""
with asked as materialized (
    select invitation.id, meeting.id as meeting, meeting.held_on, invitation.name, invitation.deputy_name,
        invitation.person_id as person, invitation.post_id as post,
        invitation.reply = any(%(agreed)s) as agreed,
        coalesce('post ' || invitation.post_id, 'person ' || invitation.person_id,
                 'email ' || lower(invitation.email)) as whom,
        concat_ws('|', invitation.post_id, invitation.person_id, invitation.name, invitation.deputy_name)
            as face
    from meetings_meetinginvitation invitation
    join meetings_meeting meeting on meeting.id = invitation.meeting_id
    where meeting.id = any(%(meetings)s) and exists (
        select from meetings_attendance there
        where there.meeting_id = meeting.id and there.status = any(%(came)s))
), last as materialized (
    select distinct on (whom) id, whom, face, post, name from asked order by whom, held_on desc, id desc
), present as materialized (
    select there.*, meeting.held_on
    from meetings_attendance there
    join meetings_meeting meeting on meeting.id = there.meeting_id
    where there.meeting_id = any(%(meetings)s) and there.status = any(%(came)s)
), there as materialized (
    select meeting_id as meeting, held_on, 'person ' || person_id as mark from present
    union all select meeting_id, held_on, 'house ' || organisation_id from present
    union all select meeting_id, held_on, 'house ' || also_for_id from present
    union all select meeting_id, held_on, 'alliance ' || alliance_id from present
    union all select meeting_id, held_on, 'name ' || folded
    from present join (
        select name, {_folded("name")} as folded from (select distinct name from present) as names
    ) as names using (name)
), marks as materialized (
    select distinct face, mark
    from (select distinct on (face) face, person, post, name, deputy_name from asked) as faces
    left join network_post post on post.id = faces.post
    cross join lateral unnest(array[
        'person ' || person, 'house ' || post.organisation_id, 'alliance ' || post.alliance_id,
        'name ' || nullif({_folded("name")}, ''), 'name ' || nullif({_folded("deputy_name")}, '')
    ]) as mark
    where mark is not null
), met as materialized (
    select distinct marks.face, there.meeting, there.held_on from marks join there using (mark)
), terms as materialized (
    select last.whom, term.id, term.person_id, term.is_acting,
        coalesce(term.valid_from, '-infinity') as first_day,
        coalesce(term.valid_to, 'infinity') as last_day
    from last join network_term term on term.post_id = last.post
), held as materialized (
    -- Whoever held an invited post on the day of a meeting and was there: the regular before an acting one.
    select distinct terms.whom, present.meeting_id as meeting, present.held_on
    from terms join present on present.person_id = terms.person_id
        and present.held_on between terms.first_day and terms.last_day
    where not exists (
        select from terms better
        where better.whom = terms.whom and present.held_on between better.first_day and better.last_day
            and (better.is_acting, better.id) < (terms.is_acting, terms.id))
), times as materialized (
    select asked.whom, asked.meeting, max(asked.held_on) as held_on, bool_or(asked.agreed) as agreed,
        bool_or(met.meeting is not null or held.meeting is not null) as came
    from asked
    left join met on met.face = asked.face and met.meeting = asked.meeting
    left join held on held.whom = asked.whom and held.meeting = asked.meeting
    group by asked.whom, asked.meeting
), tally as materialized (
    select whom, count(*) as invited, count(*) filter (where not came) as missed,
        count(*) filter (where not came and agreed) as agreed,
        max(held_on) filter (where not came) as missed_on, max(held_on) filter (where came) as came_on
    from times group by whom
), beside as materialized (
    select seen.whom, max(seen.held_on) as came_on
    from (
        select last.whom, met.meeting, met.held_on from last join met using (face)
        union all select whom, meeting, held_on from held
    ) as seen
    left join times using (whom, meeting)
    where times.meeting is null
    group by seen.whom
)
select last.id, coalesce(post.public_id, ''),
    coalesce(trim(both ', ' from post.title || ', ' || post.scope_name), last.name),
    tally.invited, tally.missed, tally.agreed, tally.missed_on, greatest(tally.came_on, beside.came_on)
from tally
join last using (whom)
left join beside using (whom)
left join network_post post on post.id = last.post
where tally.missed > 0
"""
