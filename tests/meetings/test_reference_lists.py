"""Institutions of minutes meet the register, the chambers and the umbrella bodies of their day."""

from datetime import date
from typing import Any

import pytest

from buendnisnetz.meetings.domain import meetings as domain
from buendnisnetz.meetings.domain.confirmation import accept_all_and_confirm
from buendnisnetz.meetings.domain.queries.bodies import bodies_named
from buendnisnetz.meetings.domain.queries.gazetteer import (
    chamber_named,
    gazetteer_on,
    state_key,
    umbrella_body_named,
)
from buendnisnetz.meetings.domain.review import correct
from buendnisnetz.meetings.domain.undo import undo_import
from buendnisnetz.meetings.enums import AttendanceStatus, FindingKind, MeetingKind
from buendnisnetz.meetings.models import Attendance
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Organisation, Term
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Chamber, Territory, UmbrellaBody
from tests.factories.network import make_alliance, make_organisation
from tests.meetings.conftest import NOW
from tests.territories.conftest import loaded, thuringia  # noqa: F401

pytestmark = pytest.mark.usefixtures("thuringia")
MEETING = date(2017, 8, 24)
DOCUMENT = """Strategietreffen der Familienbündnisse

Datum: 24. August 2017
Ort: Erfurt, Rathaus

Teilnehmende:

Name	Vorname	Institution
Abel	Anke	Geraer Bündnis für Familie, Windelweich.de
Bock	Bodo	Industrie- und Handelskammer Südthüringen
Cramer	Cora	Bürgermeisterin Stadt Kahla
Dorn	Dirk	GStB
Engel	Elke	LRA Sömmerda, Jugendamt
Fuchs	Falk	Stadt Eisenach
"""


def key_of(words: str, day: date = MEETING) -> str:
    found = gazetteer_on(day, state="16").place_of(words)
    return Territory.objects.get(pk=found.pk).ags if found else ""


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Jenaer Bündnis für Familie", "16053000"),
        ("FZ Jena", "16053000"),
        ("LRA Wartburgkreis", "16063"),
        ("Jugendamt, LRA Sömmerda", "16068"),
        ("Stadt Sömmerda", "16068051"),
        ("Bürgermeister Bad Frankenhausen", "16065003"),
        ("Stadt Bad Lengfeld", ""),
        ("Bündnis Weimarer Land", "16071"),
        ("Weimarer Bündnis", "16055000"),
        ("Landesseniorenrat Thüringen", ""),
        ("IHK Südthüringen", ""),
    ],
)
def test_places_of_a_state(words: str, key: str) -> None:
    assert key_of(words) == key


def test_a_place_is_named_as_of_the_meetings_day() -> None:
    assert key_of("Stadt Eisenach") == "16056000"
    assert key_of("Stadt Eisenach", date(2022, 1, 1)) == "16063105"
    assert key_of("Gemeinde Moorgrund") == "16063094"
    assert key_of("Gemeinde Moorgrund", date(2022, 1, 1)) == ""


def test_the_state_is_that_of_the_alliance_or_of_the_place() -> None:
    district = Territory.objects.get(level=Level.DISTRICT, ags="16070")
    assert state_key(make_alliance(territory=district), "", MEETING) == "16"
    assert state_key(None, "Erfurt, Rathaus", MEETING) == "16"
    assert state_key(None, "Atlantis", MEETING) == ""
    assert state_key(None, "", MEETING) == ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("IHK Erfurt", "IHK Erfurt"),
        ("Industrie- und Handelskammer zu Gera", "IHK Ostthüringen zu Gera"),
        ("HWK Ostthüringen", "Handwerkskammer für Ostthüringen"),
        ("Handwerkskammer Erfurt", "Handwerkskammer Erfurt"),
        ("IHK", None),
        ("IHK Thüringen", None),
        ("Kammer Südthüringen", None),
        ("Kleingartenverein Erfurt", None),
    ],
)
def test_chambers_are_recognised_by_kind_and_name(words: str, name: str | None) -> None:
    found = chamber_named(words)
    assert (found.name if found else None) == name


def test_umbrella_bodies_are_recognised_on_their_days() -> None:
    assert str(umbrella_body_named("gstb", MEETING)) == "Gemeinde- und Städtebund Thüringen"
    assert str(umbrella_body_named("Thüringischer Landkreistag", MEETING)) == "Thüringischer Landkreistag"  # fmt: skip
    assert umbrella_body_named("GStB", date(1989, 1, 1)) is None
    UmbrellaBody.objects.filter(short_name="TLKT").update(valid_to=date(2016, 1, 1))
    assert umbrella_body_named("TLKT", MEETING) is None


@pytest.fixture
def confirmed(received: Any, office: Any) -> Any:
    return accept_all_and_confirm(
        minutes_import=received(DOCUMENT), confidence=0.0, actor=office, now=NOW
    )


