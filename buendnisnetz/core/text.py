"""German text as people search and sort it.

One normal form for everything that is compared: typed queries, names, index entries. PostgreSQL's
own German configuration is not used, because its result would differ with the server's dictionaries
and collation; here the same Python code treats the stored text and the query.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

import Stemmer

_WORD = re.compile(r"\w+", re.UNICODE)
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe"})
# DIN 5007-1 (dictionaries): an umlaut is sorted like its base letter, ß like ss.
_SORT = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "ae", "ø": "o"})
_STEMMER = Stemmer.Stemmer("german")
_SHORTEST_PART = 4
_SHORTEST_COMPOUND = 9


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def sort_key(text: str) -> str:
    """The key that lists are ordered by (DIN 5007-1); the database's collation knows no umlauts."""
    if text.isascii():
        return " ".join(text.lower().split())
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_SORT)
    plain = _without_marks(composed).casefold().translate(_SORT)
    return " ".join(plain.split())


def fold(text: str) -> str:
    """Lower case, umlauts spelt out, marks removed: Bündnis and Buendnis become the same."""
    if text.isascii():
        return text.lower()
    spelt = unicodedata.normalize("NFKC", text).lower().translate(_FOLD)
    if spelt.isascii():
        return spelt
    plain = _without_marks(spelt)
    # Taking marks off can bare a letter that has a spelling of its own, as in ǣ.
    return plain.lower().translate(_FOLD)


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of one word, folded: bündnisse, Buendnis and bundnis all give the same."""
    # The stemmer knows real umlauts best; what is typed without dots (bundnis) is caught by
    # reducing every spelt-out umlaut to its base letter afterwards.
    stemmed = fold(_STEMMER.stemWord(unicodedata.normalize("NFC", word).lower()))
    return stemmed.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in _WORD.findall(unicodedata.normalize("NFC", text))]


@lru_cache(maxsize=1)
def _tagger() -> Any:
    # Loading takes half a second and 40 MB: only processes that write an index pay for it.
    from HanTa import HanoverTagger  # noqa: PLC0415 -- loaded on first use, see above

    return HanoverTagger.HanoverTagger("morphmodel_ger.pgz")


def may_be_compound(word: str) -> bool:
    """Whether a word is long enough to have parts that are words."""
    return len(word) >= _SHORTEST_COMPOUND and word.isalpha()


@lru_cache(maxsize=65_536)
def compound_parts(word: str) -> tuple[str, ...]:
    """The stems of the parts of a compound noun: Kinderbetreuung gives kind and betreu."""
    if not may_be_compound(word):
        return ()
    _, morphemes, _ = _tagger().analyze(word, taglevel=3)
    nouns = [part for part, kind in morphemes if kind[:2] in {"NN", "VV", "AD"}]
    if len(nouns) < 2:
        return ()
    return tuple(dict.fromkeys(stem(part) for part in nouns if len(part) >= _SHORTEST_PART))
