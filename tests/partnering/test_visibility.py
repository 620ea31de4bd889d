"""Who sees what of this room: decided by hand, one row a thing, one mark a role."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.domain.memberships import end_membership
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.partnering import rules
from buendnisnetz.partnering.domain import exchanges, hand_overs, prospect_work, resources
from buendnisnetz.partnering.enums import ContactKind, ContactPointKind
from buendnisnetz.partnering.models import (
    Booking,
    ContactNote,
    ContactPoint,
    Exchange,
    InterestProfile,
    Introduction,
    Prospect,
    Resource,
    ResourceWish,
    Stakeholder,
    StrategyAim,
)
from tests.factories.network import (
    make_alliance,
    make_group,
    make_membership,
    make_organisation,
    make_user,
)
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_aim,
    make_booking,
    make_chamber_post,
    make_contact,
    make_introduction,
    make_point,
    make_prospect,
    make_resource,
    make_stakeholder,
    make_wish,
)
from tests.factories.territories import make_chamber, make_district

pytestmark = pytest.mark.django_db

MODELS = {
    "own prospect": Prospect,
    "other prospect": Prospect,
    "office prospect": Prospect,
    "handed prospect": Prospect,
    "own note": ContactNote,
    "other note": ContactNote,
    "handed note": ContactNote,
    "own stakeholder": Stakeholder,
    "office stakeholder": Stakeholder,
    "stakeholder note": ContactNote,
    "aim": StrategyAim,
    "own introduction": Introduction,
    "other introduction": Introduction,
    "district introduction": Introduction,
    "firm introduction": Introduction,
    "own exchange": Exchange,
    "other exchange": Exchange,
    "resource": Resource,
    "wish": ResourceWish,
    "booking": Booking,
    "member profile": InterestProfile,
    "other profile": InterestProfile,
    "contact point": ContactPoint,
}
# office, administrator, alliance, district, chamber, firm, ministry, account without a role, public
ROLES = ("office", "admin", "alliance", "district", "chamber", "firm", "ministry", "none", "public")
TABLE = {
    "own prospect":          "x x x . . . . . .",
    "other prospect":        "x x . . . . . . .",
    "office prospect":       "x x . . . . . . .",
    "handed prospect":       "x x . . x . . . .",
    "own note":              "x x x . . . . . .",
    "other note":            "x x . . . . . . .",
    "handed note":           "x x . . . . . . .",
    "own stakeholder":       "x x x . . . . . .",
    "office stakeholder":    "x x . . . . . . .",
    "stakeholder note":      "x x . . . . . . .",
    "aim":                   "x x . . . . . . .",
    "own introduction":      "x x x . . . . . .",
    "other introduction":    "x x . . . . . . .",
    "district introduction": "x x . x . . . . .",
    "firm introduction":     "x x . . . x . . .",
    "own exchange":          "x x x . . . . . .",
    "other exchange":        "x x . . . . . . .",
    "resource":              "x x x x x x . . .",
    "wish":                  "x x x x x x . . .",
    "booking":               "x x . . . x . . .",
    "member profile":        "x x x . . . . . .",
    "other profile":         "x x . . . . . . .",
    "contact point":         "x x x x x x x . .",
}  # fmt: skip


@pytest.fixture
def world() -> SimpleNamespace:
    """Two alliances, a chamber, a district and a firm, each with something of its own."""
    district = make_district()
    own, other = make_alliance("Eigenes"), make_alliance("Fremdes")
    chamber = make_chamber(district)
    chamber_post = make_chamber_post(chamber)
    firm = make_organisation("Betrieb", kind=OrganisationKind.COMPANY)
    member, stranger = make_organisation("Mitglied"), make_organisation("Fremd")
    make_membership(own, member)
    things = _pipeline(own, other, chamber_post)
    things |= _contacts(own, other, district, firm)
    things["resource"] = make_resource(firm)
    things["wish"] = make_wish(other)
    things["booking"] = make_booking(things["resource"], things["wish"])
    for name, body in (("member profile", member), ("other profile", stranger)):
        things[name] = resources.save_profile(
            organisation=body, topics=["HOUSING"], groups=(), actor=None, today=TODAY
        )
    things["contact point"] = make_point(chamber_post, ContactPointKind.CHAMBER)
    users = {
        "office": make_user(Role.STATE_COORDINATION),
        "admin": make_user(Role.ADMINISTRATOR),
        "alliance": make_user(Role.ALLIANCE_COORDINATOR, own),
        "district": make_user(Role.DISTRICT_PLANNER, district),
        "chamber": make_user(Role.CHAMBER, chamber_post.organisation),
        "firm": make_user(Role.MEMBER, firm),
        "ministry": make_user(Role.MINISTRY),
        "none": make_user(),
        "public": AnonymousUser(),
    }
    return SimpleNamespace(things=things, users=users, own=own, other=other, firm=firm)


def _pipeline(own: Any, other: Any, chamber_post: Any) -> dict[str, Any]:
    things: dict[str, Any] = {
        "own prospect": make_prospect(alliance=own),
        "other prospect": make_prospect(alliance=other),
        "office prospect": make_prospect(),
        "handed prospect": make_prospect(alliance=other),
        "own stakeholder": make_stakeholder(alliance=own),
        "office stakeholder": make_stakeholder(),
        "aim": make_aim(),
    }
    hand_overs.hand_over(
        prospect=things["handed prospect"], post=chamber_post,
        consent_words="Am Telefon zugestimmt.", actor=None, now=NOW,
    )  # fmt: skip
    for note, about in (
        ("own note", "own prospect"),
        ("other note", "other prospect"),
        ("handed note", "handed prospect"),
        ("stakeholder note", "office stakeholder"),
    ):
        things[note] = prospect_work.add_note(
            about=things[about], kind=ContactKind.PHONE, words="Vertraulich.", met_on=TODAY,
            actor=None, now=NOW,
        )  # fmt: skip
    return things


def _contacts(own: Any, other: Any, district: Any, firm: Any) -> dict[str, Any]:
    own_groups = make_group("A", alliance=own), make_group("B", alliance=other)
    other_groups = make_group("C", alliance=other), make_group("D", alliance=other)
    pairs = {"own exchange": own_groups, "other exchange": other_groups}
    made: dict[str, Any] = {
        name: exchanges.arrange_exchange(one=one, other=two, reasons="", actor=None, today=TODAY)
        for name, (one, two) in pairs.items()
    }
    made["own introduction"] = make_introduction(first=make_contact(own))
    made["other introduction"] = make_introduction(alliance=other)
    made["district introduction"] = make_introduction(second=make_contact(district))
    made["firm introduction"] = make_introduction(second=make_contact(firm))
    return made


def test_the_table_is_complete():
    assert list(TABLE) == list(MODELS)
    assert {len(marks.split()) for marks in TABLE.values()} == {len(ROLES)}


def test_everybody_sees_what_the_table_says(world):
    seen = {
        name: " ".join(
            "x" if MODELS[name].objects.visible_to(world.users[role]).filter(pk=thing.pk).exists()
            else "."
            for role in ROLES
        )
        for name, thing in world.things.items()
    }  # fmt: skip
    assert {name: seen[name] for name in TABLE} == TABLE


def test_nobody_sees_a_row_twice(world):
    """Two hand-overs to one chamber, two memberships of one organisation: one row each."""
    handed = world.things["handed prospect"]
    first = handed.hand_overs.get()
    hand_overs.answer_hand_over(handed=first, accepted=True, words="", actor=None, now=NOW)
    hand_overs.hand_over(
        prospect=handed, post=first.post, consent_words="Noch einmal.", actor=None, now=NOW
    )
    member = world.things["member profile"].organisation
    end_membership(
        membership=member.memberships.get(), last_day=date(2025, 12, 31), reason="", actor=None
    )
    assert not InterestProfile.objects.visible_to(world.users["alliance"]).exists()
    make_membership(world.own, member, since=date(2026, 3, 1))
    assert InterestProfile.objects.visible_to(world.users["alliance"]).count() == 1
    assert Prospect.objects.visible_to(world.users["chamber"]).count() == 1


class TestRules:
    def test_an_alliance_works_for_itself_only(self, world):
        user = world.users["alliance"]
        assert rules.can_work_for(user, world.own)
        assert not rules.can_work_for(user, world.other)
        assert not rules.can_work_for(user, None)
        assert rules.can_work_for(world.users["office"], None)
        assert not rules.can_work_for(world.users["ministry"], None)

    def test_a_chamber_sees_what_was_handed_over_but_does_not_work_on_it(self, world):
        handed = world.things["handed prospect"]
        assert not rules.can_work_on(world.users["chamber"], handed)
        assert rules.can_work_on(world.users["office"], handed)

    def test_contact_points_are_for_the_office_and_for_the_own_house(self, world):
        point = world.things["contact point"]
        allowed = {
            name for name, user in world.users.items() if rules.can_edit_contact_point(user, point)
        }
        assert allowed == {"office", "admin", "chamber"}

    def test_advice_posts_without_an_organisation_are_for_the_office(self, world):
        post = make_contact(world.own)
        allowed = {
            name for name, user in world.users.items() if rules.can_edit_contact_points(user, post)
        }
        assert allowed == {"office", "admin"}

    def test_a_chamber_adds_its_own_kind_only(self, world):
        assert [kind for kind, _label in rules.contact_kinds(world.users["chamber"])] == ["CHAMBER"]
        assert len(rules.contact_kinds(world.users["office"])) == 2

    def test_an_introduction_is_steered_by_who_asked_for_it(self, world):
        row = world.things["other introduction"]
        asker = make_user(Role.ALLIANCE_COORDINATOR, world.other)
        assert rules.can_steer(asker, row)
        assert not rules.can_steer(world.users["alliance"], row)
        assert rules.can_steer(world.users["office"], row)

    def test_either_groups_coordination_notes_an_exchange(self, world):
        row = world.things["own exchange"]
        assert rules.can_note(world.users["alliance"], row)
        assert rules.can_note(make_user(Role.ALLIANCE_COORDINATOR, world.other), row)
        assert not rules.can_note(world.users["alliance"], world.things["other exchange"])

    def test_who_cancels_a_booking(self, world):
        booking = Booking.objects.get(pk=world.things["booking"].pk)
        allowed = {name for name, user in world.users.items() if rules.can_cancel(user, booking)}
        assert allowed == {"office", "admin", "firm"}
