"""Lists of people with posts and terms: checked, taken in, taken back."""

from datetime import date

import pytest

from buendnisnetz.network.domain import people, posts, terms
from buendnisnetz.network.domain.queries.holders import holders_on
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.models import Person, PersonAlias, Post, Term
from buendnisnetz.upkeep.domain import deciding, taking_back, taking_over
from buendnisnetz.upkeep.enums import ListStatus, RowChoice, RowMatch, Target
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
)
from tests.factories.upkeep import NOW, TODAY, list_of, messages, rows_of, states, take_in

pytestmark = pytest.mark.django_db
HEADER = ("Vorname", "Nachname", "Funktion", "Organisation", "E-Mail", "Telefon", "Im Amt seit")


def people_list(header, *rows):
    return list_of(header, *rows, target=Target.PEOPLE)


@pytest.fixture
def body():
    return make_organisation("Musterverein e. V.", short_name="MV")


class TestChecking:
    def test_names_stand_in_one_column_or_in_two(self, body):
        found = people_list(
            ["Ansprechpartner", "Organisation", "Funktion"],
            ["Sorgsam, Ada", "MV", "Leitung"], ["Bert von Beistand", "Musterverein e. V.", ""],
            ["", "MV", ""],
        )  # fmt: skip
        first, second, third = rows_of(found)
        assert (first.values["given_name"], first.values["family_name"]) == ("Ada", "Sorgsam")
        assert second.values["family_name"] == "von Beistand"
        # Without a function somebody speaks for the organisation.
        assert second.values["post_title"] == "Vertretung"
        assert messages(third) == ["Ansprechpartner: Der Name fehlt."]

    def test_organisations_have_to_be_there(self, body):
        make_organisation("Doppelt")
        make_organisation("Doppelt")
        found = people_list(
            HEADER[:4],
            ["Ada", "Eins", "Leitung", "Gibt es nicht"], ["Ada", "Zwei", "Leitung", "Doppelt"],
            ["Ada", "Drei", "Leitung", ""], ["Ada", "Vier", "", ""],
        )  # fmt: skip
        first, second, third, fourth = rows_of(found)
        assert messages(first) == [
            "Organisation: Keine Organisation heißt „Gibt es nicht“. "
            "Bitte zuerst die Organisationen übernehmen."
        ]
        assert messages(second) == [
            "Organisation: Mehrere Organisationen heißen „Doppelt“. Bitte die ID der richtigen schreiben."
        ]
        assert messages(third) == ["Funktion: Bitte sagen, bei welcher Organisation."]
        # A person without a post is a person all the same.
        assert fourth.errors == []

    def test_an_alias_of_the_organisation_will_do(self, body):
        from buendnisnetz.network.domain.organisations import add_alias  # noqa: PLC0415

        add_alias(organisation=body, name="Verein der Muster", actor=None)
        found = people_list(HEADER[:4], ["Ada", "Sorgsam", "Leitung", "Verein der Muster"])
        assert rows_of(found)[0].values["body"] == body.pk

    def test_who_holds_the_post_is_the_same_person(self, body):
        person = make_person("Sorgsam", "Ada")
        make_term(make_post(body, "Leitung", kind=PostKind.HEAD), person)
        (row,) = rows_of(people_list(HEADER[:4], ["Ada", "Sorgsam", "Leitung", "MV"]))
        assert (row.match, row.choice, row.person) == (RowMatch.EXACT, RowChoice.SAME, person)

    def test_a_post_that_somebody_else_holds_is_refused_by_name(self, body):
        make_term(make_post(body, "Leitung", kind=PostKind.HEAD), make_person("Sorgsam", "Ada"))
        (row,) = rows_of(people_list(HEADER[:4], ["Bert", "Beistand", "Leitung", "MV"]))
        assert messages(row) == [
            "Funktion: Ada Sorgsam hat diese Stelle. Bitte zuerst diese Amtszeit beenden."
        ]

    def test_whoever_may_be_the_holder_is_asked_about(self, body):
        make_term(make_post(body, "Leitung", kind=PostKind.HEAD), make_person("Schirrmoos", "Ada"))
        (row,) = rows_of(people_list(HEADER[:4], ["Ada", "Schirmoos", "Leitung", "MV"]))
        assert row.errors == []
        assert row.candidates
        assert "Ada Schirrmoos hat diese Stelle" in " ".join(row.notes) or row.choice == "SAME"

    def test_one_list_gives_a_post_to_one_person(self, body):
        found = people_list(
            HEADER[:4], ["Ada", "Sorgsam", "Leitung", "MV"], ["Bert", "Beistand", "Leitung", "MV"],
            ["Carl", "Dritter", "Mitarbeit", "MV"], ["Dora", "Vierte", "Mitarbeit", "MV"],
        )  # fmt: skip
        rows = rows_of(found)
        assert messages(rows[1]) == ["Funktion: Zeile 2 gibt diese Stelle jemand anderem."]
        assert [row.errors for row in (rows[0], rows[2], rows[3])] == [[], [], []]

    def test_ended_and_acting_terms_stand_beside_the_holder(self, body):
        make_term(make_post(body, "Leitung", kind=PostKind.HEAD), make_person("Sorgsam", "Ada"))
        found = people_list(
            [*HEADER[:4], "Im Amt seit", "Im Amt bis", "Kommissarisch"],
            ["Bert", "Beistand", "Leitung", "MV", "01.01.2010", "31.12.2019", ""],
            ["Carl", "Dritter", "Leitung", "MV", "01.01.2026", "", "ja"],
        )
        assert states(found) == [(RowMatch.UNKNOWN, RowChoice.NEW)] * 2
        take_in(found)
        held = [term.person.family_name for term in holders_on(Post.objects.get(), TODAY)]
        assert held == ["Sorgsam", "Dritter"]
        assert Term.objects.filter(valid_to=date(2019, 12, 31)).count() == 1

    def test_an_erased_person_does_not_come_back(self):
        person = make_person()
        Person.objects.filter(pk=person.pk).update(erased_at=NOW)
        found = people_list(["ID der Person", "Nachname"], [person.public_id, "Sorgsam"])
        assert messages(rows_of(found)[0]) == [
            "ID der Person: Der Name dieser Person wurde endgültig entfernt."
        ]


