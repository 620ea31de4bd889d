"""The pages about the network: the picture, the tables, the ways, the weak points, the files."""

from io import BytesIO
from typing import Any

import networkx
import pytest
from defusedxml import ElementTree
from PIL import Image

from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight.domain.graph import layout, shelf
from buendnisnetz.insight.presenters import graph as presenters
from buendnisnetz.network.models import Alliance, Organisation
from tests.factories.meetings import attend, make_meeting
from tests.factories.network import make_alliance, make_membership, make_organisation
from tests.network.views.reading import csv_of, rows_of, text_of, xlsx_of

pytestmark = pytest.mark.django_db
PICTURE, NODES, TIES = "/netz/bild/", "/netz/bild/kennzahlen/", "/netz/bild/verbindungen/"
WAYS, BREAKS, FILE = "/netz/bild/wege/", "/netz/bild/schwachstellen/", "/netz/bild/datei/"


@pytest.fixture(autouse=True)
def nothing_made() -> None:
    shelf.clear()


@pytest.fixture
def world(db: None) -> dict[str, Alliance | Organisation]:
    """The mill and the bank meet; the bank is a member in Hain, the church too; the choir is alone."""
    found: dict[str, Any] = {
        name: make_organisation(name) for name in ("Mühle", "Bank", "Pfarramt", "Chor")
    }
    found["Hain"] = make_alliance("Bündnis Hain")
    found["Öd"] = make_alliance("Bündnis Öd")
    meeting = make_meeting("Herbstrunde")
    for name in ("Mühle", "Bank"):
        attend(meeting, organisation=found[name])
    for name in ("Bank", "Pfarramt"):
        make_membership(found["Hain"], found[name])
    return found


class TestThePicture:
    def test_every_tied_body_is_a_link_with_words(self, keeper, world):
        page = keeper.get(PICTURE).content.decode()
        drawing = page.partition("<svg")[2].partition("</svg>")[0]
        assert drawing.count("<circle") == 3
        assert drawing.count("<rect") == 1
        assert drawing.count("<line") == 3
        assert f'href="/netz/organisationen/{world["Mühle"].public_id}/"' in drawing
        assert "<title>Bank: Verein oder Initiative, Verbindungen: 2</title>" in drawing
        assert "Chor" not in drawing

    def test_the_whole_in_figures(self, keeper, world):
        text = text_of(keeper.get(PICTURE))
        assert "20,00 % aller möglichen Verbindungen" in text
        assert "Verbindungen vom 01.01.2025 bis 22.11.2026." in text

    def test_years_are_steps_and_keep_the_other_questions(self, keeper, world):
        page = keeper.get(PICTURE + "?art=meeting&von=2024&bis=2024").content.decode()
        assert (
            '<a href="/netz/bild/?von=2024&amp;bis=2024&amp;art=meeting" aria-current="true">2024</a>'
            in page
        )
        assert "Keine Verbindungen" in page

    def test_a_wrong_value_counts_as_none(self, keeper, world):
        answer = keeper.get(PICTURE + "?von=gestern&art=x&kreis=99&stand=neulich")
        assert answer.status_code == 200
        assert answer.content.decode().count("<line") == 3

    @pytest.mark.parametrize("typed", ["%00", "a%00b", "%ED%A0%80", "'", "%27)%20OR%201=1--"])
    @pytest.mark.parametrize(
        "page", [PICTURE + "?um=", NODES + "?q=", TIES + "?q=", WAYS + "?a=Bank&b="]
    )
    def test_whatever_is_typed_is_looked_for(self, keeper, world, page, typed):
        assert keeper.get(page + typed).status_code == 200

    def test_above_a_size_communities_are_drawn_and_a_click_opens_one(
        self, keeper, world, monkeypatch
    ):
        monkeypatch.setattr(layout, "MOST_DRAWN", 3)
        page = keeper.get(PICTURE).content.decode()
        assert 'href="/netz/bild/?verbund=1"' in page
        assert "Beteiligte um" in page
        opened = keeper.get(PICTURE + "?verbund=1").content.decode()
        assert "Verbund 1." in opened
        assert "/netz/organisationen/" in opened.partition("<svg")[2].partition("</svg>")[0]

    @pytest.mark.parametrize("number", ["0", "99", "x", "12345678"])
    def test_no_such_community(self, keeper, world, number):
        assert keeper.get(PICTURE + f"?verbund={number}").status_code == 404

    def test_the_same_network_gives_the_same_picture(self, keeper, world):
        first = keeper.get(FILE + "?datei=svg").getvalue()
        shelf.clear()
        assert keeper.get(FILE + "?datei=svg").getvalue() == first


