"""What this room says on pages of lower rooms, and to whom."""

from datetime import date, timedelta
from typing import Any

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.partnering.domain import prospect_work, strategy
from buendnisnetz.partnering.models import ProspectTask, StrategyMeasure
from buendnisnetz.territories.enums import ChamberKind
from buendnisnetz.territories.models import ChamberDistrict
from tests.factories.network import (
    make_alliance,
    make_group,
    make_membership,
    make_organisation,
    make_post,
    make_user,
)
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_aim,
    make_chamber_post,
    make_contact,
    make_introduction,
    make_office,
    make_point,
    make_prospect,
    make_resource,
)
from tests.factories.tasks import make_task
from tests.factories.territories import make_chamber, make_district, make_municipality
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> Any:
    return make_district("16070", "Ilm-Kreis")


@pytest.fixture
def alliance(district) -> Any:
    return make_alliance("Bündnis Ilmtal", territory=district)


@pytest.fixture
def own(as_user, alliance) -> Any:
    return as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))


@pytest.fixture
def other(as_user) -> Any:
    return as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))


@pytest.fixture
def office(as_user) -> Any:
    return as_user(make_user(Role.STATE_COORDINATION))


@pytest.fixture
def firm(alliance) -> Any:
    body = make_organisation("Optik Muster", kind=OrganisationKind.COMPANY)
    make_membership(alliance, body)
    return body


class TestOrganisation:
    def page(self, body: Any) -> str:
        return f"/netz/organisationen/{body.public_id}/"

    def test_talks_introductions_and_what_it_lends(self, own, alliance, firm):
        make_prospect(alliance=alliance, organisation=firm)
        make_introduction(make_contact(alliance), make_contact(firm), alliance=alliance)
        make_resource(firm, title="Großer Saal")
        text = text_of(own.get(self.page(firm)))
        for words in ("Bündnis Ilmtal vorgemerkt", "beide gefragt", "Großer Saal", "Vermitteln"):
            assert words in text

    def test_another_alliance_sees_no_talk_and_no_introduction(self, other, alliance, firm):
        make_prospect(alliance=alliance, organisation=firm)
        make_introduction(make_contact(alliance), make_contact(firm), alliance=alliance)
        text = text_of(other.get(self.page(firm)))
        assert "vorgemerkt" not in text
        assert "beide gefragt" not in text

    def test_the_firm_itself_never_reads_that_it_is_won_over(self, as_user, alliance, firm):
        made = make_prospect(alliance=alliance, organisation=firm)
        client = as_user(make_user(Role.MEMBER, firm))
        response = client.get(self.page(firm))
        assert made.public_id not in response.content.decode()
        assert "vorgemerkt" not in text_of(response)
        assert "Als Partner gewinnen" not in text_of(response)

    def test_topics_are_offered_to_whoever_may_note_them(self, own, other, as_user, firm):
        address = f"/partner/themen/{firm.public_id}/"
        readers = {
            "own alliance": own, "itself": as_user(make_user(Role.MEMBER, firm)),
            "another alliance": other, "a planner": as_user(make_user(Role.DISTRICT_PLANNER, make_district())),
        }  # fmt: skip
        offered = {
            who: address in reader.get(self.page(firm)).content.decode()
            for who, reader in readers.items()
        }
        assert offered == {
            who: reader.get(address).status_code == 200 for who, reader in readers.items()
        }
        assert [who for who in offered if offered[who]] == ["own alliance", "itself"]

    @pytest.mark.parametrize("role", [None, Role.MINISTRY])
    def test_public_and_ministry_read_nothing_of_it(self, client, as_user, alliance, firm, role):
        make_prospect(alliance=alliance, organisation=firm)
        make_resource(firm, title="Großer Saal")
        reader = client if role is None else as_user(make_user(role))
        assert "Großer Saal" not in text_of(reader.get(self.page(firm)))
        assert "vorgemerkt" not in text_of(reader.get(self.page(firm)))

    def test_the_coordination_office_itself_is_not_won_over(self, office):
        body = make_office().organisation
        assert (
            f"aus-dem-verzeichnis/{body.public_id}"
            not in office.get(self.page(body)).content.decode()
        )


