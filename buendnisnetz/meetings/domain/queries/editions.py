"""Reading editions: what may be read by whom, as page or paper, and passages of earlier versions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from buendnisnetz.core.questions import Compiled, Question, Slot
from buendnisnetz.core.together import together
from buendnisnetz.meetings.domain.editions.content import Content
from buendnisnetz.meetings.domain.editions.layout import Signature
from buendnisnetz.meetings.domain.editions.names import hider_for
from buendnisnetz.meetings.domain.editions.papers import (
    current_content,
    public_signature,
    signature_of,
)
from buendnisnetz.meetings.enums import EditionStatus
from buendnisnetz.meetings.models import (
    ApprovalRequest,
    Attachment,
    ChangeRequest,
    Consultee,
    Distribution,
    Edition,
    Meeting,
    MinutesEntry,
    PublicMinutes,
)
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.models import Person, Term

# Whose holders approve for the whole state.
_HEADS = (PostKind.MINISTER, PostKind.HEAD, PostKind.CHAIR)


@dataclass(frozen=True)
class Paper:
    """What a paper is made of; ``printed`` are the bytes of the stored PDF, if there are any."""

    content: Content
    signature: Signature
    printed: bytes | None
    written_at: datetime

    def name(self, ending: str) -> str:
        """A file name without anything that a title may give away."""
        number = self.signature.number
        version = f"-v{number}" if number > 1 else ""
        return f"protokoll-{self.content['held_on']}{version}.{ending}"


@dataclass(frozen=True)
class EarlierPassage:
    """A passage as an earlier version had it."""

    text: str
    number: int
    reason: str


def paper_of(meeting: Meeting, *, inside: bool) -> Paper | None:
    """The newest minutes in full, or the public copy; None if there is nothing to read."""
    if not inside:
        copy = (
            PublicMinutes.objects.filter(meeting=meeting).select_related("edition__meeting").first()
        )
        if copy is None:
            return None
        printed = bytes(copy.paper) if copy.paper is not None else None
        return Paper(copy.content, public_signature(copy), printed, copy.changed_at)
    edition: Edition | None = (
        Edition.objects.filter(meeting=meeting)
        .select_related("meeting", "paper")
        .order_by("-number")
        .first()
    )
    if edition is None:
        return None
    stored = edition.paper.content.read() if edition.paper else None
    written_at = edition.approved_at or edition.created_at
    return Paper(current_content(edition), signature_of(edition), stored, written_at)


def stands_in_public(meeting: Meeting, entry: str) -> bool:
    """Whether the public copy of a meeting's minutes holds this passage (public id)."""
    return PublicMinutes.objects.filter(
        meeting=meeting, content__entries__contains=[{"id": entry}]
    ).exists()


def earlier_passage(entry: MinutesEntry, *, inside: bool) -> EarlierPassage | None:
    """The passage in the newest frozen version that holds it; for the public only if that version
    was published, and without names."""
    rows: Any = Edition.objects.filter(
        meeting=entry.meeting_id,
        status__in=[EditionStatus.APPROVED, EditionStatus.PUBLISHED, EditionStatus.REPLACED],
        content__entries__contains=[{"id": entry.public_id}],
    ).order_by("-number")
    if not inside:
        rows = rows.filter(published_at__isnull=False)
    edition = rows.first()
    if edition is None:
        return None
    row = next(row for row in edition.content["entries"] if row["id"] == entry.public_id)
    hidden_items = {item["id"] for item in edition.content["agenda"] if item["internal"]}
    if not inside and (row["internal"] or row["item"] in hidden_items):
        return None
    text = row["text"] if inside else hider_for(edition.content)(row["text"])
    return EarlierPassage(text, edition.number, edition.reason)


@dataclass(frozen=True)
class Way:
    """Where a meeting's minutes stand and how they came there."""

    # The meeting's public id.
    meeting_id: str
    newest: Edition | None
    editions: list[Edition]
    consultees: list[Consultee]
    requests: list[ChangeRequest]
    approval: ApprovalRequest | None
    distributions: list[Distribution]
    days_to_approval: int | None


def way_of(meeting: Meeting) -> Way:
    """Everything for the page about the way of minutes; six queries."""
    editions: list[Edition] = _EDITIONS.rows(meeting=meeting.pk)
    newest = editions[0] if editions else None
    begun = {"edition": newest.pk} if newest else None
    frozen = [row for row in editions if row.approved_on is not None]
    first = frozen[-1] if frozen else None
    sent: list[Distribution] = _SENT.rows(meeting=meeting.pk)
    prefetch_related_objects(sent, "deliveries__message")
    return Way(
        meeting_id=meeting.public_id,
        newest=newest,
        editions=editions,
        consultees=_CONSULTEES.rows(**begun) if begun else [],
        requests=_WISHES.rows(**begun) if begun else [],
        approval=_ASKED.row(**begun) if begun else None,
        distributions=sent,
        days_to_approval=(first.approved_on - meeting.held_on).days
        if first and first.approved_on
        else None,
    )


