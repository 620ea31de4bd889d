"""Forms: what changes, what comes back with what was typed, what a rule says."""

from datetime import date
from typing import Any

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.domain import alliances, organisations, people, posts, terms
from buendnisnetz.network.models import (
    Alliance,
    AllianceStatusPeriod,
    Consent,
    GroupMembership,
    Membership,
    Organisation,
    Person,
    Post,
    Term,
    WorkingGroup,
)
from tests.factories.network import (
    TODAY,
    agree,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.territories import make_district
from tests.network.views.reading import hidden, text_of


def _post(client: Any, address: str, follow: bool = False, **data: Any) -> Any:
    return client.post(address, data, follow=follow)


def _organisation_data(row: Organisation, **changes: Any) -> dict[str, Any]:
    kept = {
        name: getattr(row, name)
        for name in ("name", "kind", "sector", "city", "email", "short_name", "note")
    }
    return {**kept, "version": row.version, "is_public": "on", **changes}


class TestOrganisationForms:
    def test_create(self, world, keeper):
        response = _post(
            keeper, "/netz/organisationen/neu/", name="Musterwerk GmbH", kind="COMPANY",
            website="musterwerk.example", territory=f"Musterkreis ({world.district.ags})",
            valid_from="1.5.2001", is_public="on",
        )  # fmt: skip
        made = Organisation.objects.get(name="Musterwerk GmbH")
        assert response["Location"] == f"/netz/organisationen/{made.public_id}/"
        assert (made.sector, made.website, made.territory, made.valid_from) == (
            "BUSINESS", "https://musterwerk.example", world.district, date(2001, 5, 1),
        )  # fmt: skip

    def test_create_comes_back_with_what_was_typed(self, world, keeper):
        response = _post(
            keeper, "/netz/organisationen/neu/", name="", kind="COMPANY", city="Irgendwo",
            valid_from="gestern", territory="Nirgendwo",
        )  # fmt: skip
        text = response.content.decode()
        assert response.status_code == 422
        assert 'value="Irgendwo"' in text
        assert 'value="gestern"' in text
        assert "Bitte einen Tag angeben, zum Beispiel 24.08.2017." in text
        assert "„Nirgendwo“ gibt es nicht." in text
        assert "data-focus" in text
        assert not Organisation.objects.filter(city="Irgendwo").exists()

    def test_edit_shows_what_is_stored_and_changes_it(self, world, keeper):
        organisation, address = world.organisation, world.address("organisation_edit")
        page = keeper.get(address)
        assert hidden(page, "version") == "1"
        assert f'value="Musterkreis ({world.district.ags}) [' in page.content.decode()
        _post(keeper, address, **_organisation_data(organisation, city="Neustadt"))
        organisation.refresh_from_db()
        assert (organisation.city, organisation.sector, organisation.version) == (
            "Neustadt", "BUSINESS", 2,
        )  # fmt: skip

    def test_conflict_shows_both_and_the_next_click_saves(self, world, keeper):
        organisation, address = world.organisation, world.address("organisation_edit")
        organisations.edit_organisation(
            organisation=organisation, version=1, actor=None, city="Altstadt"
        )
        typed = _organisation_data(organisation, city="Neustadt", note="Mein langer Text")
        response = _post(keeper, address, **typed)
        text = text_of(response)
        assert response.status_code == 409
        assert "Jemand anders war schneller" in text
        assert "Ort Altstadt Neustadt" in text
        assert "Mein langer Text" in response.content.decode()
        assert Organisation.objects.get(pk=organisation.pk).city == "Altstadt"
        assert hidden(response, "version") == "2"
        _post(keeper, address, **{**typed, "version": hidden(response, "version")})
        organisation.refresh_from_db()
        assert (organisation.city, organisation.note) == ("Neustadt", "Mein langer Text")

    def test_member_changes_the_address_and_nothing_else(self, world, signed_in):
        _post(
            signed_in(Role.MEMBER), world.address("organisation_edit"), version=1,
            city="Neustadt", name="Gekapert", kind="COMPANY",
        )  # fmt: skip
        world.organisation.refresh_from_db()
        assert (world.organisation.city, world.organisation.name, world.organisation.kind) == (
            "Neustadt", "Musterkammer", "CHAMBER",
        )  # fmt: skip

    def test_end_with_successor_and_reopen(self, world, keeper):
        new = make_organisation("Nachfolge")
        _post(
            keeper, world.address("organisation_end"), last_day="2020-12-31",
            successor=new.public_id,
        )  # fmt: skip
        world.organisation.refresh_from_db()
        assert (world.organisation.valid_to, world.organisation.successor) == (
            date(2020, 12, 31),
            new,
        )
        _post(keeper, world.address("organisation_reopen"))
        world.organisation.refresh_from_db()
        assert (world.organisation.valid_to, world.organisation.successor) == (None, None)

    def test_a_rule_says_no_above_the_form(self, world, keeper):
        response = _post(
            keeper, world.address("organisation_end"), last_day="2020-12-31",
            successor=world.organisation.public_id,
        )  # fmt: skip
        assert response.status_code == 422
        assert "kann sich nicht selbst nachfolgen" in text_of(response)

    def test_did_you_mean(self, world, keeper):
        for number in (1, 2):
            make_organisation("Musterverein", city=f"Ort {number}")
        response = _post(
            keeper, world.address("organisation_end"), last_day="2020-12-31",
            successor="Musterverein",
        )  # fmt: skip
        text = text_of(response)
        assert "„Musterverein“ ist nicht eindeutig. Meinten Sie: Musterverein (Ort" in text
        assert response.content.decode().count('<option value="Musterverein (Ort') == 2

    def test_aliases(self, world, keeper):
        _post(keeper, world.address("organisation_alias_add"), name="MK")
        assert list(world.organisation.aliases.values_list("name", flat=True)) == ["MK"]
        again = _post(keeper, world.address("organisation_alias_add"), name="mk")
        assert "„mk“ ist schon bekannt." in text_of(again)
        _post(keeper, world.address("organisation_alias_remove"), name="MK")
        assert not world.organisation.aliases.exists()

    def test_remove_only_while_unused(self, world, keeper):
        refused = _post(keeper, world.address("organisation_remove"))
        assert refused.status_code == 409
        assert "Löschen geht nicht" in text_of(refused)
        fresh = make_organisation()
        response = _post(keeper, f"/netz/organisationen/{fresh.public_id}/loeschen/")
        assert response["Location"] == "/netz/organisationen/"
        assert not Organisation.objects.filter(pk=fresh.pk).exists()


class TestPersonForms:
    def test_create_and_edit(self, world, keeper):
        _post(keeper, "/netz/personen/neu/", given_name="Nora", family_name="Neu")
        person = Person.objects.get(family_name="Neu")
        address = f"/netz/personen/{person.public_id}/bearbeiten/"
        _post(keeper, address, version=1, given_name="Nora", family_name="Neumann")
        person.refresh_from_db()
        assert str(person) == "Nora Neumann"

    def test_coordinator_may_add_a_person(self, world, signed_in):
        coordinator = signed_in(Role.ALLIANCE_COORDINATOR)
        response = _post(coordinator, "/netz/personen/neu/", given_name="Nora", family_name="Neu")
        assert response["Location"] == "/netz/buendnisse/"
        person = Person.objects.get(family_name="Neu")
        _post(
            coordinator, world.address("post_term_begin"), person="Nora Neu",
            valid_from="2026-11-22", end_present="on",
        )  # fmt: skip
        assert person.terms.get().post == world.post

    def test_coordinator_does_not_find_strangers(self, world, signed_in):
        make_term(make_post(), make_person("Fremd", "Fritz"))
        response = _post(
            signed_in(Role.ALLIANCE_COORDINATOR), world.address("post_term_begin"),
            person="Fritz Fremd", valid_from="2026-11-22",
        )  # fmt: skip
        assert "„Fritz Fremd“ gibt es nicht." in text_of(response)

    def test_consent_given_and_withdrawn(self, world, keeper):
        _post(
            keeper, world.address("person_consent_give"), kind="PUBLIC_NAME", on="2026-01-02",
            text="Mein Name darf stehen.", evidence="Formular",
        )  # fmt: skip
        assert Consent.objects.get().given_on == date(2026, 1, 2)
        _post(keeper, world.address("person_consent_withdraw"), on="2026-03-01")
        assert Consent.objects.get().withdrawn_on == date(2026, 3, 1)
        again = _post(keeper, world.address("person_consent_withdraw"), on="2026-03-01")
        assert "Eine solche Einwilligung liegt nicht vor." in text_of(again)

    def test_link_and_unlink_an_account(self, world, keeper):
        user = make_user(email="nora@example.org")
        _post(keeper, world.address("person_link"), user="nora@example.org")
        world.person.refresh_from_db()
        assert world.person.user == user
        assert "(nora@example.org) [" in keeper.get(world.address("person_link")).content.decode()
        _post(keeper, world.address("person_link"), user="")
        world.person.refresh_from_db()
        assert world.person.user is None

    def test_erase_asks_for_the_name(self, world, keeper):
        address = world.address("person_erase")
        assert "Das lässt sich nicht rückgängig machen." in text_of(keeper.get(address))
        refused = _post(keeper, address, family_name="Anders")
        assert "Es wurde nichts entfernt." in text_of(refused)
        assert Person.objects.get(pk=world.person.pk).erased_at is None
        _post(keeper, address, family_name="sorgsam")
        assert str(Person.objects.get(pk=world.person.pk)) == "Name entfernt"

    def test_aliases_and_remove(self, world, keeper):
        fresh = make_person("Frisch")
        base = f"/netz/personen/{fresh.public_id}"
        _post(keeper, f"{base}/schreibweisen/neu/", name="Frysch")
        assert fresh.aliases.get().name == "Frysch"
        _post(keeper, f"{base}/schreibweisen/loeschen/", name="Frysch")
        assert not fresh.aliases.exists()
        _post(keeper, f"{base}/loeschen/")
        assert not Person.objects.filter(pk=fresh.pk).exists()


class TestPostForms:
    def _data(self, **changes: Any) -> dict[str, Any]:
        return {"title": "Leitung", "kind": "HEAD", **changes}

    @pytest.mark.parametrize(
        ("scope", "field"),
        [
            ("organisation", "organisation"),
            ("buendnis", "alliance"),
            ("arbeitsgruppe", "group"),
            ("gebiet", "district"),
        ],
    )
    def test_create_for_every_scope(self, world, keeper, scope, field):
        owner = getattr(world, field)
        response = _post(keeper, f"/netz/stellen/neu/{scope}/{owner.public_id}/", **self._data())
        made = Post.objects.get(title="Leitung")
        assert response["Location"] == f"/netz/stellen/{made.public_id}/"
        assert made.scope_name == owner.name

    def test_staff_posts_are_for_several(self, world, keeper):
        _post(keeper, world.address("post_create"), **self._data(kind="STAFF"))
        assert Post.objects.get(title="Leitung").is_shared is True

    def test_edit_with_deputy(self, world, keeper):
        deputy = make_post(world.alliance, "Vertretung")
        _post(
            keeper, world.address("post_edit"),
            **self._data(version=1, deputy=deputy.public_id, weekly_hours="19,5"),
        )  # fmt: skip
        world.post.refresh_from_db()
        assert (world.post.title, world.post.deputy, float(world.post.weekly_hours)) == (
            "Leitung", deputy, 19.5,
        )  # fmt: skip

    def test_end_needs_a_vacant_post(self, world, keeper):
        refused = _post(keeper, world.address("post_end"), last_day="2026-11-01")
        assert "Ada Sorgsam hat diese Stelle noch." in text_of(refused)
        terms.end_term(term=world.term, last_day=date(2026, 10, 31), actor=None)
        _post(keeper, world.address("post_end"), last_day="2026-11-01")
        world.post.refresh_from_db()
        assert world.post.valid_to == date(2026, 11, 1)
        _post(keeper, world.address("post_reopen"))
        world.post.refresh_from_db()
        assert world.post.valid_to is None

    def test_confirm(self, world, keeper):
        _post(keeper, world.address("post_confirm"), on="2026-11-20")
        world.post.refresh_from_db()
        assert world.post.confirmed_on == date(2026, 11, 20)
        refused = _post(keeper, world.address("post_confirm"), on="2027-01-01")
        assert "liegt in der Zukunft" in text_of(refused)

    def test_remove(self, world, keeper):
        fresh = make_post(world.alliance, "Versehen")
        _post(keeper, f"/netz/stellen/{fresh.public_id}/loeschen/")
        assert not Post.objects.filter(pk=fresh.pk).exists()
        assert _post(keeper, world.address("post_remove")).status_code == 409


class TestTermForms:
    def test_begin_names_the_present_holder(self, world, keeper):
        new = make_person("Neu", "Nora")
        address = world.address("post_term_begin")
        assert "Jetzt besetzt mit Ada Sorgsam." in text_of(keeper.get(address))
        refused = _post(keeper, address, person=new.public_id, valid_from="2026-12-01")
        assert "Ada Sorgsam hat diese Stelle" in text_of(refused)
        assert Term.objects.count() == 1

    def test_begin_ends_the_present_term(self, world, keeper):
        new = make_person("Neu", "Nora")
        _post(
            keeper, world.address("post_term_begin"), person="Nora Neu", valid_from="2026-12-01",
            end_present="on", evidence="Beschluss",
        )  # fmt: skip
        world.term.refresh_from_db()
        made = Term.objects.get(person=new)
        assert (world.term.valid_to, made.valid_from, made.evidence) == (
            date(2026, 11, 30), date(2026, 12, 1), "Beschluss",
        )  # fmt: skip

    def test_successor_needs_a_first_day(self, world, keeper):
        make_person("Neu", "Nora")
        response = _post(
            keeper, world.address("post_term_begin"), person="Nora Neu", end_present="on"
        )
        assert "Bitte den Tag angeben, an dem die Nachfolge beginnt." in text_of(response)

    def test_vacant_post_does_not_offer_to_end(self, world, keeper):
        terms.end_term(term=world.term, last_day=date(2026, 10, 31), actor=None)
        assert "end_present" not in keeper.get(world.address("post_term_begin")).content.decode()

    def test_end_correct_reopen_take_back(self, world, keeper):
        _post(keeper, world.address("term_end"), last_day="2026-11-20")
        world.term.refresh_from_db()
        assert world.term.valid_to == date(2026, 11, 20)
        _post(keeper, world.address("term_reopen"))
        world.term.refresh_from_db()
        _post(
            keeper, world.address("term_edit"), version=world.term.version,
            valid_from="2019-01-01", is_acting="on", evidence="Brief",
        )  # fmt: skip
        world.term.refresh_from_db()
        assert (world.term.valid_from, world.term.valid_to, world.term.is_acting) == (
            date(2019, 1, 1), None, True,
        )  # fmt: skip
        _post(keeper, world.address("term_remove"))
        assert not Term.objects.exists()

    def test_stale_correction_shows_both(self, world, keeper):
        terms.correct_term(
            term=world.term, version=1, valid_from=date(2019, 1, 1), valid_to=None,
            is_acting=False, first_seen=False, evidence="", actor=None,
        )  # fmt: skip
        response = _post(keeper, world.address("term_edit"), version=1, valid_from="2018-01-01")
        assert response.status_code == 409
        assert "01.01.2019 01.01.2018" in text_of(response)

    def test_refused_reopening_is_said_on_the_page(self, world, keeper):
        terms.succeed(
            term=world.term, person=make_person("Neu", "Nora"), first_day=date(2025, 1, 1),
            actor=None,
        )  # fmt: skip
        response = _post(keeper, world.address("term_reopen"), follow=True)
        assert "Nora Neu hat diese Stelle" in response.content.decode()


class TestAllianceForms:
    def _new(self, **changes: Any) -> dict[str, Any]:
        return {
            "name": "Bündnis Neustadt", "status": "ACTIVE", "since": "2026-01-01",
            "evidence": "Gründungstreffen", "territory": "Musterkreis", "is_public": "on", **changes,
        }  # fmt: skip

    def test_create(self, world, keeper):
        response = _post(
            keeper,
            "/netz/buendnisse/neu/",
            **self._new(fields_of_action="Pflege\n\n Pflege \nKita"),
        )
        made = Alliance.objects.get(slug="buendnis-neustadt")
        assert response["Location"] == "/netz/buendnisse/buendnis-neustadt/"
        assert (made.fields_of_action, list(made.territories.all())) == (
            ["Pflege", "Kita"], [world.district],
        )  # fmt: skip
        assert made.status_periods.get().evidence == "Gründungstreffen"

    def test_create_in_the_future_is_refused(self, world, keeper):
        response = _post(keeper, "/netz/buendnisse/neu/", **self._new(since="2027-01-01"))
        assert "liegt in der Zukunft" in text_of(response)
        assert not Alliance.objects.filter(slug="buendnis-neustadt").exists()

    def test_edit(self, world, signed_in):
        _post(
            signed_in(Role.ALLIANCE_COORDINATOR), world.address("alliance_edit"), version=1,
            name="Bündnis Musterstadt", carrier="Musterkammer", description="Neu",
            fields_of_action="x" * 10, is_public="on",
        )  # fmt: skip
        world.alliance.refresh_from_db()
        assert (world.alliance.carrier, world.alliance.description, world.alliance.version) == (
            world.organisation, "Neu", 2,
        )  # fmt: skip

    def test_field_of_action_too_long(self, world, keeper):
        response = _post(
            keeper, world.address("alliance_edit"), version=1, name="X", fields_of_action="x" * 121
        )
        assert "Bitte jede Zeile unter 120 Zeichen halten." in text_of(response)

    def test_status_offers_only_what_follows(self, world, keeper):
        page = keeper.get(world.address("alliance_status_change")).content.decode()
        assert 'value="RESTING"' in page
        assert 'value="FOUNDING"' not in page

    def test_status_changed_confirmed_and_taken_back(self, world, keeper):
        _post(
            keeper, world.address("alliance_status_change"), status="RESTING", since="2026-02-01",
            evidence="Brief",
        )  # fmt: skip
        period = AllianceStatusPeriod.objects.get(valid_to=None)
        assert (period.status, period.confirmed_on) == ("RESTING", TODAY)
        _post(keeper, world.address("alliance_status_confirm"), on="2026-11-01", evidence="Anruf")
        period.refresh_from_db()
        assert (period.confirmed_on, period.evidence) == (date(2026, 11, 1), "Anruf")
        _post(keeper, world.address("alliance_status_undo"))
        assert world.alliance.status_periods.get().status == "ACTIVE"

    def test_undo_of_the_first_state_is_refused(self, world, keeper):
        response = _post(keeper, world.address("alliance_status_undo"), follow=True)
        assert "Das ist der erste Stand des Bündnisses" in response.content.decode()

    def test_territories(self, world, keeper):
        second = make_district(name="Zweitkreis")
        _post(keeper, world.address("alliance_territory_add"), territory="Zweitkreis")
        link = world.alliance.territory_links.get(territory=second)
        _post(keeper, f"/netz/gebiete/{link.public_id}/beenden/", last_day="2026-11-01")
        link.refresh_from_db()
        assert link.valid_to == date(2026, 11, 1)
        _post(keeper, f"/netz/gebiete/{link.public_id}/oeffnen/")
        link.refresh_from_db()
        assert link.valid_to is None

    def test_last_territory_stays(self, world, keeper):
        response = _post(keeper, world.address("territory_link_end"), last_day="2026-11-01")
        assert "Jedes Bündnis arbeitet irgendwo." in text_of(response)

    def test_remove(self, world, keeper):
        fresh = alliances.create_alliance(
            name="Versehen", territories=[world.district], status="ACTIVE", evidence="x",
            since=TODAY, actor=None, today=TODAY,
        )  # fmt: skip
        _post(keeper, f"/netz/buendnisse/{fresh.slug}/loeschen/")
        assert not Alliance.objects.filter(pk=fresh.pk).exists()
        assert _post(keeper, world.address("alliance_remove")).status_code == 409


class TestMemberForms:
    def test_add_edit_end_reopen_take_back(self, world, signed_in):
        client = signed_in(Role.ALLIANCE_COORDINATOR)
        body = make_organisation("Neues Mitglied")
        _post(
            client, world.address("alliance_member_add"), organisation="Neues Mitglied",
            since="2026-01-01", contributions=["ROOMS", "MONEY"],
        )  # fmt: skip
        row = Membership.objects.get(organisation=body)
        assert row.contributions == ["ROOMS", "MONEY"]
        base = f"/netz/mitgliedschaften/{row.public_id}"
        _post(client, f"{base}/bearbeiten/", version=1, contributions=["STAFF"], note="neu")
        row.refresh_from_db()
        assert (row.contributions, row.note, row.valid_from) == (["STAFF"], "neu", None)
        _post(client, f"{base}/beenden/", last_day="2026-11-01", reason="keine Zeit")
        row.refresh_from_db()
        assert (row.valid_to, row.end_reason) == (date(2026, 11, 1), "keine Zeit")
        _post(client, f"{base}/oeffnen/")
        row.refresh_from_db()
        assert (row.valid_to, row.end_reason) == (None, "")
        _post(client, f"{base}/loeschen/")
        assert not Membership.objects.filter(pk=row.pk).exists()

    def test_member_twice(self, world, keeper):
        response = _post(
            keeper, world.address("alliance_member_add"), organisation="Musterkammer",
            since="2026-01-01",
        )  # fmt: skip
        assert "Musterkammer ist in dieser Zeit schon Mitglied." in text_of(response)

    def test_stale_contributions_come_back_ticked(self, world, keeper):
        address = world.address("membership_edit")
        _post(keeper, address, version=1, contributions=["MONEY"])
        response = _post(keeper, address, version=1, contributions=["ROOMS", "STAFF"])
        page = response.content.decode()
        assert "Geld Räume, Arbeitszeit" in text_of(response)
        ticked = [line for line in page.split("<input") if "checked" in line]
        assert len(ticked) == 2


class TestGroupForms:
    def test_create_for_alliance_and_state(self, world, keeper, signed_in):
        address = f"/netz/arbeitsgruppen/neu/?buendnis={world.alliance.slug}"
        assert "Bündnis Musterstadt [" in keeper.get(address).content.decode()
        coordinator = signed_in(Role.ALLIANCE_COORDINATOR)
        _post(coordinator, "/netz/arbeitsgruppen/neu/", name="Kita", alliance="Bündnis Musterstadt")
        assert WorkingGroup.objects.get(name="Kita").alliance == world.alliance
        refused = _post(coordinator, "/netz/arbeitsgruppen/neu/", name="Land")
        assert refused.status_code == 403
        _post(keeper, "/netz/arbeitsgruppen/neu/", name="Land")
        assert WorkingGroup.objects.get(name="Land").alliance is None

    def test_edit_end_reopen(self, world, keeper):
        _post(keeper, world.address("group_edit"), version=1, name="Pflege", topic="Pflege")
        _post(keeper, world.address("group_end"), last_day="2026-11-01", results="Leitfaden")
        world.group.refresh_from_db()
        assert (world.group.name, world.group.valid_to, world.group.results) == (
            "Pflege", date(2026, 11, 1), "Leitfaden",
        )  # fmt: skip
        _post(keeper, world.address("group_reopen"))
        world.group.refresh_from_db()
        assert world.group.valid_to is None

    def test_members(self, world, keeper):
        make_organisation("Neues Mitglied")
        _post(keeper, world.address("group_member_add"), organisation="Neues Mitglied")
        assert world.group.memberships.count() == 2
        _post(keeper, world.address("group_member_end"), last_day="2026-11-01")
        world.group_member.refresh_from_db()
        assert world.group_member.valid_to == date(2026, 11, 1)
        _post(keeper, world.address("group_member_reopen"))
        assert not GroupMembership.objects.exclude(valid_to=None).exists()

    def test_remove_takes_its_members_along(self, world, keeper):
        _post(keeper, world.address("group_remove"))
        assert not WorkingGroup.objects.exists()


def test_saved_is_said(world, keeper):
    response = _post(keeper, world.address("post_confirm"), follow=True, on="2026-11-20")
    assert "Gespeichert." in response.content.decode()


def test_forms_of_the_public_are_closed(world, client):
    before = Organisation.objects.values().get(pk=world.organisation.pk)
    response = _post(client, world.address("organisation_edit"), name="Gekapert", version=1)
    assert response["Location"].startswith("/konto/anmelden/")
    assert Organisation.objects.values().get(pk=world.organisation.pk) == before


def test_scope_names_for_roles(world):
    from buendnisnetz.accounts import scopes  # noqa: PLC0415 -- registered by this room's panels
    from buendnisnetz.accounts.enums import ScopeKind  # noqa: PLC0415

    for kind, row in (
        (ScopeKind.DISTRICT, world.district),
        (ScopeKind.ALLIANCE, world.alliance),
        (ScopeKind.ORGANISATION, world.organisation),
    ):
        field = scopes.fields(world.users[Role.ADMINISTRATOR])[kind]
        assert field.clean(row.public_id) == row
        assert field.clean("") is None
    asked = [("ALLIANCE", world.alliance.pk), ("DISTRICT", world.district.pk)]
    assert scopes.names(asked) == dict(
        zip(asked, ["Bündnis Musterstadt", "Musterkreis"], strict=True)
    )


def test_own_data_holds_the_person(world, client, django_assert_max_num_queries):
    user = world.users[Role.MINISTRY]
    people.link_user(person=world.person, user=user, actor=None)
    agree(world.person)
    client.force_login(user, backend="buendnisnetz.accounts.backends.SignInBackend")
    with django_assert_max_num_queries(12):
        text = client.get("/konto/daten/").content.decode()
    assert "Sorgsam" in text
    assert "PUBLIC_NAME" in text


def test_examples_exist_for_every_address(world):
    from buendnisnetz.core.examples import arguments_for  # noqa: PLC0415
    from buendnisnetz.network.urls import urlpatterns  # noqa: PLC0415

    assert world.charge.post == world.handover.term.post
    for pattern in urlpatterns:
        if pattern.pattern.converters:
            found = arguments_for(f"network:{pattern.name}")
            assert found is not None, pattern.name
            assert set(found) == set(pattern.pattern.converters), pattern.name


def test_posts_of_a_territory_can_be_ended(world, signed_in):
    post = make_post(world.district, "Sozialplanung")
    planner = signed_in(Role.DISTRICT_PLANNER)
    _post(planner, f"/netz/stellen/{post.public_id}/beenden/", last_day="2026-11-01")
    assert Post.objects.get(pk=post.pk).valid_to == date(2026, 11, 1)
    posts.reopen_post(post=post, actor=None)
