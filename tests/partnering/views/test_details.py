"""Pages of one thing: what they show to whom, and how many questions they ask the database."""

from typing import Any

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.partnering.domain import exchanges, strategy
from buendnisnetz.partnering.enums import Stage
from tests.factories.network import (
    make_alliance,
    make_group,
    make_group_member,
    make_organisation,
    make_post,
    make_user,
)
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_aim,
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
    move,
)
from tests.factories.territories import make_chamber, make_district, make_municipality
from tests.partnering.views.world import (
    full_prospect,
    full_stakeholder,
    more_of,
    more_of_stakeholder,
)

pytestmark = pytest.mark.django_db

# How many queries each page may ask, whatever hangs on it.
PAGES = {
    "prospect": 9,
    "board": 7,
    "stakeholder": 6,
    "aim": 6,
    "strategy": 5,
    "introduction": 4,
    "exchange": 4,
    "suggestions": 7,
    "resource": 5,
    "wish": 5,
    "benefit": 3,
    "practice": 3,
    "join": 11,
    "history": 6,
}


@pytest.fixture
def office(as_user) -> Any:
    return as_user(make_user(Role.STATE_COORDINATION))


def _prospect(number: int) -> str:
    made = full_prospect(source="Von der Kammer")
    for stage in (Stage.CONTACTED, Stage.TALK, Stage.JOINT_PROJECT)[:number]:
        more_of(made)
        move(made, stage, words="Weiter.")
    return f"/partner/anbahnungen/{made.public_id}/"


def _board(number: int) -> str:
    for _row in range(number):
        for stage in Stage:
            full_prospect(name="") if stage == Stage.IDENTIFIED else make_prospect(stage=stage)
    return "/partner/tafel/"


def _stakeholder(number: int) -> str:
    made = full_stakeholder()
    for _row in range(number):
        more_of_stakeholder(made)
        make_aim(targets=[made])
    return f"/partner/stakeholder/{made.public_id}/"


def _aim(number: int) -> str:
    made = make_aim(targets=[make_stakeholder() for _row in range(number)])
    for row in range(number):
        strategy.add_message(
            aim=made, words="Wir zeigen es.", benefit=make_benefit(), source="", actor=None
        )
        strategy.add_measure(
            aim=made, words=f"Maßnahme {row}", holder=make_post(make_organisation()), due_on=TODAY,
            actor=None, now=NOW,
        )  # fmt: skip
    return f"/partner/strategie/{made.public_id}/"


def _strategy(number: int) -> str:
    for _row in range(number):
        _aim(2)
    return "/partner/strategie/"


def _introduction(number: int) -> str:
    return f"/partner/vermittlungen/{make_introduction().public_id}/"


def _exchange(number: int) -> str:
    one, other = (
        make_group("A", alliance=make_alliance()),
        make_group("B", alliance=make_alliance()),
    )
    row = exchanges.arrange_exchange(
        one=one, other=other, reasons="Eins.\n" * number, actor=None, today=TODAY
    )
    return f"/partner/austausch/{row.public_id}/"


def _suggestions(number: int) -> str:
    district = make_district()
    own = make_group("Eigene", alliance=make_alliance(territory=district), topic="Pflege")
    for row in range(number):
        other = make_group(
            f"Andere {row}", alliance=make_alliance(territory=district), topic="Pflege"
        )
        make_group_member(other)
    return f"/partner/austausch/vorschlaege/{own.public_id}/"


def _resource(number: int) -> str:
    made = make_resource(amount=100)
    for _row in range(number):
        make_booking(made)
    return f"/partner/ressourcen/{made.public_id}/"


def _wish(number: int) -> str:
    district = make_district()
    made = make_wish(territory=district)
    for _row in range(number):
        make_booking(make_resource(make_organisation(), territory=make_municipality(district)))
    return f"/partner/gesuche/{made.public_id}/"


def _benefit(number: int) -> str:
    return f"/partner/nutzen/{make_benefit().public_id}/"


def _practice(number: int) -> str:
    made = make_practice(contact=make_contact(make_organisation()), territory=make_district())
    return f"/partner/beispiele/{made.public_id}/"


def _join(number: int) -> str:
    district = make_district("16070", "Ilm-Kreis")
    make_municipality(district, "Musterstadt")
    make_point(make_chamber_post(make_chamber(district)))
    for row in range(number):
        alliance = make_alliance(territory=district)
        make_group(f"AG {row}", alliance=alliance, topic="Familie und Beruf")
        make_benefit()
    return "/mitmachen/?ort=Musterstadt&branche=C"


def _history(number: int) -> str:
    return _prospect(number) + "verlauf/"


MAKERS = {
    "prospect": _prospect, "board": _board, "stakeholder": _stakeholder, "aim": _aim,
    "strategy": _strategy, "introduction": _introduction, "exchange": _exchange,
    "suggestions": _suggestions, "resource": _resource, "wish": _wish, "benefit": _benefit,
    "practice": _practice, "join": _join, "history": _history,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PAGES))
@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(office, django_assert_max_num_queries, name, number):
    address = MAKERS[name](number)
    assert office.get(address).status_code == 200
    with django_assert_max_num_queries(12) as found:
        office.get(address)
    assert len(found) == PAGES[name], [query["sql"] for query in found.captured_queries]
