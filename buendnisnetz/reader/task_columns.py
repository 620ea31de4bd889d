"""The head row of a table of tasks: what, who, until when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from buendnisnetz.reader.lines import Line

_TASK_HEAD = re.compile(
    r"(?i)(?:was|aufgaben?|to-?[ ]?do.?|maßnahmen?|auftrag|arbeitsauftrag|tätigkeit|vorhaben|thema|inhalt|beschreibung|arbeitspaket|schritt|vereinbarung|punkt|erledigung|arbeit|ergebnis(?:se)?(?: ?/ ?\w{1,20})?|besprechungspunkt|sachverhalt|beratung|besprochen(?:es)?|nächste[rs]? schritte?|was ist zu tun\??)"
)
_WHO_HEAD = re.compile(
    r"(?i)(?:wer|verantwortlich\w{0,40}|zuständig\w{0,40}|durch|person|name|verantw\.?|bearbeiter\w{0,40}|übernimmt|wer macht's\??|beteiligte|von wem|federführung|ansprechpartner\w{0,40}|wer\?)"
)
_DUE_HEAD = re.compile(
    r"(?i)(?:bis(?: wann)?\??|termin|frist|fällig\w{0,40}|wann|datum|deadline|erledigt bis|zeitpunkt|zeit|zu erledigen bis|bis zum|zieltermin|bis spätestens)"
)
_STATE_HEAD = re.compile(
    r"(?i)(?:status|stand|erledigt|nr\.?|lfd\.? ?nr\.?|#|top|bemerkung\w{0,40}|priorität|prio)"
)


@dataclass(frozen=True, slots=True)
class TaskColumns:
    """Which column holds the deed, who does it and until when."""

    what: int
    who: int | None
    due: int | None


def task_columns(line: Line, *, besides: int | None = None) -> TaskColumns | None:
    """The head row of a table of tasks, or None; `besides` is a column known to be another thing."""
    if len(line.cells) < 2:
        return None
    cells = [line.plain[slice(*cell)].strip(" *?") for cell in line.columns]
    if any(cell.endswith(":") for cell in cells):
        return None
    what = _first(cells, _TASK_HEAD)
    who, due = _first(cells, _WHO_HEAD), _first(cells, _DUE_HEAD)
    known = sum(
        bool(p.fullmatch(c)) for c in cells for p in (_TASK_HEAD, _WHO_HEAD, _DUE_HEAD, _STATE_HEAD)
    ) + (besides is not None)
    if (who is None and due is None) or known < len(cells) - 1 or max(map(len, cells)) > 40:
        return None
    if what is None and (who is None or due is None):
        return None
    if what is None:
        what = next(
            (
                n
                for n, cell in enumerate(cells)
                if n not in (who, due) and not _STATE_HEAD.fullmatch(cell)
            ),
            None,
        )
    return (
        TaskColumns(what, who, due)
        if what is not None and (who is not None or due is not None)
        else None
    )


def _first(cells: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((n for n, cell in enumerate(cells) if pattern.fullmatch(cell)), None)
