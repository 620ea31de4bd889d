"""Reading how an alliance is looked after: sponsors and talks, topics and who answers for them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.conditions import any_of
from buendnisnetz.core.questions import Compiled, Question, Slot
from buendnisnetz.core.together import together
from buendnisnetz.insight.enums import TopicStatus
from buendnisnetz.insight.models import AllianceTopic, SponsorTalk
from buendnisnetz.network.domain.queries.alliances import members_on_day
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.models import Alliance, Post, Term, WorkingGroup


@dataclass(frozen=True)
class TopicLine:
    """A topic; ``vacant`` if nobody holds the post that answers for it on the day."""

    topic: AllianceTopic
    vacant: bool

    @property
    def closed(self) -> bool:
        return bool(self.topic.status == TopicStatus.CLOSED)


_RANK = Case(
    When(status=TopicStatus.ACTIVE, then=0), When(status=TopicStatus.PLANNED, then=1), default=2
)


@dataclass(frozen=True)
class Care:
    """What an alliance works on, the active topics first, then the planned, then the closed; and the talks
    with its sponsors, the latest first, for those who may read them."""

    topics: list[TopicLine]
    talks: list[SponsorTalk]


def care_of(alliance: Alliance, user: Any, day: date) -> Care:
    """How an alliance is looked after. One query."""
    found = _CARE.one_to(user, alliance=alliance.pk, day=day)
    return Care(
        [
            TopicLine(row, row.status == TopicStatus.ACTIVE and not row.held)
            for row in found["topics"]
        ],
        found["talks"],
    )


def _care(user: Any) -> Compiled:
    return together(topics=_topics(user), talks=_talks(user))


_CARE = Visible(_care)


def _topics(user: Any) -> QuerySet[Any]:
    held = Term.objects.as_of(Slot("day", planned=True)).filter(post=OuterRef("responsible"))
    rows: QuerySet[Any] = AllianceTopic.objects.visible_to(user).filter(alliance=Slot("alliance"))
    named: QuerySet[Any] = rows.annotate(held=Exists(held)).select_related("responsible", "deputy")
    return named.order_by(_RANK, "-closed_on", "name", "pk").only(
        "public_id", "name", "status", "closed_on", "alliance",
        "responsible__public_id", "responsible__title", "deputy__public_id", "deputy__title",
    )  # fmt: skip


def _talks(user: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = SponsorTalk.objects.visible_to(user).filter(
        post__alliance=Slot("alliance")
    )
    ordered: QuerySet[Any] = rows.select_related("post").order_by("-held_on", "-pk")
    return ordered.only("public_id", "held_on", "note", "post__title")


def sponsor_posts(alliance: Alliance, day: date) -> QuerySet[Post]:
    """The posts of sponsors that an alliance has on a day."""
    posts: QuerySet[Post] = Post.objects.as_of(day).filter(alliance=alliance, kind=PostKind.SPONSOR)
    return posts.order_by("title", "pk")


def posts_to_answer(alliance: Alliance, day: date) -> list[dict[str, Any]]:
    """Posts that may answer for a topic, with what they are called: of the alliance, its groups, and
    its members' contacts."""
    return _TO_ANSWER.rows(alliance=alliance.pk, day=day)


def _to_answer() -> QuerySet[Any, Any]:
    alliance, day = Slot("alliance"), Slot("day", planned=True)
    members = members_on_day(day).filter(alliance=alliance).values("organisation")
    groups = WorkingGroup.objects.filter(alliance=alliance).values("pk")
    found: QuerySet[Post] = Post.objects.as_of(day).filter(
        Q(alliance=alliance)
        | any_of("working_group", groups.order_by())
        | Q(any_of("organisation", members.order_by()), is_contact=True)
    )
    ordered = found.order_by("sort_key", "scope_sort_key", "pk")
    return ordered.values("pk", "title", "scope_name")


_TO_ANSWER = Question(_to_answer)
