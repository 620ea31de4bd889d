"""S120: the reader is measured on what people confirmed, and every correction shows."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from buendnisnetz.meetings.domain import confirmation, evaluation, review
from buendnisnetz.meetings.domain.evaluation import Figure
from buendnisnetz.meetings.enums import FindingKind, Verdict
from buendnisnetz.meetings.models import Proposal, ReaderScore
from tests.meetings.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirm(received, office):
    def confirm_all(row=None):
        return confirmation.accept_all_and_confirm(
            minutes_import=row or received(), confidence=0, actor=office, now=NOW
        )

    return confirm_all


def of_kind(row, kind, **data):
    proposals = Proposal.objects.filter(minutes_import=row, kind=kind)
    return proposals.get(**{f"data__{key}": value for key, value in data.items()})


def test_precision_recall_and_f1_are_shares_of_what_was_found_and_of_what_is_there():
    figure = Figure(hits=6, false=2, missed=4)
    assert (figure.precision, figure.recall) == (0.75, 0.6)
    assert figure.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))
    assert (Figure(0, 0, 3).precision, Figure(0, 3, 0).recall, Figure(0, 0, 0).f1) == (None,) * 3


def test_spelling_and_blanks_do_not_make_a_finding_wrong():
    one = evaluation.facts_of([(FindingKind.AGENDA, {"title": "Neue  Lotsenordnung"})])
    other = evaluation.facts_of([(FindingKind.AGENDA, {"title": "neue lotsenordnung"})])
    assert evaluation.compared(one, other) == {"agenda": Figure(1, 0, 0)}


def test_what_was_accepted_as_found_counts_as_found_rightly(confirm):
    confirm()
    score = evaluation.evaluate(now=NOW)
    figures = evaluation.figures_of(score)
    assert score.documents == 1
    assert figures["participants"] == Figure(4, 0, 0)
    assert figures["decisions"] == Figure(1, 0, 0)


def test_what_was_corrected_counts_as_wrong_and_as_missed(received, confirm, office):
    row = received()
    person = of_kind(row, FindingKind.PARTICIPANT, name="Timo Brasack")
    review.correct(
        proposal=person,
        data={**person.data, "name": "Timo Brasacker"},
        person=None,
        organisation=None,
        version=person.version,
        actor=office,
        now=NOW,
    )
    confirm(row)
    figures = evaluation.figures_of(evaluation.evaluate(now=NOW))
    assert figures["participants"] == Figure(3, 1, 1)
    assert figures["agenda"].false == 0


def test_what_was_rejected_counts_as_wrong(received, confirm, office):
    row = received()
    person = of_kind(row, FindingKind.PARTICIPANT, name="Timo Brasack")
    review.decide(
        proposal=person, verdict=Verdict.DROPPED, version=person.version, actor=office, now=NOW
    )
    confirm(row)
    assert evaluation.figures_of(evaluation.evaluate(now=NOW))["participants"] == Figure(3, 1, 0)


def test_a_finding_in_one_document_is_no_hit_for_another(received, confirm, office):
    confirm()
    second = received("Treffen\n\nDatum: 3. Mai 2024\nAnwesend: Ines Falkenrath\n", name="b.txt")
    person = of_kind(second, FindingKind.PARTICIPANT, name="Ines Falkenrath")
    review.correct(
        proposal=person,
        data={**person.data, "name": "Timo Brasack"},
        person=None,
        organisation=None,
        version=person.version,
        actor=office,
        now=NOW,
    )
    confirm(second)
    assert evaluation.figures_of(evaluation.evaluate(now=NOW))["participants"] == Figure(4, 1, 1)


def test_open_reviews_say_nothing(received):
    received()
    assert evaluation.evaluate(now=NOW).documents == 0


def test_the_command_prints_the_figures_and_keeps_them(confirm):
    confirm()
    out = StringIO()
    call_command("minutes", "evaluate", "--json", stdout=out)
    printed = json.loads(out.getvalue())
    assert printed["documents"] == 1
    assert printed["measures"]["participants"]["f1"] == 1.0
    assert ReaderScore.objects.get().documents == 1


def test_the_page_shows_the_newest_figures_and_how_it_was_before(confirm, as_user, office):
    client = as_user(office)
    assert "Noch nicht gemessen" in client.get("/sitzungen/importe/guete/").text
    confirm()
    evaluation.evaluate(now=NOW.replace(day=16))
    evaluation.evaluate(now=NOW)
    page = client.get("/sitzungen/importe/guete/").text
    assert "1 bestätigtes Dokument, gemessen am 23.11.2026" in page
    assert "Teilnehmende" in page
    assert "16.11.2026: 100 %" in page


def test_measuring_now_is_left_to_the_worker(as_user, office):
    answer = as_user(office).post("/sitzungen/importe/guete/")
    assert answer.status_code == 302
    assert not ReaderScore.objects.exists()
