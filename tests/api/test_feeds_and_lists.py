"""Feeds, open lists, their validators, and the description of all of it."""

import csv
import io
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openapi_spec_validator import OpenAPIV31SpecValidator

from buendnisnetz.api.describing import description_of
from buendnisnetz.api.urls import urlpatterns
from buendnisnetz.network.models import Person
from tests.factories.api import LATER, SITE, ask, make_public_meeting, renew, withdraw
from tests.factories.network import make_alliance, make_group
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
OPEN = (
    "/oparl/v1/", "/oparl/v1/body/16/meeting/", "/feeds/protokolle.atom", "/feeds/beschluesse.rss",
    "/api/listen/sitzungen.json", "/api/listen/sitzungen.csv", "/api/openapi.json",
)  # fmt: skip


def atom(path):
    """Title and link of each entry of a feed."""
    root = ElementTree.fromstring(Client().get(path).content)  # noqa: S314 -- our own answer
    return [
        (entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link").get("href"))
        for entry in root.iter(f"{ATOM}entry")
    ]


def table(path):
    text = Client().get(path).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_feed_names_published_minutes_the_newest_first(meeting):
    make_public_meeting("Winterrunde", alliance=meeting.alliance)
    renew(LATER + timedelta(days=1))
    entries = atom("/feeds/protokolle.atom")
    assert [title for title, _link in entries] == ["Winterrunde", "Herbstrunde"]
    assert entries[1][1] == f"{SITE}/sitzungen/{meeting.public_id}/"


def test_a_feed_of_decisions_holds_their_text_and_leads_to_their_passage(meeting):
    [(title, link)] = atom("/feeds/beschluesse.atom")
    assert title == "Der Haushalt gilt."
    assert link.startswith(f"{SITE}/sitzungen/{meeting.public_id}/#e-")
    rss = Client().get("/feeds/beschluesse.rss").content.decode()
    assert "<description>Der Haushalt gilt.</description>" in rss


def test_alliances_groups_and_states_have_feeds_of_their_own(meeting, alliance):
    group = make_group("Arbeitskreis Wohnen", alliance=alliance)
    other = make_alliance("Bündnis Anderswo")
    make_public_meeting("Im Arbeitskreis", working_group=group)
    renew(LATER + timedelta(days=1))
    titles = {
        scope: {title for title, _link in atom(f"/feeds/protokolle/{scope}.atom")}
        for scope in ("16", alliance.public_id, group.public_id, other.public_id)
    }
    assert titles == {
        "16": {"Herbstrunde", "Im Arbeitskreis"},
        alliance.public_id: {"Herbstrunde"},
        group.public_id: {"Im Arbeitskreis"},
        other.public_id: set(),
    }


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/aufgaben.atom", "/feeds/protokolle.pdf", "/feeds/protokolle/niemand.atom",
        "/api/listen/menschen.json", "/api/listen/sitzungen.xml",
    ],
)  # fmt: skip
def test_what_there_is_not_is_said_so(meeting, path):
    assert Client().get(path).status_code == 404


def test_an_empty_feed_stays_the_same(db):
    first, second = (Client().get("/feeds/protokolle.atom") for _again in range(2))
    assert first["ETag"] == second["ETag"]


@pytest.mark.parametrize("path", OPEN)
def test_what_did_not_change_is_not_sent_again(meeting, path):
    client = Client()
    first = client.get(path)
    assert first.status_code == 200
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_what_changed_is_sent_again(meeting):
    client, path = Client(), "/oparl/v1/body/16/meeting/"
    first = client.get(path)
    client_has = {"If-None-Match": first["ETag"]}
    withdraw(Person.objects.get(family_name="Offenmut"))
    assert client.get(path, headers=client_has).status_code == 200
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get(path, headers=since).status_code == 200


@pytest.mark.parametrize("path", OPEN)
def test_pages_elsewhere_may_read_open_data_and_nothing_else(meeting, path):
    assert Client().get(path)["Access-Control-Allow-Origin"] == "*"
    assert Client().post(path).status_code == 405
    assert "Set-Cookie" not in Client().get(path)
    for closed in ("/api/", "/sitzungen/", f"/sitzungen/{meeting.public_id}/papier/json/"):
        assert "Access-Control-Allow-Origin" not in Client().get(closed)


