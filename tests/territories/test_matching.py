"""Which row speaks of which stored territory."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.territories.domain.dataset import TerritoryRow
from buendnisnetz.territories.domain.matching import claims, overlap, paired, widened
from buendnisnetz.territories.domain.tables import Line
from buendnisnetz.territories.enums import Level, TerritoryKind
from buendnisnetz.territories.models import Territory

DAYS = st.none() | st.dates(date(2015, 1, 1), date(2025, 12, 31))


def row(name: str, start: date | None = None, end: date | None = None) -> TerritoryRow:
    return TerritoryRow(
        line=Line("territories.csv", 2, {}),
        level=Level.MUNICIPALITY,
        key="16061001",
        ars="",
        kind=TerritoryKind.TOWN,
        name=name,
        short_name=name,
        area_km2=None,
        latitude=None,
        longitude=None,
        seat="",
        valid_from=start,
        valid_to=end,
        known_from=None,
        known_until=None,
    )


def stored(name: str, start: date | None = None, end: date | None = None) -> Territory:
    return Territory(name=name, valid_from=start, valid_to=end)


def test_the_only_one_is_it() -> None:
    town = stored("A")
    assert paired([row("B")], [town]) == {0: town}


def test_the_name_decides_first() -> None:
    before, after = stored("A", None, date(2018, 12, 31)), stored("B", date(2019, 1, 1))
    rows = [row("B", date(2019, 1, 1)), row("A", None, date(2018, 12, 31))]
    assert paired(rows, [before, after]) == {0: after, 1: before}


def test_a_snapshot_means_the_one_of_its_name() -> None:
    before, after = stored("A", None, date(2018, 12, 31)), stored("B", date(2019, 1, 1))
    assert paired([row("B")], [before, after]) == {0: after}


def test_a_rename_keeps_the_old_row_and_adds_a_new_one() -> None:
    town = stored("A")
    rows = [row("A", None, date(2025, 12, 31)), row("B", date(2026, 1, 1))]
    assert paired(rows, [town]) == {0: town, 1: None}


def test_history_found_later_belongs_to_the_present_row() -> None:
    town = stored("B")
    rows = [row("A", None, date(2018, 12, 31)), row("B", date(2019, 1, 1))]
    assert paired(rows, [town]) == {0: None, 1: town}


def test_what_never_met_is_not_the_same() -> None:
    assert paired([row("A", date(2020, 1, 1))], [stored("A", None, date(2019, 12, 31))]) == {
        0: None
    }


def test_an_empty_field_makes_no_claim() -> None:
    assert claims(row("A")) == {
        "level": Level.MUNICIPALITY,
        "ags": "16061001",
        "kind": TerritoryKind.TOWN,
        "name": "A",
        "short_name": "A",
    }


def test_known_days_grow_only() -> None:
    state = Territory(known_from=date(2016, 12, 31), known_until=date(2024, 12, 31))
    values = {"known_from": date(2024, 12, 31), "known_until": date(2025, 12, 31)}
    assert widened(values, state) == {
        "known_from": date(2016, 12, 31),
        "known_until": date(2025, 12, 31),
    }


@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_means_sharing_a_day(
    start: date | None, end: date | None, other_start: date | None, other_end: date | None
) -> None:
    first, second = (start, end), (other_start, other_end)
    if (start and end and start > end) or (other_start and other_end and other_start > other_end):
        return
    latest_start = max(day for day in (start, other_start, date.min) if day)
    earliest_end = min(day for day in (end, other_end, date.max) if day)
    assert overlap(first, second) == overlap(second, first) == (latest_start <= earliest_end)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=5), st.randoms())
def test_the_same_rows_always_find_themselves(lengths: list[int], random: object) -> None:
    rows, day = [], date(2018, 1, 1)
    for number, length in enumerate(lengths):
        rows.append(row(f"Ort {number}", day, day + timedelta(days=length)))
        day += timedelta(days=length + 1)
    territories = [stored(r.name, r.valid_from, r.valid_to) for r in rows]
    mixed = list(territories)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert paired(rows, mixed) == dict(enumerate(territories))
