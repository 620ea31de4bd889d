"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class EditionStatus(models.TextChoices):
    """The way of minutes from the first word to the public (S10)."""

    DRAFT = "DRAFT", pgettext_lazy("minutes", "draft")
    CONSULTATION = "CONSULTATION", pgettext_lazy("minutes", "in consultation")
    APPROVED = "APPROVED", pgettext_lazy("minutes", "approved")
    PUBLISHED = "PUBLISHED", pgettext_lazy("minutes", "published")
    REPLACED = "REPLACED", pgettext_lazy("minutes", "replaced by a corrected version")


EDITION_TRANSITIONS: dict[EditionStatus, frozenset[EditionStatus]] = {
    EditionStatus.DRAFT: frozenset({EditionStatus.CONSULTATION, EditionStatus.APPROVED}),
    EditionStatus.CONSULTATION: frozenset({EditionStatus.DRAFT, EditionStatus.APPROVED}),
    EditionStatus.APPROVED: frozenset({EditionStatus.PUBLISHED, EditionStatus.REPLACED}),
    # Taken back from the public, or replaced in public by a newer one.
    EditionStatus.PUBLISHED: frozenset({EditionStatus.APPROVED, EditionStatus.REPLACED}),
    EditionStatus.REPLACED: frozenset(),
}
# Open to writing; everything else is frozen.
WRITABLE: frozenset[EditionStatus] = frozenset({EditionStatus.DRAFT, EditionStatus.CONSULTATION})


class ApprovedHow(models.TextChoices):
    """How somebody said yes to minutes."""

    SIGNED_IN = "SIGNED_IN", _("signed in")
    LINK = "LINK", _("by mail link and second factor")
    RECORDED = "RECORDED", _("on paper, recorded here")


class RequestStatus(models.TextChoices):
    """What became of a wish to change a passage."""

    OPEN = "OPEN", _("open")
    ACCEPTED = "ACCEPTED", _("taken over")
    DECLINED = "DECLINED", _("declined")


class PollStatus(models.TextChoices):
    """The way of a date poll."""

    OPEN = "OPEN", pgettext_lazy("poll", "open")
    DECIDED = "DECIDED", pgettext_lazy("poll", "decided")
    CANCELLED = "CANCELLED", pgettext_lazy("poll", "cancelled")


POLL_TRANSITIONS: dict[PollStatus, frozenset[PollStatus]] = {
    PollStatus.OPEN: frozenset({PollStatus.DECIDED, PollStatus.CANCELLED}),
    PollStatus.DECIDED: frozenset(),
    PollStatus.CANCELLED: frozenset({PollStatus.OPEN}),
}


class PollAnswerKind(models.TextChoices):
    YES = "YES", pgettext_lazy("poll", "yes")
    MAYBE = "MAYBE", pgettext_lazy("poll", "if need be")
    NO = "NO", pgettext_lazy("poll", "no")


class Reply(models.TextChoices):
    """What an invited post answered."""

    OPEN = "OPEN", pgettext_lazy("invitation", "no answer yet")
    YES = "YES", pgettext_lazy("invitation", "comes")
    DEPUTY = "DEPUTY", pgettext_lazy("invitation", "sends somebody")
    NO = "NO", pgettext_lazy("invitation", "does not come")


class PapersSent(models.TextChoices):
    """How an invitation brings the papers along."""

    LINK = "LINK", _("behind the link in the mail")
    FILE = "FILE", _("as files in the mail")
    NONE = "NONE", _("not at all")


class Rhythm(models.TextChoices):
    """How often a series meets."""

    NONE = "", _("as needed")
    WEEKLY = "WEEKLY", _("every week")
    MONTHLY = "MONTHLY", _("every month")
    QUARTERLY = "QUARTERLY", _("every quarter")
    HALF_YEARLY = "HALF_YEARLY", _("every half-year")
    YEARLY = "YEARLY", _("every year")


class PaperForm(models.TextChoices):
    """In which form somebody wants the minutes."""

    PDF = "PDF", _("PDF in the mail")
    DOCX = "DOCX", _("Word file in the mail")
    TEXT = "TEXT", _("text of the mail")
    LINK = "LINK", _("link only")


class ApprovalMode(models.TextChoices):
    """What a state asks of whoever approves minutes by mail link."""

    SIGN_IN = "SIGN_IN", _("the link leads to signing in")
    SECOND_FACTOR = "SECOND_FACTOR", _("the link and a code of the second factor")


class Accessibility(models.TextChoices):
    """Whether everybody can read an attachment (S07, S51)."""

    UNKNOWN = "UNKNOWN", _("not checked")
    YES = "YES", _("accessible")
    NO = "NO", _("not accessible")


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
