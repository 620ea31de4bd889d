"""OParl 1.1: every object holds what the standard demands, and every reference leads somewhere."""

import hashlib
from datetime import datetime

import pytest
from django.test import Client

from buendnisnetz.api.domain.queries import publications
from buendnisnetz.api.enums import PublicationKind
from buendnisnetz.api.models import Publication
from buendnisnetz.meetings.enums import DecisionStatus
from buendnisnetz.meetings.models import Decision
from tests.api.schemas import TYPE, links, problems
from tests.factories.api import SITE, all_pages, ask, make_public_meeting, renew
from tests.factories.meetings import make_meeting
from tests.factories.network import agree, make_alliance, make_person, make_post, make_term

pytestmark = pytest.mark.django_db
LISTS = [kind.value for kind in PublicationKind if kind != PublicationKind.BODY]


def everything() -> list[dict]:
    """The system and every object of every list."""
    found = [ask("/oparl/v1/"), *all_pages("/oparl/v1/body/")]
    for kind in LISTS:
        found += all_pages(f"/oparl/v1/body/16/{kind}/")
    return found


@pytest.fixture
def whole(meeting, alliance):
    """Objects of every type."""
    post = make_post(alliance, is_contact=True)
    person = make_person("Sorgsam", "Dora")
    agree(person)
    make_term(post, person)
    renew()
    return everything()


def test_every_type_of_the_standard_is_there_and_holds_what_it_demands(whole):
    types = {row["type"].removeprefix(TYPE) for row in whole}
    assert types == {"System", *PublicationKind.labels}
    assert [line for row in whole for line in problems(row)] == []


def test_every_reference_leads_to_the_object_it_names(whole):
    client = Client()
    found = {link for row in whole for link in links(row) if link.startswith(SITE)}
    answers = {link: client.get(link.removeprefix(SITE)) for link in found}
    assert {
        link: page.status_code for link, page in answers.items() if page.status_code != 200
    } == {}
    objects = [link for link in found if "/oparl/v1/" in link and not link.endswith("/v1/body/")]
    named = {link: answers[link].json() for link in objects}
    assert [link for link, data in named.items() if "data" not in data and data["id"] != link] == []


def test_an_object_says_the_same_alone_in_a_list_and_inside_another(whole):
    row = next(row for row in whole if row["type"].endswith("Meeting"))
    assert ask(row["id"]) == row
    item = row["agendaItem"][0]
    assert ask(item["id"]) == item


def test_a_meeting_says_when_where_and_what_was_decided(meeting, alliance):
    [row] = all_pages("/oparl/v1/body/16/meeting/")
    assert row["name"] == "Herbstrunde"
    assert row["meetingState"] == "durchgeführt"
    assert row["start"] == "2026-11-10T10:00:00+01:00"
    assert row["location"]["description"] == "Musterstadt"
    assert row["organization"] == [f"{SITE}/oparl/v1/organization/{alliance.public_id}/"]
    assert row["web"] == f"{SITE}/sitzungen/{meeting.public_id}/"
    [item] = row["agendaItem"]
    assert (item["name"], item["resolutionText"]) == ("Haushalt", "Der Haushalt gilt.")
    assert row["resultsProtocol"]["mimeType"] == "application/pdf"


def test_the_file_is_the_paper_that_everybody_can_fetch(meeting, worker):
    worker.done = set()
    worker.run()
    renew()
    file = all_pages("/oparl/v1/body/16/meeting/")[0]["resultsProtocol"]
    paper = Client().get(file["downloadUrl"].removeprefix(SITE)).content
    assert file["size"] == len(paper)
    assert file["sha512Checksum"] == hashlib.sha512(paper).hexdigest()


def test_a_decision_is_a_paper_with_its_state_today(meeting):
    [paper] = all_pages("/oparl/v1/body/16/paper/")
    assert (paper["name"], paper["paperType"]) == ("Der Haushalt gilt.", "Beschluss")
    assert paper["buendnisnetz:decisionState"] == "open"
    Decision.objects.update(status=DecisionStatus.DONE, status_on="2026-11-12", result="Ist da.")
    renew()
    [paper] = all_pages("/oparl/v1/body/16/paper/")
    assert paper["buendnisnetz:decisionState"] == "done"
    assert paper["buendnisnetz:decisionStateSince"] == "2026-11-12"


