"""What leaves as a list with the columns that come back: organisations, members, people with posts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.network.domain.queries.alliances import members_on_day
from buendnisnetz.network.enums import Contribution
from buendnisnetz.network.models import (
    Alliance,
    Membership,
    Organisation,
    Person,
    Post,
    Term,
)
from buendnisnetz.upkeep.domain.columns import FIELDS, day_text
from buendnisnetz.upkeep.enums import Target

_CHUNK = 500
Line = list[str]


def headings(target: str) -> Line:
    return [str(field.heading) for field in FIELDS[target]]


def alliances_to_export(user: Any) -> list[Alliance]:
    """Alliances whose members a user may take along."""
    access = access_of(user)
    rows = Alliance.objects.visible_to(user).order_by("sort_key", "pk")
    if not access.sees_whole_state:
        rows = rows.filter(pk__in=access.ids(ScopeKind.ALLIANCE))
    return list(rows)


def organisation_lines(day: date) -> Iterator[Line]:
    """All organisations that exist on a day."""
    rows = Organisation.objects.as_of(day).select_related("territory").prefetch_related("aliases")
    for body in rows.order_by("sort_key", "pk").iterator(chunk_size=_CHUNK):
        yield _ordered(Target.MEMBERS, _organisation(body))


def member_lines(alliance: Alliance, day: date) -> Iterator[Line]:
    """The members of an alliance on a day."""
    links = members_on_day(day).filter(alliance=alliance)
    rows = links.select_related("organisation__territory").prefetch_related("organisation__aliases")
    for link in rows.order_by("organisation__sort_key", "pk").iterator(chunk_size=_CHUNK):
        values = _organisation(link.organisation) | _membership(link, alliance)
        yield _ordered(Target.MEMBERS, values)


def people_lines(day: date) -> Iterator[Line]:
    """People with each post that they hold on a day; who holds none has one line too."""
    terms = (
        Term.objects.as_of(day)
        .select_related("post__organisation")
        .order_by("post__sort_key", "pk")
    )
    rows = Person.objects.filter(erased_at=None).prefetch_related(
        "aliases", Prefetch("terms", queryset=terms, to_attr="held")
    )
    held_or_never = Q(terms__in=Term.objects.as_of(day)) | Q(terms=None)
    for person in rows.filter(held_or_never).distinct().order_by("sort_key", "pk").iterator(chunk_size=_CHUNK):  # fmt: skip
        for term in person.held or [None]:
            values = _person(person) | (_post(term.post) | _term(term) if term else {})
            yield _ordered(Target.PEOPLE, values)


def _ordered(target: str, values: dict[str, str]) -> Line:
    return [values.get(field.key, "") for field in FIELDS[target]]


def _organisation(body: Organisation) -> dict[str, str]:
    return {
        "id": body.public_id,
        "name": body.name,
        "short_name": body.short_name,
        "kind": body.get_kind_display(),
        "sector": body.get_sector_display(),
        "wz_section": body.get_wz_section_display(),
        "size_class": body.get_size_class_display(),
        "territory": body.territory.ags if body.territory else "",
        "street": body.street,
        "postcode": body.postcode,
        "city": body.city,
        "email": body.email,
        "phone": body.phone,
        "website": body.website,
        "other_names": "; ".join(alias.name for alias in body.aliases.all()),
        "note": body.note,
        "valid_from": day_text(body.valid_from),
    }


def _membership(link: Membership, alliance: Alliance) -> dict[str, str]:
    return {
        "alliance": alliance.slug,
        "since": day_text(link.valid_from),
        "contributions": "; ".join(str(Contribution(value).label) for value in link.contributions),
        "membership_note": link.note,
    }


def _person(person: Person) -> dict[str, str]:
    return {
        "person_id": person.public_id,
        "academic_title": person.academic_title,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "person_email": person.email,
        "person_phone": person.phone,
        "other_names": "; ".join(alias.name for alias in person.aliases.all()),
    }


def _post(post: Post) -> dict[str, str]:
    return {
        "post_id": post.public_id,
        "post_title": post.title,
        "post_kind": post.get_kind_display(),
        "organisation_id": post.organisation.public_id if post.organisation else "",
        "organisation": post.scope_name,
        "post_email": post.email,
        "post_phone": post.phone,
    }


def _term(term: Term) -> dict[str, str]:
    return {
        "valid_from": day_text(term.valid_from),
        "valid_to": day_text(term.valid_to),
        # "No" is left empty: an empty cell says nothing.
        "is_acting": _("yes") if term.is_acting else "",
    }
