"""Taking a whole import back, as long as nothing was built on it."""

from collections import defaultdict
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.minutes_import import locked, move
from buendnisnetz.meetings.enums import ImportStatus
from buendnisnetz.meetings.models import EntryTask, ImportedRow, MinutesImport

# Rows that record the way of documents; they are no work built on one.
_OWN = {"proposal", "importedrow", "minutesimport"}


class BuiltUponError(DomainError):
    """Other work refers to what this import made."""

    def __init__(self, what: list[str]) -> None:
        super().__init__(
            _("This import cannot be taken back, because work was built on it: %(what)s.")
            % {"what": ", ".join(what)}
        )


def undo_import(*, minutes_import: MinutesImport, actor: Any) -> MinutesImport:
    """Delete everything that the import made; the document and the review remain.

    Raises ImportStateError, and BuiltUponError naming what stands in the way.
    """
    with recorded(actor=actor, action="meetings.minutes_import.undone"):
        row = locked(minutes_import)
        move(row, ImportStatus.UNDONE)
        made = _made(row)
        obstacles = _changed(row) + _referring(made)
        if obstacles:
            raise BuiltUponError(sorted(set(obstacles)))
        _let_go(row)
        for model in reversed(_in_order(row)):
            model._default_manager.filter(pk__in=made[model]).delete()
        row.rows.all().delete()
    return row


def _made(row: MinutesImport) -> dict[type[models.Model], set[int]]:
    made: dict[type[models.Model], set[int]] = defaultdict(set)
    for entry in row.rows.select_related("content_type"):
        model: Any = entry.content_type.model_class()
        made[model].add(entry.object_id)
    return made


def _in_order(row: MinutesImport) -> list[type[models.Model]]:
    """The models in the order in which the import first made one of each: parents before parts."""
    types = (
        ImportedRow.objects.filter(minutes_import=row).order_by("pk").select_related("content_type")
    )
    ordered: dict[Any, None] = {}
    for entry in types:
        ordered.setdefault(entry.content_type.model_class(), None)
    # A link between an entry and a task goes before both.
    return sorted(ordered, key=lambda model: model is EntryTask)


def _changed(row: MinutesImport) -> list[str]:
    """Rows that somebody edited since: their version counts saves."""
    found = []
    for entry in row.rows.exclude(version=None).select_related("content_type"):
        model: Any = entry.content_type.model_class()
        edited = (
            model._default_manager.filter(pk=entry.object_id).exclude(version=entry.version).first()
        )
        if edited is not None:
            found.append(_("%(name)s was edited") % {"name": edited})
    return found


def _referring(made: dict[type[models.Model], set[int]]) -> list[str]:
    """Rows of others that point to what the import made."""
    found = []
    for model, keys in made.items():
        for relation in model._meta.related_objects:
            related: Any = relation.related_model
            if (
                relation.many_to_many
                or related._meta.model_name in _OWN
                or hasattr(related, "pgh_tracked_model")
            ):
                continue
            others = related._default_manager.filter(**{f"{relation.field.name}__in": keys})
            others = others.exclude(pk__in=made.get(related, set()))
            found += [f"{related._meta.verbose_name}: {item}" for item in others[:3]]
    return found


def _let_go(row: MinutesImport) -> None:
    """No import may point to the meeting that goes; the same document handed in again neither."""
    others = MinutesImport.objects.filter(meeting=row.meeting, status=ImportStatus.CONFIRMED)
    for other in others.exclude(pk=row.pk).select_for_update(of=("self",)):
        move(other, ImportStatus.UNDONE)
        other.meeting = other.confirmed_at = None
        other.save()
    row.meeting = row.confirmed_at = None
    row.save()
