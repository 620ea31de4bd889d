"""What posts hold in this room: alliances and working groups they look after, posts they deputise for."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.network.domain import charges, holdings
from buendnisnetz.network.domain.holdings import Holder, Piece, Transfer
from buendnisnetz.network.domain.posts import set_deputy
from buendnisnetz.network.enums import LEADING_KINDS, PostKind
from buendnisnetz.network.models import Alliance, Charge, Post, Term, WorkingGroup


@dataclass(frozen=True)
class _Cared:
    """What a post can be the contact of, or lead: by a charge, or as its own post of these kinds."""

    model: type[Alliance] | type[WorkingGroup]
    field: str
    kinds: Collection[str]
    address: Callable[[Any], str]


_ALLIANCES = _Cared(
    Alliance, "alliance", frozenset({PostKind.COORDINATOR}),
    lambda row: reverse("network:alliance_detail", args=[row.slug]),
)  # fmt: skip
_GROUPS = _Cared(
    WorkingGroup, "working_group", LEADING_KINDS,
    lambda row: reverse("network:group_detail", args=[row.public_id]),
)  # fmt: skip


def _find(what: _Cared) -> holdings.Find:
    def find(holder: Holder, day: date) -> list[Piece]:
        rows = Charge.objects.filter(_lasting(day), post=holder.post)
        rows = rows.filter(**{f"{what.field}__isnull": False}).select_related(what.field)
        charged = rows.order_by(f"{what.field}__sort_key", what.field, "valid_from")
        found = [(getattr(row, what.field), row.valid_from) for row in charged]
        own = getattr(holder.post, what.field)
        if own is not None and _has_alone(holder.post, own, what, day):
            found.append((own, None))
        return [
            _piece(what, subject, start if start is not None and start > day else None)
            for subject, start in found
            if getattr(subject, "valid_to", None) is None or subject.valid_to >= day
        ]

    return find


def _piece(what: _Cared, subject: Any, begins: date | None) -> Piece:
    """A charge that has yet to begin is named by its first day too."""
    topic = getattr(subject, "topic", "")
    if begins is None:
        return Piece(str(subject.pk), subject.name, what.address(subject), topic)
    note = _("from %(day)s") % {"day": f"{begins:%d.%m.%Y}"}
    return Piece(f"{subject.pk}@{begins}", subject.name, what.address(subject), note)


def _lasting(day: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gte=day)


def _has_alone(post: Post, subject: charges.Cared, what: _Cared, day: date) -> bool:
    """Whether the subject is this post's own and nobody else would be asked for it."""
    charged = Charge.objects.as_of(day).filter(**{what.field: subject})
    return _leads(post, subject, what, day) and not charged.exists()


def _leads(post: Post, subject: charges.Cared, what: _Cared, day: date) -> bool:
    """Whether a subject's own post is one that is asked, and no other is held."""
    if getattr(post, f"{what.field}_id") != subject.pk or post.kind not in what.kinds:
        return False
    held = Term.objects.as_of(day).filter(post=OuterRef("pk"))
    others = Post.objects.as_of(day).filter(**{what.field: subject}, kind__in=what.kinds)
    return not others.exclude(pk=post.pk).filter(Exists(held)).exists()


def _move(what: _Cared) -> holdings.Move:
    def move(key: str, transfer: Transfer) -> None:
        number, _at, begins = key.partition("@")
        subject = what.model.objects.get(pk=number)
        on = date.fromisoformat(begins) if begins else transfer.on
        source, target = transfer.source.post, transfer.target.post
        charge = charges.held_on(subject, source, on)
        # Back to its own post: the charge ends, and that is all. One that has an end or has yet to
        # begin stays a charge, so that its days are known when this is taken back.
        ends = charge is not None and charge.valid_to == charges.free_until(subject, on)
        own = not begins and ends and _leads(target, subject, what, on)
        charges.pass_on(
            subject=subject, source=source, target=None if own else target, on=on,
            actor=transfer.actor,
        )  # fmt: skip

    return move


def _find_deputised(holder: Holder, day: date) -> list[Piece]:
    rows = Post.objects.filter(_lasting(day), deputy=holder.post).order_by("sort_key", "pk")
    return [
        Piece(
            str(row.pk),
            row.title_and_scope(),
            reverse("network:post_detail", args=[row.public_id]),
            _("as deputy"),
        )
        for row in rows
    ]


def _move_deputised(key: str, transfer: Transfer) -> None:
    post = Post.objects.get(pk=key)
    # Nobody stands in for themselves: a post that gets its own deputy's duty has none.
    deputy = None if transfer.target.post.pk == post.pk else transfer.target.post
    set_deputy(post=post, deputy=deputy, actor=transfer.actor)


def _still_deputised(keys: Sequence[str], holder: Holder, day: date) -> set[str]:
    """The holder deputises for them, or they are the holder's own post and have no deputy."""
    rows = Post.objects.filter(pk__in=keys)
    kept = rows.filter(Q(deputy=holder.post) | Q(pk=holder.post.pk, deputy=None))
    return {str(pk) for pk in kept.values_list("pk", flat=True)}


def register_own() -> None:
    holdings.register(
        "network.alliance", gettext_lazy("Alliances that it is the contact of"),
        find=_find(_ALLIANCES), move=_move(_ALLIANCES), order=10,
    )  # fmt: skip
    holdings.register(
        "network.group", gettext_lazy("Working groups that it leads"),
        find=_find(_GROUPS), move=_move(_GROUPS), order=20,
    )  # fmt: skip
    holdings.register(
        "network.deputy", gettext_lazy("Posts that it deputises for"),
        find=_find_deputised, move=_move_deputised, still=_still_deputised, order=30,
    )  # fmt: skip
