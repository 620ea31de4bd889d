"""What the tests of this room share."""

from typing import Any

import pytest

from tests.factories.api import make_public_meeting, renew
from tests.factories.network import make_alliance, make_group


@pytest.fixture
def alliance(db: None) -> Any:
    return make_alliance("Bündnis Musterstadt", city="Musterstadt", street="Markt 1")


@pytest.fixture
def meeting(alliance: Any) -> Any:
    """A published meeting of an alliance that has a working group; everything is renewed once."""
    make_group("Arbeitskreis Pflege", alliance=alliance)
    row = make_public_meeting(alliance=alliance, starts_at="10:00")
    renew()
    return row
