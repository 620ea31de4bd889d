"""What acts are called in the history: rooms register a wording for every action code."""

from django.utils.functional import Promise

_wordings: dict[str, str | Promise] = {}


def register(wordings: dict[str, str | Promise]) -> None:
    _wordings.update(wordings)


def wording(code: str) -> str:
    """The German words for an action code; the code itself if nobody registered it."""
    return str(_wordings.get(code, code))
