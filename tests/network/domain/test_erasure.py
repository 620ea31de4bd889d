"""Erasing a person: no trace of the name anywhere, the facts stay."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from buendnisnetz.network.domain import erasure, people, retention, terms
from buendnisnetz.network.domain.alliances import edit_alliance
from buendnisnetz.network.models import Alliance, Person, Term
from buendnisnetz.notifications.models import Message
from tests.factories.network import (
    agree,
    make_alliance,
    make_group,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _texts_of_database() -> str:
    """Every text column of every table, history and search index included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND (data_type LIKE '%char%' OR data_type IN "
            "('text', 'ARRAY', 'jsonb', 'tsvector', 'json') OR udt_name = 'tsvector')"
        )
        found = []
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT "{column}"::text FROM "{table}"')  # noqa: S608
            found += [str(row[0]) for row in cursor.fetchall()]
    return "\n".join(found).lower()


def _a_well_known_person() -> Person:
    user = make_user(email="wilhelmine@quandtzahl.example")
    user.display_name = "Wilhelmine Quandtzahl"
    user.save()
    person = make_person(
        "Quandtzahl", "Wilhelmine", academic_title="Dr.", email="wilhelmine@quandtzahl.example",
        phone="+49 361 987123", note="Frau Quandtzahl ruft lieber an.",
    )  # fmt: skip
    people.add_alias(person=person, name="Wilhelmine Kwandtzahl", actor=None)
    people.edit_person(person=person, version=2, actor=None, family_name="Quandtzahl-Ehrlich")
    people.edit_person(person=person, version=3, actor=None, family_name="Quandtzahl")
    people.link_user(person=person, user=user, actor=None)
    agree(person)
    return Person.objects.get(pk=person.pk)


def _texts_about_her(person: Person) -> None:
    alliance = make_alliance(
        description="Gegründet von Wilhelmine Quandtzahl.",
        fields_of_action=["Pflege", "Quandtzahl, Wilhelmine"],
    )
    edit_alliance(
        alliance=alliance, version=1, actor=None, description="Neu belebt von Dr. Quandtzahl."
    )
    make_membership(alliance, note="vermittelt durch Frau Quandtzahl")
    make_group(results="W. Quandtzahl hat berichtet.", mandate="Auftrag")
    make_organisation(note="Kontakt: WILHELMINE QUANDTZAHL")
    Message.objects.create(
        recipient="wilhelmine@quandtzahl.example", subject="Für Frau Quandtzahl", kind="test",
        text="Guten Tag, Dr. Quandtzahl", message_id="<1@example>", created_at=NOW,
    )  # fmt: skip
    make_term(make_post(), person, evidence="Brief von Frau Quandtzahl")


def test_erase_leaves_no_trace_of_the_name():
    person = _a_well_known_person()
    _texts_about_her(person)
    assert "quandtzahl" in _texts_of_database()
    erasure.erase_person(person=person, actor=None, now=NOW)
    texts = _texts_of_database()
    for trace in ("quandtzahl", "wilhelmine", "kwandtzahl", "987123"):
        assert trace not in texts


def test_erase_keeps_the_facts():
    person = _a_well_known_person()
    term = make_term(person=person)
    erasure.erase_person(person=person, actor=None, now=NOW)
    person.refresh_from_db()
    assert Term.objects.get() == term
    assert (str(person), person.user, person.erased_at) == ("Name entfernt", None, NOW)
    assert person.consents.count() == 1


def test_erase_leaves_texts_readable_and_searchable():
    person = make_person("Quandtzahl", "Wilhelmine")
    alliance = make_alliance(description="Gegründet von Wilhelmine Quandtzahl im Mai.")
    erasure.erase_person(person=person, actor=None, now=NOW)
    alliance.refresh_from_db()
    assert alliance.description == "Gegründet von Name entfernt im Mai."
    assert list(Alliance.objects.search("Quandtzahl")) == []
    assert list(Alliance.objects.search("gegründet")) == [alliance]


def test_erase_spares_longer_names():
    person = make_person("Li", "An")
    kept = make_organisation(note="Frau Lindner und An Lieb kennen sich.")
    erasure.erase_person(person=person, actor=None, now=NOW)
    kept.refresh_from_db()
    assert kept.note == "Frau Lindner und An Lieb kennen sich."


def test_erase_closes_the_account():
    person = _a_well_known_person()
    user = person.user
    erasure.erase_person(person=person, actor=None, now=NOW)
    user.refresh_from_db()
    assert (user.is_active, user.display_name, user.has_usable_password()) == (
        False, "Name entfernt", False,
    )  # fmt: skip


