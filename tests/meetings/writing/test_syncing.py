"""Several people write at once, with lost connections, and no word is lost (S54, feature 3)."""

import os
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from buendnisnetz.meetings.domain.editions.guard import FrozenError
from buendnisnetz.meetings.domain.meetings import add_agenda_item
from buendnisnetz.meetings.domain.writing import syncing
from buendnisnetz.meetings.domain.writing.syncing import Change, sync
from buendnisnetz.meetings.models import MinutesEntry, WriteOperation
from tests.factories.meetings import NOW, approved, attend, make_meeting
from tests.meetings.writing.pages import Page

RUNS = int(os.environ.get("BUENDNISNETZ_RUNS", "40"))


def change(entry="aaaaaaaa", base="", text="", **facts):
    return Change(facts.pop("key", uuid4()), entry, base, text, **facts)


def send(meeting, *changes):
    return sync(meeting=meeting, changes=changes, actor=None, now=NOW)


def texts(meeting):
    return [row.text for row in meeting.entries.order_by("position", "pk")]


class Writers(TestCase):
    @settings(max_examples=RUNS, deadline=None)
    @given(st.integers(2, 5), st.integers(0, 2**32), st.lists(st.integers(0, 2**16), max_size=40))
    def test_every_word_put_in_and_not_taken_out_is_there_once_for_everyone(
        self, number, seed, acts
    ):
        meeting = make_meeting()
        chance = Random(seed)  # noqa: S311 -- a writer's whims, nothing secret
        pages = [Page(meeting, letter, chance) for letter in "abcde"[:number]]
        for act in acts:
            page = pages[act % number]
            if act // number % 3:
                page.act()
            else:
                page.talk(request_lost=act % 7 == 0, answer_lost=act % 5 == 0)
        for _round in range(2):
            for page in pages:
                page.settle()
        found = [word for text in texts(meeting) for word in text.split()]
        put_in = set().union(*(page.put_in for page in pages))
        taken_out = set().union(*(page.taken_out for page in pages))
        assert sorted(found) == sorted(put_in - taken_out)
        for page in pages:
            page.hear()
        shown = [{key: row.text for key, row in page.fields.items() if row.text} for page in pages]
        assert all(other == shown[0] for other in shown)


@pytest.mark.django_db
class TestOneChange:
    def test_an_entry_is_written(self):
        meeting = make_meeting()
        number, touched = send(meeting, change(text="Der Rat tagt."))
        assert (number, touched) == (1, ["aaaaaaaa"])
        meeting.refresh_from_db()
        assert meeting.change_number == 1
        assert meeting.edition.status == "DRAFT"
        assert texts(meeting) == ["Der Rat tagt."]

    def test_sent_twice_it_counts_once(self):
        meeting, key = make_meeting(), uuid4()
        for _turn in range(2):
            send(meeting, change(text="einmal", key=key))
        assert texts(meeting) == ["einmal"]
        assert WriteOperation.objects.count() == 1

    def test_both_writers_words_stay(self):
        meeting = make_meeting()
        send(meeting, change(text="eins zwei"))
        send(meeting, change(base="eins zwei", text="eins zwei drei"))
        send(meeting, change(base="eins zwei", text="null eins zwei"))
        assert texts(meeting) == ["null eins zwei drei"]

    def test_taken_out_while_somebody_writes_only_the_new_words_stay(self):
        meeting = make_meeting()
        send(meeting, change(text="alter Satz"))
        send(meeting, change(base="alter Satz", text=""))
        assert texts(meeting) == [""]
        send(meeting, change(base="alter Satz", text="alter Satz mit Nachtrag"))
        assert texts(meeting)[0].split() == ["mit", "Nachtrag"]

    def test_script_stays_text(self):
        meeting = make_meeting()
        send(meeting, change(text="<script>alert(1)</script>"))
        assert texts(meeting) == ["<script>alert(1)</script>"]

    def test_what_it_is_and_who_said_it(self):
        meeting = make_meeting()
        item = add_agenda_item(meeting=meeting, title="Saal", number="1", kind="REPORT", actor=None)
        person = attend(meeting)
        fields = {
            "kind": "QUESTION",
            "item": item.public_id,
            "speaker": person.full_name(),
            "internal": True,
        }
        send(meeting, change(text="Wann?", fields=fields))
        entry = meeting.entries.get()
        assert (entry.kind, entry.agenda_item, entry.speaker) == ("QUESTION", item, person)
        assert entry.is_internal
        send(meeting, change(base="Wann?", text="Wann?", fields={"item": "", "speaker": "Gast"}))
        entry.refresh_from_db()
        assert (entry.agenda_item, entry.speaker, entry.speaker_words) == (None, None, "Gast")
        assert entry.kind == "QUESTION"

    def test_nothing_to_say_asks_for_the_number_only(self):
        meeting = make_meeting()
        assert send(meeting) == (0, [])
        meeting.refresh_from_db()
        assert meeting.edition is None


