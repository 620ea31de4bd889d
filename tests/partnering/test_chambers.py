"""Who answers at which chamber, and the first letter, made once (S113, S114)."""

from datetime import date

import pytest

from buendnisnetz.network.domain.saving import AlreadyEndedError, RuleBrokenError
from buendnisnetz.partnering.domain import chambers
from buendnisnetz.partnering.domain.queries.contacts import advice_at
from buendnisnetz.partnering.enums import ContactPointKind
from buendnisnetz.partnering.models import FirstContact
from buendnisnetz.tasks.models import Task
from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.load import load
from buendnisnetz.territories.domain.queries.chambers import chamber_ids_of
from buendnisnetz.territories.domain.queries.territories import districts_on
from buendnisnetz.territories.enums import ChamberKind
from tests.factories.network import make_alliance, make_organisation, make_post
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_chamber_post,
    make_contact,
    make_office,
    make_point,
)
from tests.factories.territories import make_chamber, make_district, make_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return make_district("16070", "Ilm-Kreis")


@pytest.fixture
def chamber(district):
    return make_chamber(district, ChamberKind.IHK, "IHK Muster")


class TestContactPoints:
    def test_a_post_of_a_chamber_answers_for_topics_in_a_district(self, district, chamber):
        point = make_point(make_chamber_post(chamber), district=district, topics=["CHILDCARE"])
        assert (point.district, point.topics, point.valid_from) == (
            district, ["CHILDCARE"], date(2020, 1, 1),
        )  # fmt: skip

    def test_only_contact_posts_of_chambers(self, chamber):
        house = make_chamber_post(chamber).organisation
        for post in (
            make_post(house),
            make_contact(make_organisation()),
            make_post(make_alliance()),
        ):
            with pytest.raises(chambers.NoChamberPostError):
                make_point(post)

    def test_only_for_districts_of_the_chamber(self, chamber):
        with pytest.raises(chambers.ForeignDistrictError, match="Nachbarkreis"):
            make_point(make_chamber_post(chamber), district=make_district(name="Nachbarkreis"))

    def test_a_district_counts_as_of_the_day(self, district, chamber):
        with pytest.raises(chambers.ForeignDistrictError):
            make_point(make_chamber_post(chamber), district=district, today=date(1980, 1, 1))

    def test_twice_the_same_is_refused(self, chamber):
        post = make_chamber_post(chamber)
        make_point(post)
        with pytest.raises(RuleBrokenError, match="antwortet schon"):
            make_point(post)

    def test_topics_change_and_it_ends_and_comes_back(self, chamber):
        point = make_point(make_chamber_post(chamber))
        row = chambers.edit_contact_point(
            point=point, topics=["HOUSING"], offer=" Sprechstunde. ", actor=None
        )
        assert (row.topics, row.offer) == (["HOUSING"], "Sprechstunde.")
        ended = chambers.end_contact_point(point=point, last_day=TODAY, actor=None)
        assert ended.valid_to == TODAY
        with pytest.raises(AlreadyEndedError):
            chambers.end_contact_point(point=point, last_day=TODAY, actor=None)
        assert chambers.reopen_contact_point(point=point, actor=None).valid_to is None

    def test_advice_offices_may_be_anywhere_the_districts_own_first(self, district):
        wide = make_point(make_contact(make_organisation("A")), ContactPointKind.ADVICE)
        own = make_point(
            make_contact(make_organisation("B")), ContactPointKind.ADVICE, district=district
        )
        other = make_district()
        make_point(make_contact(make_organisation("C")), ContactPointKind.ADVICE, district=other)
        assert advice_at(district.pk, TODAY) == [own, wide]
        assert advice_at(None, TODAY) == [wide]


class TestFirstContact:
    @pytest.fixture
    def alliance(self, district, chamber):
        return make_alliance("Bündnis Ilmtal", district)

    def plan(self, alliance, chamber):
        return chambers.plan_first_contact(alliance=alliance, chamber=chamber, actor=None, now=NOW)

    def test_a_task_of_the_coordination_with_the_letter(self, alliance, chamber):
        coordination = make_contact(alliance, "ilmtal@buendnis.example", title="Koordination")
        task = self.plan(alliance, chamber).task
        assert (task.holder, task.alliance, task.title) == (
            coordination, alliance, "Erstkontakt: IHK Muster",
        )  # fmt: skip
        for words in ("Bündnis Ilmtal", "IHK Muster", "Ilm-Kreis", "ilmtal@buendnis.example"):
            assert words in task.details

    def test_once(self, alliance, chamber):
        self.plan(alliance, chamber)
        with pytest.raises(chambers.MadeAlreadyError, match=r"23\.11\.2026"):
            self.plan(alliance, chamber)
        assert (Task.objects.count(), FirstContact.objects.count()) == (1, 1)

    def test_each_chamber_has_its_own(self, alliance, chamber, district):
        crafts = make_chamber(district, ChamberKind.HWK, "HWK Muster")
        self.plan(alliance, chamber)
        assert self.plan(alliance, crafts).chamber == crafts

    def test_another_chamber_is_not_the_alliances(self, alliance):
        foreign = make_chamber(make_district(), name="IHK Fern")
        with pytest.raises(chambers.NotItsChamberError):
            self.plan(alliance, foreign)

    def test_a_towns_alliance_belongs_to_the_chamber_of_its_district(self, district, chamber):
        alliance = make_alliance(territory=make_municipality(district, ags="16070001"))
        assert self.plan(alliance, chamber).chamber == chamber

    def test_without_a_coordination_the_offices_or_the_alliances_address(self, alliance, chamber):
        alliance.email = "buero@buendnis.example"
        alliance.save()
        words = chambers.first_letter(alliance=alliance, chamber=chamber, today=TODAY)
        assert "buero@buendnis.example" in words.text
        make_office("zentrale@office.example")
        words = chambers.first_letter(alliance=alliance, chamber=chamber, today=TODAY)
        assert "zentrale@office.example" in words.text


@pytest.mark.parametrize("number", [22, 23])
def test_all_territories_have_exactly_one_ihk_and_one_hwk(number, db):
    """Today 22, on 1 January 2018 still 23 (S113)."""
    load(dataset.read("thueringen"))
    day = TODAY if number == 22 else date(2018, 1, 1)
    districts = list(districts_on(day).values_list("pk", flat=True))
    found = chamber_ids_of(districts, day)
    assert len(districts) == number
    assert all(set(found[pk]) == {ChamberKind.IHK, ChamberKind.HWK} for pk in districts)
