"""Words that a page says again and again, looked up once per language and not once per row."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation

_Given = ParamSpec("_Given")
_Said = TypeVar("_Said")


def per_language(say: Callable[_Given, _Said]) -> Callable[_Given, _Said]:
    """Keeps what a function says to the same arguments, for each language apart."""

    @lru_cache(maxsize=5_000, typed=True)
    def kept(language: str | None, *args: _Given.args, **kwargs: _Given.kwargs) -> _Said:
        with translation.override(language):
            return say(*args, **kwargs)

    @wraps(say)
    def said(*args: _Given.args, **kwargs: _Given.kwargs) -> _Said:
        # To ask which one is spoken takes longer than all the rest.
        language = _only_language() or translation.get_language()
        return kept(language, *args, **kwargs)  # type: ignore[arg-type]  # all of them can be keys

    return said


@cache
def _only_language() -> str:
    """The language of an installation that has one only, else empty."""
    return settings.LANGUAGE_CODE if len(settings.LANGUAGES) == 1 else ""


@per_language
def words_of(choices: type[TextChoices]) -> Mapping[str, str]:
    """Each value with its word in the reader's language."""
    return {str(value): str(label) for value, label in choices.choices}
