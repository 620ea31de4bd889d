"""Six success factors, their questions, and the score that follows from the answers alone (S92 to S97)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.insight.domain.questionnaire import (
    CURRENT,
    EDITIONS,
    HIGHEST,
    SCALE,
    questions_of,
    score_of,
)

KEYS = list(questions_of(CURRENT))
ANSWERS = st.dictionaries(st.sampled_from(KEYS), st.integers(0, HIGHEST))


def test_six_factors_with_two_or_three_questions_each():
    factors = EDITIONS[CURRENT]
    assert [factor.key for factor in factors] == [
        "leadership", "responsibility", "needs", "generations", "continuity", "stamina",
    ]  # fmt: skip
    assert {len(factor.questions) for factor in factors} == {2, 3}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_key_names_one_question_of_an_edition_and_its_factor(edition):
    keys = [(f.key, q.key) for f in EDITIONS[edition] for q in f.questions]
    assert len({question for _factor, question in keys}) == len(keys)
    assert all(question.startswith(f"{factor}-") for factor, question in keys)
    assert all(len(question) <= 40 for _factor, question in keys)


def test_the_scale_has_four_steps_with_different_words():
    assert [step for step, _words in SCALE] == [0, 1, 2, 3]
    assert len({str(words) for _step, words in SCALE}) == 4


def test_nothing_answered_is_no_score_instead_of_a_bad_one():
    score = score_of(CURRENT, {})
    assert (score.share, score.answered, score.questions) == (None, 0, len(KEYS))
    assert all(factor.share is None for factor in score.factors)


@pytest.mark.parametrize(("level", "share"), [(0, 0.0), (3, 1.0)])
def test_all_the_same_answers_reach_the_ends_of_the_scale(level, share):
    score = score_of(CURRENT, dict.fromkeys(KEYS, level))
    assert (score.share, score.answered) == (share, len(KEYS))


def test_a_factor_is_the_mean_of_what_was_answered_and_the_whole_that_of_the_factors():
    score = score_of(CURRENT, {"leadership-talk": 3, "leadership-council": 0, "stamina-goals": 3})
    shares = {factor.key: factor.share for factor in score.factors}
    assert (shares["leadership"], shares["stamina"], shares["needs"]) == (0.5, 1.0, None)
    assert score.share == 0.75
    counted = {factor.key: (factor.answered, factor.questions) for factor in score.factors}
    assert (counted["leadership"], counted["stamina"]) == ((2, 3), (1, 3))


@given(answers=ANSWERS, data=st.data())
def test_the_same_answers_give_the_same_score_in_whatever_order(answers, data):
    shuffled = data.draw(st.permutations(list(answers.items())))
    assert score_of(CURRENT, dict(shuffled)) == score_of(CURRENT, answers)


@given(answers=ANSWERS)
def test_a_score_lies_between_nothing_and_all(answers):
    score = score_of(CURRENT, answers)
    assert (score.share is None) is (not answers)
    assert score.answered == len(answers)
    for share in (score.share, *(factor.share for factor in score.factors)):
        assert share is None or 0 <= share <= 1


@given(answers=ANSWERS.filter(bool), data=st.data())
def test_a_better_answer_never_makes_the_score_worse(answers, data):
    key = data.draw(st.sampled_from(sorted(answers)))
    better = {**answers, key: min(HIGHEST, answers[key] + 1)}
    before, after = score_of(CURRENT, answers).share, score_of(CURRENT, better).share
    assert before is not None
    assert after is not None
    assert after >= before - 1e-12
