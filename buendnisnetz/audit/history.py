"""Reading the history: who changed what when, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.actions import wording
from buendnisnetz.core.questions import Compiled, Question, one_of
from buendnisnetz.core.together import together
from buendnisnetz.core.words import per_language

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


class _Event(NamedTuple):
    at: datetime
    number: int
    user: Any
    code: str
    changes: tuple[Change, ...]


def history_of(*subjects: models.Model) -> list[HistoryEntry]:
    """The history of one or several rows, newest first, at most ``MOST_ENTRIES`` entries.

    Costs one query, and one for the names of the people who acted.
    """
    by_model: dict[type[models.Model], list[Any]] = {}
    for subject in subjects:
        by_model.setdefault(type(subject), []).append(subject.pk)
    events = list(_events(by_model))
    # What one transaction wrote has one time; the number says in which order.
    events.sort(key=lambda event: (event.at, event.number), reverse=True)
    events = events[:MOST_ENTRIES]
    names = _names({event.user for event in events if event.user})
    return [
        HistoryEntry(
            event.at, names.get(event.user, _("the system")), wording(event.code), event.changes
        )
        for event in events
    ]


@cache
def _event_model(model: type[models.Model]) -> type[models.Model]:
    return next(
        event for event in apps.get_models() if getattr(event, "pgh_tracked_model", None) is model
    )


def _events(by_model: dict[type[models.Model], list[Any]]) -> Iterator[_Event]:
    """The last events of rows of each model."""
    if not by_model:
        return
    most = tuple((model, _most(len(keys))) for model, keys in by_model.items())
    keys = {model._meta.label_lower: keys for model, keys in by_model.items()}
    found = _EVENTS.row(most, shape=most, **keys)
    for model in by_model:
        yield from _told(model, found[model._meta.label_lower])


def _most(rows: int) -> int:
    """How many events are read: those to be told, and one before them of each row. In whole hundreds, so
    that rows of many numbers ask the same question."""
    return MOST_ENTRIES * (2 + rows // MOST_ENTRIES)


def _told(model: type[models.Model], rows: list[Any]) -> Iterator[_Event]:
    """Events of one model, the last first, each compared with the one before it."""
    previous: dict[Any, Any] = {}
    for event in reversed(rows):
        before = previous.get(event.pgh_obj_id)
        previous[event.pgh_obj_id] = event
        if before is None and event.pgh_label == "update":
            # Cut off from what was before it, so nobody knows what it changed.
            continue
        changes = _changes(model, before, event)
        metadata = event.pgh_context.metadata if event.pgh_context else {}
        code = metadata.get("action", f"audit.{event.pgh_label}")
        if changes or code != "audit.update":
            yield _Event(event.pgh_created_at, event.pgh_id, metadata.get("user"), code, changes)


def _events_of(most: tuple[tuple[type[models.Model], int], ...]) -> Compiled:
    return together(
        **{
            model._meta.label_lower: _event_model(model)
            ._default_manager.filter(one_of("pgh_obj", model._meta.label_lower))
            .select_related("pgh_context")
            .order_by("-pgh_id")[:number]
            for model, number in most
        }
    )


_EVENTS = Question(_events_of)


def _changes(model: type[models.Model], before: Any, after: Any) -> tuple[Change, ...]:
    if after.pgh_label == "delete":
        return ()
    changes = []
    for field, label in _fields(model):
        if not hasattr(after, field.attname):
            continue
        value = getattr(after, field.attname)
        earlier = getattr(before, field.attname) if before is not None else None
        if value == earlier:
            continue
        new, old = _text(field, value), _text(field, earlier)
        if new != old:
            changes.append(Change(label, old, new))
    return tuple(changes)


@per_language
def _fields(model: type[models.Model]) -> list[tuple[Any, str]]:
    """The fields whose changes are told, with their names in the reader's language."""
    fields = [field for field in model._meta.concrete_fields if field.editable]
    labels = [(field, str(field.verbose_name)) for field in fields if not field.primary_key]
    return [(field, label[:1].upper() + label[1:]) for field, label in labels]


def _text(field: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, list):
        words = dict(getattr(getattr(field, "base_field", field), "flatchoices", ()))
        return ", ".join(str(words.get(item, item)) for item in value)
    if field.is_relation:
        # The row behind it may be gone or hidden; its number still tells changes apart.
        return f"#{value}"
    return str(value)


def _names(users: set[Any]) -> dict[Any, str]:
    rows = _NAMES.rows(users=list(users)) if users else []
    return {row["pk"]: row["display_name"] for row in rows}


_NAMES = Question(
    lambda: (
        get_user_model()._default_manager.filter(one_of("pk", "users")).values("pk", "display_name")
    )
)
