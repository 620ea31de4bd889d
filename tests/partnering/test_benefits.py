"""Nothing is published without a source; examples are asked about by form only (S24, S88, S89)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.notifications.models import Message
from buendnisnetz.partnering.domain import benefits
from buendnisnetz.partnering.domain.queries import benefits as queries
from buendnisnetz.partnering.enums import Audience, PlaceSize
from buendnisnetz.partnering.models import Benefit, PracticeCard
from buendnisnetz.territories.enums import PopulationBase
from buendnisnetz.territories.models import Population, Source
from tests.factories.network import make_organisation, make_post, make_user
from tests.factories.partnering import NOW, TODAY, make_benefit, make_contact, make_practice
from tests.factories.territories import make_district, make_municipality

pytestmark = pytest.mark.django_db


def people(place, number: int) -> None:
    source = Source.objects.create(key="amt", title="Amt", attribution="Amt", licence="frei")
    Population.objects.create(
        territory=place, counted_on=date(2023, 12, 31), base=PopulationBase.REGISTER_2011,
        total=number, borders_on=date(2023, 12, 31), source=source,
    )  # fmt: skip


class TestStatements:
    @pytest.mark.parametrize("lacking", ["source_title", "evidence", "checked_on"])
    def test_without_a_source_it_cannot_be_published(self, lacking):
        with pytest.raises(RuleBrokenError, match="nicht veröffentlicht"):
            make_benefit(**{lacking: None if lacking == "checked_on" else ""})

    def test_a_draft_needs_none(self):
        made = make_benefit(source_title="", evidence="", checked_on=None, is_published=False)
        assert made.is_published is False

    def test_the_database_says_so_too(self):
        made = make_benefit()
        with pytest.raises(IntegrityError), transaction.atomic():
            Benefit.objects.filter(pk=made.pk).update(source_title="")

    def test_publishing_later_needs_it_as_well(self):
        made = make_benefit(source_title="", is_published=False)
        with pytest.raises(RuleBrokenError):
            benefits.edit_benefit(
                benefit=made, version=1, actor=None, today=TODAY, is_published=True
            )

    def test_the_second_of_two_is_told(self):
        made = make_benefit("Alt")
        benefits.edit_benefit(benefit=made, version=1, actor=None, today=TODAY, claim="Neu")
        with pytest.raises(EditConflictError):
            benefits.edit_benefit(benefit=made, version=1, actor=None, today=TODAY, claim="Anders")

    def test_nobody_checked_a_source_tomorrow(self):
        tomorrow = TODAY + timedelta(days=1)
        with pytest.raises(benefits.CheckedInFutureError):
            make_benefit(checked_on=tomorrow)
        with pytest.raises(benefits.CheckedInFutureError):
            benefits.edit_benefit(
                benefit=make_benefit(), version=1, actor=None, today=TODAY, checked_on=tomorrow
            )

    def test_looking_again_is_one_act(self):
        made = make_benefit(checked_on=date(2020, 1, 1))
        assert benefits.is_outdated(made.checked_on, TODAY)
        row = benefits.confirm_source(benefit=made, actor=None, today=TODAY)
        assert not benefits.is_outdated(row.checked_on, TODAY)

    @pytest.mark.parametrize(
        ("checked", "old"),
        [(None, False), (date(2025, 11, 23), False), (date(2025, 11, 22), True)],
    )
    def test_old_is_more_than_twelve_months(self, checked, old):
        assert benefits.is_outdated(checked, TODAY) is old


class TestReading:
    def test_drafts_are_the_offices(self):
        shown, draft = make_benefit("Öffentlich"), make_benefit("Entwurf", is_published=False)
        assert list(Benefit.objects.visible_to(AnonymousUser())) == [shown]
        assert list(Benefit.objects.visible_to(make_user(Role.MINISTRY))) == [shown]
        office = make_user(Role.STATE_COORDINATION)
        assert set(Benefit.objects.visible_to(office)) == {shown, draft}

    def test_filters(self):
        company = make_benefit()
        town = make_benefit(audience=Audience.MUNICIPALITY, checked_on=date(2024, 1, 1))
        draft = make_benefit(is_published=False, checked_on=None)
        rows = Benefit.objects.order_by("pk")

        def found(**values):
            return list(queries.narrowed(rows, values, TODAY))

        assert found(audience="MUNICIPALITY") == [town]
        assert found(which="draft") == [draft]
        assert found(which="outdated") == [town, draft]
        assert found() == [company, town, draft]

    def test_what_was_checked_last_comes_first(self):
        old, new = make_benefit(checked_on=date(2026, 1, 1)), make_benefit()
        make_benefit(is_published=False)
        make_benefit(audience=Audience.CHAMBER)
        assert queries.published_for(Audience.COMPANY, 5) == [new, old]
        assert queries.published_for(Audience.COMPANY, 1) == [new]


class TestExamples:
    def test_without_evidence_it_cannot_be_published(self):
        with pytest.raises(RuleBrokenError, match="was die Wirkung zeigt"):
            make_practice(evidence="")
        make_practice(evidence="", is_published=False)

    def test_the_size_of_the_place_is_taken_from_its_people(self):
        place = make_municipality(make_district())
        people(place, 7000)
        assert make_practice(territory=place).place_size == PlaceSize.SMALL_TOWN
        assert make_practice().place_size == ""

    def test_another_place_has_another_size(self):
        card, place = make_practice(), make_municipality(make_district())
        people(place, 120_000)
        row = benefits.edit_practice(card=card, version=1, actor=None, today=TODAY, territory=place)
        assert row.place_size == PlaceSize.CITY
        with pytest.raises(EditConflictError):
            benefits.edit_practice(card=card, version=1, actor=None, today=TODAY, title="Anders")

    def test_search_by_field_size_and_district(self):
        district = make_district("16070")
        place = make_municipality(district, ags="16070001")
        people(place, 900)
        village = make_practice(territory=place, field="CHILDCARE")
        other = make_practice()
        rows = PracticeCard.objects.order_by("pk")
        assert list(queries.practice_narrowed(rows, {"field": "CHILDCARE"})) == [village]
        assert list(queries.practice_narrowed(rows, {"place_size": "VILLAGE"})) == [village]
        assert list(queries.practice_narrowed(rows, {"district": "16070"})) == [village]
        assert list(queries.practice_narrowed(rows, {})) == [village, other]


class TestQuestions:
    def ask(self, card):
        benefits.ask_about_practice(
            card=card, sender="Rita Beispiel, Stadt Muster", reply_to="rita@stadt.example",
            question="Wie lange hat es gedauert?", now=NOW,
        )  # fmt: skip

    def test_the_post_gets_the_question_with_the_address_to_answer(self):
        post = make_contact(make_organisation(), "antwort@post.example")
        self.ask(make_practice("Mitfahrbank", contact=post))
        mail = Message.objects.get()
        assert (mail.recipient, mail.reply_to) == ("antwort@post.example", "rita@stadt.example")
        for words in ("Mitfahrbank", "Rita Beispiel", "rita@stadt.example", "Wie lange"):
            assert words in mail.text

    @pytest.mark.parametrize("contact", [False, True])
    def test_without_somebody_to_answer_it_says_so(self, contact):
        card = make_practice(contact=make_post() if contact else None)
        with pytest.raises(benefits.NobodyAnswersError):
            self.ask(card)
