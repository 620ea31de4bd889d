"""Long tables kept by columns behave like the records they stand for."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.ui.tables import Table

COLUMNS = {
    "pk": [0, 1, 2, 3],
    "name": ["Chor", "Bank", "Amt", "Bank"],
    "weight": [2, None, 2, 1],
}


def names(rows):
    return [record["pk"] for record in rows]


class TestTable:
    def test_what_is_empty_comes_last_whichever_way_it_is_sorted(self):
        table = Table(COLUMNS)
        assert names(table.order_by("weight", "name", "pk")) == [3, 2, 0, 1]
        assert names(table.order_by("-weight", "name", "pk")) == [2, 0, 3, 1]

    def test_narrowed_rows_keep_the_order_that_all_were_sorted_in(self):
        table = Table(COLUMNS)
        assert names(table.order_by("name", "pk")) == [2, 1, 3, 0]
        banks = table.where("name", lambda name: name == "Bank")
        assert names(banks.order_by("name", "-pk")) == [3, 1]
        assert names(banks.order_by("name", "pk")) == [1, 3]
        assert banks.count() == 2

    def test_any_of_several_columns_may_hold(self):
        found = Table(COLUMNS).where_any(("pk", "weight"), lambda value: value == 2)
        assert names(found) == [0, 2]

    def test_a_page_is_cut_out(self):
        assert list(Table(COLUMNS).order_by("-pk")[1:2]) == [{"pk": 2, "name": "Amt", "weight": 2}]

    def test_it_is_made_of_records(self):
        table = Table.of([{"pk": 7, "name": "Chor", "more": 1}], ("pk", "name"))
        assert list(table) == [{"pk": 7, "name": "Chor"}]
        assert list(Table.of([], ("pk", "name"))) == []

    @given(
        rows=st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 3)), st.text(max_size=1))),
        descending=st.booleans(),
    )
    def test_equal_values_keep_the_order_of_the_next_key(self, rows, descending):
        columns = {"pk": range(len(rows)), "a": [a for a, _b in rows], "b": [b for _a, b in rows]}
        found = list(Table(columns).order_by("-a" if descending else "a", "b", "pk"))
        filled = [record["a"] for record in found if record["a"] is not None]
        assert filled == sorted(filled, reverse=descending)
        assert [record["a"] for record in found[len(filled) :]] == [None] * (
            len(rows) - len(filled)
        )
        for one, other in pairwise(found):
            if one["a"] == other["a"]:
                assert (one["b"], one["pk"]) < (other["b"], other["pk"])