class TestOneBody:
    def test_what_is_at_most_two_steps_away(self, keeper, world):
        page = keeper.get(PICTURE + f"?um={world['Mühle'].public_id}").content.decode()
        drawing = page.partition("<svg")[2].partition("</svg>")[0]
        assert drawing.count("<circle") + drawing.count("<rect") == 3
        assert "Pfarramt" not in drawing
        assert "Mühle und alle, die höchstens zwei Schritte entfernt sind." in page

    def test_the_file_shows_the_same(self, keeper, world):
        body = keeper.get(FILE + f"?datei=svg&um={world['Mühle'].public_id}").getvalue().decode()
        assert "Pfarramt" not in body
        assert "Mühle" in body

    def test_whoever_is_not_there(self, keeper, world):
        text = text_of(keeper.get(PICTURE + "?um=niemand"))
        assert "Nicht in diesem Teil des Netzes" in text

    @pytest.mark.parametrize("name", ["Bank", "Hain"])
    def test_its_own_page_leads_here(self, keeper, world, name):
        body = world[name]
        if isinstance(body, Alliance):
            page, address = f"/netz/buendnisse/{body.slug}/", body.slug
        else:
            page, address = f"/netz/organisationen/{body.public_id}/", body.public_id
        assert f"{PICTURE}?um={address}" in keeper.get(page).content.decode()

    def test_not_for_those_who_may_not_open_it(self, as_role, world):
        page = f"/netz/organisationen/{world['Bank'].public_id}/"
        client = as_role(Role.MEMBER, world["Bank"])
        assert "?um=" not in client.get(page).content.decode()


class TestTheTables:
    def test_bodies_with_their_figures(self, keeper, world):
        rows = {row[0]: row[1:] for row in rows_of(keeper.get(NODES))}
        assert rows["Bank"][1:4] == ["2", "2", "20,00 %"]
        assert rows["Bank"][5] == "1"
        assert rows["Chor"][1:] == ["0", "0", "–", "–", "–"]
        assert rows["Bündnis Hain"][0] == "Bündnis"

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("?nur=ohne", {"Chor", "Bündnis Öd"}),
            ("?nur=buendnisse", {"Bündnis Hain", "Bündnis Öd"}),
            ("?nur=verbunden&art=meeting", {"Mühle", "Bank"}),
            ("?q=pfarr", {"Pfarramt"}),
        ],
    )
    def test_narrowed(self, keeper, world, query, names):
        assert {row[0] for row in rows_of(keeper.get(NODES + query))} == names

    def test_sorted_with_what_is_empty_last(self, keeper, world):
        for sort in ("community", "-community"):
            names = [row[0] for row in rows_of(keeper.get(NODES + f"?sort={sort}"))]
            assert set(names[-2:]) == {"Chor", "Bündnis Öd"}

    def test_ties_with_what_they_rest_on(self, keeper, world):
        rows = {frozenset(row[:2]): row[2:] for row in rows_of(keeper.get(TIES))}
        both = rows[frozenset({"Mühle", "Bank"})]
        assert both == ["Sitzung", "1", "10.11.2026", "10.11.2026", "Herbstrunde (10.11.2026)"]
        member = rows[frozenset({"Bündnis Hain", "Pfarramt"})]
        assert member[0] == "Mitgliedschaft"
        assert member[4] == "Bündnis Hain (01.01.2015)"

    def test_files_hold_the_same(self, keeper, world):
        assert len(csv_of(keeper.get(TIES + "?format=csv"))) == 4
        assert len(xlsx_of(keeper.get(NODES + "?format=xlsx"))) == 7

    def test_long_files_come_without_evidence(self, keeper, world, monkeypatch):
        monkeypatch.setattr("buendnisnetz.insight.views.graph_lists.MOST_WITH_EVIDENCE", 2)
        rows = csv_of(keeper.get(TIES + "?format=csv"))
        assert all("Herbstrunde" not in cell for row in rows for cell in row)


