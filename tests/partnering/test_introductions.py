"""Two sides are put in touch only when both want it (S114)."""

from datetime import timedelta

import pytest

from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.core.links import LinkClosedError
from buendnisnetz.notifications.models import Message
from buendnisnetz.partnering.domain import introductions, letters
from buendnisnetz.partnering.domain.letters import Letter
from buendnisnetz.partnering.enums import IntroductionStatus, LetterKind, SideAnswer
from buendnisnetz.partnering.models import Introduction, IntroductionSide
from buendnisnetz.tasks.domain.lifecycle import change_status
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.tasks.models import Task
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.partnering import (
    LETTER,
    NOW,
    TODAY,
    make_contact,
    make_introduction,
    make_office,
)

pytestmark = pytest.mark.django_db
YES, NO = SideAnswer.AGREED, SideAnswer.DECLINED


@pytest.fixture
def sides():
    return (
        make_contact(make_organisation("Kammer Muster"), "eins@post.example", phone="0361 11"),
        make_contact(make_organisation("Betrieb Muster"), "zwei@post.example", phone="0361 22"),
    )


def mails_to(address: str) -> list[Message]:
    return list(Message.objects.filter(recipient=address).order_by("pk"))


def token_to(address: str) -> str:
    asking = [mail for mail in mails_to(address) if "/antwort/" in mail.text]
    return asking[-1].text.split("/antwort/")[1].split("/")[0]


def answer(address: str, given: SideAnswer, words: str = "", now=NOW) -> Introduction:
    return introductions.answer_introduction(
        token=token_to(address), answer=given, words=words, now=now
    )


class TestAsking:
    def test_both_get_one_letter_with_a_link_of_their_own(self, sides):
        make_introduction(*sides, letter=Letter("Betreff", "Der Brief."))
        first, second = mails_to("eins@post.example"), mails_to("zwei@post.example")
        assert [len(first), len(second)] == [1, 1]
        assert first[0].subject == second[0].subject == "Betreff"
        assert "Der Brief." in first[0].text
        assert token_to("eins@post.example") != token_to("zwei@post.example")
        assert "07.12.2026" in first[0].text

    def test_no_side_learns_how_to_reach_the_other(self, sides):
        make_introduction(*sides)
        (first,), (second,) = mails_to("eins@post.example"), mails_to("zwei@post.example")
        assert "zwei@post.example" not in first.text
        assert "0361 22" not in first.text
        assert "eins@post.example" not in second.text

    def test_each_is_told_where_its_address_comes_from(self, sides):
        make_introduction(*sides)
        (mail,) = mails_to("eins@post.example")
        assert "Ansprechstelle, Kammer Muster" in mail.text
        assert "Verzeichnis der Bündnisse" in mail.text

    def test_what_was_sent_is_kept(self, sides):
        row = make_introduction(*sides, reason=" Beide suchen Räume. ")
        assert (row.first_post, row.second_post, row.reason) == (*sides, "Beide suchen Räume.")
        assert (row.subject, row.text, row.status) == (*LETTER, IntroductionStatus.SENT)
        assert (row.sent_on, row.reply_by) == (TODAY, TODAY + timedelta(days=14))

    def test_waiting_is_a_task_of_whoever_asked(self, sides):
        alliance = make_alliance()
        coordination = make_contact(alliance)
        row = make_introduction(*sides, alliance=alliance)
        assert (row.task.holder, row.task.alliance, row.task.due_on) == (
            coordination, alliance, row.reply_by,
        )  # fmt: skip
        assert "Kammer Muster" in row.task.title

    def test_the_offices_task_names_nobody(self, sides):
        office = make_office()
        row = make_introduction(*sides)
        assert (row.task.holder, row.task.alliance) == (office, None)
        assert "Muster" not in row.task.title
        assert row.public_id in row.task.title

    def test_a_post_without_an_address_is_reached_through_its_holder(self, sides):
        post = make_post(make_organisation())
        make_term(post, make_person(email="person@privat.example"))
        make_introduction(sides[0], post)
        assert len(mails_to("person@privat.example")) == 1

    def test_a_holder_without_an_own_address_through_the_account(self, sides):
        post = make_post(make_organisation())
        make_term(post, make_person(user=make_user(email="konto@post.example")))
        make_introduction(sides[0], post)
        assert len(mails_to("konto@post.example")) == 1

    @pytest.mark.parametrize("held", [True, False])
    def test_who_cannot_be_written_to_cannot_be_asked(self, sides, held):
        post = make_post(make_organisation("Ohne Adresse"))
        if held:
            make_term(post)
        with pytest.raises(introductions.NoAddressError, match="Ohne Adresse"):
            make_introduction(sides[0], post)
        assert not Message.objects.exists()

    @pytest.mark.parametrize("contact", ["zwei@post.example", "ZWEI@Post.example", "0361 11"])
    def test_contacts_must_not_stand_in_the_letter(self, sides, contact):
        with pytest.raises(introductions.ContactInTextError):
            make_introduction(*sides, letter=Letter("Betreff", f"Rufen Sie an: {contact}"))

    def test_nobody_is_introduced_to_itself(self, sides):
        with pytest.raises(introductions.SamePostError):
            make_introduction(sides[0], sides[0])

    def test_two_are_asked_once_at_a_time_in_either_order(self, sides):
        make_introduction(*sides)
        with pytest.raises(introductions.AskedAlreadyError, match=r"23\.11\.2026"):
            make_introduction(sides[1], sides[0])

    def test_afterwards_they_may_be_asked_again(self, sides):
        make_introduction(*sides)
        answer("eins@post.example", NO)
        assert make_introduction(*sides).status == IntroductionStatus.SENT


