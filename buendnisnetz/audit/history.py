"""Reading the history: who changed what when, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pghistory.models
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext as _

from buendnisnetz.audit.actions import wording

MOST_ENTRIES = 100


@dataclass(frozen=True)
class Change:
    """One field's change, as text."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryEntry:
    """One event: when, who, what it was called, which fields changed."""

    at: datetime
    actor: str
    action: str
    changes: tuple[Change, ...]


def history_of(*subjects: models.Model) -> list[HistoryEntry]:
    """The history of one or several rows, newest first, at most ``MOST_ENTRIES`` entries.

    Costs one query per model and one for the names of the people who acted.
    """
    entries: list[tuple[datetime, Any, str, tuple[Change, ...]]] = []
    by_model: dict[type[models.Model], list[Any]] = {}
    for subject in subjects:
        by_model.setdefault(type(subject), []).append(subject.pk)
    for model, keys in by_model.items():
        entries += _entries(model, keys)
    entries.sort(key=lambda entry: entry[0], reverse=True)
    entries = entries[:MOST_ENTRIES]
    names = _names({user for _at, user, _action, _changes in entries if user})
    return [
        HistoryEntry(at, names.get(user, _("the system")), action, changes)
        for at, user, action, changes in entries
    ]


def _event_model(model: type[models.Model]) -> type[models.Model]:
    events: list[type[models.Model]] = [
        event for event in pghistory.models.Events.objects.all().model._meta.apps.get_models()
        if getattr(event, "pgh_tracked_model", None) is model
    ]  # fmt: skip
    return events[0]


def _entries(
    model: type[models.Model], keys: Sequence[Any]
) -> Iterable[tuple[datetime, Any, str, tuple[Change, ...]]]:
    rows = list(
        _event_model(model)
        ._default_manager.filter(pgh_obj_id__in=keys)
        .select_related("pgh_context")
        .order_by("pgh_obj_id", "pgh_id")[: MOST_ENTRIES * 3]
    )
    previous: Any = None
    for row in rows:
        event: Any = row
        same = previous is not None and previous.pgh_obj_id == event.pgh_obj_id
        changes = _changes(model, previous if same else None, event)
        metadata = event.pgh_context.metadata if event.pgh_context else {}
        code = metadata.get("action", f"audit.{event.pgh_label}")
        if changes or event.pgh_label != "update":
            yield event.pgh_created_at, metadata.get("user"), wording(code), changes
        previous = event


def _changes(model: type[models.Model], before: Any, after: Any) -> tuple[Change, ...]:
    if after.pgh_label == "delete":
        return ()
    changes = []
    for field in model._meta.concrete_fields:
        if field.primary_key or not field.editable or not hasattr(after, field.attname):
            continue
        new = _text(field, getattr(after, field.attname))
        old = _text(field, getattr(before, field.attname)) if before is not None else ""
        if new != old:
            label = str(field.verbose_name)
            changes.append(Change(label[:1].upper() + label[1:], old, new))
    return tuple(changes)


def _text(field: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, list):
        words = dict(getattr(getattr(field, "base_field", field), "flatchoices", ()))
        return ", ".join(str(words.get(item, item)) for item in value)
    if field.is_relation:
        # The row behind it may be gone or hidden; its number still tells changes apart.
        return f"#{value}"
    return str(value)


def _names(users: set[Any]) -> dict[Any, str]:
    model = get_user_model()
    return {user.pk: user.display_name for user in model._default_manager.filter(pk__in=users)}
