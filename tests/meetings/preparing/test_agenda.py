"""An agenda is put together: times, order, speakers, standing items, what is still open (S05, S06, S109, S118)."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings.domain import meetings as domain
from buendnisnetz.meetings.domain.editions.guard import FrozenError
from buendnisnetz.meetings.domain.preparing import agenda, standing
from buendnisnetz.meetings.domain.preparing.timing import timetable
from buendnisnetz.meetings.domain.queries.agenda import agenda_page, not_dealt_with
from buendnisnetz.meetings.enums import EntryKind, MeetingKind
from buendnisnetz.meetings.models import AgendaItem, Meeting, StandingItem
from buendnisnetz.tasks.models import Task
from tests.factories.meetings import approved, make_meeting, say
from tests.factories.network import (
    make_alliance,
    make_group,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 15)


def planned(title="Winterrunde", **facts):
    values = {"held_on": DAY, "starts_at": time(16), "status": "PLANNED"}
    return make_meeting(title, **{**values, **facts})


def item(meeting, title="Saal", **facts):
    return agenda.add_item(meeting=meeting, title=title, actor=None, **facts)


def titles(meeting):
    return list(meeting.agenda.order_by("position").values_list("title", flat=True))


def numbers(meeting):
    return list(meeting.agenda.order_by("position").values_list("number", flat=True))


def make_standing(title="LSZ", **facts):
    return standing.create_standing_item(title=title, actor=None, **{"kind": "REPORT", **facts})


class TestTimes:
    def test_durations_add_up_from_the_beginning(self):
        meeting = planned(ends_at=time(17))
        for title, duration in (("Eins", 10), ("Zwei", None), ("Drei", 45)):
            item(meeting, title, duration=duration)
        found = timetable(meeting, meeting.agenda.order_by("position"))
        assert [(row.starts_at, row.ends_at) for row in found.rows] == [
            (time(16), time(16, 10)), (time(16, 10), None), (time(16, 10), time(16, 55)),
        ]  # fmt: skip
        assert (found.minutes, found.without_duration, found.over) == (55, 1, -5)

    def test_without_a_beginning_there_are_no_times(self):
        meeting = planned(starts_at=None)
        item(meeting, duration=10)
        found = timetable(meeting, meeting.agenda.all())
        assert (found.rows[0].starts_at, found.rows[0].ends_at, found.over) == (None, None, None)
        assert found.minutes == 10

    def test_a_time_of_its_own_sets_the_clock(self):
        items = [
            AgendaItem(title="Eins", starts_at=time(17), ends_at=time(17, 30)),
            AgendaItem(title="Zwei", duration=15),
        ]
        rows = timetable(Meeting(starts_at=time(16)), items).rows
        assert [(row.starts_at, row.ends_at) for row in rows] == [
            (time(17), time(17, 30)), (time(17, 30), time(17, 45)),
        ]  # fmt: skip

    @given(
        st.lists(st.one_of(st.none(), st.integers(1, 240)), max_size=12),
        st.integers(0, 23), st.integers(0, 23),
    )  # fmt: skip
    def test_times_add_up_whatever_the_durations(self, durations, begin, end):
        meeting = Meeting(starts_at=time(begin), ends_at=time(end))
        found = timetable(meeting, [AgendaItem(title="x", duration=n) for n in durations])
        assert found.minutes == sum(n or 0 for n in durations)
        assert found.without_duration == sum(n is None for n in durations)
        length = (end - begin) * 60 % 1440
        assert found.over == found.minutes - length
        ends = [row.ends_at for row in found.rows if row.item.duration]
        starts = [row.starts_at for row in found.rows]
        for place, row in enumerate(found.rows[:-1]):
            assert starts[place + 1] == (row.ends_at or row.starts_at)
        assert not durations or starts[0] == time(begin)
        assert len(ends) == len(durations) - found.without_duration


class TestOrder:
    def test_up_and_down_renumber_but_numbers_by_hand_stay(self):
        meeting = planned()
        first, _second, third = (
            item(meeting, "A"),
            item(meeting, "B", number="2a"),
            item(meeting, "C"),
        )
        agenda.move_item(item=third, up=True, actor=None)
        assert (titles(meeting), numbers(meeting)) == (["A", "C", "B"], ["1", "2", "2a"])
        agenda.move_item(item=first, up=True, actor=None)
        agenda.move_item(item=AgendaItem.objects.get(title="B"), up=False, actor=None)
        assert titles(meeting) == ["A", "C", "B"]

    def test_after_an_item_went_the_others_are_counted_anew(self):
        meeting = planned()
        first, _second, _third = (item(meeting, title) for title in "ABC")
        domain.remove_agenda_item(item=first, actor=None)
        assert (titles(meeting), numbers(meeting)) == (["B", "C"], ["1", "2"])

    def test_once_it_was_held_numbers_are_those_of_the_minutes(self):
        meeting = make_meeting()
        first, _second, third = (item(meeting, title) for title in "ABC")
        domain.remove_agenda_item(item=first, actor=None)
        agenda.move_item(item=third, up=True, actor=None)
        assert (titles(meeting), numbers(meeting)) == (["C", "B"], ["3", "2"])

    def test_an_order_has_exactly_the_items_that_are_there(self):
        meeting = planned()
        rows = [item(meeting, title).pk for title in "ABC"]
        agenda.put_in_order(meeting=meeting, order=rows[::-1], actor=None)
        assert titles(meeting) == ["C", "B", "A"]
        for wrong in (rows[:2], [*rows, rows[0]], [rows[0], rows[1], 0]):
            with pytest.raises(agenda.OrderChangedError):
                agenda.put_in_order(meeting=meeting, order=wrong, actor=None)
        assert titles(meeting) == ["C", "B", "A"]

    @settings(deadline=None, max_examples=25)
    @given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=8))
    def test_any_moves_keep_every_item_once(self, moves):
        meeting = planned()
        rows = [item(meeting, title) for title in "ABCDE"]
        for place, up in moves:
            agenda.move_item(item=rows[place], up=up, actor=None)
        assert sorted(titles(meeting)) == list("ABCDE")
        assert list(meeting.agenda.order_by("position").values_list("position", flat=True)) == [
            1, 2, 3, 4, 5,
        ]  # fmt: skip
        assert numbers(meeting) == list("12345")

    def test_approved_agendas_stay(self):
        meeting = make_meeting()
        row = item(meeting)
        approved(meeting)
        for step in (
            lambda: item(meeting),
            lambda: agenda.move_item(item=row, up=True, actor=None),
            lambda: agenda.edit_item(item=row, title="x", speakers=[], actor=None),
        ):
            with pytest.raises(FrozenError):
                step()


class TestSpeakers:
    @pytest.fixture
    def office(self):
        return make_user(Role.STATE_COORDINATION)

    def test_the_function_is_the_one_held_on_that_day(self, office):
        post = make_post(make_organisation("Stadtwerke"), "Leitung")
        then, later = make_person("Vorher"), make_person("Nachher")
        make_term(post, then, valid_from=date(2020, 1, 1), valid_to=date(2026, 12, 31))
        make_term(post, later, valid_from=date(2027, 1, 1))
        names = [("erika vorher", ""), ("Erika Nachher", ""), ("Gast Otto", "Zauberer"), (" ", "")]
        row = agenda.add_item(meeting=planned(), title="Saal", speakers=names, actor=office)
        found = list(row.speakers.order_by("pk").values_list("name", "function", "person"))
        assert found == [
            ("erika vorher", "Leitung, Stadtwerke", then.pk),
            ("Erika Nachher", "", later.pk),
            ("Gast Otto", "Zauberer", None),
        ]

    def test_a_name_that_two_people_have_is_linked_to_nobody(self, office):
        make_person("Doppelt")
        make_person("Doppelt")
        row = agenda.add_item(
            meeting=planned(), title="x", speakers=[("Erika Doppelt", "")], actor=office
        )
        assert row.speakers.get().person is None

    def test_editing_replaces_them(self, office):
        row = agenda.add_item(meeting=planned(), title="x", speakers=[("Eins", "a")], actor=office)
        agenda.edit_item(item=row, title="y", number="", speakers=[("Zwei", "b")], actor=office)
        row.refresh_from_db()
        assert (row.title, row.number, row.speakers.get().name) == ("y", "1", "Zwei")


class TestStandingItems:
    def test_a_new_alliance_meeting_has_it_by_itself(self):
        make_standing(meeting_kind=MeetingKind.ALLIANCE, duration=15)
        alliance = make_alliance()
        meeting = planned(alliance=alliance, kind=MeetingKind.ALLIANCE)
        row = meeting.agenda.get()
        assert (row.title, row.duration, row.standing) == ("LSZ", 15, StandingItem.objects.get())
        assert titles(planned(alliance=alliance, kind=MeetingKind.OTHER)) == []
        held = planned(alliance=alliance, kind=MeetingKind.ALLIANCE, status="HELD")
        assert titles(held) == []

    def test_an_alliances_own_reaches_its_groups_and_nobody_else(self):
        alliance = make_alliance()
        make_standing("Kasse", alliance=alliance)
        assert titles(planned(working_group=make_group(alliance=alliance))) == ["Kasse"]
        assert titles(planned(alliance=make_alliance())) == []
        assert titles(planned()) == []

    def test_it_goes_with_a_reason_only_and_comes_back(self):
        make_standing()
        meeting = planned()
        row = meeting.agenda.get()
        with pytest.raises(standing.ReasonMissingError):
            domain.remove_agenda_item(item=row, actor=None)
        with pytest.raises(standing.ReasonMissingError):
            standing.leave_out(item=row, reason=" ", actor=None)
        omission = standing.leave_out(item=row, reason="Kein Neues", actor=None)
        assert titles(meeting) == []
        assert standing.put_standing_items(meeting=meeting, actor=None) == 0
        standing.take_back(omission=omission, actor=None)
        assert titles(meeting) == ["LSZ"]
        assert not meeting.omissions.exists()

    def test_what_ended_is_not_on_later_agendas(self):
        row = make_standing()
        meeting = planned()
        standing.end_standing_item(item=row, last_day=date(2026, 12, 20), actor=None)
        assert titles(planned("Danach", held_on=date(2027, 1, 5))) == []
        assert titles(meeting) == ["LSZ"]
        with pytest.raises(standing.EndedAlreadyError):
            standing.end_standing_item(item=row, last_day=DAY, actor=None)


class TestFromLastTime:
    def test_open_tasks_are_asked_about_once(self):
        office = make_user(Role.STATE_COORDINATION)
        say(make_meeting(), "Herr Kurz malt den Saal", EntryKind.TASK)
        meeting = planned()
        task = agenda_page(meeting, office).left_open[0]
        row = agenda.ask_about(meeting=meeting, task=task, actor=None)
        assert (row.title, row.follows_up) == ("Herr Kurz malt den Saal", task)
        assert agenda_page(meeting, office).left_open == []
        with pytest.raises(agenda.OnAgendaAlreadyError):
            agenda.ask_about(meeting=meeting, task=task, actor=None)

    def test_what_was_not_dealt_with_is_moved_on_and_the_chain_counts(self):
        office = make_user(Role.STATE_COORDINATION)
        first = make_meeting(held_on=date(2026, 10, 1))
        spoken, silent = item(first, "Besprochen"), item(first, "Vertagt", duration=20)
        say(first, "Der Saal wird grün.", agenda_item=spoken)
        assert not_dealt_with(first) == [silent]
        second, third = make_meeting(), planned()
        moved = agenda.carry_on(meeting=second, item=silent, actor=None)
        assert (moved.title, moved.duration, moved.carried_from) == ("Vertagt", 20, silent)
        assert not_dealt_with(first) == []
        with pytest.raises(agenda.MovedAlreadyError):
            agenda.carry_on(meeting=third, item=silent, actor=None)
        again = agenda.carry_on(meeting=third, item=moved, actor=None)
        chain = agenda_page(third, office).chains[again.pk]
        assert (chain.moves, chain.first_day) == (2, date(2026, 10, 1))


class TestPages:
    @pytest.fixture
    def client(self, as_user):
        return as_user(make_user(Role.STATE_COORDINATION))

    def test_by_form_and_button(self, client):
        meeting = planned(ends_at=time(17))
        where = f"/sitzungen/{meeting.public_id}/tagesordnung/"
        assert "Noch keine Tagesordnung" in text_of(client.get(where))
        values = {"title": "Saal", "kind": "REPORT", "duration": "70", "speaker_1": "Gast Otto"}
        assert client.post(f"{where}neu/", values)["Location"] == where
        client.post(f"{where}neu/", {"title": "Kuchen", "kind": "OTHER", "is_internal": "on"})
        page = text_of(client.get(where))
        assert "16:00 – 17:10" in page
        assert "Gast Otto" in page
        assert "10 Minuten mehr" in page
        assert "1 Punkt hat noch keine Dauer" in page
        second = meeting.agenda.get(title="Kuchen")
        done = client.post(f"{where}reihenfolge/", {"item": second.pk, "step": "up"})
        assert done["Location"] == f"{where}#punkt-{second.pk}"
        assert titles(meeting) == ["Kuchen", "Saal"]

    def test_dragging_sends_the_whole_order_and_gets_the_list(self, client):
        meeting = planned()
        rows = [item(meeting, title).pk for title in "ABC"]
        where = f"/sitzungen/{meeting.public_id}/tagesordnung/reihenfolge/"
        order = ",".join(map(str, rows[::-1]))
        part = client.post(where, {"order": order}, headers={"HX-Request": "true"})
        assert part.content.decode().lstrip().startswith('<div id="agenda"')
        assert titles(meeting) == ["C", "B", "A"]
        wrong = client.post(where, {"order": "1"}, follow=True)
        assert "Jemand hat die Tagesordnung inzwischen geändert" in text_of(wrong)

    def test_editing_and_leaving_out(self, client):
        make_standing()
        meeting = planned()
        row = meeting.agenda.get()
        where = f"/sitzungen/{meeting.public_id}/tagesordnung/"
        assert 'value="LSZ"' in client.get(f"{where}{row.pk}/").content.decode()
        assert client.post(f"{where}{row.pk}/", {"title": "", "kind": "OTHER"}).status_code == 422
        client.post(f"{where}{row.pk}/", {"title": "LSZ neu", "kind": "OTHER", "speaker_1": "Otto"})
        assert "LSZ neu" in text_of(client.get(where))
        removed = client.post(f"{where}{row.pk}/entfernen/")
        assert removed["Location"] == f"{where}{row.pk}/weglassen/"
        assert client.post(f"{where}{row.pk}/weglassen/", {"reason": ""}).status_code == 422
        client.post(f"{where}{row.pk}/weglassen/", {"reason": "Diesmal nichts"})
        assert "Diesmal nichts" in text_of(client.get(where))
        client.post(f"{where}{meeting.omissions.get().pk}/zuruecklegen/")
        assert titles(meeting) == ["LSZ"]

    def test_taking_up_what_is_open(self, client):
        first = make_meeting()
        item(first, "Vertagt")
        say(first, "Herr Kurz malt den Saal", EntryKind.TASK)
        meeting = planned()
        where = f"/sitzungen/{meeting.public_id}/tagesordnung/"
        page = text_of(client.get(where))
        assert "Noch offen vom letzten Mal" in page
        client.post(f"{where}aufnehmen/", {"task": Task.objects.get().public_id})
        client.post(f"{where}aufnehmen/", {"item": first.agenda.get().public_id})
        assert titles(meeting) == ["Herr Kurz malt den Saal", "Vertagt"]
        page = text_of(client.get(where))
        assert "Noch offen vom letzten Mal" not in page
        assert "1-mal vertagt" in page

    def test_standing_items_of_the_own_alliance(self, as_user):
        alliance = make_alliance()
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))
        of_state = make_standing()
        values = {
            "title": "Kasse",
            "kind": "REPORT",
            "alliance": alliance.public_id,
            "meeting_kind": "",
        }
        assert (
            client.post("/sitzungen/feste-punkte/neu/", values | {"alliance": ""}).status_code
            == 422
        )
        client.post("/sitzungen/feste-punkte/neu/", values)
        own = StandingItem.objects.get(title="Kasse")
        page = text_of(client.get("/sitzungen/feste-punkte/"))
        assert "Kasse" in page
        assert "LSZ" in page
        where = "/sitzungen/feste-punkte/{}/beenden/"
        day = {"last_day": "2026-12-31"}
        assert client.post(where.format(of_state.public_id), day).status_code == 404
        assert client.post(where.format(own.public_id), day).status_code == 302
        own.refresh_from_db()
        assert own.valid_to == date(2026, 12, 31)

    def test_others_read_but_do_not_write(self, as_user):
        meeting = planned()
        row = item(meeting)
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
        where = f"/sitzungen/{meeting.public_id}/tagesordnung/"
        page = client.get(where)
        assert page.status_code == 200
        assert "data-move" not in page.content.decode()
        assert client.post(f"{where}reihenfolge/", {"item": row.pk}).status_code == 404
        assert client.get(f"{where}{row.pk}/").status_code == 404

    def test_as_many_queries_for_three_as_for_one(self, client, django_assert_num_queries):
        first = make_meeting()
        meeting = planned()
        where = f"/sitzungen/{meeting.public_id}/tagesordnung/"
        for names in ("A", "BC"):
            for name in names:
                old = item(first, f"Alt {name}")
                item(first, f"Bleibt {name}")
                agenda.carry_on(meeting=meeting, item=old, actor=None)
                item(meeting, name, speakers=[("Otto", "")])
                say(first, f"Aufgabe {name}", EntryKind.TASK)
            client.get(where)
            with django_assert_num_queries(11):
                client.get(where)
