"""Taking back what was just made: allowed only while nothing refers to it."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import locked


class StillUsedError(DomainError):
    def __init__(self, users: list[str]) -> None:
        super().__init__(
            _("This cannot be deleted, because it is used by: %(users)s. End it instead.")
            % {"users": ", ".join(users)}
        )


def remove_if_unused(*, row: models.Model, actor: Any) -> None:
    """Delete a row with its own parts. Raises StillUsedError while another row points to it.

    Rows that upper rooms point here with are found too, through their foreign keys.
    """
    with recorded(actor=actor, action=f"network.{row._meta.model_name}.removed"):
        current = locked(row)
        users = list(dict.fromkeys(_users(current)))
        if users:
            raise StillUsedError(users)
        current.delete()


def is_unused(row: models.Model) -> bool:
    """Whether :func:`remove_if_unused` would go through; for showing the button."""
    return next(_users(row), None) is None


def _users(row: models.Model) -> Iterator[str]:
    for relation in row._meta.related_objects:
        related: Any = relation.related_model
        part = relation.on_delete is models.CASCADE
        if part or hasattr(related, "pgh_tracked_model") or relation.many_to_many:
            continue
        if related._default_manager.filter(**{relation.field.name: row}).exists():
            yield str(related._meta.verbose_name)
