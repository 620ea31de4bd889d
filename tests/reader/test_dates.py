"""Days and times as minutes write them."""

import datetime

import pytest

from buendnisnetz.reader.dates import clock_range, clocks, days

MEETING = datetime.date(2019, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("am 3.4.2020", (2020, 4, 3)),
        ("am 03.04.20", (2020, 4, 3)),
        ("Montag, dem 14. November 2022", (2022, 11, 14)),
        ("2023-10-18", (2023, 10, 18)),
        ("14. März '19", (2019, 3, 14)),
        ("bis 15.4. fertig", (None, 4, 15)),
        ("7. Okt. 1998", (1998, 10, 7)),
    ],
)
def test_day_is_found(text: str, day: tuple[int | None, int, int]) -> None:
    found = next(days(text))
    assert (found.year, found.month, found.day) == day


@pytest.mark.parametrize(
    "text", ["31.02.2020", "Punkt 3.14 gilt", "18.30 Uhr", "kostet 12.50 Euro", "1.200 Euro"]
)
def test_what_is_no_day_is_not_found(text: str) -> None:
    assert list(days(text)) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [("15.1.", datetime.date(2020, 1, 15)), ("18.11.", datetime.date(2019, 11, 18))],
)
def test_day_without_year_is_near_the_meeting(text: str, day: datetime.date) -> None:
    assert next(days(text)).near(MEETING) == day


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("um 18 Uhr", "18:00"),
        ("18.30 Uhr", "18:30"),
        ("9:05 Uhr", "09:05"),
        ("19 Uhr 15", "19:15"),
        ("0:04 Uhr", "00:04"),
    ],
)
def test_time_is_found(text: str, time: str) -> None:
    assert next(clocks(text, 0, len(text))).time == time


@pytest.mark.parametrize("text", ["16:30 - 18:45 Uhr", "von 16.30 bis 18.45 Uhr", "16:30 -- 18:45"])
def test_range_has_begin_and_end(text: str) -> None:
    found = clock_range(text, 0, len(text))
    assert found is not None
    assert [clock.time for clock in found] == ["16:30", "18:45"]
