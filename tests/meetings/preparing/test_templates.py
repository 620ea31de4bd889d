"""A meeting becomes the pattern for others like it."""

from datetime import date, time

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings.domain.preparing import agenda, standing, templates
from buendnisnetz.meetings.enums import MeetingKind
from buendnisnetz.meetings.models import Meeting, MeetingTemplate
from tests.factories.meetings import make_meeting
from tests.factories.network import make_alliance, make_group, make_user
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 15)


@pytest.fixture
def alliance():
    return make_alliance()


@pytest.fixture
def meeting(alliance):
    """With two items of its own, one that stands by itself and one that was moved on."""
    standing.create_standing_item(title="LSZ", kind="REPORT", actor=None)
    row = make_meeting(
        "Runde im Herbst",
        alliance=alliance,
        kind=MeetingKind.ALLIANCE,
        status="PLANNED",
        place="Aula",
    )
    old = agenda.add_item(meeting=make_meeting("Alt"), title="Vertagt", actor=None)
    agenda.add_item(meeting=row, title="Begrüßung", duration=5, kind="WELCOME", actor=None)
    agenda.carry_on(meeting=row, item=old, actor=None)
    agenda.add_item(meeting=row, title="Verschiedenes", actor=None)
    return row


def save(meeting, title="Runde am {date}"):
    return templates.save_as_template(meeting=meeting, name="Runde", title=title, actor=None)


def use(template, **facts):
    values = {"alliance": template.alliance, "held_on": DAY, "starts_at": time(16), "ends_at": None}
    return templates.use_template(template=template, actor=None, **{**values, **facts})


def test_kind_place_and_own_items_are_kept(meeting, alliance):
    template = save(meeting)
    assert (template.kind, template.place, template.alliance) == ("ALLIANCE", "Aula", alliance)
    rows = template.items.order_by("position").values_list("position", "title", "duration")
    assert list(rows) == [(1, "Begrüßung", 5), (2, "Verschiedenes", None)]


def test_of_a_group_it_is_its_alliances(alliance):
    assert save(make_meeting(working_group=make_group(alliance=alliance))).alliance == alliance


def test_a_new_meeting_gets_title_with_the_day_place_and_items(meeting):
    row = use(save(meeting))
    assert (row.title, row.place, row.held_on) == ("Runde am 15.12.2026", "Aula", DAY)
    assert (row.starts_at, row.status) == (time(16), "PLANNED")
    titles = row.agenda.order_by("position").values_list("title", flat=True)
    assert list(titles) == ["LSZ", "Begrüßung", "Verschiedenes"]


def test_without_a_title_the_name_stands(meeting):
    assert use(save(meeting, title="")).title == "Runde"


def test_what_ended_is_not_used_until_it_is_brought_back(meeting):
    template = save(meeting)
    templates.end_template(template=template, today=DAY, actor=None)
    with pytest.raises(templates.TemplateEndedError):
        use(template)
    templates.bring_back(template=template, actor=None)
    assert use(template)


class TestPages:
    def test_saved_used_ended_and_brought_back(self, meeting, alliance, as_user):
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))
        where = f"/sitzungen/{meeting.public_id}/als-vorlage/"
        assert 'value="Runde im Herbst"' in client.get(where).content.decode()
        client.post(where, {"name": "Herbstrunde", "title": "Herbst {date}"})
        template = MeetingTemplate.objects.get()
        page = text_of(client.get("/sitzungen/vorlagen/"))
        assert "Herbstrunde" in page
        assert "Begrüßung · Verschiedenes" in page
        use_it = f"/sitzungen/vorlagen/{template.public_id}/nutzen/"
        assert client.post(use_it, {"held_on": ""}).status_code == 422
        values = {"alliance": alliance.pk, "held_on": "2026-12-15", "starts_at": "16:00"}
        answer = client.post(use_it, values)
        made = Meeting.objects.get(title="Herbst 15.12.2026")
        assert answer["Location"] == f"/sitzungen/{made.public_id}/"
        end = f"/sitzungen/vorlagen/{template.public_id}/beenden/"
        client.post(end)
        assert "benutzt bis 23.11.2026" in text_of(client.get("/sitzungen/vorlagen/"))
        assert client.post(use_it, values).status_code == 422
        client.post(end, {"back": "1"})
        assert "benutzt bis" not in text_of(client.get("/sitzungen/vorlagen/"))

    def test_templates_of_others_and_of_the_state(self, meeting, as_user):
        own = make_alliance()
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, own))
        foreign = save(meeting)
        of_state = save(make_meeting("Landestreffen"))
        assert client.get(f"/sitzungen/vorlagen/{foreign.public_id}/nutzen/").status_code == 404
        assert client.get(f"/sitzungen/vorlagen/{of_state.public_id}/nutzen/").status_code == 200
        assert client.post(f"/sitzungen/vorlagen/{of_state.public_id}/beenden/").status_code == 404
        assert client.get(f"/sitzungen/{meeting.public_id}/als-vorlage/").status_code == 404

    def test_as_many_queries_for_three_as_for_one(
        self, meeting, as_user, django_assert_num_queries
    ):
        client = as_user(make_user(Role.STATE_COORDINATION))
        for count in (1, 2):
            for _number in range(count):
                save(meeting)
            client.get("/sitzungen/vorlagen/")
            with django_assert_num_queries(4):
                client.get("/sitzungen/vorlagen/")
