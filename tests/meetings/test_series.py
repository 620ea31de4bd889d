"""Meetings that belong together (S02)."""

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings.models import Meeting, MeetingSeries
from buendnisnetz.network.forms.choosing import LONGEST_LIST
from tests.factories.network import make_alliance, make_user
from tests.meetings.test_pages import plan
from tests.network.views.reading import rows_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, as_user):
    return as_user(office)


def test_made_filled_and_read_in_order(client):
    answer = client.post("/sitzungen/reihen/neu/", {"name": "Beirat", "rhythm": "im Quartal"})
    series = MeetingSeries.objects.get()
    assert answer["Location"] == f"/sitzungen/reihen/{series.public_id}/"
    assert "Noch keine Sitzung" in text_of(client.get(answer["Location"]))
    for day in ("2025-01-07", "2025-04-08"):
        plan(f"Beirat am {day}", day, series=series)
    plan("eine andere", "2025-02-02")
    page = client.get(answer["Location"])
    assert [row[1] for row in rows_of(page)] == ["Beirat am 2025-04-08", "Beirat am 2025-01-07"]
    assert "im Quartal" in text_of(page)
    ((name, _of, rhythm, number, last),) = rows_of(client.get("/sitzungen/reihen/?q=beir"))
    assert (name, rhythm, number, last) == ("Beirat", "im Quartal", "2", "08.04.2025")
    assert rows_of(client.get("/sitzungen/reihen/?q=xyz")) == []
    detail = client.get(f"/sitzungen/{Meeting.objects.first().public_id}/").content.decode()
    assert f"/sitzungen/reihen/{series.public_id}/" in detail


def test_an_alliance_sees_its_own_and_those_of_the_state(as_user):
    own, other = make_alliance(), make_alliance()
    for name, alliance in (("Land", None), ("Eigene", own), ("Fremde", other)):
        MeetingSeries.objects.create(name=name, alliance=alliance)
    client = as_user(make_user(Role.ALLIANCE_COORDINATOR, own))
    assert [row[0] for row in rows_of(client.get("/sitzungen/reihen/"))] == ["Eigene", "Land"]
    foreign = MeetingSeries.objects.get(name="Fremde")
    assert client.get(f"/sitzungen/reihen/{foreign.public_id}/").status_code == 404
    assert client.post("/sitzungen/reihen/neu/", {"name": "Neu"}).status_code == 422
    client.post("/sitzungen/reihen/neu/", {"name": "Neu", "alliance": own.public_id})
    assert MeetingSeries.objects.get(name="Neu").alliance == own


def test_who_changed_what_stands_on_a_page_of_its_own(client, as_user):
    series = MeetingSeries.objects.create(name="Beirat")
    address = f"/sitzungen/reihen/{series.public_id}/"
    client.post(f"{address}bearbeiten/", {"name": "Beirat", "rhythm": "jeden zweiten Montag"})
    assert f"{address}verlauf/" in client.get(address).content.decode()
    history = client.get(f"{address}verlauf/")
    assert "jeden zweiten Montag" in text_of(history)
    assert f'href="{address}"' in history.content.decode()
    foreign = MeetingSeries.objects.create(name="Fremde", alliance=make_alliance())
    reader = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
    assert reader.get(f"/sitzungen/reihen/{foreign.public_id}/verlauf/").status_code == 404


def test_a_long_list_of_series_is_typed_into(client):
    for number in range(LONGEST_LIST + 1):
        MeetingSeries.objects.create(name=f"Runde {number:02d}")
    found = client.get("/netz/auswahl/reihen/?series=RUNDE 07").content.decode()
    assert "Runde 07 [" in found
    assert "Runde 08" not in found
    assert "Runde 07" not in client.get("/sitzungen/neu/").content.decode()
    values = {"title": "Treffen", "kind": "OTHER", "held_on": "2026-12-15", "status": "PLANNED"}
    answer = client.post("/sitzungen/neu/", {**values, "series": "Runde 07"})
    assert Meeting.objects.get().series.name == "Runde 07"
    shown = client.get(f"{answer['Location']}bearbeiten/").content.decode()
    assert f'value="Runde 07 [{Meeting.objects.get().series.public_id}]"' in shown


def test_an_address_names_the_series_by_its_public_id(client):
    rows = [MeetingSeries.objects.create(name=f"Runde {n:02d}") for n in range(LONGEST_LIST)]
    address = f"/sitzungen/umfragen/neu/?series={rows[7].public_id}"
    assert f'<option value="{rows[7].public_id}" selected' in client.get(address).content.decode()
    MeetingSeries.objects.create(name="Noch eine Runde")
    assert f'value="Runde 07 [{rows[7].public_id}]"' in client.get(address).content.decode()
