"""Writing so that every write can be taken back to the letter.

Each write is a step that JSON can hold. Taking back goes through them from the last to the first;
whatever is no longer as the step left it is an obstacle.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from buendnisnetz.core.search import SearchField

Step = dict[str, Any]


def stored(row: models.Model) -> dict[str, Any]:
    """A row's columns as plain values; what is computed anew at every save is left out."""
    return {
        field.attname: written(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if not isinstance(field, SearchField)
    }


def written(value: Any) -> Any:
    """A value as JSON holds it, exact to the microsecond."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


class Steps:
    """Does the writes and remembers them."""

    def __init__(self) -> None:
        self.done: list[Step] = []
        self.moved = 0

    def set(self, row: models.Model, **values: Any) -> None:
        """Change columns of one row and save it, with everything that is computed from them."""
        before = {name: getattr(row, name) for name in values}
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return
        for name, value in changed.items():
            setattr(row, name, value)
        row.save()
        self.done.append(
            {
                "op": "set", "model": row._meta.label, "pk": row.pk,
                "before": {name: written(before[name]) for name in changed},
                "after": {name: written(value) for name, value in changed.items()},
            }
        )  # fmt: skip

    def move(self, model: Any, column: str, keys: Sequence[int], before: int, after: int) -> None:
        """Let many rows point to another one."""
        if not keys:
            return
        model._default_manager.filter(pk__in=keys).update(**{column: after})
        self.moved += len(keys)
        self.done.append(
            {
                "op": "move", "model": model._meta.label, "column": column, "keys": list(keys),
                "before": before, "after": after,
            }
        )  # fmt: skip

    def delete(self, row: models.Model) -> None:
        """Remove one row that nothing points to any longer."""
        self.done.append({"op": "delete", "model": row._meta.label, "row": stored(row)})
        type(row)._default_manager.filter(pk=row.pk).delete()

    def insert(self, row: models.Model) -> None:
        row.save(force_insert=True)
        self.done.append({"op": "insert", "model": row._meta.label, "pk": row.pk})


def take_back(steps: Iterable[Step]) -> None:
    """Undo steps, the last first. Ask :func:`obstacles` before."""
    for step in reversed(list(steps)):
        model: Any = apps.get_model(step["model"])
        _UNDO[step["op"]](model, step)


def obstacles(steps: Iterable[Step]) -> list[str]:
    """What somebody changed since, so that it cannot be as before."""
    found: list[str] = []
    seen = _Later()
    for step in reversed(list(steps)):
        model: Any = apps.get_model(step["model"])
        label = step["model"]
        if step["op"] == "set":
            found += _changed(model, step, seen.fresh(label, step["pk"], step["after"]))
        elif step["op"] == "move":
            column = step["column"]
            found += _gone(
                model, step, [key for key in step["keys"] if seen.fresh(label, key, [column])]
            )
        elif step["op"] == "delete":
            seen.deleted.add((label, step["row"][model._meta.pk.attname]))
    return found


class _Later:
    """What later steps of the same writing did: only the last one says how a column must be now."""

    def __init__(self) -> None:
        self.deleted: set[tuple[str, int]] = set()
        self.columns: dict[tuple[str, int], set[str]] = {}

    def fresh(self, label: str, key: int, names: Iterable[str]) -> set[str]:
        """Those of the columns that no later step wrote; from now on this step counts as later."""
        if (label, key) in self.deleted:
            return set()
        known = self.columns.setdefault((label, key), set())
        new = set(names) - known
        known |= new
        return new


def _changed(model: Any, step: Step, names: set[str]) -> list[str]:
    if not names:
        return []
    row = model._default_manager.filter(pk=step["pk"]).first()
    if row is None:
        return [_("%(noun)s was deleted") % {"noun": model._meta.verbose_name}]
    differs = [
        name for name in names
        if getattr(row, name) != _value(model, name, step["after"][name])
    ]  # fmt: skip
    return [_("%(name)s was edited") % {"name": row}] if differs else []


def _gone(model: Any, step: Step, keys: list[int]) -> list[str]:
    still = model._default_manager.filter(pk__in=keys, **{step["column"]: step["after"]})
    missing = len(keys) - still.count()
    if not missing:
        return []
    return [_("%(noun)s was changed or deleted") % {"noun": model._meta.verbose_name}]


def _value(model: Any, name: str, value: Any) -> Any:
    """A value out of JSON as the column has it."""
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    return None if value is None else field.to_python(value)


def _undo_set(model: Any, step: Step) -> None:
    row = model._default_manager.get(pk=step["pk"])
    for name, value in step["before"].items():
        setattr(row, name, _value(model, name, value))
    row.save()


def _undo_move(model: Any, step: Step) -> None:
    rows = model._default_manager.filter(pk__in=step["keys"])
    rows.update(**{step["column"]: step["before"]})


def _undo_delete(model: Any, step: Step) -> None:
    values = {name: _value(model, name, value) for name, value in step["row"].items()}
    model(**values).save(force_insert=True)


def _undo_insert(model: Any, step: Step) -> None:
    model._default_manager.filter(pk=step["pk"]).delete()


_UNDO: dict[str, Callable[[Any, Step], None]] = {
    "set": _undo_set,
    "move": _undo_move,
    "delete": _undo_delete,
    "insert": _undo_insert,
}
