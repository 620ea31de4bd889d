"""Writing terms: who holds a post from when to when.

All writes lock the post first, so that two people cannot give it away at the same moment; the
database's exclusion constraint stands behind that.
"""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.people import ErasedError
from buendnisnetz.network.domain.saving import check_order, compared, ended, locked, reopened, saved
from buendnisnetz.network.models import Person, Post, Term
from buendnisnetz.network.signals import term_ended


class PostHeldError(DomainError):
    """Somebody holds the post in that period; says who and until when."""

    def __init__(self, term: Term) -> None:
        values = {"holder": term.person.full_name(), "until": _day(term.valid_to)}
        if term.valid_to is None:
            text = _(
                "%(holder)s holds this post, with no end in sight. "
                "Please end that term first, or enter an acting one."
            )
        else:
            text = _("%(holder)s holds this post until %(until)s. Please choose a later day.")
        super().__init__(text % values)


class SamePersonError(DomainError):
    def __init__(self, term: Term) -> None:
        super().__init__(
            _("%(holder)s has this post in that period already, from %(start)s to %(end)s.")
            % {
                "holder": term.person.full_name(),
                "start": _day(term.valid_from),
                "end": _day(term.valid_to),
            }
        )


class PostEndedError(DomainError):
    def __init__(self, last_day: date) -> None:
        super().__init__(
            _("The post itself ended on %(day)s. Please choose an earlier day or another post.")
            % {"day": _day(last_day)}
        )


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else "…"


def begin_term(
    *,
    post: Post,
    person: Person,
    valid_from: date | None,
    actor: Any,
    valid_to: date | None = None,
    is_acting: bool = False,
    first_seen: bool = False,
    evidence: str = "",
) -> Term:
    """Let a person hold a post. Raises PostHeldError, SamePersonError, PostEndedError, ErasedError."""
    with recorded(actor=actor, action="network.term.begun"):
        holder = locked(post)
        if locked(person).erased_at is not None:
            raise ErasedError
        term = Term(
            post=holder,
            person=person,
            valid_from=valid_from,
            valid_to=valid_to,
            is_acting=is_acting,
            first_seen=first_seen,
            evidence=evidence,
            exclusive=not (holder.is_shared or is_acting),
        )
        _check(term)
        return saved(term)


def end_term(*, term: Term, last_day: date, actor: Any) -> Term:
    """End a term and announce it. Raises AlreadyEndedError, RuleBrokenError."""
    with recorded(actor=actor, action="network.term.ended"):
        locked(term.post)
        row = ended(term, last_day)
        _announce(row)
        return row


def succeed(*, term: Term, person: Person, first_day: date, actor: Any) -> Term:
    """End a term with its successor: the old one ends the day before the new one begins."""
    return hand_over(
        post=term.post, predecessor=term, person=person, valid_from=first_day, actor=actor
    )


def hand_over(
    *,
    post: Post,
    predecessor: Term | None,
    person: Person,
    valid_from: date | None,
    actor: Any,
    valid_to: date | None = None,
    is_acting: bool = False,
    first_seen: bool = False,
    evidence: str = "",
) -> Term:
    """:func:`begin_term` that first ends the predecessor's, in one transaction."""
    action = "network.term.succeeded" if predecessor else "network.term.begun"
    with recorded(actor=actor, action=action):
        if predecessor is not None and valid_from is not None:
            end_term(term=predecessor, last_day=valid_from - timedelta(days=1), actor=actor)
        return begin_term(
            post=post,
            person=person,
            valid_from=valid_from,
            valid_to=valid_to,
            is_acting=is_acting,
            first_seen=first_seen,
            evidence=evidence,
            actor=actor,
        )


def correct_term(
    *,
    term: Term,
    version: int,
    valid_from: date | None,
    valid_to: date | None,
    is_acting: bool,
    first_seen: bool,
    evidence: str,
    actor: Any,
) -> Term:
    """Set right what was entered wrongly. Raises as :func:`begin_term`, and EditConflictError."""
    with recorded(actor=actor, action="network.term.corrected"):
        post = locked(term.post)
        values = {
            "valid_from": valid_from,
            "valid_to": valid_to,
            "is_acting": is_acting,
            "first_seen": first_seen,
            "evidence": evidence,
            "exclusive": not (post.is_shared or is_acting),
        }
        row = compared(term, version, values)
        _check(row)
        saved(row)
        if term.valid_to is None and row.valid_to is not None:
            _announce(row)
        return row


def reopen_term(*, term: Term, actor: Any) -> Term:
    """Undo :func:`end_term`. Raises PostHeldError if somebody else holds the post since."""
    with recorded(actor=actor, action="network.term.reopened"):
        locked(term.post)
        row = locked(term)
        row.valid_to = None
        _check(row)
        return reopened(term)


def remove_term(*, term: Term, actor: Any) -> None:
    """Take back a term that never was (undo of :func:`begin_term`); the history keeps it."""
    with recorded(actor=actor, action="network.term.removed"):
        locked(term.post)
        locked(term).delete()


def _announce(term: Term) -> None:
    send = partial(
        term_ended.send,
        sender=Term,
        term_id=term.pk,
        post_id=term.post_id,
        person_id=term.person_id,
        last_day=term.valid_to,
    )
    transaction.on_commit(send, robust=True)


def _check(term: Term) -> None:
    """Say in words what the database would refuse."""
    check_order(term.valid_from, term.valid_to)
    post = term.post
    if post.valid_to is not None and (term.valid_to is None or term.valid_to > post.valid_to):
        raise PostEndedError(post.valid_to)
    others = Term.objects.filter(post=post).exclude(pk=term.pk).filter(_overlapping(term))
    for other in others.select_related("person").order_by("-valid_from"):
        if other.person_id == term.person_id:
            raise SamePersonError(other)
        if term.exclusive and other.exclusive:
            raise PostHeldError(other)


def _overlapping(term: Term) -> Q:
    condition = Q()
    if term.valid_to is not None:
        condition &= Q(valid_from=None) | Q(valid_from__lte=term.valid_to)
    if term.valid_from is not None:
        condition &= Q(valid_to=None) | Q(valid_to__gte=term.valid_from)
    return condition
