"""An invented world while it is being built: what has been made so far, and how it is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from buendnisnetz.network.models import (
    Alliance,
    Membership,
    Organisation,
    Person,
    Post,
    Term,
    WorkingGroup,
)
from buendnisnetz.territories.models import Territory
from buendnisnetz.web.demo.chance import Chance
from buendnisnetz.web.demo.sizes import Sizes

BATCH = 2000


@dataclass
class World:
    """Shared by the builders; each fills its own lists and reads those of the ones before it."""

    sizes: Sizes
    chance: Chance
    today: date
    districts: list[Territory] = field(default_factory=list)
    municipalities: list[Territory] = field(default_factory=list)
    by_district: dict[int, list[Territory]] = field(default_factory=dict)
    organisations: list[Organisation] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    alliances: list[Alliance] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    groups: list[WorkingGroup] = field(default_factory=list)
    members_of: dict[int, list[Organisation]] = field(default_factory=dict)
    posts_of: dict[int, list[Post]] = field(default_factory=dict)
    holder_of: dict[int, Person] = field(default_factory=dict)

    @staticmethod
    def save(model: type[models.Model], rows: Iterable[Any]) -> list[Any]:
        """Store rows in bulk; the triggers and the search columns see them all."""
        saved: list[Any] = model._default_manager.bulk_create(list(rows), batch_size=BATCH)
        return saved
