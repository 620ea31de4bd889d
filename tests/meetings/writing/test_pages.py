"""The writing page, with and without script; decisions and tasks come out of it (S54, S91, S117)."""

import json
from datetime import date
from uuid import uuid4

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings.domain.editions import states
from buendnisnetz.meetings.domain.editions.guard import FrozenError
from buendnisnetz.meetings.domain.writing import voting
from buendnisnetz.meetings.domain.writing.settling import settle
from buendnisnetz.meetings.domain.writing.syncing import Change, sync
from buendnisnetz.meetings.domain.writing.understanding import Understander
from buendnisnetz.meetings.forms.writing import LineForm
from buendnisnetz.meetings.models import Decision, MinutesEntry
from buendnisnetz.tasks.domain.lifecycle import change_status
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.tasks.models import Task
from tests.factories.meetings import NOW, approved, attend, make_meeting
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(db):
    return make_meeting()


@pytest.fixture
def office(as_user):
    return as_user(make_user(Role.STATE_COORDINATION))


def write(meeting, text, kind="NOTE", entry="aaaaaaaa", base=""):
    change = Change(uuid4(), entry, base, text, fields={"kind": kind})
    sync(meeting=meeting, changes=[change], actor=None, now=NOW)
    return MinutesEntry.objects.get(public_id=entry)


def where(meeting, tail=""):
    return f"/sitzungen/{meeting.public_id}/schreiben/{tail}"


class TestWithoutScript:
    def post(self, client, meeting, **values):
        line = {"key": str(uuid4()), "entry": "bbbbbbbb", "base": "", "kind": "TASK", "item": ""}
        return client.post(where(meeting, "zeile/"), {**line, "speaker": "", "text": "", **values})

    def test_a_line_is_saved_by_its_button(self, meeting, office):
        assert "Neuer Eintrag" in text_of(office.get(where(meeting)))
        answer = self.post(office, meeting, text="Raum anfragen")
        assert answer["Location"] == f"{where(meeting)}#zeile-bbbbbbbb"
        entry = meeting.entries.get()
        assert (entry.text, entry.kind) == ("Raum anfragen", "TASK")
        assert "Raum anfragen" in office.get(where(meeting)).content.decode()

    def test_a_saved_line_looks_as_its_form_would(self, meeting, office):
        item = meeting.agenda.create(position=1, number="1", title="Raum & Zeit")
        fields = {"item": item.public_id, "speaker": "A. Kurz", "internal": True, "kind": "TASK"}
        change = Change(uuid4(), "aaaaaaaa", "", 'Raum "eins" <anfragen>', fields=fields)
        sync(meeting=meeting, changes=[change], actor=None, now=NOW)
        initial = {"entry": change.entry, "base": change.text, "text": change.text, **fields}
        form = LineForm(items=[item], initial=initial, auto_id="z-aaaaaaaa-%s")
        page = "".join(office.get(where(meeting)).content.decode().split())
        for name in set(form.fields) - {"key"}:
            drawn = str(form[name] if form[name].is_hidden else form[name].as_field_group())
            assert "".join(drawn.split()) in page, drawn

    def test_two_people_lose_no_word(self, meeting, office):
        write(meeting, "eins zwei")
        self.post(office, meeting, entry="aaaaaaaa", base="eins zwei", text="eins zwei drei")
        self.post(office, meeting, entry="aaaaaaaa", base="eins zwei", text="null eins zwei")
        assert meeting.entries.get().text == "null eins zwei drei"

    def test_line_breaks_of_browsers_are_no_change(self, meeting, office):
        write(meeting, "eins\nzwei")
        self.post(office, meeting, entry="aaaaaaaa", base="eins\r\nzwei", text="eins\r\nzwei")
        assert meeting.entries.get().text == "eins\nzwei"

    def test_too_long_a_text_comes_back_with_a_sentence(self, meeting, office):
        answer = self.post(office, meeting, text="x" * 20_001)
        assert answer.status_code == 422
        assert not meeting.entries.exists()


