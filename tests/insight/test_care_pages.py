"""Pages where talks, topics and the mark "no contact" are written."""

from datetime import date

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight.domain import care, marks
from buendnisnetz.insight.domain.care import TopicValues
from buendnisnetz.insight.enums import TopicStatus
from buendnisnetz.insight.models import AllianceTopic, NoContactMark, SponsorTalk
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.models import Territory
from tests.factories.insight import make_mark, make_sponsor, make_talk, make_topic
from tests.factories.network import TODAY, make_alliance, make_post
from tests.factories.territories import make_district, make_municipality
from tests.network.views.reading import hidden, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance(db: None) -> Alliance:
    return make_alliance("Bündnis Ilmtal")


def page(alliance: Alliance, rest: str = "") -> str:
    return f"/luecken/{alliance.slug}/{rest}"


class TestTalks:
    def test_a_talk_is_written_down(self, as_role, alliance):
        post = make_sponsor(alliance)
        client = as_role(Role.ALLIANCE_COORDINATOR, alliance)
        assert 'value="2026-11-22"' in client.get(page(alliance, "gespraech/")).content.decode()
        values = {"post": post.pk, "held_on": "20.11.2026", "note": "Kommt zum Fest."}
        answer = client.post(page(alliance, "gespraech/"), values)
        assert answer.headers["Location"] == page(alliance) + "#sponsor"
        talk = SponsorTalk.objects.get()
        assert (talk.post, talk.held_on, talk.note) == (post, date(2026, 11, 20), "Kommt zum Fest.")
        assert "Kommt zum Fest." in text_of(client.get(page(alliance)))

    def test_only_with_sponsors_of_this_alliance(self, keeper, alliance):
        stranger = make_sponsor(make_alliance())
        values = {"post": stranger.pk, "held_on": "2026-11-20"}
        assert keeper.post(page(alliance, "gespraech/"), values).status_code == 422
        assert not SponsorTalk.objects.exists()

    def test_what_is_wrong_is_said_and_the_note_stays(self, keeper, alliance):
        post = make_sponsor(alliance)
        values = {"post": post.pk, "held_on": "2026-11-23", "note": "Morgen erst."}
        answer = keeper.post(page(alliance, "gespraech/"), values)
        assert answer.status_code == 422
        assert "in der Zukunft" in text_of(answer)
        assert "Morgen erst." in answer.content.decode()

    def test_it_can_be_taken_back(self, keeper, alliance):
        talk = make_talk(make_sponsor(alliance))
        keeper.post(f"/luecken/gespraech/{talk.public_id}/zuruecknehmen/")
        assert not SponsorTalk.objects.exists()

    def test_others_neither_read_nor_take_back(self, as_role, alliance):
        talk = make_talk(make_sponsor(alliance))
        client = as_role(Role.ALLIANCE_COORDINATOR, make_alliance())
        assert client.get(page(alliance, "gespraech/")).status_code == 403
        address = f"/luecken/gespraech/{talk.public_id}/zuruecknehmen/"
        assert client.post(address).status_code == 404
        assert client.get(address).status_code == 405
        assert SponsorTalk.objects.exists()


