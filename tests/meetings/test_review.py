"""Deciding about what was found (S11, S12, S120)."""

import pytest

from buendnisnetz.meetings.domain import matching, review
from buendnisnetz.meetings.domain.confirmation import confirm_import
from buendnisnetz.meetings.domain.minutes_import import ImportStateError
from buendnisnetz.meetings.domain.review import CannotDivideError, ProposalChangedError
from buendnisnetz.meetings.enums import FindingKind, Verdict
from buendnisnetz.network.domain.people import create_person
from buendnisnetz.network.models import Person, PersonAlias
from tests.factories.network import make_organisation, make_person, make_post, make_term
from tests.meetings.conftest import DOCUMENT, NOW

pytestmark = pytest.mark.django_db


def one(row, kind, words=""):
    return next(
        proposal
        for proposal in row.proposals.filter(kind=kind).order_by("position")
        if words in str(proposal.data)
    )


def decide(proposal, verdict, actor, version=None):
    return review.decide(
        proposal=proposal,
        verdict=verdict,
        version=proposal.version if version is None else version,
        actor=actor,
        now=NOW,
    )


class TestFound:
    def test_every_span_cuts_its_passage_out(self, received):
        row = received()
        for proposal in row.proposals.exclude(start=None):
            passage = "".join(row.text[proposal.start : proposal.end].split())
            shown = proposal.data.get("name") or proposal.data.get("text")
            if shown and proposal.kind in {FindingKind.PARTICIPANT, FindingKind.DECISION}:
                assert "".join(shown.split()[-1:]) in passage

    def test_what_the_reader_said_is_kept_beside_the_correction(self, received, office):
        place = one(received(), FindingKind.FIELD, "'field': 'place'")
        done = review.correct(
            proposal=place,
            data={"value": "Gotha"},
            person=None,
            organisation=None,
            version=place.version,
            actor=office,
            now=NOW,
        )
        assert done.data["value"] == "Gotha"
        assert done.original["value"] != "Gotha"
        assert (done.verdict, done.decided_by) == (Verdict.ACCEPTED, office)


class TestDecisions:
    def test_accept_drop_and_take_back(self, received, office):
        task = one(received(), FindingKind.TASK)
        for verdict in (Verdict.ACCEPTED, Verdict.DROPPED, Verdict.PROPOSED):
            task = decide(task, verdict, office)
            assert task.verdict == verdict
        assert task.version == 4

    def test_the_second_of_two_reviewers_is_told_and_nothing_is_lost(self, received, office):
        task = one(received(), FindingKind.TASK)
        seen = task.version
        decide(task, Verdict.ACCEPTED, office)
        with pytest.raises(ProposalChangedError, match="inzwischen"):
            decide(task, Verdict.DROPPED, office, version=seen)
        task.refresh_from_db()
        assert task.verdict == Verdict.ACCEPTED

    def test_all_above_a_confidence_but_never_a_query(self, received, office):
        row = received(DOCUMENT + "\nHerr Brassack meldet sich.\n")
        row.proposals.filter(kind=FindingKind.QUERY).update(confidence=1)
        high = row.proposals.exclude(kind=FindingKind.QUERY).filter(confidence__gte=0.9).count()
        assert (
            review.accept_above(minutes_import=row, confidence=0.9, actor=office, now=NOW) == high
        )
        assert not row.proposals.filter(kind=FindingKind.QUERY, verdict=Verdict.ACCEPTED).exists()

    def test_after_taking_over_nothing_can_be_decided(self, received, office):
        row = received()
        review.accept_above(minutes_import=row, confidence=0, actor=office, now=NOW)
        confirm_import(minutes_import=row, actor=office, now=NOW)
        task = one(row, FindingKind.TASK)
        with pytest.raises(ImportStateError):
            decide(task, Verdict.DROPPED, office)


