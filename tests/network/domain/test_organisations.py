"""Organisations: from a day to a day, with names under which they are found."""

from datetime import date

import pytest

from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.network.domain import organisations as domain
from buendnisnetz.network.domain.aliases import AliasKnownError
from buendnisnetz.network.domain.removal import StillUsedError, is_unused, remove_if_unused
from buendnisnetz.network.domain.saving import AlreadyEndedError, NotEndedError, RuleBrokenError
from buendnisnetz.network.enums import OrganisationKind, Sector
from buendnisnetz.network.models import Organisation, OrganisationAlias
from tests.factories.network import make_membership, make_organisation, make_post, make_user
from tests.factories.territories import make_district, make_municipality

pytestmark = pytest.mark.django_db


def _row(organisation: Organisation) -> dict[str, object]:
    row = Organisation.objects.values().get(pk=organisation.pk)
    return {**row, "version": None, "search_vector": None}


@pytest.mark.parametrize(
    ("kind", "side"),
    [
        (OrganisationKind.COMPANY, Sector.BUSINESS),
        (OrganisationKind.MUNICIPALITY, Sector.ADMINISTRATION),
        (OrganisationKind.CHILDCARE, Sector.SOCIAL),
    ],
)
def test_create_chooses_the_usual_side(kind, side):
    assert make_organisation(kind=kind).sector == side


def test_create_keeps_what_was_said():
    place = make_municipality(make_district())
    made = make_organisation(
        "Musterwerk GmbH", kind=OrganisationKind.COMPANY, sector=Sector.SOCIAL, territory=place,
        size_class="SMALL", wz_section="C", city="Musterdorf",
    )  # fmt: skip
    found = Organisation.objects.get()
    assert found == made
    assert (found.name, found.sector, found.territory, found.size_class, found.wz_section) == (
        "Musterwerk GmbH", Sector.SOCIAL, place, "SMALL", "C",
    )  # fmt: skip


def test_create_names_actor_and_act():
    user = make_user()
    made = domain.create_organisation(name="Musterbund", kind="UNION", actor=user)
    event = made.events.get()
    assert event.pgh_context.metadata == {"user": user.pk, "action": "network.organisation.created"}


def test_edit_changes_and_counts():
    made = make_organisation("Alt")
    row = domain.edit_organisation(
        organisation=made, version=1, actor=None, name="Neu", city="Musterstadt"
    )
    assert (row.name, row.city, row.version) == ("Neu", "Musterstadt", 2)


def test_edit_lets_posts_follow_the_name():
    made = make_organisation("Alt")
    post = make_post(made)
    domain.edit_organisation(organisation=made, version=1, actor=None, name="Neu")
    post.refresh_from_db()
    assert (post.scope_name, post.scope_sort_key, post.search_key) == (
        "Neu",
        "neu",
        "koordination neu",
    )


def test_edit_conflict_shows_both_and_writes_nothing():
    made = make_organisation("Alt", city="Musterstadt")
    domain.edit_organisation(organisation=made, version=1, actor=None, name="Neu")
    with pytest.raises(EditConflictError) as caught:
        domain.edit_organisation(
            organisation=made, version=1, actor=None, name="Anders", city="Musterstadt"
        )
    (difference,) = caught.value.differences
    assert (difference.label, difference.stored, difference.typed) == ("Name", "Neu", "Anders")
    assert caught.value.version == 2
    assert Organisation.objects.get().name == "Neu"


def test_edit_with_the_same_words_is_no_conflict():
    made = make_organisation("Alt")
    domain.edit_organisation(organisation=made, version=1, actor=None, name="Neu")
    row = domain.edit_organisation(organisation=made, version=1, actor=None, name="Neu")
    assert row.name == "Neu"


