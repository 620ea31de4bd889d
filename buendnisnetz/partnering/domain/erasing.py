"""Removing a person's name from the texts of this room (GDPR Art. 17)."""

from django.db import models

from buendnisnetz.network.domain.erasure import Erasure, scrub_texts
from buendnisnetz.partnering import models as ours

# Every text in which somebody may have written a name.
TEXTS: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (ours.Prospect, ("contact_words", "contact_email", "decline_reason")),
    (ours.ProspectStep, ("words", "author_words")),
    (ours.ProspectTask, ("words",)),
    (ours.ContactNote, ("words",)),
    (ours.Interest, ("contact_words", "contact_email", "message")),
    (ours.HandOver, ("words", "consent_words")),
    (ours.Notice, ("source",)),
    (ours.Benefit, ("evidence", "example")),
    (ours.PracticeCard, ("problem", "steps", "partners", "cost", "effect", "transfer", "evidence")),
    (ours.Stakeholder, ("position",)),
    (ours.StakeholderInvitation, ("occasion", "words")),
    (ours.StrategyAim, ("title", "words", "result")),
    (ours.StrategyMessage, ("words", "source")),
    (ours.StrategyMeasure, ("words",)),
    (ours.LetterTemplate, ("subject", "text")),
    (ours.Introduction, ("reason", "subject", "text", "result")),
    (ours.IntroductionSide, ("words",)),
    (ours.ContactPoint, ("offer",)),
    (ours.Exchange, ("reasons", "result")),
    (ours.Resource, ("title", "conditions")),
    (ours.ResourceWish, ("title", "conditions", "result")),
)


def scrub(erasure: Erasure) -> None:
    for model, fields in TEXTS:
        scrub_texts(model, fields, erasure)
