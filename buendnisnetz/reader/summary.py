"""Minutes as a short text for the command line."""

import datetime
from collections.abc import Iterator

from buendnisnetz.reader import messages
from buendnisnetz.reader.model import Minutes


def summary(name: str, minutes: Minutes) -> str:
    """What was read, readable on a terminal."""
    return "\n".join(_lines(name, minutes))


def summary_line(name: str, minutes: Minutes) -> str:
    """What was read, counted on one line."""
    return messages.SUMMARY_LINE.format(
        name=name,
        participants=len(minutes.participants),
        agenda=len(minutes.agenda),
        decisions=len(minutes.decisions),
        tasks=len(minutes.tasks),
        findings=len(minutes.findings),
    )


def _lines(name: str, minutes: Minutes) -> Iterator[str]:
    yield messages.SUMMARY_HEAD.format(name=name, title=minutes.title or messages.SUMMARY_NOTHING)
    yield messages.SUMMARY_WHEN.format(
        date=_day(minutes.date),
        start=minutes.start or "?",
        end=minutes.end or "?",
        place=minutes.place or "?",
    )
    for template, lines in (
        (
            messages.SUMMARY_PEOPLE,
            [f"{p.name} ({messages.STATUS[p.status]})" for p in minutes.participants],
        ),
        (messages.SUMMARY_AGENDA, [f"{a.number or '-'} {a.title}" for a in minutes.agenda]),
        (messages.SUMMARY_DECISIONS, [d.text for d in minutes.decisions]),
        (messages.SUMMARY_TASKS, [_task(t.text, t.assignee, t.due) for t in minutes.tasks]),
        (messages.SUMMARY_FINDINGS, [f.message for f in minutes.findings]),
    ):
        yield template.format(count=len(lines))
        yield from (f"  {line}" for line in lines)


def _day(day: datetime.date | None) -> str:
    return day.strftime("%d.%m.%Y") if day else messages.SUMMARY_NOTHING


def _task(text: str, assignee: str | None, due: str | None) -> str:
    extra = ", ".join(part for part in (assignee, due) if part)
    return f"{text} [{extra}]" if extra else text
