"""Terms: who holds a post from when to when."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from buendnisnetz.core.errors import DomainError, EditConflictError
from buendnisnetz.network.domain import posts, terms
from buendnisnetz.network.domain.people import ErasedError
from buendnisnetz.network.domain.queries import holders
from buendnisnetz.network.domain.saving import AlreadyEndedError, NotEndedError, RuleBrokenError
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.models import Term
from buendnisnetz.network.signals import term_ended
from tests.factories.network import (
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = date(2017, 8, 24)


def _correct(term: Term, **changes: object) -> Term:
    values: dict[str, object] = {
        "valid_from": term.valid_from,
        "valid_to": term.valid_to,
        "is_acting": term.is_acting,
        "first_seen": term.first_seen,
        "evidence": term.evidence,
        "version": term.version,
    }
    return terms.correct_term(term=term, actor=None, **{**values, **changes})  # type: ignore[arg-type]


def test_begin_term_copies_exclusiveness():
    assert make_term(make_post()).exclusive is True
    assert make_term(make_post(is_shared=True)).exclusive is False
    assert make_term(make_post(), is_acting=True).exclusive is False


def test_begin_term_names_the_holder_without_end():
    post = make_post()
    make_term(post, make_person("Sorgsam", "Ada"))
    with pytest.raises(terms.PostHeldError) as caught:
        make_term(post)
    assert str(caught.value) == (
        "Ada Sorgsam hat diese Stelle, ein Ende ist nicht eingetragen. "
        "Bitte zuerst diese Amtszeit beenden oder eine kommissarische eintragen."
    )
    assert Term.objects.count() == 1


def test_begin_term_names_the_holder_and_until_when():
    post = make_post()
    make_term(post, make_person("Sorgsam", "Ada"), valid_to=date(2021, 6, 30))
    with pytest.raises(terms.PostHeldError) as caught:
        make_term(post, valid_from=date(2021, 6, 30))
    assert (
        str(caught.value)
        == "Ada Sorgsam hat diese Stelle bis 30.06.2021. Bitte einen späteren Tag wählen."
    )


def test_begin_term_on_the_next_day_goes_through():
    post = make_post()
    first = make_term(post, valid_to=date(2021, 6, 30))
    second = make_term(post, valid_from=date(2021, 7, 1))
    assert list(post.terms.order_by("pk")) == [first, second]


def test_acting_term_stands_beside_the_regular_one():
    post = make_post()
    regular = make_term(post)
    acting = make_term(post, is_acting=True)
    assert holders.holders_on(post, date(2024, 1, 1)) == [regular, acting]


def test_several_people_hold_a_shared_post():
    post = make_post(is_shared=True, kind=PostKind.STAFF)
    first, second = make_term(post), make_term(post)
    assert holders.holders_on(post, date(2024, 1, 1)) == [first, second]


def test_same_person_not_twice_at_once():
    post, person = make_post(is_shared=True), make_person("Sorgsam", "Ada")
    make_term(post, person, valid_to=date(2021, 1, 1))
    with pytest.raises(terms.SamePersonError) as caught:
        make_term(post, person, valid_from=date(2020, 12, 1), is_acting=True)
    assert str(caught.value) == (
        "Ada Sorgsam hat diese Stelle in dieser Zeit schon, vom 01.01.2020 bis 01.01.2021."
    )


def test_term_cannot_outlast_the_post():
    post = make_post()
    posts.end_post(post=post, last_day=date(2022, 12, 31), actor=None)
    with pytest.raises(terms.PostEndedError) as caught:
        make_term(post)
    assert "31.12.2022" in str(caught.value)
    assert make_term(post, valid_to=date(2022, 12, 31)).pk


def test_erased_person_gets_no_term():
    person = make_person()
    person.erased_at = "2026-01-01T00:00:00Z"
    person.save()
    with pytest.raises(ErasedError):
        make_term(person=person)


def test_term_must_not_end_before_it_starts():
    with pytest.raises(RuleBrokenError) as caught:
        make_term(valid_from=date(2021, 1, 1), valid_to=date(2020, 1, 1))
    assert str(caught.value) == (
        "Beginn ist der 01.01.2021, das Ende kann nicht der 01.01.2020 sein. "
        "Bitte einen der Tage berichtigen."
    )


def test_database_itself_keeps_two_holders_apart():
    term = make_term()
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(
            post=term.post, person=make_person(), exclusive=True, valid_from=date(2021, 1, 1)
        )


def test_end_term_announces_it_after_commit(django_capture_on_commit_callbacks):
    term, heard = make_term(), []

    def listen(sender, **said):
        heard.append((said["term_id"], said["post_id"], said["person_id"], said["last_day"]))

    term_ended.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            terms.end_term(term=term, last_day=date(2026, 1, 31), actor=None)
    finally:
        term_ended.disconnect(listen)
    assert heard == [(term.pk, term.post_id, term.person_id, date(2026, 1, 31))]


def test_end_term_twice_is_refused():
    term = make_term()
    terms.end_term(term=term, last_day=date(2026, 1, 31), actor=None)
    with pytest.raises(AlreadyEndedError) as caught:
        terms.end_term(term=term, last_day=date(2026, 2, 1), actor=None)
    assert "31.01.2026" in str(caught.value)


def test_reopen_undoes_the_end():
    term = make_term()
    before = Term.objects.values().get(pk=term.pk)
    terms.end_term(term=term, last_day=date(2026, 1, 31), actor=None)
    terms.reopen_term(term=term, actor=None)
    after = Term.objects.values().get(pk=term.pk)
    assert {**after, "version": 0} == {**before, "version": 0}


def test_reopen_is_refused_when_a_successor_holds_the_post():
    post = make_post()
    term = make_term(post)
    terms.succeed(
        term=term, person=make_person("Neu", "Nora"), first_day=date(2025, 1, 1), actor=None
    )
    with pytest.raises(terms.PostHeldError) as caught:
        terms.reopen_term(term=term, actor=None)
    assert "Nora Neu" in str(caught.value)


def test_reopen_of_an_open_term_is_refused():
    with pytest.raises(NotEndedError):
        terms.reopen_term(term=make_term(), actor=None)


def test_succeed_leaves_no_gap():
    term, successor = make_term(), make_person()
    following = terms.succeed(term=term, person=successor, first_day=date(2025, 4, 1), actor=None)
    term.refresh_from_db()
    assert (term.valid_to, following.valid_from) == (date(2025, 3, 31), date(2025, 4, 1))
    assert (following.person, following.post) == (successor, term.post)


def test_succeed_is_one_transaction():
    term = make_term()
    with pytest.raises(DomainError):
        terms.succeed(term=term, person=term.person, first_day=date(2019, 1, 1), actor=None)
    term.refresh_from_db()
    assert term.valid_to is None


def test_correct_term_changes_everything_and_announces_an_end(django_capture_on_commit_callbacks):
    term = make_term()
    with django_capture_on_commit_callbacks() as callbacks:
        row = _correct(term, valid_to=date(2022, 1, 1), is_acting=True, evidence="Brief")
    assert (row.valid_to, row.is_acting, row.exclusive, row.evidence, row.version) == (
        date(2022, 1, 1), True, False, "Brief", 2,
    )  # fmt: skip
    assert len(callbacks) == 1


def test_correct_term_checks_as_a_new_one():
    post = make_post()
    first = make_term(post, valid_to=date(2021, 1, 1))
    make_term(post, valid_from=date(2021, 1, 2))
    with pytest.raises(terms.PostHeldError):
        _correct(first, valid_to=date(2021, 1, 2))
    first.refresh_from_db()
    assert first.valid_to == date(2021, 1, 1)


def test_correct_term_says_what_somebody_else_wrote():
    term = make_term()
    _correct(term, evidence="Brief")
    with pytest.raises(EditConflictError) as caught:
        _correct(term, evidence="Anruf")
    assert [(d.field, d.stored, d.typed) for d in caught.value.differences] == [
        ("evidence", "Brief", "Anruf")
    ]


def test_remove_term_keeps_it_in_the_history():
    term, user = make_term(), make_user()
    terms.remove_term(term=term, actor=user)
    assert not Term.objects.exists()
    event = term.events.model.objects.order_by("pgh_id").last()
    assert (event.pgh_label, event.pgh_context.metadata) == (
        "delete", {"user": user.pk, "action": "network.term.removed"},
    )  # fmt: skip


def test_who_held_this_role_on_day():
    ministry = make_organisation("Sozialministerium")
    post = make_post(ministry, "Ministerin", kind=PostKind.MINISTER)
    first = make_term(post, valid_from=date(2014, 12, 5), valid_to=date(2024, 12, 12))
    second = make_term(post, valid_from=date(2024, 12, 13))
    found = [
        holders.post_holders(kind=PostKind.MINISTER, scope=ministry, day=day)
        for day in (date(2014, 12, 4), DAY, date(2024, 12, 13), date(2026, 11, 22))
    ]
    assert found == [[], [first], [second], [second]]


_days = st.dates(date(2015, 1, 1), date(2016, 12, 31))
_periods = st.tuples(st.none() | _days, st.none() | _days, st.booleans(), st.integers(0, 3))


class TermsThroughTime(TestCase):
    @given(st.lists(_periods, max_size=8), st.lists(_days, min_size=1, max_size=6), st.booleans())
    def test_no_two_regular_holders_and_as_of_equals_a_plain_model(self, wanted, days, shared):
        post = make_post(is_shared=shared)
        people = [make_person() for _number in range(4)]
        held = []
        for start, end, acting, number in wanted:
            try:
                with transaction.atomic():
                    make_term(post, people[number], start, valid_to=end, is_acting=acting)
            except DomainError:
                continue
            held.append((start or date.min, end or date.max, acting, people[number].pk))
        for day in {*days, *(day + timedelta(days=1) for day in days)}:
            expected = sorted(p for start, end, _a, p in held if start <= day <= end)
            found = holders.holders_on(post, day)
            assert sorted(term.person_id for term in found) == expected
            assert shared or sum(not term.is_acting for term in found) <= 1

    @given(_days, _days)
    def test_ending_and_reopening_is_identity(self, start, end):
        term = make_term(valid_from=start)
        before = Term.objects.values().get(pk=term.pk) | {"version": 0}
        try:
            with transaction.atomic():
                terms.end_term(term=term, last_day=end, actor=None)
        except RuleBrokenError:
            assert end < start
            return
        terms.reopen_term(term=term, actor=None)
        assert Term.objects.values().get(pk=term.pk) | {"version": 0} == before
