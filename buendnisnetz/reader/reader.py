"""The one way in: text of minutes to structure."""

from dataclasses import replace
from typing import Any

from buendnisnetz.reader.absentees import told_absentees
from buendnisnetz.reader.agenda import read_agenda
from buendnisnetz.reader.approval import read_approval, read_next
from buendnisnetz.reader.attachments import read_attachments
from buendnisnetz.reader.body import read_body
from buendnisnetz.reader.decisions import read_decisions
from buendnisnetz.reader.entries import entries_of
from buendnisnetz.reader.fields import labelled_values
from buendnisnetz.reader.findings import read_findings
from buendnisnetz.reader.meeting_day import read_date
from buendnisnetz.reader.meeting_place import read_place
from buendnisnetz.reader.meeting_times import read_times
from buendnisnetz.reader.model import Minutes, Value
from buendnisnetz.reader.offices import read_chair, read_recorder
from buendnisnetz.reader.people import listed_people
from buendnisnetz.reader.roster import completed, full_roster, with_titles
from buendnisnetz.reader.sheet import Sheet, make_sheet
from buendnisnetz.reader.statements import statements
from buendnisnetz.reader.tasks import read_tasks
from buendnisnetz.reader.title import read_title


def read_minutes(text: str) -> Minutes:
    """Structure minutes; the same text always gives the same result.

    Raises TooLargeError beyond the limit of characters and nothing else.
    """
    sheet = make_sheet(text)
    return _read(sheet)


def _read(sheet: Sheet) -> Minutes:
    fields = labelled_values(sheet)
    listed = completed(sheet, listed_people(sheet))
    roster = full_roster(sheet, listed)
    people = with_titles(sheet, (*listed, *told_absentees(sheet, listed, roster)))
    people_lines = sheet.lines_of(person.span for person in listed)
    agenda = read_agenda(sheet, roster, max((p.span[1] for p in listed), default=0), people_lines)
    date = read_date(sheet, fields)
    day = date[0] if date else None
    talk = statements(sheet, agenda, people_lines)
    chair = read_chair(sheet, fields, people, roster)
    recorder = read_recorder(sheet, fields, people, roster)
    title = read_title(sheet, fields)
    start, end = read_times(sheet, fields, date[1] if date else None)
    approved, approver = read_approval(sheet, fields, roster)
    following = read_next(sheet, fields, day)
    attachments = read_attachments(sheet, talk)
    single: dict[str, Value | None] = {
        "title": title, "date": date[1] if date else None, "start": start, "end": end,
        "place": read_place(sheet, fields, date[1] if date else None),
        "body": read_body(sheet, fields, title), "approved_on": approved[1] if approved else None,
        "approved_by": approver, "next_meeting": following[1] if following else None,
    }  # fmt: skip
    several = {"chair": chair, "recorder": recorder, "attachments": attachments}
    values = {name: (value,) for name, value in single.items() if value} | {
        k: v for k, v in several.items() if v
    }
    plain: dict[str, Any] = {name: value.value for name, value in single.items() if value}
    plain |= {name: tuple(v.value for v in vs) for name, vs in several.items()}
    plain |= {
        "date": day,
        "approved_on": approved[0] if approved else None,
        "next_meeting": following[0] if following else None,
    }
    minutes = Minutes(
        text=sheet.text,
        participants=people,
        agenda=agenda.items,
        decisions=read_decisions(sheet, talk, agenda),
        tasks=read_tasks(sheet, talk, agenda, roster, day),
        spans={name: tuple(v.span for v in vs) for name, vs in values.items()},
        confidences={name: tuple(v.confidence for v in vs) for name, vs in values.items()},
        **plain,
    )
    entries = entries_of(sheet, roster, agenda, talk, minutes)
    return replace(minutes, findings=read_findings(sheet, minutes, entries, roster))
