"""Writing the people, organisations and terms of a confirmed document into the directory."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.core.search import search_key
from buendnisnetz.meetings.domain.accepted import Accepted
from buendnisnetz.meetings.domain.queries.gazetteer import (
    chamber_named,
    gazetteer_on,
    state_key,
    umbrella_body_named,
)
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
from buendnisnetz.network.enums import SHARED_KINDS, OrganisationKind, PostKind
from buendnisnetz.network.models import Alliance, Organisation, Person, Post, Term
from buendnisnetz.territories.models import Chamber, Territory

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
        state = state_key(minutes_import.alliance, accepted.values.get("place") or "", held_on)
        self.gazetteer = gazetteer_on(held_on, state=state)
        self._by_name: dict[str, Person] = {}
        self._by_family: dict[str, list[Person]] = {}

    def write(self) -> None:
        for row in self.accepted.of_kind(FindingKind.ORGANISATION):
            self.bodies[row.data["name"].casefold()] = self._body(row)
        for row in self.accepted.of_kind(FindingKind.PARTICIPANT):
            person = self._person(row)
            self.people[row.pk] = person
            self._second_body(row)
            self._remember(person, row.data["name"])
            for body in (self.also_for(row), self.body_of(row)):
                if body is not None:
                    self._term(row, person, body)
        self._aliases()

    # Who is who

    def body_of(self, row: Proposal) -> Scope | None:
        return self.bodies.get((row.data.get("organisation") or "").casefold())

    def also_for(self, row: Proposal) -> Scope | None:
        """The other body of somebody with a double role."""
        return self.bodies.get((row.data.get("also_for") or "").casefold())

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
        return self._found_or_made(row.data["name"].strip(), row.data.get("kind"))

    def _second_body(self, row: Proposal) -> None:
        """A second body that somebody typed in the review has no finding of its own."""
        name = (row.data.get("also_for") or "").strip()
        if name and name.casefold() not in self.bodies:
            self.bodies[name.casefold()] = self._found_or_made(name, None)

    def _found_or_made(self, name: str, kind: str | None) -> Scope:
        alliance = self._alliance(name)
        if alliance is not None:
            self.ledger.matched["alliance"] += 1
            return alliance
        chamber = chamber_named(name)
        known = Organisation.objects.filter(chamber=chamber).first() if chamber else None
        if known is not None:
            self.ledger.matched["organisation"] += 1
            return known  # type: ignore[no-any-return]
        made = create_organisation(
            actor=self.actor, territory=self.place(name), **self._facts(name, kind, chamber)
        )
        return self.ledger.add(made)  # type: ignore[no-any-return]

    def _facts(self, name: str, kind: str | None, chamber: Chamber | None) -> dict[str, Any]:
        """Name and kind of a new organisation; what the reference lists know, they know better."""
        if chamber is not None:
            return {"name": chamber.name, "kind": OrganisationKind.CHAMBER, "chamber": chamber}
        umbrella = umbrella_body_named(name, self.held_on)
        if umbrella is not None:
            known = {"name": umbrella.name, "short_name": umbrella.short_name}
            return {**known, "kind": OrganisationKind.UMBRELLA_BODY}
        return {"name": name, "kind": kind or organisation_kind(name)}

    @staticmethod
    def _alliance(name: str) -> Alliance | None:
        if not is_alliance(name):
            return None
        return Alliance.objects.filter(search_key=search_key(name)).first()

    def place(self, words: str) -> Territory | None:
        """The municipality or district that words name ("Stadt Kahla"), as of the meeting's day."""
        found = self.gazetteer.place_of(words)
        return Territory.objects.get(pk=found.pk) if found else None

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

    def _term(self, row: Proposal, person: Person, body: Scope) -> None:
        """The person held a post at the institution on that day; that much the document proves.

        A function that the words name belongs to the first of two bodies.
        """
        role = (row.data.get("role") or "").strip() if body == self.body_of(row) else ""
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
