"""Who can be given what somebody leaves behind."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.holdings import Holder
from buendnisnetz.network.enums import OrganisationKind, Receiver
from buendnisnetz.network.models import Handover, Person, Post, Term


class NobodyThereError(DomainError):
    """Work is never given to an empty post."""

    def __init__(self, post: str) -> None:
        super().__init__(
            _(
                "Nobody holds “%(post)s” on that day. Please choose somebody else for what goes there."
            )
            % {"post": post}
        )


class NobodyStaysError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "The post will be empty, so nothing can stay with it. "
                "Please name a successor, or give everything to somebody."
            )
        )


class NoDeputyError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This post has no deputy. Please choose the office or another post."))


class NoOfficeError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("No other post of the coordination office can take it. Please choose another post.")
        )


class OwnPostError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("This is the post that is being handed over. Please choose another one.")
        )


@dataclass(frozen=True)
class Receivers:
    """The possible receivers of a handover on its first day; None where there is nobody."""

    stays: Holder | None
    deputy: Holder | None
    office: Holder | None

    def usual(self) -> Receiver:
        """Whoever is there: the post itself, then the deputy, then the office."""
        if self.stays is not None:
            return Receiver.STAYS
        return Receiver.DEPUTY if self.deputy is not None else Receiver.OFFICE


def holder_of(post: Post, day: date, without: Term | None = None) -> Person | None:
    """Who holds a post on a day, the regular holder before an acting one."""
    terms = Term.objects.as_of(day).filter(post=post, person__erased_at=None)
    if without is not None:
        terms = terms.exclude(pk=without.pk)
    ordered = terms.order_by("is_acting", F("valid_from").asc(nulls_first=True), "pk")
    first = ordered.select_related("person").first()
    return first.person if first else None


def held(post: Post | None, day: date) -> Holder | None:
    """A post with its holder on a day; None if nobody holds it."""
    person = holder_of(post, day) if post is not None else None
    return Holder(post, person) if post is not None and person is not None else None


def office_post(day: date, other_than: Post | None = None) -> Holder | None:
    """The coordination office's contact post that somebody holds on a day."""
    posts = Post.objects.as_of(day).filter(
        organisation__kind=OrganisationKind.COORDINATION_OFFICE,
        terms__in=Term.objects.as_of(day).filter(person__erased_at=None),
    )
    if other_than is not None:
        posts = posts.exclude(pk=other_than.pk)
    return held(posts.order_by("-is_contact", "pk").first(), day)


def receivers_of(handover: Handover, on: date) -> Receivers:
    """Who can take pieces over from ``on``."""
    term, post = handover.term, handover.term.post
    person = handover.successor or holder_of(post, on, without=term)
    return Receivers(
        stays=Holder(post, person) if person else None,
        deputy=held(post.deputy, on),
        office=office_post(on, other_than=post),
    )


def chosen(
    handover: Handover, receivers: Receivers, receiver: str, other: Post | None, on: date
) -> Holder:
    """The holder behind a choice.

    Raises NobodyStaysError, NoDeputyError, NobodyThereError, NoOfficeError, OwnPostError.
    """
    if receiver == Receiver.STAYS:
        return _found(receivers.stays, NobodyStaysError())
    if receiver == Receiver.OFFICE:
        return _found(receivers.office, NoOfficeError())
    if receiver == Receiver.DEPUTY:
        deputy = handover.term.post.deputy
        missing = NobodyThereError(deputy.title_and_scope()) if deputy else NoDeputyError()
        return _found(receivers.deputy, missing)
    if other is None or other.pk == handover.term.post_id:
        raise OwnPostError
    return _found(held(other, on), NobodyThereError(other.title_and_scope()))


def _found(holder: Holder | None, missing: DomainError) -> Holder:
    if holder is None:
        raise missing
    return holder
