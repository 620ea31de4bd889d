"""The pages: what they show, what they cost, what they say to wrong questions."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buendnisnetz.core import slots
from buendnisnetz.core.examples import arguments_for
from buendnisnetz.territories.domain.queries import territories as queries
from buendnisnetz.territories.models import Chamber, Outline, Population, Territory
from buendnisnetz.ui.listing import PER_PAGE

pytestmark = pytest.mark.usefixtures("thuringia")
MEETING = date(2017, 8, 24)
NOW = date(2024, 12, 31)
LIST = "/gebiete/"


def page(client: Client, path: str, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def address(ags: str, day: date = NOW) -> str:
    territory = queries.territory_on(ags, day)
    return reverse("territories:territory_detail", args=[territory.public_id])


def rows_of(html: str) -> list[list[str]]:
    """The texts of the first table's body, tags removed."""
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    return [
        [re.sub(r"<[^>]+>", " ", cell).strip() for cell in re.findall(r"<td.*?</td>", row, re.S)]
        for row in re.findall(r"<tr>.*?</tr>", body, re.S)
    ]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def total_of(html: str) -> str:
    """How many rows the list has, as it says below the table."""
    return re.findall(r"(?:von|of) ([\d.]+)", text_of(html.split('class="bn-pages"')[1]))[0]


# The list


def test_the_list_shows_districts_first(client: Client) -> None:
    rows = rows_of(page(client, LIST, stand="2024-12-31"))
    assert len(rows) == PER_PAGE
    assert rows[0] == [
        "Erfurt, Stadt",
        "kreisfreie Stadt",
        "Thüringen",
        "215.675",
        "269,91",
        "16051",
    ]
    assert [row[1] for row in rows[:22]] == ["kreisfreie Stadt"] * 5 + ["Landkreis"] * 17


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ({"stand": "2017-08-24", "level": "DISTRICT"}, "23"),
        ({"stand": "2021-07-01", "level": "DISTRICT"}, "22"),
        ({"stand": "2017-08-24", "level": "MUNICIPALITY"}, "849"),
        ({"stand": "24.08.2017", "level": "MUNICIPALITY"}, "849"),
        ({"stand": "2023-12-31", "level": "MUNICIPALITY"}, "624"),
        ({"stand": "2024-12-31", "level": "MUNICIPALITY"}, "605"),
        ({"stand": "2024-12-31"}, "627"),
        ({"stand": "2024-12-31", "level": "ASSOCIATION"}, "80"),
        ({"stand": "2024-12-31", "level": "all"}, "708"),
        ({"stand": "2024-12-31", "parent": "16070"}, "16"),
        ({"stand": "2024-12-31", "kind": "TOWN"}, "115"),
        ({"stand": "2024-12-31", "q": "Ilm-Kreis"}, "1"),
    ],
)
def test_how_many_the_list_shows(client: Client, query: dict[str, str], total: str) -> None:
    assert total_of(page(client, LIST, **query)) == total


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("name", "Altenburger Land", "Weimarer Land"),
        ("-name", "Weimarer Land", "Altenburger Land"),
        ("population", "Suhl, Stadt", "Erfurt, Stadt"),
        ("-population", "Erfurt, Stadt", "Suhl, Stadt"),
        ("-area", "Wartburgkreis", "Weimar, Stadt"),
        ("key", "Erfurt, Stadt", "Altenburger Land"),
    ],
)
def test_the_list_sorts(client: Client, sort: str, first: str, last: str) -> None:
    rows = rows_of(page(client, LIST, stand="2024-12-31", level="DISTRICT", sort=sort))
    assert (rows[0][0], rows[-1][0]) == (first, last)


def test_unknown_figures_come_last_in_a_falling_order(client: Client) -> None:
    query = {"stand": "2019-01-01", "level": "MUNICIPALITY"}
    falling = rows_of(page(client, LIST, sort="-population", **query))
    assert falling[0][3] == "212.988"
    rising = rows_of(page(client, LIST, sort="population", **query))
    assert rising[0][3] != "212.988"


def test_the_list_names_base_and_day(client: Client) -> None:
    text = text_of(page(client, LIST, stand="2022-05-15"))
    assert "Stand: 15.05.2022. Einwohner: Zensus 2022" in text
    assert "Die Verzeichnisse sind" not in text


def test_the_list_says_when_it_may_be_incomplete(client: Client) -> None:
    sentence = "Die Verzeichnisse sind vom 31.12.2016 bis zum 31.12.2024 vollständig"
    assert sentence in text_of(page(client, LIST, stand="2026-01-01"))
    assert sentence in text_of(page(client, LIST, stand="2010-01-01"))


