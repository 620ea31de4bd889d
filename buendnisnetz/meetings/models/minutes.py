"""Minutes: the text that was written, its entries by kind, decisions, and the tasks that came of it."""

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.conditions import of_each
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.core.search import SearchField, SearchKeyField, SearchQuerySet, search_indexes
from buendnisnetz.files.models import StoredFile
from buendnisnetz.meetings.enums import DecisionStatus, EntryKind
from buendnisnetz.meetings.models.meeting import AgendaItem, Meeting
from buendnisnetz.network.models import Person
from buendnisnetz.tasks.models import Task

# An origin is of the meeting that its entry is of, whoever writes either of them.
_NAME_MEETING = """
SELECT meeting_id INTO NEW.meeting_id FROM meetings_minutesentry WHERE id = NEW.entry_id;
RETURN NEW;
"""
_TAKE_ORIGINS_ALONG = """
UPDATE meetings_entrytask SET meeting_id = NEW.meeting_id WHERE entry_id = NEW.id;
RETURN NULL;
"""


@tracked()
class Minutes(models.Model):
    """The text of a meeting's minutes, as a person reads it; all passages point into it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    text = models.TextField(_("text"))
    text_sha256 = models.CharField(_("checksum of the text"), max_length=64, unique=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="minutes"
    )

    class Meta:
        verbose_name = _("minutes")

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class OfMeetingQuerySet(SearchQuerySet):
    """For rows that are seen by whoever reads the contents of their meeting."""

    def visible_to(self, user: Any) -> Self:
        if access_of(user).sees_whole_state:
            return self
        return self.filter(meeting__in=Meeting.objects.inside_for(user).order_by().values("pk"))

    def visible_one_by_one(self, user: Any) -> Self:
        """The same rows for whoever reads only the first of them: each is asked for alone."""
        if access_of(user).sees_whole_state:
            return self
        meetings = Meeting.objects.inside_for(user).order_by().filter(of_each("pk", "meeting"))
        return self.filter(Exists(meetings))


@tracked(exclude=("change_number",))
class MinutesEntry(PublicId, Versioned):
    """One passage of the minutes and what it is (S54).

    ``start`` and ``end`` cut it out of the minutes' text; entries written by hand have none.
    ``position`` leaves room between entries. An entry whose ``text`` is empty was taken out: it
    stays as a row, so that words that somebody else wrote meanwhile are not lost.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=14, choices=EntryKind.choices)
    text = models.TextField(_("text"))
    start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    speaker = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    speaker_words = models.CharField(_("speaker as written"), max_length=160, blank=True)
    answers = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("answers"),
    )
    is_internal = models.BooleanField(_("not for the public"), default=False)
    # The meeting's change number when this entry last changed.
    change_number = models.PositiveBigIntegerField(default=0, editable=False)
    search_key = SearchKeyField(source="text")
    search_vector = SearchField()

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the minutes")
        constraints = [
            models.CheckConstraint(
                name="meetings_entry_whole_passage",
                condition=Q(start=None, end=None) | Q(start__lt=models.F("end")),
            ),
        ]
        indexes = [
            *search_indexes("entry"),
            models.Index(fields=["meeting", "position"], name="entry_meeting"),
            models.Index(fields=["meeting", "change_number"], name="entry_changes"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="origins_follow",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.AnyChange("meeting"),
                func=_TAKE_ORIGINS_ALONG,
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.text]}


@tracked()
class Decision(PublicId):
    """What was decided, how the votes fell, and whether it has been carried out (S91)."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, db_index=False, related_name="decisions"
    )
    entry = models.OneToOneField(
        MinutesEntry, on_delete=models.CASCADE, null=True, blank=True, related_name="decision"
    )
    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    text = models.TextField(_("text"))
    votes_yes = models.PositiveSmallIntegerField(_("yes"), null=True, blank=True)
    votes_no = models.PositiveSmallIntegerField(_("no"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    votes_missing = models.PositiveSmallIntegerField(_("did not vote"), null=True, blank=True)
    status = models.CharField(
        _("state"), max_length=10, choices=DecisionStatus.choices, default=DecisionStatus.OPEN
    )
    status_on = models.DateField(_("state since"), null=True, blank=True)
    result = models.TextField(_("what became of it"), blank=True)
    search_key = SearchKeyField(source="text")
    search_vector = SearchField()

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        constraints = [
            models.CheckConstraint(
                name="meetings_decision_done_with_proof",
                condition=Q(status=DecisionStatus.OPEN)
                | (~Q(result="") & Q(status_on__isnull=False)),
                violation_error_message=_(
                    "Please say how it was carried out or why it was repealed."
                ),
            ),
        ]
        indexes = [
            *search_indexes("decision"),
            models.Index(fields=["meeting", "status"], name="decision_meeting"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.text], "C": [self.result]}


class EntryTask(models.Model):
    """A task came out of an entry of the minutes: the thread in both directions (S117).

    ``meeting`` is the entry's, so that the tasks of many meetings are found without reading their
    entries; triggers enter it.
    """

    entry = models.ForeignKey(MinutesEntry, on_delete=models.CASCADE, related_name="task_links")
    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="entry_link")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, editable=False, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name = _("origin of a task")
        indexes = [models.Index(fields=["meeting", "task"], name="entrytask_meeting")]
        triggers = [
            pgtrigger.Trigger(
                name="of_meeting",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=_NAME_MEETING,
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.task_id}"


class WriteOperation(models.Model):
    """A change that a writing page sent, so that sending it twice changes nothing twice."""

    key = models.UUIDField(primary_key=True)
    entry = models.ForeignKey(MinutesEntry, on_delete=models.CASCADE, related_name="operations")
    done_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("change sent by a writing page")

    def __str__(self) -> str:
        return str(self.key)