class TestTakingIn:
    def test_person_post_and_term(self, body):
        take_in(
            people_list(
                (*HEADER, "Titel", "Andere Schreibweisen"),
                ["Ada", "Sorgsam", "Geschäftsführerin", "MV", "gf@example.org", "0361 1234",
                 "01.05.2020", "Dr.", "Ada Sorgsahm"],
            )
        )  # fmt: skip
        person, post, term = Person.objects.get(), Post.objects.get(), Term.objects.get()
        assert (person.titled_name(), person.other_names) == ("Dr. Ada Sorgsam", "Ada Sorgsahm")
        # A list's address is the post's: it stays when the person changes.
        assert (person.email, post.email, post.phone) == ("", "gf@example.org", "0361 1234")
        assert (post.kind, post.scope_name, post.is_shared) == (
            PostKind.HEAD, "Musterverein e. V.", False,
        )  # fmt: skip
        assert (term.valid_from, term.exclusive) == (date(2020, 5, 1), True)
        assert PersonAlias.objects.count() == 1

    def test_two_functions_at_one_organisation_are_one_person(self, body):
        take_in(
            people_list(
                HEADER[:4],
                ["Ada", "Sorgsam", "Leitung", "MV"],
                ["Ada", "Sorgsam", "Mitarbeit", "MV"],
            )
        )
        assert Person.objects.count() == 1
        assert Term.objects.count() == Post.objects.count() == 2

    def test_the_same_name_somewhere_else_is_another_person(self, body):
        make_organisation("Nebenverein")
        take_in(
            people_list(
                HEADER[:4], ["Ada", "Sorgsam", "Leitung", "MV"],
                ["Ada", "Sorgsam", "Leitung", "Nebenverein"],
            )
        )  # fmt: skip
        assert Person.objects.count() == 2

    def test_a_post_that_is_there_is_used(self, body):
        post = make_post(body, "Leitung", kind=PostKind.HEAD)
        take_in(people_list(HEADER[:4], ["Ada", "Sorgsam", "leitung", "MV"]))
        assert Post.objects.count() == 1
        assert Term.objects.get().post == post

    def test_a_known_person_gets_a_second_post(self, body):
        person = make_person("Sorgsam", "Ada")
        make_term(make_post(body, "Leitung", kind=PostKind.HEAD), person)
        found = people_list(
            ["ID der Person", "Nachname", "Funktion", "Organisation"],
            [person.public_id, "Sorgsam", "Vorstand", "MV"],
        )
        take_in(found)
        assert sorted(Term.objects.values_list("post__title", flat=True)) == ["Leitung", "Vorstand"]
        assert Person.objects.count() == 1

    def test_by_ids_person_post_and_term_are_changed(self, body):
        person = make_person("Sorgsam", "Ada")
        post = make_post(body, "Leitung", kind=PostKind.HEAD, email="alt@example.org")
        term = make_term(post, person, valid_from=None)
        found = people_list(
            ["ID der Person", "Nachname", "ID der Stelle", "Funktion", "E-Mail", "Im Amt seit"],
            [person.public_id, "Sorgsam-Neu", post.public_id, "Geschäftsführung", "n@example.org",
             "01.05.2020"],
        )  # fmt: skip
        (row,) = rows_of(found)
        assert [change["field"] for change in row.changes] == [
            "family_name", "post_title", "post_email", "valid_from",
        ]  # fmt: skip
        take_in(found)
        for entry in (person, post, term):
            entry.refresh_from_db()
        assert (person.family_name, post.title, post.email) == (
            "Sorgsam-Neu", "Geschäftsführung", "n@example.org",
        )  # fmt: skip
        assert term.valid_from == date(2020, 5, 1)

    def test_an_entry_that_is_gone_sends_the_list_back(self, body):
        found = people_list(HEADER[:4], ["Ada", "Sorgsam", "Leitung", "MV"])
        taking_over.confirm(partner_list=found, actor=found.uploaded_by)
        body.delete()
        taking_over.write(partner_list=found.pk, now=NOW)
        found.refresh_from_db()
        assert (found.status, "Zeile 2" in found.error) == (ListStatus.READY, True)

    def test_the_database_has_the_last_word(self, body):
        """Somebody takes the post in the meantime."""
        post = make_post(body, "Leitung", kind=PostKind.HEAD)
        found = people_list(HEADER[:4], ["Ada", "Sorgsam", "Leitung", "MV"])
        taking_over.confirm(partner_list=found, actor=found.uploaded_by)
        make_term(post)
        taking_over.write(partner_list=found.pk, now=NOW)
        found.refresh_from_db()
        assert found.status == ListStatus.READY
        assert "network_term_one_holder" in found.error
        assert not Person.objects.filter(family_name="Sorgsam").exists()


