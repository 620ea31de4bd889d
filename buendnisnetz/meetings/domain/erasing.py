"""Taking an erased person's name out of meetings, minutes, imports and editions (GDPR Art. 17).

What happened stays; the name goes from rows, history, stored text and index. Texts that passages
point into keep their length, so every passage stays where it is. Documents as they were handed in
and printed papers cannot be changed: their bytes go, the papers are printed anew. The checksum of
what was approved stays as the fact it is.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, TextField
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from buendnisnetz.core.queue import enqueue
from buendnisnetz.files.store import forget_content
from buendnisnetz.meetings.domain.editions.public import refresh
from buendnisnetz.meetings.enums import EditionStatus
from buendnisnetz.meetings.models import (
    AgendaItem,
    AgendaSpeaker,
    ApprovalRequest,
    Attachment,
    Attendance,
    ChangeRequest,
    Consultee,
    DatePoll,
    Decision,
    Delivery,
    Edition,
    Meeting,
    MeetingInvitation,
    MeetingSeries,
    MeetingTemplate,
    Minutes,
    MinutesEntry,
    MinutesImport,
    PollInvitee,
    Proposal,
    StandingItem,
    StandingOmission,
    TemplateItem,
)
from buendnisnetz.network.domain.erasure import Erasure, event_model, scrub_texts
from buendnisnetz.network.models import Person

# Minutes are records: the names of those who were there are kept as long as books are (10 years).
KEPT_YEARS = 10
_BLACK = "█"
_TEXTS: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (Meeting, ("title", "body", "motto", "topics", "place")),
    (MeetingSeries, ("name",)),
    (AgendaItem, ("title",)),
    (AgendaSpeaker, ("name", "function")),
    (Attendance, ("name", "function", "organisation_words")),
    (Attachment, ("title", "author", "text_alternative")),
    (MinutesEntry, ("text", "speaker_words")),
    (Decision, ("text", "result")),
    (Edition, ("reason", "approved_by")),
    (ChangeRequest, ("passage", "words", "proposed_words", "answer")),
    (Consultee, ("name", "email")),
    (ApprovalRequest, ("email", "words")),
    (Delivery, ("name",)),
    (DatePoll, ("title", "words", "place")),
    (PollInvitee, ("name", "email", "words")),
    (StandingItem, ("title",)),
    (StandingOmission, ("reason",)),
    (MeetingTemplate, ("name", "title", "place")),
    (TemplateItem, ("title",)),
    (MeetingInvitation, ("name", "email", "deputy_name", "words")),
)


def scrub(erasure: Erasure) -> None:
    """Replace the name everywhere in this room; inside the erasure's transaction."""
    with connection.cursor() as cursor:
        # Only for this transaction: frozen editions let the name go.
        cursor.execute("SET LOCAL buendnisnetz.erasing = 'on'")
    here = _meetings_of(erasure.person_id)
    for model, fields in _TEXTS:
        scrub_texts(model, fields, erasure)
    Attendance.objects.filter(person=erasure.person_id).update(
        name=erasure.replacement, academic_title=""
    )
    AgendaSpeaker.objects.filter(person=erasure.person_id).update(name=erasure.replacement)
    _blacken_texts(erasure, here)
    _scrub_proposals(erasure)
    _scrub_editions(erasure, here)


def needed_people(people: Iterable[int], today: date) -> set[int]:
    """Those of the given people who attended a meeting that is a record still to be kept."""
    since = today.replace(year=today.year - KEPT_YEARS, day=min(today.day, 28))
    rows = Attendance.objects.filter(person__in=list(people), meeting__held_on__gte=since)
    return set(rows.order_by().values_list("person", flat=True))


def _meetings_of(person: int) -> set[int]:
    """Meetings whose texts name this person, by attendance, speech or agenda."""
    rows = Meeting.objects.filter(
        Q(attendances__person=person)
        | Q(entries__speaker=person)
        | Q(agenda__speakers__person=person)
    )
    return set(rows.order_by().values_list("pk", flat=True))


def _pattern(erasure: Erasure) -> str:
    """The name in all its forms, as a pattern that Python and PostgreSQL read alike."""
    return rf"(?<!\w)(?:{'|'.join(_loose(text) for text in erasure.texts)})(?!\w)"


def _loose(text: str) -> str:
    """In tables a tab, in torn lines a line break may stand for the blank or the comma."""
    return re.sub(r",?\\ ", r"[,\\s]+", re.escape(text))


def _blacken_texts(erasure: Erasure, here: set[int]) -> None:
    pattern = re.compile(_pattern(erasure), re.IGNORECASE)

    def black(text: str) -> str:
        return pattern.sub(lambda found: _BLACK * len(found.group()), text)

    for minutes in Minutes.objects.filter(meeting__in=here).select_related("file"):
        text = black(minutes.text)
        if text != minutes.text:
            minutes.text = text
            minutes.save(update_fields=["text"])
            if minutes.file is not None:
                forget_content(stored=minutes.file)
            for event in event_model(Minutes)._default_manager.filter(pgh_obj_id=minutes.pk):
                event.text = black(event.text)
                event.save(update_fields=["text"])
    found = MinutesImport.objects.filter(text__iregex=pattern.pattern).select_related("file")
    for row in found:
        MinutesImport.objects.filter(pk=row.pk).update(text=black(row.text))
        forget_content(stored=row.file)


def _scrub_proposals(erasure: Erasure) -> None:
    hide = _replacer(erasure)
    Proposal.objects.filter(person=erasure.person_id).update(person=None)
    for table in (Proposal, event_model(Proposal)):
        written = Concat(Cast("data", TextField()), Cast("original", TextField()))
        rows = table._default_manager.annotate(written=written)
        for row in rows.filter(written__iregex=_pattern(erasure)):
            table._default_manager.filter(pk=row.pk).update(
                data=_mapped(row.data, hide), original=_mapped(row.original, hide)
            )


def _scrub_editions(erasure: Erasure, here: set[int]) -> None:
    hide, now = _replacer(erasure), timezone.now()
    key = Person.objects.values_list("public_id", flat=True).get(pk=erasure.person_id)
    for edition in Edition.objects.filter(meeting__in=here).select_related("meeting", "paper"):
        content = _without(_mapped(edition.content, hide), key, erasure.replacement)
        text = hide(edition.text)
        if content != edition.content or text != edition.text:
            Edition.objects.filter(pk=edition.pk).update(content=content, text=text, paper=None)
            edition.content, edition.text = content, text
            if edition.paper is not None:
                forget_content(stored=edition.paper)
            enqueue("meetings.print_edition", edition=edition.pk)
        if edition.status == EditionStatus.PUBLISHED:
            refresh(edition=edition, now=now)


def _without(content: dict[str, Any], person: str, replacement: str) -> dict[str, Any]:
    """Wherever the content keeps the person's id, the name beside it goes, however it was written."""
    for row in content.get("attendance", []):
        if row["person"] == person:
            row.update(name=replacement, title="")
    for item in content.get("agenda", []):
        for speaker in item["speakers"]:
            if speaker["person"] == person:
                speaker["name"] = replacement
    for entry in content.get("entries", []):
        if entry["speaker_person"] == person:
            entry["speaker"] = replacement
    return content


def _replacer(erasure: Erasure) -> Callable[[str], str]:
    pattern = re.compile(_pattern(erasure), re.IGNORECASE)
    return lambda text: pattern.sub(erasure.replacement, text)


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """The same JSON value with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    return value
