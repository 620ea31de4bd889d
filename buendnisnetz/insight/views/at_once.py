"""Lists of rows that were reckoned: the page and the number of rows come by one statement."""

from typing import Any, ClassVar

from buendnisnetz.ui.listing import ListPage


class ListAtOnce(ListPage):
    """A list over ``SqlRows``. To reckon them costs much, to read some of them nothing."""

    # Aggregates over all rows; the answers stand in ``self.counts``.
    aggregates: ClassVar[str] = "count(*)::int AS n"
    counts: dict[str, Any]

    def _found(self, values: dict[str, Any]) -> Any:
        rows: Any = super()._found(values)
        if self.request.GET.get("format") in {"csv", "xlsx"}:
            return rows
        start = (self._wanted_page() - 1) * self.per_page
        page: Any = self._ordered(rows, self._sort(), values)[start : start + self.per_page]
        self.counts, records = page.with_totals(self.aggregates)
        return rows.counted(self.counts["n"], page, records)
