"""The gap report's numbers on an invented state, against SQL that was written apart from it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from buendnisnetz.insight.domain.queries import districts, gaps, overview
from buendnisnetz.insight.rules import View
from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.load import load
from buendnisnetz.web.demo import seed
from buendnisnetz.web.demo.sizes import Sizes

pytestmark = pytest.mark.django_db
ALL = View(everything=True)
DAYS = [date(2017, 8, 24), date(2021, 7, 1), date(2026, 6, 30)]
SMALL = Sizes("16", alliances=22, organisations=200, people=300, meetings=24, tasks=60)

# One number at a time, by counting rows for one alliance, one kind, one day.
COUNT = """
SELECT count(DISTINCT m.organisation_id)
FROM network_membership m, network_organisation o
WHERE m.organisation_id = o.id AND m.alliance_id = %s AND o.kind = ANY(%s)
  AND (m.valid_from IS NULL OR m.valid_from <= %s) AND (m.valid_to IS NULL OR m.valid_to >= %s)
  AND (o.valid_to IS NULL OR o.valid_to >= %s)
"""
# Since when: the day after the last day of a past in which a calendar of all days was still met.
SINCE = """
SELECT max(d)::date + 1 FROM generate_series(%s::date - 9000, %s::date, '1 day') AS d
WHERE (SELECT count(DISTINCT m.organisation_id)
       FROM network_membership m, network_organisation o
       WHERE m.organisation_id = o.id AND m.alliance_id = %s AND o.kind = ANY(%s)
         AND d::date BETWEEN coalesce(m.valid_from, '0001-01-01') AND
             least(coalesce(m.valid_to, '9999-12-31'), coalesce(o.valid_to, '9999-12-31'))) >= %s
"""
IN_DISTRICT = """
SELECT count(DISTINCT m.organisation_id)
FROM network_membership m
JOIN network_organisation o ON o.id = m.organisation_id
JOIN network_allianceterritory l ON l.alliance_id = m.alliance_id
JOIN territories_territory t ON t.id = l.territory_id
JOIN network_alliancestatusperiod p ON p.alliance_id = m.alliance_id
WHERE (t.id = %s OR t.parent_id = %s) AND p.status <> 'DISSOLVED' AND o.kind = ANY(%s)
  AND %s::date BETWEEN coalesce(l.valid_from, '0001-01-01') AND coalesce(l.valid_to, '9999-12-31')
  AND %s::date BETWEEN coalesce(p.valid_from, '0001-01-01') AND coalesce(p.valid_to, '9999-12-31')
  AND %s::date BETWEEN coalesce(m.valid_from, '0001-01-01') AND coalesce(m.valid_to, '9999-12-31')
  AND coalesce(o.valid_to, '9999-12-31') >= %s
"""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load(dataset.read("thueringen"))
        seed.build_world(SMALL, date(2026, 7, 1))
        yield
        transaction.set_rollback(True)


def ask(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
        return row[0] if row else None


@pytest.mark.parametrize("day", DAYS)
def test_every_count_of_every_alliance(world: None, day: date) -> None:
    found = gaps.needs_of(None, ALL, day)
    assert len(found) > 15
    checked = 0
    for alliance, needs in found.items():
        for need in needs:
            assert need.present == ask(COUNT, alliance, list(need.kinds), day, day, day)
            checked += 1
    assert checked > 90


@pytest.mark.parametrize("day", DAYS[1:])
def test_every_since_of_every_alliance(world: None, day: date) -> None:
    found = gaps.needs_of(None, ALL, day)
    ended = 0
    for alliance, needs in found.items():
        for need in needs:
            if need.is_gap and need.since_kind == "MET":
                wanted = ask(SINCE, day, day, alliance, list(need.kinds), need.at_least)
                assert need.since == wanted
                ended += 1
    assert ended > 0


@pytest.mark.parametrize("day", DAYS)
def test_the_overview_counts_the_same_gaps(world: None, day: date) -> None:
    needs = gaps.needs_of(None, ALL, day)
    for row in overview.overview(ALL, day):
        missing = {need.key for need in needs[row["pk"]] if need.is_gap}
        assert (row["gaps"], set(row["keys"])) == (len(missing), missing)
        assert row["members"] == ask(
            COUNT.replace("AND o.kind = ANY(%s)", ""), row["pk"], day, day, day
        )


@pytest.mark.parametrize("day", DAYS)
def test_every_count_of_every_district(world: None, day: date) -> None:
    rows = list(districts.overview(ALL, day, whole_state=True))
    needs = {
        report.row["pk"]: report.needs for report in districts.reports(ALL, day, whole_state=True)
    }
    assert len(rows) == len(needs) == (23 if day < date(2021, 7, 1) else 22)
    for row in rows:
        for need in needs[row["pk"]]:
            pk = row["pk"]
            wanted = ask(IN_DISTRICT, pk, pk, list(need.kinds), day, day, day, day)
            assert need.present == wanted
        assert row["gaps"] == sum(need.is_gap for need in needs[row["pk"]])
