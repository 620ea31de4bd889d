"""Search over everything a user may see: one query for all kinds, and others for typing errors.

Each kind contributes its best hits, so that many tasks never push the one alliance off the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.frequency import meant_by, tables_full_of
from buendnisnetz.core.questions import Compiled, compiled
from buendnisnetz.core.search import CANDIDATES, Typed, words_sought
from buendnisnetz.meetings.models import Decision, Meeting, MinutesEntry, PublicMinutes
from buendnisnetz.network.models import Alliance, Organisation, Person, Post, WorkingGroup
from buendnisnetz.tasks.models import Task
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui.jinja import url

PER_KIND = 5
WHEN_CHOSEN = 50
# Of so many rows the best of a kind are taken where all kinds are shown.
_CANDIDATES_PER_KIND = 60
_SNIPPET = 160


@dataclass(frozen=True)
class Kind:
    """What can be found: where it is read from and how a hit is shown."""

    name: str
    label: str | Promise
    model: Any
    title: Any
    note: Any
    key: Any
    address: str
    inside_only: bool = False
    # The rows to look in, where they are not simply those that the user may see.
    rows: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Hit:
    """One result."""

    kind: str
    title: str
    url: str
    snippet: str


@dataclass(frozen=True)
class Found:
    """The hits, and whether they only resemble what was typed because nothing holds it."""

    hits: list[Hit]
    resembling: bool = False


def _text(expression: Any) -> Any:
    return Cast(expression, CharField())


_NONE = Value("")
KINDS: tuple[Kind, ...] = (
    Kind("alliance", gettext_lazy("Alliances"), Alliance, F("name"), _NONE, F("slug"), "network:alliance_detail"),
    Kind("organisation", gettext_lazy("Organisations"), Organisation, F("name"), F("city"), F("public_id"), "network:organisation_detail"),
    Kind("person", gettext_lazy("People"), Person, Concat("given_name", Value(" "), "family_name"), _NONE, F("public_id"), "network:person_detail", inside_only=True, rows=lambda user: Person.objects.visible_one_by_one(user)),
    Kind("post", gettext_lazy("Contacts and posts"), Post, F("title"), F("scope_name"), F("public_id"), "network:post_detail"),
    Kind("group", gettext_lazy("Working groups"), WorkingGroup, F("name"), F("topic"), F("public_id"), "network:group_detail"),
    Kind("territory", gettext_lazy("Territories"), Territory, F("name"), F("ags"), F("public_id"), "territories:territory_detail"),
    Kind("meeting", gettext_lazy("Meetings"), Meeting, F("title"), _text(F("held_on")), F("public_id"), "meetings:meeting_detail", inside_only=True, rows=lambda user: Meeting.objects.inside_for(user)),
    Kind("minutes", gettext_lazy("Published minutes"), PublicMinutes, F("title"), _text(F("meeting__held_on")), F("meeting__public_id"), "meetings:meeting_detail", rows=lambda user: PublicMinutes.objects.beyond(user)),
    Kind("decision", gettext_lazy("Decisions"), Decision, F("text"), F("meeting__title"), F("public_id"), "meetings:decision_detail", inside_only=True, rows=lambda user: Decision.objects.visible_one_by_one(user)),
    Kind("task", gettext_lazy("Tasks and promises"), Task, F("title"), F("origin_label"), F("public_id"), "tasks:task_detail", inside_only=True),
    Kind("entry", gettext_lazy("Passages of minutes"), MinutesEntry, F("text"), F("meeting__title"), Concat("meeting__public_id", Value("/"), "public_id"), "meetings:minutes_detail", inside_only=True, rows=lambda user: MinutesEntry.objects.visible_one_by_one(user)),
)  # fmt: skip


_OFTEN = {kind.name: f"often_{kind.name}" for kind in KINDS}


def kinds_for(user: Any) -> list[Kind]:
    """The kinds that a user can find; contents of the work are not for the public."""
    public = access_of(user).is_public
    return [kind for kind in KINDS if not (public and kind.inside_only)]


def search(*, text: str, user: Any, chosen: str = "") -> Found:
    """The hits for a text, kinds in fixed order, best first within a kind; at most three queries.

    Where there are none, those for the frequent words that were meant; and if there were none of these
    either, what resembles the text.
    """
    typed, sought = Typed.text(text), words_sought(text)
    if not typed.query:
        return Found([])
    # Who sees a few of the rows may read on through all of them before there are enough.
    in_part = not access_of(user).sees_whole_state
    rows = _matching(typed, sought, user, chosen, in_part)
    as_typed = bool(rows)
    if not rows and len(text.strip()) > 3:
        meant = meant_by(sought)
        rows = _matching(Typed.words(meant), meant, user, chosen, in_part) if meant else []
        if not rows:
            rows = _BEST_HITS.to(user, chosen, typed.finds_parts, True, in_part, **typed.values())
    order = {kind.name: place for place, kind in enumerate(KINDS)}
    rows.sort(key=lambda row: (order[row["kind_"]], -row["rank"]))
    return Found([_hit(row) for row in rows], resembling=bool(rows) and not as_typed)


def _matching(
    typed: Typed, words: Sequence[tuple[str, str]], user: Any, chosen: str, in_part: bool
) -> list[dict[str, Any]]:
    full = tables_full_of(words, wanted=_candidates(chosen))
    often = {_OFTEN[kind.name]: kind.model._meta.db_table in full for kind in KINDS}
    planned = in_part and any(often.values())
    given = (chosen, typed.finds_parts, False, planned)
    return _BEST_HITS.to(user, *given, **typed.values(), **often)


def _candidates(chosen: str) -> int:
    return CANDIDATES if chosen else _CANDIDATES_PER_KIND


_COLUMNS = ("kind_", "title_", "note_", "key_", "rank")


def _best_hits(
    user: Any, chosen: str, finds_parts: bool, resembling: bool, planned: bool
) -> Compiled | None:
    """One query over all kinds, each with the best of its candidates.

    Written around the querysets, because Django ranks no limited queryset without reading it twice.
    """
    limit, most = WHEN_CHOSEN if chosen else PER_KIND, _candidates(chosen)
    parts: list[Compiled] = []
    sees_all = access_of(user).sees_whole_state
    for kind in kinds_for(user):
        if chosen and kind.name != chosen:
            continue
        often = _OFTEN[kind.name] if sees_all else ""
        typed = Typed.slots(finds_parts=finds_parts, often=often, planned=planned)
        rows = kind.rows(user) if kind.rows else kind.model.objects.visible_to(user)
        found = rows.resembling(typed) if resembling else rows.matching(typed)
        shown = found.ranked(typed).annotate(
            kind_=Value(kind.name),
            title_=_text(kind.title),
            note_=_text(Coalesce(kind.note, _NONE)),
            key_=_text(kind.key),
            pk_=F("pk"),
        )
        part = compiled(shown.order_by().values(*_COLUMNS, "pk_")[:most])
        if part:
            parts.append(part)
    if not parts:
        return None
    columns = ", ".join(_COLUMNS)
    return Compiled(
        sql=" UNION ALL ".join(
            f"(SELECT {columns} FROM ({part.sql}) found ORDER BY rank DESC, pk_ LIMIT {limit})"  # noqa: S608 -- values stay parameters
            for part in parts
        ),
        parameters=tuple(value for part in parts for value in part.parameters),
        names=_COLUMNS,
    )


_BEST_HITS = Visible(_best_hits)


_ADDRESSES = {kind.name: kind.address for kind in KINDS}


def _hit(row: dict[str, Any]) -> Hit:
    kind, title, note = row["kind_"], row["title_"], row["note_"]
    if kind == "entry":
        meeting, _slash, entry = row["key_"].partition("/")
        return Hit(
            kind, _short(title), f"{url(_ADDRESSES[kind], meeting)}?stelle={entry}#{entry}", note
        )
    if kind in {"meeting", "minutes"}:
        year, month, day = note.split("-")
        note = f"{day}.{month}.{year}"
    return Hit(kind, _short(title), url(_ADDRESSES[kind], row["key_"]), note)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SNIPPET else flat[: _SNIPPET - 1].rsplit(" ", 1)[0] + "…"
