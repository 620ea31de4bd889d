"""Errors that a person can do something about."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


class DomainError(Exception):
    """A rule said no. ``str(error)`` is the translated sentence that the user reads.

    Every room derives its own errors beside the function that raises them.
    """


class StaleVersionError(DomainError):
    """Somebody else saved the same object in the meantime."""


@dataclass(frozen=True)
class Difference:
    """A field that two people wrote differently, as text."""

    field: str
    label: str
    stored: str
    typed: str


class EditConflictError(StaleVersionError):
    """Somebody saved in the meantime; ``differences`` holds both sides, ``version`` the new count."""

    def __init__(self, version: int, differences: tuple[Difference, ...]) -> None:
        self.version = version
        self.differences = differences
        super().__init__(
            _(
                "Somebody else saved this while you were writing. Your text is still here. "
                "Please compare both and save again."
            )
        )
