"""What posts hold in this room: alliances and working groups they look after, posts they deputise for."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.network.domain import charges, holdings
from buendnisnetz.network.domain.holdings import Holder, Piece, Transfer
from buendnisnetz.network.domain.posts import set_deputy
from buendnisnetz.network.enums import LEADING_KINDS, PostKind
from buendnisnetz.network.models import Alliance, Charge, Post, Term, WorkingGroup

_COORDINATING = frozenset({PostKind.COORDINATOR})


def alliances_of(holder: Holder, day: date) -> list[Alliance]:
    """The alliances whose contact a post is: by a charge, or as their own coordinating post."""
    charged = Charge.objects.filter(post=holder.post, alliance__isnull=False).filter(_lasting(day))
    found = Alliance.objects.filter(pk__in=charged.values("alliance"))
    own = holder.post.alliance
    if own is not None and _has_alone(holder.post, own, _COORDINATING, day):
        found = found | Alliance.objects.filter(pk=own.pk)
    return list(found.order_by("sort_key", "pk"))


def groups_of(holder: Holder, day: date) -> list[WorkingGroup]:
    """The working groups that a post leads: by a charge, or as their own leading post."""
    charged = Charge.objects.filter(post=holder.post, working_group__isnull=False)
    found = WorkingGroup.objects.filter(
        pk__in=charged.filter(_lasting(day)).values("working_group")
    )
    own = holder.post.working_group
    if own is not None and _has_alone(holder.post, own, LEADING_KINDS, day):
        found = found | WorkingGroup.objects.filter(pk=own.pk)
    return list(found.filter(_lasting(day)).order_by("sort_key", "pk"))


def _lasting(day: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gte=day)


def _has_alone(post: Post, subject: charges.Cared, kinds: Collection[str], day: date) -> bool:
    """Whether the subject is this post's own and nobody else would be asked for it."""
    if post.kind not in kinds or charges.open_charges(subject, day).exists():
        return False
    held = Term.objects.as_of(day).filter(post=OuterRef("pk"))
    others = Post.objects.as_of(day).filter(**{charges.field_of(subject): subject}, kind__in=kinds)
    return not others.exclude(pk=post.pk).filter(Exists(held)).exists()


def _find_alliances(holder: Holder, day: date) -> list[Piece]:
    return [
        Piece(str(row.pk), row.name, reverse("network:alliance_detail", args=[row.slug]))
        for row in alliances_of(holder, day)
    ]


def _find_groups(holder: Holder, day: date) -> list[Piece]:
    return [
        Piece(
            str(row.pk), row.name, reverse("network:group_detail", args=[row.public_id]), row.topic
        )
        for row in groups_of(holder, day)
    ]


def _move(model: type[Alliance] | type[WorkingGroup]) -> Callable[[str, Transfer], None]:
    def move(key: str, transfer: Transfer) -> None:
        subject = model.objects.get(pk=key)
        source, target = transfer.source.post, transfer.target.post
        own = getattr(target, f"{charges.field_of(subject)}_id") == subject.pk
        had_charge = charges.lasts_from(subject, source, transfer.on)
        # Back to its own post: the charge ends, and that is all. One that has an end or has yet to
        # begin stays a charge, so that its days are known when this is taken back.
        receiver = None if own and had_charge else target
        charges.pass_on(
            subject=subject, source=source, target=receiver, on=transfer.on, actor=transfer.actor
        )

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
        find=_find_alliances, move=_move(Alliance), order=10,
    )  # fmt: skip
    holdings.register(
        "network.group", gettext_lazy("Working groups that it leads"),
        find=_find_groups, move=_move(WorkingGroup), order=20,
    )  # fmt: skip
    holdings.register(
        "network.deputy", gettext_lazy("Posts that it deputises for"),
        find=_find_deputised, move=_move_deputised, still=_still_deputised, order=30,
    )  # fmt: skip
