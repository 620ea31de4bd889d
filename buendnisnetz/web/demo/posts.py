"""Invented posts, the people who hold them, and since when."""

from datetime import date, timedelta
from typing import Any

from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Person, Post, Term
from buendnisnetz.web.demo.world import World

_HEADS = {
    OrganisationKind.MUNICIPALITY: (PostKind.MAYOR, "Bürgermeisteramt"),
    OrganisationKind.DISTRICT_ADMINISTRATION: (PostKind.HEAD, "Leitung Jugend und Soziales"),
    OrganisationKind.CHAMBER: (PostKind.CHAMBER_CONTACT, "Ansprechstelle Familie und Beruf"),
    OrganisationKind.COORDINATION_OFFICE: (PostKind.HEAD, "Leitung der Koordinationsstelle"),
}


class PostBuilder:
    """Builds posts, people and terms since the first alliances."""

    def __init__(self, world: World) -> None:
        self.world = world

    def build(self) -> None:
        self._posts()
        self._people_and_terms()

    def _posts(self) -> None:
        rows: list[Post] = []
        for organisation in self.world.organisations:
            kind, title = _HEADS.get(
                OrganisationKind(organisation.kind), (PostKind.HEAD, "Leitung")
            )
            rows.append(
                self._post(
                    kind,
                    title,
                    organisation=organisation,
                    is_contact=True,
                    email=f"stelle{len(rows)}@demo.example",
                )
            )
            if self.world.chance.happens(0.35):
                rows.append(
                    self._post(
                        PostKind.REPRESENTATIVE,
                        "Vertretung im Bündnis",
                        organisation=organisation,
                        is_shared=True,
                    )
                )
        for alliance in self.world.alliances:
            rows.append(
                self._post(
                    PostKind.COORDINATOR,
                    "Koordination",
                    alliance=alliance,
                    is_contact=True,
                    email=alliance.email,
                )
            )
            rows.append(
                self._post(PostKind.SPEAKER, "Sprecherkreis", alliance=alliance, is_shared=True)
            )
            if self.world.chance.happens(0.6):
                rows.append(self._post(PostKind.SPONSOR, "Schirmherrschaft", alliance=alliance))
        rows.extend(
            self._post(
                PostKind.SOCIAL_PLANNER,
                "Sozialplanung",
                territory=district,
                is_contact=True,
                email=f"planung-{district.ags}@demo.example",
            )
            for district in self.world.districts
        )
        self.world.posts = self.world.save(Post, rows)
        for post in self.world.posts:
            key = post.alliance_id or 0
            self.world.posts_of.setdefault(key, []).append(post)

    def _post(self, kind: PostKind, title: str, **facts: Any) -> Post:
        scope = facts.get("organisation") or facts.get("alliance") or facts.get("territory")
        return Post(
            public_id=self.world.chance.public_id(),
            kind=kind,
            title=title,
            scope_name=str(scope),
            **facts,
        )

    def _people_and_terms(self) -> None:
        people: list[Person] = []
        terms: list[tuple[Post, Person]] = []
        order = [*self.world.posts]
        while len(people) < self.world.sizes.people:
            post = (
                order[len(terms) % len(order)]
                if len(terms) < len(order)
                else self.world.chance.pick(order)
            )
            person = self._person()
            people.append(person)
            terms.append((post, person))
        self.world.people = self.world.save(Person, people)
        self.world.terms = self.world.save(Term, self._chains(terms))
        for term in self.world.terms:
            if term.valid_to is None:
                self.world.holder_of[term.post_id] = term.person

    def _person(self) -> Person:
        title, given, family = self.world.chance.name()
        return Person(
            public_id=self.world.chance.public_id(),
            given_name=given,
            family_name=family,
            academic_title=title,
        )

    def _chains(self, pairs: list[tuple[Post, Person]]) -> list[Term]:
        """One after the other in the same post since 2004; some posts are vacant today."""
        holders: dict[int, list[tuple[Post, Person]]] = {}
        for post, person in pairs:
            holders.setdefault(post.pk, []).append((post, person))
        terms = []
        for chain in holders.values():
            starts = sorted(
                {
                    self.world.chance.day(
                        date(self.world.sizes.first_year, 1, 1),
                        self.world.today - timedelta(days=200),
                    )
                    for _pair in chain
                }
            )
            for index, (start, (post, person)) in enumerate(zip(starts, chain, strict=False)):
                last = index == len(starts) - 1
                end = None if last else starts[index + 1] - timedelta(days=1)
                if last and self.world.chance.happens(0.08):
                    end = self.world.chance.day(start, self.world.today - timedelta(days=20))
                terms.append(
                    Term(
                        public_id=self.world.chance.public_id(),
                        post=post,
                        person=person,
                        valid_from=start,
                        valid_to=end,
                        exclusive=not post.is_shared,
                    )
                )
        return terms
