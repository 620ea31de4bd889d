"""Terms that end, posts that are empty, and how long people stay (S63, S85, S96, S107)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Field,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Least

from buendnisnetz.core.conditions import any_of
from buendnisnetz.core.questions import Compiled, Question, written
from buendnisnetz.core.search import search_key
from buendnisnetz.core.together import together
from buendnisnetz.network.domain.queries.holders import vacant
from buendnisnetz.network.enums import HandoverStatus, PostKind
from buendnisnetz.network.models import Handover, Post, Term
from buendnisnetz.territories.domain.queries.populations import base_near, with_population
from buendnisnetz.territories.enums import PopulationBase
from buendnisnetz.territories.models import Territory

WARNED_BEFORE = timedelta(days=183)


def ending_terms(user: Any, day: date, months: int) -> QuerySet[Any]:
    """Terms that hold on a day and end within some months: by their own last day, the post's, or the
    end of the mandate. Adds ``ends_on`` and the state and number of the newest handover."""
    handovers = Handover.objects.filter(term=OuterRef("pk")).exclude(
        status=HandoverStatus.CANCELLED
    )
    newest = handovers.order_by("-pk")
    rows: QuerySet[Any] = Term.objects.visible_to(user).as_of(day)
    rows = rows.filter(person__erased_at=None).annotate(
        # PostgreSQL leaves out what is not known.
        ends_on=Least("valid_to", "post__valid_to", "post__mandate_ends_on"),
        handover_status=Subquery(newest.values("status")[:1]),
        handover_key=Subquery(newest.values("public_id")[:1]),
    )
    # Asked of the tables one by one: the earliest of the three days stands in no index.
    limit = _later(day, months)
    posts = Post.objects.filter(Q(valid_to__lte=limit) | Q(mandate_ends_on__lte=limit)).values("pk")
    return rows.filter(Q(valid_to__range=(day, limit)) | any_of("post", posts.order_by()))


def _later(day: date, months: int) -> date:
    """So many months later, as 30.4 days each: a limit for a list, not a deadline."""
    return day + timedelta(days=round(months * 30.4375))


def vacancies(user: Any, day: date) -> QuerySet[Any]:
    """Posts that nobody holds on a day, with ``empty_since`` where it is known, the number of days
    and the last term."""
    rows: QuerySet[Any] = vacant(Post.objects.visible_to(user).as_of(day), day)
    before = Term.objects.filter(post=OuterRef("pk"), valid_to__lt=day).order_by("-valid_to", "-pk")
    last_day = Subquery(before.values("valid_to")[:1])
    counted: QuerySet[Any] = rows.annotate(
        last_term=Subquery(before.values("public_id")[:1]),
        empty_since=ExpressionWrapper(
            Coalesce(last_day + Value(1), F("valid_from")), output_field=DateField()
        ),
    ).annotate(
        # Days as a number; Django would make an interval of the difference.
        empty_days=Func(
            Value(day, output_field=DateField()),
            F("empty_since"),
            template="(%(expressions)s)",
            arg_joiner=" - ",
            output_field=IntegerField(),
        )
    )
    return counted


_HANDOVERS = {
    "open": [HandoverStatus.OPEN],
    "done": [HandoverStatus.DONE],
}


def narrowed_terms(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    """Apply the filter of the list of terms, apart from the day and the time ahead."""
    if values.get("kind"):
        rows = rows.filter(post__kind=values["kind"])
    wanted = values.get("handover")
    if wanted == "none":
        rows = rows.filter(handover_status=None)
    elif wanted:
        rows = rows.filter(handover_status__in=_HANDOVERS[wanted])
    return rows


def found_terms(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Terms whose post or person holds what was typed."""
    key = search_key(typed)
    return rows.filter(Q(post__search_key__contains=key) | Q(person__search_key__contains=key))