def test_only_published_minutes_are_there(meeting, alliance):
    make_meeting("Geheime Runde", alliance=alliance)
    renew()
    assert [row["name"] for row in all_pages("/oparl/v1/body/16/meeting/")] == ["Herbstrunde"]


def test_hidden_alliances_are_nowhere(meeting, alliance):
    hidden = make_alliance("Verborgenes Bündnis", is_public=False)
    make_public_meeting("Runde ohne Namen", alliance=hidden)
    renew()
    said = str(everything())
    assert "Verborgenes" not in said
    assert hidden.public_id not in said
    assert "Runde ohne Namen" in said


def test_a_meeting_of_the_whole_state_belongs_to_its_network(alliance):
    make_public_meeting("Landestreffen")
    renew()
    [row] = all_pages("/oparl/v1/body/16/meeting/")
    [network] = row["organization"]
    assert ask(network)["classification"] == "landesweit"
    assert ask(ask("/oparl/v1/body/16/")["mainOrganization"])["id"] == network
    assert [entry["id"] for entry in all_pages(ask(network)["meeting"])] == [row["id"]]


def test_objects_inside_objects_can_be_left_out(meeting):
    [row] = ask("/oparl/v1/body/16/meeting/", omit_internal="true")["data"]
    assert {"agendaItem", "resultsProtocol", "auxiliaryFile", "location"} & set(row) == set()
    assert row["name"] == "Herbstrunde"
    [item] = all_pages("/oparl/v1/body/16/agenda-item/")
    assert item["meeting"] == row["id"]


def test_lists_are_narrowed_by_time(meeting):
    row = Publication.objects.get(kind="meeting")
    assert (
        len(all_pages("/oparl/v1/body/16/meeting/", modified_since=row.modified.isoformat())) == 1
    )
    for name, value in (
        ("modified_since", "2027-01-01T00:00:00Z"),
        ("modified_until", "2020-01-01T00:00:00Z"),
        ("created_since", "2027-01-01T00:00:00+01:00"),
        ("created_until", "2020-01-01T00:00:00"),
    ):
        assert all_pages("/oparl/v1/body/16/meeting/", **{name: value}) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("modified_since", "gestern"),
        ("created_until", "2026-13-01T00:00:00Z"),
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "viele"),
        ("after", "x"),
        ("after", "2026-01-01T00:00:00Z_١"),
        ("after", "nie_7"),
    ],
)
def test_what_cannot_be_understood_is_said_so(meeting, name, value):
    answer = Client().get("/oparl/v1/body/16/meeting/", {name: value})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(name)


@pytest.mark.parametrize(
    "path",
    [
        "/oparl/v1/body/99/meeting/", "/oparl/v1/body/16/protokoll/", "/oparl/v1/meeting/abc/",
        "/oparl/v1/protokoll/abc/", "/oparl/v1/organization/abc/meeting/",
    ],
)  # fmt: skip
def test_what_there_is_not_is_said_so(meeting, path):
    answer = Client().get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/json"


def test_the_times_are_those_of_the_last_change(meeting):
    [row] = all_pages("/oparl/v1/body/16/meeting/")
    stored = Publication.objects.get(kind="meeting")
    assert datetime.fromisoformat(row["modified"]) == stored.modified
    assert datetime.fromisoformat(row["created"]) == stored.created


def test_what_nobody_should_wait_for_is_not_counted(meeting, monkeypatch):
    assert ask("/oparl/v1/body/16/file/")["pagination"]["totalElements"] == 2
    monkeypatch.setattr(publications, "COUNTED", 1)
    page = ask("/oparl/v1/body/16/file/")
    assert "totalElements" not in page["pagination"]
    assert len(page["data"]) == 2
    assert ask("/oparl/v1/body/16/meeting/")["pagination"]["totalElements"] == 1