class TestWays:
    def test_each_step_names_what_carries_it(self, keeper, world):
        text = text_of(keeper.get(WAYS + "?a=Mühle&b=Pfarramt"))
        assert "Weg 1: 3 Schritte" in text
        assert "Herbstrunde" in text
        assert text.index("Herbstrunde") < text.index("Bündnis Hain") < text.rindex("Pfarramt")

    def test_no_way(self, keeper, world):
        text = text_of(keeper.get(WAYS + "?a=Mühle&b=Chor"))
        assert "verbindet nichts Mühle mit Chor" in text

    def test_unclear_and_unknown_names(self, keeper, world):
        answer = keeper.get(WAYS + "?a=bündnis&b=Zirkus")
        assert "„bündnis“ ist nicht eindeutig" in text_of(answer)
        assert f"a={world['Öd'].slug}" in answer.content.decode()
        assert "heißt niemand „Zirkus“" in text_of(answer)

    def test_twice_the_same(self, keeper, world):
        assert "Zweimal dasselbe" in text_of(keeper.get(WAYS + "?a=Mühle&b=Mühle"))

    def test_coordinators_begin_with_their_own(self, as_role, world):
        client = as_role(Role.ALLIANCE_COORDINATOR, world["Hain"])
        assert "Mit dem eigenen Bündnis beginnen" in text_of(client.get(WAYS))


class TestWeakPoints:
    def test_in_plain_words(self, keeper, world):
        text = text_of(keeper.get(BREAKS))
        assert "Fällt Bank weg, verliert 1 weiterer Beteiligter die Verbindung." in text
        assert "Fällt Bündnis Hain weg, verliert 1 weiterer Beteiligter die Verbindung." in text
        assert "Weitere Beteiligte ohne Verbindung: 1." in text
        assert "Bündnis Öd" in text

    def test_ties_that_alone_hold_several(self, keeper, world):
        text = text_of(keeper.get(BREAKS))
        lost = "verlieren 2 weitere Beteiligte den Anschluss"
        # Each name is a link; where its tag stood, a space is left.
        assert f"Endet die Verbindung zwischen Bank und Bündnis Hain , {lost}" in text

    def test_what_is_not_shown_is_counted(self, keeper, world, monkeypatch):
        make_alliance("Bündnis Zoll")
        assert "folgenreichsten" not in text_of(keeper.get(BREAKS))
        monkeypatch.setattr(presenters, "MOST_SHOWN", 1)
        text = text_of(keeper.get(BREAKS))
        assert text.count("Gezeigt werden höchstens die 1 folgenreichsten.") == 2
        assert "Bündnis Öd" in text
        assert "Bündnis Zoll" not in text
        # Beside the choir, the alliance that is not named.
        assert "Weitere Beteiligte ohne Verbindung: 2." in text
        assert "Ohne jede Verbindung 3" in text

    def test_nothing_to_say(self, keeper):
        text = text_of(keeper.get(BREAKS))
        assert "Kein Beteiligter hält das Netz allein zusammen." in text
        assert "Alle haben mindestens eine Verbindung." in text


