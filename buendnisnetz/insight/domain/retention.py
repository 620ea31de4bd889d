"""When notes of this room go by themselves, and what it forgets with a person."""

from datetime import date
from typing import Any

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.insight.models import AllianceTopic, CheckAnswer, NoContactMark, SponsorTalk
from buendnisnetz.network.domain.erasure import Erasure, event_model, scrub_texts

# A note helps to prepare the next talk and the one after it.
KEPT_YEARS = 2


def forget_old_notes(*, today: date) -> int:
    """Empty the notes of talks that were held more than two years ago; that they were held stays.

    The history forgets them too. Returns how many.
    """
    before = date(today.year - KEPT_YEARS, today.month, 1)
    with recorded(actor=None, action="insight.talk.note_forgotten"):
        old = SponsorTalk.objects.filter(held_on__lt=before)
        count = int(old.exclude(note="").update(note=""))
        events: Any = event_model(SponsorTalk)._default_manager
        events.filter(held_on__lt=before).exclude(note="").update(note="")
    return count


def scrub(erasure: Erasure) -> None:
    """Remove a person's name from the free texts of this room."""
    scrub_texts(SponsorTalk, ("note",), erasure)
    scrub_texts(AllianceTopic, ("name",), erasure)
    scrub_texts(NoContactMark, ("said_by",), erasure)
    scrub_texts(CheckAnswer, ("evidence",), erasure)
