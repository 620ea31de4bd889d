"""What the pages of this room show, as plain data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from buendnisnetz.core.words import per_language, words_of
from buendnisnetz.network.enums import SizeClass, WzSection
from buendnisnetz.partnering.domain.queries.prospects import NextStep
from buendnisnetz.partnering.domain.topics import labels_of
from buendnisnetz.partnering.enums import (
    STAGE_TRANSITIONS,
    HandOverStatus,
    IntroductionStatus,
    InvitationAnswer,
    Mark,
    Origin,
    Stage,
)
from buendnisnetz.partnering.models import Prospect, ProspectStep
from buendnisnetz.ui.jinja import format_date, url

STAGE_TONES: dict[str, str] = {
    Stage.IDENTIFIED: "",
    Stage.CONTACTED: "info",
    Stage.TALK: "info",
    Stage.JOINT_PROJECT: "warning",
    Stage.MEMBER: "success",
    Stage.DECLINED: "danger",
}
INTRODUCTION_TONES: dict[str, str] = {
    IntroductionStatus.SENT: "info",
    IntroductionStatus.ONE_AGREED: "warning",
    IntroductionStatus.AGREED: "success",
    IntroductionStatus.DECLINED: "danger",
    IntroductionStatus.EXPIRED: "danger",
    IntroductionStatus.WITHDRAWN: "",
}
HAND_OVER_TONES: dict[str, str] = {
    HandOverStatus.SENT: "info",
    HandOverStatus.ACCEPTED: "success",
    HandOverStatus.DECLINED: "danger",
    HandOverStatus.EXPIRED: "warning",
}
ANSWER_TONES: dict[str, str] = {
    InvitationAnswer.OPEN: "info",
    InvitationAnswer.ACCEPTED: "success",
    InvitationAnswer.DECLINED: "danger",
}


class Move(NamedTuple):
    """A button that moves a prospect on; with ``asks`` it leads to a page that asks something."""

    stage: str
    label: str
    asks: str


class Card(NamedTuple):
    """A prospect on the board."""

    public_id: str
    name: str
    url: str
    note: str
    silent: str
    next: str
    overdue: bool
    moves: list[Move]


@dataclass(frozen=True)
class StepRow:
    """A step of a prospect's history."""

    when: str
    who: str
    what: str
    words: str
    taken_back: bool


_MOVES = {
    Stage.IDENTIFIED: gettext_lazy("Note again"),
    Stage.CONTACTED: gettext_lazy("Contacted"),
    Stage.TALK: gettext_lazy("In talks"),
    Stage.JOINT_PROJECT: gettext_lazy("Joint project"),
    Stage.MEMBER: gettext_lazy("Becomes a member"),
    Stage.DECLINED: gettext_lazy("Declined"),
}
_ASKING = {Stage.MEMBER: "partnering:prospect_join", Stage.DECLINED: "partnering:prospect_decline"}


def moves_of(public_id: str, present: str) -> list[Move]:
    """Where a prospect can go from its present stage."""
    return [
        Move(stage, label, url(_ASKING[stage], public_id) if stage in _ASKING else "")
        for stage, label in _moves_from(present)
    ]


@per_language
def _moves_from(present: str) -> list[tuple[Stage, str]]:
    return [
        (
            stage,
            _("Back to talks")
            if stage == Stage.TALK and present == Stage.JOINT_PROJECT
            else str(_MOVES[stage]),
        )
        for stage in Stage
        if stage in STAGE_TRANSITIONS[Stage(present)]
    ]


def cards(
    prospects: Iterable[dict[str, Any]], steps: dict[int, NextStep], today: date
) -> list[Card]:
    """The cards of one column."""
    return [_card(row, steps.get(row["pk"]), today) for row in prospects]


def _card(row: dict[str, Any], step: NextStep | None, today: date) -> Card:
    place, whose = row["territory__short_name"], row["alliance__name"] or _("coordination office")
    return Card(
        public_id=row["public_id"],
        name=row["name"],
        url=url("partnering:prospect_detail", row["public_id"]),
        note=f"{place} · {whose}" if place else whose,
        silent=silence_text(row["last_step_on"], today) if row["is_silent"] else "",
        next=next_text(step),
        overdue=is_overdue(step, today),
        moves=moves_of(row["public_id"], row["stage"]),
    )


def silence_text(last_step_on: date, today: date) -> str:
    return _days_of_silence((today - last_step_on).days)


@per_language
def _days_of_silence(days: int) -> str:
    return ngettext("%(count)s day without a step", "%(count)s days without a step", days) % {
        "count": days
    }


def next_text(step: NextStep | None) -> str:
    """The next step in words; empty if none is planned."""
    if step is None:
        return ""
    if step.due_on is None:
        return step.words
    return _("%(words)s (until %(day)s)") % {"words": step.words, "day": format_date(step.due_on)}


def is_overdue(step: NextStep | None, today: date) -> bool:
    return step is not None and step.due_on is not None and step.due_on < today


def step_rows(steps: Iterable[ProspectStep], *, inside: bool) -> list[StepRow]:
    """The history of a prospect, newest first; outside the holder's side without words and names."""
    rows = list(steps)
    undone = {step.takes_back_id for step in rows}
    return [
        StepRow(
            when=format_date(step.made_on),
            who=_author(step) if inside else "",
            what=_arrow(step),
            words=step.words if inside else "",
            taken_back=step.pk in undone,
        )
        for step in rows
    ]


def _arrow(step: ProspectStep) -> str:
    after = words_of(Stage)[step.to_stage]
    if not step.from_stage:
        return after
    text = f"{words_of(Stage)[step.from_stage]} → {after}"
    return _("%(step)s (step taken back)") % {"step": text} if step.takes_back_id else text


def _author(step: ProspectStep) -> str:
    if step.author_words:
        return step.author_words
    return step.author.display_name if step.author else _("the system")


def prospect_facts(row: Prospect, *, inside: bool) -> list[tuple[str, Any]]:
    """What is known of a prospect as pairs of label and value."""
    facts = [
        (_("Where"), row.territory.name if row.territory else ""),
        (_("Branch"), words_of(WzSection).get(row.wz_section, "")),
        (_("Number of staff"), words_of(SizeClass).get(row.size_class, "")),
        (_("Topics"), labels_of(row.topics)),
        (_("Contact"), ", ".join(filter(None, (row.contact_words, row.contact_email)))),
    ]
    if not inside:
        return facts
    return [
        *facts,
        (_("Contact forgotten on"), format_date(row.forgotten_on, "")),
        (_("Came from"), words_of(Origin).get(row.origin, "")),
        (_("For"), row.alliance.name if row.alliance else _("coordination office")),
        (_("Responsible post"), row.holder.title_and_scope() if row.holder else ""),
        (_("Why not"), row.decline_reason),
        (_("Do not ask before"), format_date(row.not_before, "")),
        (_("Last step or contact"), format_date(row.last_step_on)),
    ]


def mark_matrix(marks: Iterable[tuple[int, int, int]]) -> tuple[list[str], list[list[str]]]:
    """How many bodies have which influence (rows, the strongest first) and interest (columns)."""
    numbers = {(influence, interest): number for influence, interest, number in marks}
    interests = [mark for mark in Mark if any(key[1] == mark for key in numbers)]
    influences = [mark for mark in reversed(Mark) if any(key[0] == mark for key in numbers)]
    header = [_("Influence / interest"), *(str(mark.label) for mark in interests)]
    rows = [
        [str(row.label), *(str(numbers.get((row, column), "–")) for column in interests)]
        for row in influences
    ]
    return header, rows
