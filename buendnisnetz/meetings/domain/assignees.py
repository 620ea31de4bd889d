"""Whom the minutes mean when they say who is to do something."""

import re
from dataclasses import dataclass
from datetime import date

from buendnisnetz.meetings.domain.confirmed_directory import DirectoryWriter
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Alliance, Organisation, Post

_ALLIANCES = re.compile(r"bündnis", re.IGNORECASE)
_OFFICE = re.compile(r"koordin\w*stelle", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*(?:,|;|/|&|\bund\b|\bu\.)\s*")


@dataclass(frozen=True)
class Assignee:
    """The post that holds a task, or all alliances, or nobody known yet (the words remain)."""

    post: Post | None = None
    all_alliances: bool = False


class AssigneeFinder:
    """Resolves the words of one document; posts are looked up once."""

    def __init__(
        self, directory: DirectoryWriter, alliance: Alliance | None, held_on: date
    ) -> None:
        self.directory = directory
        self.alliance = alliance
        self.held_on = held_on
        self._office: Post | None = None
        self._asked = False

    def find(self, words: str) -> Assignee:
        """The holder that the words name. Of several people the first holds the task."""
        if not words:
            return Assignee()
        if _OFFICE.search(words):
            return Assignee(self._coordination_office())
        for part in _SEVERAL.split(words):
            person = self.directory.person_named(_without_salutation(part))
            if person is not None and person.pk in self.directory.posts_of_person:
                return Assignee(self.directory.posts_of_person[person.pk])
        if _ALLIANCES.search(words) and self.alliance is None:
            return Assignee(all_alliances=True)
        return Assignee(self._post_at(words))

    def _post_at(self, words: str) -> Post | None:
        """The contact of an institution that the words name."""
        body = self.directory.bodies.get(words.casefold())
        if body is None:
            return None
        name = "organisation" if isinstance(body, Organisation) else "alliance"
        posts = Post.objects.as_of(self.held_on).filter(**{name: body})
        return posts.order_by("-is_contact", "is_shared", "pk").first()

    def _coordination_office(self) -> Post | None:
        if not self._asked:
            self._asked = True
            posts = Post.objects.filter(
                organisation__kind=OrganisationKind.COORDINATION_OFFICE, valid_to=None
            ).exclude(kind=PostKind.STAFF)
            self._office = posts.order_by("-is_contact", "pk").first()
        return self._office


def _without_salutation(words: str) -> str:
    return re.sub(r"^(?:Frau|Herrn?|Fr\.|Hr\.|Dr\.|Prof\.)\s+", "", words.strip())
