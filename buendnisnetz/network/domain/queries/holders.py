"""Who holds or held which post on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.conditions import any_of
from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.network.domain.scopes import Scope, field_of
from buendnisnetz.network.enums import ConsentKind, PostKind
from buendnisnetz.network.models import (
    Alliance,
    Charge,
    Organisation,
    Person,
    Post,
    Term,
)


class Contact(NamedTuple):
    """An alliance's present contact: the post and whoever holds it (nobody, if it is vacant)."""

    post: Post
    holders: list[Term]


class Holder(NamedTuple):
    """Somebody who holds a post on a day; names are shown as the user may see them."""

    name: str
    person_id: str
    is_acting: bool
    since: date | None


@dataclass(frozen=True)
class PostOnDay:
    """A post with whoever holds it on a day, for pages that show several."""

    public_id: str
    kind: str
    title: str
    scope_name: str
    is_contact: bool
    email: str
    phone: str
    office_hours: str
    confirmed_on: date | None
    holders: list[Holder] = dataclass_field(default_factory=list)


class Role(NamedTuple):
    """What somebody is on a day: a post's title and what it belongs to."""

    post_id: str
    title: str
    scope: str
    is_acting: bool


def holders_on(post: Post, day: date) -> list[Term]:
    """The terms of a post on a day, the regular holder before an acting one."""
    found: list[Term] = _HOLDERS.rows(post=post.pk, day=day)
    for term in found:
        term.post = post
    return found


_HOLDERS = Question(
    lambda: (
        Term.objects.as_of(Slot("day", planned=True))
        .filter(post=Slot("post"))
        .select_related("person__user")
        .order_by("is_acting", F("valid_from").asc(nulls_first=True), "pk")
    )
)


def mail_address_of(post: Post, day: date) -> str:
    """Where a mail to a post goes: its own address, else one of its holder; empty if there is none."""
    if post.email:
        return post.email
    for term in holders_on(post, day):
        user = term.person.user
        address = term.person.email or (user.email if user else "")
        if address:
            return address
    return ""


def post_holders(*, kind: PostKind, scope: Scope, day: date) -> list[Term]:
    """Who held the posts of a kind in a scope on a day: "minister on 24 August 2017" (S03)."""
    terms = Term.objects.as_of(day).filter(
        **{"post__kind": kind, f"post__{field_of(scope)}": scope}
    )
    return list(terms.select_related("person", "post").order_by("is_acting", "post", "pk"))


def terms_of(person: Person, user: Any) -> list[Term]:
    """A person's terms that a user may see, the latest first."""
    return _TERMS_OF_PERSON.to(user, person=person.pk)


_TERMS_OF_PERSON = Visible(
    lambda user: (
        Term.objects.visible_to(user)
        .filter(person=Slot("person"))
        .select_related("post")
        .order_by(F("valid_to").desc(nulls_first=True), "-valid_from", "pk")
    )
)


def terms_of_post(post: Post) -> list[Term]:
    """Everybody who ever held a post, the latest first."""
    terms = post.terms.select_related("person")
    return list(terms.order_by(F("valid_from").desc(nulls_last=True), "-pk"))


def parts_of_post(post: Post) -> list[Term]:
    """Everything that belongs to a post's history, each row with its number alone."""
    return [Term(**row) for row in _PARTS_OF_POST.rows(post=post.pk)]


_PARTS_OF_POST = Question(
    lambda: Term.objects.filter(post=Slot("post")).order_by("pk").values("pk")
)


def terms_through_time(post: Post, user: Any) -> list[Term]:
    """Those that a user may see of the terms of a post, in the order in which they were entered."""
    return _TERMS_OF_POST.to(user, post=post.pk)


_TERMS_OF_POST = Visible(
    lambda user: (
        Term.objects.visible_to(user)
        .filter(post=Slot("post"))
        .select_related("person")
        .order_by("pk")
    )
)


def people_of(organisation: Organisation, day: date) -> list[Term]:
    """Who worked for an organisation on a day, by post."""
    terms = Term.objects.as_of(day).filter(post__organisation=organisation)
    return list(
        terms.select_related("person", "post").order_by("post__sort_key", "person__sort_key")
    )


def posts_of(user: Any, today: date) -> list[int]:
    """Keys of the posts that a user holds today; work that hangs on them is the user's."""
    if user is None or not user.is_authenticated:
        return []
    terms = Term.objects.as_of(today).filter(person__user=user)
    return sorted(set(terms.values_list("post", flat=True)))


def current_contact(alliance: Alliance, day: date) -> Contact | None:
    """The post that is asked for an alliance on a day, and its holders.

    Its own coordinating post, if somebody holds it; else the post that has the charge of it; else
    its own post, though it is empty.
    """
    posts = coordinating(day).filter(alliance=alliance).order_by("-is_held", "-is_contact", "pk")
    own = posts.first()
    if own is None or not own.is_held:
        charge = Charge.objects.as_of(day).filter(alliance=alliance).select_related("post").first()
        own = charge.post if charge else own
    return Contact(own, holders_on(own, day)) if own else None


