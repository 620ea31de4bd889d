"""Which columns a list has: recognised by their headings, remembered for the same ones."""

import pytest

from buendnisnetz.core.errors import DomainError
from buendnisnetz.upkeep.domain import lists
from buendnisnetz.upkeep.domain.columns import FIELDS, fingerprint, proposed
from buendnisnetz.upkeep.domain.queries.lists import samples
from buendnisnetz.upkeep.enums import ListStatus, Target
from buendnisnetz.upkeep.models import ColumnMapping
from tests.factories.upkeep import NOW, receive, xlsx


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Name der Einrichtung", "name"), ("ORGANISATION", "name"), ("PLZ", "postcode"),
        ("Ort", "city"), ("E-Mail", "email"), ("e-mail:", "email"), ("Telefonnr.", "phone"),
        ("Straße und Hausnummer", "street"), ("Mitglied seit", "since"), ("WZ 2008", "wz_section"),
        ("Homepage", "website"), ("Gemeindeschlüssel", "territory"), ("Lieblingsfarbe", ""),
        ("", ""), ("Beschäftigte", "size_class"), ("Strasse", "street"),
    ],
)  # fmt: skip
def test_headings_of_partner_lists(heading, key):
    assert proposed(Target.MEMBERS, [heading]) == [key]


@pytest.mark.parametrize(
    ("header", "keys"),
    [
        (["Vorname", "Nachname", "Funktion", "Firma"],
         ["given_name", "family_name", "post_title", "organisation"]),
        (["Ansprechpartner", "Position", "Mail", "Mobil"],
         ["name", "post_title", "post_email", "person_phone"]),
        (["UID", "Name", "Titel", "Vorname", "Nachname"],
         ["", "name", "academic_title", "given_name", "family_name"]),
    ],
)  # fmt: skip
def test_headings_of_lists_of_people(header, keys):
    assert proposed(Target.PEOPLE, header) == keys


def test_each_field_once_for_the_heading_that_fits_best():
    assert proposed(Target.MEMBERS, ["Verein", "Name", "Name"]) == ["", "name", ""]


@pytest.mark.parametrize("target", list(Target))
def test_our_own_headings_come_back(target):
    header = [str(field.heading) for field in FIELDS[target]]
    assert proposed(target, header) == [field.key for field in FIELDS[target]]


def test_a_fingerprint_knows_the_order_but_not_the_spelling():
    assert fingerprint(["Straße", "Ort"]) == fingerprint(["STRASSE", "ort"])
    assert fingerprint(["Ort", "Straße"]) != fingerprint(["Straße", "Ort"])


@pytest.mark.django_db
class TestNaming:
    def name(self, row, columns):
        return lists.name_columns(partner_list=row, columns=columns, actor=row.uploaded_by, now=NOW)

    def test_what_was_named_is_remembered_for_the_same_headings(self):
        content = xlsx(["Wer", "Wo"], ["Verein", "Erfurt"])
        row = receive(content)
        assert row.columns == ["", ""]
        self.name(row, ["name", "city"])
        assert receive(content).columns == ["name", "city"]
        self.name(receive(content), ["name", ""])
        assert receive(content).columns == ["name", ""]
        assert ColumnMapping.objects.count() == 1

    def test_what_is_remembered_for_fields_that_are_gone_is_proposed_anew(self):
        content = xlsx(["Name", "Ort"], ["Verein", "Erfurt"])
        self.name(receive(content), ["name", "city"])
        ColumnMapping.objects.update(columns=["name", "unbekannt"])
        assert receive(content).columns == ["name", "city"]

    @pytest.mark.parametrize(
        ("target", "columns", "said"),
        [
            (Target.MEMBERS, ["name", "name"], "„Name“ ist zweimal vergeben"),
            (Target.MEMBERS, ["city", ""], "welche Spalte den Namen der Organisation enthält"),
            (Target.PEOPLE, ["given_name", ""], "welche Spalte den Namen der Person enthält"),
            (Target.MEMBERS, ["name"], "nicht die Spalten dieser Liste"),
            (Target.MEMBERS, ["name", "passwort"], "nicht die Spalten dieser Liste"),
        ],
    )
    def test_what_is_not_clear_is_said(self, target, columns, said):
        row = receive(xlsx(["a", "b"], ["x", "y"]), target=target)
        with pytest.raises(DomainError) as caught:
            self.name(row, columns)
        assert said in str(caught.value)
        row.refresh_from_db()
        assert row.status == ListStatus.MAPPING

    def test_samples_show_the_first_filled_cells(self):
        row = receive(xlsx(["Name", "Ort"], ["A", ""], ["B", "Gera"], ["C", "Gera"], ["D", "Jena"]))
        found = {sample.heading: sample.cells for sample in samples(row)}
        assert found == {"Name": ["A", "B", "C", "D"], "Ort": ["Gera", "Jena"]}
