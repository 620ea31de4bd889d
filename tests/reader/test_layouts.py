"""One usual layout each: how votes, offices, attendance and tasks are set."""

import pytest

from buendnisnetz.reader import Votes, read_minutes

TITLE = "Protokoll der 3. Sitzung des Familienbeirats Auental am 5. Mai 2015\n\n"
PEOPLE = "Anwesend: Anna Berg, Jörg Tal, Petra Lind\n\n"
TOPIC = "TOP 1 Kasse\n\n"


@pytest.mark.parametrize(
    ("text", "votes"),
    [
        ("Beschluss: Die Bank bleibt am Teich.\nAbstimmungsergebnis: 7:0:1\n", Votes(7, 0, 1)),
        ("Beschluss: Die Bank bleibt am Teich.\nAbstimmungsergebnis: 13 : 0\n", Votes(13, 0, None)),
        ("Beschluss-Nr.: 14/2015\nDie Bank bleibt am Teich.\nJa: 7, Nein: 0\n", Votes(7, 0, None)),
        (
            "Beschluss:\nDie Bank bleibt am Teich.\n\nJa\tNein\tEnthaltung\n7\t0\t1\n",
            Votes(7, 0, 1),
        ),
        ("Abstimmung: Ja 7 Nein 0 Enth. 1\nBeschluss: Die Bank bleibt am Teich.\n", Votes(7, 0, 1)),
        ("Antrag (Frau Lind): Die Bank bleibt.\nErgebnis: 3 dafür, 5 dagegen\n", Votes(3, 5, None)),
        ("Frau Lind schlägt vor, die Bank zu streichen. Abgelehnt (1/3/1).\n", Votes(1, 3, 1)),
    ],
)
def test_one_decision_with_its_votes(text: str, votes: Votes) -> None:
    (decision,) = read_minutes(TITLE + PEOPLE + TOPIC + text).decisions
    assert decision.votes == votes


@pytest.mark.parametrize(
    "text",
    [
        "Der Vorsitzende:              Die Schriftführerin:\nTal                           Lind\n",
        "(Tal)                (Lind)\nVorsitzender         Schriftführerin\n",
        "Gesprächsführung: Jörg Tal / Protokollantin: Petra Lind\n",
        "Jörg Tal, Versammlungsleiter        Petra Lind, Protokollführerin\n",
        "Sitzungsleitung: JT\nProtokoll: PL\n",
    ],
)
def test_chair_and_recorder(text: str) -> None:
    minutes = read_minutes(TITLE + PEOPLE + TOPIC + "Die Kasse stimmt.\n\n" + text)
    assert (minutes.chair, minutes.recorder) == (("Jörg Tal",), ("Petra Lind",))


@pytest.mark.parametrize(
    "text",
    [
        "Name\tanwesend\tentschuldigt\nBerg, Anna\tx\nTal, Jörg\t\tx\n",
        "Name Funktion Anw. Bemerkung\nBerg, Anna Mitglied ja\nTal, Jörg Mitglied nein entsch.\n",
        "Anwesenheit:\nAnna Berg ........ anwesend\nJörg Tal ......... entschuldigt\n",
        "Vorsitzende: Anna Berg\nEntschuldigt: Jörg Tal\n\nAnwesend: Anna Berg\n",
    ],
)
def test_who_was_there_and_who_was_excused(text: str) -> None:
    found = read_minutes(TITLE + text + "\n" + TOPIC + "Die Kasse stimmt.\n").participants
    assert {person.name: person.status for person in found} == {
        "Anna Berg": "present", "Jörg Tal": "excused",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "who", "due"),
    [
        ("Frau Berg bittet Herrn Tal, die Zelte zu bestellen.\n", "Jörg Tal", None),
        ("Der Nachweis ist bis zum 3. Juni 2015 vorzulegen.\n", None, "2015-06-03"),
        ("Zelte bestellen\nV.: Herr Tal, T.: 3.6.\n", "Jörg Tal", "2015-06-03"),
        ("Herr Tal: Zelte bestellen\n", "Jörg Tal", None),
        ("Den Rasen mäht der Bauhof.\n", "Bauhof", None),
    ],
)
def test_one_task(text: str, who: str | None, due: str | None) -> None:
    (task,) = read_minutes(TITLE + PEOPLE + TOPIC + text).tasks
    assert (task.assignee, task.due) == (who, due)


@pytest.mark.parametrize(
    "text",
    [
        "Auf Wunsch von Herrn Tal wird TOP 3 ergänzt.\n",
        "Zum Wahlleiter wird Herr Tal bestellt.\n",
        "Herr Tal räumt ein, dass der Zaun alt ist.\n",
        "Herr Tal macht darauf aufmerksam, dass der Zaun alt ist.\n",
        "Schriftführung übernimmt Herr Tal.\n",
    ],
)
def test_talk_is_no_task(text: str) -> None:
    assert read_minutes(TITLE + PEOPLE + TOPIC + text).tasks == ()


def test_a_registered_association_excuses_nobody() -> None:
    text = "Anwesend: Anna Berg (Elternlotsen Auental e. V.), Jörg Tal (Kita Auental)\n\n"
    found = read_minutes(TITLE + text + TOPIC + "Die Kasse stimmt.\n").participants
    assert [(person.name, person.organisation, person.status) for person in found] == [
        ("Anna Berg", "Elternlotsen Auental e. V.", "present"),
        ("Jörg Tal", "Kita Auental", "present"),
    ]
