"""Whatever is called in whatever order: no illegal state, a history without gaps, never too much booked."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import event, given
from hypothesis import strategies as st

from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.models import Membership
from buendnisnetz.notifications.models import Message
from buendnisnetz.partnering.domain import bookings, introductions, prospects
from buendnisnetz.partnering.domain.bookings import fullest
from buendnisnetz.partnering.domain.prospect_values import Joining
from buendnisnetz.partnering.enums import (
    INTRODUCTION_TRANSITIONS,
    OPEN_INTRODUCTIONS,
    STAGE_TRANSITIONS,
    IntroductionStatus,
    SideAnswer,
    Stage,
)
from buendnisnetz.partnering.models import Booking, Introduction, Prospect
from tests.factories.network import make_alliance, make_organisation
from tests.factories.partnering import (
    LETTER,
    NOW,
    TODAY,
    make_contact,
    make_introduction,
    make_prospect,
    make_resource,
    make_wish,
)
from tests.undone import undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
START = date(2026, 12, 1)


class TestPipeline:
    # Every second call goes to one of the stages that may come next, so that cases get far.
    call = st.tuples(
        st.integers(0, len(Stage)) | st.sampled_from([*Stage, None]),
        st.sampled_from([True, True, False]), st.integers(0, 40), st.integers(0, 60),
    )  # fmt: skip

    @pytest.fixture
    def base(self) -> tuple[Any, Any]:
        return make_organisation(), make_alliance()

    @given(calls=st.lists(call, max_size=9), known=st.booleans())
    def test_any_order_of_calls_leaves_a_legal_state_and_a_whole_history(self, base, calls, known):
        body, alliance = base
        with undone():
            made = make_prospect(alliance=alliance, organisation=body if known else None)
            day = 0
            for stage, worded, days, pause in calls:
                day += days
                with suppress(DomainError), transaction.atomic():
                    self._call(made, stage, worded, day, pause)
                self._check(made)
            event(f"{Prospect.objects.get(pk=made.pk).steps.count()} steps")

    @staticmethod
    def _call(
        made: Prospect, stage: Stage | int | None, worded: bool, day: int, pause: int
    ) -> None:
        now = NOW + timedelta(days=day)
        if isinstance(stage, int):
            current = Stage(Prospect.objects.get(pk=made.pk).stage)
            possible = sorted(STAGE_TRANSITIONS[current])
            stage = possible[stage % len(possible)] if possible else None
        if stage is None:
            prospects.take_back_step(prospect=made, actor=None, now=now)
            return
        prospects.move_prospect(
            prospect=made, stage=stage, words="Weil." if worded else "", actor=None, now=now,
            not_before=TODAY + timedelta(days=day + pause) if pause % 2 else None,
            joining=Joining(TODAY),
        )  # fmt: skip

    @staticmethod
    def _check(made: Prospect) -> None:
        row = Prospect.objects.get(pk=made.pk)
        steps = list(row.steps.order_by("pk"))
        # The steps are one chain from the beginning to where it stands.
        assert steps[0].from_stage == ""
        assert all(later.from_stage == earlier.to_stage for earlier, later in pairwise(steps))
        assert steps[-1].to_stage == row.stage
        assert [step.written_at for step in steps] == sorted(step.written_at for step in steps)
        # Every step forward is an allowed one, every step back undoes the one before it.
        for earlier, step in pairwise(steps):
            if step.takes_back_id:
                assert step.takes_back_id == earlier.pk
                assert step.to_stage == earlier.from_stage
            else:
                assert step.to_stage in STAGE_TRANSITIONS[Stage(step.from_stage)]
        # What the stage says is true of everything around it.
        assert bool(row.decline_reason) == (row.stage == Stage.DECLINED)
        assert row.not_before is None or row.stage == Stage.DECLINED
        memberships = list(Membership.objects.filter(alliance=row.alliance, valid_to=None))
        assert memberships == ([row.membership] if row.stage == Stage.MEMBER else [])
        assert row.last_step_on == max(step.made_on for step in steps)


class TestIntroductions:
    call = st.tuples(
        st.sampled_from(["first", "second", "withdraw", "remind", "expired link"]),
        st.sampled_from(list(SideAnswer)),
        st.integers(0, 20),
    )

    @pytest.fixture
    def posts(self) -> tuple[Any, Any]:
        return (
            make_contact(make_organisation(), "eins@post.example"),
            make_contact(make_organisation(), "zwei@post.example"),
        )

    @given(calls=st.lists(call, max_size=7))
    def test_contacts_go_out_only_when_both_agreed(self, posts, calls):
        first, second = posts
        with undone():
            row = make_introduction(first, second)
            seen, day = [IntroductionStatus.SENT], 0
            for name, answer, days in calls:
                day += days
                with suppress(DomainError), transaction.atomic():
                    self._call(row, name, answer, NOW + timedelta(days=day))
                seen.append(IntroductionStatus(Introduction.objects.get(pk=row.pk).status))
                self._check(row, posts)
            changes = [(before, after) for before, after in pairwise(seen) if before != after]
            assert all(after in INTRODUCTION_TRANSITIONS[before] for before, after in changes)

    @staticmethod
    def _call(row: Introduction, name: str, answer: SideAnswer, now: Any) -> None:
        if name == "withdraw":
            introductions.withdraw_introduction(introduction=row, actor=None, now=now)
        elif name == "remind":
            for side in introductions.unanswered_sides(now):
                introductions.remind_or_expire(side=side.pk, now=now)
        else:
            place = {"first": 1, "second": 2, "expired link": 1}[name]
            introductions.answer_introduction(
                token=newest_link(place), answer=answer, words="", now=now
            )

    @staticmethod
    def _check(row: Introduction, posts: tuple[Any, Any]) -> None:
        row = Introduction.objects.get(pk=row.pk)
        answers = list(row.sides.values_list("answer", flat=True))
        both = answers.count(SideAnswer.AGREED) == 2
        assert (row.status == IntroductionStatus.AGREED) == both
        assert (row.closed_on is None) == (row.status in OPEN_INTRODUCTIONS)
        assert (row.task.closed_on is None) == (row.status in OPEN_INTRODUCTIONS)
        for own, other in (posts, posts[::-1]):
            mails = Message.objects.filter(recipient=own.email)
            told = [mail for mail in mails if other.email in mail.text]
            assert len(told) == (1 if both else 0)


def newest_link(place: int) -> str:
    """The token in the last question to a side, as its mail holds it."""
    address = {1: "eins@post.example", 2: "zwei@post.example"}[place]
    rows = Message.objects.filter(recipient=address, text__contains="/antwort/").order_by("pk")
    text = rows[len(rows) - 1].text
    return text.split("/antwort/")[1].split("/")[0]


class TestBookings:
    asked = st.tuples(st.integers(1, 6), st.integers(0, 12), st.integers(0, 6))

    @pytest.fixture
    def lent(self) -> tuple[Any, Any]:
        resource, wish = make_resource(amount=5), make_wish()
        make_contact(resource.organisation)
        make_contact(wish.alliance)
        return resource, wish

    @given(calls=st.lists(asked, min_size=1, max_size=4))
    def test_what_is_kept_never_exceeds_what_there_is(self, lent, calls):
        resource, wish = lent
        with undone():
            kept: list[tuple[int, date, date]] = []
            for amount, start, length in calls:
                first, last = START + timedelta(start), START + timedelta(start + length)
                fits = all(
                    sum(part for part, one, other in kept if one <= day <= other) + amount <= 5
                    for day in (first + timedelta(n) for n in range(length + 1))
                )
                booked = self._book(resource, wish, amount, first, last)
                assert booked == fits
                if booked:
                    kept.append((amount, first, last))
            assert fullest(Booking.objects.values_list("amount", "first_day", "last_day")) <= 5

    @staticmethod
    def _book(resource: Any, wish: Any, amount: int, first: date, last: date) -> bool:
        """Ask, and let both agree at once: two sides are asked once at a time."""
        try:
            with transaction.atomic():
                bookings.book(
                    resource=resource, wish=wish, amount=amount, first_day=first, last_day=last,
                    letter=LETTER, actor=None, now=NOW,
                )  # fmt: skip
        except bookings.TooMuchError:
            return False
        Introduction.objects.update(status=IntroductionStatus.AGREED, closed_on=TODAY)
        return True

    @given(calls=st.lists(asked, max_size=12))
    def test_the_fullest_day_is_found_as_by_counting_each_day(self, calls):
        periods = [
            (amount, START + timedelta(start), START + timedelta(start + length))
            for amount, start, length in calls
        ]
        by_day = [
            sum(amount for amount, first, last in periods if first <= day <= last)
            for day in (START + timedelta(n) for n in range(30))
        ]
        assert fullest(periods) == max(by_day)
