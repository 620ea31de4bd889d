"""When a person's name is removed, the texts of this room lose it too."""

from buendnisnetz.network.domain import erasure
from buendnisnetz.tasks.domain.erasing import scrub

erasure.register(scrub)
