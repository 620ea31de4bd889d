"""Long tables kept by columns behave like the records they stand for."""

from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.insight.presenters.tables import Table
from buendnisnetz.ui.records import Records

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

    @given(
        rows=st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 3)), st.text(max_size=1))),
        keys=st.permutations(["a", "-a", "b", "-b"]),
    )
    def test_the_order_is_that_of_records(self, rows, keys):
        records = [{"pk": place, "a": a, "b": b} for place, (a, b) in enumerate(rows)]
        table = Table({name: [record[name] for record in records] for name in ("pk", "a", "b")})
        asked = (*keys[:2], "pk")
        assert list(table.order_by(*asked)) == list(Records(records).order_by(*asked))
