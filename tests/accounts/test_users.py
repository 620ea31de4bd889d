"""The pages for users and roles, and one's own account."""

from datetime import date

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import User
from tests.factories.network import make_alliance, make_organisation, make_user
from tests.network.views.reading import csv_of, rows_of, text_of, xlsx_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def office(as_user):
    return as_user(
        _named("Office Amt", make_user(Role.STATE_COORDINATION, email="amt@example.org"))
    )


def _named(name, user):
    User.objects.filter(pk=user.pk).update(display_name=name)
    user.refresh_from_db()
    return user


class TestList:
    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_rows(self, office, django_assert_num_queries, number):
        for _row in range(number - 1):
            make_user(Role.CHAMBER, make_organisation())
        with django_assert_num_queries(4):
            page = office.get("/konto/benutzer/")
        assert len(rows_of(page)) == number

    def test_a_row_names_every_role_once(self, office):
        user = _named(
            "Ada Sorgsam", make_user(Role.CHAMBER, make_organisation(), "ada@example.org")
        )
        for role in (Role.CHAMBER, Role.MEMBER):
            user.assignments.create(
                role=role, scope_kind="ORGANISATION", scope_id=make_organisation().pk
            )
        User.objects.filter(pk=user.pk).update(last_login="2026-11-22T23:30:00Z")
        assert rows_of(office.get("/konto/benutzer/?q=ada")) == [
            ["Ada Sorgsam", "ada@example.org", "Kammer, Unternehmen oder Mitgliedsorganisation",
             "23.11.2026", "Aktiv"]
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("sorgsam", ["Ada Sorgsam"]),
            ("SORG ada", ["Ada Sorgsam"]),
            ("ada@example", ["Ada Sorgsam"]),
            ("%", []),
            ("niemand", []),
        ],
    )
    def test_search_by_name_and_address(self, office, typed, expected):
        _named("Ada Sorgsam", make_user(email="ada@example.org"))
        page = office.get("/konto/benutzer/", {"q": typed})
        assert [row[0] for row in rows_of(page)] == expected

    def test_filter_by_current_role_and_state(self, office):
        _named("Mina", make_user(Role.MINISTRY))
        former = _named("Fritz", make_user(Role.MINISTRY))
        former.assignments.update(valid_to=date(2026, 11, 22))
        _named("Zora", make_user(Role.MINISTRY, email="zu@example.org"))
        User.objects.filter(display_name="Zora").update(is_active=False)
        found = {
            query: [row[0] for row in rows_of(office.get(f"/konto/benutzer/?{query}"))]
            for query in ("role=MINISTRY", "state=closed", "role=MINISTRY&state=all")
        }
        assert found == {
            "role=MINISTRY": ["Mina"],
            "state=closed": ["Zora"],
            "role=MINISTRY&state=all": ["Mina", "Zora"],
        }

    @pytest.mark.parametrize(
        ("sort", "expected"), [("name", ["Ada", "Office Amt"]), ("-name", ["Office Amt", "Ada"])]
    )
    def test_sorting(self, office, sort, expected):
        _named("Ada", make_user())
        page = office.get(f"/konto/benutzer/?sort={sort}")
        assert [row[0] for row in rows_of(page)] == expected

    def test_exports_hold_the_same_rows(self, office):
        _named("Änne Öhler", make_user())
        as_csv = csv_of(office.get("/konto/benutzer/?format=csv"))
        assert as_csv == xlsx_of(office.get("/konto/benutzer/?format=xlsx"))
        assert sorted(row[0] for row in as_csv) == ["Name", "Office Amt", "Änne Öhler"]

    @pytest.mark.parametrize(
        "role", [role for role in Role if role not in {"STATE_COORDINATION", "ADMINISTRATOR"}]
    )
    def test_it_is_for_keepers(self, as_user, role):
        user = make_user()
        scope = None if role == Role.MINISTRY else 7
        kind = {Role.MINISTRY: "STATE", Role.DISTRICT_PLANNER: "DISTRICT", Role.ALLIANCE_COORDINATOR: "ALLIANCE"}  # fmt: skip
        user.assignments.create(
            role=role, scope_kind=kind.get(role, "ORGANISATION"), scope_id=scope
        )
        assert as_user(user).get("/konto/benutzer/").status_code == 403


