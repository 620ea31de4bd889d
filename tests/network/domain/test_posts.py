"""Posts: a function with exactly one scope."""

from datetime import date

import pytest

from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.network.domain import posts as domain
from buendnisnetz.network.domain import terms
from buendnisnetz.network.domain.removal import StillUsedError, remove_if_unused
from buendnisnetz.network.domain.saving import AlreadyEndedError, NotEndedError, RuleBrokenError
from buendnisnetz.network.models import Post
from tests.factories.network import (
    TODAY,
    make_alliance,
    make_group,
    make_organisation,
    make_post,
    make_term,
)
from tests.factories.territories import make_district

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (make_organisation, "organisation"),
        (make_alliance, "alliance"),
        (make_group, "working_group"),
        (make_district, "territory"),
    ],
)
def test_create_post_for_every_scope(make, field):
    scope = make()
    post = Post.objects.get(pk=make_post(scope).pk)
    assert getattr(post, field) == scope
    assert post.scope_name == scope.name
    others = {"organisation", "alliance", "working_group", "territory"} - {field}
    assert [getattr(post, other) for other in others] == [None, None, None]


def test_post_is_found_by_title_and_scope():
    post = make_post(make_organisation("Landratsamt Musterkreis"), "Sozialplanung")
    make_post(make_organisation("Anderswo"), "Leitung")
    for typed in ("sozialplanung", "musterkreis", "sozial musterkreis"):
        assert list(Post.objects.search(typed)) == [post]


def test_edit_post_and_conflict():
    post = make_post()
    row = domain.edit_post(post=post, version=1, actor=None, title="Leitung", is_contact=True)
    assert (row.title, row.is_contact, row.version) == ("Leitung", True, 2)
    with pytest.raises(EditConflictError):
        domain.edit_post(post=post, version=1, actor=None, title="Anders")


def test_edit_post_to_shared_frees_its_terms_and_back():
    post = make_post()
    term = make_term(post)
    shared = domain.edit_post(post=post, version=1, actor=None, is_shared=True)
    term.refresh_from_db()
    assert term.exclusive is False
    domain.edit_post(post=shared, version=2, actor=None, is_shared=False)
    term.refresh_from_db()
    assert term.exclusive is True


def test_post_with_several_holders_stays_shared():
    post = make_post(is_shared=True)
    make_term(post)
    make_term(post)
    with pytest.raises(domain.SharedHoldersError):
        domain.edit_post(post=post, version=1, actor=None, is_shared=False)
    post.refresh_from_db()
    assert post.is_shared is True


def test_holders_after_each_other_do_not_count_as_several():
    post = make_post(is_shared=True)
    make_term(post, valid_to=date(2021, 1, 1))
    make_term(post, valid_from=date(2021, 1, 2))
    row = domain.edit_post(post=post, version=1, actor=None, is_shared=False)
    assert set(row.terms.values_list("exclusive", flat=True)) == {True}


def test_post_is_not_its_own_deputy():
    post = make_post()
    with pytest.raises(RuleBrokenError) as caught:
        domain.edit_post(post=post, version=1, actor=None, deputy=post)
    assert str(caught.value) == "Eine Stelle kann sich nicht selbst vertreten."


def test_end_post_names_who_still_holds_it():
    post = make_post()
    term = make_term(post)
    with pytest.raises(domain.PostOccupiedError) as caught:
        domain.end_post(post=post, last_day=date(2026, 6, 30), actor=None)
    assert term.person.full_name() in str(caught.value)
    terms.end_term(term=term, last_day=date(2026, 6, 30), actor=None)
    assert domain.end_post(post=post, last_day=date(2026, 6, 30), actor=None).valid_to == date(
        2026, 6, 30
    )


def test_end_and_reopen_is_identity():
    post = make_post()
    before = Post.objects.values().get(pk=post.pk) | {"version": 0}
    domain.end_post(post=post, last_day=date(2026, 6, 30), actor=None)
    with pytest.raises(AlreadyEndedError):
        domain.end_post(post=post, last_day=date(2026, 7, 1), actor=None)
    domain.reopen_post(post=post, actor=None)
    assert Post.objects.values().get(pk=post.pk) | {"version": 0} == before
    with pytest.raises(NotEndedError):
        domain.reopen_post(post=post, actor=None)


def test_confirm_post_notes_the_day():
    post = make_post()
    row = domain.confirm_post(post=post, on=date(2026, 11, 1), actor=None, today=TODAY)
    assert row.confirmed_on == date(2026, 11, 1)
    with pytest.raises(domain.ConfirmedInFutureError):
        domain.confirm_post(post=post, on=date(2026, 11, 23), actor=None, today=TODAY)


def test_remove_post_only_without_terms():
    post, held = make_post(), make_term().post
    remove_if_unused(row=post, actor=None)
    with pytest.raises(StillUsedError):
        remove_if_unused(row=held, actor=None)
    assert list(Post.objects.all()) == [held]
