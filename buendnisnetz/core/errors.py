"""Errors that a person can do something about."""


class DomainError(Exception):
    """A rule said no. ``str(error)`` is the translated sentence that the user reads.

    Every room derives its own errors beside the function that raises them.
    """


class StaleVersionError(DomainError):
    """Somebody else saved the same object in the meantime."""
