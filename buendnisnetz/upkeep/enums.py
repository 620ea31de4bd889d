"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Target(models.TextChoices):
    """What the rows of a list become."""

    MEMBERS = "MEMBERS", _("organisations and members of an alliance")
    PEOPLE = "PEOPLE", _("people with their posts")


class ListStatus(models.TextChoices):
    """Where a list stands on its way in."""

    RECEIVED = "RECEIVED", pgettext_lazy("list", "being read")
    MAPPING = "MAPPING", pgettext_lazy("list", "columns to be named")
    CHECKING = "CHECKING", pgettext_lazy("list", "being checked")
    READY = "READY", pgettext_lazy("list", "to be reviewed")
    WRITING = "WRITING", pgettext_lazy("list", "being taken in")
    DONE = "DONE", pgettext_lazy("list", "taken in")
    UNDONE = "UNDONE", pgettext_lazy("list", "taken back")
    FAILED = "FAILED", pgettext_lazy("list", "cannot be read")
    DISCARDED = "DISCARDED", pgettext_lazy("list", "put away")


_S = ListStatus
LIST_TRANSITIONS: dict[ListStatus, frozenset[ListStatus]] = {
    _S.RECEIVED: frozenset({_S.MAPPING, _S.FAILED, _S.DISCARDED}),
    _S.MAPPING: frozenset({_S.CHECKING, _S.RECEIVED, _S.DISCARDED}),
    _S.CHECKING: frozenset({_S.READY, _S.MAPPING}),
    _S.READY: frozenset({_S.WRITING, _S.MAPPING, _S.DISCARDED}),
    # Back to the review where a rule said no.
    _S.WRITING: frozenset({_S.DONE, _S.READY}),
    _S.DONE: frozenset({_S.UNDONE}),
    _S.UNDONE: frozenset({_S.CHECKING, _S.DISCARDED}),
    _S.FAILED: frozenset({_S.DISCARDED, _S.RECEIVED}),
    _S.DISCARDED: frozenset({_S.MAPPING}),
}


class RowMatch(models.TextChoices):
    """What the directory knows of a row."""

    FAULTY = "FAULTY", pgettext_lazy("row", "faulty")
    TWICE = "TWICE", pgettext_lazy("row", "twice in the list")
    SIMILAR = "SIMILAR", pgettext_lazy("row", "similar to an entry")
    EXACT = "EXACT", pgettext_lazy("row", "as an entry")
    NUMBERED = "NUMBERED", pgettext_lazy("row", "an entry by its ID")
    UNKNOWN = "UNKNOWN", pgettext_lazy("row", "not known yet")


class RowChoice(models.TextChoices):
    """What is to become of a row."""

    OPEN = "OPEN", pgettext_lazy("row", "to be decided")
    NEW = "NEW", pgettext_lazy("row", "new entry")
    SAME = "SAME", pgettext_lazy("row", "same as the entry")
    SKIP = "SKIP", pgettext_lazy("row", "left out")


class DoubleKind(models.TextChoices):
    ORGANISATION = "ORGANISATION", _("organisations")
    PERSON = "PERSON", _("people")


class DoubleStatus(models.TextChoices):
    """What is known about two entries that look like one."""

    FOUND = "FOUND", pgettext_lazy("double", "to be looked at")
    PROPOSED = "PROPOSED", pgettext_lazy("double", "proposed for merging")
    DIFFERENT = "DIFFERENT", pgettext_lazy("double", "these are two")


DOUBLE_TRANSITIONS: dict[DoubleStatus, frozenset[DoubleStatus]] = {
    DoubleStatus.FOUND: frozenset({DoubleStatus.PROPOSED, DoubleStatus.DIFFERENT}),
    DoubleStatus.PROPOSED: frozenset({DoubleStatus.FOUND, DoubleStatus.DIFFERENT}),
    DoubleStatus.DIFFERENT: frozenset({DoubleStatus.FOUND}),
}


class CorrectionStatus(models.TextChoices):
    NEW = "NEW", pgettext_lazy("correction", "new")
    ACCEPTED = "ACCEPTED", pgettext_lazy("correction", "accepted")
    REJECTED = "REJECTED", pgettext_lazy("correction", "rejected")


CORRECTION_TRANSITIONS: dict[CorrectionStatus, frozenset[CorrectionStatus]] = {
    CorrectionStatus.NEW: frozenset({CorrectionStatus.ACCEPTED, CorrectionStatus.REJECTED}),
    CorrectionStatus.ACCEPTED: frozenset(),
    # Rejected in error: it can be looked at again.
    CorrectionStatus.REJECTED: frozenset({CorrectionStatus.NEW}),
}
