"""Full-text search that finds German as people type it.

A model that can be found has a :class:`SearchField` and says in ``search_terms()`` which of its
texts count how much; it inherits :class:`SearchQuerySet`, whose ``search()`` finds whole words by
stem, beginnings of words, parts of compounds, and, through the trigram index on ``search_key``,
parts of words and names with a typing error.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.lookups import TrigramWordSimilar
from django.db import models, transaction
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.expressions import CombinedExpression

from buendnisnetz.core.frequency import meant_by
from buendnisnetz.core.questions import Slot
from buendnisnetz.core.text import compound_parts, fold, may_be_compound, sort_key, stem

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
# One entry may be a megabyte long in all; parts of compounds need some of it.
_MOST_BYTES = 700_000
# Ranking reads every hit. A frequent word has thousands, and nobody looks at more than these.
CANDIDATES = 400
# Stands in an index entry whose compounds were not split yet; no word that anybody types is like it.
_WAITING = "~"
_SPLIT_AT_ONCE = 500
_SIGN_OF_PATTERN = re.compile(r"[\\%_]")
_PARTS_OF_TYPED = ("query", "key", "begins", "within")


def search_key(text: str) -> str:
    """What trigrams are made of: folded, umlauts reduced to their base letter."""
    folded = fold(text).replace("ae", "a").replace("oe", "o").replace("ue", "u")
    # The database refuses to store or to compare text with a null character.
    return " ".join(folded.replace("\x00", " ").split())


def index_text(weighted: Mapping[str, Iterable[str]], *, split: bool = True) -> str:
    """The ``tsvector`` of texts by weight A to C; parts of compounds enter with weight D.

    Without ``split`` a mark says that they have to be entered yet (:func:`split_waiting`).
    """
    entries: list[str] = []
    parts: dict[str, None] = {}
    position = room = 0
    for weight, word in _weighted_words(weighted):
        entry = f"'{stem(word)}':{position + 1}{weight}"
        room += len(entry.encode())
        if position >= _MOST_POSITIONS or room > _MOST_BYTES:
            break
        position += 1
        entries.append(entry)
        if split:
            parts.update(dict.fromkeys(compound_parts(word)))
        elif may_be_compound(word):
            parts[_WAITING] = None
    entries += [f"'{part}':{position + 1}D" for part in parts]
    return " ".join(entries)


def _weighted_words(weighted: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    for weight in sorted(weighted):
        for text in weighted[weight]:
            for word in _WORD.findall(text):
                if len(word) <= _LONGEST_WORD:
                    yield weight, word


def words_sought(typed: str) -> list[tuple[str, str]]:
    """The words that a person typed: each by its stem and as a beginning, which is empty if too short."""
    words = []
    for word in _WORD.findall(typed)[:_MOST_WORDS_OF_QUERY]:
        start = search_key(word)[:_LONGEST_WORD]
        words.append((stem(word[:_LONGEST_WORD]), start if len(start) > 2 else ""))
    return words


def query_text(typed: str) -> str:
    """The ``tsquery`` for what a person typed: every word, by its stem or as a beginning."""
    return _query_of(words_sought(typed))


def _query_of(words: Iterable[tuple[str, str]]) -> str:
    return " & ".join(
        f"('{exact}' | '{start}':*)" if start else f"'{exact}'" for exact, start in words
    )


@dataclass(frozen=True)
class Typed:
    """What was typed, as the database reads it: a text of its own, or the slots of a question."""

    query: str | Slot
    key: str | Slot
    # The same as patterns: what a key begins with, and what stands anywhere in it.
    begins: str | Slot
    within: str | Slot
    # Two letters stand somewhere in nearly every name, so parts of words have three or more.
    finds_parts: bool
    # Whether so many rows fit that they are met sooner by reading on than through the index.
    often: Slot | None = None

    @classmethod
    def text(cls, typed: str) -> Self:
        key = search_key(typed)
        plain = _SIGN_OF_PATTERN.sub(r"\\\g<0>", key)
        return cls(query_text(typed), key, f"{plain}%", f"%{plain}%", len(key) > 2)

    @classmethod
    def words(cls, words: Iterable[tuple[str, str]]) -> Self:
        """Words by their stems (:func:`words_sought`), and no parts of words."""
        words = list(words)
        key = " ".join(exact for exact, _start in words)
        return cls(_query_of(words), key, f"{key}%", f"%{key}%", finds_parts=False)

    @classmethod
    def slots(cls, *, finds_parts: bool, often: str = "", planned: bool = False) -> Self:
        """Filled with :meth:`values`, and with what the slot ``often`` shall be.

        How often words stand somewhere decides which plan is best. One plan does for all where
        ``often`` says it (``core.frequency``), or where they are rare; else it is ``planned``.
        """
        text = models.TextField()
        query, key, begins, within = (Slot(name, text, planned=planned) for name in _PARTS_OF_TYPED)
        told = Slot(often, models.BooleanField(), planned=True) if often else None
        return cls(query, key, begins, within, finds_parts, told)

    def values(self) -> dict[str, Any]:
        """What a question is asked with that was built from :meth:`slots`."""
        return {name: getattr(self, name) for name in _PARTS_OF_TYPED}


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
        return index_text(model_instance.search_terms(), split=settings.SPLIT_COMPOUNDS)

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

        If nothing does, rows with the frequent words that were meant, and if there are none, rows whose
        key resembles the text. An empty text finds everything.
        """
        found = self.matching(typed)
        if len(search_key(typed)) <= 3 or found.exists():
            return found
        meant = meant_by(words_sought(typed))
        if meant and (found := self.matching(Typed.words(meant))).exists():
            return found
        return self.resembling(typed)

    def matching(self, typed: str | Typed) -> Self:
        """Rows that hold every typed word, or whose key holds the typed text somewhere."""
        asked = _typed(typed)
        if not asked.query:
            return self
        # Expressions, not plain SQL: in a subquery they follow the alias of their own table.
        condition = Q(_holds(asked.query))
        if asked.finds_parts:
            condition |= Q(_like(asked.within))
        return self.filter(_told(condition, asked.often) if asked.often else condition)

    def resembling(self, typed: str | Typed) -> Self:
        """Rows whose key holds a word like the typed one."""
        return self.filter(TrigramWordSimilar(F("search_key"), _typed(typed).key))

    def ranked(self, typed: str | Typed) -> Self:
        """Each row with its ``rank``: the higher the better. Ranking reads every row."""
        return self.annotate(rank=_rank(_typed(typed)))

    def by_relevance(self, typed: str) -> Self:
        """The best hits first, from at most ``CANDIDATES`` rows; annotations of these rows stay."""
        asked = _typed(typed)
        if not asked.query:
            return self
        candidates = self.order_by().values("pk")[:CANDIDATES]
        return self.filter(pk__in=candidates).order_by(_rank(asked).desc(), "pk")


