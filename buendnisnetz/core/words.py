"""The words of choices, looked up once per language and not once per row."""

from collections.abc import Mapping
from functools import cache

from django.db.models import TextChoices
from django.utils.translation import get_language


def words_of(choices: type[TextChoices]) -> Mapping[str, str]:
    """Each value with its word in the reader's language."""
    return _words(choices, get_language())


@cache
def _words(choices: type[TextChoices], _language: str | None) -> Mapping[str, str]:
    return {str(value): str(label) for value, label in choices.choices}
