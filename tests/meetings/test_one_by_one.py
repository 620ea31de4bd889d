"""What somebody may see is the same whether the database asks for each row alone or for all before."""

from typing import Any

import pytest

from buendnisnetz.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import Decision, Meeting, MinutesEntry
from buendnisnetz.network.models import Person, Term
from tests.factories.meetings import make_meeting, say
from tests.factories.network import (
    make_alliance,
    make_group,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.territories import make_district

pytestmark = pytest.mark.django_db
OF_THE_STATE = {"Land", "Arbeitskreis des Landes"}
OF_OWN = {"Eigenes", "Eigener Arbeitskreis"}
# Whose contents somebody reads by right, for each role.
READS = {
    Role.STATE_COORDINATION: OF_THE_STATE | OF_OWN | {"Anderes", "Anderer Arbeitskreis"},
    Role.ADMINISTRATOR: OF_THE_STATE | OF_OWN | {"Anderes", "Anderer Arbeitskreis"},
    Role.ALLIANCE_COORDINATOR: OF_THE_STATE | OF_OWN,
}


@pytest.fixture
def scopes() -> dict[ScopeKind, Any]:
    """Bodies with a meeting, a decision, and people who hold a post there."""
    district = make_district()
    own, other = make_alliance(territory=district), make_alliance()
    member = make_organisation(territory=district)
    make_membership(own, member)
    groups = {
        "Arbeitskreis des Landes": make_group("Pflege"),
        "Eigener Arbeitskreis": make_group("Väter", alliance=own),
        "Anderer Arbeitskreis": make_group("Kita", alliance=other),
    }
    meetings = [make_meeting(title, working_group=group) for title, group in groups.items()]
    meetings += [
        make_meeting("Land"),
        make_meeting("Eigenes", alliance=own),
        make_meeting("Anderes", alliance=other),
    ]
    for meeting in meetings:
        say(meeting, "Wir beschließen.", EntryKind.DECISION)
    for scope in (own, other, member, make_organisation(), district, *groups.values()):
        make_term(make_post(scope))
    make_term(make_post(title="Ansprechstelle", is_contact=True))
    make_person("Ohneamt")
    return {
        ScopeKind.STATE: None,
        ScopeKind.DISTRICT: district,
        ScopeKind.ALLIANCE: own,
        ScopeKind.ORGANISATION: member,
    }


@pytest.mark.parametrize("role", [*Role, None])
def test_both_ways_show_the_same(scopes, role):
    user = make_user(role, scopes[SCOPE_OF_ROLE[role]] if role else None)
    for model in (Person, Term, Decision, MinutesEntry):
        rows: Any = model.objects.all()
        assert set(rows.visible_one_by_one(user)) == set(rows.visible_to(user))
    assert Person.objects.count() == 10


@pytest.mark.parametrize("role", Role)
def test_meetings_of_no_alliance_are_read_by_all_who_work_here(scopes, role):
    user = make_user(role, scopes[SCOPE_OF_ROLE[role]])
    titles = set(Meeting.objects.inside_for(user).values_list("title", flat=True))
    assert titles == READS.get(role, OF_THE_STATE)
    of_decisions = Decision.objects.visible_one_by_one(user).values_list(
        "meeting__title", flat=True
    )
    assert set(of_decisions) == titles