def test_end_names_day_and_successor():
    old, new = make_organisation(), make_organisation()
    row = domain.end_organisation(
        organisation=old, last_day=date(2018, 12, 31), successor=new, actor=None
    )
    assert (row.valid_to, row.successor) == (date(2018, 12, 31), new)
    assert list(Organisation.objects.as_of(date(2018, 12, 31)).order_by("pk")) == [old, new]
    assert list(Organisation.objects.as_of(date(2019, 1, 1))) == [new]


def test_end_and_reopen_is_identity():
    made, new = make_organisation(), make_organisation()
    before = _row(made)
    domain.end_organisation(
        organisation=made, last_day=date(2018, 12, 31), successor=new, actor=None
    )
    domain.reopen_organisation(organisation=made, actor=None)
    assert _row(made) == before


def test_end_twice_is_refused():
    made = make_organisation(valid_from=date(2000, 1, 1))
    domain.end_organisation(
        organisation=made, last_day=date(2018, 12, 31), successor=None, actor=None
    )
    with pytest.raises(AlreadyEndedError):
        domain.end_organisation(
            organisation=made, last_day=date(2019, 12, 31), successor=None, actor=None
        )


def test_end_before_the_beginning_is_refused():
    made = make_organisation(valid_from=date(2000, 1, 1))
    with pytest.raises(RuleBrokenError):
        domain.end_organisation(
            organisation=made, last_day=date(1999, 12, 31), successor=None, actor=None
        )


def test_nobody_follows_itself():
    made = make_organisation()
    with pytest.raises(domain.OwnSuccessorError):
        domain.end_organisation(
            organisation=made, last_day=date(2018, 12, 31), successor=made, actor=None
        )


def test_reopen_needs_an_end():
    with pytest.raises(NotEndedError):
        domain.reopen_organisation(organisation=make_organisation(), actor=None)


def test_alias_makes_findable_and_goes_again():
    made = make_organisation("Koordinierungsstelle Musterland")
    domain.add_alias(organisation=made, name=" Leitstelle  Zukunft ", actor=None)
    assert OrganisationAlias.objects.get().name == "Leitstelle Zukunft"
    assert list(Organisation.objects.search("leitstelle")) == [made]
    domain.remove_alias(organisation=made, name="Leitstelle Zukunft", actor=None)
    assert not OrganisationAlias.objects.exists()
    assert list(Organisation.objects.search("leitstelle")) == []


def test_alias_known_already_is_refused():
    made = make_organisation("Musterbund")
    domain.add_alias(organisation=made, name="Bund der Muster", actor=None)
    for name in ("Musterbund", "bund der muster"):
        with pytest.raises(AliasKnownError):
            domain.add_alias(organisation=made, name=name, actor=None)


def test_remove_goes_while_nothing_refers_to_it():
    made = make_organisation()
    domain.add_alias(organisation=made, name="Nebenname", actor=None)
    assert is_unused(made)
    remove_if_unused(row=made, actor=None)
    assert not Organisation.objects.exists()


def test_remove_names_what_uses_it():
    made = make_organisation()
    make_post(made)
    make_membership(organisation=made)
    with pytest.raises(StillUsedError) as caught:
        remove_if_unused(row=made, actor=None)
    assert str(caught.value) == (
        "Löschen geht nicht, weil es hier noch gebraucht wird: Mitgliedschaft, Stelle. "
        "Bitte stattdessen beenden."
    )
    assert not is_unused(made)


@pytest.mark.parametrize("typed", ["Buendnis", "bündnisse", "bundnis"])
def test_search_finds_umlauts_however_typed(typed):
    made = make_organisation("Bündnis Musterland")
    make_organisation("Verein Anderswo")
    assert list(Organisation.objects.search(typed)) == [made]


@pytest.mark.parametrize("typed", ["kinder", "Betreuung", "Kinderbetreung", "kinderbetreuungen"])
def test_search_finds_parts_and_typing_errors(typed):
    made = make_organisation("Kinderbetreuung Musterstadt")
    make_organisation("Handwerk Anderswo")
    assert list(Organisation.objects.search(typed)) == [made]
