"""Before anything is loaded."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from buendnisnetz.core.examples import arguments_for
from buendnisnetz.territories.domain.queries import populations
from buendnisnetz.territories.domain.queries import territories as queries

pytestmark = pytest.mark.django_db


def test_the_list_says_what_to_do(client: Client) -> None:
    response = client.get("/gebiete/")
    assert response.status_code == 200
    assert "bin/buendnisnetz load_territories" in response.content.decode()


def test_there_are_no_chambers(client: Client) -> None:
    assert client.get("/gebiete/kammern/").status_code == 200


def test_there_are_no_examples() -> None:
    assert arguments_for("territories:territory_detail") is None
    assert arguments_for("territories:chamber_detail") is None
    assert arguments_for("territories:territory_list") is None


def test_questions_have_empty_answers() -> None:
    day = date(2024, 12, 31)
    assert populations.base_near(day) is None
    assert queries.known_days() == queries.Known(None, None)
    assert queries.district_choices(on=day) == []
    assert queries.successors_on([], day) == {}


def test_the_command_prints_an_empty_list() -> None:
    out = StringIO()
    call_command("territories", "--level", "district", "--json", stdout=out)
    assert json.loads(out.getvalue()) == []
