"""Who belongs to a meeting and where mail reaches them: first the post, then the person.

Mail goes to posts, because posts hold work and people hold posts (S96).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.meetings.enums import AttendanceStatus
from buendnisnetz.meetings.models import Attendance, Meeting, MeetingInvitation
from buendnisnetz.network.models import Person, Post, Term


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets mail about a meeting; ``key`` tells two of them apart in forms."""

    key: str
    name: str
    email: str
    post: Post | None
    person: Person | None


def of_meeting(meeting: Meeting, today: date) -> list[Recipient]:
    """Those invited and those who attended or were excused, each address once; four queries."""
    found: dict[str, Recipient] = {}
    for row in _invited(meeting):
        found.setdefault(row.email.lower(), row)
    for row in _attended(meeting, today):
        found.setdefault(row.email.lower(), row)
    return sorted(found.values(), key=lambda row: (row.name.casefold(), row.email))


def _invited(meeting: Meeting) -> Iterable[Recipient]:
    for row in _INVITED.rows(meeting=meeting.pk):
        yield Recipient(f"i{row.pk}", row.name, row.email, row.post, row.person)


def _attended(meeting: Meeting, today: date) -> Iterable[Recipient]:
    rows: list[Attendance] = _ATTENDED.rows(meeting=meeting.pk)
    posts = _posts_of({row.person_id for row in rows if row.person_id}, meeting, today)
    for row in rows:
        person = row.person
        assert person is not None  # noqa: S101 -- by the filter above
        post = posts.get((person.pk, row.organisation_id)) or posts.get((person.pk, None))
        user = person.user
        email = (post.email if post else "") or person.email or (user.email if user else "")
        if email:
            yield Recipient(f"a{row.pk}", row.name, email, post, person)


def _posts_of(
    people: set[int], meeting: Meeting, today: date
) -> dict[tuple[int, int | None], Post]:
    """The posts that these people hold today, by the organisation of the post and, for any, None."""
    found: dict[tuple[int, int | None], Post] = {}
    for term in _TERMS.rows(people=list(people), day=today) if people else []:
        post = term.post
        found.setdefault((term.person_id, post.organisation_id), post)
        if post.alliance_id is not None and post.alliance_id == meeting.alliance_id:
            found[(term.person_id, None)] = post
        found.setdefault((term.person_id, None), post)
    return found


_INVITED = Question(
    lambda: (
        MeetingInvitation.objects.filter(meeting=Slot("meeting"))
        .select_related("post", "person")
        .order_by("pk")
    )
)
_ATTENDED = Question(
    lambda: (
        Attendance.objects.filter(meeting=Slot("meeting"), person__isnull=False)
        .exclude(status=AttendanceStatus.ABSENT)
        .select_related("person__user")
        .order_by("position", "pk")
    )
)
_TERMS = Question(
    lambda: (
        Term.objects.as_of(Slot("day", planned=True))
        .filter(one_of("person", "people"))
        .select_related("post")
        .order_by("is_acting", "-post__is_contact", "pk")
    )
)
