"""Whom to find again when an organisation ended (S14)."""

from datetime import date
from typing import Any

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight.domain.queries.ended import (
    alliances_of,
    ended_organisations,
    people_of,
    with_numbers,
)
from buendnisnetz.network.domain.erasure import erase_person
from buendnisnetz.network.domain.memberships import end_membership
from buendnisnetz.network.domain.organisations import end_organisation
from buendnisnetz.network.domain.terms import end_term
from buendnisnetz.network.models import Organisation
from tests.factories.insight import NOW
from tests.factories.network import (
    TODAY,
    make_alliance,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db
LAST = date(2024, 6, 30)


def end(body: Organisation, last_day: date = LAST) -> Organisation:
    return end_organisation(organisation=body, last_day=last_day, successor=None, actor=None)


def listed(user: Any, day: date = TODAY) -> dict[str, tuple[int, int]]:
    found = ended_organisations(user, day)
    rows = with_numbers(found)
    return {row.name: (row.people, row.open_memberships) for row in rows}


def test_an_open_membership_or_somebody_in_office_puts_it_on_the_list(office):
    member, staffed, clean, alive = (
        make_organisation(name) for name in ("Mitglied", "Besetzt", "Erledigt", "Lebendig")
    )
    make_membership(make_alliance(), member)
    make_term(make_post(staffed))
    make_membership(make_alliance(), alive)
    for body in (member, staffed, clean):
        end(body)
    assert listed(office) == {"Mitglied": (0, 1), "Besetzt": (1, 0)}


def test_not_before_it_ended(office):
    body = make_organisation()
    make_membership(make_alliance(), body)
    end(body)
    assert listed(office, LAST) == {}
    assert listed(office, date(2024, 7, 1)) == {body.name: (0, 1)}


def test_a_membership_that_ended_with_it_or_before_is_done(office):
    body, later = make_organisation("Ordentlich"), make_organisation("Später")
    for one, last_day in ((body, LAST), (later, date(2024, 7, 1))):
        membership = make_membership(make_alliance(), one)
        end_membership(membership=membership, last_day=last_day, reason="Auflösung", actor=None)
        end(one)
    assert listed(office) == {"Später": (0, 1)}


def test_people_who_left_before_or_whose_name_was_removed_are_not_looked_for(office):
    body = make_organisation()
    gone = make_term(make_post(body, "Leitung"), make_person("Vorbei"))
    end_term(term=gone, last_day=date(2024, 1, 1), actor=None)
    erased = make_person("Vergessen")
    make_term(make_post(body, "Kasse"), erased)
    stayed = make_person("Geblieben", "Gerda")
    make_term(make_post(body, "Schrift"), stayed)
    end(body)
    erase_person(person=erased, actor=None, now=NOW)
    assert listed(office) == {body.name: (1, 0)}
    assert people_of([body.pk], office) == {body.pk: [(stayed.public_id, "Gerda Geblieben")]}


def test_an_alliances_coordination_sees_those_on_its_own_list():
    mine, other = make_alliance(), make_alliance()
    on_both, elsewhere, staffed = (make_organisation(name) for name in "ABC")
    for alliance, body in ((mine, on_both), (other, on_both), (other, elsewhere)):
        make_membership(alliance, body)
    make_term(make_post(staffed))
    for body in (on_both, elsewhere, staffed):
        end(body)
    assert listed(make_user(Role.ALLIANCE_COORDINATOR, mine)) == {"A": (0, 2)}
    assert listed(make_user(Role.STATE_COORDINATION)).keys() == {"A", "B", "C"}


def test_the_alliances_that_still_name_it_in_order():
    body = make_organisation()
    for name in ("Bündnis Zell", "Bündnis Aue"):
        make_membership(make_alliance(name), body)
    end(body)
    assert alliances_of([body.pk]) == {body.pk: ["Bündnis Aue", "Bündnis Zell"]}
    assert alliances_of([]) == {}