class TestSplitAndMerge:
    def test_split_keeps_both_parts_of_the_passage(self, received, office):
        row = received()
        decision = one(row, FindingKind.DECISION)
        first, second = review.split(
            proposal=decision,
            first="Die Lotsenordnung",
            second="wird angenommen",
            version=decision.version,
            actor=office,
            now=NOW,
        )
        assert row.text[first.start : first.end] == "Die Lotsenordnung"
        assert row.text[second.start : second.end] == "wird angenommen"
        assert second.position == first.position + 1
        positions = list(row.proposals.values_list("position", flat=True))
        assert len(positions) == len(set(positions))

    def test_both_parts_are_needed(self, received, office):
        decision = one(received(), FindingKind.DECISION)
        with pytest.raises(CannotDivideError, match="beide Teile"):
            review.split(
                proposal=decision,
                first="Die Lotsenordnung",
                second="  ",
                version=decision.version,
                actor=office,
                now=NOW,
            )
        decision.refresh_from_db()
        assert decision.version == 1

    def test_merged_the_second_can_be_taken_back(self, received, office):
        row = received()
        first, second = row.proposals.filter(kind=FindingKind.TASK).order_by("position")[:2]
        done = review.merge(
            proposal=first, other=second, version=first.version, actor=office, now=NOW
        )
        second.refresh_from_db()
        assert first.data["text"] in done.data["text"]
        assert second.data["text"] in done.data["text"]
        assert second.verdict == Verdict.DROPPED
        assert (done.start, done.end) == (first.start, second.end)

    def test_different_kinds_stay_apart(self, received, office):
        row = received()
        task, decision = one(row, FindingKind.TASK), one(row, FindingKind.DECISION)
        with pytest.raises(CannotDivideError, match="derselben Art"):
            review.merge(proposal=task, other=decision, version=task.version, actor=office, now=NOW)


class TestMatching:
    def test_a_known_person_is_put_forward_with_reasons(self, received, office):
        known = make_person("Feldtanner", "Mira")
        make_term(make_post(make_organisation("Stadtbibliothek")), known)
        row = received()
        proposal = one(row, FindingKind.PARTICIPANT, "Feldtanner")
        assert proposal.person == known
        (candidates,) = matching.candidates_of([proposal], matching.meeting_day(row))
        assert candidates[0].pk == known.pk
        assert len(candidates[0].reasons) >= 2

    def test_two_of_one_name_are_a_question(self, received):
        for _number in range(2):
            create_person(family_name="Brasack", given_name="Timo", actor=None)
        assert one(received(), FindingKind.PARTICIPANT, "Brasack").person is None

    def test_a_stranger_is_new(self, received):
        make_person("Ganzanders", "Olaf")
        assert one(received(), FindingKind.PARTICIPANT, "Osterloh").person is None

    def test_a_spelling_is_asked_once_and_remembered(self, received, office):
        row = received(DOCUMENT + "\nHerr Brassack meldet sich zu Wort.\n")
        query = one(row, FindingKind.QUERY, "Brassack")
        name = next(word for word in query.data["words"] if "Brasack" in word)
        review.same_person(proposal=query, name=name, version=query.version, actor=office, now=NOW)
        review.accept_above(minutes_import=row, confidence=0, actor=office, now=NOW)
        confirm_import(minutes_import=row, actor=office, now=NOW)
        brasack = Person.objects.get(family_name="Brasack")
        assert PersonAlias.objects.filter(person=brasack, name__contains="Brassack").exists()
        assert not Person.objects.filter(family_name="Brassack").exists()
        # The next minutes with the other spelling know whom they mean, and do not ask again.
        later = DOCUMENT.replace("Brasack", "Brassack").replace("11. April", "12. Mai")
        again = received(later)
        assert one(again, FindingKind.PARTICIPANT, "Brassack").person == brasack

    def test_a_spelling_that_is_not_there_is_no_answer(self, received, office):
        query = one(
            received(DOCUMENT + "\nHerr Brassack spricht.\n"), FindingKind.QUERY, "Brassack"
        )
        with pytest.raises(CannotDivideError, match="Schreibweisen"):
            review.same_person(
                proposal=query, name="Meier", version=query.version, actor=office, now=NOW
            )