def test_both_forms_of_a_list_hold_the_same_rows(meeting, alliance):
    for name in ("buendnisse", "sitzungen", "beschluesse"):
        rows = ask(f"/api/listen/{name}.json")["data"]
        cells = [{key: value or "" for key, value in row.items()} for row in rows]
        assert table(f"/api/listen/{name}.csv") == cells
        assert len(rows) == 1


def test_the_lists_say_what_one_wants_to_know(meeting, alliance):
    [row] = table("/api/listen/buendnisse.csv")
    assert (row["name"], row["state"], row["status"]) == ("Bündnis Musterstadt", "16", "active")
    assert (row["street"], row["town"]) == ("Markt 1", "Musterstadt")
    [row] = table("/api/listen/sitzungen.csv")
    assert (row["title"], row["day"], row["place"]) == ("Herbstrunde", "2026-11-10", "Musterstadt")
    assert row["organization"] == alliance.public_id
    [row] = table("/api/listen/beschluesse.csv")
    assert (row["text"], row["state"]) == ("Der Haushalt gilt.", "open")
    assert row["meeting"] == meeting.public_id


def test_a_long_list_names_its_next_page(meeting):
    make_public_meeting("Winterrunde", alliance=meeting.alliance)
    renew(LATER + timedelta(days=1))
    page = Client().get("/api/listen/sitzungen.csv?limit=1")
    following = page["Link"].removeprefix("<").removesuffix('>; rel="next"')
    [row] = table(following.removeprefix(SITE))
    assert row["title"] == "Winterrunde"
    assert "Link" not in Client().get(following.removeprefix(SITE))
    assert ask("/api/listen/sitzungen.json?limit=1")["links"]["next"].endswith(
        following.partition("?")[2]
    )
    assert Client().get("/api/listen/sitzungen.csv?limit=viele").status_code == 400


def test_names_that_must_not_be_shown_are_in_no_list(meeting):
    withdraw(Person.objects.get(family_name="Offenmut"))
    assert table("/api/listen/sitzungen.csv") == []
    assert atom("/feeds/protokolle.atom") == []
    renew()
    [row] = table("/api/listen/sitzungen.csv")
    assert row["title"] == "Herbstrunde"


@pytest.mark.parametrize("path", OPEN)
def test_answers_cost_few_queries(meeting, path):
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert len(queries) <= 6


def test_the_description_is_valid_and_names_every_address(meeting):
    described = ask("/api/openapi.json")
    OpenAPIV31SpecValidator(described).validate()
    own = [pattern for pattern in urlpatterns if description_of(pattern.callback)]
    assert len(own) == len(urlpatterns) - 1
    assert {f"api.{pattern.name}" for pattern in own} == {
        entry["get"]["operationId"]
        for path, entry in described["paths"].items()
        if path.startswith(("/oparl/", "/api/", "/feeds/"))
    }
    lists = described["paths"]["/sitzungen/"]["get"]
    assert "q" in {row["name"] for row in lists["parameters"]}
    assert "text/csv" in lists["responses"]["200"]["content"]
    assert "/aufgaben/" not in described["paths"]


def test_every_described_choice_answers(meeting, alliance):
    parts = {"body": "16", "scope": "16", "public_id": alliance.public_id}
    for path, entry in ask("/api/openapi.json")["paths"].items():
        if not path.startswith(("/oparl/", "/api/", "/feeds/")):
            continue
        named = {
            row["name"]: row["schema"] for row in entry["get"]["parameters"] if row["in"] == "path"
        }
        values = {name: schema.get("enum", [parts.get(name)])[0] for name, schema in named.items()}
        if values.get("kind") == "body" and "public_id" in values:
            values["public_id"] = "16"
        assert Client().get(path.format(**values)).status_code == 200, path


def test_the_page_for_people_leads_everywhere(meeting):
    page = Client().get(reverse("api:overview"))
    words = text_of(page)
    for expected in ("OParl", "Thüringen", "dl-de/by-2-0", "100", "ETag"):
        assert expected in words
    found = set(page.content.decode().split('href="'))
    links = {
        part.partition('"')[0] for part in found if part.startswith(("/api/", "/oparl/", "/feeds/"))
    }
    assert len(links) >= 13
    assert {link: Client().get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_every_page_leads_there(client):
    assert 'href="/api/"' in client.get("/hilfe/").content.decode()
