"""A person's name goes from everything that prepares meetings too (GDPR Art. 17)."""

from datetime import date

import pytest

from buendnisnetz.meetings.domain.preparing import agenda, invitations, polls, standing, templates
from buendnisnetz.meetings.enums import PapersSent, PollAnswerKind, Reply
from buendnisnetz.network.domain.erasure import erase_person
from tests.factories.meetings import NOW, make_meeting
from tests.factories.network import make_person
from tests.meetings.preparing.steps import make_poll, people
from tests.meetings.test_erasing import places_of

pytestmark = pytest.mark.django_db
NAME = "Erika Sonnenwirt"


def test_the_name_stands_nowhere_any_more():
    person = make_person("Sonnenwirt", email="sonnenwirt@example.org")
    poll = make_poll(f"Abschied von {NAME}", words=f"{NAME} geht.")
    polls.ask(poll=poll, recipients=people("Sonnenwirt"), actor=None, now=NOW)
    said = {poll.options.first().pk: PollAnswerKind.YES}
    polls.answer(invitee=poll.invitees.get(), answers=said, words=f"Gruß, {NAME}", now=NOW)
    item = standing.create_standing_item(title=f"Bericht von {NAME}", kind="REPORT", actor=None)
    meeting = make_meeting(f"Runde mit {NAME}", held_on=date(2026, 12, 15), status="PLANNED")
    agenda.add_item(meeting=meeting, title=f"Dank an {NAME}", speakers=[(NAME, "")], actor=None)
    invitations.invite(
        meeting=meeting, recipients=people("Sonnenwirt"), words="", papers=PapersSent.NONE, actor=None, now=NOW
    )  # fmt: skip
    invitations.answer(
        invitation=meeting.invitations.get(), reply=Reply.DEPUTY, deputy_name=NAME, words=f"statt {NAME}", now=NOW
    )  # fmt: skip
    templates.save_as_template(meeting=meeting, name=f"Wie bei {NAME}", title=NAME, actor=None)
    row = meeting.agenda.get(standing=item)
    standing.leave_out(item=row, reason=f"{NAME} ist krank", actor=None)
    assert "meetings_templateitem.title" in places_of("Sonnenwirt")
    erase_person(person=person, actor=None, now=NOW)
    assert places_of("Sonnenwirt") == []