def narrowed_vacancies(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    """Official contacts, unless all posts are asked for."""
    if values.get("kind"):
        rows = rows.filter(kind=values["kind"])
    return rows if values.get("which") == "all" else rows.filter(is_contact=True)


@dataclass(frozen=True)
class Quarter:
    """How many districts had a filled planning post on a quarter's last day, and for how many days
    of the quarter, all districts together, nobody was there (S63)."""

    first_day: date
    last_day: date
    districts: int
    filled: int
    empty_days: int

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.filled / self.districts if self.districts else 0.0


# Periods that overlap are counted once: the database unites the ranges of days of each district before
# it cuts them into quarters.
_QUARTERS = """
WITH span AS (
    SELECT post.territory_id AS territory, unnest(range_agg(
        daterange(post.valid_from, post.valid_to, '[]')
        * daterange(term.valid_from, term.valid_to, '[]'))) AS days
    FROM network_post post JOIN network_term term ON term.post_id = post.id
    WHERE post.kind = 'SOCIAL_PLANNER' AND (term.valid_to IS NULL OR term.valid_to >= %(first)s)
    GROUP BY post.territory_id
), quarter AS (
    SELECT first_day, last_day, daterange(first_day, last_day, '[]') AS days FROM (
        SELECT start::date AS first_day,
               least((start + interval '3 months' - interval '1 day')::date, %(day)s::date) AS last_day
        FROM generate_series(%(first)s::date, %(day)s::date, interval '3 months') AS start
    ) q
), slot AS (
    SELECT quarter.*, territory.id AS territory FROM quarter
    JOIN territories_territory territory ON territory.level = 'DISTRICT'
     AND (territory.valid_from IS NULL OR territory.valid_from <= quarter.last_day)
     AND (territory.valid_to IS NULL OR territory.valid_to >= quarter.last_day)
)
SELECT first_day, last_day, count(DISTINCT slot.territory),
       count(*) FILTER (WHERE span.days @> last_day),
       count(DISTINCT slot.territory) * (last_day - first_day + 1)
       - coalesce(sum(upper(span.days * slot.days) - lower(span.days * slot.days)), 0)
FROM slot LEFT JOIN span ON span.territory = slot.territory AND span.days && slot.days
GROUP BY first_day, last_day ORDER BY first_day DESC
"""


_QUARTER: "dict[str, Field[Any, Any]]" = {
    "first_day": DateField(),
    "last_day": DateField(),
    "districts": IntegerField(),
    "filled": IntegerField(),
    "empty_days": IntegerField(),
}


@dataclass(frozen=True)
class Tenure:
    """How long people hold posts of a kind (S96). Days; None where there is nothing to measure."""

    kind: PostKind
    posts: int
    held: int
    median_days: int | None
    ended: int
    ended_median_days: int | None
    empty_days: int


# Posts of alliances, groups and territories, and caretakers anywhere: those the network lives on.
_TENURE = """
WITH post AS (
    SELECT id, kind, greatest(valid_from, %(from)s::date) AS first_day,
           least(valid_to, %(day)s::date) AS last_day
    FROM network_post
    WHERE (organisation_id IS NULL OR kind = 'CARETAKER')
      AND (valid_from IS NULL OR valid_from <= %(day)s) AND (valid_to IS NULL OR valid_to >= %(day)s)
), term AS (
    SELECT post.id AS post, post.kind, NOT (term.is_acting OR term.first_seen) AS measured,
           (term.valid_from IS NULL OR term.valid_from <= %(day)s)
           AND (term.valid_to IS NULL OR term.valid_to >= %(day)s) AS holds,
           term.valid_to < %(day)s AS has_ended,
           least(term.valid_to, %(day)s::date) - term.valid_from + 1 AS days,
           daterange(term.valid_from, term.valid_to, '[]')
           * daterange(post.first_day, post.last_day, '[]') AS span
    FROM post JOIN network_term term ON term.post_id = post.id
), stay AS (
    SELECT kind, percentile_disc(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE holds) AS now,
           count(*) FILTER (WHERE has_ended) AS ended,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE has_ended) AS before
    FROM term WHERE measured GROUP BY kind
), filled AS (
    SELECT post, bool_or(holds) AS is_held, range_agg(span) AS spans FROM term GROUP BY post
)
SELECT post.kind, count(*), count(*) FILTER (WHERE filled.is_held), max(stay.now),
       coalesce(max(stay.ended), 0), max(stay.before),
       sum(post.last_day - post.first_day + 1 - coalesce((
           SELECT sum(upper(part) - lower(part)) FROM unnest(filled.spans) AS part), 0))
FROM post LEFT JOIN filled ON filled.post = post.id LEFT JOIN stay ON stay.kind = post.kind
GROUP BY post.kind ORDER BY count(*) DESC, post.kind
"""


_STAY: "dict[str, Field[Any, Any]]" = {
    "kind": CharField(),
    "posts": IntegerField(),
    "held": IntegerField(),
    "median_days": IntegerField(),
    "ended": IntegerField(),
    "ended_median_days": IntegerField(),
    "empty_days": IntegerField(),
}


@dataclass(frozen=True)
class Ending:
    """A caretaker's post or term that ends within half a year (S85)."""

    post_id: str
    title: str
    scope: str
    ends_on: date


def _caretakers_ending(day: date) -> QuerySet[Any]:
    last = Max("terms__valid_to", filter=Q(terms__valid_to__gte=day))
    still_open = Term.objects.filter(post=OuterRef("pk"), valid_to=None)
    posts: QuerySet[Any] = Post.objects.as_of(day).filter(kind=PostKind.CARETAKER)
    posts = posts.annotate(is_open=Exists(still_open), last=last).annotate(
        ends_on=Least("valid_to", "mandate_ends_on", "last"),
        post_id=F("public_id"),
        scope=F("scope_name"),
    )
    near = Q(ends_on__lte=day + WARNED_BEFORE)
    lasting = Q(is_open=True, valid_to=None, mandate_ends_on=None)
    rows = posts.filter(near).exclude(lasting).order_by("ends_on", "pk")
    return rows.values("post_id", "title", "scope", "ends_on")


@dataclass(frozen=True)
class Caretaking:
    """The caretakers of a state on a day; ``hours`` a week, ``population`` 0 where unknown."""

    caretakers: int
    hours: Decimal
    population: int

    @property
    def hours_per_10000(self) -> float | None:
        return float(self.hours) * 10_000 / self.population if self.population else None


@dataclass(frozen=True)
class Figures:
    """What can be counted of terms on a day.

    Quarters are the last ones up to it, the newest first; the running one counts until that day. Stays are
    those in posts of alliances, groups and territories, and of caretakers; empty days are of the last year.
    Endings are caretakers whose post, mandate or last term ends within half a year.
    """

    quarters: list[Quarter]
    stays: list[Tenure]
    caretaking: Caretaking
    endings: list[Ending]


def figures(day: date, *, years: int = 3) -> Figures:
    """The figures of a day, with the quarters of so many years."""
    base = base_near(day)
    first = date(day.year - years, 3 * ((day.month - 1) // 3) + 1, 1)
    values = {"first": first, "day": day, "from": day - timedelta(days=364)}
    found = _FIGURES.row(day, base, shape=(day, base), **values)
    posts, people = found["caretakers"], found["populations"]
    return Figures(
        [Quarter(**row) for row in found["quarters"]],
        [Tenure(**{**row, "kind": PostKind(row["kind"])}) for row in found["stays"]],
        Caretaking(
            len(posts),
            sum((row["weekly_hours"] or Decimal(0) for row in posts), Decimal(0)),
            sum(row["population"] or 0 for row in people),
        ),
        [Ending(**row) for row in found["endings"]],
    )


def _figures(day: date, base: PopulationBase | None) -> Compiled:
    caretakers = Post.objects.as_of(day).filter(kind=PostKind.CARETAKER)
    districts = Territory.objects.districts().as_of(day)
    found = together(
        quarters=written(_QUARTERS, _QUARTER, planned=("first", "day")),
        stays=written(_TENURE, _STAY, planned=("day", "from")),
        caretakers=caretakers.order_by().values("weekly_hours"),
        populations=with_population(districts, on=day, base=base).values("population"),
        endings=_caretakers_ending(day),
    )
    return replace(found, reckoned=True)


_FIGURES = Question(_figures)
