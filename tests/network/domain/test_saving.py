"""A row is saved whole or not at all, and the rule that it breaks is a sentence."""

import pytest
from django.db import IntegrityError

from buendnisnetz.network.domain.saving import RuleBrokenError, saved
from buendnisnetz.network.models import Post, Term
from tests.factories.network import make_person, make_post, make_term

pytestmark = pytest.mark.django_db


def test_a_refused_row_is_as_it_was_and_the_work_goes_on():
    post = make_post()
    before = post.version
    post.deputy = post
    with pytest.raises(RuleBrokenError, match="nicht selbst vertreten"):
        saved(post)
    assert post.version == before
    assert Post.objects.get(pk=post.pk).deputy is None
    post.deputy = make_post()
    assert saved(post).version == before + 1
    assert Post.objects.get(pk=post.pk).deputy == post.deputy


def test_a_new_row_that_is_refused_is_not_there():
    term = make_term()
    second = Term(
        post=term.post, person=make_person(), valid_from=term.valid_from, exclusive=term.exclusive
    )
    with pytest.raises(RuleBrokenError):
        saved(second)
    assert second.pk is None
    assert list(Term.objects.filter(post=term.post)) == [term]


def test_saving_asks_for_no_constraint_before(django_assert_num_queries):
    post = make_post()
    post.title = "Fachstelle"
    with django_assert_num_queries(3) as asked:
        saved(post)
    kinds = [query["sql"].split()[0] for query in asked.captured_queries]
    assert kinds == ["SAVEPOINT", "UPDATE", "RELEASE"]


def test_what_no_sentence_is_there_for_stays_a_failure():
    post, other = make_post(), make_post()
    post.public_id = other.public_id
    with pytest.raises(IntegrityError):
        saved(post)
    assert Post.objects.filter(public_id=other.public_id).get() == other
