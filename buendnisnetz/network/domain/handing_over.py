"""Finishing a handover in one transaction, taking it back, and returning what went elsewhere."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain import holdings, post_roles, receivers
from buendnisnetz.network.domain.handovers import (
    HandoverStateError,
    first_day_of,
    held_fast,
    leaver_of,
    list_pieces,
    move,
)
from buendnisnetz.network.domain.holdings import Holder, Transfer
from buendnisnetz.network.domain.saving import saved
from buendnisnetz.network.domain.terms import begin_term, end_term, remove_term, reopen_term
from buendnisnetz.network.enums import HandoverStatus, Receiver
from buendnisnetz.network.models import Handover, HandoverItem, Term


class BuiltUponError(DomainError):
    """Somebody worked on with what was handed over."""

    def __init__(self, what: Iterable[str]) -> None:
        super().__init__(
            _("This cannot be taken back, because work went on with it: %(what)s.")
            % {"what": ", ".join(what)}
        )


class StillEmptyError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Nobody holds the post yet. Please begin a term first."))


class UnknownPieceError(DomainError):
    """A room that held pieces is no longer installed."""

    def __init__(self, label: str) -> None:
        super().__init__(
            _("“%(piece)s” cannot be moved here. Please ask the administration.") % {"piece": label}
        )


def finish_handover(
    *, handover: Handover, actor: Any, now: datetime, may_give_roles: bool
) -> Handover:
    """End the term, begin the successor's, move the pieces, keep who got what: all or nothing.

    What turned up since the list was made goes to the usual receiver, so that nothing is left
    behind. The leaver's role for the post's scope ends with the term; the successor's account gets
    it, if the actor may give roles.

    Raises HandoverStateError, NobodyStaysError and the like, PostHeldError, SamePersonError.
    """
    with recorded(actor=actor, action="network.handover.finished"):
        row = held_fast(handover)
        move(row, HandoverStatus.DONE)
        items = list_pieces(row)
        on = first_day_of(row)
        _change_terms(row, actor)
        possible = receivers.receivers_of(row, on)
        for item in items:
            target = receivers.chosen(row, possible, item.receiver, item.other_post, on)
            _hand_over(item, Transfer(leaver_of(row), target, on, actor, now))
        row.roles_ended = post_roles.end_roles(row.term, row.last_day, actor)
        if row.new_term is not None and may_give_roles:
            row.roles_given = post_roles.give_roles(row.new_term, on, actor)
        row.finished_at = now
        return saved(row)


def _change_terms(row: Handover, actor: Any) -> None:
    term = row.term
    if term.valid_to is None:
        ended = end_term(term=term, last_day=row.last_day, actor=actor)
        term.valid_to, term.version = ended.valid_to, ended.version
        row.ended_term = True
    if row.successor is not None:
        row.new_term = begin_term(
            post=term.post,
            person=row.successor,
            valid_from=first_day_of(row),
            evidence=_("handover of %(day)s") % {"day": f"{row.last_day:%d.%m.%Y}"},
            actor=actor,
        )


def _hand_over(item: HandoverItem, transfer: Transfer) -> None:
    kind = holdings.kind_of(item.kind)
    if kind is None or kind.move is None:
        raise UnknownPieceError(item.label)
    stays = transfer.target.post.pk == transfer.source.post.pk
    if not stays or kind.personal:
        kind.move(item.key, transfer)
        item.has_moved = True
    item.given_to, item.given_person = transfer.target.post, transfer.target.person
    item.save()


def undo_handover(*, handover: Handover, actor: Any, now: datetime) -> Handover:
    """Everything as it was before, the term open again.

    Raises HandoverStateError, BuiltUponError naming what stands in the way, and PostHeldError.
    """
    with recorded(actor=actor, action="network.handover.undone"):
        row = held_fast(handover)
        move(row, HandoverStatus.UNDONE)
        on = first_day_of(row)
        moved = list(row.items.filter(has_moved=True).select_related("given_to", "given_person"))
        there = _still_there(moved, on)
        obstacles = [item.label for item in moved if item.pk not in there]
        obstacles += _obstacles_at(row.new_term)
        if obstacles:
            raise BuiltUponError(obstacles)
        for item in moved:
            _take_back(item, Transfer(leaver_of(row), _given(item), on, actor, now))
        post_roles.take_back(row.term, row.roles_ended, row.roles_given, on, actor)
        new_term, row.new_term = row.new_term, None
        row.roles_ended, row.roles_given = [], []
        saved(row)
        if new_term is not None:
            remove_term(term=new_term, actor=actor)
        if row.ended_term:
            reopen_term(term=row.term, actor=actor)
            row.ended_term = False
        return saved(row)


def _given(item: HandoverItem) -> Holder:
    if item.given_to is None:
        raise UnknownPieceError(item.label)
    return Holder(item.given_to, item.given_person)


def _still_there(items: Iterable[HandoverItem], day: date) -> set[int]:
    """Numbers of the pieces that are where they were put; each holder is asked once a kind."""
    groups: dict[tuple[str, int, int | None], list[HandoverItem]] = {}
    for item in items:
        holder = _given(item)
        person = holder.person.pk if holder.person else None
        groups.setdefault((item.kind, holder.post.pk, person), []).append(item)
    found: set[int] = set()
    for (code, _post, _person), some in groups.items():
        kind = holdings.kind_of(code)
        if kind is not None:
            keys = kind.still([item.key for item in some], _given(some[0]), day)
            found |= {item.pk for item in some if item.key in keys}
    return found


def _obstacles_at(term: Term | None) -> list[str]:
    if term is None:
        return []
    if term.version != 1 or term.handovers.exists():
        return [_("the successor's term was changed")]
    return []


def _take_back(item: HandoverItem, transfer: Transfer) -> None:
    kind = holdings.kind_of(item.kind)
    if kind is not None and kind.move is not None:
        kind.move(item.key, transfer.back())
    item.has_moved, item.given_to, item.given_person = False, None, None
    item.save()


def return_pieces(*, handover: Handover, actor: Any, now: datetime) -> int:
    """Give back to the post what went elsewhere while it was empty, as far as it is still there;
    how many pieces. Raises HandoverStateError, StillEmptyError.
    """
    with recorded(actor=actor, action="network.handover.returned"):
        row = held_fast(handover)
        if row.status != HandoverStatus.DONE:
            raise HandoverStateError(row)
        on = max(timezone.localdate(now), first_day_of(row))
        home = receivers.held(row.term.post, on)
        if home is None:
            raise StillEmptyError
        away = row.items.filter(has_moved=True).exclude(given_to=home.post)
        items = list(away.select_related("given_to", "given_person"))
        there = _still_there(items, on)
        for item in (item for item in items if item.pk in there):
            item.receiver, item.other_post = Receiver.STAYS, None
            _hand_over(item, Transfer(_given(item), home, on, actor, now))
        return len(there)
