"""``gaps`` and ``coverage`` on the command line."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.domain.queries.territories import UnknownTerritoryError
from buendnisnetz.territories.models import Territory
from tests.factories.insight import join, make_mark
from tests.factories.network import make_alliance
from tests.factories.territories import make_district, make_municipality

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def as_json(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*words, "--json"))
    return found


@pytest.fixture
def district(db: None) -> Territory:
    return make_district("16070", "Ilm-Kreis")


@pytest.fixture
def alliance(district: Territory) -> Alliance:
    found = make_alliance("Bündnis Ilmtal", territory=district)
    join(found, OrganisationKind.COMPANY, date(2020, 1, 1), date(2024, 6, 30))
    join(found, OrganisationKind.CHAMBER)
    return found


class TestGaps:
    def test_one_object_with_everything(self, alliance):
        make_alliance("Bündnis Zell")
        found = as_json("gaps")
        assert found["on"] == "2026-11-22"
        assert [one["name"] for one in found["alliances"]] == ["Bündnis Ilmtal", "Bündnis Zell"]
        first = found["alliances"][0]
        assert (first["alliance"], first["kind"], first["status"]) == (
            alliance.slug, "DISTRICT", "ACTIVE",
        )  # fmt: skip
        assert first["gaps"] == ["company", "municipality", "family", "seniors", "district"]
        assert first["requirements"][0] == {
            "key": "company", "label": "Unternehmen", "kinds": ["COMPANY"], "at_least": 1,
            "present": 0, "missing": 1, "since": "2024-07-01", "since_kind": "MET",
        }  # fmt: skip
        assert first["requirements"][1]["since"] is None
        assert (first["members"], first["business_share"]) == (1, 1.0)
        assert "NO_CONTACT" in first["warnings"]

    def test_one_alliance_on_a_day(self, alliance):
        make_alliance("Bündnis Zell")
        found = as_json("gaps", "--alliance", alliance.slug, "--on", "2024-06-30")
        assert (found["on"], len(found["alliances"])) == ("2024-06-30", 1)
        assert "company" not in found["alliances"][0]["gaps"]

    def test_in_plain_words(self, alliance):
        text = run("gaps")
        assert "Bündnis Ilmtal: 5 Lücken" in text
        assert "Unternehmen: seit 01.07.2024" in text
        assert "! keine Ansprechperson" in text

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("--alliance", "gibt-es-nicht"), "gibt-es-nicht"),
            (("--on", "gestern"), "JJJJ-MM-TT"),
        ],
    )
    def test_what_does_not_exist_is_said_with_exit_code_1(self, alliance, words, sentence):
        with pytest.raises(CommandError, match=sentence) as raised:
            run("gaps", *words)
        assert raised.value.returncode == 1

    def test_an_alliance_that_did_not_exist_on_the_day(self, alliance):
        with pytest.raises(CommandError, match=r"01\.01\.2009") as raised:
            run("gaps", "--alliance", alliance.slug, "--on", "2009-01-01")
        assert raised.value.returncode == 1


class TestCoverage:
    @pytest.fixture
    def places(self, district: Territory) -> list[Territory]:
        places = [make_municipality(district, name) for name in ("Aue", "Brück", "Zell")]
        make_alliance(territory=places[0])
        make_mark(places[1], said_by="Gemeinderat")
        make_municipality(make_district("16063", "Wartburgkreis"), "Vacha")
        return places

    def test_totals_and_districts(self, places):
        found = as_json("coverage")
        assert (found["on"], found["totals"]["n"], found["totals"]["white"]) == ("2026-11-22", 4, 3)
        rows = {row["ags"]: row for row in found["districts"]}
        assert (rows["16070"]["municipalities"], rows["16070"]["alliance"]) == (3, 1)
        assert (rows["16070"]["white"], rows["16070"]["unknown_contact"]) == (2, 2)
        assert found["municipalities"] == []

    def test_a_district_with_its_municipalities(self, places):
        found = as_json("coverage", "--district", "16070")
        assert [row["ags"] for row in found["districts"]] == ["16070"]
        rows = {row["name"]: row for row in found["municipalities"]}
        assert (rows["Aue"]["alliance"], rows["Aue"]["white"]) == ("OWN", False)
        assert (rows["Brück"]["said_by"], rows["Brück"]["said_on"]) == ("Gemeinderat", "2026-01-01")
        assert rows["Zell"]["white"] is True

    def test_on_an_earlier_day(self, places):
        assert as_json("coverage", "--on", "2009-01-01")["totals"]["white"] == 4

    def test_in_plain_words(self, places):
        text = run("coverage")
        assert "1 von 4" in text
        assert "16070 Ilm-Kreis" in text

    def test_what_does_not_exist_is_said(self, places):
        """The base of our commands ends a domain error with its sentence and exit code 1."""
        with pytest.raises(UnknownTerritoryError, match="16999"):
            run("coverage", "--district", "16999")
        with pytest.raises(CommandError, match="JJJJ-MM-TT") as raised:
            run("coverage", "--on", "31.12.2020")
        assert raised.value.returncode == 1
