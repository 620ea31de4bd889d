"""The same minutes in every format give the same structure."""

from collections.abc import Callable

import pytest

from buendnisnetz.reader import Minutes, load_document, read_minutes
from buendnisnetz.reader.formats.blocks import cell_text
from buendnisnetz.reader.formats.numbering import Counters, Level, written
from tests.reader import samples

MAKERS = {"docx": samples.docx_minutes, "odt": samples.odt_minutes, "pdf": samples.pdf_minutes}


@pytest.fixture(scope="module", params=MAKERS.values(), ids=MAKERS)
def minutes(request: pytest.FixtureRequest) -> Minutes:
    make: Callable[[], bytes] = request.param
    return read_minutes(load_document(make(), "protokoll"))


def test_head_is_read(minutes: Minutes) -> None:
    assert minutes.title == samples.TITLE
    assert (str(minutes.date), minutes.start, minutes.end) == ("2019-06-06", "17:00", "18:40")
    assert (minutes.place, minutes.body) == ("Rathaus Auental", "Familienbeirat Auental")


def test_people_are_read(minutes: Minutes) -> None:
    assert [(p.name, p.academic_title, p.organisation, p.status) for p in minutes.participants] == [
        ("Anna Berg", None, "Stadt Auental", "present"),
        ("Jörg Tal", "Dr.", "Klinik", "present"),
        ("Petra Au", None, "Kita Regenbogen", "excused"),
    ]


def test_agenda_is_read(minutes: Minutes) -> None:
    assert [(item.number, item.title) for item in minutes.agenda] == list(
        zip("123", samples.TOPICS, strict=True)
    )


def test_decisions_and_tasks_are_read(minutes: Minutes) -> None:
    assert [d.text for d in minutes.decisions] == [
        "Das Protokoll der 3. Sitzung wird einstimmig genehmigt.",
        "Die Ferienbetreuung wird im Sommer angeboten.",
    ]
    assert [(t.text, t.assignee, t.due) for t in minutes.tasks] == [
        ("Räume prüfen", "Jörg Tal", "2019-06-20"),
        ("Eltern befragen", "Petra Au", "nächste Sitzung"),
    ]


def test_next_meeting_is_read(minutes: Minutes) -> None:
    assert str(minutes.next_meeting) == "2019-07-04"


@pytest.mark.parametrize(
    ("pattern", "first"),
    [("TOP %1", "TOP 1 Begrüßung"), ("%1)", "1) Begrüßung"), ("Ö %1.", "Ö 1. Begrüßung")],
)
def test_word_numbers_are_restored(pattern: str, first: str) -> None:
    text = load_document(samples.numbered_docx(pattern, samples.TOPICS))
    assert text.splitlines()[0] == first


def test_head_and_foot_of_word_are_left_out() -> None:
    assert "Kopfzeile" not in load_document(samples.docx_minutes())


def test_deleted_words_are_left_out() -> None:
    assert load_document(samples.docx_with_deleted_words()) == "Wir treffen uns im Rathaus.\n"


def test_running_titles_and_page_numbers_of_pdf_are_left_out() -> None:
    text = load_document(samples.pdf_minutes(pages=3))
    assert "Familienbeirat Auental, 4. Sitzung" not in text
    assert "Seite" not in text


@pytest.mark.parametrize(
    ("depths", "labels"),
    [([0, 0, 1, 1, 0, 1], ["1.", "2.", "2.1", "2.2", "3.", "3.1"]), ([1, 0], ["1.1", "1."])],
)
def test_counters_restart_below_each_item(depths: list[int], labels: list[str]) -> None:
    levels = {0: Level("decimal", "%1."), 1: Level("decimal", "%1.%2")}
    counters = Counters()
    assert [counters.label("a", levels, depth) for depth in depths] == labels


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [
        (4, "lowerRoman", "iv"),
        (2, "upperLetter", "B"),
        (27, "a", "aa"),
        (9, "I", "IX"),
        (3, "decimal", "3"),
    ],
)
def test_numbers_are_written_in_their_way(number: int, kind: str, text: str) -> None:
    assert written(number, kind) == text


def test_html_page_becomes_text() -> None:
    page = b"<!DOCTYPE html><html><head><title>x</title></head><body><h2>Protokoll</h2><ul><li>Eins</li><li>Zwei</li></ul><table><tr><td>Ort</td><td>Rathaus</td></tr></table><script>nein</script></body></html>"
    text = load_document(page)
    assert [line for line in text.splitlines() if line] == [
        "## Protokoll",
        "- Eins",
        "- Zwei",
        "Ort\tRathaus",
    ]


def test_a_list_inside_a_table_cell_stays_a_list() -> None:
    assert cell_text(["Aylin Kaya", "Ömer Sen"]) == "Aylin Kaya; Ömer Sen"
    assert (
        cell_text(["Der Zaun ist alt.", "Er wird ersetzt."]) == "Der Zaun ist alt. Er wird ersetzt."
    )
