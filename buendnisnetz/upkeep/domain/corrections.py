"""Corrections proposed by anyone, decided field by field by whoever keeps the entry."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import ratelimit
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.alliances import edit_alliance
from buendnisnetz.network.domain.organisations import edit_organisation
from buendnisnetz.network.domain.posts import edit_post
from buendnisnetz.network.domain.saving import saved
from buendnisnetz.network.models import Alliance, Organisation, Post
from buendnisnetz.notifications.outbox import queue_mail
from buendnisnetz.territories.models import Territory
from buendnisnetz.upkeep.domain.changes import plain
from buendnisnetz.upkeep.enums import CORRECTION_TRANSITIONS, CorrectionStatus
from buendnisnetz.upkeep.models import Correction

Subject = Organisation | Alliance | Post

PROPOSALS_PER_HOUR = 10
# What anybody may propose to change; lists of coordinators may propose more.
FIELDS: dict[type, tuple[str, ...]] = {
    Organisation: ("name", "street", "postcode", "city", "email", "phone", "website"),
    Alliance: ("name", "street", "postcode", "city", "email", "phone", "website", "access_note"),
    Post: ("title", "email", "phone", "office_hours"),
}
_SIDES: dict[type, str] = {Organisation: "organisation", Alliance: "alliance", Post: "post"}


class NothingProposedError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please change a field, or say in words what is wrong."))


class NothingTakenError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please tick what is right, or reject the proposal with a reason."))


class ReasonMissingError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please say why it is not taken over."))


class CorrectionStateError(DomainError):
    """Somebody decided about it in the meantime."""

    def __init__(self, correction: Correction) -> None:
        super().__init__(
            _("This proposal is “%(status)s” by now. Please load the page again.")
            % {"status": correction.get_status_display()}
        )


def subject_of(correction: Correction) -> Subject:
    subject: Subject | None = correction.organisation or correction.alliance or correction.post
    if subject is None:
        raise RuntimeError("a correction has a subject, by a rule of the database")
    return subject


def side_of(subject: Subject) -> str:
    return _SIDES[type(subject)]


def propose(
    *,
    subject: Subject,
    proposed: Mapping[str, Any],
    words: str,
    email: str,
    consent_text: str,
    user: Any,
    source: str,
    now: datetime,
) -> Correction:
    """Keep a proposal of somebody; ``source`` is the address it comes from, for the limit only.

    Raises NothingProposedError, TooOftenError after ``PROPOSALS_PER_HOUR``.
    """
    ratelimit.count(
        f"correction:{source}", limit=PROPOSALS_PER_HOUR, period=timedelta(hours=1), now=now
    )
    changes = {
        name: {"shown": plain(getattr(subject, name)), "proposed": value}
        for name, value in proposed.items()
        if name in FIELDS[type(subject)] and value != plain(getattr(subject, name))
    }
    if not changes and not words.strip():
        raise NothingProposedError
    return _kept(subject, changes, words.strip(), email, consent_text, user, now)


def propose_for(
    *, subject: Subject, changes: Mapping[str, Mapping[str, Any]], user: Any, now: datetime
) -> Correction:
    """A proposal that comes out of a list: ``changes`` by field with before and after."""
    fields = {
        name: {"shown": change["before"], "proposed": change["after"]}
        for name, change in changes.items()
    }
    return _kept(subject, fields, _("From a list that was handed in."), "", "", user, now)


def _kept(
    subject: Subject,
    fields: dict[str, Any],
    words: str,
    email: str,
    consent_text: str,
    user: Any,
    now: datetime,
) -> Correction:
    with recorded(actor=user, action="upkeep.correction.proposed"):
        return saved(
            Correction(
                **{side_of(subject): subject},
                fields=fields,
                words=words,
                email=email,
                consent_text=consent_text if email else "",
                proposed_by=user,
                proposed_at=now,
            )
        )


def accept(
    *,
    correction: Correction,
    taken: Collection[str],
    version: int,
    answer: str,
    actor: Any,
    now: datetime,
) -> Correction:
    """Take the ticked fields over; ``version`` is that of the entry that was shown.

    Raises CorrectionStateError, NothingTakenError (a proposal in words alone is accepted without
    fields), EditConflictError if somebody changed the entry since.
    """
    with recorded(actor=actor, action="upkeep.correction.accepted"):
        row = _decided(correction, CorrectionStatus.ACCEPTED, answer, actor, now)
        if row.fields and not taken:
            raise NothingTakenError
        for name, change in row.fields.items():
            change["taken"] = name in taken
        values = {name: row.fields[name]["proposed"] for name in row.fields if name in taken}
        if values:
            _edit(subject_of(row), version, values, actor)
        saved(row)
        _answer(row, now)
        return row


def reject(*, correction: Correction, reason: str, actor: Any, now: datetime) -> Correction:
    """Raises CorrectionStateError, ReasonMissingError."""
    if not reason.strip():
        raise ReasonMissingError
    with recorded(actor=actor, action="upkeep.correction.rejected"):
        row = _decided(correction, CorrectionStatus.REJECTED, reason, actor, now)
        saved(row)
        _answer(row, now)
        return row


def reopen(*, correction: Correction, actor: Any) -> Correction:
    """Look again at what was rejected. Raises CorrectionStateError."""
    with recorded(actor=actor, action="upkeep.correction.reopened"):
        row = _locked(correction)
        _move(row, CorrectionStatus.NEW)
        row.answer, row.decided_at, row.decided_by = "", None, None
        return saved(row)


def _locked(correction: Correction) -> Correction:
    found: Correction = (
        Correction.objects.select_for_update(of=("self",))
        .select_related("organisation", "alliance", "post")
        .get(pk=correction.pk)
    )
    return found


def _move(row: Correction, status: CorrectionStatus) -> None:
    if status not in CORRECTION_TRANSITIONS[CorrectionStatus(row.status)]:
        raise CorrectionStateError(row)
    row.status = status


def _decided(
    correction: Correction, status: CorrectionStatus, answer: str, actor: Any, now: datetime
) -> Correction:
    row = _locked(correction)
    _move(row, status)
    row.answer, row.decided_at, row.decided_by = answer.strip(), now, actor
    return row


def _edit(subject: Subject, version: int, values: dict[str, Any], actor: Any) -> None:
    """By the network's own functions, so that its rules and its history hold."""
    values = {name: _typed(name, value) for name, value in values.items()}
    if isinstance(subject, Organisation):
        edit_organisation(organisation=subject, version=version, actor=actor, **values)
    elif isinstance(subject, Alliance):
        edit_alliance(alliance=subject, version=version, actor=actor, **values)
    else:
        edit_post(post=subject, version=version, actor=actor, **values)


