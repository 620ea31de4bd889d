"""Two loads at once, and a load that is cut off."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction

from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.load import load
from buendnisnetz.territories.models import Population, Territory
from tests.territories import sets
from tests.territories.sets import changed


def load_alone(path: str) -> dict[str, tuple[int, int]]:
    """Load in a thread of its own, with a connection of its own."""
    try:
        return changed(load(dataset.read(path)))
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_loads_waits_and_finds_everything_there(tmp_path: Path) -> None:
    path = sets.write(tmp_path / "muster")
    with ThreadPoolExecutor(max_workers=2) as threads:
        results = sorted(threads.map(load_alone, [path, path]), key=len)
    assert results[0] == {}
    assert results[1]["municipality"] == (4, 0)
    assert Territory.objects.count() == 8
    assert Population.objects.count() == 9


class CutOffError(Exception):
    pass


def load_and_fall(data: dataset.DataSet) -> None:
    """As if the process were killed before the end of its transaction."""
    with transaction.atomic():
        load(data)
        raise CutOffError


@pytest.mark.django_db(transaction=True)
def test_a_load_that_is_cut_off_leaves_nothing(tmp_path: Path) -> None:
    data = dataset.read(sets.write(tmp_path / "muster"))
    with pytest.raises(CutOffError):
        load_and_fall(data)
    assert not Territory.objects.exists()
    assert changed(load(data))["municipality"] == (4, 0)
