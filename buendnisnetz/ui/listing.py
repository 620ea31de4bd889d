"""List pages: filter, sort, page and export, the same way everywhere.

A list view names its columns, its filter form and its queryset, and turns each record into cells.
Records are read as plain values, never as model objects: that halves the cost of a page.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import compress
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.core.cache import caches
from django.db.models import Count, Expression, IntegerField, QuerySet, Window
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import View
from markupsafe import Markup

from buendnisnetz.core.questions import Compiled, Question, Slot, compiled
from buendnisnetz.core.search import SearchQuerySet
from buendnisnetz.ui import exports, viewkit
from buendnisnetz.ui.compiling import escaped
from buendnisnetz.ui.jinja import query

PER_PAGE = 50
# Counting every row of a large table costs more than the page itself; beyond this we say "more than",
# unless somebody turns the pages so far.
COUNT_LIMIT = 2_000
_FURTHEST = 10_000
_LONGEST_NUMBER = 9
_IN_ALL = "in_all_"


class Cell(NamedTuple):
    """One cell: its text, where it links to, the tone of a status badge, a second line."""

    text: str
    href: str = ""
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its heading and, if it can be sorted by, the fields that do it."""

    name: str
    label: str | Promise
    order_by: Sequence[str] = ()
    numeric: bool = False
    # Shown in exports only.
    export_only: bool = False


class Heading(NamedTuple):
    label: str
    url: str
    direction: str
    numeric: bool


class Pages(NamedTuple):
    """Where the list stands; ``capped`` when there are more rows than were counted."""

    number: int
    last: int
    total: int
    capped: bool
    first_row: int
    last_row: int


