"""Writing pages as the browser keeps them: a text, a base, changes that may be sent twice.

The same rules as ``static/meetings/writing.js``; the browser tests show that the script keeps them.
"""

from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from buendnisnetz.meetings.domain.writing.syncing import Change, sync
from buendnisnetz.meetings.models import Meeting, MinutesEntry
from tests.factories.meetings import NOW

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass
class Field:
    """One entry on a page: what stands there, and what the server last had."""

    text: str = ""
    base: str = ""
    after: str = ""
    sent: tuple[UUID, str] | None = None


@dataclass
class Page:
    """One writer."""

    meeting: Meeting
    name: str
    chance: Random
    fields: dict[str, Field] = field(default_factory=dict)
    put_in: set[str] = field(default_factory=set)
    taken_out: set[str] = field(default_factory=set)
    words: int = 0

    def word(self) -> str:
        self.words += 1
        word = f"{self.name}{self.words}"
        self.put_in.add(word)
        return word

    def new_entry(self) -> None:
        key = "".join(self.chance.choice(_LETTERS) for _place in range(8))
        after = self.chance.choice([*self.fields, ""])
        self.fields[key] = Field(after=after)
        self.type_in(key)

    def type_in(self, key: str) -> None:
        words = self.fields[key].text.split(" ") if self.fields[key].text else []
        words.insert(self.chance.randint(0, len(words)), self.word())
        self.fields[key].text = " ".join(words)

    def take_out(self, key: str) -> None:
        words = self.fields[key].text.split(" ")
        place = self.chance.randrange(len(words))
        self.taken_out.add(words.pop(place))
        self.fields[key].text = " ".join(words)

    def act(self) -> None:
        """One thing that a writer does at random."""
        filled = [key for key, row in self.fields.items() if row.text]
        deed = self.chance.random()
        if not filled or deed < 0.15:
            self.new_entry()
        elif deed < 0.75:
            self.type_in(self.chance.choice(filled))
        else:
            self.take_out(self.chance.choice(filled))

    def changes(self) -> list[Change]:
        """What waits to be sent; what was sent and never answered goes again under its key."""
        waiting = []
        for key, row in self.fields.items():
            if row.sent is None and row.text != row.base:
                row.sent = (UUID(int=self.chance.getrandbits(128)), row.text)
            if row.sent is not None:
                waiting.append(Change(row.sent[0], key, row.base, row.sent[1], row.after))
        return waiting

    def talk(self, *, request_lost: bool = False, answer_lost: bool = False) -> None:
        """One exchange with the server; either way of it may be lost."""
        waiting = self.changes()
        if request_lost:
            return
        sync(meeting=self.meeting, changes=waiting, actor=None, now=NOW)
        if not answer_lost:
            self.hear()

    def hear(self) -> None:
        """Take over what the server has: behind what is being typed it waits in the base."""
        for entry in MinutesEntry.objects.filter(meeting=self.meeting):
            row = self.fields.setdefault(entry.public_id, Field())
            sent = row.sent[1] if row.sent else row.base
            if row.text == sent:
                row.text = row.base = entry.text
            else:
                row.base = sent
            row.sent = None

    def settle(self) -> None:
        """Talk until nothing is left to say."""
        for _round in range(3):
            self.talk()
