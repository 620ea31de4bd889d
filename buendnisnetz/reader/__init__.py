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
from buendnisnetz.reader.naming import Naming, people_in
from buendnisnetz.reader.reader import read_minutes
from buendnisnetz.reader.sandbox import read_file

__all__ = [
    "AgendaItem",
    "Decision",
    "Entry",
    "Finding",
    "Minutes",
    "Naming",
    "Participant",
    "ReaderError",
    "Task",
    "Votes",
    "load_document",
    "people_in",
    "read_entries",
    "read_file",
    "read_minutes",
    "resolve_due",
]
