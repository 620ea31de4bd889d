"""The words that a firm agrees to in the public form. A changed text gets a new version."""

from django.utils.translation import gettext as _

from buendnisnetz.partnering.enums import HandOverWish

VERSION = "2026-1"


def consent_text(wish: HandOverWish) -> str:
    """The sentences beside the tick box, as they are stored with the interest."""
    text = _(
        "I agree that my details are stored and that the coordination of the alliance and the state's coordination office use them "
        "to answer me. They are deleted 12 months after the last contact. I can withdraw at any time by the link in the confirmation mail."
    )
    if wish == HandOverWish.CHAMBER:
        text += " " + _("They may be handed on to the contact at my chamber.")
    elif wish == HandOverWish.ADVICE:
        text += " " + _("They may be handed on to the advice office.")
    return text
