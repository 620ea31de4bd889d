"""Merging two organisations or two people, with everything that points to them, and taking it back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.search import search_key
from buendnisnetz.network.domain.saving import check_order
from buendnisnetz.network.models import (
    Consent,
    MovedAddress,
    Organisation,
    Person,
    Post,
)
from buendnisnetz.upkeep.domain import steps as written
from buendnisnetz.upkeep.domain.merging import absorb
from buendnisnetz.upkeep.domain.steps import Steps
from buendnisnetz.upkeep.enums import DoubleKind
from buendnisnetz.upkeep.models import Double, Merge

Entry = TypeVar("Entry", Organisation, Person)

ORGANISATION_FIELDS = (
    "name", "short_name", "kind", "sector", "wz_section", "size_class", "territory", "street",
    "postcode", "city", "email", "phone", "website", "note", "is_public", "valid_from", "valid_to",
)  # fmt: skip
PERSON_FIELDS = ("academic_title", "given_name", "family_name", "email", "phone", "note")


class SameEntryError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This is the same entry twice. Please choose two."))


class ErasedEntryError(DomainError):
    """A name that was removed must not come back by a merge."""

    def __init__(self) -> None:
        super().__init__(
            _("The name of one of the two was removed for good. They cannot become one.")
        )


class TwoAccountsError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Both have an account. Please decide first which account stays, and unlink the other."
            )
        )


class TwoChambersError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Both stand for a chamber of their own. They cannot become one."))


class MergeStateError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This merge was taken back already, or is too old for that."))


class MergeBuiltUponError(DomainError):
    """Somebody worked on with the merged entry."""

    def __init__(self, what: Collection[str]) -> None:
        super().__init__(
            _("This merge cannot be taken back, because something changed since: %(what)s.")
            % {"what": ", ".join(list(dict.fromkeys(what))[:5])}
        )


def merge_organisations(
    *,
    kept: Organisation,
    gone: Organisation,
    from_gone: Collection[str],
    actor: Any,
    now: datetime,
) -> Merge:
    """Make one organisation of two; of ``from_gone`` the values of the one that goes are taken.

    Posts, memberships and everything else of any room move; overlapping memberships are united; the
    other names stay findable, and the old address leads to the kept entry.

    Raises SameEntryError, TwoChambersError.
    """
    with recorded(actor=actor, action="upkeep.organisation.merged"):
        kept, gone = _both(kept, gone)
        if kept.chamber_id is not None and gone.chamber_id is not None:
            raise TwoChambersError
        steps = Steps()
        values = {_column(kept, name): getattr(gone, _column(gone, name)) for name in from_gone if name in ORGANISATION_FIELDS}  # fmt: skip
        if "valid_to" in from_gone:
            # Who came after belongs to the day on which it ended.
            values["successor_id"] = gone.successor_id if gone.successor_id != kept.pk else None
        _check_end(kept, values)
        values |= _one_to_one(kept, gone, "chamber_id", steps)
        names = _names(kept.name, gone.name, values.get("name", kept.name))
        _untangle_successors(kept, gone, steps)
        _forget_doubles(kept, gone, steps)
        absorb(kept, gone, steps)
        _keep(kept, values, names, steps)
        _rename_posts(kept, steps)
        return _remember(kept, gone, gone.name, steps, actor, now)


def merge_people(
    *, kept: Person, gone: Person, from_gone: Collection[str], actor: Any, now: datetime
) -> Merge:
    """As :func:`merge_organisations`. A consent that either of them withdrew stays withdrawn; the
    account moves along.

    Raises SameEntryError, ErasedEntryError, TwoAccountsError.
    """
    with recorded(actor=actor, action="upkeep.person.merged"):
        kept, gone = _both(kept, gone)
        if kept.erased_at is not None or gone.erased_at is not None:
            raise ErasedEntryError
        if kept.user_id is not None and gone.user_id is not None:
            raise TwoAccountsError
        steps = Steps()
        values = {name: getattr(gone, name) for name in from_gone if name in PERSON_FIELDS}
        values |= _one_to_one(kept, gone, "user_id", steps)
        names = _names(kept.full_name(), gone.full_name(), _full_name(kept, values))
        _settle_consents(kept, gone, steps)
        _forget_doubles(kept, gone, steps)
        absorb(kept, gone, steps)
        _keep(kept, values, names, steps)
        return _remember(kept, gone, gone.full_name(), steps, actor, now)


def undo_merge(*, merge: Merge, actor: Any, now: datetime) -> Merge:
    """Both entries as they were, with all that pointed to each of them.

    Raises MergeStateError, MergeBuiltUponError.
    """
    with recorded(actor=actor, action="upkeep.merge.undone"):
        row: Merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if row.undone_at is not None or row.forgotten_at is not None:
            raise MergeStateError
        found = written.obstacles(row.steps)
        if found:
            raise MergeBuiltUponError(found)
        try:
            with transaction.atomic():
                written.take_back(row.steps)
        except IntegrityError as error:
            raise MergeBuiltUponError([_("something new stands in its place")]) from error
        row.undone_at = now
        row.save()
        return row


def _both(kept: Entry, gone: Entry) -> tuple[Entry, Entry]:
    """Both rows as they are now, locked in the same order by everybody."""
    if kept.pk == gone.pk:
        raise SameEntryError
    rows = type(kept)._default_manager.select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[kept.pk, gone.pk])}
    return found[kept.pk], found[gone.pk]


def _column(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).attname)


def _one_to_one(kept: Any, gone: Any, column: str, steps: Steps) -> dict[str, Any]:
    """What only one row may have at a time leaves the one that goes first."""
    value = getattr(gone, column)
    if value is None:
        return {}
    steps.set(gone, **{column: None})
    return {column: value}


def _names(own: str, other: str, final: str) -> list[str]:
    """The names that are no longer the main one."""
    keys = {search_key(final)}
    found = []
    for name in (own, other):
        if search_key(name) not in keys:
            keys.add(search_key(name))
            found.append(name)
    return found


def _full_name(person: Person, values: dict[str, Any]) -> str:
    given = values.get("given_name", person.given_name)
    return f"{given} {values.get('family_name', person.family_name)}".strip()


def _check_end(kept: Organisation, values: dict[str, Any]) -> None:
    check_order(values.get("valid_from", kept.valid_from), values.get("valid_to", kept.valid_to))


def _untangle_successors(kept: Organisation, gone: Organisation, steps: Steps) -> None:
    """Nothing follows itself."""
    if kept.successor_id == gone.pk:
        steps.set(kept, successor_id=None)
    if gone.successor_id == kept.pk:
        steps.set(gone, successor_id=None)


def _forget_doubles(kept: Any, gone: Any, steps: Steps) -> None:
    """The pair itself goes; what was decided about the one that goes holds for the one that stays."""
    side = "organisation" if isinstance(kept, Organisation) else "person"
    first, second = f"first_{side}_id", f"second_{side}_id"
    pairs = Double.objects.filter(**{first: gone.pk}) | Double.objects.filter(**{second: gone.pk})
    for pair in pairs.order_by("pk"):
        others = {getattr(pair, first), getattr(pair, second)} - {gone.pk}
        low, high = sorted((kept.pk, others.pop()))
        if low == high or Double.objects.filter(**{first: low, second: high}).exists():
            steps.delete(pair)
        else:
            steps.set(pair, **{first: low, second: high})


def _settle_consents(kept: Person, gone: Person, steps: Steps) -> None:
    """Of each kind one consent at most is left open: the older; and none that is older than a
    withdrawal by the same person under the other entry."""
    both = list(Consent.objects.filter(person__in=[kept.pk, gone.pk]).order_by("given_on", "pk"))
    for kind in {consent.kind for consent in both}:
        of_kind = [consent for consent in both if consent.kind == kind]
        withdrawn = [row.withdrawn_on for row in of_kind if row.withdrawn_on is not None]
        last = max(withdrawn, default=None)
        still_open = [row for row in of_kind if row.withdrawn_on is None]
        if last is not None:
            for row in [row for row in still_open if row.given_on <= last]:
                steps.set(row, withdrawn_on=last)
                still_open.remove(row)
        for row in still_open[1:]:
            steps.delete(row)


def _keep(kept: Any, values: dict[str, Any], names: list[str], steps: Steps) -> None:
    """The chosen values, and the names that both had, on the entry that stays."""
    alias = kept.aliases.model
    known = {search_key(row.name) for row in kept.aliases.all()}
    main = values.get("name") if isinstance(kept, Organisation) else _full_name(kept, values)
    for row in kept.aliases.filter(search_key=search_key(main or str(kept))):
        # Its main name now; an other name no longer.
        steps.delete(row)
    owner = "organisation" if isinstance(kept, Organisation) else "person"
    for name in names:
        if search_key(name) not in known:
            steps.insert(
                alias(**{owner: kept, "name": name[: alias._meta.get_field("name").max_length]})
            )
    others = "; ".join(kept.aliases.order_by("pk").values_list("name", flat=True))
    steps.set(kept, **values, other_names=others, version=kept.version + 1)


def _rename_posts(kept: Organisation, steps: Steps) -> None:
    for post in Post.objects.filter(organisation=kept).exclude(scope_name=kept.name).order_by("pk"):
        steps.set(post, scope_name=kept.name)


def _remember(kept: Any, gone: Any, name: str, steps: Steps, actor: Any, now: datetime) -> Merge:
    side = "organisation" if isinstance(kept, Organisation) else "person"
    steps.insert(MovedAddress(public_id=gone.public_id, old_key=gone.pk, **{side: kept}))
    return Merge.objects.create(
        kind=DoubleKind.ORGANISATION if side == "organisation" else DoubleKind.PERSON,
        gone_key=gone.pk,
        gone_name=name[:250],
        steps=steps.done,
        moved=steps.moved,
        merged_at=now,
        merged_by=actor,
        **{f"kept_{side}": kept},
    )
