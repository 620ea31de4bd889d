"""The one-page sheet about an alliance: its own data, one page whatever they are, nobody's name."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pdfua
import pytest
from django.test import Client

from buendnisnetz.network.enums import OrganisationKind, SizeClass
from buendnisnetz.partnering.domain.queries import sheet
from buendnisnetz.partnering.enums import Audience
from buendnisnetz.territories.enums import ChamberKind
from buendnisnetz.ui.pdf import paper
from tests.factories.network import (
    agree,
    make_alliance,
    make_group,
    make_membership,
    make_organisation,
    make_person,
    make_term,
)
from tests.factories.partnering import NOW, TODAY, make_benefit, make_chamber_post, make_contact
from tests.factories.territories import make_chamber, make_district

pytestmark = pytest.mark.django_db

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente und noch viele weitere Wörter "


@pytest.fixture
def alliance() -> Any:
    return make_alliance(
        "Bündnis Mitte", territory=make_district("16070", "Ilm-Kreis"),
        description="Wir bringen Betriebe und Familien zusammen.",
        carrier=make_organisation("Landratsamt"), founded_on=date(2011, 5, 3),
        fields_of_action=["Familie und Beruf", "Pflege"],
    )  # fmt: skip


def text_of(pdf: bytes) -> tuple[int, str]:
    with pdfplumber.open(BytesIO(pdf)) as document:
        return len(document.pages), "\n".join(page.extract_text() for page in document.pages)


def printed(alliance: Any) -> bytes:
    return paper("partnering/benefit_sheet", sheet.sheet_of(alliance, TODAY), written_at=NOW)


def fill(alliance: Any) -> None:
    """More, and longer, of everything than a page can hold."""
    type(alliance).objects.filter(pk=alliance.pk).update(
        name=(LONG * 3)[:200], description=LONG * 40, fields_of_action=[LONG[:80]] * 12
    )
    alliance.refresh_from_db()
    for kind in OrganisationKind:
        make_membership(alliance, make_organisation(kind=kind))
    for number in range(9):
        make_group(f"AG {number}", alliance=alliance, topic=(LONG * 2)[:120])
    for number in range(5):
        make_benefit(
            f"{number} {LONG * 3}"[:240], evidence=LONG * 20, source_title=(LONG * 3)[:240]
        )
    for _number in range(4):
        make_contact(alliance, title=(LONG * 2)[:120], phone="+49 361 1234567", office_hours=LONG)
    district = alliance.territory_links.get().territory
    for kind in (ChamberKind.IHK, ChamberKind.HWK):
        make_chamber_post(make_chamber(district, kind, f"{kind} {LONG}"[:120]), title=LONG)


class TestData:
    def test_it_says_what_the_alliance_is(self, alliance):
        data = sheet.sheet_of(alliance, TODAY)
        assert {key: data[key] for key in ("name", "about", "places", "founded", "carrier", "fields")} == {
            "name": "Bündnis Mitte", "about": "Wir bringen Betriebe und Familien zusammen.",
            "places": "Ilm-Kreis", "founded": "2011", "carrier": "Landratsamt",
            "fields": "Familie und Beruf, Pflege",
        }  # fmt: skip
        assert data["status"]
        assert data["join"].endswith("/mitmachen/")

    def test_partners_are_counted_by_kind(self, alliance):
        for kind in (OrganisationKind.COMPANY, OrganisationKind.COMPANY, OrganisationKind.CHURCH):
            make_membership(alliance, make_organisation(kind=kind, size_class=SizeClass.MICRO))
        data = sheet.sheet_of(alliance, TODAY)
        assert data["total"] == 3
        assert data["partners"] == [
            [str(OrganisationKind.COMPANY.label), "2"], [str(OrganisationKind.CHURCH.label), "1"],
        ]  # fmt: skip

    def test_rare_kinds_become_one_line(self, alliance):
        for kind in OrganisationKind:
            make_membership(alliance, make_organisation(kind=kind))
        rows = sheet.sheet_of(alliance, TODAY)["partners"]
        assert len(rows) == sheet.MOST_KINDS + 1
        assert rows[-1] == ["andere", str(len(OrganisationKind) - sheet.MOST_KINDS)]

    def test_groups_that_go_on_and_how_many_more(self, alliance):
        for number in range(sheet.MOST_GROUPS + 2):
            make_group(f"AG {number}", alliance=alliance, topic=f"Thema {number}")
        make_group("Beendet", alliance=alliance, valid_to=date(2026, 1, 1))
        rows = sheet.sheet_of(alliance, TODAY)["groups"]
        assert rows == ["Thema 0", "Thema 1", "Thema 2", "Thema 3", "und 2 weitere"]

    def test_a_group_without_topic_is_named(self, alliance):
        make_group("AG Spielplatz", alliance=alliance)
        assert sheet.sheet_of(alliance, TODAY)["groups"] == ["AG Spielplatz"]

    def test_published_benefits_for_firms_with_their_source(self, alliance):
        make_benefit("Für Betriebe", source_title="Umfrage", checked_on=date(2026, 10, 1))
        make_benefit("Für Gemeinden", audience=Audience.MUNICIPALITY)
        make_benefit("Entwurf", is_published=False)
        assert sheet.sheet_of(alliance, TODAY)["benefits"] == [
            {"claim": "Für Betriebe", "evidence": "86 % sagen ja.", "source": "Umfrage, 01.10.2026"}
        ]

    def test_contacts_are_posts_else_the_office_else_nothing(self, alliance):
        data = sheet.sheet_of(alliance, TODAY)
        assert data["contacts"] == []
        type(alliance).objects.filter(pk=alliance.pk).update(
            email="post@mitte.example", phone="0361 1"
        )
        alliance.refresh_from_db()
        assert sheet.sheet_of(alliance, TODAY)["contacts"] == [
            ["Büro", "post@mitte.example, 0361 1"]
        ]
        make_contact(alliance, "stelle@mitte.example", title="Koordination", phone="0361 2")
        assert sheet.sheet_of(alliance, TODAY)["contacts"] == [
            ["Koordination", "stelle@mitte.example, 0361 2"]
        ]

    def test_chambers_with_their_contact_or_open(self, alliance):
        district = alliance.territory_links.get().territory
        make_chamber_post(
            make_chamber(district, ChamberKind.IHK, "IHK Süd"), "ihk@post.example", title="Familie"
        )
        make_chamber(district, ChamberKind.HWK, "HWK Nord")
        assert sorted(sheet.sheet_of(alliance, TODAY)["chambers"]) == [
            ["HWK Nord", "Ansprechstelle noch offen"], ["IHK Süd", "Familie, ihk@post.example"],
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "shortened"),
        [
            ("kurz", "kurz"),
            ("genau zehn", "genau zehn"),
            ("zwei  Leer\nzeichen", "zwei Leer…"),
            ("einlangeswort", "einlanges…"),
            ("", ""),
        ],
    )
    def test_texts_are_cut_between_words(self, text, shortened):
        assert sheet.short(text, 10) == shortened

    def test_queries_do_not_grow(self, alliance, django_assert_num_queries):
        fill(alliance)
        with django_assert_num_queries(10):
            sheet.sheet_of(alliance, TODAY)


class TestPaper:
    def test_one_accessible_page_when_little_is_known(self, tmp_path: Path):
        pages, text = self.checked(make_alliance("Leer"), tmp_path)
        assert pages == 1
        assert "Leer" in text
        assert "Noch keine eingetragen." in text

    def test_one_accessible_page_when_far_too_much_is_known(self, alliance, tmp_path: Path):
        fill(alliance)
        pages, text = self.checked(alliance, tmp_path)
        assert pages == 1
        assert "So machen Sie mit" in text
        assert "/mitmachen/" in text.replace("\n", "")

    def checked(self, alliance: Any, folder: Path) -> tuple[int, str]:
        pdf = printed(alliance)
        file = folder / "blatt.pdf"
        file.write_bytes(pdf)
        assert [finding.rule_id for finding in pdfua.validate(file).findings] == []
        return text_of(pdf)

    def test_nobodys_name_stands_on_it(self, alliance):
        person = make_person("Wunderlich", "Waltraud")
        agree(person)
        make_term(make_contact(alliance, title="Koordination"), person)
        _pages, text = text_of(printed(alliance))
        assert "Koordination" in text
        assert "Wunderlich" not in text

    def test_texts_are_never_run(self, alliance):
        type(alliance).objects.filter(pk=alliance.pk).update(description="#panic() *x* $y$")
        alliance.refresh_from_db()
        assert "#panic() *x* $y$" in text_of(printed(alliance))[1]

    def test_everybody_may_take_it_home(self, alliance):
        response = Client().get(f"/partner/nutzenblatt/{alliance.slug}/")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == (
            f'attachment; filename="nutzenblatt-{alliance.slug}.pdf"'
        )
        assert text_of(response.content)[0] == 1

    def test_an_alliance_that_is_not_public_has_none_for_visitors(self, alliance):
        type(alliance).objects.filter(pk=alliance.pk).update(is_public=False)
        assert Client().get(f"/partner/nutzenblatt/{alliance.slug}/").status_code == 404
