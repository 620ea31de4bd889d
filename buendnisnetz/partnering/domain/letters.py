"""The letters of this room: the coordination office's own words, or the built-in ones."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import edited, saved
from buendnisnetz.partnering.enums import LetterKind
from buendnisnetz.partnering.models import LetterTemplate

# What may stand in a letter, in braces, and is filled in.
PLACEHOLDERS: dict[LetterKind, tuple[str, ...]] = {
    LetterKind.INTRODUCTION: ("first", "second", "reason"),
    LetterKind.FIRST_CONTACT: ("alliance", "chamber", "districts", "contact"),
}


class Letter(NamedTuple):
    """Subject and text, with places in braces or filled in."""

    subject: str
    text: str


class MissingPlaceError(DomainError):
    def __init__(self, missing: list[str]) -> None:
        places = ", ".join(f"{{{name}}}" for name in missing)
        super().__init__(
            _("The text has to keep these places, or nobody knows who is meant: %(places)s")
            % {"places": places}
        )


def built_in(kind: LetterKind) -> Letter:
    """The words that a letter has until somebody changes them."""
    if kind == LetterKind.INTRODUCTION:
        return Letter(
            _("May we put you in touch?"),
            _(
                "Good day,\n\nwe would like to put two sides in touch that may help each other:\n\n– {first}\n– {second}\n\nWhy: {reason}\n\n"
                "No contact data is passed on before both agree. If both do, each of you gets the office address of the other."
            ),
        )
    return Letter(
        _("Getting to know each other: {alliance}"),
        _(
            "Good day,\n\nthe {alliance} works in {districts}, where {chamber} stands by the firms. We work for a good balance of family and work, "
            "and would like to get to know you: who at your house answers for it, what moves your members, and what we could offer together.\n\n"
            "May we call you for a first talk of half an hour?\n\nYou reach us here: {contact}"
        ),
    )


def letter(kind: LetterKind) -> Letter:
    """What a letter says at present, with its places. One query."""
    row = LetterTemplate.objects.filter(kind=kind).first()
    return Letter(row.subject, row.text) if row else built_in(kind)


def filled(words: Letter, values: dict[str, str]) -> Letter:
    """The letter with its places filled in; braces that name nothing stay as they are."""
    return Letter(_fill(words.subject, values)[:160].replace("\n", " "), _fill(words.text, values))


def _fill(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def save_letter(
    *, kind: LetterKind, subject: str, text: str, version: int, actor: Any
) -> LetterTemplate:
    """Change the words of a letter for everybody. Raises MissingPlaceError, EditConflictError."""
    missing = [name for name in PLACEHOLDERS[kind] if f"{{{name}}}" not in f"{subject} {text}"]
    if missing:
        raise MissingPlaceError(missing)
    with recorded(actor=actor, action="partnering.lettertemplate.changed"):
        row = LetterTemplate.objects.filter(kind=kind).first()
        if row is None:
            return saved(LetterTemplate(kind=kind, subject=subject, text=text))
        return edited(row, version, {"subject": subject, "text": text})
