"""Writing the private strategy board (S110)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.network.domain.saving import compared, locked, saved
from buendnisnetz.network.models import Post
from buendnisnetz.partnering.enums import AimStatus
from buendnisnetz.partnering.models import (
    Benefit,
    Stakeholder,
    StrategyAim,
    StrategyMeasure,
    StrategyMessage,
)
from buendnisnetz.tasks.domain.lifecycle import TaskValues, create_task
from buendnisnetz.tasks.enums import TaskKind


def create_aim(
    *, title: str, words: str, targets: Sequence[Stakeholder], due_on: date | None, actor: Any
) -> StrategyAim:
    with recorded(actor=actor, action="partnering.strategyaim.created"):
        row = saved(StrategyAim(title=title, words=words, due_on=due_on))
        row.targets.set(targets)
    return row


def edit_aim(
    *,
    aim: StrategyAim,
    version: int,
    title: str,
    words: str,
    targets: Sequence[Stakeholder],
    due_on: date | None,
    status: AimStatus,
    result: str,
    actor: Any,
) -> StrategyAim:
    """Change an aim, also that it is reached or given up. Raises EditConflictError, RuleBrokenError."""
    with recorded(actor=actor, action="partnering.strategyaim.edited"):
        values = {
            "title": title,
            "words": words,
            "due_on": due_on,
            "status": status,
            "result": result.strip(),
        }
        row = saved(compared(aim, version, values))
        row.targets.set(targets)
    return row


def add_message(
    *, aim: StrategyAim, words: str, benefit: Benefit | None, source: str, actor: Any
) -> StrategyMessage:
    """What to say to reach an aim. Raises RuleBrokenError unless it cites something."""
    with recorded(actor=actor, action="partnering.strategymessage.created"):
        return saved(
            StrategyMessage(aim=aim, words=words, benefit=benefit, source=source.strip()[:300])
        )


def remove_message(*, message: StrategyMessage, actor: Any) -> None:
    """Take a message off the board; the history keeps it."""
    with recorded(actor=actor, action="partnering.strategymessage.removed"):
        locked(message).delete()


def add_measure(
    *,
    aim: StrategyAim,
    words: str,
    holder: Post | None,
    due_on: date | None,
    actor: Any,
    now: datetime,
) -> StrategyMeasure:
    """Make a measure of an aim a task.

    Tasks of the coordination office are the ministry's to see too, and this board is not: the task
    leads to the board and says nothing of it.
    """
    with recorded(actor=actor, action="partnering.strategymeasure.created"):
        row = StrategyMeasure(aim=aim, words=words.strip()[:300])
        row.task = create_task(
            values=TaskValues(
                kind=TaskKind.TASK,
                title=_("Internal measure (%(code)s)") % {"code": row.public_id},
                holder=holder,
                due_on=due_on,
            ),
            actor=actor,
            now=now,
            origin_label=_("Internal"),
            origin_url=reverse("partnering:strategy_detail", args=[aim.public_id]),
        )
        row.save()
    return row
