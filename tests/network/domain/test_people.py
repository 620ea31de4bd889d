"""People: other spellings, consents, accounts, export."""

import json
from datetime import date

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core import slots
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.network.domain import people as domain
from buendnisnetz.network.domain.queries.people import export_person
from buendnisnetz.network.domain.removal import StillUsedError, remove_if_unused
from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.network.enums import ConsentKind
from buendnisnetz.network.models import Consent, Person
from tests.factories.network import agree, make_person, make_post, make_term, make_user

pytestmark = pytest.mark.django_db
NAME = ConsentKind.PUBLIC_NAME


def test_create_person_sorts_by_family_name():
    person = make_person("Über", "Ute", academic_title="Dr.")
    assert (person.full_name(), person.titled_name(), person.sort_key, person.family_key) == (
        "Ute Über", "Dr. Ute Über", "uber ute", "uber",
    )  # fmt: skip


def test_edit_person_and_conflict():
    person = make_person("Alt")
    domain.edit_person(person=person, version=1, actor=None, family_name="Neu")
    with pytest.raises(EditConflictError):
        domain.edit_person(person=person, version=1, actor=None, family_name="Anders")
    assert Person.objects.get().family_name == "Neu"


def test_alias_finds_person():
    person = make_person("Schirnick")
    domain.add_alias(person=person, name="Erika Schiernick", actor=None)
    assert list(Person.objects.search("schiernick")) == [person]
    domain.remove_alias(person=person, name="Erika Schiernick", actor=None)
    assert person.aliases.count() == 0


def test_consent_shows_the_name_until_withdrawn():
    person = make_person()
    agree(person)
    assert list(Person.objects.with_consent(NAME)) == [person]
    domain.withdraw_consent(person=person, kind=NAME, on=date(2020, 5, 1), actor=None)
    assert list(Person.objects.with_consent(NAME)) == []
    kept = Consent.objects.get()
    assert (kept.given_on, kept.withdrawn_on) == (date(2020, 1, 1), date(2020, 5, 1))


def test_consent_twice_is_refused_and_can_be_given_anew():
    person = make_person()
    agree(person)
    with pytest.raises(domain.ConsentGivenError) as caught:
        agree(person)
    assert "01.01.2020" in str(caught.value)
    domain.withdraw_consent(person=person, kind=NAME, on=date(2020, 5, 1), actor=None)
    agree(person)
    assert person.consents.count() == 2


def test_consents_of_different_kinds_are_apart():
    person = make_person()
    agree(person)
    agree(person, ConsentKind.PUBLIC_CONTACT)
    domain.withdraw_consent(
        person=person, kind=ConsentKind.PUBLIC_CONTACT, on=date(2021, 1, 1), actor=None
    )
    assert list(Person.objects.with_consent(NAME)) == [person]


def test_withdrawing_without_consent_is_refused():
    with pytest.raises(domain.NoConsentError):
        domain.withdraw_consent(person=make_person(), kind=NAME, on=date(2020, 5, 1), actor=None)


def test_withdrawing_before_giving_is_refused():
    person = make_person()
    agree(person)
    with pytest.raises(RuleBrokenError):
        domain.withdraw_consent(person=person, kind=NAME, on=date(2019, 5, 1), actor=None)


def test_link_user_once_only():
    person, other, user = make_person(), make_person("Andere", "Anne"), make_user()
    assert domain.link_user(person=person, user=user, actor=None).user == user
    with pytest.raises(domain.UserTakenError) as caught:
        domain.link_user(person=other, user=user, actor=None)
    assert person.full_name() in str(caught.value)
    assert domain.link_user(person=person, user=None, actor=None).user is None


def test_linked_user_sees_the_own_person():
    person, stranger = make_person(), make_person()
    user = make_user(Role.MINISTRY)
    domain.link_user(person=person, user=user, actor=None)
    assert list(Person.objects.visible_to(user)) == [person]
    assert stranger not in Person.objects.visible_to(user)


def test_person_with_terms_stays():
    term = make_term()
    with pytest.raises(StillUsedError) as caught:
        remove_if_unused(row=term.person, actor=None)
    assert "Amtszeit" in str(caught.value)


def test_export_holds_everything_and_what_upper_rooms_add(monkeypatch):
    person = make_person("Sorgsam", "Ada", email="ada@example.org")
    agree(person)
    domain.add_alias(person=person, name="Ada Sorgsahm", actor=None)
    make_term(make_post(title="Leitung"), person, evidence="Brief")

    def panel(subject):
        return f'{{"id": {subject.pk}}}'

    others = slots._panels["network.person.export"]
    monkeypatch.setitem(slots._panels, "network.person.export", [*others, (1000, panel)])
    data = json.loads(json.dumps(export_person(person=person), cls=DjangoJSONEncoder))
    assert data["person"]["email"] == "ada@example.org"
    assert data["other_spellings"] == ["Ada Sorgsahm"]
    assert [consent["kind"] for consent in data["consents"]] == ["PUBLIC_NAME"]
    assert [(t["post"], t["from"], t["source"]) for t in data["terms"]] == [
        ("Leitung", "2020-01-01", "Brief")
    ]
    assert data["other"] == [f'{{"id": {person.pk}}}']
    assert data["history"] != []
