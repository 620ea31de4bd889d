"""What a line of the minutes says: who is to do it, until when (S117)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import Attendance, Meeting, MinutesEntry
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Post, Term
from buendnisnetz.reader import read_deed, resolve_due

DEEDS = frozenset({EntryKind.TASK, EntryKind.PROMISE, EntryKind.SUGGESTION})
_ALL = re.compile(r"\b(?:alle|die) (?:lokalen )?bündnisse", re.IGNORECASE)
_OFFICE = re.compile(r"koordin\w*stelle", re.IGNORECASE)


@dataclass(frozen=True)
class Understood:
    """Who and until when; ``holder`` is the post that will have the task, if it is known."""

    who: str = ""
    holder: Post | None = None
    all_alliances: bool = False
    due_on: date | None = None
    due_words: str = ""
    waits_for: str = ""


class Understander:
    """Understands the lines of one meeting; posts, and people unless they are given, are read once, in a
    query each, as soon as a line asks for them."""

    def __init__(self, meeting: Meeting, attendances: list[Attendance] | None = None) -> None:
        self.meeting = meeting
        if attendances is not None:
            self.attendances = attendances
        self._posts: dict[int, Post] | None = None
        self._office: Post | None = None

    @cached_property
    def attendances(self) -> list[Attendance]:
        return _ATTENDANCES.rows(meeting=self.meeting.pk)

    @cached_property
    def names(self) -> list[str]:
        return [row.name for row in self.attendances]

    def read(self, text: str) -> Understood:
        """What a line says; nothing is guessed."""
        deed = read_deed(text, self.names, self.meeting.held_on)
        due_on = self._day(deed.due)
        words = "" if due_on and due_on.isoformat() == deed.due else deed.due
        when = (due_on, words, deed.waits_for)
        if deed.who:
            return Understood(deed.who, self._post_of(deed.who), False, *when)
        if _OFFICE.search(text):
            office = self._coordination_office()
            return Understood(str(office or ""), office, False, *when)
        everyone = self.meeting.alliance_id is None and bool(_ALL.search(text))
        return Understood("", None, everyone, *when)

    def _day(self, due: str) -> date | None:
        if not due:
            return None
        try:
            return date.fromisoformat(due)
        except ValueError:
            return resolve_due(due, self.meeting.held_on, self.meeting.next_meeting_on)

    def _post_of(self, name: str) -> Post | None:
        row = next((row for row in self.attendances if row.name == name), None)
        if row is None or row.person_id is None:
            return None
        if self._posts is None:
            known = [row.person_id for row in self.attendances if row.person_id]
            self._posts = _posts_on(known, self.meeting.held_on)
        return self._posts.get(row.person_id)

    def _coordination_office(self) -> Post | None:
        if self._office is None:
            posts = Post.objects.filter(
                organisation__kind=OrganisationKind.COORDINATION_OFFICE, valid_to=None
            ).exclude(kind=PostKind.STAFF)
            self._office = posts.order_by("-is_contact", "pk").first()
        return self._office


def people() -> QuerySet[Attendance]:
    """Who was at the meeting in the slot ``meeting``, as far as an :class:`Understander` asks."""
    rows = Attendance.objects.filter(meeting=Slot("meeting")).only("meeting", "person", "name")
    return rows.order_by("position", "pk")


_ATTENDANCES = Question(people)


def _posts_on(known: Sequence[int], day: date) -> dict[int, Post]:
    """The first post that each of these people held on a day, official contacts before others."""
    found: dict[int, Post] = {}
    terms = Term.objects.as_of(day).filter(person__in=known).select_related("post")
    for term in terms.order_by("is_acting", "-post__is_contact", "pk"):
        found.setdefault(term.person_id, term.post)
    return found


def of_entries(
    understander: Understander, entries: Sequence[MinutesEntry]
) -> dict[str, Understood]:
    """What the tasks, promises and suggestions among these entries say, by public id."""
    return {
        entry.public_id: understander.read(entry.text)
        for entry in entries
        if entry.kind in DEEDS and entry.text
    }
