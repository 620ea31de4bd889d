"""A firm shows interest by itself: the right holder answers, and it can take everything back (S19, S29)."""

from datetime import date, timedelta

import pytest

from buendnisnetz.core.links import LinkClosedError
from buendnisnetz.network.domain.erasure import event_model
from buendnisnetz.network.enums import AllianceStatus
from buendnisnetz.notifications.models import Message
from buendnisnetz.partnering.domain import interests, prospect_work
from buendnisnetz.partnering.domain.consent import VERSION, consent_text
from buendnisnetz.partnering.enums import (
    ChamberChoice,
    ContactKind,
    ContactPointKind,
    HandOverStatus,
    HandOverWish,
    Origin,
    Stage,
    TaskPurpose,
)
from buendnisnetz.partnering.models import HandOver, Interest, Prospect
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.tasks.models import Task
from buendnisnetz.territories.enums import ChamberKind
from tests.factories.network import make_alliance, make_organisation
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_chamber_post,
    make_contact,
    make_interest,
    make_office,
    make_point,
    make_prospect,
    move,
)
from tests.factories.territories import make_chamber, make_district, make_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_municipality(make_district("16070", "Ilm-Kreis"), "Musterdorf")


def token_of(mail: Message) -> str:
    return mail.text.split("/mitmachen/")[1].split("/")[1]


def withdraw(interest: Interest, now=NOW):
    mail = Message.objects.filter(recipient="chefin@betrieb.example").order_by("-pk")[0]
    return interests.withdraw_interest(token=token_of(mail), now=now)


class TestHolder:
    def test_the_alliance_of_the_place_answers(self, place):
        alliance = make_alliance(territory=place.parent)
        coordination = make_contact(alliance, title="Koordination")
        interest = make_interest(
            place=place, wz_section="C", size_class="SMALL", topics=["CHILDCARE"]
        )
        row = interest.prospect
        assert (row.alliance, row.holder, row.stage, row.origin) == (
            alliance, coordination, Stage.IDENTIFIED, Origin.PUBLIC_FORM,
        )  # fmt: skip
        assert (row.name, row.territory, row.wz_section, row.size_class, row.topics) == (
            "Backhaus Muster GmbH", place, "C", "SMALL", ["CHILDCARE"],
        )  # fmt: skip
        link = row.task_links.get()
        assert (link.purpose, link.task.holder, link.task.due_on) == (
            TaskPurpose.FIRST_STEP, coordination, TODAY + timedelta(days=7),
        )  # fmt: skip

    def test_the_own_town_comes_before_the_district(self, place):
        make_alliance(territory=place.parent)
        own = make_alliance(territory=place)
        assert make_interest(place=place).prospect.alliance == own

    def test_without_an_alliance_the_coordination_office_answers(self, place):
        office = make_office()
        make_alliance(territory=place, status=AllianceStatus.RESTING)
        interest = make_interest("Geheime Firma GmbH", place)
        assert (interest.prospect.alliance, interest.prospect.holder) == (None, office)
        task = Task.objects.get()
        assert (task.holder, task.alliance) == (office, None)
        assert "Geheime" not in task.title

    def test_where_nobody_is_there_it_is_kept_all_the_same(self, place):
        interest = make_interest(place=place)
        assert interest.prospect.holder is None
        assert Task.objects.get().holder is None

    def test_nobody_has_to_be_told_what_it_said_itself(self, place):
        assert not make_interest(place=place).prospect.notices.exists()


