"""What all lists share: filter, sort, page, leave as a file."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from markupsafe import Markup

from buendnisnetz.tasks.models import Task
from buendnisnetz.ui import exports, listing
from tests.factories.tasks import NOW, make_task
from tests.network.views.reading import csv_of, rows_of, text_of, xlsx_of
from tests.ui.probe import ProbeList

pytestmark = pytest.mark.django_db
FORMULAS = ["=1+1", "+49 361", "-5", "@SUM(A1)", "\tx", "\rx"]


def _get(query: str = "", *, view: type[ProbeList] = ProbeList, **headers: str) -> Any:
    request = RequestFactory().get(f"/probe/?{query}", **headers)
    request.user = AnonymousUser()
    return view.as_view()(request)


def _titles(query: str = "") -> list[str]:
    return [row[0] for row in rows_of(_get(query))]


def _fill(*titles: str, **facts: Any) -> None:
    for title in titles:
        make_task(title, **facts)


class TestSorting:
    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("", ["Äpfel", "birne", "Zebra"]),
            ("title", ["Äpfel", "birne", "Zebra"]),
            ("-title", ["Zebra", "birne", "Äpfel"]),
            ("number", ["Zebra", "Äpfel", "birne"]),
            ("-number", ["birne", "Äpfel", "Zebra"]),
            ("words", ["Äpfel", "birne", "Zebra"]),
            ("gibtsnicht", ["Äpfel", "birne", "Zebra"]),
            ("-", ["Äpfel", "birne", "Zebra"]),
            ("pk", ["Äpfel", "birne", "Zebra"]),
        ],
    )
    def test_by_what_can_be_sorted_by(self, sort, expected):
        _fill("Zebra", "Äpfel", "birne")
        assert _titles(f"sort={sort}") == expected

    def test_headings_say_how_and_offer_the_other_way(self):
        _fill("a")
        html = _get("sort=title&kind=TASK").content.decode()
        assert 'aria-sort="ascending"' in html
        assert (
            'href="?sort=-title&amp;kind=TASK"' in html
            or 'href="?kind=TASK&amp;sort=-title"' in html
        )
        assert "Worte" in html
        assert "sort=words" not in html

    def test_equal_rows_keep_their_places_from_page_to_page(self):
        _fill(*["gleich"] * 7)
        found = [re.findall(r"<td", _get(f"page={n}").content.decode()) for n in (1, 2, 3)]
        assert [len(cells) for cells in found] == [9, 9, 3]


class TestBody:
    def test_whatever_is_in_a_cell_stays_text(self):
        hostile = """<i>"a" & 'b'</i>"""
        cells = [listing.Cell(hostile, hostile, note=hostile), listing.Cell(hostile, tone="info")]
        headings = [listing.Heading("", "", "", False)] * 2
        body = _listing(headings, [cells]).body()
        assert body.count("<i>") == 0
        link, state = re.findall(r"<td>(.*?)</td>", body)
        shown = re.fullmatch(r'<a href="([^"]*)">(.*)</a><small>(.*)</small>', link)
        assert shown is not None
        assert [unescape(part) for part in shown.groups()] == [hostile] * 3
        assert unescape(state) == f'<span class="bn-state bn-state--info">{hostile}</span>'

    def test_numbers_stand_on_the_right(self):
        headings = [listing.Heading("", "", "", numeric) for numeric in (False, True)]
        rows = [[listing.Cell("a"), listing.Cell("7")], [listing.Cell("b"), listing.Cell("8")]]
        assert _listing(headings, rows).body() == (
            '<tr><td>a</td><td class="num">7</td></tr>\n<tr><td>b</td><td class="num">8</td></tr>\n'
        )


def _listing(headings: list[listing.Heading], rows: list[list[listing.Cell]]) -> listing.Listing:
    pages = listing.Pages(1, 1, len(rows), False, 1, len(rows))
    return listing.Listing(Markup, headings, rows, pages, {}, "")


class TestPaging:
    @pytest.mark.parametrize(
        ("page", "expected"),
        [
            ("1", ["a", "b", "c"]),
            ("3", ["g"]),
            ("4", ["g"]),
            ("0", ["a", "b", "c"]),
            ("-2", ["a", "b", "c"]),
            ("zwei", ["a", "b", "c"]),
            ("", ["a", "b", "c"]),
            ("²", ["a", "b", "c"]),
            ("٣", ["g"]),
            ("9" * 5000, ["a", "b", "c"]),
            ("1e3", ["a", "b", "c"]),
        ],
    )
    def test_any_page_number_gives_a_page(self, page, expected):
        _fill(*"abcdefg")
        assert _titles(f"page={page}") == expected

    def test_it_says_where_one_is(self):
        _fill(*"abcdefg")
        first, middle, last = (_get(f"page={n}&kind=TASK") for n in (1, 2, 3))
        assert "1 bis 3 von 7" in text_of(first)
        assert "4 bis 6 von 7" in text_of(middle)
        assert "7 bis 7 von 7" in text_of(last)
        assert ['rel="prev"' in page.content.decode() for page in (first, middle, last)] == [
            False, True, True,
        ]  # fmt: skip
        assert ['rel="next"' in page.content.decode() for page in (first, middle, last)] == [
            True, True, False,
        ]  # fmt: skip
        assert 'href="?kind=TASK&amp;page=3"' in middle.content.decode()

    def test_an_empty_list_has_one_page(self):
        assert "Keine Einträge" in text_of(_get("page=5"))

    def test_counting_stops_somewhere(self, monkeypatch):
        monkeypatch.setattr(listing, "COUNT_LIMIT", 5)
        _fill(*"abcdefg")
        assert "1 bis 3 von mehr als 5" in text_of(_get())
        monkeypatch.setattr(listing, "COUNT_LIMIT", 7)
        assert "1 bis 3 von 7" in text_of(_get())

    def test_whoever_turns_the_pages_gets_further_than_was_counted(self, monkeypatch):
        monkeypatch.setattr(listing, "COUNT_LIMIT", 5)
        _fill(*"abcdefghijk")
        assert "4 bis 6 von mehr als 6" in text_of(_get("page=2"))
        assert _titles("page=3") == ["g", "h", "i"]
        assert "10 bis 11 von 11" in text_of(_get("page=4"))

    def test_rows_and_their_number_are_one_question(self, monkeypatch, django_assert_num_queries):
        class Shaped(ProbeList):
            def shape(self) -> str:
                return "one of its own"

        monkeypatch.setattr(listing, "COUNT_LIMIT", 5)
        monkeypatch.setattr(listing, "_FURTHEST", 7)
        _fill(*"abcdefghijk")
        # Behind the last page, and behind the last one that is shown.
        for asked in ("", "page=2", "page=3", "page=4", "page=9", "kind=PROMISE&page=2"):
            assert text_of(_get(asked, view=Shaped)) == text_of(_get(asked)), asked
        with django_assert_num_queries(1):
            _get("page=2", view=Shaped)

    def test_a_list_may_count_further_and_in_its_own_words(self, monkeypatch):
        class Far(ProbeList):
            counted_far = True

        class Apart(ProbeList):
            def shape(self) -> str:
                return "everybody"

            def counted(self, values: dict[str, Any]) -> Any:
                return Task.objects.filter(title__in="abcdef")

        monkeypatch.setattr(listing, "COUNT_LIMIT", 5)
        _fill(*"abcdefg")
        assert "1 bis 3 von 7" in text_of(_get(view=Far))
        assert "1 bis 3 von mehr als 5" in text_of(_get(view=Apart))
        monkeypatch.setattr(listing, "COUNT_LIMIT", 50)
        assert "1 bis 3 von 6" in text_of(_get(view=Apart))


class TestFilter:
    def test_filter_and_search(self):
        _fill("Kinderbetreuung", "Umfrage")
        _fill("Betreuung", kind="PROMISE")
        assert _titles("kind=PROMISE") == ["Betreuung"]
        assert _titles("q=umfrage") == ["Umfrage"]
        assert _titles("q=betreuung&kind=TASK") == ["Kinderbetreuung"]

    def test_the_best_hit_comes_first_unless_one_sorts(self):
        _fill("Auftrag für die Familie", "Familie")
        assert _titles("q=familie") == ["Familie", "Auftrag für die Familie"]
        assert _titles("q=familie&sort=title") == ["Auftrag für die Familie", "Familie"]

    @pytest.mark.parametrize(
        "query", ["kind=UNSINN", "q=" + "x" * 300, "q=%00", "kind=TASK&kind=PROMISE"]
    )
    def test_a_wrong_value_does_no_harm(self, query):
        _fill("a")
        assert _get(query).status_code == 200

    def test_a_filter_that_was_not_understood_is_told(self):
        assert "kern-error" in _get("kind=UNSINN").content.decode()

    def test_what_was_typed_stays_and_can_be_reset(self):
        html = _get("q=%3Cb%3E&kind=TASK&sort=-title").content.decode()
        assert 'value="&lt;b&gt;"' in html
        assert '<option value="TASK" selected>' in html
        assert '<input type="hidden" name="sort" value="-title">' in html
        assert ">Zurücksetzen<" in html

    @pytest.mark.parametrize(
        ("query", "active"), [("", False), ("q=a", False), ("kind=TASK", True), ("kind=X", False)]
    )
    def test_whether_a_filter_is_set(self, query, active):
        form = ProbeList.filter_class(RequestFactory().get(f"/?{query}").GET)
        form.is_valid()
        assert form.active() is active


class TestExports:
    def test_both_hold_the_rows_of_all_pages_in_their_order(self):
        _fill(
            "Zebra",
            "Äpfel",
            "birne",
            "Ölmühle",
            assignee_words="Frau Müller",
            details="Größe: 5 m²",
        )
        as_csv, as_xlsx = csv_of(_get("format=csv")), xlsx_of(_get("format=xlsx"))
        assert as_csv == as_xlsx
        assert as_csv[0] == ["Titel", "Worte", "Nummer", "Mehr"]
        assert [row[0] for row in as_csv[1:]] == [
            f"{title} · Frau Müller" for title in ("Äpfel", "birne", "Ölmühle", "Zebra")
        ]
        assert as_csv[1][1:] == ["Frau Müller", "7", "Größe: 5 m²"]

    def test_they_keep_filter_and_sorting(self):
        _fill("a", "b")
        _fill("c", "d", kind="PROMISE")
        found = csv_of(_get("format=csv&kind=PROMISE&sort=-title&page=2"))
        assert [row[0] for row in found[1:]] == ["d", "c"]

    @pytest.mark.parametrize("title", FORMULAS)
    def test_no_cell_is_a_formula(self, title):
        Task.objects.bulk_create(
            [Task(kind="TASK", title=title, opened_on=NOW.date(), created_at=NOW)]
        )
        assert csv_of(_get("format=csv"))[1][0] == "'" + title
        assert xlsx_of(_get("format=xlsx"))[1][0].strip() == title.strip()

    def test_they_are_downloads_with_a_day_in_the_name(self, time_machine):
        time_machine.move_to("2026-11-22T23:30:00+00:00")
        pages = {kind: _get(f"format={kind}") for kind in ("csv", "xlsx")}
        assert {kind: page["Content-Disposition"] for kind, page in pages.items()} == {
            "csv": 'attachment; filename="probe-2026-11-23.csv"',
            "xlsx": 'attachment; filename="probe-2026-11-23.xlsx"',
        }
        assert pages["csv"]["Content-Type"] == "text/csv; charset=utf-8"

    def test_an_empty_list_leaves_its_header(self):
        assert csv_of(_get("format=csv")) == xlsx_of(_get("format=xlsx")) == [
            ["Titel", "Worte", "Nummer", "Mehr"]
        ]  # fmt: skip

    def test_an_unknown_format_is_the_page(self):
        assert _get("format=exe").status_code == 200

    def test_large_exports_come_in_pieces(self):
        rows = (["x" * 200] * 4 for _row in range(1200))
        pieces = list(exports._lines(["a", "b", "c", "d"], rows))
        assert len(pieces) > 20
        assert max(map(len, pieces)) < 18_000
        assert "".join(pieces).count("\n") == 1201

    def test_batches_are_completed_together(self):
        sizes = [len(batch) for batch in listing._batches(({"n": n} for n in range(1201)), 500)]
        assert sizes == [500, 500, 201]


class TestParts:
    def test_htmx_gets_the_results_only(self):
        _fill("a")
        request = RequestFactory().get("/probe/")
        request.user, request.htmx = (
            AnonymousUser(),
            type(
                "Htmx",
                (),
                {"boosted": False, "history_restore_request": False, "__bool__": lambda self: True},
            )(),
        )
        part = ProbeList.as_view()(request).content.decode()
        assert part.lstrip().startswith('<div id="results">')
        assert "<html" not in part


class ListingProperties(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.dictionaries(
            st.sampled_from(["q", "kind", "sort", "page", "format", "x"]), st.text(max_size=12)
        )
    )
    def test_no_query_is_a_failure(self, values: dict[str, str]) -> None:
        request = RequestFactory().get("/probe/", values)
        request.user = AnonymousUser()
        response = ProbeList.as_view()(request)
        assert response.status_code == 200

    @settings(max_examples=30, deadline=None)
    @given(
        st.lists(
            st.text(
                alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20
            ),
            max_size=4,
        )
    )
    def test_files_give_back_what_was_written(self, texts: list[str]) -> None:
        """Umlauts, quotation marks, semicolons: read back they are the same, formulas apart."""
        response = exports.as_csv("x", ["Kopf"], ([text] for text in texts))
        read = [row[0] for row in csv_of(response)[1:]]
        assert read == [exports._harmless(text) for text in texts]
        assert [
            row[0]
            for row in xlsx_of(exports.as_xlsx("x", ["Kopf"], ([text] for text in texts)))[1:]
        ] == texts