def coordinating(day: Any) -> QuerySet[Any]:
    """The coordinating posts of a day, each with whether somebody holds it."""
    held = Term.objects.as_of(day).filter(post=OuterRef("pk"))
    posts: QuerySet[Any] = Post.objects.as_of(day).filter(kind=PostKind.COORDINATOR)
    annotated: QuerySet[Any] = posts.annotate(is_held=Exists(held))
    return annotated


_OWN = tuple(field.name for field in fields(PostOnDay) if field.name != "holders")
_NAME = tuple(f"held__person__{name}" for name in ("academic_title", "given_name", "family_name"))
_TERM = ("held__person__public_id", "held__is_acting", "held__valid_from")


def posts_by_id(posts: Iterable[str], day: date, user: Any) -> list[PostOnDay]:
    """Posts that exist on a day with their holders, by public ids that are known, whether or not the
    user may open them: one query with an outer join, and for the public one more for who agreed to
    be named."""
    return with_holders(_POSTS_BY_ID.rows(posts=list(posts), day=day), user)


def _held_on(posts: QuerySet[Any], day: Any) -> QuerySet[Any]:
    """A row for each post on a day and each of its holders."""
    shown = Q(terms__valid_from=None) | Q(terms__valid_from__lte=day)
    shown &= Q(terms__valid_to=None) | Q(terms__valid_to__gte=day)
    rows = _on_day(posts, day).annotate(held=FilteredRelation("terms", condition=shown))
    ordered: QuerySet[Any] = rows.order_by(
        "-is_contact", "sort_key", "pk", "held__is_acting", "held__pk"
    )
    return ordered.values(*_OWN, *_NAME, *_TERM)


def with_holders(records: list[dict[str, Any]], user: Any) -> list[PostOnDay]:
    """The posts in rows of :func:`held_for`, each with the holders whose names the user may read."""
    found: dict[str, PostOnDay] = {}
    named = _named({row[_TERM[0]] for row in records if row[_TERM[0]]}, user)
    for row in records:
        own = [row[column] for column in _OWN]
        post = found.setdefault(own[0], PostOnDay(*own))
        if row[_TERM[0]] in named:
            name = " ".join(filter(None, (row[column] for column in _NAME)))
            post.holders.append(Holder(name, *(row[column] for column in _TERM)))
    return list(found.values())


def _named(people: set[str], user: Any) -> set[str]:
    """Those whose names the user may read, among the holders of posts that are visible."""
    if not access_of(user).is_public:
        return people
    agreed = Person.objects.with_consent(ConsentKind.PUBLIC_NAME).filter(public_id__in=people)
    return set(agreed.values_list("public_id", flat=True))


def _on_day(posts: Any, day: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = posts.as_of(day)
    return rows


_POSTS_BY_ID = Question(
    lambda: _held_on(Post.objects.filter(one_of("public_id", "posts")), Slot("day", planned=True))
)


def posts_for(subject: Scope, day: date, user: Any) -> list[PostOnDay]:
    """The subject's own posts and those that have the charge of it on a day."""
    records = _HELD_FOR.to(user, field_of(subject), subject=subject.pk, day=day)
    return with_holders(records, user)


def held_for(user: Any, field: str) -> QuerySet[Any]:
    """A row for each of these posts and each of its holders, with slots for the subject and the day."""
    subject, day = {field: Slot("subject")}, Slot("day", planned=True)
    own = Q(**subject)
    if field in {"alliance", "working_group"}:
        own |= any_of("pk", Charge.objects.as_of(day).filter(**subject).values("post"))
    return _held_on(Post.objects.visible_to(user).filter(own), day)


_HELD_FOR = Visible(held_for)


def names_of_holders(posts: Iterable[int], day: date, user: Any) -> dict[int, str]:
    """Who holds each post on a day, as far as the user may see names."""
    names: dict[int, list[str]] = {}
    for row in _NAMES_OF_HOLDERS.to(user, posts=list(posts), day=day):
        parts = (row[column] for column in _PERSON)
        names.setdefault(row["post"], []).append(" ".join(filter(None, parts)))
    return {post: ", ".join(found) for post, found in names.items()}


_PERSON = ("person__academic_title", "person__given_name", "person__family_name")
_NAMES_OF_HOLDERS = Visible(
    lambda user: (
        Term.objects.visible_one_by_one(user)
        .as_of(Slot("day", planned=True))
        .filter(one_of("post", "posts"))
        .order_by("is_acting", "pk")
        .values("post", *_PERSON)
    )
)


def roles_on(people: Iterable[int], day: date, user: Any) -> dict[int, list[Role]]:
    """What each person is on a day, as far as the user may see it."""
    roles: dict[int, list[Role]] = {}
    for row in _ROLES.to(user, people=list(people), day=day):
        roles.setdefault(row["person"], []).append(Role(*(row[column] for column in _ROLE)))
    return roles


_ROLE = ("post__public_id", "post__title", "post__scope_name", "is_acting")
_ROLES = Visible(
    lambda user: (
        Term.objects.visible_one_by_one(user)
        .as_of(Slot("day", planned=True))
        .filter(one_of("person", "people"))
        .order_by("post__sort_key", "pk")
        .values("person", *_ROLE)
    )
)


def vacant(posts: QuerySet[Post], day: date) -> QuerySet[Post]:
    """Posts that nobody holds on a day."""
    return posts.filter(~Q(pk__in=Term.objects.as_of(day).values("post")))
