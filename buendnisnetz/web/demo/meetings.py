"""Invented meetings since 2016: agenda, attendance, the text of the minutes, decisions, tasks kept and broken."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from buendnisnetz.core.statistics import refresh_statistics
from buendnisnetz.meetings.domain.editions.content import Parts, content_of
from buendnisnetz.meetings.domain.editions.public import refresh
from buendnisnetz.meetings.domain.editions.text import text_of
from buendnisnetz.meetings.domain.minutes_import import sha256
from buendnisnetz.meetings.domain.origins import origin_of
from buendnisnetz.meetings.enums import (
    ApprovedHow,
    AttendanceStatus,
    DecisionStatus,
    EditionStatus,
    EntryKind,
    MeetingKind,
    MeetingStatus,
)
from buendnisnetz.meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Decision,
    Edition,
    EntryTask,
    Meeting,
    MeetingSeries,
    Minutes,
    MinutesEntry,
)
from buendnisnetz.network.models import Alliance, Post
from buendnisnetz.tasks.enums import TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task
from buendnisnetz.web.demo import words
from buendnisnetz.web.demo.world import World

_TASK_KINDS = {
    EntryKind.TASK: TaskKind.TASK,
    EntryKind.PROMISE: TaskKind.PROMISE,
    EntryKind.SUGGESTION: TaskKind.SUGGESTION,
}


@dataclass
class Draft:
    """One meeting with everything that belongs to it, before it is stored."""

    meeting: Meeting
    text: str = ""
    agenda: list[AgendaItem] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    entries: list[MinutesEntry] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    tasks: list[tuple[MinutesEntry, Task]] = field(default_factory=list)
    links: list[EntryTask] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)

    def parts(self) -> Parts:
        """The stored rows that the minutes consist of."""
        return Parts(
            meeting=self.meeting,
            agenda=self.agenda,
            speakers={},
            attendances=self.attendances,
            entries=self.entries,
            decisions=self.decisions,
            links=self.links,
            attachments=self.attachments,
        )

    def write(self, line: str) -> tuple[int, int]:
        """Add a line to the text of the minutes; where it stands."""
        start = len(self.text)
        self.text += line + "\n"
        return start, start + len(line)


class MeetingBuilder:
    """Builds meetings in bulk; the directory has to be there."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lively = [
            row
            for index, row in enumerate(world.alliances)
            if index % 22 not in {3, 5, 8, 11, 13, 17, 19}
        ]
        self.contact = {
            post.alliance_id: post for post in world.posts if post.alliance_id and post.is_contact
        }
        self.by_organisation: dict[int, list[Post]] = {}
        for post in world.posts:
            if post.organisation_id:
                self.by_organisation.setdefault(post.organisation_id, []).append(post)
        self.office = self.by_organisation[world.organisations[0].pk][0]

    def build(self) -> None:
        per_meeting = max(1, round(self.world.sizes.tasks / self.world.sizes.meetings))
        self.series = self._series()
        drafts = [self._draft(number, per_meeting) for number in range(self.world.sizes.meetings)]
        drafts += self._planned()
        for start in range(0, len(drafts), 500):
            self._store(drafts[start : start + 500])
            if start == 0:
                # Otherwise every later row would look for its keys in tables thought to be empty.
                refresh_statistics()

    def _series(self) -> dict[int, MeetingSeries]:
        """One series for the state (key 0) and one for each lively alliance."""
        rows = [
            MeetingSeries(
                public_id=self.world.chance.public_id(),
                name="Strategietreffen",
                rhythm="einmal im Jahr",
            )
        ]
        rows += [
            MeetingSeries(
                public_id=self.world.chance.public_id(),
                name=f"Treffen: {alliance.name}",
                rhythm="alle zwei bis drei Monate",
                alliance=alliance,
            )
            for alliance in self.lively
        ]
        saved = self.world.save(MeetingSeries, rows)
        return {row.alliance_id or 0: row for row in saved}

    def _draft(self, number: int, per_meeting: int) -> Draft:
        chance = self.world.chance
        first = date(self.world.sizes.first_meeting_year, 1, 15)
        alliance = None if number % 6 == 0 else chance.pick(self.lively)
        held_on = chance.workday(first, self.world.today - timedelta(days=14))
        topic = chance.pick(words.TOPICS)
        draft = Draft(self._meeting(alliance, held_on, topic))
        draft.write(f"Protokoll: {draft.meeting.title}")
        draft.write(f"am {held_on:%d.%m.%Y} in {draft.meeting.place}")
        self._attendances(draft, alliance)
        self._agenda(draft, topic)
        self._passages(draft, alliance, topic, per_meeting)
        return draft

    def _meeting(self, alliance: Alliance | None, held_on: date, topic: str) -> Meeting:
        chance = self.world.chance
        place = chance.pick(self.world.municipalities)
        title = (
            f"Bündnistreffen {alliance.name}"
            if alliance
            else f"Strategietreffen der Bündnisse: {topic}"
        )
        return Meeting(
            public_id=chance.public_id(),
            alliance=alliance,
            series=self.series.get(alliance.pk if alliance else 0),
            kind=MeetingKind.ALLIANCE if alliance else MeetingKind.STRATEGY,
            title=title,
            motto=topic,
            topics=[topic],
            body=alliance.name if alliance else "Lokale Bündnisse für Familien",
            held_on=held_on,
            starts_at=time(chance.number(9, 17), 0),
            ends_at=None,
            place=f"{place.short_name}, Rathaus",
            territory=place,
            status=MeetingStatus.HELD,
            is_published=alliance is None and chance.happens(0.6),
        )

    def _attendances(self, draft: Draft, alliance: Alliance | None) -> None:
        members = (
            self.world.members_of[alliance.pk]
            if alliance
            else self.world.chance.sample(self.world.organisations, 14)
        )
        draft.write("Teilnehmende:")
        seen: set[int] = set()
        for organisation in members:
            for post in self.by_organisation.get(organisation.pk, [])[:1]:
                person = self.world.holder_of.get(post.pk)
                if person is None or person.pk in seen:
                    continue
                seen.add(person.pk)
                draft.write(f"{person.titled_name()}, {organisation.name}")
                draft.attendances.append(
                    Attendance(
                        meeting=draft.meeting,
                        position=len(seen),
                        person=person,
                        organisation=organisation,
                        name=person.full_name(),
                        academic_title=person.academic_title,
                        function=post.title,
                        organisation_words=organisation.name,
                        status=AttendanceStatus.EXCUSED
                        if self.world.chance.happens(0.1)
                        else AttendanceStatus.PRESENT,
                        is_chair=len(seen) == 1,
                        is_recorder=len(seen) == 2,
                    )
                )

    def _agenda(self, draft: Draft, topic: str) -> None:
        draft.write("Tagesordnung:")
        items = [
            words.AGENDA[0],
            *self.world.chance.sample(words.AGENDA[1:-1], 4),
            words.AGENDA[-1],
        ]
        for position, (title, kind) in enumerate(items, start=1):
            shown = title.format(topic=topic)
            draft.write(f"{position}. {shown}")
            draft.agenda.append(
                AgendaItem(
                    public_id=self.world.chance.public_id(),
                    meeting=draft.meeting,
                    position=position,
                    number=str(position),
                    title=shown,
                    kind=kind,
                )
            )

    def _passages(self, draft: Draft, alliance: Alliance | None, topic: str, tasks: int) -> None:
        chance = self.world.chance
        for kind, pattern in chance.sample(words.NOTES, chance.number(3, 6)):
            who = chance.pick(draft.attendances) if draft.attendances else None
            name = f"{who.academic_title} {who.name}".strip() if who else "Die Koordination"
            entry = self._entry(draft, EntryKind(kind), pattern.format(who=name, topic=topic))
            entry.speaker = who.person if who else None
            entry.speaker_words = name
        for pattern in chance.sample(words.DECISIONS, chance.number(1, 2)):
            self._decision(
                draft, self._entry(draft, EntryKind.DECISION, pattern.format(topic=topic))
            )
        for _number in range(max(1, tasks + chance.number(-2, 2))):
            kind, pattern = self._deed(alliance)
            entry = self._entry(draft, kind, pattern.format(topic=topic))
            draft.tasks.append((entry, self._task(draft, entry, alliance)))

    def _deed(self, alliance: Alliance | None) -> tuple[EntryKind, str]:
        chance = self.world.chance
        if chance.happens(0.15):
            return EntryKind.PROMISE, chance.pick(words.PROMISES)
        if alliance is None and chance.happens(0.3):
            return EntryKind.SUGGESTION, chance.pick(words.SUGGESTIONS)
        return EntryKind.TASK, chance.pick(words.TASKS)

    def _entry(self, draft: Draft, kind: EntryKind, text: str) -> MinutesEntry:
        start, end = draft.write(text)
        # The items between welcome and dates are spoken about in turn.
        talked = draft.agenda[1:-1]
        entry = MinutesEntry(
            public_id=self.world.chance.public_id(),
            meeting=draft.meeting,
            agenda_item=talked[len(draft.entries) * len(talked) // 12 % len(talked)],
            position=len(draft.entries) + 1,
            kind=kind,
            text=text,
            start=start,
            end=end,
        )
        draft.entries.append(entry)
        return entry

    def _decision(self, draft: Draft, entry: MinutesEntry) -> None:
        present = len(draft.attendances)
        against, abstained = self.world.chance.number(0, 2), self.world.chance.number(0, 2)
        done = self.world.chance.happens(0.5)
        draft.decisions.append(
            Decision(
                public_id=self.world.chance.public_id(),
                meeting=draft.meeting,
                entry=entry,
                text=entry.text,
                votes_yes=max(0, present - against - abstained),
                votes_no=min(against, present),
                votes_abstain=min(abstained, present),
                status=DecisionStatus.DONE if done else DecisionStatus.OPEN,
                status_on=self._later(draft.meeting.held_on, 300) if done else None,
                result=self.world.chance.pick(words.RESULTS) if done else "",
            )
        )

    def _task(self, draft: Draft, entry: MinutesEntry, alliance: Alliance | None) -> Task:
        chance, held_on = self.world.chance, draft.meeting.held_on
        status, closed_on, result = self._fate(held_on)
        holder = self.contact.get(alliance.pk) if alliance else self.office
        everyone = alliance is None and entry.kind == EntryKind.TASK and chance.happens(0.5)
        if alliance and chance.happens(0.4):
            members = self.world.members_of[alliance.pk]
            posts = self.by_organisation.get(chance.pick(members).pk, []) if members else []
            holder = posts[0] if posts else holder
        due = held_on + timedelta(days=chance.number(14, 200)) if chance.happens(0.7) else None
        return Task(
            public_id=chance.public_id(),
            kind=_TASK_KINDS[EntryKind(entry.kind)],
            title=entry.text[:300],
            holder=None if everyone else holder,
            for_all_alliances=everyone,
            alliance=alliance,
            due_on=due,
            due_words="" if due else "zur nächsten Sitzung",
            status=status,
            opened_on=held_on,
            closed_on=closed_on,
            result=result,
            created_at=_at(held_on, 12),
            **origin_of(draft.meeting, entry),
        )

    def _fate(self, held_on: date) -> tuple[TaskStatus, date | None, str]:
        """Old tasks are mostly done, some were dropped, some nobody ever closed."""
        chance = self.world.chance
        years = (self.world.today - held_on).days / 365
        if chance.happens(min(0.85, 0.25 + years / 8)):
            if chance.happens(0.1):
                return TaskStatus.DROPPED, self._later(held_on, 400), chance.pick(words.DROPPED)
            return TaskStatus.DONE, self._later(held_on, 250), chance.pick(words.RESULTS)
        return (TaskStatus.IN_PROGRESS if chance.happens(0.3) else TaskStatus.OPEN), None, ""

    def _later(self, day: date, most: int) -> date:
        return min(day + timedelta(days=self.world.chance.number(7, most)), self.world.today)

    def _planned(self) -> list[Draft]:
        """A few meetings that lie ahead."""
        drafts = []
        for number, alliance in enumerate([None, *self.lively[:5]]):
            day = self.world.today + timedelta(days=9 + number * 8)
            topic = self.world.chance.pick(words.TOPICS)
            meeting = self._meeting(alliance, day, topic)
            meeting.status, meeting.is_published = MeetingStatus.PLANNED, False
            draft = Draft(meeting)
            self._agenda(draft, topic)
            draft.text = ""
            drafts.append(draft)
        return drafts

    def _store(self, drafts: list[Draft]) -> None:
        save = self.world.save
        save(Meeting, [draft.meeting for draft in drafts])
        save(AgendaItem, [row for draft in drafts for row in draft.agenda])
        save(Attendance, [row for draft in drafts for row in draft.attendances])
        save(MinutesEntry, [row for draft in drafts for row in draft.entries])
        save(Decision, [row for draft in drafts for row in draft.decisions])
        save(Task, [task for draft in drafts for _entry, task in draft.tasks])
        for draft in drafts:
            draft.links = [EntryTask(entry=entry, task=task) for entry, task in draft.tasks]
        save(EntryTask, [link for draft in drafts for link in draft.links])
        held = [draft for draft in drafts if draft.text]
        save(Minutes, [self._minutes(draft) for draft in held])
        for draft in held:
            draft.attachments = self._attachments(draft)
        save(Attachment, [row for draft in held for row in draft.attachments])
        for draft, edition in zip(
            held, save(Edition, [self._edition(draft) for draft in held]), strict=True
        ):
            draft.meeting.edition = edition
        Meeting.objects.bulk_update([draft.meeting for draft in held], ["edition"], batch_size=500)
        for draft in held:
            if draft.meeting.is_published and draft.meeting.edition is not None:
                refresh(edition=draft.meeting.edition, now=draft.meeting.edition.created_at)

    @staticmethod
    def _minutes(draft: Draft) -> Minutes:
        return Minutes(
            meeting=draft.meeting,
            text=draft.text,
            text_sha256=sha256(draft.text + draft.meeting.public_id),
        )

    def _edition(self, draft: Draft) -> Edition:
        """Published minutes are approved ones; of the others most are approved, some are drafts."""
        meeting = draft.meeting
        edition = Edition(
            public_id=self.world.chance.public_id(),
            meeting=meeting,
            number=1,
            created_at=_at(meeting.held_on, 17),
        )
        if not (meeting.is_published or self.world.chance.happens(0.7)):
            return edition
        chair = next((row for row in draft.attendances if row.is_chair), None)
        approved_on = self._later(meeting.held_on, 60)
        edition.status = EditionStatus.PUBLISHED if meeting.is_published else EditionStatus.APPROVED
        edition.content = content_of(draft.parts())
        edition.text = text_of(edition.content)
        edition.text_sha256 = sha256(edition.text)
        edition.approver = chair.person if chair else None
        edition.approved_on, edition.approved_at = approved_on, _at(approved_on, 9)
        edition.approved_by = chair.name if chair else "Koordination"
        edition.approved_how = ApprovedHow.SIGNED_IN
        edition.published_at = _at(approved_on, 10) if meeting.is_published else None
        return edition

    def _attachments(self, draft: Draft) -> list[Attachment]:
        titles: list[Any] = self.world.chance.sample(
            ["Einladung", "Präsentation", "Teilnehmerliste", "Entwurf Faltblatt"], 2
        )
        return [
            Attachment(
                public_id=self.world.chance.public_id(),
                meeting=draft.meeting,
                number=place,
                title=title,
            )
            for place, title in enumerate(titles, start=1)
        ]


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
