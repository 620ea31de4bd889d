"""Minutes on every part of their way: in consultation, waiting for the approval, corrected, sent out."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from buendnisnetz.accounts.models import User
from buendnisnetz.meetings.domain import recipients
from buendnisnetz.meetings.domain.editions import approval, consultation, distribution, states
from buendnisnetz.meetings.domain.meetings import add_entry
from buendnisnetz.meetings.enums import EditionStatus, EntryKind, RequestStatus
from buendnisnetz.meetings.models import Edition, MinutesEntry
from buendnisnetz.network.models import Person


def seed_editions(users: dict[str, User], today: date) -> None:
    """A few of the newest minutes take the next steps."""
    now = timezone.make_aware(datetime.combine(today - timedelta(days=2), time(10)))
    office = users["koordination"]
    first, second = _drafts(office, today, now)
    _consult(first, office, today, now)
    _ask(second, users["ministerium"], office, now)
    published = (
        Edition.objects.filter(status=EditionStatus.PUBLISHED)
        .select_related("meeting")
        .order_by("-meeting__held_on", "pk")
        .first()
    )
    if published is not None:
        _send(published, office, today, now)
        _correct(published, office, now)


def _drafts(office: User, today: date, now: datetime) -> list[Edition]:
    """The two newest drafts; where there are fewer, approved minutes that are being corrected."""
    held = Edition.objects.filter(meeting__held_on__lte=today).select_related("meeting")
    newest = held.order_by("-meeting__held_on", "pk")
    drafts = list(newest.filter(status=EditionStatus.DRAFT)[:2])
    approved = newest.filter(status=EditionStatus.APPROVED)[: 2 - len(drafts)]
    return drafts + [
        states.begin_correction(
            meeting=row.meeting, reason="Namen nachgetragen", actor=office, now=now
        )
        for row in approved
    ]


def _consult(edition: Edition, office: User, today: date, now: datetime) -> None:
    """Somebody agrees, somebody wishes a change, one wish is answered already."""
    people = recipients.of_meeting(edition.meeting, today)
    consultation.send_round(
        edition=edition,
        recipients=people[:6],
        until=today + timedelta(days=10),
        words="Bitte vor allem die Fristen prüfen.",
        actor=office,
        now=now,
    )
    entries = MinutesEntry.objects.filter(meeting=edition.meeting).order_by("position")
    consultees = list(edition.consultees.order_by("pk"))
    for consultee in consultees[2:3]:
        consultation.agree(consultee=consultee, now=now)
    words = ("Bitte ergänzen: gilt erst ab Januar.", "Es waren zwölf Familien, nicht zehn.")
    wishes = [
        consultation.wish(
            edition=edition,
            entry=entry,
            words=wanted,
            actor=None if consultee else office,
            now=now,
            consultee=consultee,
        )
        for entry, wanted, consultee in zip(
            entries[:2], words, [*consultees[:2], None, None], strict=False
        )
    ]
    for wish in wishes[1:]:
        consultation.decide(
            request=wish, status=RequestStatus.ACCEPTED, answer="Danke.", actor=office, now=now
        )


def _ask(edition: Edition, ministry: User, office: User, now: datetime) -> None:
    approval.request_approval(
        edition=edition,
        person=Person.objects.get(user=ministry),
        words="",
        actor=office,
        now=now,
    )


def _send(edition: Edition, office: User, today: date, now: datetime) -> None:
    people = recipients.of_meeting(edition.meeting, today)
    distribution.distribute(
        edition=edition,
        recipients=people[:8],
        forms=distribution.wished_forms(people),
        note="Vielen Dank für das gute Gespräch.",
        actor=office,
        now=now,
    )


def _correct(edition: Edition, office: User, now: datetime) -> None:
    second = states.begin_correction(
        meeting=edition.meeting, reason="Nachtrag zur Ferienbetreuung", actor=office, now=now
    )
    add_entry(
        meeting=edition.meeting,
        kind=EntryKind.NOTE,
        text="Nachtrag: Die Ferienbetreuung beginnt eine Woche früher als besprochen.",
        actor=office,
        now=now,
    )
    states.publish(
        edition=states.record_approval(
            edition=second,
            approved_on=timezone.localdate(now),
            approved_by=edition.approved_by,
            person=edition.approver,
            actor=office,
            now=now,
        ),
        actor=office,
        now=now,
    )
