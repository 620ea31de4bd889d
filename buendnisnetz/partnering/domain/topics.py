"""Which of our topics a free text is about. No database."""

import re
from collections.abc import Iterable
from functools import lru_cache

from buendnisnetz.core.words import per_language, words_of
from buendnisnetz.partnering.enums import Topic

# Read by Python and by PostgreSQL alike, so nothing here that only one of them understands.
PATTERNS: dict[Topic, str] = {
    Topic.FAMILY_AND_WORK: "famil.*(beruf|arbeit)|(beruf|arbeit).*famil|vereinbarkeit|familienbewusst",
    Topic.CARE_AND_WORK: "pflege.*(beruf|arbeit)|(beruf|arbeit).*pflege|pflegelots",
    Topic.CHILDCARE: "kinderbetreu|ferien|kindertag|kindergart|tagespflege|randzeit",
    Topic.SKILLED_STAFF: "fachkr|arbeitgeber|personal|ausbildung",
    Topic.GENERATIONS: "generation|senior|im alter|[äÄ]ltere",
    Topic.MOBILITY: "mobil|verkehr|b[üÜ]rgerbus|rufbus",
    Topic.WELCOME: "willkomm|neue famil|zuzug|zuwander|integration",
    Topic.FAMILY_EDUCATION: "familienbildung|elternbildung|erziehung",
    Topic.VOLUNTEERING: "ehrenamt|freiwillig|engagement",
    Topic.HOUSING: "wohn",
}
_COMPILED = {topic: re.compile(pattern, re.IGNORECASE) for topic, pattern in PATTERNS.items()}


@lru_cache(maxsize=2_000)
def topics_of(text: str) -> frozenset[Topic]:
    """The topics that a working group's topic and name speak of; often one, sometimes none."""
    return frozenset(topic for topic, pattern in _COMPILED.items() if pattern.search(text))


def labels_of(topics: Iterable[str]) -> str:
    """Topics in words, in the order of our list."""
    return _labels_of(frozenset(topics))


@per_language
def _labels_of(topics: frozenset[str]) -> str:
    return ", ".join(word for topic, word in words_of(Topic).items() if topic in topics)
