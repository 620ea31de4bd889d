"""Who sees what of meetings and imports (S17, S72)."""

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings.domain.confirmation import accept_all_and_confirm
from buendnisnetz.meetings.models import Edition, MinutesImport
from tests.factories.meetings import published
from tests.factories.network import make_alliance, make_user
from tests.meetings.conftest import NOW
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
NAMES = ("Zwingenberg", "Osterloh", "Feldtanner", "Brasack")


@pytest.fixture
def alliance():
    return make_alliance()


@pytest.fixture
def meeting(received, office, alliance):
    row = received(alliance=alliance)
    return accept_all_and_confirm(minutes_import=row, confidence=0, actor=office, now=NOW).meeting


def address(meeting, tail=""):
    return f"/sitzungen/{meeting.public_id}/{tail}"


def test_the_own_alliance_reads_everything(meeting, alliance, as_user):
    client = as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))
    page = text_of(client.get(address(meeting)))
    assert all(name in page for name in NAMES)
    assert "Lotsenordnung" in text_of(client.get(address(meeting, "protokoll/")))


def test_another_alliance_finds_nothing(meeting, as_user):
    client = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
    assert client.get(address(meeting)).status_code == 404
    assert client.get(address(meeting, "protokoll/")).status_code == 404
    imported = MinutesImport.objects.get()
    assert client.get(f"/sitzungen/importe/{imported.public_id}/").status_code == 404


def test_the_public_does_not_find_what_is_not_published(meeting):
    assert Client().get(address(meeting)).status_code == 404
    assert meeting.title not in text_of(Client().get("/sitzungen/"))


def test_published_for_the_public_no_name_is_shown_without_consent(meeting):
    published(meeting, edition=Edition.objects.get(meeting=meeting))
    for tail in ("", "protokoll/"):
        answer = Client().get(address(meeting, tail))
        shown = text_of(answer) if answer.status_code == 200 else ""
        assert not [name for name in NAMES if name in shown]
    assert "Frühjahrstreffen" in text_of(Client().get(address(meeting)))


@pytest.mark.parametrize("tail", ["bearbeiten/", "loeschen/", "eintraege/neu/"])
def test_who_may_read_may_not_write(meeting, as_user, tail):
    published(meeting, edition=Edition.objects.get(meeting=meeting))
    client = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
    assert client.get(address(meeting, tail)).status_code in {403, 404}
    assert client.post(address(meeting, tail)).status_code in {403, 404, 405}


def test_search_hides_what_the_page_hides(meeting, as_user):
    client = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
    assert meeting.title not in text_of(client.get("/suche/?q=Frühjahrstreffen"))
