"""Stacked bars: what is drawn equals the figures, and colours are never the only sign."""

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.ui.charts import WIDTH, StackedBars, stacked_bars

SERIES = ("Wirtschaft", "Soziales", "Politik")


def chart(*amounts: tuple[float, ...]) -> StackedBars:
    rows = [(f"{2020 + n}", str(sum(row)), row) for n, row in enumerate(amounts)]
    return stacked_bars("Partner", "Anteile der Seiten", SERIES, rows)


def drawn(found: StackedBars) -> str:
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return str(environment.get_template("ui/charts.html").module.stacked_bars(found, "probe"))


def test_each_part_is_as_wide_as_its_share():
    (bar,) = chart((1, 3, 0)).bars
    first, second = bar.segments
    assert second.width == pytest.approx(3 * first.width, abs=0.2)
    assert second.x == pytest.approx(first.x + first.width, abs=0.1)
    assert (first.series, second.series) == (0, 1)
    assert (first.text, second.title) == ("25 %", "Soziales: 75 %")


def test_a_row_of_nothing_is_an_empty_bar():
    empty, full = chart((0, 0, 0), (1, 1, 1)).bars
    assert (empty.segments, len(full.segments)) == ((), 3)
    assert drawn(chart((0, 0, 0))).count("bn-chart__nothing") == 1


def test_a_narrow_part_carries_no_words_but_its_title_says_them():
    small = chart((1, 99, 0)).bars[0].segments[0]
    assert (small.text, small.title) == ("", "Wirtschaft: 1 %")


def test_it_can_be_read_without_seeing_it():
    html = drawn(chart((1, 2, 3), (4, 5, 6)))
    assert 'role="img" aria-labelledby="probe-title probe-description"' in html
    assert '<title id="probe-title">Partner</title>' in html
    assert '<desc id="probe-description">Anteile der Seiten</desc>' in html
    assert all(name in html for name in (*SERIES, "2020", "2021"))
    assert html.count("<rect") == 6
    assert "style=" not in html


def test_names_are_written_as_text():
    found = stacked_bars("<b>", "&", ("<i>", "b"), [("<u>", "", (1, 1))])
    html = drawn(found)
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html


@given(st.lists(st.tuples(*[st.integers(0, 10_000)] * 3), max_size=12))
def test_whatever_the_figures_bars_stay_inside_and_do_not_overlap(amounts):
    found = chart(*amounts)
    assert found.height == 30 * len(amounts)
    tops = [bar.y for bar in found.bars]
    assert tops == sorted(tops)
    for bar, row in zip(found.bars, amounts, strict=True):
        assert [part.series for part in bar.segments] == [n for n, one in enumerate(row) if one]
        right = found.label_width
        for part in bar.segments:
            assert part.x >= right - 0.11
            right = part.x + part.width
        assert right <= WIDTH