class TestAlliance:
    def page(self, alliance: Any) -> str:
        return f"/netz/buendnisse/{alliance.slug}/"

    def test_each_chamber_has_a_contact_or_is_open(self, own, alliance, district):
        ihk = make_chamber(district, ChamberKind.IHK, "IHK Südthüringen")
        make_chamber(district, ChamberKind.HWK, "HWK Erfurt")
        make_point(make_chamber_post(ihk, title="Familie und Beruf Suhl"), district=district)
        text = text_of(own.get(self.page(alliance)))
        assert "IHK Südthüringen: Familie und Beruf Suhl" in text
        assert "HWK Erfurt: offen" in text
        assert "Ersten Brief schreiben" in text

    def test_a_contact_for_another_district_is_open_here(self, own, alliance, district):
        far = make_district()
        ihk = make_chamber(district, ChamberKind.IHK, "IHK Südthüringen")
        ChamberDistrict.objects.create(
            chamber=ihk, kind=ChamberKind.IHK, territory=far, valid_from=date(1990, 10, 3)
        )
        post = make_chamber_post(ihk, title="Nur für Suhl")
        make_point(post, district=district)
        assert "IHK Südthüringen: Nur für Suhl" in text_of(own.get(self.page(alliance)))
        text = text_of(own.get(self.page(make_alliance(territory=far))))
        assert "IHK Südthüringen: offen" in text

    def test_a_towns_alliance_asks_the_chamber_of_its_district(self, office, district):
        make_chamber(district, ChamberKind.IHK, "IHK Südthüringen")
        town = make_municipality(district, "Musterstadt")
        alliance = make_alliance(territory=town)
        assert "IHK Südthüringen: offen" in text_of(office.get(self.page(alliance)))

    def test_introductions_of_others_are_not_shown(self, own, other, alliance):
        make_introduction(make_contact(alliance), alliance=alliance)
        assert "beide gefragt" in text_of(own.get(self.page(alliance)))
        assert "beide gefragt" not in text_of(other.get(self.page(alliance)))

    def test_the_public_finds_the_way_in_and_the_sheet(self, client, alliance):
        html = client.get(self.page(alliance)).content.decode()
        assert 'href="/mitmachen/"' in html
        assert f"/partner/nutzenblatt/{alliance.slug}/" in html
        assert "/partner/?alliance" not in html


class TestGroup:
    def test_introductions_and_whom_to_meet(self, own, other, alliance):
        group = make_group("AG Vereinbarkeit", alliance=alliance)
        make_introduction(make_contact(group), alliance=alliance)
        address = f"/netz/arbeitsgruppen/{group.public_id}/"
        text = text_of(own.get(address))
        assert "beide gefragt" in text
        assert "Wer arbeitet am Gleichen?" in text
        assert "beide gefragt" not in text_of(other.get(address))
        assert "Wer arbeitet am Gleichen?" not in text_of(other.get(address))


class TestTask:
    def test_a_step_leads_to_the_talk_for_those_who_work_on_it(self, own, as_user, alliance):
        holder = make_contact(alliance)
        made = make_prospect("Optik Muster", alliance=alliance, holder=holder)
        prospect_work.plan_next_step(
            prospect=made, words="Noch einmal anrufen", due_on=TODAY, holder=holder, actor=None, now=NOW
        )  # fmt: skip
        address = f"/aufgaben/{ProspectTask.objects.get().task.public_id}/"
        response = own.get(address)
        assert f"/partner/anbahnungen/{made.public_id}/" in response.content.decode()
        assert "Noch einmal anrufen" in text_of(response)
        ministry = as_user(make_user(Role.MINISTRY)).get(address)
        assert "Optik Muster" not in ministry.content.decode()

    def test_a_measure_leads_to_its_aim_for_the_office_alone(self, office, own):
        aim = make_aim("Mehr Rückhalt im Landtag")
        strategy.add_measure(
            aim=aim, words="Gespräch suchen", holder=make_post(make_organisation()), due_on=TODAY,
            actor=None, now=NOW,
        )  # fmt: skip
        address = f"/aufgaben/{StrategyMeasure.objects.get().task.public_id}/"
        assert "Mehr Rückhalt im Landtag" in text_of(office.get(address))
        assert "Mehr Rückhalt im Landtag" not in own.get(address).content.decode()

    def test_other_tasks_stay_as_they_are(self, office):
        assert (
            "/partner/anbahnungen/"
            not in office.get(f"/aufgaben/{make_task().public_id}/").content.decode()
        )


class TestStartPage:
    def test_silent_talks_are_counted_for_their_side(self, own, other, alliance):
        make_prospect(alliance=alliance, now=NOW - timedelta(days=200))
        make_prospect(alliance=alliance)
        assert "1 Anbahnung ruht seit langem" in text_of(own.get("/"))
        assert "ruht seit langem" not in text_of(other.get("/"))
