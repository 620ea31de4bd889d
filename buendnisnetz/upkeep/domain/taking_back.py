"""Taking a whole list back, as long as nothing was built on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.scopes import rename_scope
from buendnisnetz.network.models import Organisation
from buendnisnetz.upkeep.domain.changes import put
from buendnisnetz.upkeep.domain.lists import locked, move
from buendnisnetz.upkeep.domain.references import references_to
from buendnisnetz.upkeep.enums import ListStatus
from buendnisnetz.upkeep.models import PartnerList, WrittenRow

_MOST_NAMED = 5


class BuiltUponError(DomainError):
    """Other work refers to what this list made."""

    def __init__(self, what: Sequence[str]) -> None:
        named = ", ".join(what[:_MOST_NAMED])
        more = len(what) - _MOST_NAMED
        if more > 0:
            named = _("%(named)s and %(count)s more") % {"named": named, "count": more}
        super().__init__(
            _("This list cannot be taken back, because work was built on it: %(what)s.")
            % {"what": named}
        )


def undo_list(*, partner_list: PartnerList, actor: Any) -> PartnerList:
    """Delete what the list made and restore what it changed; the list and its decisions remain.

    Raises ListStateError, and BuiltUponError naming what stands in the way.
    """
    with recorded(actor=actor, action="upkeep.list.undone"):
        row = locked(partner_list)
        move(row, ListStatus.UNDONE)
        written = list(row.written.select_related("content_type").order_by("pk"))
        made = _keys(entry for entry in written if entry.before is None)
        obstacles = [*_edited(written), *_referring(made)]
        if obstacles:
            raise BuiltUponError(list(dict.fromkeys(obstacles)))
        _restore(entry for entry in written if entry.before is not None)
        # Parts before parents: the reverse of the order in which the list made one of each.
        for model in reversed(list(made)):
            model._default_manager.filter(pk__in=made[model]).delete()
        row.written.all().delete()
        row.confirmed_at = None
        row.save()
        return row


def _keys(entries: Iterable[WrittenRow]) -> dict[type[models.Model], set[int]]:
    made: dict[type[models.Model], set[int]] = defaultdict(set)
    for entry in entries:
        model: Any = entry.content_type.model_class()
        made[model].add(entry.object_id)
    return made


def _edited(written: Iterable[WrittenRow]) -> Iterator[str]:
    """Rows that somebody saved since: their version counts saves. Or that are gone."""
    by_model: dict[Any, dict[int, int]] = defaultdict(dict)
    for entry in written:
        if entry.version is not None:
            by_model[entry.content_type.model_class()][entry.object_id] = entry.version
    for model, versions in by_model.items():
        current = dict(model._default_manager.filter(pk__in=versions).values_list("pk", "version"))
        for pk, version in versions.items():
            if pk not in current:
                yield _("an entry was merged or deleted")
            elif current[pk] != version:
                yield _("%(name)s was edited") % {"name": model._default_manager.get(pk=pk)}


def _referring(made: dict[type[models.Model], set[int]]) -> Iterator[str]:
    """Rows of others that point to what the list made; parts that go with it are none."""
    for model, keys in made.items():
        for reference in references_to(model):
            if reference.goes_along:
                continue
            related = reference.model
            others = related._default_manager.filter(**{f"{reference.name}__in": keys})
            others = others.exclude(pk__in=made.get(related, set()))
            for item in others[:3]:
                yield f"{related._meta.verbose_name}: {item}"


def _restore(entries: Iterable[WrittenRow]) -> None:
    for entry in entries:
        model: Any = entry.content_type.model_class()
        row = model._default_manager.select_for_update(of=("self",)).get(pk=entry.object_id)
        before = entry.before or {}
        for attribute, value in before.items():
            put(
                row,
                attribute.removesuffix("_id") if attribute == "territory_id" else attribute,
                value,
            )
        row.version += 1
        row.save()
        if isinstance(row, Organisation) and "name" in before:
            rename_scope(row)
