"""Tasks from tables, lists and sentences (S117)."""

import pytest

from buendnisnetz.reader import Task, read_minutes

HEAD = "Protokoll vom 6.3.2019\n\nAnwesend: Anna Berg, Jörg Tal, Petra Au\n\n"


def tasks(text: str) -> list[Task]:
    return list(read_minutes(HEAD + text).tasks)


@pytest.mark.parametrize(
    ("text", "assignee", "due"),
    [
        ("Frau Berg klärt bis zum 30.4. den Termin mit der Schule.", "Anna Berg", "2019-04-30"),
        ("Den Text entwirft Herr Tal bis Ende Mai.", "Jörg Tal", "bis Ende Mai"),
        (
            "Frau Berg und Herr Tal holen zur nächsten Sitzung Angebote ein.",
            "Anna Berg, Jörg Tal",
            "zur nächsten Sitzung",
        ),
        ("Die Verwaltung wird beauftragt, bis KW 20 Räume zu suchen.", "Verwaltung", "bis KW 20"),
        ("Herr Tal sagt eine Antwort mit der Niederschrift zu.", "Jörg Tal", None),
        ("Frau Au wird von Herrn Tal über das Ergebnis unterrichtet.", "Jörg Tal", None),
        ("Frau Berg wird beim Amt nachfragen.", "Anna Berg", None),
        ("Die Eltern werden bis Ende April schriftlich informiert.", None, "bis Ende April"),
        ("Die Geschäftsstelle fordert den Nachweis umgehend an.", "Geschäftsstelle", "umgehend"),
        ("Frau Berg fragt im Rathaus wegen der Straße nach.", "Anna Berg", None),
        ("- Plakate aufhängen (Anna, bis 11.4.)", "Anna Berg", "2019-04-11"),
        ("- Merkblatt: Frau Berg, Herr Tal", "Anna Berg, Jörg Tal", None),
        ("- [ ] Klingel nachrüsten @tal bis 2019-05-03", "Jörg Tal", "2019-05-03"),
        ("Aufgabe: Petra Au bestellt Stühle.", "Petra Au", None),
    ],
)
def test_task_is_found(text: str, assignee: str | None, due: str | None) -> None:
    assert [(task.assignee, task.due) for task in tasks(text + "\n")] == [(assignee, due)]


@pytest.mark.parametrize(
    "text",
    [
        "Frau Berg berichtet aus der Schule.",
        "Herr Tal fragt, wann das Fest ist.",
        "Frau Berg legt eine Karte mit Vorschlägen vor.",
        "Herr Tal stellt das Angebot vor.",
        "Man müsste einmal bei der Bank vorsprechen.",
        "Frau Au hält den Preis für zu hoch.",
        "- [x] Tisch montiert",
        "Die Firma wurde im Januar informiert.",
    ],
)
def test_talk_is_no_task(text: str) -> None:
    assert tasks(text + "\n") == []


@pytest.mark.parametrize(
    "table",
    [
        "Was\tWer\tBis wann\nRaum prüfen\tAnna\tMitte Mai\nFlyer drucken\tJörg Tal\t5.4.2019\n",
        "| Aufgabe | Zuständig | Termin |\n|:--|:--|--:|\n| Raum prüfen | Anna | Mitte Mai |\n| Flyer drucken | Jörg Tal | 5.4. |\n",
        "Was | Wer | Bis\n--- | --- | ---\nRaum prüfen | Anna | Mitte Mai\nFlyer drucken | Jörg Tal | 5.4.\n",
    ],
)
def test_table_of_tasks_is_read(table: str) -> None:
    assert [(t.text, t.assignee, t.due) for t in tasks("Aufgaben\n\n" + table)] == [
        ("Raum prüfen", "Anna Berg", "Mitte Mai"),
        ("Flyer drucken", "Jörg Tal", "2019-04-05"),
    ]


def test_list_of_tasks_gives_who_and_until_when() -> None:
    text = "Zu erledigen:\n- Förderantrag (Petra, Abgabe 30. April)\n- Nachruf schreiben, Jörg\n- Sticker bestellen\n\nSonstiges\n"
    assert [(t.assignee, t.due) for t in tasks(text)] == [
        ("Petra Au", "2019-04-30"),
        ("Jörg Tal", None),
        (None, None),
    ]


def test_list_for_somebody_names_the_holder() -> None:
    text = "**Anregungen für die Koordinierungsstelle**\n\n- Kammern einladen\n- Plan entwerfen\n"
    assert [(t.kind, t.assignee) for t in tasks(text)] == [
        ("suggestion", "Koordinierungsstelle")
    ] * 2


def test_pronoun_means_the_person_before() -> None:
    text = (
        "Herr Tal hält den Anbau für zu teuer. Er wird beim Kirchenvorstand bis 5.4. nachfragen.\n"
    )
    assert [(t.assignee, t.due) for t in tasks(text)] == [("Jörg Tal", "2019-04-05")]


def test_two_people_with_two_verbs_are_two_tasks() -> None:
    text = "Frau Berg bereitet den Vertrag vor und Herr Tal kümmert sich um die Musik.\n"
    assert [t.assignee for t in tasks(text)] == ["Anna Berg", "Jörg Tal"]


def test_span_of_a_task_is_its_sentence() -> None:
    minutes = read_minutes(HEAD + "Es war schön. Frau Berg besorgt ein Zelt. Danke!\n")
    (task,) = minutes.tasks
    assert minutes.text[slice(*task.span)] == task.text == "Frau Berg besorgt ein Zelt."