class TestWithScript:
    def send(self, client, meeting, changes, number=0):
        body = json.dumps({"number": number, "changes": changes})
        return client.post(where(meeting, "abgleich/"), body, content_type="application/json")

    def change(self, **facts):
        values = {"key": str(uuid4()), "entry": "aaaaaaaa", "base": "", "text": "", "after": ""}
        return {**values, **facts}

    def test_it_sends_and_hears(self, meeting, office):
        attend(meeting, make_person("Kurz", "Angelika"))
        change = self.change(text="Fr. Kurz bis 15.3. Raum anfragen", fields={"kind": "TASK"})
        found = self.send(office, meeting, [change]).json()
        assert (found["number"], found["order"]) == (1, ["aaaaaaaa"])
        assert found["entries"][0]["text"] == "Fr. Kurz bis 15.3. Raum anfragen"
        assert found["entries"][0]["deed"] == "zuständig: Angelika Kurz, bis: 15.03.2027"
        assert office.get(where(meeting, "abgleich/?seit=1")).json() == {
            "number": 1, "order": [], "entries": [],
        }  # fmt: skip
        assert office.get(where(meeting, "abgleich/?seit=0")).json() == found

    def test_what_was_taken_out_is_told(self, meeting, office):
        write(meeting, "eins")
        found = self.send(office, meeting, [self.change(base="eins", text="")], 1).json()
        assert (found["entries"][0]["text"], found["order"]) == ("", [])

    @pytest.mark.parametrize(
        "body", ["", "[]", "{}", '{"number": 0, "changes": [7]}', '{"number": "x", "changes": []}']
    )
    def test_nonsense_is_refused_with_a_sentence(self, meeting, office, body):
        answer = office.post(where(meeting, "abgleich/"), body, content_type="application/json")
        assert answer.status_code == 409
        assert "nicht zu verstehen" in answer.json()["error"]

    @pytest.mark.parametrize("seit", ["-1", "x", "9" * 20])
    def test_a_number_is_a_number(self, meeting, office, seit):
        assert office.get(where(meeting, f"abgleich/?seit={seit}")).status_code == 409

    def test_frozen_minutes_say_so(self, meeting, office):
        write(meeting, "eins")
        approved(meeting)
        answer = self.send(office, meeting, [self.change(base="eins", text="zwei")])
        assert (answer.status_code, "freigegeben" in answer.json()["error"]) == (409, True)
        assert office.get(where(meeting)).status_code == 409

    def test_others_do_not_write(self, as_user):
        meeting = make_meeting(alliance=make_alliance())
        stranger = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
        assert self.send(stranger, meeting, [self.change(text="x")]).status_code == 404

    def test_opening_asks_as_often_with_three_lines(
        self, meeting, office, django_assert_num_queries
    ):
        write(meeting, "eins", "TASK")
        office.get(where(meeting))
        with django_assert_num_queries(4):
            office.get(where(meeting))
        for place, kind in enumerate(("TASK", "QUESTION", "DECISION")):
            write(meeting, "mehr", kind, entry="bbbbbbb" + "234"[place])
        with django_assert_num_queries(4):
            office.get(where(meeting))


class TestUnderstanding:
    @pytest.mark.parametrize(
        ("text", "who", "due_on", "words"),
        [
            ("Fr. Kurz bis 15.3. Raum anfragen", "Angelika Kurz", date(2027, 3, 15), ""),
            ("Liste schicken (Kurz, bis Ende Mai)", "Angelika Kurz", date(2027, 5, 31), "bis Ende Mai"),
            ("Herr Lang klärt das zur nächsten Sitzung", "Bernd Lang", date(2027, 1, 20), "zur nächsten Sitzung"),
            ("Raum anfragen", "", None, ""),
        ],
    )  # fmt: skip
    def test_who_and_until_when(self, text, who, due_on, words):
        meeting = make_meeting(next_meeting_on=date(2027, 1, 20))
        attend(meeting, make_person("Kurz", "Angelika"))
        attend(meeting, make_person("Lang", "Bernd"))
        said = Understander(meeting).read(text)
        assert (said.who, said.due_on, said.due_words) == (who, due_on, words)

    def test_the_post_of_the_day_holds_it(self, meeting):
        post = make_post(make_organisation())
        attend(meeting, make_term(post, make_person("Kurz", "Angelika")).person)
        assert Understander(meeting).read("Kurz fragt nach").holder == post

    def test_the_coordination_office_and_all_alliances(self, meeting):
        office = make_post(make_organisation(kind="COORDINATION_OFFICE"), is_contact=True)
        understander = Understander(meeting)
        assert understander.read("Die Koordinierungsstelle lädt ein").holder == office
        assert understander.read("Alle Bündnisse melden ihre Zahlen").all_alliances


