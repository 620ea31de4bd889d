# ruff: noqa: DTZ001 -- cells of spreadsheets have no time zone
"""Opening lists that somebody hands in: spreadsheets, texts, address books; whatever is hostile."""

import contextlib
import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buendnisnetz.upkeep.reading import sandbox, texts
from buendnisnetz.upkeep.reading.cards import read_cards
from buendnisnetz.upkeep.reading.sandbox import kind_of, read_list
from buendnisnetz.upkeep.reading.sheets import LARGEST_UNPACKED, cell_text, read_sheet
from buendnisnetz.upkeep.reading.table import MOST_ROWS, UnreadableError, table_from
from buendnisnetz.upkeep.reading.texts import read_csv
from tests.factories.upkeep import xlsx


@pytest.fixture
def write(tmp_path: Path):
    """Puts bytes on the disk."""

    def written(content: bytes | str, name: str = "list") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


def code_of(call, *args, **kwargs) -> str:
    with pytest.raises(UnreadableError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def book(**worksheets) -> bytes:
    """A workbook with several sheets; a name that begins with ``hidden`` is hidden."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer)
    for name, rows in worksheets.items():
        sheet = made.add_worksheet(name)
        if name.startswith("hidden"):
            sheet.hide()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    made.close()
    return buffer.getvalue()


class TestTable:
    def test_titles_and_empty_lines_are_no_rows_but_count_as_lines(self):
        lines = [(1, ["Partnerliste 2026", ""]), (2, ["", ""]), (3, ["Name", "Ort"]),
                 (4, ["", ""]), (5, ["Verein", "Erfurt"])]  # fmt: skip
        table = table_from(lines)
        assert table.header == ["Name", "Ort"]
        assert table.rows == [(5, ["Verein", "Erfurt"])]

    def test_blanks_go_lines_stay(self):
        table = table_from([(1, ["Name", " Notiz "]), (2, ["  Kita   Ost ", " eins \n  zwei "])])
        assert table.header == ["Name", "Notiz"]
        assert table.rows[0][1] == ["Kita Ost", "eins\nzwei"]

    def test_short_rows_are_filled_up_and_empty_columns_at_the_end_go(self):
        table = table_from([(1, ["Name", "Ort", "", ""]), (2, ["Verein"])])
        assert (table.header, table.rows) == (["Name", "Ort"], [(2, ["Verein", ""])])

    def test_a_single_column_has_its_first_line_as_heading(self):
        table = table_from([(1, ["Name"]), (2, ["Verein"])])
        assert (table.header, table.rows) == (["Name"], [(2, ["Verein"])])

    @pytest.mark.parametrize("lines", [[], [(1, ["", " "])], [(1, ["Name", "Ort"])]])
    def test_nothing_below_a_heading_is_empty(self, lines):
        assert code_of(table_from, lines) == "EMPTY"

    def test_too_many_rows_or_columns(self):
        many = [(n, ["a", "b"]) for n in range(1, MOST_ROWS + 3)]
        assert code_of(table_from, many) == "TOO_MANY_ROWS"
        assert code_of(table_from, [(1, ["x"] * 201), (2, ["x"] * 201)]) == "TOO_MANY_COLUMNS"


class TestSheets:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (12.0, "12"), (1.5, "1,5"), (True, "ja"), (False, "nein"), ("Text", "Text"),
            (datetime(2017, 8, 24), "24.08.2017"), (date(2017, 8, 24), "24.08.2017"),
            (datetime(2017, 8, 24, 9, 30), "24.08.2017 09:30"), (time(9, 30), "09:30:00"),
        ],
    )  # fmt: skip
    def test_cells_are_as_somebody_would_type_them(self, value, text):
        assert cell_text(value) == text

    def test_numbers_and_days_of_a_real_sheet(self, write):
        buffer = io.BytesIO()
        made = xlsxwriter.Workbook(buffer)
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["PLZ", "Seit"])
        sheet.write_number(1, 0, 99084)
        sheet.write_datetime(
            1, 1, datetime(2015, 5, 1), made.add_format({"num_format": "dd.mm.yy"})
        )
        made.close()
        assert read_sheet(write(buffer.getvalue())).rows == [(2, ["99084", "01.05.2015"])]

    def test_the_first_sheet_with_a_table_unless_another_is_named(self, write):
        path = write(
            book(Deckblatt=[["Nur ein Titel"]], hidden=[["a", "b"], ["c", "d"]],
                 Partner=[["Name", "Ort"], ["Verein", "Erfurt"]],
                 Alt=[["Name", "Ort"], ["Ehemals", "Gera"]])
        )  # fmt: skip
        found = read_sheet(path)
        assert (found.sheet, found.rows[0][1][0]) == ("Partner", "Verein")
        assert found.sheets == ["Deckblatt", "Partner", "Alt"]
        assert read_sheet(path, "Alt").rows[0][1][0] == "Ehemals"
        # A hidden sheet cannot be asked for.
        assert read_sheet(path, "hidden").sheet == "Partner"

    def test_a_workbook_without_a_table_is_empty(self, write):
        assert code_of(read_sheet, write(book(Leer=[]))) == "EMPTY"

    @pytest.mark.parametrize("content", [b"PK\x03\x04" + bytes(64), b"kein Zip", b""])
    def test_damage(self, write, content):
        assert code_of(read_sheet, write(content)) == "BROKEN"

    def test_a_zip_that_is_no_workbook(self, write):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            package.writestr("hallo.txt", "Welt")
        assert code_of(read_sheet, write(buffer.getvalue())) == "BROKEN"

    def test_a_bomb_is_not_unpacked_to_the_end(self, write):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("xl/worksheets/sheet1.xml", bytes(LARGEST_UNPACKED + 1))
        assert len(buffer.getvalue()) < 300_000
        assert code_of(read_sheet, write(buffer.getvalue())) == "TOO_LARGE"

    def test_thousands_of_parts(self, write):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            for number in range(2_001):
                package.writestr(f"{number}", "")
        assert code_of(read_sheet, write(buffer.getvalue())) == "TOO_LARGE"

    def test_an_encrypted_part(self, write):
        content = bytearray(xlsx(["Name", "Ort"], ["Verein", "Erfurt"]))
        place = content.index(b"PK\x01\x02")
        content[place + 8] |= 1
        assert code_of(read_sheet, write(bytes(content))) == "ENCRYPTED"


class TestTexts:
    @pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
    def test_whatever_separates_the_cells(self, write, mark):
        text = "\n".join(mark.join(row) for row in (["Name", "Ort", "PLZ"], ["Verein", "Gera", "07545"]))  # fmt: skip
        assert read_csv(write(text)).rows == [(2, ["Verein", "Gera", "07545"])]

    @pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "iso8859-15"])
    def test_however_the_letters_are_encoded(self, write, name):
        text = "Name;Ort\nBündnis für Größe;Mühlhausen\nÄrztehaus;Pößneck\n"
        found = read_csv(write(text.encode(name)))
        assert [cells[0] for _line, cells in found.rows] == ["Bündnis für Größe", "Ärztehaus"]

    def test_a_cell_with_line_breaks_does_not_shift_the_lines(self, write):
        found = read_csv(write('Name;Notiz\n"Verein";"eins\nzwei"\nKita;"drei"\n'))
        assert found.rows == [(2, ["Verein", "eins\nzwei"]), (4, ["Kita", "drei"])]

    def test_the_mark_of_our_own_exports_goes(self, write):
        found = read_csv(write("Name;Telefon\nVerein;'+49 361 1\nKita;'quer\n"))
        assert [cells[1] for _line, cells in found.rows] == ["+49 361 1", "'quer"]

    def test_a_binary_is_no_text(self, write):
        assert code_of(read_csv, write(b"Name;Ort\x00\n\x00;")) == "BROKEN"
        assert code_of(read_csv, write(b"\xff\xfea")) == "BROKEN"

    def test_a_cell_without_an_end(self, write):
        assert code_of(read_csv, write('Name;Ort\n"' + "x" * 200_000)) == "BROKEN"

    def test_one_column_needs_no_separator(self):
        assert texts.separator("Name\nVerein\n") == ";"

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.text(max_size=300))
    def test_any_text_is_a_table_or_says_why_not(self, write, text):
        with contextlib.suppress(UnreadableError):
            table = read_csv(write(text))
            assert all(len(cells) == len(table.header) for _line, cells in table.rows)


CARD = """BEGIN:VCARD
VERSION:{version}
FN:Dr. Ada Sorgsam
N:Sorgsam;Ada;;Dr.;
ORG:Muster\\, Verein\\; e. V.;Abteilung
TITLE:Koordination
item1.EMAIL;TYPE=work:ada@example.org
EMAIL:zweite@example.org
TEL;VALUE=uri;TYPE="work,voice":tel:+49-361-1
ADR;TYPE=work:;;Am Markt 1\\, Hof;Erfurt;;99084;
NOTE:eins\\nzwei
URL:https://example.org
UID:urn:uuid:1
END:VCARD
"""


class TestCards:
    @pytest.mark.parametrize("version", ["3.0", "4.0"])
    def test_a_card_is_a_row(self, write, version):
        found = read_cards(write(CARD.format(version=version)))
        ((line, cells),) = found.rows
        assert line == 2
        assert dict(zip(found.header, cells, strict=True)) == {
            "UID": "urn:uuid:1", "Name": "Dr. Ada Sorgsam", "Titel": "Dr.", "Vorname": "Ada",
            "Nachname": "Sorgsam", "Organisation": "Muster, Verein; e. V.",
            "Funktion": "Koordination", "E-Mail": "ada@example.org", "Telefon": "+49-361-1",
            "Straße": "Am Markt 1, Hof", "PLZ": "99084", "Ort": "Erfurt",
            "Website": "https://example.org", "Notiz": "eins\nzwei",
        }  # fmt: skip

    def test_folded_lines_and_several_cards(self, write):
        text = CARD.format(version="4.0").replace("FN:Dr. Ada", "FN:Dr. A\r\n da") * 3
        found = read_cards(write(text.replace("\n", "\r\n").replace("\r\r", "\r")))
        assert [line for line, _cells in found.rows] == [2, 3, 4]
        assert {cells[1] for _line, cells in found.rows} == {"Dr. Ada Sorgsam"}

    def test_old_cards_have_no_fixed_encoding(self, write):
        assert code_of(read_cards, write(CARD.format(version="2.1"))) == "OLD_CARDS"

    @pytest.mark.parametrize("text", ["", "BEGIN:VCARD\nVERSION:4.0\n", "Guten Tag"])
    def test_no_card_at_all(self, write, text):
        assert code_of(read_cards, write(text)) in {"EMPTY", "BROKEN"}

    def test_our_own_cards_come_back(self, write):
        from buendnisnetz.network.models import Organisation  # noqa: PLC0415
        from buendnisnetz.network.presenters import organisation_vcard  # noqa: PLC0415

        body = Organisation(
            public_id="abcd2345", name="Backhaus; Krume, Söhne", street="Weg 1", postcode="99084",
            city="Erfurt", email="a@example.org", phone="0361 1", website="https://example.org",
        )  # fmt: skip
        found = read_cards(write(organisation_vcard(body)))
        row = dict(zip(found.header, found.rows[0][1], strict=True))
        assert (row["Name"], row["Straße"], row["PLZ"]) == ("Backhaus; Krume, Söhne", "Weg 1", "99084")  # fmt: skip


class TestSandbox:
    @pytest.mark.parametrize(
        ("name", "head", "kind"),
        [
            ("liste.csv", b"PK\x03\x04abc", "SHEET"), ("liste.xlsx", b"Name;Ort", "TEXT"),
            ("adressen.vcf", b"\xef\xbb\xbfBEGIN:VCARD", "CARDS"), ("x.txt", b"begin:vcard", "CARDS"),
            ("adressen.vcf", b"Name", "CARDS"),
        ],
    )  # fmt: skip
    def test_the_first_bytes_count_before_the_name(self, name, head, kind):
        assert kind_of(name, head) == kind

    @pytest.mark.parametrize("kind", ["SHEET", "TEXT", "CARDS"])
    def test_each_kind_is_read_in_a_process_of_its_own(self, write, kind):
        content = {
            "SHEET": xlsx(["Name", "Ort"], ["Verein", "Erfurt"]),
            "TEXT": b"Name;Ort\nVerein;Erfurt\n",
            "CARDS": CARD.format(version="4.0").encode(),
        }[kind]
        assert len(read_list(write(content), kind).rows) == 1

    def test_what_the_child_refuses_comes_with_its_values(self, write):
        lines = "\n".join(["Name;Ort"] + ["Verein;Erfurt"] * (MOST_ROWS + 1))
        with pytest.raises(UnreadableError) as caught:
            read_list(write(lines), "TEXT")
        assert (caught.value.code, caught.value.values) == ("TOO_MANY_ROWS", {"limit": MOST_ROWS})

    def test_the_clock_stops_it(self, write):
        assert code_of(read_list, write("Name;Ort\na;b\n"), "TEXT", seconds=0.01) == "TOO_SLOW"

    def test_memory_stops_it(self, write):
        # No two texts are the same: what is the same is held once.
        rows = [[f"Verein {row} {column} " * 20 for column in range(4)] for row in range(15_000)]
        content = xlsx(["Name", "Ort", "Art", "Größe"], *rows)
        found = code_of(read_list, write(content), "SHEET", megabytes=40)
        assert found in {"TOO_LARGE", "TOO_SLOW", "BROKEN"}

    def test_a_child_that_dies_or_babbles_is_a_damaged_file(self, write, monkeypatch):
        path = write("Name;Ort\na;b\n")
        monkeypatch.setattr(sandbox.sys, "executable", "/bin/echo")
        assert code_of(read_list, path, "TEXT") == "BROKEN"
        assert code_of(read_list, path, "TEXT", sheet="\x00") == "BROKEN"