class TestDetail:
    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_roles(self, office, django_assert_num_queries, number):
        user = make_user()
        for _row in range(number):
            user.assignments.create(
                role=Role.MEMBER, scope_kind="ORGANISATION", scope_id=make_organisation().pk
            )
        with django_assert_num_queries(10):
            office.get(f"/konto/benutzer/{user.public_id}/")

    def test_a_role_is_given_and_ended(self, office):
        user, alliance = make_user(), make_alliance("Bündnis Musterort")
        path = f"/konto/benutzer/{user.public_id}/"
        page = office.post(
            path, {"role": "ALLIANCE_COORDINATOR", "alliance": alliance.public_id}, follow=True
        )
        assert "Koordination eines Bündnisses · Bündnis Musterort ab 23.11.2026" in text_of(page)
        held = user.assignments.get()
        held.valid_from = date(2020, 1, 1)
        held.save()
        page = office.post(f"{path}rollen/{held.pk}/beenden/", follow=True)
        assert "ab 01.01.2020 bis 22.11.2026" in text_of(page)
        again = office.post(f"{path}rollen/{held.pk}/beenden/")
        assert (again.status_code, "Diese Rolle ist schon beendet." in text_of(again)) == (
            409,
            True,
        )

    def test_a_role_that_is_held_is_told(self, office):
        user = make_user(Role.MINISTRY)
        page = office.post(f"/konto/benutzer/{user.public_id}/", {"role": "MINISTRY"})
        assert page.status_code == 422
        assert "Diese Rolle gibt es für diesen Bereich schon." in text_of(page)

    def test_a_role_without_its_scope_is_told(self, office):
        page = office.post(f"/konto/benutzer/{make_user().public_id}/", {"role": "CHAMBER"})
        assert page.status_code == 422
        assert "Bitte wählen Sie, wofür diese Rolle gilt." in text_of(page)

    def test_anothers_role_is_not_ended_by_a_wrong_address(self, office):
        user, other = make_user(Role.MINISTRY), make_user()
        held = user.assignments.get()
        page = office.post(f"/konto/benutzer/{other.public_id}/rollen/{held.pk}/beenden/")
        assert page.status_code == 404
        held.refresh_from_db()
        assert held.valid_to is None

    def test_closing_and_opening_by_button(self, office):
        user = make_user(Role.MINISTRY)
        path = f"/konto/benutzer/{user.public_id}/"
        page = office.post(f"{path}schliessen/", follow=True)
        assert "Dieses Konto ist geschlossen." in text_of(page)
        page = office.post(f"{path}oeffnen/", follow=True)
        assert "Dieses Konto ist geschlossen." not in text_of(page)
        user.refresh_from_db()
        assert user.is_active

    def test_the_last_administrator_is_told(self, office):
        user = make_user(Role.ADMINISTRATOR)
        page = office.post(f"/konto/benutzer/{user.public_id}/schliessen/")
        assert page.status_code == 409
        assert "Bitte bestimmen Sie zuerst eine andere." in text_of(page)

    def test_unknown_users_are_not_there(self, office):
        assert office.get("/konto/benutzer/gibtsnicht/").status_code == 404


class TestProfile:
    def test_it_shows_roles_with_their_scopes(self, as_user):
        user = make_user(Role.ALLIANCE_COORDINATOR, make_alliance("Bündnis Musterort"))
        text = text_of(as_user(user).get("/konto/"))
        assert "Koordination eines Bündnisses · Bündnis Musterort" in text

    def test_without_a_role_it_says_so(self, as_user):
        assert "Sie haben zurzeit keine Rolle" in text_of(as_user(make_user()).get("/konto/"))

    def test_the_name_can_be_changed(self, as_user):
        user = make_user()
        assert as_user(user).post("/konto/", {"display_name": "Neu"})["Location"] == "/konto/"
        user.refresh_from_db()
        assert user.display_name == "Neu"

    def test_an_empty_name_comes_back(self, as_user):
        assert as_user(make_user()).post("/konto/", {"display_name": " "}).status_code == 422