class TestConfirmation:
    def test_the_firm_gets_a_mail_with_what_it_agreed_to(self, place):
        alliance = make_alliance("Bündnis Ilmtal", place)
        make_interest(place=place)
        mail = Message.objects.get(recipient="chefin@betrieb.example")
        for words in (
            "Backhaus Muster GmbH",
            "Bündnis Ilmtal",
            "30.11.2026",
            consent_text(HandOverWish.NONE),
        ):
            assert words in mail.text
        assert "/mitmachen/zuruecknehmen/" in mail.text
        assert alliance.email not in mail.text or not alliance.email

    def test_without_an_alliance_it_names_the_office(self, place):
        make_office("koordination@office.example")
        make_interest(place=place)
        mail = Message.objects.get()
        assert "Koordinierungsstelle der Bündnisse im Land" in mail.text
        assert mail.reply_to == "koordination@office.example"

    def test_text_and_version_are_kept(self, place):
        interest = make_interest(place=place, message="Wir suchen Partner.")
        assert (interest.consent_version, interest.message) == (VERSION, "Wir suchen Partner.")
        assert interest.consent_text == consent_text(HandOverWish.NONE)

    def test_each_wish_is_part_of_what_is_agreed_to(self):
        texts = {wish: consent_text(wish) for wish in HandOverWish}
        assert "Kammer" not in texts[HandOverWish.NONE]
        assert "Kammer" in texts[HandOverWish.CHAMBER]
        assert "Beratungsstelle" in texts[HandOverWish.ADVICE]


class TestAgain:
    def test_a_firm_that_is_talked_to_already_stays_one(self, place):
        alliance = make_alliance(territory=place)
        known = make_prospect("Backhaus Muster GmbH", alliance=alliance, territory=place)
        move(known, Stage.TALK)
        interest = make_interest(
            "backhaus  muster gmbh", place, contact_words="Frau Neu", now=NOW + timedelta(9)
        )
        row = Prospect.objects.get()
        assert (interest.prospect, row.stage, row.contact_words) == (row, Stage.TALK, "Frau Neu")
        assert (row.last_step_on, row.forgotten_on) == (TODAY + timedelta(9), None)

    def test_what_ended_begins_anew(self, place):
        alliance = make_alliance(territory=place)
        old = make_prospect(
            "Backhaus Muster GmbH", Stage.DECLINED, alliance=alliance, territory=place
        )
        assert make_interest(place=place).prospect != old

    def test_the_same_name_elsewhere_is_another_firm(self, place):
        other = make_municipality(place.parent, "Anderswo")
        assert make_interest(place=place).prospect != make_interest(place=other).prospect


class TestHandOver:
    @pytest.fixture
    def chamber_post(self, place):
        return make_chamber_post(make_chamber(place.parent, ChamberKind.IHK, "IHK Muster"))

    def test_to_the_contact_at_the_chamber_it_named(self, place, chamber_post):
        make_interest(
            place=place, chamber=ChamberChoice.IHK, wish=HandOverWish.CHAMBER, contact_words="Frau Muster",
            message="Wir suchen Rat.", topics=["CARE_AND_WORK"], size_class="MICRO",
        )  # fmt: skip
        handed = HandOver.objects.get()
        mail = Message.objects.get(recipient=chamber_post.email)
        assert (handed.post, handed.reply_by, handed.status) == (
            chamber_post, TODAY + timedelta(days=14), HandOverStatus.SENT,
        )  # fmt: skip
        assert VERSION in handed.consent_words
        for words in (
            "Backhaus Muster GmbH", "Musterdorf", "Frau Muster", "chefin@betrieb.example",
            "Wir suchen Rat.", "Pflege und Beruf", "1 bis 9", "/mitmachen/uebergabe/", "07.12.2026",
        ):  # fmt: skip
            assert words in mail.text

    def test_never_without_the_wish(self, place, chamber_post):
        make_interest(place=place, chamber=ChamberChoice.IHK)
        assert not HandOver.objects.exists()

    @pytest.mark.parametrize("chamber", [ChamberChoice.UNKNOWN, ChamberChoice.HWK])
    def test_where_no_contact_is_known_somebody_finds_out(self, place, chamber_post, chamber):
        make_alliance(territory=place)
        make_interest(place=place, chamber=chamber, wish=HandOverWish.CHAMBER)
        assert not HandOver.objects.exists()
        assert "weitergegeben werden können" in Task.objects.get().title

    def test_a_contact_without_an_address_is_none(self, place):
        make_chamber_post(make_chamber(place.parent), email="")
        make_interest(place=place, chamber=ChamberChoice.IHK, wish=HandOverWish.CHAMBER)
        assert not HandOver.objects.exists()

    def test_to_the_advice_office_of_the_district_before_the_states(self, place):
        for name, district in (("Land", None), ("Kreis", place.parent)):
            post = make_contact(make_organisation(name), title=name)
            make_point(post, ContactPointKind.ADVICE, district=district)
        make_interest(place=place, wish=HandOverWish.ADVICE)
        assert HandOver.objects.get().post.title == "Kreis"

    def test_nobody_is_asked_twice_at_a_time(self, place, chamber_post):
        for _time in range(2):
            make_interest(place=place, chamber=ChamberChoice.IHK, wish=HandOverWish.CHAMBER)
        assert (HandOver.objects.count(), Interest.objects.count()) == (1, 2)


