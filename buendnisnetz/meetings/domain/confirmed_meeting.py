"""Writing the meeting of a confirmed document: agenda, attendance, entries, decisions, tasks, edition."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from buendnisnetz.meetings.domain.accepted import Accepted, day_of, time_of
from buendnisnetz.meetings.domain.assignees import Assignee, AssigneeFinder
from buendnisnetz.meetings.domain.confirmed_directory import DirectoryWriter, name_key
from buendnisnetz.meetings.domain.editions.states import begin_edition, record_approval
from buendnisnetz.meetings.domain.guessing import agenda_kind, meeting_kind
from buendnisnetz.meetings.enums import AttendanceStatus, EntryKind, FindingKind, MeetingStatus
from buendnisnetz.meetings.models import (
    AgendaItem,
    AgendaSpeaker,
    Attachment,
    Attendance,
    Decision,
    EntryTask,
    Meeting,
    Minutes,
    MinutesEntry,
    MinutesImport,
    Proposal,
)
from buendnisnetz.network.models import Alliance, Organisation
from buendnisnetz.reader import event_in
from buendnisnetz.tasks.domain.lifecycle import TaskValues, create_task
from buendnisnetz.tasks.enums import TaskKind
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory

_PASSAGES = (FindingKind.DECISION, FindingKind.TASK, FindingKind.ENTRY)


class MeetingWriter:
    """Writes one meeting; the directory's people and organisations are there already."""

    def __init__(
        self,
        minutes_import: MinutesImport,
        accepted: Accepted,
        held_on: date,
        ledger: Any,
        directory: DirectoryWriter,
        actor: Any,
        now: datetime,
    ) -> None:
        self.minutes_import = minutes_import
        self.accepted = accepted
        self.held_on = held_on
        self.ledger = ledger
        self.directory = directory
        self.actor = actor
        self.now = now
        self.items: dict[str, AgendaItem] = {}

    def write(self) -> Meeting:
        self.meeting = self._meeting()
        self._agenda()
        self._attendances()
        self.ledger.add(
            Minutes.objects.create(
                meeting=self.meeting,
                text=self.minutes_import.text,
                text_sha256=self.minutes_import.text_sha256,
                file=self.minutes_import.file,
            )
        )
        self.assignees = AssigneeFinder(self.directory, self.minutes_import.alliance, self.held_on)
        passages = [row for kind in _PASSAGES for row in self.accepted.of_kind(kind)]
        for position, row in enumerate(sorted(passages, key=_place), start=1):
            self._passage(position, row)
        self._attachments()
        self._edition()
        return self.meeting

    def _meeting(self) -> Meeting:
        values = self.accepted.values
        title = values.get("title") or values.get("body") or self.minutes_import.file.name
        place = values.get("place") or ""
        meeting = Meeting.objects.create(
            alliance=self.minutes_import.alliance,
            body=(values.get("body") or "")[:200],
            kind=meeting_kind(f"{title} {values.get('body', '')}"),
            title=title[:250],
            held_on=self.held_on,
            starts_at=time_of(values.get("start")),
            ends_at=time_of(values.get("end")),
            place=place[:200],
            territory=self._municipality(place),
            status=MeetingStatus.HELD,
            next_meeting_on=day_of(values.get("next_meeting")),
        )
        self.ledger.add(meeting)
        return meeting

    def _municipality(self, place: str) -> Territory | None:
        """The municipality that the place names, if there is exactly one."""
        found = self.directory.place(place)
        return found if found and found.level == Level.MUNICIPALITY else None

    def _agenda(self) -> None:
        for position, row in enumerate(self.accepted.of_kind(FindingKind.AGENDA), start=1):
            item = AgendaItem.objects.create(
                meeting=self.meeting,
                position=position,
                number=(row.data.get("number") or "")[:20],
                title=row.data["title"][:400],
                kind=agenda_kind(row.data["title"]),
            )
            self.ledger.add(item)
            if item.number:
                self.items.setdefault(item.number, item)
            for name in row.data.get("speakers") or []:
                self._speaker(item, name)

    def _speaker(self, item: AgendaItem, name: str) -> None:
        person = self.directory.person_named(name)
        post = self.directory.posts_of_person.get(person.pk) if person else None
        self.ledger.add(
            AgendaSpeaker.objects.create(
                item=item, person=person, name=name[:160], function=str(post or "")[:200]
            )
        )

    def _attendances(self) -> None:
        seen: set[int] = set()
        chairs = {name_key(name) for name in self.accepted.lists.get("chair", [])}
        recorders = {name_key(name) for name in self.accepted.lists.get("recorder", [])}
        for position, row in enumerate(self.accepted.of_kind(FindingKind.PARTICIPANT), start=1):
            person = self.directory.people[row.pk]
            if person.pk in seen:
                continue
            seen.add(person.pk)
            self.ledger.add(
                Attendance.objects.create(
                    meeting=self.meeting,
                    position=position,
                    person=person,
                    **self._bodies(row),
                    name=row.data["name"][:160],
                    academic_title=(row.data.get("academic_title") or "")[:40],
                    function=(row.data.get("role") or "")[:200],
                    organisation_words=_words(row)[:250],
                    status=AttendanceStatus[row.data["status"].upper()],
                    is_chair=self._is_one_of(row, chairs),
                    is_recorder=self._is_one_of(row, recorders),
                )
            )

    def _bodies(self, row: Proposal) -> dict[str, Any]:
        """The one or two bodies that somebody stands for; an alliance is none of the organisations."""
        found = [self.directory.body_of(row), self.directory.also_for(row)]
        alliances = [body for body in found if isinstance(body, Alliance)]
        bodies = [body for body in found if isinstance(body, Organisation)]
        first, second = [*dict.fromkeys(bodies), None, None][:2]
        return {
            "alliance": alliances[0] if alliances else None,
            "organisation": first,
            "also_for": second,
        }

    @staticmethod
    def _is_one_of(row: Proposal, keys: set[str]) -> bool:
        key = name_key(row.data["name"])
        return key in keys or (bool(key) and key.split()[-1] in keys)

    def _passage(self, position: int, row: Proposal) -> None:
        kind = _entry_kind(row)
        entry = MinutesEntry.objects.create(
            meeting=self.meeting,
            position=position,
            kind=kind,
            text=row.data["text"],
            start=row.start,
            end=row.end,
            agenda_item=self.items.get(row.data.get("agenda_number") or ""),
            speaker=self.directory.person_named(row.data.get("speaker")),
            speaker_words=(row.data.get("speaker") or "")[:160],
        )
        self.ledger.add(entry)
        if row.kind == FindingKind.DECISION:
            self._decision(row, entry)
        elif row.kind == FindingKind.TASK:
            self._task(row, entry)

    def _decision(self, row: Proposal, entry: MinutesEntry) -> None:
        votes = row.data.get("votes") or {}
        self.ledger.add(
            Decision.objects.create(
                meeting=self.meeting,
                entry=entry,
                agenda_item=entry.agenda_item,
                text=row.data["text"],
                votes_yes=votes.get("yes"),
                votes_no=votes.get("no"),
                votes_abstain=votes.get("abstain"),
            )
        )

    def _task(self, row: Proposal, entry: MinutesEntry) -> None:
        assignee: Assignee = self.assignees.find(row.data.get("assignee") or "")
        due = row.data.get("due") or ""
        values = TaskValues(
            kind=TaskKind[row.data["kind"].upper()],
            title=row.data["text"],
            details=row.data["text"] if len(row.data["text"]) > 300 else "",
            holder=assignee.post,
            assignee_words=row.data.get("assignee") or "",
            for_all_alliances=assignee.all_alliances,
            alliance=self.minutes_import.alliance,
            due_on=day_of(row.data.get("due_on")),
            due_words="" if day_of(due) else due,
            waits_for="" if due else event_in(row.data["text"]),
        )
        task = create_task(
            values=values,
            actor=self.actor,
            now=self.now,
            opened_on=self.held_on,
            origin_label=_("%(meeting)s, %(day)s")
            % {"meeting": self.meeting.title[:150], "day": f"{self.held_on:%d.%m.%Y}"},
            origin_url=reverse("meetings:minutes_detail", args=[self.meeting.public_id])
            + f"?stelle={entry.public_id}#{entry.public_id}",
        )
        self.ledger.add(task)
        self.ledger.add(EntryTask.objects.create(entry=entry, task=task))

    def _attachments(self) -> None:
        for number, row in enumerate(self.accepted.of_kind(FindingKind.ATTACHMENT), start=1):
            self.ledger.add(
                Attachment.objects.create(
                    meeting=self.meeting, number=number, title=row.data["title"][:300]
                )
            )

    def _edition(self) -> None:
        """The first edition: frozen if the document says that it was approved, else a draft."""
        edition = begin_edition(meeting=self.meeting, actor=self.actor, now=self.now)
        approved_on = day_of(self.accepted.values.get("approved_on"))
        if approved_on is not None:
            by = self.accepted.values.get("approved_by") or ""
            edition = record_approval(
                edition=edition,
                approved_on=approved_on,
                approved_by=by,
                person=self.directory.person_named(by),
                actor=self.actor,
                now=self.now,
            )
        self.ledger.add(edition)


def _words(row: Proposal) -> str:
    """The institution as the document has it, unless a person corrected it."""
    named = [row.data.get("organisation"), row.data.get("also_for")]
    read = [row.original.get("organisation"), row.original.get("also_for")]
    if row.data.get("institution") and named == read:
        return str(row.data["institution"])
    return ", ".join(filter(None, named))


def _place(row: Proposal) -> tuple[int, int]:
    return (row.start if row.start is not None else 10**9, row.position)


def _entry_kind(row: Proposal) -> EntryKind:
    if row.kind == FindingKind.DECISION:
        return EntryKind.DECISION
    if row.kind == FindingKind.TASK:
        return EntryKind[row.data["kind"].upper()]
    return EntryKind(row.data["kind"])
