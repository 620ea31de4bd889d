"""When a person's name is removed, the texts of this room lose it too; until then minutes need it."""

from buendnisnetz.meetings.domain.erasing import needed_people, scrub
from buendnisnetz.network.domain import erasure

erasure.register(scrub)
erasure.register_need(needed_people)
