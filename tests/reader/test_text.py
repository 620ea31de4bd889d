"""The text that spans point into, and its plain view of the same length."""

import unicodedata

import pytest

from buendnisnetz.reader.errors import TooLargeError
from buendnisnetz.reader.flow import restore_lines
from buendnisnetz.reader.markup import plain_view
from buendnisnetz.reader.text import LONGEST_TEXT, normalise


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Bewährtes be-\nwahren", "Bewährtes bewahren"),
        ("be-\n\nwahrt", "bewahrt"),
        ("die Ver- waltung", "die Verwaltung"),
        ("Vor- und Nachteile", "Vor- und Nachteile"),
        ("Kinder-\nund Jugendhilfe", "Kinder-\nund Jugendhilfe"),
        ("Nguyen-\nBaumann", "Nguyen-Baumann"),
        ("T a g e s o r d n u n g", "Tagesordnung"),
        ("B E S C H L U S S", "BESCHLUSS"),
        ("A B C D", "A B C D"),
        ("Bu\u0308ndnis\r\nneu", "Bündnis\nneu"),
        ("Fa\u00admilie\ufeff", "Familie"),
        ("a\x00b\u00a0c", "ab c"),
        ("Stra&szlig;e &lt;", "Straße &lt;"),
    ],
)
def test_normalise_gives_what_a_person_reads(raw: str, text: str) -> None:
    assert normalise(raw).text == text


def test_normalise_remembers_the_mended_words() -> None:
    normalised = normalise("Der Ver-\nein hat Mit-\nglieder.")
    assert [normalised.text[slice(*span)] for span in normalised.mended] == ["Verein", "Mitglieder"]


def test_normalise_composes_characters() -> None:
    assert unicodedata.is_normalized("NFC", normalise("Ho\u0308ren").text)


def test_normalise_refuses_endless_text() -> None:
    with pytest.raises(TooLargeError, match="bitte teilen Sie sie auf"):
        normalise("a" * (LONGEST_TEXT + 1))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Wann:** heute", "  Wann:   heute"),
        ("a <b>fett</b> z", "a    fett     z"),
        ("eins<br>zwei", "eins\n   zwei"),
        ("[Weg](x)", " Weg    "),
        ("~~alt~~ neu", "        neu"),
        ("22\\. Mai", "22.  Mai"),
        ("### Titel", "    Titel"),
        ("<https://x.example>", "<https://x.example>"),
    ],
)
def test_plain_view_blanks_markup_in_place(text: str, plain: str) -> None:
    assert plain_view(text) == plain


def test_lost_bullets_become_lines() -> None:
    view = plain_view("da: lAnna Berg, lBert Tal, lCora Au")
    assert [line.strip(" ,") for line in view.split("\n")] == [
        "da:",
        "•Anna Berg",
        "•Bert Tal",
        "•Cora Au",
    ]


def test_running_titles_inside_text_are_blanked() -> None:
    text = (
        "Wir haben Niederschrift Rat 1 von 2 beraten. Und dann Niederschrift Rat 2 von 2 vertagt."
    )
    assert " ".join(plain_view(text).split()) == "Wir haben beraten. Und dann vertagt."


def test_lost_lines_come_back_at_labels_and_numbers() -> None:
    flow = (
        "Niederschrift über die Sitzung des Beirats am 3.4.2020 Ort: Rathaus Beginn: 18 Uhr Anwesend: Frau Au, Herr Tal "
        "Tagesordnung 1. Begrüßung 2. Kasse 3. Verschiedenes 1. Begrüßung Frau Au begrüßt alle. "
        "2. Kasse Die Kasse stimmt. 3. Verschiedenes Es liegt nichts vor."
    )
    assert restore_lines(flow).split("\n")[1:8] == [
        "Ort: Rathaus",
        "Beginn: 18 Uhr",
        "Anwesend: Frau Au, Herr Tal",
        "Tagesordnung",
        "1. Begrüßung",
        "2. Kasse",
        "3. Verschiedenes",
    ]


def test_a_mentioned_item_number_breaks_no_line() -> None:
    flow = (
        "TOP 1 Begrüßung Herr Au begrüßt alle und bittet, die Tagesordnung um TOP 2 zu ergänzen. "
        * 2
    )
    assert all("um TOP 2 zu" in line for line in restore_lines(flow).split("\n") if "TOP 2" in line)