_EDITIONS = Question(
    lambda: (
        Edition.objects.filter(meeting=Slot("meeting"))
        .select_related("approver", "paper")
        .defer("content", "text")
        .order_by("-number")
    )
)
_CONSULTEES = Question(
    lambda: Consultee.objects.filter(edition=Slot("edition")).order_by("name", "pk")
)
_WISHES = Question(
    lambda: (
        ChangeRequest.objects.filter(edition=Slot("edition"))
        .select_related("entry", "proposed_by")
        .order_by("status", "pk")
    )
)
_ASKED = Question(
    lambda: (
        ApprovalRequest.objects.filter(edition=Slot("edition"))
        .select_related("person")
        .order_by("-pk")[:1]
    )
)
_SENT = Question(
    lambda: (
        Distribution.objects.filter(edition__meeting=Slot("meeting"))
        .select_related("sent_by")
        .order_by("-sent_at", "-pk")
    )
)


def edition_of(meeting: Meeting, number: int) -> Edition | None:
    """One version of a meeting's minutes; its meeting is the given one."""
    found: Edition | None = _EDITION.row(meeting=meeting.pk, number=number)
    if found is not None:
        found.meeting = meeting
    return found


_EDITION = Question(lambda: Edition.objects.filter(meeting=Slot("meeting"), number=Slot("number")))


def public_copy(meeting: Meeting) -> PublicMinutes | None:
    """What everybody reads of a meeting's minutes, with facts about their edition; None where they are
    not published."""
    found: PublicMinutes | None = _COPY.row(meeting=meeting.pk)
    return found


_COPY = Question(
    lambda: (
        PublicMinutes.objects.filter(meeting=Slot("meeting"))
        .select_related("edition")
        .defer("paper", "edition__content", "edition__text")
    )
)


def passages_of(meeting: Meeting) -> tuple[list[MinutesEntry], list[int]]:
    """What a meeting's text was cut into, in the order of the text, and the numbers of the attachments
    that it may cite."""
    parts = _PASSAGES.row(meeting=meeting.pk)
    return parts["entries"], [row["number"] for row in parts["attachments"]]


def _passages() -> Compiled:
    entries = MinutesEntry.objects.filter(meeting=Slot("meeting"))
    return together(
        entries=entries.only("public_id", "kind", "text", "start", "end").order_by(
            "start", "position"
        ),
        attachments=Attachment.objects.filter(meeting=Slot("meeting")).values("number"),
    )


_PASSAGES = Question(_passages)


def published_edition(meeting: Meeting) -> Edition:
    """The version that the public reads. Raises Edition.DoesNotExist."""
    found: Edition = meeting.editions.get(status=EditionStatus.PUBLISHED)
    return found


def possible_approvers(meeting: Meeting, user: Any) -> QuerySet[Person]:
    """People who may approve: those who were there, and whoever holds a post of the body today."""
    today = timezone.localdate()
    terms = Term.objects.visible_to(user).as_of(today)
    body = Q(post__working_group=meeting.working_group) if meeting.working_group else Q(pk__in=[])
    if meeting.alliance:
        body |= Q(post__alliance=meeting.alliance)
    if not meeting.alliance and not meeting.working_group:
        body |= Q(post__kind__in=_HEADS)
    came = meeting.attendances.exclude(person=None).order_by().values("person")
    condition = Q(pk__in=came) | Q(pk__in=terms.filter(body).order_by().values("person"))
    rows: QuerySet[Person] = Person.objects.filter(condition, erased_at=None)
    return rows.order_by("sort_key", "pk")


def heads_among(meeting: Meeting, user: Any) -> QuerySet[Any] | None:
    """Those of :func:`possible_approvers` who are at the head of something, in no order: there may be
    thousands. None where an alliance or a group met."""
    if meeting.alliance or meeting.working_group:
        return None
    heads = _heads(user, timezone.localdate()).filter(person__erased_at=None)
    found: QuerySet[Any] = heads.values("person").distinct()
    return found


def people_at_the_head(user: Any, today: date) -> QuerySet[Person]:
    """Who may approve the minutes of the whole state; the suggestions while somebody types."""
    rows: QuerySet[Person] = Person.objects.filter(pk__in=_heads(user, today).values("person"))
    return rows.filter(erased_at=None)


def _heads(user: Any, today: date) -> QuerySet[Term]:
    terms: QuerySet[Term] = Term.objects.visible_to(user).as_of(today)
    return terms.filter(post__kind__in=_HEADS).order_by()