class TestFiles:
    def test_graphml_is_read_by_another_library(self, keeper, world, tmp_path):
        path = tmp_path / "netz.graphml"
        path.write_bytes(keeper.get(FILE).getvalue())
        found = networkx.read_graphml(path)
        assert {values["name"] for _node, values in found.nodes(data=True)} == {
            "Mühle", "Bank", "Pfarramt", "Chor", "Bündnis Hain", "Bündnis Öd",
        }  # fmt: skip
        assert found.number_of_edges() == 3
        degrees = {values["name"]: values["degree"] for _node, values in found.nodes(data=True)}
        assert degrees["Bank"] == 2

    def test_names_with_angle_brackets_stay_text(self, keeper, world, tmp_path):
        make_organisation("Müller & <Söhne>")
        path = tmp_path / "netz.graphml"
        path.write_bytes(keeper.get(FILE).getvalue())
        names = {values["name"] for _node, values in networkx.read_graphml(path).nodes(data=True)}
        assert "Müller & <Söhne>" in names

    def test_the_picture_is_svg(self, keeper, world):
        answer = keeper.get(FILE + "?datei=svg")
        assert answer["Content-Type"] == "image/svg+xml"
        root = ElementTree.fromstring(answer.getvalue())
        space = "{http://www.w3.org/2000/svg}"
        assert len(root.findall(f".//{space}circle")) == 3
        assert root.findall(f".//{space}a") == []

    def test_the_picture_is_png_of_the_same_shape(self, keeper, world):
        answer = keeper.get(FILE + "?datei=png")
        assert answer["Content-Type"] == "image/png"
        drawn = Image.open(BytesIO(answer.getvalue()))
        svg = ElementTree.fromstring(keeper.get(FILE + "?datei=svg").getvalue())
        # 144 pixels an inch, and an SVG pixel is 1/96 inch.
        assert drawn.width == pytest.approx(float(svg.get("width")) * 1.5, abs=2)
        assert drawn.height == pytest.approx(float(svg.get("height")) * 1.5, abs=2)
        assert len(drawn.convert("RGB").getcolors(1_000_000)) > 3

    def test_no_other_kind_of_file(self, keeper):
        assert keeper.get(FILE + "?datei=exe").status_code == 404


class TestWhoSees:
    @pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAMBER])
    def test_others_do_not(self, as_role, world, role):
        assert as_role(role, world["Bank"]).get(PICTURE).status_code == 403

    def test_a_coordinator_sees_the_own_surroundings(self, as_role, world):
        client = as_role(Role.ALLIANCE_COORDINATOR, world["Öd"])
        assert [row[0] for row in rows_of(client.get(NODES))] == ["Bündnis Öd"]


class TestKept:
    def test_what_was_reckoned_is_used_again_for_five_minutes(self, keeper, world, time_machine):
        assert len(rows_of(keeper.get(NODES))) == 6
        make_organisation("Neuling")
        assert len(rows_of(keeper.get(NODES))) == 6
        time_machine.move_to("2026-11-22T12:05:00+00:00", tick=False)
        assert len(rows_of(keeper.get(NODES))) == 7


@pytest.mark.parametrize(
    ("page", "made", "shown"),
    [
        (PICTURE, 6, 3),
        (NODES, 6, 3),
        (TIES, 7, 4),
        (WAYS + "?a=Mühle&b=Bank", 7, 4),
        (BREAKS, 6, 3),
        (FILE, 6, 3),
    ],
)
@pytest.mark.parametrize("more", [0, 3])
def test_costs(
    keeper, world, page: str, made: int, shown: int, more: int, django_assert_num_queries: Any
):
    for _number in range(more):
        make_membership(world["Hain"], make_organisation())
    keeper.get(page)
    shelf.clear()
    with django_assert_num_queries(made):
        keeper.get(page)
    with django_assert_num_queries(shown):
        keeper.get(page)
