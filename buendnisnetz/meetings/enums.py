"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingKind(models.TextChoices):
    """What kind of meeting it is (S02)."""

    STRATEGY = "STRATEGY", _("strategy meeting")
    ALLIANCE = "ALLIANCE", _("alliance meeting")
    STEERING_GROUP = "STEERING_GROUP", _("steering group")
    WORKING_GROUP = "WORKING_GROUP", _("working group")
    PROJECT_GROUP = "PROJECT_GROUP", _("project group")
    ADVISORY_BOARD = "ADVISORY_BOARD", _("advisory board")
    FOUNDING = "FOUNDING", _("founding meeting")
    EXCHANGE = "EXCHANGE", _("exchange of experience")
    OTHER = "OTHER", _("other")


class MeetingStatus(models.TextChoices):
    PLANNED = "PLANNED", _("planned")
    HELD = "HELD", _("held")
    CANCELLED = "CANCELLED", _("cancelled")


class AttendanceStatus(models.TextChoices):
    PRESENT = "PRESENT", _("present")
    GUEST = "GUEST", _("guest")
    EXCUSED = "EXCUSED", _("excused")
    ABSENT = "ABSENT", _("absent")


class AgendaItemKind(models.TextChoices):
    """What an agenda item is (S05)."""

    WELCOME = "WELCOME", _("welcome")
    INPUT = "INPUT", _("input")
    REPORT = "REPORT", _("report")
    DISCUSSION = "DISCUSSION", _("discussion")
    WORKSHOP = "WORKSHOP", _("workshop")
    DECISION = "DECISION", _("decision")
    FORMALITY = "FORMALITY", _("formality")
    OTHER = "OTHER", _("other")


class EntryKind(models.TextChoices):
    """What an entry of the minutes is (S54)."""

    NOTE = "NOTE", _("note")
    CONTRIBUTION = "CONTRIBUTION", _("contribution")
    QUESTION = "QUESTION", _("question")
    ANSWER = "ANSWER", _("answer")
    HINT = "HINT", _("hint")
    DEMAND = "DEMAND", _("demand")
    REPORT = "REPORT", _("report")
    RESULT = "RESULT", _("result")
    DECISION = "DECISION", _("decision")
    TASK = "TASK", _("task")
    PROMISE = "PROMISE", _("promise")
    SUGGESTION = "SUGGESTION", _("suggestion")


class DecisionStatus(models.TextChoices):
    """A decision lives until somebody shows that it is done."""

    OPEN = "OPEN", _("in force, open")
    DONE = "DONE", _("carried out")
    REPEALED = "REPEALED", _("repealed")


class ImportStatus(models.TextChoices):
    """The stages of an import."""

    RECEIVED = "RECEIVED", _("received")
    READY = "READY", _("ready for review")
    FAILED = "FAILED", _("cannot be read")
    CONFIRMED = "CONFIRMED", _("taken over")
    UNDONE = "UNDONE", _("taken back")
    DISCARDED = "DISCARDED", _("discarded")


IMPORT_TRANSITIONS: dict[ImportStatus, frozenset[ImportStatus]] = {
    ImportStatus.RECEIVED: frozenset(
        {ImportStatus.READY, ImportStatus.FAILED, ImportStatus.DISCARDED}
    ),
    ImportStatus.READY: frozenset({ImportStatus.CONFIRMED, ImportStatus.DISCARDED}),
    ImportStatus.FAILED: frozenset({ImportStatus.DISCARDED}),
    ImportStatus.CONFIRMED: frozenset({ImportStatus.UNDONE}),
    ImportStatus.UNDONE: frozenset({ImportStatus.READY, ImportStatus.DISCARDED}),
    ImportStatus.DISCARDED: frozenset(),
}


class FindingKind(models.TextChoices):
    """What a proposal of the reader is about."""

    FIELD = "FIELD", _("about the meeting")
    ORGANISATION = "ORGANISATION", _("organisation")
    PARTICIPANT = "PARTICIPANT", _("participant")
    AGENDA = "AGENDA", _("agenda")
    DECISION = "DECISION", _("decision")
    TASK = "TASK", _("task, promise or suggestion")
    ENTRY = "ENTRY", _("contribution")
    ATTACHMENT = "ATTACHMENT", _("attachment")
    QUERY = "QUERY", _("query")


class Verdict(models.TextChoices):
    """What a person decided about a proposal."""

    PROPOSED = "PROPOSED", _("to be decided")
    ACCEPTED = "ACCEPTED", _("accepted")
    DROPPED = "DROPPED", _("dropped")