def test_estimates_are_marked(client: Client) -> None:
    html = page(client, LIST, stand="2022-05-15", level="DISTRICT", q="Eichsfeld")
    assert rows_of(html)[0][3] == "≈ 104.261"


def test_a_wrong_day_gets_a_sentence(client: Client) -> None:
    html = page(client, LIST, stand="kaputt")
    sentence = "Das ist kein Tag. Bitte schreiben Sie ihn als 24.08.2017 oder 2017-08-24."
    assert sentence in text_of(html)
    assert total_of(html) == "627"


def test_links_keep_the_day(client: Client) -> None:
    html = page(client, LIST, stand="2017-08-24", level="DISTRICT")
    assert html.count("?stand=2017-08-24") >= 23
    assert "?stand=" not in page(client, LIST).split("<tbody>")[1].split("</tbody>")[0]


def test_a_state_lies_in_nothing(client: Client) -> None:
    (row,) = rows_of(page(client, LIST, level="STATE"))
    assert row[:3] == ["Thüringen", "Land", "–"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Ilm-Kreis", "Ilm-Kreis"),
        ("eichsfeld", "Eichsfeld"),
        ("Sömerda", "Sömmerda"),
    ],
)
def test_search_shows_the_best_hit_first(client: Client, typed: str, first: str) -> None:
    """There are more territories than the search ranks, so the right ones have to be ranked."""
    html = page(client, LIST, stand="2024-12-31", q=typed)
    rows = rows_of(html)
    assert rows[0][0].startswith(first)
    assert total_of(html) == str(len(rows))


def test_nothing_found(client: Client) -> None:
    html = page(client, LIST, q="Atlantis")
    assert "Kein Gebiet passt zu dieser Suche" in text_of(html)


def test_exports_have_the_rows_of_the_page(client: Client) -> None:
    query = {"stand": "2017-08-24", "level": "DISTRICT", "sort": "-population"}
    shown = rows_of(page(client, LIST, **query))
    response: Any = client.get(LIST, query | {"format": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    header, *exported = csv.reader(io.StringIO(text), delimiter=";")
    assert header[:6] == [
        "Name",
        "Art",
        "Liegt in",
        "Einwohner",
        "Fläche in km²",
        "Schlüssel (AGS)",
    ]
    assert [row[:6] for row in exported] == shown
    assert exported[0][6:] == [
        "160510000000",
        "31.12.2017",
        "Fortschreibung auf Grundlage des Zensus 2011",
        "",
        "",
    ]
    eisenach = next(row for row in exported if row[5] == "16056")
    assert eisenach[-1] == "30.06.2021"


def test_the_list_leaves_as_a_workbook(client: Client) -> None:
    response: Any = client.get(LIST, {"level": "DISTRICT", "format": "xlsx"})
    content = b"".join(response.streaming_content)
    assert content.startswith(b"PK")
    assert response["Content-Disposition"].startswith('attachment; filename="gebiete-')


LIST_QUERIES = 4


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ({"level": "ASSOCIATION", "parent": "16072"}, 1),
        ({"level": "ASSOCIATION", "parent": "16069"}, 3),
        ({"level": "MUNICIPALITY"}, PER_PAGE),
        ({"level": "MUNICIPALITY", "sort": "-population"}, PER_PAGE),
    ],
)
def test_cost_of_the_list(
    client: Client, django_assert_num_queries: Any, query: dict[str, str], rows: int
) -> None:
    with django_assert_num_queries(LIST_QUERIES):
        html = page(client, LIST, stand="2024-12-31", **query)
    assert len(rows_of(html)) == rows


# A territory


def test_a_district(client: Client) -> None:
    html = page(client, address("16070"), stand="2024-12-31")
    text = text_of(html)
    assert "<h1" in html
    assert "Ilm-Kreis" in text
    assert "Sitz Arnstadt" in text
    assert "106.775 31.12.2023 Fortschreibung auf Grundlage des Zensus 2011" in text
    assert "106.164 15.05.2022 Zensus 2022" in text
    assert "108.830 31.12.2017" in text
    assert "Bestandteile am 31.12.2024 16" in text
    assert "IHK Südthüringen" in text
    assert "Handwerkskammer Erfurt" in text


def test_the_map_of_a_district(client: Client) -> None:
    html = page(client, address("16070"), stand="2024-12-31")
    assert html.count('class="tr-map__area"') == 21
    assert html.count("tr-map__area--highlighted") == 1
    assert 'role="img" aria-labelledby="map-title map-description"' in html
    assert '<title id="map-title">Lage: Ilm-Kreis</title>' in html
    listed = html.split('class="tr-names"')[1].split("</ul>")[0]
    assert listed.count("<li>") == 22
    assert "<strong>(hervorgehoben)</strong>" in listed
    assert "© GeoBasis-DE / BKG 2021 (Daten verändert)" in html