class TestWithdrawal:
    def test_contact_message_notes_and_their_history_go_at_once(self, place):
        interest = make_interest(place=place, contact_words="Frau Muster", message="Bitte anrufen.")
        prospect_work.add_note(
            about=interest.prospect, kind=ContactKind.PHONE, met_on=TODAY, words="Frau Muster sagt ja.",
            actor=None, now=NOW,
        )  # fmt: skip
        row = withdraw(interest)
        prospect = Prospect.objects.get()
        assert (row.contact_email, row.contact_words, row.message, row.withdrawn_at) == (
            "",
            "",
            "",
            NOW,
        )
        assert (prospect.contact_email, prospect.contact_words, prospect.forgotten_on) == (
            "",
            "",
            TODAY,
        )
        assert prospect.notes.get().words == ""
        for model in (Prospect, Interest):
            events = event_model(model)._default_manager.all()
            assert events.exclude(contact_email="").count() == 0
            assert events.exclude(contact_words="").count() == 0

    def test_the_talk_ends_with_the_firms_own_word(self, place):
        make_alliance(territory=place)
        interest = make_interest(place=place)
        withdraw(interest)
        step = interest.prospect.steps.latest("pk")
        assert (step.to_stage, step.author_words) == (Stage.DECLINED, "Backhaus Muster GmbH")
        task = Task.objects.get()
        assert (task.status, "zurückgenommen" in task.result) == (TaskStatus.DROPPED, True)

    def test_what_ended_already_stays_as_it_ended(self, place):
        interest = make_interest(place=place)
        move(interest.prospect, Stage.DECLINED, words="Eigener Grund.")
        withdraw(interest)
        prospect = Prospect.objects.get()
        assert (prospect.decline_reason, prospect.contact_email) == ("Eigener Grund.", "")

    def test_whoever_heard_of_it_is_asked_to_delete(self, place):
        post = make_chamber_post(make_chamber(place.parent))
        interest = make_interest(place=place, chamber=ChamberChoice.IHK, wish=HandOverWish.CHAMBER)
        withdraw(interest)
        handed = HandOver.objects.get()
        mails = Message.objects.filter(recipient=post.email).order_by("pk")
        assert handed.status == HandOverStatus.EXPIRED
        assert [mail.subject for mail in mails][1] == "Bitte löschen: Backhaus Muster GmbH"

    def test_the_link_works_once(self, place):
        interest = make_interest(place=place)
        withdraw(interest)
        with pytest.raises(LinkClosedError):
            withdraw(interest)

    def test_the_link_works_for_as_long_as_the_contact_is_kept(self, place):
        interest = make_interest(place=place)
        with pytest.raises(LinkClosedError):
            withdraw(interest, NOW + timedelta(days=366))
        withdraw(interest, NOW + timedelta(days=365))

    def test_a_made_up_link_opens_nothing(self, place):
        make_interest(place=place)
        with pytest.raises(LinkClosedError):
            interests.interest_behind(token="geraten", now=NOW)


def test_days_are_those_of_the_place_not_of_greenwich(place):
    """At 23:30 UTC it is the next day in Erfurt."""
    late = NOW.replace(hour=23, minute=30)
    assert make_interest(place=place, now=late).prospect.last_step_on == date(2026, 11, 24)