def test_erase_twice_is_refused():
    person = make_person()
    erasure.erase_person(person=person, actor=None, now=NOW)
    with pytest.raises(people.ErasedError):
        erasure.erase_person(person=person, actor=None, now=NOW)


def test_erased_person_cannot_be_edited():
    person = make_person()
    erasure.erase_person(person=person, actor=None, now=NOW)
    with pytest.raises(people.ErasedError):
        people.edit_person(person=person, version=2, actor=None, family_name="Neu")


def test_erase_is_recorded_without_the_name():
    person, user = make_person("Quandtzahl"), make_user()
    erasure.erase_person(person=person, actor=user, now=NOW)
    event = person.events.order_by("pgh_id").last()
    assert event.pgh_context.metadata == {"user": user.pk, "action": "network.person.erased"}
    assert event.family_name == "Name entfernt"


def test_upper_rooms_scrub_their_texts():
    person, heard = make_person("Quandtzahl", "Wilhelmine"), []
    erasure.register(heard.append)
    try:
        erasure.erase_person(person=person, actor=None, now=NOW)
    finally:
        erasure._scrubbers.remove(heard.append)
    assert [found.person_id for found in heard] == [person.pk]
    assert "Wilhelmine Quandtzahl" in heard[0].texts
    assert "Quandtzahl, Wilhelmine" in heard[0].texts


@pytest.mark.parametrize(
    ("days_ago", "gone"), [(367, True), (366, False), (10, False), (None, False)]
)
def test_retention_waits_twelve_months(days_ago, gone):
    last = NOW.date() - timedelta(days=days_ago) if days_ago else None
    person = make_term(valid_to=last, valid_from=date(2015, 1, 1)).person
    assert retention.erase_forgotten_people(now=NOW) == int(gone)
    person.refresh_from_db()
    assert (person.erased_at is not None) is gone


def test_retention_looks_at_the_last_term():
    person = make_person()
    make_term(person=person, valid_from=date(2010, 1, 1), valid_to=date(2015, 1, 1))
    make_term(person=person, valid_from=date(2016, 1, 1))
    assert retention.erase_forgotten_people(now=NOW) == 0


def test_retention_keeps_people_without_terms_and_with_accounts():
    make_person()
    old = make_term(valid_from=date(2010, 1, 1), valid_to=date(2015, 1, 1)).person
    people.link_user(person=old, user=make_user(), actor=None)
    assert retention.erase_forgotten_people(now=NOW) == 0


def test_retention_asks_the_rooms_above_and_bears_a_second_run():
    first, second = (
        make_term(valid_from=date(2010, 1, 1), valid_to=date(2015, 1, 1)).person
        for _number in range(2)
    )
    erasure.register_need(needed := lambda found, today: [first.pk])
    try:
        assert retention.erase_forgotten_people(now=NOW) == 1
        assert retention.erase_forgotten_people(now=NOW) == 0
    finally:
        erasure._needed.remove(needed)
    second.refresh_from_db()
    assert second.erased_at == NOW


def test_who_is_kept_for_the_name_alone_is_no_longer_reached():
    kept = make_person("Bleibtrau", email="privat@example.org", phone="0361 1", note="mag Tee")
    make_term(person=kept, valid_from=date(2010, 1, 1), valid_to=date(2015, 1, 1))
    working = make_person("Wirktnoch", email="hier@example.org")
    make_term(person=working, valid_from=date(2010, 1, 1))
    assert retention.forget_contacts(now=NOW) == 1
    assert retention.forget_contacts(now=NOW) == 0
    kept.refresh_from_db()
    assert (kept.family_name, kept.email, kept.phone, kept.note) == ("Bleibtrau", "", "", "")
    events = erasure.event_model(type(kept)).objects.filter(pgh_obj_id=kept.pk)
    assert set(events.values_list("email", "phone", "note")) == {("", "", "")}
    working.refresh_from_db()
    assert working.email == "hier@example.org"


def test_ended_term_reopened_is_not_forgotten():
    term = make_term(valid_from=date(2010, 1, 1))
    terms.end_term(term=term, last_day=date(2015, 1, 1), actor=None)
    terms.reopen_term(term=term, actor=None)
    assert retention.erase_forgotten_people(now=NOW) == 0


def test_monthly_job_erases(time_machine):
    from buendnisnetz.network.jobs import erase_forgotten_people  # noqa: PLC0415 -- after set-up

    time_machine.move_to(NOW)
    person = make_term(valid_from=date(2010, 1, 1), valid_to=date(2015, 1, 1)).person
    erase_forgotten_people()
    person.refresh_from_db()
    assert person.erased_at == NOW