def test_the_map_follows_the_day(client: Client) -> None:
    html = page(client, address("16063"), stand="2017-08-24")
    assert html.count('class="tr-map__area') == 23
    assert "Grenzen vom 31.12.2018" in html


def test_what_has_ended_is_shown_as_of_its_last_day(client: Client) -> None:
    text = text_of(page(client, address("16056", MEETING)))
    assert "Bestand bis zum 30.06.2021" in text
    assert "Das Gebiet gehört jetzt zu: Wartburgkreis" in text
    assert "Bestandteile am 30.06.2021 1" in text
    assert "01.07.2021 · Eisenach, Stadt → Wartburgkreis" in text


def test_a_day_on_which_it_did_not_exist(client: Client) -> None:
    text = text_of(page(client, address("16056", MEETING), stand="2024-12-31"))
    assert "Am 31.12.2024 besteht dieses Gebiet nicht." in text
    assert "Es bestand oder besteht: bis 30.06.2021." in text


def test_a_split_municipality(client: Client) -> None:
    html = page(client, address("16064073", MEETING))
    text = text_of(html)
    assert (
        "Das Gebiet gehört jetzt zu: Dingelstädt, Stadt , Mühlhausen/Thüringen, Stadt , Unstruttal"
        in text
    )
    assert "1.699 Einwohner, 23,30 km², amtliche Liste der Gebietsänderungen" in text
    assert "tr-map__marker" in html


def test_where_a_municipality_comes_from(client: Client) -> None:
    text = text_of(page(client, address("16061119")))
    assert text.count("→ Uder · eingegliedert oder zusammengeschlossen") == 11


def test_a_municipality_names_its_association(client: Client) -> None:
    municipality = Territory.objects.filter(association__isnull=False).order_by("ags").first()
    assert municipality is not None
    assert municipality.association is not None
    html = page(client, address(municipality.ags))
    assert municipality.association.public_id in html
    assert "Gemeindeverband (neuestes Verzeichnis)" in html


def test_an_association_and_its_members(client: Client) -> None:
    html = page(client, address("160615001"), stand="2024-12-31")
    members = Territory.objects.filter(association__ags="160615001").count()
    assert html.count("tr-map__area--highlighted") == members > 1
    assert f"Bestandteile am 31.12.2024 {members}" in text_of(html)


def test_the_state(client: Client) -> None:
    html = page(client, address("16"), stand="2017-08-24")
    assert "Bestandteile am 24.08.2017 23" in text_of(html)
    assert html.count('class="tr-map__area"') == 23
    assert "tr-map__area--highlighted" not in html


def test_without_outlines_there_is_no_map(client: Client) -> None:
    Outline.objects.all().delete()
    for ags in ("16", "16070", "16070004"):
        assert "<svg" not in page(client, address(ags))


def test_where_the_own_level_was_not_drawn_the_district_is(client: Client) -> None:
    html = page(client, address("16056000", MEETING))
    assert html.count('class="tr-map__area') == 23
    assert html.count("tr-map__area--highlighted") == 1


def test_without_figures(client: Client) -> None:
    Population.objects.all().delete()
    text = text_of(page(client, address("16070")))
    assert "Grundlage" not in text


def test_a_wrong_day_on_a_page(client: Client) -> None:
    text = text_of(page(client, address("16070"), stand="31.02.2020"))
    assert "Das ist kein Tag. Bitte schreiben Sie ihn" in text


def test_the_page_says_when_it_may_be_incomplete(client: Client) -> None:
    sentence = "Die Verzeichnisse sind vom 31.12.2016 bis zum 31.12.2024 vollständig"
    assert sentence in text_of(page(client, address("16070"), stand="2025-06-01"))
    assert sentence not in text_of(page(client, address("16070"), stand="2024-06-01"))


def test_history_of_the_data(client: Client) -> None:
    assert "aus einem Datensatz geladen" in page(client, address("16070"))


