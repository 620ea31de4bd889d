"""Decisions and their votes (S91)."""

import pytest

from buendnisnetz.reader import Votes, read_minutes
from buendnisnetz.reader.votes import read_votes


@pytest.mark.parametrize(
    ("words", "votes"),
    [
        ("7 Ja-Stimmen, 3 Nein-Stimmen, 1 Enthaltung", Votes(7, 3, 1)),
        ("Ja 6, Nein 0, Enthaltung 1", Votes(6, 0, 1)),
        ("mit 17 zu 4 Stimmen bei 2 Enthaltungen", Votes(17, 4, 2)),
        ("mit 5 Stimmen gegen 1 bei 1 Enthaltung", Votes(5, 1, 1)),
        ("Ergebnis der Abstimmung: 6/0/1", Votes(6, 0, 1)),
        ("20 waren dafür, keiner dagegen, 3 enthielten sich", Votes(20, 0, 3)),
        ("bei zwei Enthaltungen", Votes(abstain=2)),
        ("einstimmig bei 2 Enthaltungen", Votes(no=0, abstain=2)),
        ("keine Gegenstimme, Herr Tal enthält sich", Votes(no=0, abstain=1)),
        ("auf sie entfallen sechs Stimmen", Votes(yes=6)),
        ("dafür 4, dagegen 1", Votes(4, 1)),
        ("einstimmig", None),
        ("ohne Gegenstimme", None),
        ("auf Anna entfielen 14, auf Petra 9 Stimmen", None),
    ],
)
def test_votes_are_counted(words: str, votes: Votes | None) -> None:
    assert read_votes(words) == votes


@pytest.mark.parametrize(
    "sentence",
    [
        "Beschluss: Das Fest wird verschoben.",
        "Das Protokoll wird einstimmig genehmigt.",
        "Der Antrag wurde mit 8 Ja, 11 Nein und 4 Enthaltungen abgelehnt.",
        "Die Runde beschließt, den Namen zu ändern.",
        "Das findet mit 3 gegen 8 Stimmen keine Mehrheit.",
        "Frau Anna Berg wurde einstimmig gewählt.",
        "Wir sind uns einig, dass es keine Geschenke gibt.",
        "Der Beirat befürwortet den Antrag einstimmig.",
    ],
)
def test_decision_is_found(sentence: str) -> None:
    minutes = read_minutes(
        f"Protokoll\n\nEs wurde lange geredet.\n\n{sentence}\n\nDanach gab es Kuchen.\n"
    )
    assert [decision.text in sentence for decision in minutes.decisions] == [True]


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Beirat ist beschlussfähig.",
        "Frau Berg schlägt vor, den Antrag anzunehmen.",
        "Gegen Form und Frist der Ladung wird nichts vorgebracht.",
        "Frau Berg fragt, ob der Rat das beschlossen habe.",
    ],
)
def test_what_is_no_decision_is_left_out(sentence: str) -> None:
    assert read_minutes(f"Protokoll\n\n{sentence}\n").decisions == ()


def test_votes_below_belong_to_the_decision_above() -> None:
    text = "Protokoll\n\nBeschluss: Das Fest wird verschoben.\n\nAbstimmungsergebnis: 5 Ja, 2 Nein, 1 Enthaltung\n"
    (decision,) = read_minutes(text).decisions
    assert (decision.text, decision.votes) == ("Das Fest wird verschoben.", Votes(5, 2, 1))


def test_votes_in_three_lines_are_one() -> None:
    text = "Protokoll\n\n**Antrag**\n Der Vorstand wird entlastet.\n\n**Ja: 9**\n**Nein: 0**\n**Enthaltung: 2**\n"
    (decision,) = read_minutes(text).decisions
    assert decision.votes == Votes(9, 0, 2)


def test_a_vote_without_label_takes_what_was_said_last() -> None:
    text = "Protokoll\n\nDie Landjugend erhält 350 Euro.\n\nAbstimmung: 6 dafür 0 dagegen 0 Enthaltungen\n"
    (decision,) = read_minutes(text).decisions
    assert decision.text.startswith("Die Landjugend erhält 350 Euro.")


def test_list_below_decided_is_read_item_by_item() -> None:
    text = "Protokoll\n\n### Beschlossen\n* Der Flyer erscheint.\n* Keine Geschenke\n"
    assert [d.text for d in read_minutes(text).decisions] == [
        "Der Flyer erscheint.",
        "Keine Geschenke",
    ]
