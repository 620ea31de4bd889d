"""A published meeting as objects of OParl; the public copy of its minutes is all that is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from buendnisnetz.api.domain.objects import (
    OWN,
    Data,
    Draft,
    address,
    draft,
    moment,
    page,
    references,
)
from buendnisnetz.api.enums import PublicationKind as Kind
from buendnisnetz.meetings.enums import (
    AttendanceStatus,
    DecisionStatus,
    EntryKind,
    MeetingKind,
    MeetingStatus,
)

_STATES = {
    MeetingStatus.PLANNED: "terminiert",
    MeetingStatus.HELD: "durchgeführt",
    MeetingStatus.CANCELLED: "abgesagt",
}
_CAME = {AttendanceStatus.PRESENT, AttendanceStatus.GUEST}
_PDF = "application/pdf"


@dataclass(frozen=True)
class Settled:
    """How a decision stands today."""

    status: DecisionStatus
    since: date | None


@dataclass(frozen=True)
class PublishedMeeting:
    """What the objects of one meeting are made from."""

    public_id: str
    body: str
    # Public ids of the alliance or working group, or of the state's network.
    organizations: list[str]
    status: MeetingStatus
    content: Data
    # People who agree to be named today and whom the minutes know.
    people: list[str]
    number: int
    published_at: datetime | None
    paper_size: int | None
    paper_sha512: str | None
    # Primary keys of attachments by public id.
    attachments: Mapping[str, int]
    # By the public id of the entry.
    decisions: Mapping[str, Settled]


def objects_of(meeting: PublishedMeeting) -> list[Draft]:
    """The meeting with its place, files, agenda and decisions."""
    return _Writer(meeting).write()


class _Writer:
    def __init__(self, meeting: PublishedMeeting) -> None:
        self.meeting = meeting
        self.content = meeting.content
        self.drafts: list[Draft] = []
        self.own = address(Kind.MEETING, meeting.public_id)
        self.web = page("meetings:meeting_detail", meeting.public_id)
        self.organizations = references(Kind.ORGANIZATION, meeting.organizations)
        self.day = date.fromisoformat(meeting.content["held_on"])

    def write(self) -> list[Draft]:
        entries = [row for row in self.content["entries"] if row["kind"] == EntryKind.DECISION]
        place = self.location()
        paper = self.paper_file()
        files = [self.page_file(), *self.attachment_files()]
        self.decisions(entries, paper)
        items = [
            self.agenda_item(order, row, entries)
            for order, row in enumerate(self.content["agenda"])
        ]
        content = self.content
        self.add(
            Kind.MEETING,
            self.meeting.public_id,
            {
                "name": content["title"],
                "meetingState": _STATES[self.meeting.status],
                "cancelled": self.meeting.status == MeetingStatus.CANCELLED,
                "start": moment(self.day, content["starts_at"]),
                "end": moment(self.day, content["ends_at"]) if content["ends_at"] else None,
                "location": place,
                "organization": self.organizations,
                "participant": self.participants(),
                "resultsProtocol": paper,
                "auxiliaryFile": files,
                "agendaItem": items,
                "keyword": content["topics"],
                "web": self.web,
                f"{OWN}timeKnown": bool(content["starts_at"]),
                f"{OWN}kind": str(MeetingKind(content["kind"]).label),
                # An alliance that the public does not see is not named here either.
                f"{OWN}convenedBy": content["body"] if self.organizations else None,
            },
        )
        return self.drafts

    def add(self, kind: Kind, public_id: str, facts: Data) -> Data:
        row = draft(
            kind,
            public_id,
            self.meeting.body,
            facts,
            organizations=self.meeting.organizations,
            people=self.meeting.people,
        )
        self.drafts.append(row)
        return row.data

    def location(self) -> Data | None:
        place = self.content["place"]
        if not place:
            return None
        facts = {"description": place, "meetings": [self.own]}
        return self.add(Kind.LOCATION, f"{self.meeting.public_id}-ort", facts)

    def participants(self) -> list[str]:
        rows = self.content["attendance"]
        here = {row["person"] for row in rows if row["person"] and row["status"] in _CAME}
        return references(Kind.PERSON, here & set(self.meeting.people))

    def paper_file(self) -> Data:
        """The minutes as PDF: without size and checksum until the paper is printed."""
        where = page("meetings:minutes_paper", self.meeting.public_id, "pdf")
        version = f"-v{self.meeting.number}" if self.meeting.number > 1 else ""
        facts = {
            "name": _("Minutes"),
            "fileName": f"protokoll-{self.content['held_on']}{version}.pdf",
            "mimeType": _PDF,
            "date": self.published_on(),
            "size": self.meeting.paper_size,
            "sha512Checksum": self.meeting.paper_sha512,
            "accessUrl": where,
            "downloadUrl": where,
            "derivativeFile": [address(Kind.FILE, f"{self.meeting.public_id}-html")],
            "meeting": [self.own],
        }
        return self.add(Kind.FILE, f"{self.meeting.public_id}-pdf", facts)

    def page_file(self) -> Data:
        facts = {
            "name": _("Minutes as a page"),
            "mimeType": "text/html",
            "date": self.published_on(),
            "accessUrl": self.web,
            "masterFile": address(Kind.FILE, f"{self.meeting.public_id}-pdf"),
            "meeting": [self.own],
        }
        return self.add(Kind.FILE, f"{self.meeting.public_id}-html", facts)

    def published_on(self) -> str | None:
        at = self.meeting.published_at
        return at.date().isoformat() if at else None

    def attachment_files(self) -> list[Data]:
        """Only files that were opened to everybody."""
        return [
            self.attachment_file(row)
            for row in self.content["attachments"]
            if row.get("file_public")
            and row.get("sha256")
            and row["id"] in self.meeting.attachments
        ]

    def attachment_file(self, row: Data) -> Data:
        key = self.meeting.attachments[row["id"]]
        where = page("meetings:attachment_file", self.meeting.public_id, key)
        where += f"?fassung={row['sha256']}"
        facts = {
            "name": row["title"],
            "mimeType": row.get("media_type"),
            "size": row.get("size"),
            "accessUrl": where,
            "downloadUrl": where,
            "meeting": [self.own],
            f"{OWN}sha256Checksum": row["sha256"],
            f"{OWN}licence": row.get("licence"),
            f"{OWN}textAlternative": row.get("text_alternative"),
        }
        return self.add(Kind.FILE, row["id"], facts)

    def agenda_item(self, order: int, row: Data, entries: list[Data]) -> Data:
        decided = [entry for entry in entries if entry["item"] == row["id"]]
        clocks = {"start": row["starts_at"], "end": row["ends_at"]}
        facts = {
            "meeting": self.own,
            "number": row["number"],
            "order": order,
            "name": row["title"],
            "public": True,
            "consultation": address(Kind.CONSULTATION, decided[0]["id"]) if decided else None,
            "resolutionText": "\n\n".join(entry["text"] for entry in decided),
            "web": f"{self.web}#top-{row['id']}",
            **{name: moment(self.day, clock) for name, clock in clocks.items() if clock},
        }
        return self.add(Kind.AGENDA_ITEM, row["id"], facts)

    def decisions(self, entries: list[Data], paper: Data) -> None:
        """Each decision is a paper that this meeting settled, with its state today (S91)."""
        items = {row["id"] for row in self.content["agenda"]}
        for entry in entries:
            item = entry["item"] if entry["item"] in items else None
            consultation = self.add(
                Kind.CONSULTATION,
                entry["id"],
                {
                    "paper": address(Kind.PAPER, entry["id"]),
                    "agendaItem": address(Kind.AGENDA_ITEM, item) if item else None,
                    "meeting": self.own,
                    "organization": self.organizations,
                    "authoritative": True,
                    "role": "Beschlussfassung",
                },
            )
            self.decision_paper(entry, consultation, paper)

    def decision_paper(self, entry: Data, consultation: Data, paper: Data) -> None:
        text = entry["text"]
        settled = self.meeting.decisions.get(entry["id"])
        facts = {
            "body": address(Kind.BODY, self.meeting.body),
            "name": shortened(text),
            "date": self.day.isoformat(),
            "paperType": "Beschluss",
            "mainFile": paper,
            "originatorOrganization": self.organizations,
            "consultation": [consultation],
            "web": f"{self.web}#e-{entry['id']}",
            f"{OWN}text": text,
            f"{OWN}votes": entry["votes"],
            f"{OWN}decisionState": settled.status.lower() if settled else None,
            f"{OWN}decisionStateSince": settled.since.isoformat()
            if settled and settled.since
            else None,
        }
        self.add(Kind.PAPER, entry["id"], facts)


def shortened(text: str, limit: int = 160) -> str:
    """The beginning of a text, in whole words."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0] + " …"
