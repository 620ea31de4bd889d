"""Title, body, day, time, place, chair, recorder, approval and the next meeting (S02, S09, S10, S16)."""

import datetime

import pytest

from buendnisnetz.reader import read_minutes

HEADS = {
    "labels": "Protokoll der Sitzung des Familienbeirats\nDatum: 3.4.2020\nOrt: Rathaus\nBeginn: 18:00 Uhr\nEnde: 20:15 Uhr\nVorsitz: Frau Anna Berg\nProtokoll: Jörg Tal\n",
    "sentence": "Protokoll der Sitzung des Familienbeirats am 3.4.2020, 18:00 - 20:15 Uhr, im Rathaus\n\nFrau Anna Berg leitet die Sitzung.\nDas Protokoll führt Jörg Tal.\n",
    "tabs": "Niederschrift über die 4. Sitzung des Familienbeirats\n\nSitzungstag:\tFreitag, 3. April 2020\nSitzungsort:\tRathaus\nBeginn:\t18:00 Uhr\nEnde:\t20:15 Uhr\nVorsitzende:\tFrau Anna Berg\nSchriftführer:\tJörg Tal\n",
    "matter": '---\ntitle: "Familienbeirat – Protokoll"\ndate: 2020-04-03\nstart: "18:00"\nend: "20:15"\nplace: Rathaus\nmoderation: Anna Berg\nprotokoll: Jörg Tal\n---\n\n# Familienbeirat – Protokoll 4\n',
    "markdown": "# Protokoll Familienbeirat\n\n**Wann:** 3. April 2020, 18:00 bis 20:15 Uhr\n**Wo:** Rathaus\n**Moderation:** Anna Berg\n**Protokoll:** Jörg Tal\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_head_is_read(head: str) -> None:
    minutes = read_minutes(head)
    assert (minutes.date, minutes.start, minutes.end) == (
        datetime.date(2020, 4, 3),
        "18:00",
        "20:15",
    )
    assert (minutes.place, minutes.body) == ("Rathaus", "Familienbeirat")
    assert (minutes.chair, minutes.recorder) == (("Anna Berg",), ("Jörg Tal",))


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_span_of_each_value_holds_its_words(head: str) -> None:
    minutes = read_minutes(head)
    for name in ("place", "start", "end"):
        ((start, end),) = minutes.spans[name]
        assert getattr(minutes, name)[:2] in minutes.text[start:end]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Startseite\n\nErgebnisprotokoll\n\ndes Treffens der Helfer\nam 3.4.2020\n", "Ergebnisprotokoll des Treffens der Helfer"),
        ("# Nachbarschaftstreff 3.4.2020\n\n## Mitschrift\n", "Nachbarschaftstreff 3.4.2020"),
        ("N i e d e r s c h r i f t\n\nüber die Sitzung des Rates am 3.4.2020\n", "Niederschrift über die Sitzung des Rates am 3.4.2020"),
    ],
)  # fmt: skip
def test_title_is_read(text: str, title: str) -> None:
    assert read_minutes(text).title == title


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "Niederschrift über die Sitzung des Seniorenbeirats der Stadt Auental\n",
            "Seniorenbeirat der Stadt Auental",
        ),
        (
            "Protokoll des Treffens der Lokalen Bündnisse im Wiesenland\n",
            "Lokale Bündnisse im Wiesenland",
        ),
        ("Bündnis für Familie Auental\n\nProtokoll vom 3.4.2020\n", "Bündnis für Familie Auental"),
    ],
)
def test_body_is_in_the_nominative(text: str, body: str) -> None:
    assert read_minutes(text).body == body


@pytest.mark.parametrize(
    "text",
    [
        "Nächste Sitzung: 8. Mai, 18 Uhr",
        "Die nächste Sitzung findet am Freitag, dem 8. Mai 2020, im Rathaus statt.",
        "Wir treffen uns wieder am 8. Mai bei Frau Berg.",
        "## Nächster Termin\n\n8.5.2020, 9 Uhr",
    ],
)
def test_next_meeting_is_read(text: str) -> None:
    minutes = read_minutes(f"Protokoll vom 3.4.2020\n\n{text}\n")
    assert minutes.next_meeting == datetime.date(2020, 5, 8)


def test_approval_has_day_and_person() -> None:
    minutes = read_minutes(
        "Protokoll vom 3.4.2020\n\nFreigegeben durch Frau Anna Berg am: 9.5.2020\n"
    )
    assert (minutes.approved_on, minutes.approved_by) == (datetime.date(2020, 5, 9), "Anna Berg")


@pytest.mark.parametrize(
    "text",
    [
        "Einladung vom 1.3.2020",
        "Protokoll der Sitzung\n\nFrau Berg kümmert sich bis 1.5.2020 darum.",
        "",
    ],
)
def test_day_of_something_else_is_not_the_meeting(text: str) -> None:
    assert read_minutes(text).date is None


def test_signatures_name_chair_and_recorder() -> None:
    text = "Protokoll vom 3.4.2020\n\nKasse geprüft.\n\nBerg                 gez. Tal\nVorsitzende          Protokollführung\n"
    minutes = read_minutes(text)
    assert (minutes.chair, minutes.recorder) == (("Berg",), ("Tal",))