class TestAnImport:
    def test_each_body_is_what_the_reference_lists_say(self, confirmed: Any) -> None:
        bodies = Organisation.objects.select_related("territory", "chamber").order_by("name")
        assert [
            (body.name, body.kind, body.territory.ags if body.territory else "") for body in bodies
        ] == [
            ("Gemeinde- und Städtebund Thüringen", OrganisationKind.UMBRELLA_BODY, ""),
            ("Geraer Bündnis für Familie", OrganisationKind.NETWORK, "16052000"),
            ("IHK Südthüringen", OrganisationKind.CHAMBER, ""),
            ("LRA Sömmerda, Jugendamt", OrganisationKind.DISTRICT_ADMINISTRATION, "16068"),
            ("Stadt Eisenach", OrganisationKind.MUNICIPALITY, "16056000"),
            ("Stadt Kahla", OrganisationKind.MUNICIPALITY, "16074044"),
            ("Windelweich.de", OrganisationKind.COMPANY, ""),
        ]
        assert Organisation.objects.get(chamber__isnull=False).chamber == Chamber.objects.get(
            name="IHK Südthüringen"
        )

    def test_somebody_with_a_double_role_stands_for_both(self, confirmed: Any) -> None:
        row = Attendance.objects.get(also_for__isnull=False)
        assert (row.name, str(row.organisation), str(row.also_for)) == (
            "Anke Abel",
            "Geraer Bündnis für Familie",
            "Windelweich.de",
        )
        assert row.organisation_words == "Geraer Bündnis für Familie, Windelweich.de"
        terms = Term.objects.filter(person=row.person)
        assert {term.post.scope_name for term in terms} == {
            "Geraer Bündnis für Familie",
            "Windelweich.de",
        }

    def test_the_function_is_apart_and_the_words_stay(self, confirmed: Any) -> None:
        row = Attendance.objects.get(name="Cora Cramer")
        assert (row.function, str(row.organisation)) == ("Bürgermeisterin", "Stadt Kahla")
        assert row.organisation_words == "Bürgermeisterin Stadt Kahla"

    def test_it_can_be_taken_back_whole(self, confirmed: Any, office: Any) -> None:
        undo_import(minutes_import=confirmed.meeting.imports.get(), actor=office)
        assert not Organisation.objects.exists()
        assert not Attendance.objects.exists()

    def test_a_known_chamber_is_not_made_twice(self, received: Any, office: Any) -> None:
        chamber = Chamber.objects.get(name="IHK Südthüringen")
        known = make_organisation("Die Suhler Kammer", kind="CHAMBER", chamber=chamber)
        accept_all_and_confirm(
            minutes_import=received(DOCUMENT), confidence=0.0, actor=office, now=NOW
        )
        assert list(Organisation.objects.filter(kind="CHAMBER")) == [known]
        assert Attendance.objects.get(name="Bodo Bock").organisation == known


def test_a_known_alliance_is_linked_as_one(received: Any, office: Any) -> None:
    alliance = make_alliance("Geraer Bündnis für Familie")
    accept_all_and_confirm(minutes_import=received(DOCUMENT), confidence=0.0, actor=office, now=NOW)
    row = Attendance.objects.get(name="Anke Abel")
    assert (row.alliance, str(row.organisation), row.also_for) == (alliance, "Windelweich.de", None)
    assert list(alliance.attendances.all()) == [row]


def test_a_second_body_can_be_added_in_the_review(received: Any, office: Any) -> None:
    minutes_import = received(DOCUMENT)
    proposal = minutes_import.proposals.get(kind=FindingKind.PARTICIPANT, data__name="Falk Fuchs")
    correct(
        proposal=proposal,
        data={"also_for": "Fuchsbau GmbH"},
        person=None,
        organisation=None,
        version=proposal.version,
        actor=office,
        now=NOW,
    )
    accept_all_and_confirm(minutes_import=minutes_import, confidence=0.0, actor=office, now=NOW)
    row = Attendance.objects.get(name="Falk Fuchs")
    assert (str(row.also_for), row.also_for.kind) == ("Fuchsbau GmbH", OrganisationKind.COMPANY)
    assert row.organisation_words == "Stadt Eisenach, Fuchsbau GmbH"


class TestAListWrittenByHand:
    def test_words_that_name_a_body_exactly_are_linked(self, office: Any) -> None:
        body = make_organisation("Kita Rabennest", short_name="Rabennest")
        make_organisation("Kita Rabennest-Süd")
        assert bodies_named("kita rabennest", MEETING) == {"organisation": body}
        assert bodies_named("Rabennest", MEETING) == {"organisation": body}
        assert bodies_named("Kita Raben", MEETING) == {}

    def test_both_bodies_of_a_double_role(self, office: Any) -> None:
        alliance = make_alliance("Bündnis Hohenfels")
        company = make_organisation("Zunder GmbH", kind="COMPANY")
        meeting = domain.create_meeting(
            actor=office, title="Treffen", kind=MeetingKind.EXCHANGE, held_on=MEETING
        )
        row = domain.add_attendance(
            meeting=meeting,
            actor=office,
            name="Zoe Zunder",
            organisation_words="Bündnis Hohenfels, Zunder GmbH",
            status=AttendanceStatus.PRESENT,
        )
        assert (row.alliance, row.organisation) == (alliance, company)

    def test_two_of_the_same_name_are_not_guessed(self, office: Any) -> None:
        make_organisation("Seniorenbeirat")
        make_organisation("Seniorenbeirat")
        assert bodies_named("Seniorenbeirat", MEETING) == {}
