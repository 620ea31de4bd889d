"""Charges: a post looks after an alliance or a working group that is not its own."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import ended, locked, reopened, saved
from buendnisnetz.network.models import Alliance, Charge, Post, WorkingGroup

Cared = Alliance | WorkingGroup


class ChargedError(DomainError):
    """One post at a time looks after something; says which."""

    def __init__(self, charge: Charge) -> None:
        super().__init__(
            _("%(post)s looks after it already. Please end that first.")
            % {"post": charge.post.title_and_scope()}
        )


def field_of(subject: Cared) -> str:
    return "alliance" if isinstance(subject, Alliance) else "working_group"


def open_charges(subject: Cared, day: date) -> QuerySet[Charge]:
    """Charges of a subject that have not ended before a day."""
    rows: QuerySet[Charge] = Charge.objects.filter(**{field_of(subject): subject})
    return rows.filter(Q(valid_to=None) | Q(valid_to__gte=day)).select_related("post")


def charges_of(post: Post) -> list[Charge]:
    """What a post looks or looked after, present ones first."""
    rows = post.charges.select_related("alliance", "working_group")
    return list(rows.order_by(F("valid_to").desc(nulls_first=True), "-valid_from", "pk"))


def begin_charge(*, post: Post, subject: Cared, since: date | None, actor: Any) -> Charge:
    """Let a post look after an alliance or group. Raises ChargedError."""
    with recorded(actor=actor, action="network.charge.begun"):
        locked(subject)
        other = open_charges(subject, since or date.min).first()
        if other is not None:
            raise ChargedError(other)
        return saved(Charge(post=post, valid_from=since, **{field_of(subject): subject}))


def end_charge(*, charge: Charge, last_day: date, actor: Any) -> Charge:
    """Raises AlreadyEndedError, RuleBrokenError."""
    with recorded(actor=actor, action="network.charge.ended"):
        return ended(charge, last_day)


def reopen_charge(*, charge: Charge, actor: Any) -> Charge:
    """Undo :func:`end_charge`. Raises NotEndedError, RuleBrokenError."""
    with recorded(actor=actor, action="network.charge.reopened"):
        return reopened(charge)


def pass_on(*, subject: Cared, source: Post, target: Post | None, on: date, actor: Any) -> None:
    """From a day on the charge is the target's. A charge that never held on any day leaves no row.

    Without a target it ends: the subject's own post has it again.
    """
    with recorded(actor=actor, action="network.charge.passed_on"):
        locked(subject)
        present = open_charges(subject, on).filter(post=source).first()
        if present is not None:
            _give_up(present, on)
        if target is not None:
            _take_up(target, subject, on)


def _give_up(charge: Charge, on: date) -> None:
    if charge.valid_from is not None and charge.valid_from >= on:
        charge.delete()
        return
    charge.valid_to = on - timedelta(days=1)
    saved(charge)


def _take_up(post: Post, subject: Cared, on: date) -> None:
    """A charge that ended the day before goes on, as if nothing had happened."""
    own = Charge.objects.filter(post=post, **{field_of(subject): subject})
    before = own.filter(valid_to=on - timedelta(days=1)).first()
    if before is None:
        saved(Charge(post=post, valid_from=on, **{field_of(subject): subject}))
        return
    before.valid_to = None
    saved(before)