class TestTakingBack:
    def test_leaves_no_trace(self, body):
        found = take_in(people_list(HEADER[:4], ["Ada", "Sorgsam", "Leitung", "MV"]))
        taking_back.undo_list(partner_list=found, actor=None)
        assert [model.objects.count() for model in (Person, Post, Term)] == [0, 0, 0]

    def test_changes_are_as_before(self, body):
        person = make_person("Sorgsam", "Ada")
        post = make_post(body, "Leitung", kind=PostKind.HEAD)
        term = make_term(post, person, valid_from=date(2020, 1, 1))
        found = people_list(
            ["ID der Person", "Nachname", "ID der Stelle", "Im Amt bis", "Andere Schreibweisen"],
            [person.public_id, "Anders", post.public_id, "31.12.2026", "A. S."],
        )
        take_in(found)
        term.refresh_from_db()
        assert term.valid_to == date(2026, 12, 31)
        taking_back.undo_list(partner_list=found, actor=None)
        person.refresh_from_db()
        term.refresh_from_db()
        assert (person.family_name, person.other_names, term.valid_to) == ("Sorgsam", "", None)
        assert not PersonAlias.objects.exists()

    def test_not_once_a_term_was_ended(self, body):
        found = take_in(people_list(HEADER[:4], ["Ada", "Sorgsam", "Leitung", "MV"]))
        terms.end_term(term=Term.objects.get(), last_day=TODAY, actor=None)
        with pytest.raises(taking_back.BuiltUponError):
            taking_back.undo_list(partner_list=found, actor=None)

    def test_not_once_a_post_deputises(self, body):
        found = take_in(people_list(HEADER[:4], ["Ada", "Sorgsam", "Leitung", "MV"]))
        other = make_post(make_alliance())
        posts.set_deputy(post=other, deputy=Post.objects.get(title="Leitung"), actor=None)
        with pytest.raises(taking_back.BuiltUponError) as caught:
            taking_back.undo_list(partner_list=found, actor=None)
        assert "Koordination" in str(caught.value)


def test_decided_as_the_same_person(body):
    person = make_person("Schirrmoos", "Ada")
    people.add_alias(person=person, name="Frau S.", actor=None)
    found = people_list(HEADER[:4], ["Ada", "Schirmoos", "Leitung", "MV"])
    (row,) = rows_of(found)
    deciding.decide_row(row=row, choice=RowChoice.SAME, candidate=person.pk, taken=[], actor=None)
    deciding.decide_all(
        partner_list=found, match=RowMatch(row.match), choice=RowChoice.SAME, actor=None
    )
    take_in(found)
    person.refresh_from_db()
    assert person.family_name == "Schirrmoos"
    assert Term.objects.get().person == person
