"""What the public may read of minutes: no name without recorded consent (S17).

Names of everyone who attended or spoke are replaced, with and without salutation, in full and by
family name alone. Who agreed to be named stays.
"""

import re
from collections.abc import Iterable

from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.enums import ConsentKind
from buendnisnetz.network.models import Person

_SALUTATION = r"(?:(?:Frau|Herrn?|Fr\.|Hr\.)\s+)?(?:(?:Dr|Prof)\.?\s+)*"


class Redactor:
    """Replaces the names of one meeting's people who did not agree."""

    def __init__(self, names: Iterable[str], replacement: str) -> None:
        ordered = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
        pattern = "|".join(re.escape(name) for name in ordered)
        self._pattern = re.compile(rf"{_SALUTATION}\b(?:{pattern})\b") if ordered else None
        self._replacement = replacement

    def __call__(self, text: str) -> str:
        return self._pattern.sub(self._replacement, text) if self._pattern else text


def redactor_for(meeting: Meeting, replacement: str) -> Redactor:
    """The redactor of one meeting; two queries."""
    agreed = set(Person.objects.with_consent(ConsentKind.PUBLIC_NAME).values_list("pk", flat=True))
    names: list[str] = []
    for name, pk, given, family in meeting.attendances.values_list(
        "name", "person", "person__given_name", "person__family_name"
    ):
        if pk not in agreed:
            names += [
                name,
                name.split()[-1] if name else "",
                family or "",
                f"{given or ''} {family or ''}".strip(),
            ]
    for name, pk in meeting.agenda.filter(speakers__isnull=False).values_list(
        "speakers__name", "speakers__person"
    ):
        if pk not in agreed:
            names += [name, name.split()[-1] if name else ""]
    return Redactor(names, replacement)
