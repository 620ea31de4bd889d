"""Rows for every page of the room, each with everything that costs a query."""

from typing import Any

from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.partnering.domain import exchanges, hand_overs, prospect_work, resources
from buendnisnetz.partnering.domain import stakeholders as stakeholder_domain
from buendnisnetz.partnering.enums import ContactKind
from buendnisnetz.partnering.models import Prospect, Stakeholder
from tests.factories.meetings import make_meeting
from tests.factories.network import make_alliance, make_group, make_membership, make_organisation
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_benefit,
    make_booking,
    make_chamber_post,
    make_contact,
    make_introduction,
    make_point,
    make_practice,
    make_prospect,
    make_resource,
    make_stakeholder,
    make_wish,
)
from tests.factories.territories import make_chamber, make_district, make_municipality


def full_prospect(alliance: Any = None, **facts: Any) -> Prospect:
    """A prospect with notes, next steps, a hand-over and a notice."""
    alliance = alliance or make_alliance()
    holder = make_contact(alliance)
    made = make_prospect(
        alliance=alliance, territory=make_municipality(make_district()), holder=holder,
        contact_words="Frau Muster", **facts,
    )  # fmt: skip
    more_of(made)
    return made


def more_of(prospect: Prospect) -> None:
    prospect_work.add_note(
        about=prospect, kind=ContactKind.PHONE, words="Vertrauliches.", met_on=TODAY, actor=None,
        now=NOW,
    )  # fmt: skip
    prospect_work.plan_next_step(
        prospect=prospect, words="Noch einmal anrufen", due_on=TODAY, holder=prospect.holder,
        actor=None, now=NOW,
    )  # fmt: skip
    hand_overs.hand_over(
        prospect=prospect, post=make_contact(make_organisation()),
        consent_words="Am Telefon.", actor=None, now=NOW,
    )  # fmt: skip


def full_stakeholder(alliance: Any = None) -> Stakeholder:
    made = make_stakeholder(alliance=alliance)
    more_of_stakeholder(made)
    return made


def more_of_stakeholder(row: Stakeholder) -> None:
    prospect_work.add_note(
        about=row, kind=ContactKind.VISIT, words="Beim Empfang.", met_on=TODAY, actor=None, now=NOW
    )
    stakeholder_domain.invite(
        stakeholder=row, meeting=make_meeting(), invited_on=TODAY, actor=None, today=TODAY
    )


def fill(number: int) -> None:
    """So many rows in every list."""
    for _row in range(number):
        district = make_district()
        alliance = make_alliance(territory=district)
        full_prospect(alliance)
        full_stakeholder()
        make_benefit()
        make_practice(territory=make_municipality(district))
        one, two = make_group("A", alliance=alliance), make_group("B", alliance=alliance)
        exchanges.arrange_exchange(one=one, other=two, reasons="", actor=None, today=TODAY)
        body = make_organisation(kind=OrganisationKind.COMPANY, territory=district)
        make_membership(alliance, body)
        make_contact(body)
        resources.save_profile(
            organisation=body, topics=["HOUSING"], groups=(), actor=None, today=TODAY
        )
        make_booking(make_resource(body, territory=district), make_wish(alliance))
        make_introduction(alliance=alliance)
        make_point(make_chamber_post(make_chamber(district, name=f"IHK {district.ags}")))
