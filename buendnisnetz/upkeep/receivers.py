"""When a person's name is removed, this room forgets it too."""

from buendnisnetz.network.domain import erasure
from buendnisnetz.upkeep.domain.scrubbing import scrub

erasure.register(scrub)
