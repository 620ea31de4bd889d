"""Minutes back from their plain values, for what the child process hands over."""

import datetime
from typing import Any

from buendnisnetz.reader.model import (
    SCALARS,
    STRING_LISTS,
    AgendaItem,
    Decision,
    Finding,
    Minutes,
    Participant,
    Span,
    Task,
    Votes,
)

_DATES = ("date", "approved_on", "next_meeting")


def minutes_from_dict(plain: dict[str, Any]) -> Minutes:
    """The reverse of `Minutes.to_dict`."""
    values: dict[str, Any] = {name: plain[name] for name in ("text", *SCALARS)}
    values |= {name: tuple(plain[name]) for name in STRING_LISTS}
    for name in _DATES:
        if values[name] is not None:
            values[name] = datetime.date.fromisoformat(values[name])
    return Minutes(
        **values,
        participants=tuple(Participant(**_spanned(item)) for item in plain["participants"]),
        agenda=tuple(
            AgendaItem(**_spanned(item | {"speakers": tuple(item["speakers"])}))
            for item in plain["agenda"]
        ),
        decisions=tuple(
            Decision(
                **_spanned(
                    item | {"votes": Votes(**item["votes"]) if item["votes"] is not None else None}
                )
            )
            for item in plain["decisions"]
        ),
        tasks=tuple(Task(**_spanned(item)) for item in plain["tasks"]),
        findings=tuple(
            Finding(item["kind"], item["message"], tuple(_span(span) for span in item["spans"]))
            for item in plain["findings"]
        ),
        spans={key: tuple(_span(span) for span in spans) for key, spans in plain["spans"].items()},
        confidences={key: tuple(found) for key, found in plain["confidences"].items()},
    )


def _span(pair: list[int]) -> Span:
    return (pair[0], pair[1])


def _spanned(item: dict[str, Any]) -> dict[str, Any]:
    return item | {"span": _span(item["span"])}