class FilterForm(forms.Form):
    """Base of a list's filter: a search box; rooms add their own fields."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter_%s")
        super().__init__(*args, **kwargs)

    def active(self) -> bool:
        """Whether anything but the search box is set."""
        return any(value for key, value in self.cleaned_data.items() if key != "q")


def filtered(
    request: HttpRequest,
    kind: type[FilterForm],
    options: dict[str, Any],
    rendered: Callable[[Any], Markup],
    order: str = "",
) -> tuple[dict[str, Any], Callable[[], Markup]]:
    """A filter's values and what renders it.

    The empty form is the same for everybody and costs more than the rows to build: it is kept
    for a minute per process, for each order. ``options`` is what its constructor needs besides.
    """
    if request.GET.keys() - {"page", "format", "sort"}:
        form = kind(request.GET, **options)
        form.is_valid()
        return form.cleaned_data, lambda: rendered(form)
    name = f"{kind.__module__}.{kind.__qualname__}"
    key = sha256(f"{name} {options} {request.path} {order}".encode()).hexdigest()
    kept: tuple[dict[str, Any], Markup] | None = caches["process"].get(key)
    if kept is None:
        form = kind({}, **options)
        form.is_valid()
        kept = form.cleaned_data, rendered(form)
        caches["process"].set(key, kept)
    values, html = kept
    return values, lambda: html


@dataclass
class Listing:
    """Everything a list template needs; ``filters`` renders the filter form."""

    filters: Callable[[], Markup]
    headings: list[Heading]
    rows: list[list[Cell]]
    pages: Pages
    parameters: dict[str, Any]
    sort: str

    def body(self) -> Markup:
        """The rows of the table, escaped. Written out here: the dearest part of most pages would take
        more than twice as long in the template."""
        openings = ['<td class="num">' if head.numeric else "<td>" for head in self.headings]
        written = [
            "".join(opening + _written(cell) for opening, cell in zip(openings, row, strict=True))
            for row in self.rows
        ]
        return Markup("".join(f"<tr>{cells}</tr>\n" for cells in written))  # noqa: S704 -- escaped


def _written(cell: Cell) -> str:
    text, href, tone, note = cell
    text = escaped(text)
    if href:
        text = f'<a href="{escaped(href)}">{text}</a>'
    elif tone:
        text = f'<span class="bn-state bn-state--{tone}">{text}</span>'
    return f"{text}<small>{escaped(note)}</small></td>" if note else f"{text}</td>"


class ListPage(View):
    """A list. Subclasses set the class attributes and write ``queryset``, ``narrow`` and ``cells``."""

    template: ClassVar[str]
    title: ClassVar[str | Promise]
    columns: ClassVar[Sequence[Column]]
    fields: ClassVar[Sequence[str]]
    filter_class: ClassVar[type[FilterForm]] = FilterForm
    default_sort: ClassVar[str]
    export_name: ClassVar[str]
    per_page: ClassVar[int] = PER_PAGE
    # For lists whose rows all have to be read before they can be sorted: counting them with the page
    # then costs nothing more.
    counted_at_once: ClassVar[bool] = False
    # For lists whose rows all have to be gone through anyway.
    counted_far: ClassVar[bool] = False
    # For lists that are dear to find or to sort: they are kept until what they rest on changes (``core.answers``).
    reckoned: ClassVar[bool] = False

    # What subclasses write

    def queryset(self) -> QuerySet[Any]:
        """The rows this user may see, unsorted."""
        raise NotImplementedError

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        """Apply the filter form's values, except the search text."""
        return rows

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        """The rows that hold what was typed into the search box."""
        found: QuerySet[Any] = rows.search(typed)  # type: ignore[attr-defined]
        return found

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        """One record's cells, in the order of ``columns``."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """What else the page's template needs."""
        return {}

    def filter_kwargs(self) -> dict[str, Any]:
        """What the filter form's constructor needs besides the data."""
        return {}

    def shape(self) -> Hashable:
        """What the rows are built from besides the address: who asks, and on which day.

        A list whose ``queryset`` and ``narrow`` need nothing else, and ask the database nothing,
        says it (``accounts.shapes``); it is then built and compiled once. Else it is built anew.
        """
        return None

    def counted(self, values: dict[str, Any]) -> QuerySet[Any]:
        """The rows of a list with a ``shape`` once more, to be counted. Reading the first few and going
        through all of them may be best asked for in different words."""
        return self._found(values)

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Add to one page's records what a second query knows better (counts, current holders)."""
        return records

    # The page

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        values, filters = self._filter()
        sort = self._sort()
        export = request.GET.get("format")
        if export in {"csv", "xlsx"}:
            return self._export(export, self._ordered(self._found(values), sort, values))
        pages, records = self._asked(values, sort)
        listing = Listing(
            filters=filters,
            headings=self._headings(sort),
            rows=self._shown([self.cells(record) for record in self.complete(records)]),
            pages=pages,
            parameters=self._parameters(),
            sort=sort,
        )
        context = {"listing": listing, "title": self.title, **self.context()}
        return viewkit.render(request, self.template, context, block="results")

    def _filter(self) -> tuple[dict[str, Any], Callable[[], Markup]]:
        order = self._sort() if "sort" in self.request.GET else ""
        return filtered(
            self.request, self.filter_class, self.filter_kwargs(), self._rendered, order
        )

    def _rendered(self, form: FilterForm) -> Markup:
        return viewkit.macro("filters", form, self.request.path, self._parameters(), self._sort())

    def _shown(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        """Without the columns of exports."""
        shown = [not column.export_only for column in self.columns]
        return rows if all(shown) else [list(compress(row, shown)) for row in rows]

    def _asked(self, values: dict[str, Any], sort: str) -> tuple[Pages, list[dict[str, Any]]]:
        """Where the list stands, and the records of the page."""
        shape, most = self.shape(), self._counted_to()
        if shape is None or values.get("q"):
            rows = self._found(values)
            # Without what the columns show: counting needs none of it.
            pages = self._pages(rows.order_by().values("pk")[: most + 1].count())
            start = _before(pages)
            return pages, list(self._ordered(rows, sort, values)[start : start + self.per_page])
        wishes = urlencode(self._parameters(), doseq=True)
        shape = (type(self), self.request.path, wishes, sort, shape)
        read = partial(
            _RECORDS.rows, self, values, sort, shape=shape, limit=self.per_page, most=most + 1
        )
        before = (self._wanted_page() - 1) * self.per_page
        # So far rows are counted, and behind it there is no page.
        if before < most or self.counted_at_once:
            records = read(offset=before)
            if records or not before:
                return self._pages(records[0][_IN_ALL] if records else 0), _without_count(records)
        total = _TOTAL.row(self, values, shape=shape, most=most + 1)
        pages = self._pages(total["total"] if total else 0)
        return pages, _without_count(read(offset=_before(pages)))

    def compiled_total(self, values: dict[str, Any]) -> Compiled | None:
        """The question how many rows there are; None where no row can fit."""
        # Without what the columns show: counting needs none of it.
        found = compiled(self.counted(values).order_by().values("pk"))
        if found is None:
            return None
        sql = f"SELECT count(*) FROM ({found.sql} LIMIT %s) found"  # noqa: S608 -- values stay parameters
        most = Slot("most", planned=True)
        return Compiled(sql, (*found.parameters, most), ("total",), reckoned=self.reckoned)

    def compiled_records(self, values: dict[str, Any], sort: str) -> Compiled | None:
        """The question for the rows of any page, each with how many there are; None where no row can fit."""
        total = self.compiled_total(values)
        if total is None:
            return None
        rows = self._ordered(self._found(values), sort, values)
        in_all = Window(Count("pk")) if self.counted_at_once else _Answer(total)
        found = compiled(rows.annotate(**{_IN_ALL: in_all}))
        if found is None:
            return None
        part = (Slot("limit", planned=True), Slot("offset", planned=True))
        return replace(
            found,
            sql=f"{found.sql} LIMIT %s OFFSET %s",
            parameters=(*found.parameters, *part),
            reckoned=self.reckoned,
        )

    def _found(self, values: dict[str, Any]) -> QuerySet[Any]:
        # A filter with a wrong value is left out; the form says what is wrong with it.
        rows = self.narrow(self.queryset(), values)
        typed = values.get("q") or ""
        return self.searched(rows, typed) if typed else rows

    def _ordered(self, rows: QuerySet[Any], sort: str, values: dict[str, Any]) -> QuerySet[Any]:
        typed = values.get("q") or ""
        if typed and "sort" not in self.request.GET and isinstance(rows, SearchQuerySet):
            rows = rows.by_relevance(typed)
        else:
            name, descending = sort.lstrip("-"), sort.startswith("-")
            column = next(column for column in self.columns if column.name == name)
            rows = rows.order_by(
                *(_reversed(key) if descending else key for key in column.order_by), "pk"
            )
        return rows.values(*self.fields)

    def _sort(self) -> str:
        wanted = self.request.GET.get("sort", "")
        known = {column.name for column in self.columns if column.order_by}
        return wanted if wanted.lstrip("-") in known else self.default_sort

    def _parameters(self) -> dict[str, Any]:
        kept = {key: self.request.GET.getlist(key) for key in self.request.GET}
        for key in ("page", "format"):
            kept.pop(key, None)
        return {key: values if len(values) > 1 else values[0] for key, values in kept.items()}

    def _pages(self, total: int) -> Pages:
        most = self._counted_to()
        capped = total > most
        last = max(1, -(-total // self.per_page))
        number = min(self._wanted_page(), last)
        first_row = (number - 1) * self.per_page + 1
        last_row = min(number * self.per_page, total)
        return Pages(number, last, min(total, most), capped, first_row if total else 0, last_row)

    def _counted_to(self) -> int:
        most = _FURTHEST if self.counted_far else COUNT_LIMIT
        return max(most, min(self._wanted_page() * self.per_page, _FURTHEST))

    def _wanted_page(self) -> int:
        """The page that was asked for, whether or not there is one."""
        typed = self.request.GET.get("page", "1")
        return max(int(typed), 1) if typed.isdecimal() and len(typed) <= _LONGEST_NUMBER else 1

    def _headings(self, sort: str) -> list[Heading]:
        headings = []
        for column in self.columns:
            if column.export_only:
                continue
            url, direction = "", ""
            if column.order_by:
                direction = {column.name: "ascending", f"-{column.name}": "descending"}.get(
                    sort, "none"
                )
                target = f"-{column.name}" if direction == "ascending" else column.name
                url = query(self._parameters(), sort=target)
            headings.append(Heading(str(column.label), url, direction, column.numeric))
        return headings

    def _export(self, kind: str, rows: QuerySet[Any]) -> HttpResponseBase:
        name = f"{self.export_name}-{timezone.localdate():%Y-%m-%d}"
        header = [str(column.label) for column in self.columns]
        write = exports.as_csv if kind == "csv" else exports.as_xlsx
        return write(name, header, self._texts(rows))

    def _texts(self, rows: QuerySet[Any]) -> Iterator[list[str]]:
        for batch in _batches(rows.iterator(chunk_size=500), 500):
            for record in self.complete(batch):
                yield [
                    " · ".join(filter(None, (cell.text, cell.note))) for cell in self.cells(record)
                ]


class _Answer(Expression):
    """The one number that a statement of its own finds."""

    output_field = IntegerField()
    # Django would compare what it is made of, and values of a question may be lists.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __init__(self, question: Compiled) -> None:
        super().__init__()
        self._question = question

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return f"({self._question.sql})", list(self._question.parameters)

    def get_group_by_cols(self) -> list[Any]:
        # It is the same for all rows.
        return []


_TOTAL = Question(ListPage.compiled_total)
_RECORDS = Question(ListPage.compiled_records)


def _without_count(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for record in records:
        record.pop(_IN_ALL, None)
    return records


def _before(pages: Pages) -> int:
    """How many rows stand before the page."""
    return max(pages.first_row - 1, 0)


def _reversed(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _batches(records: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for record in records:
        batch.append(record)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
