"""Small worlds in which the pages of this room have something to show."""

from buendnisnetz.insight.enums import TopicStatus
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.models import Territory
from tests.factories.insight import join, make_sponsor, make_talk, make_topic, require
from tests.factories.meetings import attend, make_meeting
from tests.factories.network import (
    make_alliance,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
)

COMPANY = OrganisationKind.COMPANY


def fill(alliance: Alliance, district: Territory) -> None:
    """Something of everything that the alliance's page shows."""
    join(alliance, OrganisationKind.CHURCH)
    other = make_alliance(territory=district)
    body = make_organisation(kind=COMPANY, territory=district)
    make_membership(other, body)
    make_term(make_post(other), make_person())
    attend(make_meeting(alliance=alliance), organisation=body)
    make_talk(make_sponsor(alliance))
    post = make_post(alliance)
    make_topic(alliance, responsible=post, status=TopicStatus.ACTIVE)
    make_topic(alliance, responsible=post, status=TopicStatus.CLOSED)
    require(alliance, "Kirche", OrganisationKind.CHURCH)


def add_more(alliance: Alliance, district: Territory) -> None:
    body = make_organisation(kind=COMPANY, territory=district)
    make_membership(make_alliance(territory=district), body)
    attend(make_meeting(alliance=alliance), organisation=body)
    make_topic(alliance, responsible=make_post(alliance), status=TopicStatus.ACTIVE)
