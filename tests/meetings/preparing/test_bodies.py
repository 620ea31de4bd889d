"""Who is asked for a body, and why (S96, S102)."""

from datetime import date

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings.domain.preparing.bodies import (
    NobodyChosenError,
    Sources,
    candidates,
    with_free_addresses,
)
from buendnisnetz.network.enums import OrganisationKind
from tests.factories.network import (
    make_alliance,
    make_group,
    make_group_member,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.meetings.preparing.steps import people

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def office():
    return make_user(Role.STATE_COORDINATION)


def found(sources, user):
    return {
        (row.recipient.email, row.reason) for row in candidates(sources, user=user, today=TODAY)
    }


def test_an_alliance_asks_its_posts_and_the_contacts_of_its_members(office):
    alliance = make_alliance("Bündnis Gera")
    make_post(alliance, email="buendnis@example.org")
    firm = make_organisation("Bäckerei")
    make_membership(alliance, firm)
    make_post(firm, "Leitung", email="laden@example.org", is_contact=True)
    make_post(firm, "Backstube", email="ofen@example.org")
    left = make_organisation("Früher dabei")
    make_post(left, email="frueher@example.org", is_contact=True)
    assert found(Sources(alliances=(alliance,)), office) == {
        ("buendnis@example.org", "Stelle von Bündnis Gera"),
        ("laden@example.org", "Mitglied von Bündnis Gera"),
    }


def test_chamber_and_working_groups_meet_in_one_list(office):
    chamber = make_organisation("Handwerkskammer", kind=OrganisationKind.CHAMBER)
    make_post(chamber, email="kammer@example.org", is_contact=True)
    groups = [make_group("Familie und Beruf Nord"), make_group("Familie und Beruf Süd")]
    for number, group in enumerate(groups):
        firm = make_organisation()
        make_group_member(group, firm)
        make_post(firm, email=f"firma{number}@example.org", is_contact=True)
    assert {row[0] for row in found(Sources(groups=tuple(groups), chambers=(chamber,)), office)} == {
        "kammer@example.org", "firma0@example.org", "firma1@example.org",
    }  # fmt: skip


def test_the_state_asks_the_contacts_of_all_alliances_and_chambers(office):
    make_post(make_alliance(), email="eins@example.org", is_contact=True)
    make_post(make_alliance(), "Kasse", email="kasse@example.org")
    chamber = make_organisation(kind=OrganisationKind.CHAMBER)
    make_post(chamber, email="kammer@example.org", is_contact=True)
    assert found(Sources(all_alliances=True, all_chambers=True), office) == {
        ("eins@example.org", "Ansprechstelle eines Bündnisses"),
        ("kammer@example.org", "Ansprechstelle einer Kammer"),
    }


def test_whoever_holds_the_post_is_named_and_an_address_comes_once(office):
    alliance = make_alliance()
    post = make_post(alliance, email="amt@example.org")
    make_term(post, make_person("Cordes"))
    make_post(alliance, "Schatzamt", email="AMT@example.org")
    make_post(alliance, "Ohne Adresse")
    rows = candidates(Sources(alliances=(alliance,)), user=office, today=TODAY)
    assert [(row.recipient.name, row.recipient.email) for row in rows] == [
        ("Erika Cordes", "amt@example.org"), ("Ohne Adresse", ""),
    ]  # fmt: skip


def test_posts_that_ended_are_not_asked(office):
    alliance = make_alliance()
    make_post(alliance, email="alt@example.org", valid_to=date(2020, 1, 1))
    assert found(Sources(alliances=(alliance,)), office) == set()


def test_an_alliance_reaches_others_only_through_their_official_contacts():
    own, other = make_alliance(), make_alliance()
    make_post(other, "Kontakt", email="kontakt@example.org", is_contact=True)
    make_post(other, "Innen", email="innen@example.org")
    user = make_user(Role.ALLIANCE_COORDINATOR, own)
    assert {row[0] for row in found(Sources(alliances=(other,)), user)} == {"kontakt@example.org"}


def test_addresses_by_hand_join_once_and_somebody_has_to_be_chosen():
    chosen = people("Abendroth")
    rows = with_free_addresses(chosen, [("", "ABENDROTH@example.org"), ("Gast", "g@example.org")])
    assert [(row.name, row.email) for row in rows] == [
        ("Erika Abendroth", "abendroth@example.org"), ("Gast", "g@example.org"),
    ]  # fmt: skip
    with pytest.raises(NobodyChosenError):
        with_free_addresses([], [])


def test_as_many_queries_for_many_as_for_one(office, django_assert_num_queries):
    alliance = make_alliance()
    candidates(Sources(alliances=(alliance,)), user=office, today=TODAY)
    for number in range(3):
        make_post(alliance, email=f"p{number}@example.org")
        with django_assert_num_queries(3):
            candidates(Sources(alliances=(alliance,)), user=office, today=TODAY)