@pytest.mark.django_db
class TestOrder:
    def test_a_new_entry_stands_behind_the_one_it_follows(self):
        meeting = make_meeting()
        send(meeting, change("aaaaaaaa", text="eins"), change("cccccccc", text="drei"))
        send(meeting, change("bbbbbbbb", text="zwei", after="aaaaaaaa"))
        assert texts(meeting) == ["eins", "zwei", "drei"]

    def test_an_unknown_place_is_the_end(self):
        meeting = make_meeting()
        send(meeting, change("aaaaaaaa", text="eins"))
        send(meeting, change("bbbbbbbb", text="zwei", after="zzzzzzzz"))
        assert texts(meeting) == ["eins", "zwei"]

    def test_where_room_runs_out_the_order_stays(self):
        meeting = make_meeting()
        for place, key in enumerate(("aaaaaaaa", "bbbbbbbb"), start=1):
            MinutesEntry.objects.create(
                meeting=meeting, public_id=key, kind="NOTE", text=key[0], position=place
            )
        for key in ("cccccccc", "dddddddd", "eeeeeeee"):
            send(meeting, change(key, text=key[0], after="aaaaaaaa"))
        assert texts(meeting) == ["a", "e", "d", "c", "b"]


@pytest.mark.django_db
class TestRefusals:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"entry": "kurz"},
            {"entry": "<script>"},
            {"text": "nul\x00"},
            {"fields": {"kind": "UNFUG"}},
            {"fields": {"meeting": 7}},
        ],
    )
    def test_what_no_page_sends_changes_nothing(self, wrong):
        meeting = make_meeting()
        with pytest.raises(syncing.ChangeNotUnderstoodError):
            send(meeting, change("bbbbbbbb", text="gut"), change(**{"text": "x", **wrong}))
        assert texts(meeting) == []

    def test_another_meetings_entry_is_not_touched(self):
        send(make_meeting("eine"), change(text="eins"))
        with pytest.raises(syncing.ChangeNotUnderstoodError):
            send(make_meeting("andere"), change(base="eins", text="gekapert"))
        assert MinutesEntry.objects.get().text == "eins"

    def test_too_much_at_once(self):
        meeting = make_meeting()
        with pytest.raises(syncing.TooMuchTextError):
            send(meeting, change(text="x" * 20_001))
        with pytest.raises(syncing.ChangeNotUnderstoodError):
            send(meeting, *(change(text="x") for _number in range(201)))

    def test_two_halves_do_not_make_too_much(self):
        meeting = make_meeting()
        send(meeting, change(text="a " * 9_000))
        with pytest.raises(syncing.TooMuchTextError):
            send(meeting, change(text="b " * 9_000))

    def test_approved_minutes_are_frozen(self):
        meeting = make_meeting()
        send(meeting, change(text="eins"))
        approved(meeting)
        with pytest.raises(FrozenError):
            send(meeting, change(base="eins", text="zwei"))

    def test_keys_are_forgotten_after_a_month(self, time_machine):
        send(make_meeting(), change(text="eins", key=UUID(int=1)))
        assert syncing.forget_operations(now=NOW) == 0
        assert syncing.forget_operations(now=NOW.replace(month=12, day=24)) == 1