class TestSettling:
    def settle(self, meeting):
        return settle(meeting=meeting, actor=None, now=NOW)

    def test_decisions_and_tasks_get_lives_of_their_own(self, meeting):
        write(meeting, "Der Saal wird grün.", "DECISION")
        write(meeting, "Farbe holen bis 1.12.", "TASK", "bbbbbbbb")
        write(meeting, "Nur eine Notiz", "NOTE", "cccccccc")
        assert self.settle(meeting) == (1, 1)
        task = Task.objects.get()
        assert (task.title, task.due_on) == ("Farbe holen bis 1.12.", date(2026, 12, 1))
        assert "stelle=bbbbbbbb" in task.origin_url
        assert self.settle(meeting) == (1, 1)

    def test_corrected_words_follow(self, meeting):
        write(meeting, "Der Saal wird grün.", "DECISION")
        write(meeting, "Farbe holen", "TASK", "bbbbbbbb")
        self.settle(meeting)
        write(meeting, "Der Saal wird blau.", "DECISION", base="Der Saal wird grün.")
        write(meeting, "Blaue Farbe holen", "PROMISE", "bbbbbbbb", "Farbe holen")
        self.settle(meeting)
        assert Decision.objects.get().text == "Der Saal wird blau."
        assert (Task.objects.get().title, Task.objects.get().kind) == (
            "Blaue Farbe holen",
            "PROMISE",
        )

    def test_what_was_taken_out_ends(self, meeting):
        write(meeting, "Der Saal wird grün.", "DECISION")
        write(meeting, "Farbe holen", "TASK", "bbbbbbbb")
        self.settle(meeting)
        write(meeting, "", "DECISION", base="Der Saal wird grün.")
        write(meeting, "", "TASK", "bbbbbbbb", "Farbe holen")
        assert self.settle(meeting) == (0, 1)
        assert (Task.objects.get().status, Task.objects.get().result) == (
            "DROPPED", "aus dem Protokoll genommen",
        )  # fmt: skip

    def test_what_is_done_stays_done(self, meeting):
        write(meeting, "Farbe holen", "TASK")
        self.settle(meeting)
        change_status(task=Task.objects.get(), status=TaskStatus.DONE, actor=None, now=NOW)
        write(meeting, "", "TASK", base="Farbe holen")
        self.settle(meeting)
        assert Task.objects.get().status == "DONE"

    def test_the_approval_settles_what_was_written(self, meeting):
        write(meeting, "Farbe holen bis 1.12.", "TASK")
        edition = approved(meeting)
        assert Task.objects.count() == 1
        assert edition.content["entries"][0]["task"]["due_on"] == "2026-12-01"

    def test_frozen_minutes_are_settled_for_good(self, meeting):
        approved(meeting)
        with pytest.raises(FrozenError):
            self.settle(meeting)

    def test_by_button(self, meeting, office):
        write(meeting, "Farbe holen", "TASK")
        office.post(where(meeting, "uebernehmen/"))
        assert Task.objects.get().title == "Farbe holen"


class TestVotes:
    @pytest.fixture
    def entry(self, meeting):
        for number in range(3):
            attend(meeting, may_vote=number < 2)
        return write(meeting, "Der Saal wird grün.", "DECISION")

    def count(self, entry, *votes):
        names = ("yes", "no", "abstain", "missing")
        return voting.count_votes(entry=entry, actor=None, **dict(zip(names, votes, strict=True)))

    def test_they_add_up(self, entry):
        decision = self.count(entry, 1, 0, 0, 1)
        assert (decision.votes_yes, decision.votes_no, decision.votes_missing) == (1, 0, 1)
        assert self.count(entry, 0, 2, 0, 0).pk == decision.pk

    @pytest.mark.parametrize("votes", [(3, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0)])
    def test_they_are_refused_if_not(self, entry, votes):
        with pytest.raises(voting.VotesDoNotAddUpError):
            self.count(entry, *votes)
        assert not Decision.objects.exists()

    def test_without_a_list_any_count_is_taken(self):
        entry = write(make_meeting(), "Der Saal wird grün.", "DECISION")
        assert self.count(entry, 7, 1, 0, 0).votes_yes == 7

    def test_only_decisions_are_voted_on(self, meeting):
        with pytest.raises(voting.NoDecisionError):
            self.count(write(meeting, "Notiz"), 1, 0, 0, 0)

    def test_the_page_says_what_is_wrong(self, meeting, entry, office):
        address = where(meeting, f"{entry.public_id}/stimmen/")
        wrong = office.post(address, {"yes": 5, "no": 0, "abstain": 0, "missing": 0})
        assert "Das sind 5 Stimmen, aber 2 Anwesende" in text_of(wrong)
        assert (
            office.post(address, {"yes": 2, "no": 0, "abstain": 0, "missing": 0}).status_code == 302
        )
        assert "ja 2, nein 0" in text_of(office.get(where(meeting)))


class TestQuestions:
    def test_they_are_listed_until_answered(self, meeting, office):
        question = write(meeting, "Wer zahlt?", "QUESTION")
        answer = write(meeting, "Die Stadt.", "ANSWER", "bbbbbbbb")
        assert "Fragen ohne Antwort 1" in text_of(office.get(where(meeting)))
        address = where(meeting, f"{question.public_id}/antwort/")
        office.post(address, {"antwort": answer.public_id})
        answer.refresh_from_db()
        assert answer.answers == question
        assert "Fragen ohne Antwort 0" in text_of(office.get(where(meeting)))

    def test_only_questions_are_answered(self, meeting):
        note, other = write(meeting, "Notiz"), write(meeting, "andere", entry="bbbbbbbb")
        with pytest.raises(voting.NoQuestionError):
            voting.answer(question=note, by=other, actor=None)


def test_a_correction_is_written_like_a_draft(meeting, office):
    write(meeting, "Der Saal wird grün.")
    approved(meeting)
    states.begin_correction(meeting=meeting, reason="Farbe", actor=None, now=NOW)
    assert office.get(where(meeting)).status_code == 200
    write(meeting, "Der Saal wird blau.", base="Der Saal wird grün.")
    assert approved(meeting).text.count("blau") == 1
