"""Attendance lists in all their shapes (S11)."""

import pytest

from buendnisnetz.reader import Participant, read_minutes


def people(text: str) -> list[Participant]:
    return list(read_minutes(text).participants)


def names(text: str) -> list[str]:
    return [person.name for person in people(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Anwesend: Anna Berg, Jörg Tal und Petra Au",
        "Anwesend: Berg, Anna; Tal, Jörg; Au, Petra",
        "Anwesende\nAnna Berg\nJörg Tal\nPetra Au",
        "## Mit dabei\n\n- Anna Berg\n- Jörg Tal\n- Petra Au",
        "Teilnehmer:innen: Anna Berg (VHS), Jörg Tal (DRK), Petra Au",
        "Name\tVorname\tInstitution\nBerg\tAnna\tVHS\nTal\tJörg\tDRK\nAu\tPetra\tAWO",
        "| Name | Funktion | anwesend |\n|--|--|--|\n| Anna Berg | Leiterin | x |\n| Jörg Tal | Gast | ja |\n| Petra Au | | x |",
        "Anwesend waren Anna Berg, Jörg Tal und Petra Au.",
        "Anwesend:\nAnna Berg       Jörg Tal\nPetra Au",
        "Anwesend: lAnna Berg, lJörg Tal, lPetra Au",
        "Anwesende Mitglieder: Berg, Anna Tal, Jörg Au, Petra",
        "teilnehmende:\n  - name: Anna Berg\n  - name: Jörg Tal\n  - name: Petra Au",
    ],
)
def test_three_people_are_read(text: str) -> None:
    assert names("Protokoll der Sitzung\n\n" + text + "\n\nTOP 1 Kasse\n") == [
        "Anna Berg",
        "Jörg Tal",
        "Petra Au",
    ]


def test_title_organisation_and_function_are_told_apart() -> None:
    (person,) = people("Anwesend: Prof. Dr. Anna von Berg (Klinik Nord, Leiterin)")
    assert (person.name, person.academic_title) == ("Anna von Berg", "Prof. Dr.")
    assert (person.organisation, person.role) == ("Klinik Nord", "Leiterin")


def test_groups_give_the_organisation() -> None:
    text = "Anwesend: CDU Berg, Anna Graf von Tal, Jörg SPD Au, Petra Dr. Moor, Uwe"
    assert [(p.name, p.organisation) for p in people(text)] == [
        ("Anna Berg", "CDU"), ("Jörg Graf von Tal", "CDU"), ("Petra Au", "SPD"), ("Uwe Moor", "SPD"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Entschuldigt: Anna Berg", "excused"),
        ("Es fehlten: Anna Berg", "absent"),
        ("Gäste: Anna Berg", "guest"),
        ("Anwesend: Jörg Tal, Anna Berg (entschuldigt)", "excused"),
        ("Anwesend: Jörg Tal, (Anna Berg)\nNamen in Klammern: abwesend", "absent"),
        ("Anwesend: Jörg Tal\n\nFrau Anna Berg hat sich entschuldigt.", "excused"),
        ("Anwesend: Jörg Tal\n\nAls Gast nahm Frau Anna Berg teil.", "guest"),
        ("Anwesend: Jörg Tal. Entschuldigt hatten sich Anna Berg und Petra Au.", "excused"),
    ],
)
def test_status_follows_the_words(text: str, status: str) -> None:
    found = {person.name: person.status for person in people(text)}
    assert found["Anna Berg"] == status


def test_members_who_are_not_listed_as_present_are_absent() -> None:
    text = (
        "Anwesend: Anna Berg, Jörg Tal\nDer Kreis besteht aus folgenden Personen. Wer nicht aufgezählt ist, war nicht dabei:\n"
        "Anna Berg, Jörg Tal, Petra Au\n"
    )
    assert {p.name: p.status for p in people(text)}["Petra Au"] == "absent"


def test_substitutes_count_and_the_represented_do_not() -> None:
    assert names("Anwesend: Berg, Anna (AWO) vertritt: Tal, Jörg Au, Petra (DRK)") == [
        "Anna Berg",
        "Petra Au",
    ]


@pytest.mark.parametrize(
    "text", ["Gäste: 3 Bürger, Presse", "Anwesend: siehe Liste", "Gäste: 1", "Anwesend: 23 Eltern"]
)
def test_what_is_no_person_is_left_out(text: str) -> None:
    assert names(text) == []


def test_a_sentence_ends_the_list() -> None:
    text = "Anwesend:\nAnna Berg\nJörg Tal\nFrau Berg begrüßt die Runde und stellt die Beschlussfähigkeit fest.\nPaula Rot\n"
    assert names(text) == ["Anna Berg", "Jörg Tal"]


def test_title_from_the_talk_completes_a_list_without_titles() -> None:
    (person,) = people("Anwesend: Anna Berg\n\nFrau Dr. Berg berichtet aus der Klinik.")
    assert person.academic_title == "Dr."
