"""The way of minutes from draft to frozen, published, corrected (S10)."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from buendnisnetz.meetings.domain.editions import states
from buendnisnetz.meetings.domain.editions.content import content_of, parts_of
from buendnisnetz.meetings.domain.editions.guard import FrozenError
from buendnisnetz.meetings.domain.editions.text import text_of
from buendnisnetz.meetings.domain.meetings import add_agenda_item
from buendnisnetz.meetings.enums import ApprovedHow, EntryKind
from buendnisnetz.meetings.models import Edition, Meeting, PublicMinutes
from tests.factories.meetings import (
    HELD_ON,
    NOW,
    approved,
    attend,
    draft,
    make_meeting,
    published,
    say,
)
from tests.mailbox import waiting_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(db):
    row = make_meeting()
    say(row, "Der Saal wird gestrichen.", EntryKind.DECISION)
    return row


def correct(meeting, reason="Zahl berichtigt"):
    return states.begin_correction(meeting=meeting, reason=reason, actor=None, now=NOW)


class TestDraft:
    def test_the_first_edition_is_the_meetings_newest(self, meeting):
        edition = draft(meeting)
        meeting.refresh_from_db()
        assert (meeting.edition, edition.number, edition.status) == (edition, 1, "DRAFT")

    def test_there_is_one_at_a_time(self, meeting):
        with pytest.raises(states.EditionOpenError):
            states.begin_edition(meeting=meeting, actor=None, now=NOW)
        assert states.writable_edition(meeting=meeting, actor=None, now=NOW).number == 1

    def test_it_goes_round_and_comes_back(self, meeting):
        edition = draft(meeting)
        until = date(2026, 12, 1)
        shown = states.start_consultation(edition=edition, until=until, actor=None)
        assert (shown.status, shown.consulted_until) == ("CONSULTATION", until)
        assert states.end_consultation(edition=shown, actor=None).status == "DRAFT"
        with pytest.raises(states.EditionStateError):
            states.end_consultation(edition=edition, actor=None)


class TestApproval:
    def test_it_freezes_content_text_and_checksum(self, meeting):
        edition = approved(meeting)
        content = content_of(parts_of(meeting))
        assert edition.status == "APPROVED"
        assert edition.content == content
        assert edition.text == text_of(content)
        assert edition.text_sha256 == hashlib.sha256(edition.text.encode()).hexdigest()
        assert edition.approved_how == ApprovedHow.RECORDED
        assert waiting_jobs("print_edition") == [
            ("meetings.print_edition", {"edition": edition.pk})
        ]

    @pytest.mark.parametrize(
        "change",
        [
            {"text": "anders"},
            {"text_sha256": "0" * 64},
            {"content": {"format": 1}},
            {"approved_on": date(2026, 11, 21)},
            {"number": 7},
            {"status": "DRAFT"},
        ],
    )
    def test_the_database_keeps_it_frozen(self, meeting, change):
        edition = approved(meeting)
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(**change)

    def test_nothing_is_approved_before_it_was_held(self, meeting):
        with pytest.raises(states.BeforeMeetingError):
            approved(meeting, approved_on=HELD_ON - timedelta(days=1))
        assert meeting.editions.get().status == "DRAFT"

    def test_frozen_minutes_are_not_written_on(self, meeting):
        approved(meeting)
        with pytest.raises(FrozenError):
            states.writable_edition(meeting=meeting, actor=None, now=NOW)
        with pytest.raises(FrozenError):
            states.begin_edition(meeting=meeting, actor=None, now=NOW)

    def test_nobody_approves_twice(self, meeting):
        edition = approved(meeting)
        with pytest.raises(states.EditionStateError):
            approved(meeting, edition=edition)


class TestCorrection:
    def test_it_is_an_edition_of_its_own_with_a_reason(self, meeting):
        first = approved(meeting)
        second = correct(meeting)
        meeting.refresh_from_db()
        assert (meeting.edition, second.number, second.reason) == (second, 2, "Zahl berichtigt")
        say(meeting, "Die Farbe ist blau.")
        second = approved(meeting, edition=second)
        first.refresh_from_db()
        assert (first.status, second.status) == ("REPLACED", "APPROVED")
        assert first.text != second.text
        assert "blau" not in first.text

    def test_without_a_reason_the_database_refuses(self, meeting):
        approved(meeting)
        with pytest.raises(IntegrityError), transaction.atomic():
            correct(meeting, reason="  ")

    def test_a_draft_is_not_corrected(self, meeting):
        draft(meeting)
        with pytest.raises(states.EditionOpenError):
            correct(meeting)
        with pytest.raises(states.EditionOpenError):
            correct(make_meeting("ohne Protokoll"))

    def test_it_can_be_taken_back_while_nothing_changed(self, meeting):
        first = approved(meeting)
        second = correct(meeting)
        states.drop_correction(edition=second, actor=None)
        meeting.refresh_from_db()
        assert meeting.edition == first
        assert meeting.editions.count() == 1

    def test_once_something_changed_it_stays(self, meeting):
        approved(meeting)
        second = correct(meeting)
        say(meeting, "Nachtrag")
        with pytest.raises(states.EditionStateError):
            states.drop_correction(edition=second, actor=None)

    def test_the_first_edition_is_no_correction(self, meeting):
        with pytest.raises(states.EditionStateError):
            states.drop_correction(edition=draft(meeting), actor=None)


class TestPublication:
    def test_only_what_is_approved_is_published(self, meeting):
        with pytest.raises(states.EditionStateError):
            states.publish(edition=draft(meeting), actor=None, now=NOW)
        assert not Meeting.objects.get().is_published

    def test_the_public_reads_one_version_until_the_next_is_published(self, meeting):
        first = published(meeting)
        second = correct(meeting)
        say(meeting, "Nachtrag")
        second = approved(meeting, edition=second)
        assert PublicMinutes.objects.get().edition == first
        states.publish(edition=second, actor=None, now=NOW)
        first.refresh_from_db()
        assert first.status == "REPLACED"
        assert PublicMinutes.objects.get().edition == second
        assert [row["text"] for row in PublicMinutes.objects.get().content["entries"]][1:] == [
            "Nachtrag"
        ]

    def test_it_can_be_taken_back(self, meeting):
        edition = states.withdraw(edition=published(meeting), actor=None, now=NOW)
        assert (edition.status, edition.published_at) == ("APPROVED", None)
        assert not Meeting.objects.get().is_published
        assert not PublicMinutes.objects.exists()

    def test_taken_back_beside_an_approved_correction_it_is_replaced(self, meeting):
        first = published(meeting)
        approved(meeting, edition=correct(meeting))
        assert states.withdraw(edition=first, actor=None, now=NOW).status == "REPLACED"


def test_the_text_is_the_whole_minutes(meeting):
    item = add_agenda_item(meeting=meeting, title="Saal", number="1", kind="DECISION", actor=None)
    person = attend(meeting, is_chair=True, organisation_words="Bauhof")
    say(meeting, "Die Farbe wird geholt.", EntryKind.TASK, agenda_item=item, due_words="bald")
    lines = approved(meeting).text.splitlines()
    assert lines[:4] == ["Herbstrunde", "Tag: 10.11.2026", "Ort: Musterstadt", "Art: sonstige"]
    assert f"{person.full_name()}, Vorsitz, Bauhof, Leitung" in lines
    assert "Beschluss: Der Saal wird gestrichen." in lines
    assert "Aufgabe: Die Farbe wird geholt. (bis: bald)" in lines
    assert lines.index("1 Saal", lines.index("Tagesordnung:") + 2) > 0