def _typed(name: str, value: Any) -> Any:
    if value is not None and name == "territory":
        return Territory.objects.get(pk=value)
    if value is not None and name == "valid_from":
        return date.fromisoformat(value)
    return value


def _answer(row: Correction, now: datetime) -> None:
    """One mail to whoever wanted an answer."""
    if not row.email:
        return
    subject = subject_of(row)
    queue_mail(
        to=row.email,
        subject=_("Your proposal: %(entry)s") % {"entry": subject},
        text=_letter(row, str(subject)),
        kind="upkeep.correction",
        now=now,
    )


def _letter(row: Correction, entry: str) -> str:
    taken = row.status == CorrectionStatus.ACCEPTED
    verdict = _("It was taken over. Thank you.") if taken else _("It was not taken over.")
    return _(
        "Good day,\n\nyou proposed a correction to this entry: %(entry)s\n\n%(verdict)s\n%(answer)s\n\n%(link)s\n\n"
        "Your address was kept for this answer only and will be forgotten.\n"
    ) % {
        "entry": entry,
        "verdict": verdict,
        "answer": row.answer,
        "link": settings.SITE_URL.rstrip("/") + address_of(subject_of(row)),
    }


def address_of(subject: Subject) -> str:
    """The page of what a correction is about."""
    if isinstance(subject, Alliance):
        return reverse("network:alliance_detail", args=[subject.slug])
    return reverse(f"network:{side_of(subject)}_detail", args=[subject.public_id])
