"""When a person's name is removed, the free texts of this room lose it too."""

from buendnisnetz.network.domain import erasure
from buendnisnetz.partnering.domain.erasing import scrub

erasure.register(scrub)
