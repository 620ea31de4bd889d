"""What this room does when others act."""

from buendnisnetz.insight.domain.retention import scrub
from buendnisnetz.network.domain import erasure

erasure.register(scrub)