def split_waiting() -> int:
    """Enter the parts of compounds where a web process left that to be done; says of how many rows.

    Of each model so many at once. Each row is locked by itself: somebody may be writing it.
    """
    return sum(_split(model) for model in apps.get_models() if _can_be_found(model))


def _can_be_found(model: type[models.Model]) -> bool:
    return any(isinstance(field, SearchField) for field in model._meta.concrete_fields)


def _split(model: type[models.Model]) -> int:
    waiting = model._default_manager.filter(_holds(f"'{_WAITING}'"))
    split = 0
    for key in list(waiting.order_by("pk").values_list("pk", flat=True)[:_SPLIT_AT_ONCE]):
        with transaction.atomic():
            row: Any = waiting.select_for_update(skip_locked=True).filter(pk=key).first()
            if row is not None:
                terms = row.search_terms()
                split += waiting.filter(pk=key).update(search_vector=index_text(terms))
    return split


def _typed(typed: str | Typed) -> Typed:
    return Typed.text(typed) if isinstance(typed, str) else typed


def _holds(query: str | Slot) -> Func:
    return Func(
        F("search_vector"),
        _tsquery(query),
        template="(%(expressions)s)",
        arg_joiner=" @@ ",
        output_field=models.BooleanField(),
    )


def _like(pattern: str | Slot) -> Func:
    return Func(
        F("search_key"),
        Value(pattern) if isinstance(pattern, str) else pattern,
        template="(%(expressions)s)",
        arg_joiner=" LIKE ",
        output_field=models.BooleanField(),
    )


def _told(condition: Q, often: Slot) -> Case:
    """The condition, in words that let PostgreSQL use an index only where few rows fit.

    Which of both it is stands in the statement, so the other is gone before anything is planned. As
    something that is not empty, the condition fits no index, and it is expected to hold mostly.
    """
    held = Func(
        condition,
        template="NULLIF(%(expressions)s, FALSE) IS NOT NULL",
        output_field=models.BooleanField(),
    )
    return Case(When(often, then=held), default=condition, output_field=models.BooleanField())


def _tsquery(query: str | Slot) -> Func:
    return Func(
        Value(query) if isinstance(query, str) else query,
        template="%(expressions)s::tsquery",
        output_field=models.TextField(),
    )


def _rank(asked: Typed) -> CombinedExpression:
    """How well a row fits; rows whose key begins with what was typed come before all others."""
    vector = Func(
        F("search_vector"),
        _tsquery(asked.query),
        function="ts_rank",
        output_field=models.FloatField(),
    )
    begins = When(_like(asked.begins), then=Value(1.0))
    return vector + Case(begins, default=Value(0.0), output_field=models.FloatField())
