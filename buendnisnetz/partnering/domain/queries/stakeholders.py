"""Reading stakeholders: who was invited, what they answered, whether they came (S82, S111)."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.meetings.enums import AttendanceStatus, MeetingStatus
from buendnisnetz.meetings.models import Attendance
from buendnisnetz.partnering.enums import InvitationAnswer
from buendnisnetz.partnering.models import (
    ContactNote,
    Stakeholder,
    StakeholderInvitation,
    StrategyAim,
)

CAME = (AttendanceStatus.PRESENT, AttendanceStatus.GUEST)


class Presence(NamedTuple):
    """Whether a body came to what it was invited to; None where no attendance list can say it."""

    invitation: StakeholderInvitation
    came: bool | None


def _attended(body: str) -> Exists:
    """Somebody of the organisation named by the outer reference is on the list of the meeting."""
    rows = Attendance.objects.filter(
        meeting=OuterRef("meeting"), organisation=OuterRef(body), status__in=CAME
    )
    return Exists(rows)


def with_presence(rows: QuerySet[StakeholderInvitation]) -> QuerySet[Any]:
    """Adds ``came``, and ``is_known``: the meeting was held and has a list of who was there."""
    listed = Attendance.objects.filter(meeting=OuterRef("meeting"))
    annotated: QuerySet[Any] = rows.annotate(
        came=_attended("stakeholder__organisation"),
        is_known=Q(meeting__status=MeetingStatus.HELD) & Exists(listed),
    )
    return annotated


def invitations_of(stakeholder: Stakeholder) -> list[Presence]:
    """A body's invitations, the latest first."""
    rows = _INVITATIONS.rows(stakeholder=stakeholder.pk)
    return [Presence(row, row.came if row.is_known else None) for row in rows]


_INVITATIONS = Question(
    lambda: (
        with_presence(StakeholderInvitation.objects.filter(stakeholder=Slot("stakeholder")))
        .select_related("meeting")
        .order_by("-invited_on", "-pk")
    )
)


def invitation_to(user: Any, public_id: str) -> StakeholderInvitation | None:
    """The invitation behind an address, as far as the user may see it."""
    found: StakeholderInvitation | None = _INVITATION.one_to(user, key=public_id)
    return found


_INVITATION = Visible(
    lambda user: StakeholderInvitation.objects.filter(
        stakeholder__in=Stakeholder.objects.visible_to(user).order_by().values("pk"),
        public_id=Slot("key"),
    ).select_related("stakeholder__organisation", "meeting")
)


def notes_of(stakeholder: Stakeholder) -> list[ContactNote]:
    """What was said to a body, the latest first."""
    return _NOTES.rows(stakeholder=stakeholder.pk)


_NOTES = Question(
    lambda: (
        ContactNote.objects.filter(stakeholder=Slot("stakeholder"))
        .select_related("author")
        .order_by("-met_on", "-pk")
    )
)


def aims_about(stakeholder: Stakeholder) -> list[StrategyAim]:
    """The aims of the strategy that are about a body."""
    return _AIMS.rows(stakeholder=stakeholder.pk)


_AIMS = Question(lambda: StrategyAim.objects.filter(targets=Slot("stakeholder")).order_by("title"))


def with_counts(rows: QuerySet[Stakeholder]) -> QuerySet[Any]:
    """Adds how often each body was ``invited``, ``accepted``, ``declined``, ``silent``, and
    ``missing``: invited to a meeting that was held, and not on its list. One query."""
    own = StakeholderInvitation.objects.filter(stakeholder=OuterRef("pk")).order_by()
    missing = with_presence(own).filter(is_known=True, came=False)
    annotated: QuerySet[Any] = rows.annotate(
        invited=_number(own),
        accepted=_number(own.filter(answer=InvitationAnswer.ACCEPTED)),
        declined=_number(own.filter(answer=InvitationAnswer.DECLINED)),
        silent=_number(own.filter(answer=InvitationAnswer.OPEN)),
        missing=_number(missing),
    )
    return annotated


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.values("stakeholder").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def narrowed(rows: QuerySet[Any], values: dict[str, Any], today: date) -> QuerySet[Any]:
    """Apply the filter of the list."""
    found = with_counts(rows)
    if values.get("which") == "missing":
        found = found.filter(missing__gt=0)
    elif values.get("which") == "silent":
        found = found.filter(silent__gt=0)
    elif values.get("which") == "key":
        found = found.filter(influence=3)
    if values.get("alliance") == "office":
        found = found.filter(alliance=None)
    elif values.get("alliance"):
        found = found.filter(alliance__slug=values["alliance"])
    return found


def by_marks(user: Any) -> list[tuple[int, int, int]]:
    """How many of a user's bodies have which influence and interest: (influence, interest, number)."""
    return [(row["influence"], row["interest"], row["number"]) for row in _MARKS.to(user)]


_MARKS = Visible(
    lambda user: (
        Stakeholder.objects.visible_to(user)
        .order_by()
        .values("influence", "interest")
        .annotate(number=Count("pk"))
        .order_by(F("influence").desc(), F("interest").desc())
    )
)