class TestAnswers:
    def test_one_yes_is_half_the_way(self, sides):
        make_introduction(*sides)
        assert answer("eins@post.example", YES).status == IntroductionStatus.ONE_AGREED
        assert len(mails_to("zwei@post.example")) == 1

    def test_two_yes_give_each_the_contact_of_the_other(self, sides):
        make_introduction(*sides, reason="Beide suchen Räume.")
        answer("eins@post.example", YES, "Am besten vormittags.")
        row = answer("zwei@post.example", YES)
        assert (row.status, row.closed_on) == (IntroductionStatus.AGREED, TODAY)
        first, second = mails_to("eins@post.example")[-1], mails_to("zwei@post.example")[-1]
        for words in ("zwei@post.example", "0361 22", "Betrieb Muster", "Beide suchen Räume."):
            assert words in first.text
        for words in ("eins@post.example", "0361 11", "Am besten vormittags."):
            assert words in second.text
        assert (first.reply_to, second.reply_to) == ("zwei@post.example", "eins@post.example")

    def test_before_that_no_mail_leads_to_the_other(self, sides):
        make_introduction(*sides)
        answer("eins@post.example", YES)
        assert set(Message.objects.values_list("reply_to", flat=True)) == {""}

    def test_the_task_is_done_with_the_answer(self, sides):
        row = make_introduction(*sides)
        answer("eins@post.example", YES)
        answer("zwei@post.example", YES)
        task = Task.objects.get(pk=row.task.pk)
        assert (task.status, task.result) == (TaskStatus.DONE, "beide einverstanden")

    def test_a_task_that_somebody_closed_is_left_alone(self, sides):
        row = make_introduction(*sides)
        change_status(task=row.task, status=TaskStatus.DROPPED, text="Egal.", actor=None, now=NOW)
        answer("eins@post.example", NO)
        assert Task.objects.get(pk=row.task.pk).result == "Egal."

    @pytest.mark.parametrize("agreed_first", [True, False])
    def test_one_no_ends_it_without_contacts(self, sides, agreed_first):
        make_introduction(*sides)
        if agreed_first:
            answer("eins@post.example", YES)
        row = answer("zwei@post.example", NO, "Keine Zeit.")
        assert row.status == IntroductionStatus.DECLINED
        told = mails_to("eins@post.example")[1:]
        assert [mail.subject for mail in told] == (["Diesmal kein Kontakt"] if agreed_first else [])
        assert all("Keine Zeit" not in mail.text and "zwei@post" not in mail.text for mail in told)

    def test_a_no_closes_the_other_link(self, sides):
        make_introduction(*sides)
        answer("zwei@post.example", NO)
        with pytest.raises(introductions.IntroductionStateError, match="abgelehnt"):
            answer("eins@post.example", YES)

    def test_a_link_answers_once(self, sides):
        make_introduction(*sides)
        answer("eins@post.example", YES)
        with pytest.raises(LinkClosedError):
            answer("eins@post.example", NO)

    def test_a_link_of_another_kind_opens_nothing(self, sides):
        make_introduction(*sides)
        with pytest.raises(LinkClosedError):
            introductions.side_behind(token="x" + token_to("eins@post.example"), now=NOW)


