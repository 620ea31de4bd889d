"""The structure profile: which of an alliance's fields are filled on a day (S99).

The list of fields has an edition, so that two self-checks compare the same things.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.insight.enums import TopicStatus
from buendnisnetz.insight.models import AllianceTopic
from buendnisnetz.network.domain.queries.alliances import members_on_day, twelve_months_before
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Alliance, AllianceStatusPeriod, Post, Term, WorkingGroup

PROFILE_VERSION = 1
# Editions of the list: field, label. An edition is never changed once it was used.
PROFILE_FIELDS: dict[int, dict[str, str | Promise]] = {
    1: {
        "founded_on": _("founding day"),
        "legal_form": _("legal form"),
        "carrier": _("carrier"),
        "steering_body": _("steering body"),
        "fields_of_action": _("fields of action"),
        "description": _("description"),
        "email": _("e-mail address"),
        "website": _("website"),
        "access_note": _("accessibility of the office"),
        "awards": _("seals and awards"),
        "coordinator": _("somebody coordinates"),
        "deputy": _("a deputy of the coordination"),
        "office_hours": _("office hours"),
        "weekly_hours": _("hours a week of the coordination"),
        "funded_by": _("who pays the coordination"),
        "sponsor": _("sponsor"),
        "working_groups": _("working groups"),
        "members": _("members"),
        "contributions": _("what members bring in"),
        "companies": _("companies with branch and size"),
        "topics": _("active topics"),
        "confirmed": _("state confirmed within 12 months"),
    }
}
_TEXTS = (
    "legal_form", "steering_body", "description", "email", "website", "access_note", "awards",
)  # fmt: skip


def profile_of(alliance: Alliance, day: date) -> dict[str, bool]:
    """Which fields of the present edition are filled. One query.

    Posts, groups and members count as of the day; texts of the profile have no history here and
    count as they are.
    """
    found = _PROFILE.row(day, shape=day, alliance=alliance.pk)
    return {name: bool(found[f"has_{name}"]) for name in PROFILE_FIELDS[PROFILE_VERSION]}


def _profile(day: date) -> QuerySet[Any]:
    questions = {**_own_fields(), **_posts(day), **_partners(day)}
    rows: QuerySet[Any] = Alliance.objects.filter(pk=Slot("alliance")).values(
        **{f"has_{name}": question for name, question in questions.items()}
    )
    return rows


_PROFILE = Question(_profile)


def _own_fields() -> dict[str, Any]:
    questions = {
        "founded_on": Q(founded_on__isnull=False),
        "carrier": Q(carrier__isnull=False),
        "fields_of_action": Q(fields_of_action__len__gt=0),
        **{name: ~Q(**{name: ""}) for name in _TEXTS},
    }
    return {
        name: ExpressionWrapper(question, output_field=BooleanField())
        for name, question in questions.items()
    }


def _posts(day: date) -> dict[str, Any]:
    posts = Post.objects.as_of(day).filter(alliance=OuterRef("pk"))
    coordinators = posts.filter(kind=PostKind.COORDINATOR)
    return {
        "coordinator": Exists(_held(coordinators, day)),
        "deputy": Exists(coordinators.filter(deputy__isnull=False)),
        "office_hours": Exists(coordinators.exclude(office_hours="")),
        "weekly_hours": Exists(coordinators.filter(weekly_hours__isnull=False)),
        "funded_by": Exists(coordinators.exclude(funded_by="")),
        "sponsor": Exists(_held(posts.filter(kind=PostKind.SPONSOR), day)),
    }


def _held(posts: QuerySet[Post], day: date) -> QuerySet[Post]:
    return posts.filter(Exists(Term.objects.as_of(day).filter(post=OuterRef("pk"))))


def _partners(day: date) -> dict[str, Any]:
    own = OuterRef("pk")
    members = members_on_day(day).filter(alliance=own)
    companies = members.filter(organisation__kind=OrganisationKind.COMPANY)
    periods = AllianceStatusPeriod.objects.as_of(day).filter(alliance=own)
    return {
        "working_groups": Exists(WorkingGroup.objects.as_of(day).filter(alliance=own)),
        "members": Exists(members),
        "contributions": Exists(members.filter(contributions__len__gt=0)),
        "companies": Exists(
            companies.exclude(organisation__wz_section="").exclude(organisation__size_class="")
        ),
        "topics": Exists(AllianceTopic.objects.filter(alliance=own, status=TopicStatus.ACTIVE)),
        "confirmed": Exists(periods.filter(confirmed_on__gte=twelve_months_before(day))),
    }


def share_of(profile: Mapping[str, bool]) -> float:
    """The share of filled fields, 0 to 1; 0 for an empty profile."""
    return sum(profile.values()) / len(profile) if profile else 0.0
