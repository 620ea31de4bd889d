"""Attachments of minutes: numbers, files and what was before (S07, S51)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.files.models import StoredFile
from buendnisnetz.files.store import EmptyFileError
from buendnisnetz.meetings.domain import attachments as domain
from buendnisnetz.meetings.domain.editions.guard import FrozenError
from buendnisnetz.meetings.domain.meetings import add_agenda_item
from buendnisnetz.meetings.domain.queries import attachments as queries
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import Attachment, EarlierFile
from buendnisnetz.network.domain.saving import RuleBrokenError
from tests.factories.attachments import attach, upload
from tests.factories.meetings import NOW, approved, make_meeting, say
from tests.factories.network import make_user

pytestmark = pytest.mark.django_db


def edit(row, **facts):
    version, given = facts.pop("version", row.version), facts.pop("upload", None)
    facts = {"title": row.title, **facts}
    return domain.edit_attachment(
        attachment=row, version=version, upload=given, actor=None, now=NOW, **facts
    )


def numbers(meeting):
    return list(meeting.attachments.order_by("number").values_list("number", "title"))


class TestAdding:
    def test_numbers_go_on(self):
        meeting, other = make_meeting(), make_meeting()
        attach(meeting, "Folien")
        attach(other, "Anderswo")
        attach(meeting, "Zahlen")
        assert numbers(meeting) == [(1, "Folien"), (2, "Zahlen")]
        assert numbers(other) == [(1, "Anderswo")]

    def test_who_added_it_stands_in_its_history(self):
        user = make_user()
        row = domain.add_attachment(
            meeting=make_meeting(), upload=None, actor=user, now=NOW, title="Folien"
        )
        assert (history_of(row)[0].actor, history_of(row)[0].action) == (
            user.display_name, "Anlage hinzugefügt",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({}, "NO"),
            ({"text_alternative": "Folie 1: Zahlen"}, "UNKNOWN"),
            ({"text_alternative": "  "}, "NO"),
            ({"accessible": "YES"}, "YES"),
            ({"file": None}, "UNKNOWN"),
        ],
    )
    def test_what_nobody_checked_is_not_accessible(self, facts, expected):
        assert attach(make_meeting(), **facts).accessible == expected

    def test_a_file_that_is_refused_leaves_nothing(self):
        meeting = make_meeting()
        with pytest.raises(EmptyFileError):
            attach(meeting, file=upload(b""))
        assert not Attachment.every.exists()

    def test_nothing_is_added_to_approved_minutes(self):
        meeting = make_meeting()
        approved(meeting)
        with pytest.raises(FrozenError):
            attach(meeting)
        assert not StoredFile.objects.filter(name="zahlen.txt").exists()

    def test_open_to_all_and_internal_exclude_each_other(self):
        with pytest.raises(RuleBrokenError) as caught:
            attach(make_meeting(), is_internal=True, is_file_public=True)
        assert "kann nicht jeder abrufen" in str(caught.value)


class TestEditing:
    def test_it_is_described_anew(self):
        row = attach(make_meeting())
        changed = edit(row, title="Zahlen 2026", licence="CC BY 4.0", author="Statistikstelle")
        changed.refresh_from_db()
        assert (changed.title, changed.licence, changed.author, changed.version) == (
            "Zahlen 2026", "CC BY 4.0", "Statistikstelle", 2,
        )  # fmt: skip
        assert not EarlierFile.objects.exists()

    def test_a_replaced_file_is_kept(self):
        row = attach(make_meeting())
        before = row.file
        changed = edit(row, upload=upload(b"neu", "neu.txt"))
        use = EarlierFile.objects.get()
        assert (use.attachment, use.file, use.replaced_at) == (row, before, NOW)
        assert changed.file.name == "neu.txt"
        assert domain.file_with(changed, before.sha256) == before
        assert domain.file_with(changed, changed.file.sha256) == changed.file
        assert domain.file_with(changed, "0" * 64) is None

    def test_a_file_that_was_missing_replaces_nothing(self):
        row = attach(make_meeting(), file=None)
        assert edit(row, upload=upload()).file.name == "zahlen.txt"
        assert not EarlierFile.objects.exists()

    def test_the_second_of_two_is_told(self):
        row = attach(make_meeting())
        edit(row, title="Erste")
        with pytest.raises(EditConflictError) as caught:
            edit(row, title="Zweite", version=1)
        (difference,) = caught.value.differences
        assert (difference.stored, difference.typed) == ("Erste", "Zweite")

    def test_approved_minutes_stay(self):
        meeting = make_meeting()
        row = attach(meeting)
        approved(meeting)
        calls = (
            lambda: edit(row, title="Anders"),
            lambda: domain.move_attachment(attachment=row, up=True, actor=None),
            lambda: domain.remove_attachment(attachment=row, actor=None, now=NOW),
            lambda: domain.restore_attachment(attachment=row, actor=None),
        )
        for call in calls:
            with pytest.raises(FrozenError):
                call()
        row.refresh_from_db()
        assert (row.title, row.removed_at) == ("Zahlen", None)


class TestMoving:
    def test_two_change_places(self):
        meeting = make_meeting()
        for title in ("A", "B", "C"):
            row = attach(meeting, title)
        domain.move_attachment(attachment=row, up=True, actor=None)
        assert numbers(meeting) == [(1, "A"), (2, "C"), (3, "B")]
        domain.move_attachment(attachment=row, up=False, actor=None)
        assert numbers(meeting) == [(1, "A"), (2, "B"), (3, "C")]

    @pytest.mark.parametrize("up", [True, False])
    def test_at_the_end_there_is_no_neighbour(self, up):
        row = attach(make_meeting())
        with pytest.raises(domain.NoNeighbourError):
            domain.move_attachment(attachment=row, up=up, actor=None)

    def test_the_removed_do_not_move(self):
        meeting = make_meeting()
        attach(meeting, "A")
        row = domain.remove_attachment(attachment=attach(meeting, "B"), actor=None, now=NOW)
        with pytest.raises(domain.NoNeighbourError):
            domain.move_attachment(attachment=row, up=True, actor=None)

    def test_the_database_keeps_numbers_apart(self):
        meeting = make_meeting()
        attach(meeting, "A")
        row = attach(meeting, "B")
        Attachment.objects.filter(pk=row.pk).update(number=1)
        with connection.cursor() as cursor, pytest.raises(IntegrityError):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class TestRemoving:
    def test_the_others_keep_their_numbers(self):
        meeting = make_meeting()
        row = attach(meeting, "A")
        attach(meeting, "B")
        domain.remove_attachment(attachment=row, actor=None, now=NOW)
        assert numbers(meeting) == [(2, "B")]

    def test_removing_twice_changes_nothing(self):
        row = attach(make_meeting())
        domain.remove_attachment(attachment=row, actor=None, now=NOW)
        again = domain.remove_attachment(attachment=row, actor=None, now=NOW + timedelta(days=1))
        assert again.removed_at == NOW

    def test_it_comes_back_under_its_number(self):
        meeting = make_meeting()
        row = attach(meeting, "A")
        attach(meeting, "B")
        domain.remove_attachment(attachment=row, actor=None, now=NOW)
        domain.restore_attachment(attachment=row, actor=None)
        assert numbers(meeting) == [(1, "A"), (2, "B")]

    def test_it_comes_last_if_the_number_is_taken(self):
        meeting = make_meeting()
        row = attach(meeting, "A")
        domain.remove_attachment(attachment=row, actor=None, now=NOW)
        attach(meeting, "B")
        domain.restore_attachment(attachment=row, actor=None)
        assert numbers(meeting) == [(1, "B"), (2, "A")]

    def test_only_what_was_removed_comes_back(self):
        with pytest.raises(domain.NotRemovedError):
            domain.restore_attachment(attachment=attach(make_meeting()), actor=None)


class TestCheck:
    def check(self, meeting):
        return queries.check_of(meeting)

    def test_both_ways(self):
        """Five in the list, four cited by number, the fifth by its title only, a sixth is missing."""
        meeting = make_meeting()
        for title in ("Zahlen", "Folien", "Karte", "Plan", "Einladung zur Arbeitsmarktkonferenz"):
            attach(meeting, title)
        entry = say(meeting, "Zu sehen in Anlagen 1 bis 3 und in Anhang 4, siehe auch Anhang 6.")
        say(meeting, "Die Einladung zur Arbeitsmarktkonferenz wurde verteilt.", EntryKind.TASK)
        check = self.check(meeting)
        assert check.missing == {6: [entry.public_id]}
        assert list(check.uncited) == []
        assert [row.number for row in check.by_title] == [5]
        assert bool(check)

    def test_what_nobody_names(self):
        meeting = make_meeting()
        attach(meeting, "Folien")
        check = self.check(meeting)
        assert [row.title for row in check.uncited] == ["Folien"]

    def test_titles_of_the_agenda_cite_too(self):
        meeting = make_meeting()
        attach(meeting, "Folien")
        add_agenda_item(
            meeting=meeting, actor=None, number="1", title="Bericht (Anlage 1)", kind="REPORT"
        )
        assert not self.check(meeting)

    def test_the_removed_count_as_missing(self):
        meeting = make_meeting()
        row = attach(meeting, "Folien")
        say(meeting, "Siehe Anlage 1.")
        assert not self.check(meeting)
        domain.remove_attachment(attachment=row, actor=None, now=NOW)
        assert list(self.check(meeting).missing) == [1]


class TestPublicFile:
    def content(self, row, **facts):
        values = {"id": row.public_id, "file_public": True, "sha256": row.file.sha256}
        return {"attachments": [{**values, **facts}]}

    def test_the_file_that_was_published(self):
        row = attach(make_meeting())
        before = row.file
        content = self.content(row)
        changed = edit(row, upload=upload(b"neu"))
        assert domain.public_file(content, changed) == before

    @pytest.mark.parametrize("facts", [{"file_public": False}, {"sha256": None}, {"id": "anders"}])
    def test_nothing_else(self, facts):
        row = attach(make_meeting())
        assert domain.public_file(self.content(row, **facts), row) is None

    def test_minutes_frozen_before_the_word_existed_open_nothing(self):
        row = attach(make_meeting())
        content = {"attachments": [{"id": row.public_id, "sha256": row.file.sha256}]}
        assert domain.public_file(content, row) is None
