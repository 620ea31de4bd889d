"""Whatever begins and ends where: every place's answers equal a slow oracle, as of any day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.insight.domain.queries import coverage
from buendnisnetz.meetings.enums import MeetingKind, MeetingStatus
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.enums import AllianceStatus, PostKind
from buendnisnetz.network.models import (
    Alliance,
    AllianceStatusPeriod,
    AllianceTerritory,
    Membership,
    Organisation,
    Post,
    Term,
)
from buendnisnetz.territories.enums import ChangeKind
from buendnisnetz.territories.models import Succession, Territory
from tests.factories.network import make_alliance, make_organisation, make_person, make_post
from tests.factories.territories import make_district, make_municipality
from tests.insight.oracle import FIRST, LAST, days
from tests.undone import undone

pytestmark = pytest.mark.django_db
MERGED_ON = date(2020, 1, 20)
any_day = st.sampled_from(days(FIRST, LAST))


@dataclass(frozen=True)
class Span:
    """Something at a place from a day to a day."""

    place: int
    start: date
    end: date | None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@st.composite
def spans(draw: Any, places: int) -> list[Span]:
    """At most one of a kind at each place, so that no two overlap."""
    found = []
    for place in draw(st.sets(st.integers(0, places - 1))):
        start = draw(any_day)
        end = draw(st.none() | st.dates(start, LAST))
        found.append(Span(place, start, end))
    return found


@dataclass
class Country:
    """Two districts; the first two places of the first merged into the third."""

    places: list[Territory]
    districts: list[Territory]
    bodies: list[Organisation]
    posts: list[Post]
    caretakers: list[Post]
    alliance: Alliance
    holders: Any

    def lies_in(self, place: int, day: date) -> int:
        """Which place that is on a day; one that does not exist yet is nobody's."""
        return 2 if place in {0, 1} and day >= MERGED_ON else place

    def exists(self, place: int, day: date) -> bool:
        if place in {0, 1}:
            return day < MERGED_ON
        return place != 2 or day >= MERGED_ON


@pytest.fixture
def country(db: None) -> Country:
    districts = [make_district(), make_district()]
    before = date(2020, 1, 19)
    places = [
        make_municipality(districts[0], "Altau", valid_to=before),
        make_municipality(districts[0], "Altzell", valid_to=before),
        make_municipality(districts[0], "Auzell", valid_from=MERGED_ON),
        make_municipality(districts[0], "Rohr"),
        make_municipality(districts[1], "Linden"),
    ]
    for old in places[:2]:
        Succession.objects.create(
            predecessor=old, successor=places[2], on=MERGED_ON, kind=ChangeKind.MERGER
        )
    return Country(
        places=places,
        districts=districts,
        bodies=[make_organisation(territory=place) for place in places],
        posts=[make_post(place, kind=PostKind.OTHER, is_contact=True) for place in places],
        caretakers=[make_post(place, kind=PostKind.CARETAKER) for place in places],
        alliance=make_alliance(since=date(2010, 1, 1)),
        holders=make_person(),
    )


def reached(country: Country, found: Iterable[Span], place: int, day: date) -> bool:
    return any(span.covers(day) and country.lies_in(span.place, day) == place for span in found)


def store(country: Country, drawn: dict[str, Any]) -> None:
    Term.objects.bulk_create(
        Term(post=posts[span.place], person=country.holders, valid_from=span.start, valid_to=span.end, exclusive=True)
        for posts, name in ((country.posts, "contact"), (country.caretakers, "caretaker"))
        for span in drawn[name]
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(
            alliance=country.alliance,
            organisation=country.bodies[span.place],
            valid_from=span.start,
            valid_to=span.end,
        )
        for span in drawn["member"]
    )
    Meeting.objects.bulk_create(
        Meeting(
            title="Runde",
            kind=MeetingKind.OTHER,
            status=MeetingStatus.HELD,
            held_on=day,
            territory=country.places[place],
        )
        for place, day in drawn["meetings"]
    )
    alliance = Alliance.objects.create(name="Bündnis", slug="zufall")
    AllianceStatusPeriod.objects.create(
        alliance=alliance,
        status=AllianceStatus.ACTIVE,
        evidence="Anruf",
        confirmed_on=FIRST,
        valid_from=drawn["alive_from"],
    )
    AllianceTerritory.objects.bulk_create(
        AllianceTerritory(
            alliance=alliance,
            territory=country.places[span.place] if span.place < 5 else country.districts[span.place - 5],
            valid_from=span.start,
            valid_to=span.end,
        )
        for span in drawn["links"]
    )  # fmt: skip


def alliance_of(country: Country, drawn: dict[str, Any], place: int, day: date) -> str:
    if day < drawn["alive_from"]:
        return ""
    live = [span for span in drawn["links"] if span.covers(day)]
    if any(span.place < 5 and country.lies_in(span.place, day) == place for span in live):
        return "OWN"
    district = 5 if place < 4 else 6
    return "DISTRICT" if any(span.place == district for span in live) else ""


def unplaced(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows by their key, without where they stood in the answer."""
    return sorted(({**row, "place": None} for row in rows), key=lambda row: row["pk"])


@given(data=st.data())
def test_every_place_on_any_day(data: Any, country: Country) -> None:
    drawn: dict[str, Any] = {
        name: data.draw(spans(5), label=name) for name in ("contact", "caretaker", "member")
    }
    drawn["links"] = data.draw(spans(7), label="links")
    drawn["meetings"] = data.draw(st.lists(st.tuples(st.integers(0, 4), any_day), max_size=6))
    drawn["alive_from"] = data.draw(any_day)
    day = data.draw(any_day, label="day")
    with undone():
        store(country, drawn)
        rows = {row["pk"]: row for row in coverage.coverage(day)}
        there = [number for number in range(5) if country.exists(number, day)]
        assert set(rows) == {country.places[number].pk for number in there}
        for number in there:
            row = rows[country.places[number].pk]
            meetings = sum(
                held <= day and country.lies_in(place, day) == number
                for place, held in drawn["meetings"]
            )
            wanted = {
                "alliance": alliance_of(country, drawn, number, day),
                "contact": reached(country, drawn["contact"], number, day),
                "caretaker": reached(country, drawn["caretaker"], number, day),
                "member": reached(country, drawn["member"], number, day),
                "meetings": meetings,
            }
            assert {name: row[name] for name in wanted} == wanted
            assert row["white"] is not any(wanted.values())
        for area in (*country.districts, *country.places):
            inside = {row["pk"]: row for row in coverage.coverage(day, within=area.ags)}
            lies = {pk for pk, row in rows.items() if row["ags"].startswith(area.ags)}
            assert unplaced(inside.values()) == unplaced(rows[pk] for pk in lies)
        totals = coverage.totals(coverage.coverage(day))
        assert totals.n == len(there)
        assert totals.white == sum(row["white"] for row in rows.values())
        counted = list(coverage.districts(day))
        assert sum(row["n"] for row in counted) == totals.n
        assert sum(row["white"] for row in counted) == totals.white
