"""Charges: a post looks after an alliance or a working group that is not its own."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.questions import Question, Slot
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


class OwnChargeError(DomainError):
    def __init__(self, post: Post) -> None:
        super().__init__(
            _("“%(post)s” belongs to it and looks after it anyway.") % {"post": post.title}
        )


def field_of(subject: Cared) -> str:
    return "alliance" if isinstance(subject, Alliance) else "working_group"


def open_charges(subject: Cared, day: date) -> QuerySet[Charge]:
    """Charges of a subject that have not ended before a day."""
    rows: QuerySet[Charge] = Charge.objects.filter(**{field_of(subject): subject})
    return rows.filter(Q(valid_to=None) | Q(valid_to__gte=day)).select_related("post")


def charges_of(post: Post) -> list[Charge]:
    """What a post looks or looked after, present ones first."""
    return _CHARGES.rows(post=post.pk)


_CHARGES = Question(
    lambda: (
        Charge.objects.filter(post=Slot("post"))
        .select_related("alliance", "working_group")
        .order_by(F("valid_to").desc(nulls_first=True), "-valid_from", "pk")
    )
)


def begin_charge(*, post: Post, subject: Cared, since: date | None, actor: Any) -> Charge:
    """Let a post look after an alliance or group. Raises ChargedError, OwnChargeError."""
    with recorded(actor=actor, action="network.charge.begun"):
        if getattr(post, f"{field_of(subject)}_id") == subject.pk:
            raise OwnChargeError(post)
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


def held_on(subject: Cared, post: Post, day: date) -> Charge | None:
    """The charge that a post has on a day; a subject has one at most."""
    rows = Charge.objects.as_of(day).filter(post=post, **{field_of(subject): subject})
    found: Charge | None = rows.first()
    return found


def free_until(subject: Cared, day: date) -> date | None:
    """The day before somebody else's charge of a subject begins; None if none is planned."""
    rows = Charge.objects.filter(valid_from__gt=day, **{field_of(subject): subject})
    following: date | None = (
        rows.order_by("valid_from").values_list("valid_from", flat=True).first()
    )
    return following and following - timedelta(days=1)


def pass_on(*, subject: Cared, source: Post, target: Post | None, on: date, actor: Any) -> None:
    """From a day on the charge that the source has on it is the target's, for as long as it would have
    been the source's. A charge that never held on any day leaves no row.

    Without a target it ends: the subject's own post has it again.
    """
    with recorded(actor=actor, action="network.charge.passed_on"):
        locked(subject)
        present = held_on(subject, source, on)
        end = present.valid_to if present is not None else free_until(subject, on)
        if present is not None:
            _give_up(present, on)
        if target is not None:
            _take_up(target, subject, on, end)


def _give_up(charge: Charge, on: date) -> None:
    if charge.valid_from is not None and charge.valid_from >= on:
        charge.delete()
        return
    charge.valid_to = on - timedelta(days=1)
    saved(charge)


def _take_up(post: Post, subject: Cared, start: date, end: date | None) -> None:
    """A charge that ended the day before goes on, as if nothing had happened."""
    own = Charge.objects.filter(post=post, **{field_of(subject): subject})
    charge = own.filter(valid_to=start - timedelta(days=1)).first()
    if charge is None:
        charge = Charge(post=post, valid_from=start, **{field_of(subject): subject})
    charge.valid_to = end
    saved(charge)
