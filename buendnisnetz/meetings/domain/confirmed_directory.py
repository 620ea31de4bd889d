"""Writing the people, organisations and terms of a confirmed document into the directory."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.core.search import search_key
from buendnisnetz.meetings.domain.accepted import Accepted
from buendnisnetz.meetings.enums import FindingKind
from buendnisnetz.meetings.models import MinutesImport, Proposal
from buendnisnetz.network.domain import people as people_domain
from buendnisnetz.network.domain.guessing import (
    is_alliance,
    organisation_kind,
    post_kind,
    split_name,
)
from buendnisnetz.network.domain.organisations import create_organisation
from buendnisnetz.network.domain.people import create_person
from buendnisnetz.network.domain.posts import create_post
from buendnisnetz.network.domain.terms import begin_term
from buendnisnetz.network.enums import SHARED_KINDS, PostKind
from buendnisnetz.network.models import Alliance, Organisation, Person, Post, Term
from buendnisnetz.territories.models import Territory

# A post at one of these.
Scope = Organisation | Alliance


def name_key(name: str) -> str:
    """Names compare without hyphens, marks and case (S12)."""
    return " ".join(search_key(name).replace("-", " ").split())


class DirectoryWriter:
    """Finds or makes organisations, people and terms; afterwards answers who is who in the document."""

    def __init__(
        self,
        minutes_import: MinutesImport,
        accepted: Accepted,
        held_on: date,
        ledger: Any,
        actor: Any,
    ) -> None:
        self.minutes_import = minutes_import
        self.accepted = accepted
        self.held_on = held_on
        self.ledger = ledger
        self.actor = actor
        self.bodies: dict[str, Scope] = {}
        self.people: dict[int, Person] = {}
        self.posts_of_person: dict[int, Post] = {}
        self._by_name: dict[str, Person] = {}
        self._by_family: dict[str, list[Person]] = {}

    def write(self) -> None:
        for row in self.accepted.of_kind(FindingKind.ORGANISATION):
            self.bodies[row.data["name"].casefold()] = self._body(row)
        for row in self.accepted.of_kind(FindingKind.PARTICIPANT):
            person = self._person(row)
            self.people[row.pk] = person
            self._remember(person, row.data["name"])
            self._term(row, person)
        self._aliases()

    # Who is who

    def body_of(self, row: Proposal) -> Scope | None:
        return self.bodies.get((row.data.get("organisation") or "").casefold())

    def person_named(self, name: str | None) -> Person | None:
        """The participant that a name in the text means, None if it is not clear."""
        if not name:
            return None
        key = name_key(name)
        found = self._by_name.get(key)
        if found is None:
            same_family = self._by_family.get(key.split()[-1] if key else "", [])
            found = same_family[0] if len(same_family) == 1 else None
        return found

    def _remember(self, person: Person, written: str) -> None:
        self._by_name[name_key(written)] = person
        self._by_name[name_key(person.full_name())] = person
        family = name_key(person.family_name).split()[-1]
        known = self._by_family.setdefault(family, [])
        if person not in known:
            known.append(person)

    # Finding or making

    def _body(self, row: Proposal) -> Scope:
        if row.organisation is not None:
            self.ledger.matched["organisation"] += 1
            return row.organisation
        name = row.data["name"].strip()
        alliance = self._alliance(name)
        if alliance is not None:
            self.ledger.matched["alliance"] += 1
            return alliance
        made = create_organisation(
            name=name,
            kind=row.data.get("kind") or organisation_kind(name),
            territory=self._place(name),
            actor=self.actor,
        )
        return self.ledger.add(made)  # type: ignore[no-any-return]

    @staticmethod
    def _alliance(name: str) -> Alliance | None:
        if not is_alliance(name):
            return None
        return Alliance.objects.filter(search_key=search_key(name)).first()

    def _place(self, name: str) -> Territory | None:
        """The municipality or district that the name itself carries ("Stadt Kahla"), if it is one."""
        words = [word for word in search_key(name).split() if len(word) > 3]
        territories = Territory.objects.as_of(self.held_on).filter(sort_key__in=words)
        return territories.order_by("level").first()

    def _person(self, row: Proposal) -> Person:
        if row.person is not None:
            self.ledger.matched["person"] += 1
            return row.person
        known = self._by_name.get(name_key(row.data["name"]))
        if known is not None:
            self.ledger.matched["person"] += 1
            return known
        given, family = split_name(row.data["name"])
        title = row.data.get("academic_title") or ""
        made = create_person(
            given_name=given, family_name=family, academic_title=title, actor=self.actor
        )
        return self.ledger.add(made)  # type: ignore[no-any-return]

    def _term(self, row: Proposal, person: Person) -> None:
        """The person held a post at the institution on that day; that much the document proves."""
        body = self.body_of(row)
        if body is None:
            return
        role = (row.data.get("role") or "").strip()
        held = (
            Term.objects.as_of(self.held_on)
            .filter(person=person, **_scope(body))
            .select_related("post")
        )
        current = next(
            (term for term in held if not role or name_key(term.post.title) == name_key(role)), None
        )
        if current is not None:
            self.ledger.matched["term"] += 1
            self.posts_of_person[person.pk] = current.post
            return
        post = self._post(body, role)
        term = begin_term(
            post=post,
            person=person,
            valid_from=self.held_on,
            first_seen=True,
            evidence=_("minutes of %(day)s") % {"day": f"{self.held_on:%d.%m.%Y}"},
            actor=self.actor,
        )
        self.ledger.add(term)
        self.posts_of_person[person.pk] = post

    def _post(self, body: Scope, role: str) -> Post:
        """A fitting post that is free on that day, or a new one."""
        kind = post_kind(role)
        title = role or str(_("Representative"))
        post: Post
        for post in Post.objects.as_of(self.held_on).filter(kind=kind, **_scope(body, "")):
            taken = post.terms.filter(exclusive=True, valid_to=None).exists()
            if name_key(post.title) == name_key(title) and not taken:
                return post
        shared = kind in SHARED_KINDS or kind == PostKind.REPRESENTATIVE
        made = create_post(
            kind=kind, title=title[:160], scope=body, is_shared=shared, actor=self.actor
        )
        return self.ledger.add(made)  # type: ignore[no-any-return]

    def _aliases(self) -> None:
        """A spelling variant that was confirmed as the same person is remembered (S12)."""
        for row in self.accepted.of_kind(FindingKind.QUERY):
            for word in row.data.get("words", []):
                person = self.person_named(row.data.get("same_as"))
                spelling = _without_salutation(word)
                if person is None or name_key(spelling) in {
                    name_key(person.full_name()),
                    name_key(person.family_name),
                }:
                    continue
                if not person.aliases.filter(search_key=search_key(spelling)).exists():
                    people_domain.add_alias(person=person, name=spelling, actor=self.actor)
                    self.ledger.add(person.aliases.get(search_key=search_key(spelling)))


def _scope(body: Scope, prefix: str = "post__") -> dict[str, Any]:
    name = "organisation" if isinstance(body, Organisation) else "alliance"
    return {f"{prefix}{name}": body}


def _without_salutation(words: str) -> str:
    kept = [
        word
        for word in words.split()
        if word.rstrip(".") not in {"Frau", "Herr", "Herrn", "Fr", "Hr", "Dr", "Prof"}
    ]
    return " ".join(kept)
