"""What is being prepared: date polls in each state, a meeting with invitations and answers."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from buendnisnetz.accounts.models import User
from buendnisnetz.meetings.domain.meetings import add_agenda_item, create_meeting
from buendnisnetz.meetings.domain.preparing import (
    bodies,
    feeds,
    invitations,
    polls,
    standing,
    templates,
)
from buendnisnetz.meetings.domain.preparing.polls import Slot
from buendnisnetz.meetings.enums import (
    AgendaItemKind,
    MeetingKind,
    PapersSent,
    PollAnswerKind,
    Reply,
    Rhythm,
)
from buendnisnetz.meetings.models import DatePoll, Meeting, MeetingSeries
from buendnisnetz.network.models import Alliance, WorkingGroup

_SAID = (PollAnswerKind.YES, PollAnswerKind.YES, PollAnswerKind.MAYBE, PollAnswerKind.NO)
_GUESTS = (
    ("Gesa Rübsamen", "ruebsamen@gast.example"),
    ("Ortwin Siebenschläfer", "siebenschlaefer@gast.example"),
    ("Mila Donnerkeil", "donnerkeil@gast.example"),
    ("Jasper Kirschstein", "kirschstein@gast.example"),
)
_REMARKS = ("Bitte nicht vor 16 Uhr.", "", "Nur online.", "")


def seed_preparing(users: dict[str, User], today: date) -> None:
    """What the coordination office and an alliance have begun."""
    now = timezone.make_aware(datetime.combine(today - timedelta(days=3), time(9)))
    office = users["koordination"]
    alliance = Alliance.objects.order_by("pk").first()
    _seed_standing(office, alliance, today)
    MeetingSeries.objects.filter(alliance=None).update(every=Rhythm.YEARLY)
    MeetingSeries.objects.filter(every="").update(every=Rhythm.QUARTERLY)
    _seed_polls(office, alliance, now)
    _seed_invitations(office, alliance, today, now)
    _seed_feeds(users, alliance, now)
    _seed_templates(office, alliance, today)


def _seed_standing(office: User, alliance: Alliance | None, today: date) -> None:
    """The state programme stands on every alliance meeting's agenda, a report on one alliance's."""
    standing.create_standing_item(
        title="Landesprogramm „Solidarisches Zusammenleben der Generationen“ (LSZ)",
        kind=AgendaItemKind.REPORT,
        duration=15,
        meeting_kind=MeetingKind.ALLIANCE,
        valid_from=date(today.year, 1, 1),
        actor=office,
    )
    standing.create_standing_item(
        title="Bericht aus der Steuerungsgruppe",
        kind=AgendaItemKind.REPORT,
        duration=5,
        alliance=alliance,
        valid_from=date(today.year, 1, 1),
        actor=office,
    )


def _poll(
    title: str, office: User, now: datetime, sources: bodies.Sources, **facts: object
) -> DatePoll:
    """A poll with four times, a few people asked and most of them heard."""
    first = timezone.localdate(now) + timedelta(days=24)
    first += timedelta(days=(1 - first.weekday()) % 7)
    options = [Slot(first + timedelta(days=n), time(16), time(18)) for n in (0, 1, 7)]
    options.append(Slot(first + timedelta(days=8), time(9, 30), None))
    poll = polls.create_poll(
        options=options,
        title=title,
        words="Wir treffen uns vor Ort; wer nicht kommen kann, schaltet sich zu.",
        closes_on=timezone.localdate(now) + timedelta(days=12),
        actor=office,
        now=now,
        **{"kind": MeetingKind.ALLIANCE, "place": "Rathaus, kleiner Saal", **facts},
    )
    people = bodies.candidates(sources, user=office, today=timezone.localdate(now))
    chosen = bodies.with_free_addresses(
        [row.recipient for row in people if row.recipient.email][:6], _GUESTS
    )
    polls.ask(poll=poll, recipients=chosen, actor=office, now=now)
    numbers = list(poll.options.order_by("held_on").values_list("pk", flat=True))
    for place, invitee in enumerate(poll.invitees.order_by("pk")[: max(len(chosen) - 2, 0)]):
        said = {pk: _SAID[(place * 2 + n) % len(_SAID)] for n, pk in enumerate(numbers)}
        polls.answer(invitee=invitee, answers=said, words=_REMARKS[place % 4], now=now)
    return poll


def _seed_polls(office: User, alliance: Alliance | None, now: datetime) -> None:
    if alliance is None:
        return
    own = bodies.Sources(alliances=(alliance,))
    both = bodies.Sources(
        groups=tuple(WorkingGroup.objects.filter(valid_to=None).order_by("pk")[:2]),
        all_chambers=True,
    )
    _poll("Wann beraten wir die Ferienbetreuung?", office, now, own, alliance=alliance)
    given_up = _poll("Sommerfest der Bündnisse", office, now, own, alliance=alliance)
    polls.cancel(poll=given_up, actor=office)
    joint = _poll(
        "Kammern und Arbeitsgruppen „Familie und Beruf“",
        office,
        now,
        both,
        kind=MeetingKind.EXCHANGE,
        place="Industrie- und Handelskammer",
    )
    best = joint.options.order_by("held_on").first()
    if best is not None:
        polls.decide(poll=joint, option=best, actor=office, now=now)


_REPLIES = (
    (Reply.YES, "", "Ich bringe die Zahlen mit."),
    (Reply.DEPUTY, "Lore Sausewind", ""),
    (Reply.NO, "", "Leider Urlaub."),
    (Reply.YES, "", ""),
)
_ITEMS = (
    ("Begrüßung und Protokoll", AgendaItemKind.WELCOME, 10),
    ("Stand der Ferienbetreuung", AgendaItemKind.REPORT, 25),
    ("Haushalt des Bündnisses", AgendaItemKind.DECISION, 30),
    ("Verschiedenes", AgendaItemKind.OTHER, 10),
)


def _seed_invitations(office: User, alliance: Alliance | None, today: date, now: datetime) -> None:
    """A meeting in two weeks to which people are invited, some of whom have answered."""
    if alliance is None:
        return
    meeting = create_meeting(
        actor=office,
        title="Winterrunde des Bündnisses",
        kind=MeetingKind.ALLIANCE,
        alliance=alliance,
        held_on=today + timedelta(days=14),
        starts_at=time(16),
        ends_at=time(17, 30),
        place="Mehrgenerationenhaus, Raum 3",
    )
    for title, kind, minutes in _ITEMS:
        item = add_agenda_item(meeting=meeting, title=title, number="", kind=kind, actor=office)
        item.duration = minutes
        item.save(update_fields=["duration"])
    second = meeting.agenda.filter(standing__alliance=alliance).first()
    if second is not None:
        standing.leave_out(item=second, reason="Die Gruppe tagt erst im Januar.", actor=office)
    people = bodies.candidates(
        bodies.Sources(alliances=(alliance,)), user=office, today=timezone.localdate(now)
    )
    invitations.invite(
        meeting=meeting,
        recipients=bodies.with_free_addresses(
            [row.recipient for row in people if row.recipient.email][:6], _GUESTS
        ),
        words="Wir freuen uns auf Sie. Kaffee gibt es ab 15:45 Uhr.",
        papers=PapersSent.LINK,
        actor=office,
        now=now,
    )
    rows = meeting.invitations.order_by("pk")
    for row, (reply, deputy, words) in zip(rows, _REPLIES, strict=False):
        invitations.answer(invitation=row, reply=reply, deputy_name=deputy, words=words, now=now)


def _seed_feeds(users: dict[str, User], alliance: Alliance | None, now: datetime) -> None:
    """Addresses of the office and of a coordinator, one of them revoked; nobody knows them any more."""
    feeds.make_feed(user=users["koordination"], now=now)
    feeds.make_feed(user=users["buendnis"], alliance=alliance, now=now)
    old, _address = feeds.make_feed(user=users["koordination"], alliance=alliance, now=now)
    feeds.revoke_feed(feed=old, actor=users["koordination"], now=now)


def _seed_templates(office: User, alliance: Alliance | None, today: date) -> None:
    """The winter meeting as a pattern, and an older one that nobody uses any more."""
    meeting = Meeting.objects.filter(alliance=alliance, invitations__isnull=False).first()
    if meeting is None:
        return
    templates.save_as_template(
        meeting=meeting, name="Bündnisrunde", title="Bündnisrunde am {date}", actor=office
    )
    old = templates.save_as_template(
        meeting=meeting, name="Runde vor Ort", title="Runde am {date}", actor=office
    )
    templates.end_template(template=old, today=today, actor=office)