class TestSilence:
    LATE = NOW + timedelta(days=14)

    def remind(self, now=LATE) -> list[str]:
        rows = [
            introductions.remind_or_expire(side=side.pk, now=now)
            for side in introductions.unanswered_sides(now)
        ]
        return [row.status for row in rows if row]

    def test_each_silent_side_is_reminded_once_with_a_new_link(self, sides):
        make_introduction(*sides)
        old = token_to("eins@post.example")
        assert self.remind() == [IntroductionStatus.SENT] * 2
        mail = mails_to("eins@post.example")[-1]
        assert mail.subject.startswith("Erinnerung: ")
        with pytest.raises(LinkClosedError):
            introductions.side_behind(token=old, now=self.LATE)
        assert (
            answer("eins@post.example", YES, now=self.LATE).status == IntroductionStatus.ONE_AGREED
        )

    def test_who_answered_is_left_alone(self, sides):
        make_introduction(*sides)
        answer("eins@post.example", YES)
        self.remind()
        assert [len(mails_to("eins@post.example")), len(mails_to("zwei@post.example"))] == [1, 2]

    def test_after_the_reminder_it_ends(self, sides):
        row = make_introduction(*sides)
        answer("eins@post.example", YES)
        self.remind()
        assert self.remind(self.LATE + timedelta(days=14)) == [IntroductionStatus.EXPIRED]
        row.refresh_from_db()
        assert (row.status, row.closed_on) == (
            IntroductionStatus.EXPIRED,
            TODAY + timedelta(days=28),
        )
        assert mails_to("eins@post.example")[-1].subject == "Diesmal kein Kontakt"

    def test_within_the_time_nobody_is_reminded(self, sides):
        make_introduction(*sides)
        assert self.remind(NOW + timedelta(days=13)) == []

    def test_the_new_day_stands_at_the_introduction(self, sides):
        row = make_introduction(*sides)
        self.remind()
        row.refresh_from_db()
        assert row.reply_by == TODAY + timedelta(days=28)

    def test_a_side_that_is_not_late_is_none(self, sides):
        row = make_introduction(*sides)
        assert introductions.remind_or_expire(side=row.sides.first().pk, now=NOW) is None

    def test_of_two_late_sides_the_second_finds_it_closed(self, sides):
        make_introduction(*sides)
        self.remind()
        late = self.LATE + timedelta(days=14)
        first, second = introductions.unanswered_sides(late)
        assert introductions.remind_or_expire(side=first.pk, now=late).status == "EXPIRED"
        assert introductions.remind_or_expire(side=second.pk, now=late) is None


class TestSteering:
    def test_taken_back_both_links_close_and_nobody_gets_a_mail(self, sides):
        row = make_introduction(*sides)
        introductions.withdraw_introduction(introduction=row, actor=None, now=NOW)
        assert Message.objects.count() == 2
        with pytest.raises(introductions.IntroductionStateError, match="zurückgenommen"):
            answer("eins@post.example", YES)

    def test_what_is_closed_cannot_be_taken_back(self, sides):
        row = make_introduction(*sides)
        answer("eins@post.example", NO)
        with pytest.raises(introductions.IntroductionStateError):
            introductions.withdraw_introduction(introduction=row, actor=None, now=NOW)

    def test_a_result_is_written_down_afterwards(self, sides):
        row = make_introduction(*sides)
        with pytest.raises(introductions.IntroductionStateError):
            introductions.note_result(introduction=row, result="Zu früh.", actor=None)
        answer("eins@post.example", NO)
        noted = introductions.note_result(introduction=row, result=" Später. ", actor=None)
        assert noted.result == "Später."


class TestLetters:
    def test_built_in_words_have_all_places(self):
        for kind in LetterKind:
            words = " ".join(letters.letter(kind))
            assert all(f"{{{name}}}" in words for name in letters.PLACEHOLDERS[kind])

    def test_places_are_filled_and_other_braces_stay(self):
        words = letters.filled(
            Letter("Für {first}\nzwei", "{first} und {second}, {was} ist {reason}"),
            {"first": "A", "second": "{first}", "reason": "gut"},
        )
        assert words == Letter("Für A zwei", "A und {first}, {was} ist gut")

    def test_own_words_win(self):
        letters.save_letter(
            kind=LetterKind.INTRODUCTION, subject="Neu", text="{first} {second} {reason}", version=0,
            actor=None,
        )  # fmt: skip
        assert letters.letter(LetterKind.INTRODUCTION).subject == "Neu"
        assert letters.letter(LetterKind.FIRST_CONTACT) == letters.built_in(
            LetterKind.FIRST_CONTACT
        )

    def test_a_place_must_not_be_lost(self):
        with pytest.raises(letters.MissingPlaceError, match=r"\{second\}, \{reason\}"):
            letters.save_letter(
                kind=LetterKind.INTRODUCTION, subject="{first}", text="Hallo", version=0, actor=None
            )

    def test_the_second_of_two_is_told(self):
        values = {"kind": LetterKind.INTRODUCTION, "subject": "A", "actor": None}
        letters.save_letter(text="{first} {second} {reason}", version=0, **values)
        letters.save_letter(text="{first} {second} {reason}!", version=1, **values)
        with pytest.raises(EditConflictError):
            letters.save_letter(text="{first} {second} {reason}?", version=1, **values)


def test_an_answer_has_its_words_and_its_day(sides):
    make_introduction(*sides)
    answer("eins@post.example", YES, " Gern. ")
    side = IntroductionSide.objects.get(post=sides[0])
    assert (side.answer, side.words, side.answered_at) == (YES, "Gern.", NOW)