def test_upper_rooms_add_panels(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def panel(territory: Territory, *, user: Any, on: date) -> str:
        asked.append((territory.ags, user.is_authenticated, on))
        return "<p>Bündnisse hier</p>"

    monkeypatch.setitem(slots._panels, "territories.territory", [(1, panel)])
    assert "<p>Bündnisse hier</p>" in page(client, address("16070"), stand="2024-12-31")
    assert asked == [("16070", False, NOW)]


def test_unknown_territories_are_not_found(client: Client) -> None:
    assert client.get("/gebiete/gibtsnicht/").status_code == 404
    assert client.get("/gebiete/kammern/gibtsnicht/").status_code == 404


@pytest.mark.parametrize("ags", ["16053", "16072", "16074"])
def test_cost_of_a_district(client: Client, django_assert_num_queries: Any, ags: str) -> None:
    """One municipality, eight, ninety-one: always the same."""
    path = address(ags)
    with django_assert_num_queries(4):
        page(client, path, stand="2024-12-31")


@pytest.mark.parametrize(
    ("ags", "day", "number"),
    [
        ("16", NOW, 4),
        ("16056", MEETING, 5),
        ("16070004", NOW, 3),
        ("16064073", MEETING, 4),
        ("16056000", MEETING, 5),
        ("160615001", NOW, 5),
    ],
)
def test_cost_of_other_territories(
    client: Client, django_assert_num_queries: Any, ags: str, day: date, number: int
) -> None:
    path = address(ags, day)
    with django_assert_num_queries(number):
        page(client, path)


# Chambers


def test_the_chambers(client: Client) -> None:
    rows = rows_of(page(client, "/gebiete/kammern/", stand="2017-08-24", sort="districts"))
    assert rows == [
        ["IHK Südthüringen", "Industrie- und Handelskammer", "Suhl", "5"],
        ["Handwerkskammer Südthüringen", "Handwerkskammer", "Suhl", "6"],
        ["Handwerkskammer für Ostthüringen", "Handwerkskammer", "Gera", "7"],
        ["IHK Ostthüringen zu Gera", "Industrie- und Handelskammer", "Gera", "7"],
        ["Handwerkskammer Erfurt", "Handwerkskammer", "Erfurt", "10"],
        ["IHK Erfurt", "Industrie- und Handelskammer", "Erfurt", "11"],
    ]


def test_chambers_of_one_kind(client: Client) -> None:
    rows = rows_of(page(client, "/gebiete/kammern/", kind="HWK"))
    assert [row[0] for row in rows] == [
        "Handwerkskammer Erfurt",
        "Handwerkskammer Südthüringen",
        "Handwerkskammer für Ostthüringen",
    ]


def chamber_address(name: str) -> str:
    chamber = Chamber.objects.get(name=name)
    return reverse("territories:chamber_detail", args=[chamber.public_id])


def test_a_chamber(client: Client) -> None:
    html = page(client, chamber_address("IHK Südthüringen"), stand="2024-12-31")
    assert [row[0] for row in rows_of(html)] == [
        "Hildburghausen",
        "Ilm-Kreis",
        "Schmalkalden-Meiningen",
        "Sonneberg",
        "Suhl, Stadt",
    ]
    assert html.count("tr-map__area--highlighted") == 5
    assert ">Quelle 2</a>" in html
    assert "Früher im Bezirk" not in html


def test_a_chamber_remembers_its_former_districts(client: Client) -> None:
    text = text_of(page(client, chamber_address("IHK Erfurt"), stand="2024-12-31"))
    assert "Landkreise und kreisfreie Städte am 31.12.2024 10" in text
    assert "Früher im Bezirk 1" in text
    assert "Eisenach, Stadt" in text
    before = text_of(page(client, chamber_address("IHK Erfurt"), stand="2017-08-24"))
    assert "Landkreise und kreisfreie Städte am 24.08.2017 11" in before


def test_a_chamber_without_districts(client: Client) -> None:
    chamber = Chamber.objects.get(name="IHK Erfurt")
    chamber.districts.all().delete()
    html = page(client, chamber_address("IHK Erfurt"))
    assert "An diesem Tag kein Landkreis und keine kreisfreie Stadt" in html
    assert "<svg" not in html


@pytest.mark.parametrize("name", ["IHK Südthüringen", "IHK Erfurt"])
def test_cost_of_a_chamber(client: Client, django_assert_num_queries: Any, name: str) -> None:
    path = chamber_address(name)
    with django_assert_num_queries(4):
        page(client, path, stand="2024-12-31")


@pytest.mark.parametrize("kind", ["", "HWK"])
def test_cost_of_the_chambers(client: Client, django_assert_num_queries: Any, kind: str) -> None:
    with django_assert_num_queries(1):
        page(client, "/gebiete/kammern/", kind=kind)


# What holds for all of them


def test_examples_lead_to_pages(client: Client) -> None:
    for name in ("territories:territory_detail", "territories:chamber_detail"):
        arguments = arguments_for(name)
        assert arguments
        assert client.get(reverse(name, kwargs=arguments)).status_code == 200
