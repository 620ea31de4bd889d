"""Writing people with their posts and terms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from buendnisnetz.network.domain import bulk
from buendnisnetz.network.domain.queries.scoring import person_key
from buendnisnetz.network.enums import SHARED_KINDS, PostKind
from buendnisnetz.network.models import Organisation, Person, Post, Term
from buendnisnetz.upkeep.domain.changes import PERSON_KEYS, Known
from buendnisnetz.upkeep.domain.people_rows import known_people, post_key
from buendnisnetz.upkeep.domain.writing import RowGoneError, Writer
from buendnisnetz.upkeep.enums import RowChoice
from buendnisnetz.upkeep.models import ListRow


class PeopleWriter(Writer):
    """People and posts that are new, terms that begin, and what changes."""

    def write(self) -> None:
        people = self._people([row for row in self.rows if row.choice == RowChoice.NEW])
        same = [row for row in self.rows if row.choice == RowChoice.SAME]
        known = self._known(same)
        for row in same:
            self._change(row, known[_pair(row)])
            person = known[_pair(row)].person
            if person is not None:
                people[row] = person
        self._terms(people, self._posts(), known)

    def _people(self, rows: list[ListRow]) -> dict[ListRow, Person]:
        """One person for rows with the same name at the same organisation."""
        places: dict[Any, int] = {}
        prepared: list[Person] = []
        names: dict[int, list[str]] = {}
        of_row: dict[ListRow, int] = {}
        for row in rows:
            key = (person_key(row.values["label"]), row.values.get("body") or row.line)
            if key not in places:
                places[key] = len(prepared)
                prepared.append(_person(row.values))
            of_row[row] = places[key]
            if row.values.get("other_names"):
                names.setdefault(places[key], []).extend(row.values["other_names"])
        saved = bulk.add_people(
            rows=prepared, other_names=names, actor=self.actor, tell=self.tell(0)
        )
        self.ledger.made += saved
        return {row: saved[place] for row, place in of_row.items()}

    def _known(self, rows: list[ListRow]) -> dict[tuple[int, int | None], Known]:
        numbers = sorted({row.person_id for row in rows if row.person_id})
        list(Person.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk"))
        known = known_people(_pair(row) for row in rows)
        for row in rows:
            person = known[_pair(row)].person
            if person is None or person.erased_at is not None:
                raise RowGoneError(row)
        return known

    def _change(self, row: ListRow, known: Known) -> None:
        self.apply(row, known, allowed=lambda _target: True)
        if known.person is not None:
            self.add_names(row, known.person)

    def _posts(self) -> dict[Any, Post]:
        """The posts that rows speak of, by their key; missing ones are added."""
        numbers = {row.values["post"] for row in self.rows if row.values.get("post")}
        posts: dict[Any, Post] = dict(Post.objects.in_bulk(numbers))
        bodies = Organisation.objects.in_bulk(
            {row.values["body"] for row in self.rows if row.values.get("body")}
        )
        wanted: dict[Any, Post] = {}
        for row in self.rows:
            key = post_key(row.values)
            if row.values.get("post") and key not in posts:
                raise RowGoneError(row)
            if key is not None and key not in posts:
                if row.values["body"] not in bodies:
                    raise RowGoneError(row)
                wanted.setdefault(key, _post(row.values, bodies))
        saved = bulk.add_posts(rows=list(wanted.values()), actor=self.actor)
        self.ledger.made += saved
        return posts | dict(zip(wanted, saved, strict=True))

    def _terms(
        self,
        people: Mapping[ListRow, Person],
        posts: Mapping[Any, Post],
        known: Mapping[tuple[int, int | None], Known],
    ) -> None:
        terms = []
        for row in self.rows:
            key = post_key(row.values)
            held = known[_pair(row)].term if row.choice == RowChoice.SAME else None
            if key is None or _is_known(held, row.values):
                continue
            terms.append(_term(row.values, people[row], posts[key]))
        self.ledger.made += bulk.add_terms(
            rows=terms, actor=self.actor, tell=self.tell(len(self.rows) - len(terms))
        )


def _pair(row: ListRow) -> tuple[int, int | None]:
    return row.person_id or 0, row.values.get("post")


def _is_known(term: Term | None, values: Mapping[str, Any]) -> bool:
    """Whether a row speaks of a term that there is: an open one, or one that began on that day."""
    if term is None:
        return False
    began = values.get("valid_from")
    same_day = bool(began) and term.valid_from is not None and term.valid_from.isoformat() == began
    return term.valid_to is None or same_day or (not began and values.get("valid_to") is not None)


def _person(values: Mapping[str, Any]) -> Person:
    facts = {name: values[key] for key, name in PERSON_KEYS.items() if key in values}
    return Person(**facts)


def _post(values: Mapping[str, Any], bodies: Mapping[int, Organisation]) -> Post:
    body = bodies[values["body"]]
    kind = PostKind(values.get("post_kind") or values["guessed_kind"])
    return Post(
        title=values["post_title"],
        kind=kind,
        organisation=body,
        scope_name=body.name,
        is_shared=kind in SHARED_KINDS,
        email=values.get("post_email", ""),
        phone=values.get("post_phone", ""),
    )


def _term(values: Mapping[str, Any], person: Person, post: Post) -> Term:
    acting = bool(values.get("is_acting"))
    return Term(
        post=post,
        person=person,
        valid_from=_day(values.get("valid_from")),
        valid_to=_day(values.get("valid_to")),
        is_acting=acting,
        exclusive=not (post.is_shared or acting),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
