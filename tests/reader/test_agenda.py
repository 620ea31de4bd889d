"""The agenda in its usual numberings (S05)."""

import pytest

from buendnisnetz.reader import read_minutes

TITLES = ["Begrüßung", "Bericht der Kasse", "Sommerfest", "Verschiedenes"]


def _numbered(style: str) -> str:
    return "\n".join(
        style.format(n=n, r=r, t=t)
        for n, (r, t) in enumerate(zip(["I", "II", "III", "IV"], TITLES, strict=True), 1)
    )


@pytest.mark.parametrize(
    "style",
    [
        "TOP {n} {t}",
        "TOP {n}: {t}",
        "{n}. {t}",
        "{n}) {t}",
        "Ö {n} {t}",
        "Punkt {n}: {t}",
        "{r}. {t}",
        "- TOP {n} – {t}",
    ],
)
def test_list_is_read_in_every_style(style: str) -> None:
    minutes = read_minutes(
        f"Protokoll\n\nTagesordnung\n\n{_numbered(style)}\n\nEs wurde viel geredet.\n"
    )
    assert [item.title for item in minutes.agenda] == TITLES


@pytest.mark.parametrize(
    "style",
    [
        "TOP {n} {t}\nEs wurde geredet.\n",
        "## {n} {t}\n\nEs wurde geredet.\n",
        "**{n}. {t}**\n\nEs wurde lange über alles geredet.\n",
    ],
)
def test_headings_are_the_agenda_without_a_list(style: str) -> None:
    minutes = read_minutes("Protokoll der Runde\n\n" + _numbered(style))
    assert [(item.number, item.title) for item in minutes.agenda] == list(
        zip("1234", TITLES, strict=True)
    )


def test_contents_without_numbers_are_the_agenda() -> None:
    minutes = read_minutes(
        "# Treff\n\n## Themen\n\n### Kasse\n\n- leer\n\n### Fest\n\n## Mitschrift\n\nViel geredet.\n"
    )
    assert [(item.number, item.title) for item in minutes.agenda] == [
        (None, "Kasse"),
        (None, "Fest"),
    ]


def test_repeated_ones_are_counted() -> None:
    minutes = read_minutes("# Treff\n\n## Themen\n1. Kasse\n1. Fest\n1. Ende\n\n## Rest\n")
    assert [item.number for item in minutes.agenda] == ["1", "2", "3"]


def test_sub_items_keep_their_number() -> None:
    text = "Tagesordnung\n1. Kasse\n2. Anträge\n2.1 Ferien\n2.2 Spielplatz\n3. Ende\n\nBericht folgt.\n"
    assert [item.number for item in read_minutes(text).agenda] == ["1", "2", "2.1", "2.2", "3"]


def test_speaker_in_brackets_is_named() -> None:
    text = "Anwesend: Anna Berg\n\nTagesordnung\n1. Kasse (Frau Berg)\n2. Ende\n"
    assert read_minutes(text).agenda[0].speakers == ("Anna Berg",)


def test_a_task_knows_its_item() -> None:
    text = "Anwesend: Anna Berg\n\nTOP 1 Kasse\nAlles gut.\n\nTOP 2 Fest\nFrau Berg besorgt bis Mai ein Zelt.\n"
    assert [task.agenda_number for task in read_minutes(text).tasks] == ["2"]
