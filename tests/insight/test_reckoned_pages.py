"""Pages that reckon say what is so, whatever they reckoned before and whoever asked first."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core import kept
from buendnisnetz.network.domain.memberships import end_membership
from buendnisnetz.network.enums import OrganisationKind, PostKind
from tests.factories.insight import join
from tests.factories.network import (
    make_alliance,
    make_membership,
    make_organisation,
    make_post,
    make_term,
    make_user,
)
from tests.factories.tasks import make_task
from tests.factories.territories import make_district, make_municipality

pytestmark = pytest.mark.django_db(transaction=True)
LISTS = (
    "/luecken/", "/luecken/kreise/", "/luecken/ende/", "/luecken/stellen/", "/orte/", "/orte/kreise/",
    "/netz/buendnisse/", "/netz/amtszeiten/unbesetzt/?which=all", "/netz/ansprechstellen/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_kept() -> Any:
    forget()
    yield
    forget()


def forget() -> None:
    kept.SHELF.clear()
    caches["answers"].clear()


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    page = re.sub(r"[A-Za-z0-9]{64}", "TOKEN", answer.content.decode())
    return f"{answer.status_code} {page}"


def test_what_is_kept_is_what_is_so(client_of: Any) -> None:
    district = make_district("16070", "Ilm-Kreis")
    place = make_municipality(district)
    alliance, other = make_alliance("Bündnis Ilmtal", district), make_alliance("Bündnis Anderswo")
    firm = make_organisation("Optik Muster", kind=OrganisationKind.COMPANY, territory=place)
    pages = [*LISTS, f"/luecken/{alliance.slug}/", "/luecken/kreise/16070/"]
    readers = [
        client_of(make_user(role, scope))
        for role, scope in (
            (Role.STATE_COORDINATION, None), (Role.ALLIANCE_COORDINATOR, alliance),
            (Role.ALLIANCE_COORDINATOR, other), (Role.DISTRICT_PLANNER, district), (Role.MINISTRY, None),
        )
    ]  # fmt: skip

    def agreed() -> list[list[str]]:
        """What everybody sees, after it was found to be what they see with nothing kept."""
        seen = [[shown(reader, page) for page in pages] for reader in readers]
        forget()
        assert seen == [[shown(reader, page) for page in pages] for reader in readers]
        return seen

    post: Any = make_post(place, "Kümmerin", kind=PostKind.CARETAKER)
    before = agreed()
    member: Any = None

    def joins() -> None:
        nonlocal member
        member = make_membership(alliance, firm)

    for write, is_seen in (
        (joins, True),
        (lambda: make_term(post), True),
        (lambda: make_task("Einladen"), False),
        (
            lambda: end_membership(
                membership=member, last_day=date(2026, 6, 30), reason="", actor=None
            ),
            True,
        ),
        (lambda: join(other, OrganisationKind.CHAMBER), True),
    ):
        write()
        after = agreed()
        assert (after != before) is is_seen
        before = after
