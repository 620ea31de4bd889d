"""The data of Thuringia that come with the project."""

from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.facts import Tally
from buendnisnetz.territories.domain.load import load
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory
from tests.territories.sets import changed


def test_thuringia_in_numbers(loaded: dict[str, Tally]) -> None:
    assert changed(loaded) == {
        "sources": (7, 0),
        "state": (1, 0),
        "district": (23, 0),
        "association": (80, 0),
        "municipality": (877, 0),
        "successions": (277, 0),
        "populations": (2129, 0),
        "outlines": (650, 0),
        "chambers": (6, 0),
        "chamber_districts": (46, 0),
        "neighbours": (88, 0),
        "urbanisation": (605, 0),
        "umbrella_bodies": (2, 0),
    }


def test_twice_changes_nothing(thuringia: dict[str, Tally]) -> None:
    again = load(dataset.read("thueringen"))
    assert changed(again) == {}
    assert {kind: tally.unchanged for kind, tally in again.items()} == {
        kind: tally.created for kind, tally in thuringia.items()
    }


def test_every_parent_is_one_level_up(thuringia: dict[str, Tally]) -> None:
    wrong = Territory.objects.exclude(level=Level.STATE).exclude(parent__isnull=False)
    assert not wrong.exists()
    pairs = set(
        Territory.objects.exclude(parent=None).values_list("level", "parent__level").distinct()
    )
    assert pairs == {
        (Level.DISTRICT, Level.STATE),
        (Level.ASSOCIATION, Level.DISTRICT),
        (Level.MUNICIPALITY, Level.DISTRICT),
    }
