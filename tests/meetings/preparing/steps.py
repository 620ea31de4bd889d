"""Steps that the tests before a meeting share."""

import re
from datetime import date, time
from typing import Any

from buendnisnetz.meetings.domain.preparing import polls
from buendnisnetz.meetings.domain.preparing.polls import Slot
from buendnisnetz.meetings.domain.recipients import Recipient
from buendnisnetz.meetings.enums import MeetingKind
from buendnisnetz.meetings.models import DatePoll
from buendnisnetz.notifications.models import Message
from tests.factories.meetings import NOW

UNTIL = date(2026, 12, 4)
SLOTS = [
    Slot(date(2026, 12, 15), time(16), time(18)),
    Slot(date(2026, 12, 16), time(16), time(18)),
    Slot(date(2026, 12, 17), time(9, 30), None),
]


def make_poll(title: str = "Wann tagen wir?", **facts: Any) -> DatePoll:
    values = {"kind": MeetingKind.ALLIANCE, "closes_on": UNTIL, "options": SLOTS}
    return polls.create_poll(title=title, actor=None, now=NOW, **{**values, **facts})


def people(*names: str) -> list[Recipient]:
    return [
        Recipient(name, f"Erika {name}", f"{name.lower()}@example.org", None, None)
        for name in names
    ]


def address_for(email: str) -> str:
    """The path of the link in the newest mail to an address."""
    message = Message.objects.filter(recipient=email).order_by("pk").last()
    assert message is not None
    found = re.search(r"/sitzungen/\S+", message.text)
    assert found is not None
    return found.group()


def token_for(email: str) -> str:
    return address_for(email).strip("/").rpartition("/")[2]
