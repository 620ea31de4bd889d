"""Writing posts."""

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import edited, ended, locked, reopened, saved
from buendnisnetz.network.domain.scopes import Scope, field_of
from buendnisnetz.network.models import Post, PostConfirmation, Term


class PostFacts(TypedDict, total=False):
    """What may be said of a post besides its kind, title and scope."""

    deputy: Post | None
    is_shared: bool
    is_contact: bool
    email: str
    phone: str
    office_hours: str
    weekly_hours: Decimal | None
    funded_by: str
    valid_from: date | None
    mandate_ends_on: date | None


class PostChanges(PostFacts, total=False):
    kind: str
    title: str


class PostOccupiedError(DomainError):
    def __init__(self, holder: str) -> None:
        super().__init__(
            _("%(holder)s still holds this post. Please end the term first.") % {"holder": holder}
        )


class SharedHoldersError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Several people held this post at once. It has to stay a post held by several.")
        )


class ConfirmedInFutureError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This day lies in the future. Please give the day you asked on."))


def create_post(
    *, kind: str, title: str, scope: Scope, actor: Any, **facts: Unpack[PostFacts]
) -> Post:
    """Add a post to an organisation, alliance, working group or territory."""
    with recorded(actor=actor, action="network.post.created"):
        post = Post(kind=kind, title=title, scope_name=scope.name, **facts)
        setattr(post, field_of(scope), scope)
        return saved(post)


def edit_post(*, post: Post, version: int, actor: Any, **changes: Unpack[PostChanges]) -> Post:
    """Change a post. Raises EditConflictError, RuleBrokenError, SharedHoldersError."""
    with recorded(actor=actor, action="network.post.edited"):
        was_shared = post.is_shared
        row = edited(post, version, changes)
        if row.is_shared != was_shared:
            _copy_exclusive(row)
        return row


def set_deputy(*, post: Post, deputy: Post | None, actor: Any) -> Post:
    """Say who stands in for a post. Raises RuleBrokenError."""
    with recorded(actor=actor, action="network.post.deputy_set"):
        row = locked(post)
        row.deputy = deputy
        return saved(row)


def end_post(*, post: Post, last_day: date, actor: Any) -> Post:
    """End a post that nobody holds any longer. Raises PostOccupiedError, AlreadyEndedError."""
    with recorded(actor=actor, action="network.post.ended"):
        locked(post)
        later = post.terms.exclude(valid_to__lte=last_day).select_related("person").first()
        if later is not None:
            raise PostOccupiedError(later.person.full_name())
        return ended(post, last_day)


def reopen_post(*, post: Post, actor: Any) -> Post:
    """Undo :func:`end_post`."""
    with recorded(actor=actor, action="network.post.reopened"):
        return reopened(post)


def confirm_post(*, post: Post, on: date, actor: Any, today: date) -> Post:
    """Note that address and holder were found right on a day (S77)."""
    if on > today:
        raise ConfirmedInFutureError
    with recorded(actor=actor, action="network.post.confirmed"):
        return confirmed(post, on)


def confirmed(post: Post, on: date, *, by_link: bool = False) -> Post:
    """Keep the confirmation; the post shows the latest. Runs inside the caller's act."""
    row = locked(post)
    PostConfirmation.objects.get_or_create(post=row, confirmed_on=on, defaults={"by_link": by_link})
    row.confirmed_on = max(on, row.confirmed_on or on)
    return saved(row)


def _copy_exclusive(post: Post) -> None:
    """Terms carry the post's exclusiveness for the database's own check."""
    terms = list(post.terms.filter(is_acting=False).order_by("valid_from", "pk"))
    if not post.is_shared and _overlap(terms):
        raise SharedHoldersError
    for term in terms:
        term.exclusive = not post.is_shared
        term.save()


def _overlap(terms: list[Term]) -> bool:
    for number, term in enumerate(terms):
        for other in terms[number + 1 :]:
            starts = max(term.valid_from or date.min, other.valid_from or date.min)
            if starts <= min(term.valid_to or date.max, other.valid_to or date.max):
                return True
    return False
