"""Rows that are people with their posts and terms."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from buendnisnetz.core.search import search_key
from buendnisnetz.network.domain.guessing import post_kind, split_name
from buendnisnetz.network.domain.queries.scoring import person_key
from buendnisnetz.network.enums import SHARED_KINDS, PostKind
from buendnisnetz.network.models import Organisation, Person, PersonAlias, Post, Term
from buendnisnetz.upkeep.domain import changes, matching
from buendnisnetz.upkeep.domain.cells import CellError
from buendnisnetz.upkeep.domain.changes import Known
from buendnisnetz.upkeep.domain.places import Bodies, Numbered
from buendnisnetz.upkeep.enums import RowChoice, RowMatch
from buendnisnetz.upkeep.models import ListRow, PartnerList

if TYPE_CHECKING:
    from buendnisnetz.upkeep.domain.checking import Draft

PostKey = tuple[int, str]


class PeopleResolver:
    """Looks up what the cells of such a list name, once for all rows."""

    def __init__(self, partner_list: PartnerList, drafts: Sequence["Draft"], today: date) -> None:
        texts = [draft.texts for draft in drafts]

        def filled(key: str) -> list[str]:
            return [text[key] for text in texts if text.get(key)]

        self.people = Numbered(Person, filled("person_id"))
        self.posts = Numbered(Post, filled("post_id"))
        self.bodies = Numbered(Organisation, filled("organisation_id"))
        self.named = Bodies(filled("organisation"), today)
        self.today = today
        self.posts_of: dict[PostKey, Post] = {}
        self.taken: dict[int, str] = {}

    def resolve(self, draft: "Draft") -> None:
        self._name(draft)
        self._numbered(draft)
        body = self._body(draft)
        title = draft.values.get("post_title")
        if draft.values.get("post"):
            return
        if (
            title
            and body is None
            and not any(
                error["field"] in {"organisation", "organisation_id"} for error in draft.row.errors
            )
        ):
            draft.refuse("post_title", _("Please say at which organisation."))
        if body is not None:
            draft.values["body"] = body.pk
            draft.values["organisation_name"] = body.name
            draft.values.setdefault("post_title", str(_("Representative")))
            kind = post_kind(title or "")
            draft.values["guessed_kind"] = kind

    def _name(self, draft: "Draft") -> None:
        values = draft.values
        if "family_name" not in values and values.get("name"):
            given, values["family_name"] = split_name(values["name"])
            if given:
                values["given_name"] = given
        if not values.get("family_name"):
            key = "family_name" if "family_name" in draft.texts else "name"
            draft.refuse(key, _("The name is missing."))
        family = values.get("family_name", "")
        if len(family) > 80:
            draft.refuse("name", _("The family name is too long."))
        values["label"] = f"{values.get('given_name', '')} {family}".strip()

    def _numbered(self, draft: "Draft") -> None:
        values = draft.values
        if "person_id" in values:
            try:
                draft.row.person = self.people.meant(values["person_id"])
                draft.row.match, draft.row.choice = RowMatch.NUMBERED, RowChoice.SAME
            except CellError as error:
                draft.refuse("person_id", str(error))
            if draft.row.person is not None and draft.row.person.erased_at is not None:
                draft.refuse("person_id", _("The name of this person was removed for good."))
        if "post_id" in values:
            try:
                values["post"] = self.posts.meant(values["post_id"]).pk
            except CellError as error:
                draft.refuse("post_id", str(error))

    def _body(self, draft: "Draft") -> Organisation | None:
        """The organisation of the post, by ID or by its exact name; a post that is known has its own."""
        texts = draft.texts
        try:
            if texts.get("organisation_id"):
                found: Organisation = self.bodies.meant(texts["organisation_id"])
                return found
            if texts.get("organisation") and not draft.values.get("post"):
                return self.named.meant(texts["organisation"])
        except CellError as error:
            key = "organisation_id" if texts.get("organisation_id") else "organisation"
            draft.refuse(key, str(error))
        return None

    def identity(self, draft: "Draft") -> Any:
        values = draft.values
        person = draft.row.person_id or person_key(values["label"])
        return person, post_key(values), values.get("valid_from")

    def candidates(self, rows: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        return matching.person_candidates(rows)

    def compare(self, drafts: Sequence["Draft"]) -> None:
        """Which post a row means, whether it is free, and what rows that mean a person would change."""
        self._find_posts(drafts)
        self._check_free(drafts)
        meant = [draft for draft in drafts if draft.row.person_id]
        known = known_people(
            (draft.row.person_id or 0, draft.values.get("post")) for draft in meant
        )
        for draft in meant:
            entry = known[draft.row.person_id or 0, draft.values.get("post")]
            take = draft.row.match == RowMatch.NUMBERED
            draft.row.changes = changes.found_changes("PEOPLE", draft.values, entry, take=take)

    def _find_posts(self, drafts: Sequence["Draft"]) -> None:
        """Posts of the named organisations with the same title."""
        bodies = {draft.values["body"] for draft in drafts if draft.values.get("body")}
        for post in Post.objects.as_of(self.today).filter(organisation__in=bodies).order_by("-pk"):
            self.posts_of[post.organisation_id or 0, search_key(post.title)] = post
        for draft in drafts:
            body, title = draft.values.get("body"), draft.values.get("post_title")
            post = self.posts_of.get((body or 0, search_key(str(title or ""))))
            if post is not None and not draft.values.get("post"):
                draft.values["post"] = post.pk

    def _check_free(self, drafts: Sequence["Draft"]) -> None:
        """One person at a time on a post that is not shared: the holder now, or an earlier row."""
        numbers = {draft.values["post"] for draft in drafts if draft.values.get("post")}
        held = Term.objects.filter(post__in=numbers, exclusive=True, valid_to=None)
        holders = {term.post_id: term for term in held.select_related("person")}
        given: dict[Any, int] = {}
        for draft in drafts:
            key = post_key(draft.values)
            if key is None or draft.values.get("is_acting") or draft.values.get("valid_to"):
                continue
            if self._is_shared(draft.values):
                continue
            self._check_holder(draft, holders.get(draft.values.get("post") or 0))
            if key in given:
                draft.refuse(
                    "post_title",
                    _("Line %(line)s gives this post to somebody else.") % {"line": given[key]},
                )
            given.setdefault(key, draft.row.line)

    def _check_holder(self, draft: "Draft", holder: Term | None) -> None:
        """Whoever is asked about may turn out to be the holder; anybody else is refused."""
        row = draft.row
        if holder is None or holder.person_id == row.person_id:
            return
        message = _("%(holder)s holds this post. Please end that term first.") % {
            "holder": holder.person.full_name()
        }
        if holder.person_id in {candidate["pk"] for candidate in row.candidates}:
            row.notes.append(message)
        else:
            draft.refuse("post_title", message)

    def _is_shared(self, values: Mapping[str, Any]) -> bool:
        post = next((row for row in self.posts_of.values() if row.pk == values.get("post")), None)
        if post is not None:
            return bool(post.is_shared)
        if values.get("post"):
            return False
        return PostKind(values.get("post_kind") or values["guessed_kind"]) in SHARED_KINDS


def post_key(values: Mapping[str, Any]) -> Any:
    """What two rows share that speak of the same post; None without a post."""
    if values.get("post"):
        return values["post"]
    if values.get("body"):
        return values["body"], search_key(values["post_title"])
    return None


def known_people(
    pairs: Iterable[tuple[int, int | None]],
) -> dict[tuple[int, int | None], Known]:
    """What the directory has of people and their terms on posts, in four queries."""
    wanted = set(pairs)
    people = Person.objects.in_bulk({person for person, _post in wanted})
    posts = Post.objects.in_bulk({post for _person, post in wanted if post})
    aliases: dict[int, set[str]] = {}
    for owner, name in PersonAlias.objects.filter(person__in=people).values_list("person", "name"):
        aliases.setdefault(owner, set()).add(name)
    terms: dict[tuple[int, int | None], Term] = {}
    for term in Term.objects.filter(person__in=people, post__in=posts).order_by("valid_to"):
        terms[term.person_id, term.post_id] = term
    return {
        (person, post): Known(
            person=people.get(person),
            post=posts.get(post or 0),
            term=terms.get((person, post)),
            aliases=frozenset(aliases.get(person, set())),
        )
        for person, post in wanted
    }


def known_of(row: ListRow) -> Known:
    key = (row.person_id or 0, row.values.get("post"))
    return known_people([key])[key]
