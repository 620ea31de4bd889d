"""Full-text search that finds German as people type it.

A model that can be found has a :class:`SearchField` and says in ``search_terms()`` which of its
texts count how much; it inherits :class:`SearchQuerySet`, whose ``search()`` finds whole words by
stem, beginnings of words, parts of compounds, and, through the trigram index on ``search_key``,
parts of words and names with a typing error.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.lookups import TrigramWordSimilar
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from buendnisnetz.core.text import compound_parts, fold, sort_key, stem

if TYPE_CHECKING:
    _Field = models.Field[str, str]
    _CharField = models.CharField[str, str]
else:
    _Field, _CharField = models.Field, models.CharField

_WORD = re.compile(r"\w+", re.UNICODE)
_LONGEST_WORD = 60
_MOST_WORDS_OF_QUERY = 8
# An index entry holds positions up to 16,383; longer texts are found by their beginning.
_MOST_POSITIONS = 16_000
# Ranking reads every hit. A frequent word has thousands, and nobody looks at more than these.
CANDIDATES = 400
SIMILAR_ENOUGH = 0.5


def search_key(text: str) -> str:
    """What trigrams are made of: folded, umlauts reduced to their base letter."""
    folded = fold(text).replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return " ".join(folded.split())


def index_text(weighted: Mapping[str, Iterable[str]]) -> str:
    """The ``tsvector`` of texts by weight A to C; parts of compounds enter with weight D."""
    entries: list[str] = []
    parts: dict[str, None] = {}
    position = 0
    for weight in sorted(weighted):
        for text in weighted[weight]:
            for word in _WORD.findall(text):
                if len(word) > _LONGEST_WORD or position >= _MOST_POSITIONS:
                    continue
                position += 1
                entries.append(f"'{stem(word)}':{position}{weight}")
                parts.update(dict.fromkeys(compound_parts(word)))
    entries += [f"'{part}':{position + 1}D" for part in parts]
    return " ".join(entries)


def query_text(typed: str) -> str:
    """The ``tsquery`` for what a person typed: every word, by its stem or as a beginning."""
    terms = []
    for word in _WORD.findall(typed)[:_MOST_WORDS_OF_QUERY]:
        start = search_key(word)[:_LONGEST_WORD]
        exact = f"'{stem(word[:_LONGEST_WORD])}'"
        terms.append(f"({exact} | '{start}':*)" if len(start) > 2 else exact)
    return " & ".join(terms)


class SearchField(_Field):
    """A ``tsvector`` kept up to date from the model's ``search_terms()`` whenever it is saved.

    ``bulk_create`` keeps it too; ``update()`` does not, so domain code that changes a searched
    text saves the object.
    """

    def __init__(self, **options: Any) -> None:
        options["editable"] = False
        options.setdefault("default", "")
        super().__init__(**options)

    def db_type(self, connection: Any) -> str:
        return "tsvector"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s::tsvector"

    def pre_save(self, model_instance: Any, add: bool) -> str:
        return index_text(model_instance.search_terms())

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        # Nobody reads the vector in Python, so it need not travel.
        return "''", ()


class KeyField(_CharField):
    """A key computed from another attribute (a dotted path or method) at every save."""

    def __init__(self, source: str = "", **options: Any) -> None:
        self.source = source
        options["editable"] = False
        options.setdefault("max_length", 400)
        options.setdefault("default", "")
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "source": self.source}

    def compute(self, text: str) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = getattr(model_instance, self.source)
        text = value() if callable(value) else value
        key = self.compute(str(text or ""))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class SortKeyField(KeyField):
    """Orders a list as a dictionary does (DIN 5007-1)."""

    def compute(self, text: str) -> str:
        return sort_key(text)


class SearchKeyField(KeyField):
    """Feeds the trigram index."""

    def compute(self, text: str) -> str:
        return search_key(text)


def search_indexes(prefix: str) -> list[models.Index]:
    """The two indexes of a model with ``search_vector`` and ``search_key``."""
    return [
        GinIndex(fields=["search_vector"], name=f"{prefix}_vector"),
        GinIndex(fields=["search_key"], name=f"{prefix}_trigram", opclasses=["gin_trgm_ops"]),
    ]


class SearchQuerySet(models.QuerySet[Any, Any]):
    """Adds ``search()`` and ``by_relevance()``; the model has the fields named above."""

    def search(self, typed: str) -> Self:
        """Rows that hold every typed word, or whose key holds the typed text somewhere.

        If nothing does, rows whose key resembles it. An empty text finds everything.
        """
        found = self.matching(typed)
        if len(search_key(typed)) > 3 and not found.exists():
            return self.resembling(typed)
        return found

    def matching(self, typed: str) -> Self:
        """Rows that hold every typed word, or whose key holds the typed text somewhere."""
        query, key = query_text(typed), search_key(typed)
        if not query:
            return self
        table = self.model._meta.db_table
        vector = RawSQL(  # noqa: S611 -- the table's own name, the value is a parameter
            f'"{table}"."search_vector" @@ %s::tsquery',
            (query,),
            output_field=models.BooleanField(),
        )
        condition = Q(vector)
        if len(key) > 2:
            condition |= Q(search_key__contains=key)
        return self.filter(condition)

    def resembling(self, typed: str) -> Self:
        """Rows whose key holds a word like the typed one."""
        return self.filter(TrigramWordSimilar(F("search_key"), search_key(typed)))

    def ranked(self, typed: str) -> Self:
        """At most ``CANDIDATES`` of these rows, each with its ``rank``: the higher the better."""
        table = self.model._meta.db_table
        rank = RawSQL(  # noqa: S611 -- as above
            f'(ts_rank("{table}"."search_vector", %s::tsquery)'
            f' + CASE WHEN "{table}"."search_key" LIKE %s THEN 1 ELSE 0 END)',
            (query_text(typed), search_key(typed).replace("%", "") + "%"),
            output_field=models.FloatField(),
        )
        capped = self.order_by().values("pk")[:CANDIDATES]
        # What a list computed for its rows stays with them; else the conditions need no second look.
        rows = self if self.query.annotations else self.model._default_manager.all()
        found: Self = rows.filter(pk__in=capped).annotate(rank=rank)
        return found

    def by_relevance(self, typed: str) -> Self:
        """The best hits first, from at most ``CANDIDATES`` rows."""
        return self.ranked(typed).order_by("-rank", "pk") if query_text(typed) else self
