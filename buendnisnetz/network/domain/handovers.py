"""The guided end of a term: list what is held, say who gets it, hand it over, take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain import holdings, post_roles, receivers
from buendnisnetz.network.domain.holdings import Holder
from buendnisnetz.network.domain.saving import check_order, compared, saved
from buendnisnetz.network.enums import HANDOVER_TRANSITIONS, HandoverStatus, Receiver
from buendnisnetz.network.models import Handover, HandoverItem, Person, Post, Term

ONE_DAY = timedelta(days=1)


class HandoverStateError(DomainError):
    """The handover is at another stage by now."""

    def __init__(self, handover: Handover) -> None:
        super().__init__(
            _("This handover is “%(status)s” by now. Please load the page again.")
            % {"status": handover.get_status_display()}
        )


class SuccessorDayError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("The successor begins after the last day, not before."))


@dataclass(frozen=True)
class Choice:
    """Who gets one piece."""

    receiver: Receiver
    other_post: Post | None = None


def first_day_of(handover: Handover) -> date:
    """The day from which somebody else has what was held; without a successor never before the
    handover was begun, because nobody had it until then."""
    begun = timezone.localdate(handover.started_at)
    return handover.first_day or max(handover.last_day + ONE_DAY, begun)


def leaver_of(handover: Handover) -> Holder:
    return Holder(handover.term.post, handover.term.person)


def held_fast(handover: Handover) -> Handover:
    """The handover as it is now with all that it needs, kept from others until the transaction ends."""
    related = ("organisation", "alliance", "working_group", "deputy")
    found: Handover = (
        Handover.objects.select_for_update(of=("self",))
        .select_related(
            "term__person__user", "successor__user", *(f"term__post__{name}" for name in related)
        )
        .get(pk=handover.pk)
    )
    return found


def start_handover(
    *,
    term: Term,
    last_day: date,
    actor: Any,
    now: datetime,
    successor: Person | None = None,
    first_day: date | None = None,
    mentor: Person | None = None,
) -> Handover:
    """Begin to hand over what a term's post holds; nothing ends and nothing moves yet.

    A term that has ended keeps its last day. Raises EndBeforeBeginningError, SuccessorDayError,
    RuleBrokenError (another one is being prepared).
    """
    with recorded(actor=actor, action="network.handover.started"):
        term = _loaded(term)
        last_day = term.valid_to or last_day
        check_order(term.valid_from, last_day)
        _check_days(last_day, first_day)
        handover = Handover(
            term=term,
            last_day=last_day,
            successor=successor,
            first_day=first_day,
            mentor=mentor,
            started_at=now,
            started_by=actor,
        )
        handover.receiver = receivers.receivers_of(handover, first_day_of(handover)).usual()
        saved(handover)
        list_pieces(handover)
        return handover


def edit_handover(*, handover: Handover, version: int, actor: Any, **changes: Any) -> Handover:
    """Change days, people and notes while it is being prepared.

    Raises EditConflictError, HandoverStateError, EndBeforeBeginningError, SuccessorDayError.
    """
    with recorded(actor=actor, action="network.handover.edited"):
        row = compared(handover, version, changes)
        _must_be(row, HandoverStatus.OPEN)
        if row.term.valid_to is not None:
            row.last_day = row.term.valid_to
        check_order(row.term.valid_from, row.last_day)
        _check_days(row.last_day, row.first_day)
        saved(row)
        list_pieces(row)
        return row


def write_notes(
    *, handover: Handover, version: int, notes: str, contacts: str, actor: Any
) -> Handover:
    """What the successor has to know; also after it was handed over. Raises EditConflictError."""
    with recorded(actor=actor, action="network.handover.noted"):
        row = compared(handover, version, {"notes": notes, "contacts": contacts})
        if row.status not in {HandoverStatus.OPEN, HandoverStatus.DONE}:
            raise HandoverStateError(row)
        return saved(row)


def choose(*, handover: Handover, choices: Mapping[int, Choice], actor: Any) -> Handover:
    """Say who gets which piece; ``choices`` by the number of the piece.

    Raises HandoverStateError and whatever :func:`receivers.chosen` raises.
    """
    with recorded(actor=actor, action="network.handover.chosen"):
        row = _open(handover)
        on = first_day_of(row)
        possible = receivers.receivers_of(row, on)
        for item in row.items.filter(pk__in=list(choices)):
            choice = choices[item.pk]
            receivers.chosen(row, possible, choice.receiver, choice.other_post, on)
            _set(item, choice)
        return row


def choose_for_all(*, handover: Handover, choice: Choice, actor: Any) -> Handover:
    """One receiver for everything, and for whatever is found later. Raises as :func:`choose`."""
    with recorded(actor=actor, action="network.handover.chosen"):
        row = _open(handover)
        on = first_day_of(row)
        possible = receivers.receivers_of(row, on)
        receivers.chosen(row, possible, choice.receiver, choice.other_post, on)
        for item in row.items.all():
            _set(item, choice)
        if choice.receiver != Receiver.OTHER:
            row.receiver = choice.receiver
        return saved(row)


def cancel_handover(*, handover: Handover, actor: Any) -> Handover:
    """Put a preparation away; it can be opened again. Raises HandoverStateError."""
    with recorded(actor=actor, action="network.handover.cancelled"):
        row = held_fast(handover)
        move(row, HandoverStatus.CANCELLED)
        return saved(row)


def reopen_handover(*, handover: Handover, actor: Any) -> Handover:
    """Prepare again what was put away or taken back. Raises HandoverStateError, RuleBrokenError."""
    with recorded(actor=actor, action="network.handover.reopened"):
        row = held_fast(handover)
        move(row, HandoverStatus.OPEN)
        row.finished_at = None
        row.last_day = row.term.valid_to or row.last_day
        saved(row)
        list_pieces(row)
        return row


def mark_seen(*, handover: Handover, actor: Any, now: datetime) -> Handover:
    """The successor has read it; the start page no longer points to it."""
    with recorded(actor=actor, action="network.handover.seen"):
        row = held_fast(handover)
        row.seen_at = row.seen_at or now
        return saved(row)


def give_role(*, handover: Handover, actor: Any, today: date) -> bool:
    """Give the successor's account the role that comes with the post, if whoever finished might not;
    whether it was given."""
    with recorded(actor=actor, action="network.handover.role_given"):
        row = held_fast(handover)
        _must_be(row, HandoverStatus.DONE)
        if row.new_term is None:
            return False
        given = post_roles.give_roles(row.new_term, max(today, first_day_of(row)), actor)
        row.roles_given = [*row.roles_given, *given]
        saved(row)
        return bool(given)


def list_pieces(handover: Handover) -> list[HandoverItem]:
    """Bring the list of pieces up to date: new ones get the usual receiver, vanished ones go.

    Runs inside the caller's act.
    """
    on = first_day_of(handover)
    found = {
        (kind.code, piece.key): piece
        for kind, pieces in holdings.held_by(leaver_of(handover), on)
        for piece in pieces
    }
    known = {(item.kind, item.key): item for item in handover.items.all()}
    gone = [item.pk for pair, item in known.items() if pair not in found]
    if gone:
        handover.items.filter(pk__in=gone).delete()
    for pair, piece in found.items():
        item = known.get(pair) or HandoverItem(
            handover=handover, kind=pair[0], key=pair[1], receiver=handover.receiver
        )
        says = (piece.label[:300], piece.url[:300], piece.note[:300], piece.due_on)
        if item.pk is None or says != (item.label, item.url, item.note, item.due_on):
            item.label, item.url, item.note, item.due_on = says
            item.save()
    return list(handover.items.select_related("other_post").order_by("pk"))


def move(handover: Handover, status: HandoverStatus) -> None:
    """Change the state; the caller holds the lock and saves. Raises HandoverStateError."""
    if status not in HANDOVER_TRANSITIONS[HandoverStatus(handover.status)]:
        raise HandoverStateError(handover)
    handover.status = status


def _must_be(handover: Handover, status: HandoverStatus) -> None:
    if handover.status != status:
        raise HandoverStateError(handover)


def _open(handover: Handover) -> Handover:
    row = held_fast(handover)
    _must_be(row, HandoverStatus.OPEN)
    return row


def _loaded(term: Term) -> Term:
    scopes = ("organisation", "alliance", "working_group", "deputy")
    related = ("person__user", *(f"post__{name}" for name in scopes))
    found: Term = Term.objects.select_related(*related).get(pk=term.pk)
    return found


def _check_days(last_day: date, first_day: date | None) -> None:
    if first_day is not None and first_day <= last_day:
        raise SuccessorDayError


def _set(item: HandoverItem, choice: Choice) -> None:
    item.receiver = choice.receiver
    item.other_post = choice.other_post if choice.receiver == Receiver.OTHER else None
    item.save()
