"""Whatever memberships begin and end: counts and "since" equal a slow oracle, as of any day (S18).

Random networks: of one alliance, and of a district with several.
"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.insight.domain.queries import balance, districts, gaps
from buendnisnetz.insight.enums import SinceKind
from buendnisnetz.insight.rules import View
from buendnisnetz.network.enums import OrganisationKind, Sector
from buendnisnetz.network.models import Alliance, Membership, Organisation
from tests.factories.insight import require
from tests.factories.network import make_alliance, make_organisation
from tests.factories.territories import make_district, make_municipality
from tests.insight.oracle import FIRST, LAST, Stay, answer, counted, days
from tests.undone import undone

pytestmark = pytest.mark.django_db
ALL = View(everything=True)
KINDS = (OrganisationKind.COMPANY, OrganisationKind.CHAMBER, OrganisationKind.SENIORS_BODY)

any_day = st.sampled_from(days(FIRST, LAST))
open_day = st.none() | any_day


@st.composite
def stays(
    draw: Any, bodies: int, alliances: int
) -> list[tuple[int, int, date | None, date | None]]:
    """Memberships that do not overlap for the same organisation in the same alliance."""
    found = []
    for body in range(bodies):
        for alliance in range(alliances):
            edges = sorted(draw(st.sets(any_day, max_size=4)))
            pairs = [edges[i : i + 2] for i in range(0, len(edges), 2)]
            for place, pair in enumerate(pairs):
                start: date | None = pair[0]
                end: date | None = pair[1] if len(pair) == 2 else None
                if place == 0 and draw(st.booleans()):
                    start = None
                found.append((body, alliance, start, end))
    return found


@pytest.fixture
def bodies(db: None) -> list[Organisation]:
    return [make_organisation(kind=KINDS[number % 3]) for number in range(6)]


def store(rows: Any, bodies: list[Organisation], alliances: list[Alliance]) -> list[Stay]:
    Membership.objects.bulk_create(
        Membership(
            organisation=bodies[body], alliance=alliances[alliance], valid_from=start, valid_to=end
        )
        for body, alliance, start, end in rows
    )
    return [
        Stay(bodies[body].pk, bodies[body].kind, alliance, start, end)
        for body, alliance, start, end in rows
    ]


def end_some(bodies: list[Organisation], ends: list[date | None]) -> dict[int, date | None]:
    for body, last in zip(bodies, ends, strict=True):
        Organisation.objects.filter(pk=body.pk).update(valid_to=last)
    return {body.pk: last for body, last in zip(bodies, ends, strict=True)}


@given(data=st.data())
def test_an_alliance_on_any_day(data: Any, bodies: list[Organisation]) -> None:
    rows = data.draw(stays(len(bodies), 1))
    ends = data.draw(st.lists(open_day, min_size=len(bodies), max_size=len(bodies)))
    at_least, day = data.draw(st.integers(1, 3)), data.draw(any_day)
    kinds = tuple(data.draw(st.sets(st.sampled_from(KINDS), min_size=1)))
    founded = data.draw(st.none() | st.just(FIRST))
    with undone():
        alliance = make_alliance(since=FIRST, founded_on=founded)
        require(alliance, "Gesucht", *kinds, at_least=at_least)
        found = store(rows, bodies, [alliance])
        last = end_some(bodies, ends)
        need = next(
            need
            for need in gaps.needs_of([alliance.pk], ALL, day)[alliance.pk]
            if need.key == "own-gesucht"
        )
        wanted = answer(
            counted(found, kinds, last), at_least, day, FIRST,
            SinceKind.FOUNDED if founded else SinceKind.DATA,
        )  # fmt: skip
        assert (need.present, need.since, need.since_kind) == (
            wanted.present,
            wanted.since,
            wanted.since_kind,
        )
        shares = balance.of_alliance(alliance.pk, day)[-1]
        assert shares.total == counted(found, KINDS, last)[day]
        assert sum(shares.by_kind.values()) == sum(shares.by_sector.values())


@given(data=st.data())
def test_a_district_on_any_day(data: Any, bodies: list[Organisation]) -> None:
    """Over three alliances, one of a town, one that begins late: an organisation counts once."""
    rows = data.draw(stays(len(bodies), 3))
    ends = data.draw(st.lists(open_day, min_size=len(bodies), max_size=len(bodies)))
    day, late = data.draw(any_day), data.draw(any_day)
    with undone():
        district = make_district()
        alliances = [
            make_alliance(territory=district, since=FIRST),
            make_alliance(territory=make_municipality(district), since=FIRST),
            make_alliance(territory=district, since=late),
        ]
        found = [
            stay
            if stay.alliance < 2
            else Stay(
                stay.organisation,
                stay.kind,
                2,
                max(stay.start, late) if stay.start else late,
                stay.end,
            )
            for stay in store(rows, bodies, alliances)
        ]
        # Before an alliance exists, nobody is a partner of the district through it.
        found = [
            Stay(stay.organisation, stay.kind, stay.alliance, stay.start or FIRST, stay.end)
            for stay in found
        ]
        last = end_some(bodies, ends)
        (report,) = districts.reports(ALL, day, whole_state=True, ags=district.ags)
        for need in report.needs:
            if need.key not in {"company", "chamber", "seniors"}:
                continue
            wanted = answer(
                counted(found, tuple(need.kinds), last), 1, day, FIRST, SinceKind.WORKING
            )
            assert (need.present, need.since, need.since_kind) == (
                wanted.present,
                wanted.since,
                wanted.since_kind,
            )
        total = counted(found, KINDS, last)[day]
        overview = next(
            iter(
                districts.overview(ALL, day, whole_state=True).where("pk = %(pk)s", pk=district.pk)
            )
        )
        assert overview["members"] == total
        business = counted(found, KINDS[:2], last)[day]
        if total:
            assert overview["business_share"] == pytest.approx(business / total)
            shares = balance.of_district(district.pk, day)[-1]
            assert shares.share(Sector.BUSINESS) == pytest.approx(business / total)
        else:
            assert overview["business_share"] is None
