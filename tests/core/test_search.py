"""German text as people type it, in Python and in the database."""

import sys
import unicodedata

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from buendnisnetz.core.search import (
    CANDIDATES,
    SearchKeyField,
    SortKeyField,
    index_text,
    query_text,
    search_key,
)
from buendnisnetz.core.text import compound_parts, fold, sort_key, stem, stems, words
from buendnisnetz.network.models import Organisation
from buendnisnetz.tasks.models import Task
from tests.factories.network import make_organisation
from tests.factories.tasks import NOW, make_task

pytestmark = pytest.mark.django_db
TYPED = st.text(max_size=60)
# What has a meaning in the database's query language.
ODD = st.text(alphabet="'\\:*&|!()<->ab ", max_size=30)


def _found(typed: str) -> list[str]:
    rows = Task.objects.search(typed).by_relevance(typed)
    return [task.title for task in rows]


class TestText:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Bündnis", "buendnis"),
            ("Bu\u0308ndnis", "buendnis"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("Café", "cafe"),
            ("Łódź", "łodz"),
            ("𝕬ǣ", "aae"),
        ],
    )
    def test_fold(self, text, expected):
        assert fold(text) == expected

    def test_words_and_stems_keep_their_order(self):
        assert words("Die Bündnisse, 2017!") == ["die", "buendnisse", "2017"]
        assert stems("Die Bündnisse, 2017!") == ["die", "bundnis", "2017"]

    @given(TYPED)
    def test_folding_twice_changes_nothing(self, text):
        assert fold(fold(text)) == fold(text)
        assert sort_key(sort_key(text)) == sort_key(text)

    @given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß", min_size=1, max_size=20))
    def test_the_stem_does_not_depend_on_case_or_form(self, word):
        assert stem(word) == stem(word.upper().replace("SS", "ß") if "ß" in word else word.upper())
        assert stem(word) == stem(unicodedata.normalize("NFD", word))

    @given(st.text(max_size=30))
    def test_parts_of_a_compound_are_words(self, word):
        assert all(part and " " not in part for part in compound_parts(word[:30]))

    @given(st.lists(st.text(alphabet="aäbcoöuüsßz ", max_size=8)))
    def test_sort_key_ranks_an_umlaut_with_its_base_letter(self, texts):
        plain = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
        for text in texts:
            assert sort_key(text) == " ".join(text.translate(plain).split())


class TestFinding:
    def test_a_large_table_is_read_from_its_beginning_each_time(self):
        # A test has no table that is large enough for PostgreSQL to begin where another reader is.
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronize_seqscans")
            assert cursor.fetchone() == ("off",)

    @pytest.mark.parametrize("typed", ["Bündnis", "Buendnis", "bundnis", "bündnisse", "BÜNDNISSEN"])
    def test_spellings_of_one_word(self, typed):
        make_task("Bündnis gründen")
        make_task("Umfrage auswerten")
        assert _found(typed) == ["Bündnis gründen"]

    @pytest.mark.parametrize(
        "typed", ["kinder", "betreuung", "Kinderbetreuung", "kinderbetr", "nderbetreu"]
    )
    def test_parts_of_a_compound(self, typed):
        make_task("Kinderbetreuung ausbauen")
        make_task("Parkplatz")
        assert _found(typed) == ["Kinderbetreuung ausbauen"]

    @pytest.mark.parametrize("typed", ["Kinderbetreung", "Kindebetreuung", "Kinderbetruung"])
    def test_a_typing_error(self, typed):
        make_task("Kinderbetreuung ausbauen")
        make_task("Parkplatz")
        assert _found(typed) == ["Kinderbetreuung ausbauen"]

    def test_every_word_has_to_be_there(self):
        make_task("Umfrage auswerten")
        make_task("Umfrage planen")
        assert _found("auswerten umfrage") == ["Umfrage auswerten"]

    def test_an_empty_text_finds_everything(self):
        make_task("a")
        assert Task.objects.search("").count() == 1
        assert Task.objects.search("  !? ").count() == 1

    def test_the_best_hit_comes_first(self):
        make_task("Auftrag", details="Familie")
        make_task("Etwas für die Familie")
        make_task("Familie und Beruf")
        assert _found("Familie") == ["Familie und Beruf", "Etwas für die Familie", "Auftrag"]

    def test_ranked_gives_numbers(self):
        make_task("Familie und Beruf")
        rows = Task.objects.search("Familie").ranked("Familie")
        assert [task.rank > 1 for task in rows] == [True]

    def test_ranking_reads_no_more_than_it_should(self):
        Task.objects.bulk_create(
            Task(kind="TASK", title=f"Familie {number}", opened_on=NOW.date(), created_at=NOW)
            for number in range(CANDIDATES + 5)
        )
        assert Task.objects.search("Familie").count() == CANDIDATES + 5
        assert Task.objects.search("Familie").by_relevance("Familie").count() == CANDIDATES


