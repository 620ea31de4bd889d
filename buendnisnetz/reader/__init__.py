"""The text of German minutes (Protokolle, Niederschriften) to structure.

A library of its own: no database, no network, no clock, no other part of the project. Rules only,
so the same text always gives the same result, and every value carries the place it was read from
(S07, S11, S12, S91, S117, S120).

    read_minutes(text)          text to Minutes
    load_document(source)       a file or bytes to text, in this process
    read_file(path)             a file to Minutes, in a process with limits
    read_entries(text, minutes) who said what, paragraph by paragraph (S54)
    resolve_due(words, ...)     "bis Ende Mai" to a proposed day
    people_in(text, names)      where a text names people (S17)
    read_deed(text, names, day) who is to do something until when, from one line
    event_in(text)              the event that a line waits for (S44)
"""

from buendnisnetz.reader.document import load_document
from buendnisnetz.reader.due import resolve_due
from buendnisnetz.reader.entries import read_entries
from buendnisnetz.reader.errors import ReaderError
from buendnisnetz.reader.model import (
    AgendaItem,
    Decision,
    Entry,
    Finding,
    Minutes,
    Participant,
    Task,
    Votes,
)
from buendnisnetz.reader.naming import Deed, Naming, event_in, people_in, read_deed
from buendnisnetz.reader.reader import read_minutes
from buendnisnetz.reader.sandbox import read_file

__all__ = [
    "AgendaItem",
    "Decision",
    "Deed",
    "Entry",
    "Finding",
    "Minutes",
    "Naming",
    "Participant",
    "ReaderError",
    "Task",
    "Votes",
    "event_in",
    "load_document",
    "people_in",
    "read_deed",
    "read_entries",
    "read_file",
    "read_minutes",
    "resolve_due",
]