class TestTopics:
    def test_a_topic_with_who_answers_for_it(self, keeper, alliance):
        post = make_post(alliance)
        values = {"name": "Pflege", "responsible": post.pk, "deputy": ""}
        answer = keeper.post(page(alliance, "thema/"), values)
        assert answer.headers["Location"] == page(alliance) + "#topics"
        topic = AllianceTopic.objects.get()
        assert (topic.name, topic.responsible, topic.status) == ("Pflege", post, "PLANNED")

    def test_changing_it(self, keeper, alliance):
        topic = make_topic(alliance, "Alt", make_post(alliance))
        address = f"/luecken/thema/{topic.public_id}/"
        answer = keeper.get(address)
        values = {
            "version": hidden(answer, "version"), "name": "Neu", "responsible": "", "deputy": "",
        }  # fmt: skip
        assert keeper.post(address, values).status_code == 302
        topic.refresh_from_db()
        assert (topic.name, topic.responsible) == ("Neu", None)

    def test_who_was_slower_sees_both_and_may_save_again(self, keeper, alliance):
        topic = make_topic(alliance, "Alt")
        care.edit_topic(
            topic=topic, values=TopicValues(name="Schneller"), version=topic.version, actor=None
        )
        address = f"/luecken/thema/{topic.public_id}/"
        values = {"version": str(topic.version), "name": "Langsamer"}
        answer = keeper.post(address, values)
        assert answer.status_code == 409
        text = text_of(answer)
        assert "Schneller" in text
        assert "Langsamer" in answer.content.decode()
        keeper.post(address, {**values, "version": hidden(answer, "version")})
        topic.refresh_from_db()
        assert topic.name == "Langsamer"

    def test_its_own_deputy_is_refused(self, keeper, alliance):
        post = make_post(alliance)
        values = {"name": "Pflege", "responsible": post.pk, "deputy": post.pk}
        answer = keeper.post(page(alliance, "thema/"), values)
        assert answer.status_code == 422
        assert "andere Stelle" in text_of(answer)

    @pytest.mark.parametrize(
        ("status", "expected"), [("ACTIVE", "ACTIVE"), ("CLOSED", "CLOSED"), ("QUATSCH", "PLANNED")]
    )
    def test_moving_it_on(self, keeper, alliance, status, expected):
        topic = make_topic(alliance, responsible=make_post(alliance))
        answer = keeper.post(f"/luecken/thema/{topic.public_id}/stand/", {"status": status})
        assert answer.status_code == 302
        topic.refresh_from_db()
        assert topic.status == expected

    def test_active_without_a_post_says_why_not(self, keeper, alliance):
        topic = make_topic(alliance)
        address = f"/luecken/thema/{topic.public_id}/stand/"
        text = text_of(keeper.post(address, {"status": "ACTIVE"}, follow=True))
        assert "Bitte zuerst" in text or "Stelle" in text
        topic.refresh_from_db()
        assert topic.status == TopicStatus.PLANNED

    def test_others_do_not_write(self, as_role, alliance):
        topic = make_topic(alliance)
        client = as_role(Role.ALLIANCE_COORDINATOR, make_alliance())
        assert client.post(page(alliance, "thema/"), {"name": "x"}).status_code == 403
        assert client.get(f"/luecken/thema/{topic.public_id}/").status_code == 403
        answer = client.post(f"/luecken/thema/{topic.public_id}/stand/", {"status": "CLOSED"})
        assert answer.status_code == 403
        topic.refresh_from_db()
        assert topic.status == TopicStatus.PLANNED


class TestMarks:
    @pytest.fixture
    def place(self, db: None) -> Territory:
        return make_municipality(make_district("16070", "Ilm-Kreis"), "Geratal")

    def test_the_office_marks_a_place(self, keeper, place):
        values = {"said_by": "Hauptamt", "said_on": "2026-11-01"}
        answer = keeper.post(f"/orte/{place.public_id}/keine/", values)
        assert answer.headers["Location"] == f"/gebiete/{place.public_id}/"
        mark = NoContactMark.objects.get()
        assert (mark.territory, mark.said_by, mark.valid_from) == (
            place, "Hauptamt", date(2026, 11, 1),
        )  # fmt: skip

    def test_what_is_wrong_is_said(self, keeper, place):
        make_mark(place)
        address = f"/orte/{place.public_id}/keine/"
        for values in (
            {"said_by": "", "said_on": "2026-11-01"},
            {"said_by": "Amt", "said_on": "2026-11-23"},
            {"said_by": "Amt", "said_on": "2026-11-01"},
        ):
            assert keeper.post(address, values).status_code == 422
        assert NoContactMark.objects.count() == 1

    def test_a_planner_marks_the_own_district_only(self, as_role, place):
        own = as_role(Role.DISTRICT_PLANNER, place.parent)
        other = as_role(Role.DISTRICT_PLANNER, make_district())
        assert own.get(f"/orte/{place.public_id}/keine/").status_code == 200
        assert other.get(f"/orte/{place.public_id}/keine/").status_code == 403
        assert other.get(f"/orte/{make_mark(place).public_id}/keine/").status_code == 404

    def test_ending_it_and_taking_the_end_back(self, keeper, place):
        mark = make_mark(place)
        page = f"/gebiete/{place.public_id}/"
        assert f"/orte/marke/{mark.public_id}/beenden/" in keeper.get(page).content.decode()
        keeper.post(f"/orte/marke/{mark.public_id}/beenden/", {"last_day": "2026-11-10"})
        answer = keeper.get(page)
        assert "endete am 10.11.2026" in text_of(answer)
        back = f"/orte/marke/{mark.public_id}/wieder/"
        assert back in answer.content.decode()
        assert "gilt dann wieder" in text_of(keeper.get(back))
        keeper.post(back)
        mark.refresh_from_db()
        assert mark.valid_to is None

    def test_others_neither_end_nor_reopen(self, as_role, place):
        mark = make_mark(place)
        client = as_role(Role.DISTRICT_PLANNER, make_district())
        assert client.get(f"/orte/marke/{mark.public_id}/beenden/").status_code == 403
        marks.end_mark(mark=mark, last_day=TODAY, actor=None)
        assert client.post(f"/orte/marke/{mark.public_id}/wieder/").status_code == 403
        mark.refresh_from_db()
        assert mark.valid_to == TODAY

    def test_no_such_place(self, keeper, place):
        assert keeper.get("/orte/gibtsnicht/keine/").status_code == 404
        assert keeper.get(f"/orte/{place.parent.public_id}/keine/").status_code == 404