class TestFields:
    def test_keys_follow_every_save(self):
        body = make_organisation("Ärztehaus  Öhringen")
        assert (body.sort_key, body.search_key) == ("arztehaus ohringen", "arztehaus ohringen")
        body.name = "Straßenverein"
        body.save()
        body.refresh_from_db()
        assert (body.sort_key, body.search_key) == ("strassenverein", "strassenverein")
        assert list(Organisation.objects.search("Strasse")) == [body]

    def test_bulk_create_keeps_them_too(self):
        Task.objects.bulk_create(
            [Task(kind="TASK", title="Kinderbetreuung", opened_on=NOW.date(), created_at=NOW)]
        )
        assert _found("betreuung") == ["Kinderbetreuung"]

    def test_the_vector_does_not_travel(self):
        assert make_task("Umfrage").search_vector == ""
        assert Task.objects.get().search_vector == ""

    def test_a_key_is_cut_to_its_column(self):
        field = SortKeyField(source="title", max_length=5)
        assert field.pre_save(_attached(field, title="Ärztehaus"), add=True) == "arzte"

    def test_a_key_may_come_from_a_method_or_from_nothing(self):
        field = SearchKeyField(source="title")
        assert field.pre_save(_attached(field, title=lambda row: "Öl"), add=True) == "ol"
        assert field.pre_save(_attached(field, title=None), add=True) == ""

    def test_migrations_know_the_source(self):
        assert SearchKeyField(source="title").deconstruct()[3]["source"] == "title"


def _attached(field, **values):
    field.attname = "key"
    return type("Row", (), values)()


class TestLongTexts:
    @pytest.mark.parametrize(
        "text",
        [
            "Bündnis " * 40_000,
            " ".join(f"wort{number}" for number in range(40_000)),
            "x" * 500_000,
            " ".join(f"{number:06}" + "ü" * 54 for number in range(20_000)),
            " ".join(f"{number:06}" + "語" * 54 for number in range(20_000)),
            "㍻ﷺ" * 30_000,
        ],
        ids=[
            "one word",
            "many words",
            "one long word",
            "many long words",
            "many wide words",
            "letters that grow",
        ],
    )
    def test_any_length_can_be_saved(self, text):
        task = make_task("Bündnis", details=text)
        assert list(Task.objects.search("Bündnis")) == [task]

    def test_words_beyond_the_last_position_are_left_out(self):
        vector = index_text({"A": [" ".join(f"w{number}" for number in range(17_000))]})
        assert vector.endswith("'w15999':16000A")


class QueryProperties(TestCase):
    """Whatever is typed, the database understands the question."""

    @settings(max_examples=120, deadline=None)
    @given(st.one_of(TYPED, ODD))
    @example("\x00")
    @example("a\x00b")
    @example("' | 'x':* & !")
    @example("\\")
    @example("ŉ ½ ﷺ ͺ ㏇")
    def test_no_typed_text_is_an_error(self, typed: str) -> None:
        list(Task.objects.search(typed).by_relevance(typed)[:1])
        list(Task.objects.all().resembling(typed)[:1])
        list(Task.objects.all().ranked(typed or "x")[:1])

    @settings(max_examples=60, deadline=None)
    @given(st.one_of(TYPED, ODD).map(lambda text: text.replace("\x00", "")))
    def test_any_text_can_be_indexed(self, text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::tsvector", [index_text({"A": [text], "C": [text]})])

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.text(alphabet="abcdefghijklmnoprstuwzäöüß", min_size=3, max_size=12),
            min_size=1,
            max_size=6,
        )
    )
    def test_what_was_written_is_found_by_each_of_its_words(self, found: list[str]) -> None:
        task = make_task(" ".join(found))
        for word in found:
            assert Task.objects.search(word).filter(pk=task.pk).exists(), word

    def test_every_letter_there_is_makes_a_valid_query(self) -> None:
        letters = [chr(code) for code in range(1, sys.maxunicode) if not 0xD800 <= code < 0xE000]
        queries = [query for letter in letters if (query := query_text(f"a{letter}b"))]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(q::tsquery) FROM unnest(%s::text[]) AS q", [queries[:60_000]]
            )
            assert cursor.fetchone()[0] == 60_000

    @given(st.one_of(TYPED, ODD))
    def test_a_question_has_at_most_eight_words(self, typed: str) -> None:
        assert query_text(typed).count(" & ") <= 7

    @given(TYPED)
    def test_a_key_holds_nothing_that_the_database_refuses(self, text: str) -> None:
        assert "\x00" not in search_key(text)
        assert search_key(text) == search_key(text).strip()
