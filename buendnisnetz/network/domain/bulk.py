"""Adding many rows at once, for lists of thousands.

The rules are the same as for one row, but the database says no, for all of them together: whoever
calls this has looked at each row before.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.search import search_key
from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.network.models import (
    Membership,
    Organisation,
    OrganisationAlias,
    Person,
    PersonAlias,
    Post,
    Term,
)

Row = TypeVar("Row", bound=models.Model)
Tell = Callable[[int], None]
BATCH = 250


class BulkRefusedError(RuleBrokenError):
    """One of many rows breaks a rule; the database does not say which in words."""

    def __init__(self, noun: str, detail: str) -> None:
        super().__init__(
            _("The directory changed in the meantime, and one entry no longer fits (%(noun)s: %(detail)s). Please check the list again.")
            % {"noun": noun, "detail": detail}
        )  # fmt: skip


def add_organisations(
    *,
    rows: Sequence[Organisation],
    other_names: Mapping[int, Sequence[str]],
    actor: Any,
    tell: Tell | None = None,
) -> list[Organisation]:
    """Add organisations; ``other_names`` by the place of a row. Raises BulkRefusedError.

    ``tell`` hears after each batch how many there are.
    """
    with recorded(actor=actor, action="network.organisation.created"):
        for place, names in other_names.items():
            rows[place].other_names = "; ".join(_new_names(rows[place].name, names))
        saved = _added(rows, tell)
        OrganisationAlias.objects.bulk_create(
            OrganisationAlias(organisation=saved[place], name=name)
            for place, names in other_names.items()
            for name in _new_names(saved[place].name, names)
        )
        return saved


def add_people(
    *,
    rows: Sequence[Person],
    other_names: Mapping[int, Sequence[str]],
    actor: Any,
    tell: Tell | None = None,
) -> list[Person]:
    """As :func:`add_organisations`."""
    with recorded(actor=actor, action="network.person.created"):
        for place, names in other_names.items():
            rows[place].other_names = "; ".join(_new_names(rows[place].full_name(), names))
        saved = _added(rows, tell)
        PersonAlias.objects.bulk_create(
            PersonAlias(person=saved[place], name=name)
            for place, names in other_names.items()
            for name in _new_names(saved[place].full_name(), names)
        )
        return saved


def add_memberships(
    *, rows: Sequence[Membership], actor: Any, tell: Tell | None = None
) -> list[Membership]:
    """Let organisations join. Raises BulkRefusedError."""
    with recorded(actor=actor, action="network.membership.begun"):
        return _added(rows, tell)


def add_posts(*, rows: Sequence[Post], actor: Any) -> list[Post]:
    with recorded(actor=actor, action="network.post.created"):
        return _added(rows, None)


def add_terms(*, rows: Sequence[Term], actor: Any, tell: Tell | None = None) -> list[Term]:
    """Give posts to people. Raises BulkRefusedError."""
    with recorded(actor=actor, action="network.term.begun"):
        return _added(rows, tell)


def _new_names(name: str, others: Iterable[str]) -> list[str]:
    """Other names without the main one and without two that are spelt alike."""
    known = {search_key(name)}
    found = []
    for other in others:
        key = search_key(other)
        if key and key not in known:
            known.add(key)
            found.append(other)
    return found


def _added(rows: Sequence[Row], tell: Tell | None) -> list[Row]:
    saved: list[Row] = []
    try:
        with transaction.atomic():
            for start in range(0, len(rows), BATCH):
                batch = rows[start : start + BATCH]
                saved += type(batch[0])._default_manager.bulk_create(batch)
                if tell is not None:
                    tell(len(saved))
    except IntegrityError as error:
        cause: Any = error.__cause__
        detail = getattr(getattr(cause, "diag", None), "constraint_name", "") or ""
        raise BulkRefusedError(str(rows[0]._meta.verbose_name), detail) from error
    return saved
