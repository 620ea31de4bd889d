"""Published meetings and what the open interface says of them."""

import json
from datetime import date, timedelta
from typing import Any

from django.test import Client

from buendnisnetz.api.domain.publishing import publish
from buendnisnetz.meetings.domain.meetings import add_agenda_item
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.domain.people import withdraw_consent
from buendnisnetz.network.enums import ConsentKind
from buendnisnetz.network.models import Person
from tests.factories.meetings import NOW, attend, make_meeting, published, say
from tests.factories.network import agree, make_person

LATER = NOW + timedelta(hours=1)
SITE = "http://testserver"


def make_public_meeting(title: str = "Herbstrunde", **facts: Any) -> Meeting:
    """A meeting with one item, one decision, one person who agreed to be named and one who did not."""
    meeting = make_meeting(title, **facts)
    agree(attend(meeting, make_person("Offenmut", "Clara")))
    attend(meeting, make_person("Zwickelbart", "Alma"), function="Leitung")
    item = add_agenda_item(meeting=meeting, title="Haushalt", number="1", kind="REPORT", actor=None)
    say(meeting, "Clara Offenmut und Alma Zwickelbart berichten.", agenda_item=item)
    say(meeting, "Der Haushalt gilt.", EntryKind.DECISION, agenda_item=item)
    say(meeting, "Hintergedanke", is_internal=True)
    published(meeting)
    return meeting


def withdraw(person: Person, on: date = date(2026, 1, 2)) -> None:
    withdraw_consent(person=person, kind=ConsentKind.PUBLIC_NAME, on=on, actor=None)


def renew(now: Any = LATER) -> int:
    return publish(now=now)


def ask(path: str, **asked: Any) -> Any:
    """An answer as data; ``path`` may be a whole address of ours."""
    return json.loads(Client().get(path.removeprefix(SITE), asked).content)


def all_pages(path: str, **asked: Any) -> list[Any]:
    """Every object of a list, by following the links."""
    page = ask(path, **asked)
    found = list(page["data"])
    while "next" in page["links"]:
        page = ask(page["links"]["next"])
        found += page["data"]
    return found
