"""What one cell means, and the sentence where it means nothing."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.network.enums import Contribution, OrganisationKind, SizeClass, WzSection
from buendnisnetz.upkeep.domain import cells
from buendnisnetz.upkeep.domain.cells import CellError


def refused(parse, cell: str) -> str:
    with pytest.raises(CellError) as caught:
        parse(cell)
    return str(caught.value)


class TestDays:
    @pytest.mark.parametrize(
        ("cell", "day"),
        [
            ("24.08.2017", "2017-08-24"), ("2017-08-24", "2017-08-24"), ("24.8.17", "2017-08-24"),
            ("24/08/2017", "2017-08-24"), ("24.08.2017 00:00", "2017-08-24"),
            ("08/2017", "2017-08-01"), ("5.2015", "2015-05-01"), ("2015", "2015-01-01"),
        ],
    )  # fmt: skip
    def test_as_people_write_them(self, cell, day):
        assert cells.day(cell) == day

    @pytest.mark.parametrize(
        "cell", ["31.02.2017", "gestern", "13/2017", "0000", "1.1.1066", "20177"]
    )
    def test_no_day(self, cell):
        assert refused(cells.day, cell) == f"„{cell}“ ist kein Tag. Bitte so schreiben: 24.08.2017."

    @given(st.dates(cells._EARLIEST, cells._LATEST))
    def test_every_day_comes_back(self, day):
        assert cells.day(f"{day:%d.%m.%Y}") == day.isoformat() == cells.day(day.isoformat())


class TestAddresses:
    def test_mail(self):
        assert cells.email("a.b@example.org") == "a.b@example.org"
        for cell in ("a@b", "ohne-klammeraffe.de", "a b@example.org", "@example.org"):
            assert "ist keine E-Mail-Adresse" in refused(cells.email, cell)

    def test_web(self):
        assert cells.website("www.example.org") == "https://www.example.org"
        assert cells.website("http://example.org/a?b=1") == "http://example.org/a?b=1"
        for cell in ("kein netz", "javascript:alert(1)", "ftp://example.org"):
            assert "ist keine Webadresse" in refused(cells.website, cell)

    @pytest.mark.parametrize("cell", ["0361 / 123-45", "+49 (361) 1234 App. 5", "03 61/12 34"])
    def test_phone(self, cell):
        assert cells.phone(cell) == cell

    @pytest.mark.parametrize("cell", ["keins", "a1@example.org", "1" * 41, "12"])
    def test_no_phone(self, cell):
        assert "ist keine Telefonnummer" in refused(cells.phone, cell)

    @pytest.mark.parametrize(
        ("cell", "code"), [("99084", "99084"), ("1067", "01067"), ("D-99084", "99084")]
    )
    def test_postcode(self, cell, code):
        assert cells.postcode(cell) == code

    @pytest.mark.parametrize("cell", ["990", "990845", "99o84", "Erfurt"])
    def test_no_postcode(self, cell):
        assert "ist keine Postleitzahl. Sie hat fünf Ziffern." in refused(cells.postcode, cell)


class TestWords:
    def test_texts_have_a_longest(self):
        assert cells.text(5)("Kitas") == "Kitas"
        assert (
            refused(cells.text(5), "Vereine") == "Der Text ist länger als 5 Zeichen. Bitte kürzen."
        )

    @pytest.mark.parametrize("cell", ["ja", "X", "1", "wahr"])
    def test_yes(self, cell):
        assert cells.yes_or_no(cell) is True

    @pytest.mark.parametrize("cell", ["Nein", "0", "-"])
    def test_no(self, cell):
        assert cells.yes_or_no(cell) is False

    def test_neither(self):
        assert "weder ja noch nein" in refused(cells.yes_or_no, "vielleicht")

    def test_choices_by_label_code_and_synonym(self):
        parse = cells.choice(OrganisationKind, {"Firma": OrganisationKind.COMPANY})
        assert parse("Unternehmen") == parse("company") == parse("FIRMA") == "COMPANY"
        assert "„Zirkus“ ist nichts von: " in refused(parse, "Zirkus")

    @pytest.mark.parametrize("kind", list(OrganisationKind))
    def test_every_label_comes_back(self, kind):
        assert cells.choice(OrganisationKind)(str(kind.label)) == kind

    @pytest.mark.parametrize(
        ("cell", "letter"),
        [
            ("C", "C"), ("c", "C"), ("C Verarbeitendes Gewerbe", "C"), ("28.1", "C"), ("10", "C"),
            ("86", "Q"), ("01.11", "A"), ("8411", "O"), ("Handel; Instandhaltung von Fahrzeugen", ""),
            ("G-Handel", "G"),
        ],
    )  # fmt: skip
    def test_branches(self, cell, letter):
        if letter:
            assert cells.branch(cell) == letter
        else:
            assert "ist keine Branche" in refused(cells.branch, cell)

    @pytest.mark.parametrize("section", list(WzSection))
    def test_every_branch_comes_back(self, section):
        assert cells.branch(str(section.label)) == section
        assert cells.branch(str(section.label)[2:]) == section

    @pytest.mark.parametrize("cell", ["34", "40", "04", "Zauberei"])
    def test_no_branch(self, cell):
        assert "ist keine Branche der WZ 2008" in refused(cells.branch, cell)

    @pytest.mark.parametrize(
        ("cell", "size"),
        [
            ("1", SizeClass.MICRO), ("9", SizeClass.MICRO), ("10", SizeClass.SMALL),
            ("250", SizeClass.LARGE), ("1.200", SizeClass.LARGE), ("10-49", SizeClass.SMALL),
            ("50 bis 249", SizeClass.MEDIUM),
        ],
    )  # fmt: skip
    def test_sizes_by_number_and_by_class(self, cell, size):
        assert cells.size(cell) == size

    @pytest.mark.parametrize("size", list(SizeClass))
    def test_every_size_comes_back(self, size):
        assert cells.size(str(size.label)) == size

    def test_no_size(self):
        assert "ist nichts von" in refused(cells.size, "ein paar")

    def test_contributions(self):
        both = f"{Contribution.ROOMS.label}; {Contribution.MONEY.label}"
        assert cells.contributions(both) == ["ROOMS", "MONEY"]
        assert cells.contributions("Räume, Geld, Räume") == ["ROOMS", "MONEY"]
        assert "„Kuchen“ ist nichts von" in refused(cells.contributions, "Räume; Kuchen")

    @pytest.mark.parametrize("value", list(Contribution))
    def test_every_contribution_comes_back(self, value):
        assert cells.contributions(str(value.label)) == [value]

    def test_other_names(self):
        assert cells.names(10)("Kurz; Lang ;; Kurz") == ["Kurz", "Lang"]
        assert "länger als 10" in refused(cells.names(10), "Kurz; Viel zu lang")


@given(st.text(min_size=1, max_size=60))
def test_any_cell_is_a_value_or_a_sentence(cell):
    for parse in (
        cells.day, cells.email, cells.website, cells.phone, cells.postcode, cells.yes_or_no,
        cells.branch, cells.size, cells.contributions, cells.names(160),
    ):  # fmt: skip
        with contextlib.suppress(CellError):
            assert parse(cell) is not None
