"""Who may open what: every address, every role, anonymous and strangers."""

import pytest
from django.urls import URLPattern

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.gate import gate_of
from buendnisnetz.network.urls import urlpatterns
from tests.factories.network import make_alliance, make_post, make_user

ROUTES = {pattern.name: pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)}
KEEPERS = {Role.STATE_COORDINATION, Role.ADMINISTRATOR}
COORDINATION = KEEPERS | {Role.ALLIANCE_COORDINATOR}
HOUSE = KEEPERS | {Role.CHAMBER}
EVERYBODY = set(Role)

PUBLIC = {
    "alliance_list", "alliance_detail", "organisation_list", "organisation_detail",
    "organisation_card", "post_list", "post_detail", "post_card", "group_list", "group_detail",
    "contact_answer",
}  # fmt: skip
# What each role may open in the world of these tests, where the post is the alliance's.
ALLOWED: dict[str, set[Role]] = {
    **dict.fromkeys(
        ["choices", "person_list", "person_detail", "person_history", "person_card",
         "alliance_history", "organisation_history", "post_history", "group_history",
         "term_list", "vacancy_list", "slot_list", "tenure", "handover_list"],
        EVERYBODY,
    ),
    **dict.fromkeys(
        ["alliance_create", "alliance_remove", "organisation_remove", "person_edit",
         "person_alias_add", "person_alias_remove", "person_consent_give",
         "person_consent_withdraw", "person_link", "person_erase", "person_export",
         "person_remove", "handover_role"],
        KEEPERS,
    ),
    **dict.fromkeys(
        ["alliance_edit", "alliance_status_change", "alliance_status_confirm",
         "alliance_status_undo", "alliance_territory_add", "alliance_member_add",
         "territory_link_end", "territory_link_reopen", "membership_edit", "membership_end",
         "membership_reopen", "membership_remove", "organisation_create", "person_create",
         "post_create", "post_edit", "post_end", "post_reopen", "post_confirm", "post_remove",
         "post_term_begin", "term_end", "term_edit", "term_reopen", "term_remove",
         "group_create", "group_edit", "group_end", "group_reopen", "group_remove",
         "group_member_add", "group_member_end", "group_member_reopen", "post_charge_begin",
         "charge_end", "charge_reopen", "charge_remove", "handover_start", "handover_edit",
         "handover_choose", "handover_finish", "handover_undo", "handover_return",
         "handover_cancel", "handover_reopen"],
        COORDINATION,
    ),
    # Visible to whoever may change the post; for others it is not there.
    **dict.fromkeys(["handover_detail", "handover_file", "handover_paper", "handover_notes"], COORDINATION),
    # Of those who only see it, it is noted that it means nothing.
    "handover_seen": COORDINATION,
    **dict.fromkeys(
        ["organisation_end", "organisation_reopen", "organisation_alias_add",
         "organisation_alias_remove"],
        HOUSE,
    ),
    "organisation_edit": HOUSE | {Role.MEMBER},
}  # fmt: skip
STATUS = {200, 302, 404, 405, 409, 422}


def test_every_address_is_in_the_table():
    assert set(ROUTES) == PUBLIC | set(ALLOWED)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_view_declares_its_gate(name):
    gate = gate_of(ROUTES[name].callback)
    assert gate is not None
    assert gate.public is (name in PUBLIC)
    if not gate.public:
        assert set(gate.roles) >= ALLOWED[name]


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_anonymous(world, client, name):
    response = client.get(world.address(name))
    if name in PUBLIC:
        assert response.status_code == (410 if name == "contact_answer" else 200)
    else:
        assert response.status_code == 302
        assert response["Location"].startswith("/konto/anmelden/")


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_signed_in_without_role_is_like_the_public(world, client, name):
    client.force_login(make_user(), backend="buendnisnetz.accounts.backends.SignInBackend")
    assert client.get(world.address(name)).status_code == 403


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_roles(world, signed_in, name):
    """GET for pages, POST for buttons; a form that is empty answers 422, a rule's no 409."""
    gate = gate_of(ROUTES[name].callback)
    # What hangs on a post is not there for whoever may not see the post.
    no = {403, 404} if name.startswith(("handover_", "charge_")) else {403}
    # Those who may come last: they may delete what the others were asked about.
    for role in sorted(Role, key=lambda role: role in ALLOWED[name]):
        client = signed_in(role)
        address = world.address(name)
        response = client.get(address) if "GET" in gate.methods else client.post(address)
        if role in ALLOWED[name]:
            assert response.status_code in STATUS, (role, response.status_code)
        else:
            assert response.status_code in no, (role, response.status_code)
        if "GET" in gate.methods and role in ALLOWED[name]:
            assert response.status_code == 200, role


_BELOW_ROWS = sorted(
    name
    for name, pattern in ROUTES.items()
    if {"public_id", "slug"} & set(pattern.pattern.converters)
)


@pytest.mark.parametrize("name", _BELOW_ROWS)
def test_unknown_row_is_404(world, keeper, name):
    address = world.address(name)
    known = next(
        part for part in address.replace(".vcf", "/").split("/")
        if part in {
            world.alliance.slug, world.alliance.public_id, world.organisation.public_id, world.person.public_id,
            world.post.public_id, world.term.public_id, world.group.public_id,
            world.membership.public_id, world.group_member.public_id,
            world.alliance.territory_links.get().public_id, world.charge.public_id,
            world.handover.public_id,
        }
    )  # fmt: skip
    gate = gate_of(ROUTES[name].callback)
    call = keeper.get if "GET" in gate.methods else keeper.post
    assert call(address.replace(known, "unbekannt")).status_code == 404


@pytest.mark.parametrize(
    "name", ["alliance_detail", "organisation_detail", "group_detail", "post_detail"]
)
def test_hidden_rows_are_404_for_the_public_only(world, client, keeper, name):
    world.alliance.is_public = world.organisation.is_public = False
    world.alliance.save()
    world.organisation.save()
    assert client.get(world.address(name)).status_code == 404
    assert keeper.get(world.address(name)).status_code == 200


def test_unknown_kinds_are_404(keeper, world):
    assert keeper.get("/netz/auswahl/tiere/").status_code == 404
    assert keeper.get(f"/netz/stellen/neu/tier/{world.alliance.public_id}/").status_code == 404
    address = f"/netz/personen/{world.person.public_id}/einwilligung/TIER/widerrufen/"
    assert keeper.get(address).status_code == 404


def test_buttons_do_not_answer_get(world, keeper):
    for name, pattern in ROUTES.items():
        if gate_of(pattern.callback).methods == ("POST",):
            assert keeper.get(world.address(name)).status_code == 405, name


class TestOwnScope:
    """Visible but somebody else's: 403, and nothing changes."""

    def test_coordinator_of_another_alliance(self, world, client):
        user = make_user(Role.ALLIANCE_COORDINATOR, make_alliance())
        client.force_login(user, backend="buendnisnetz.accounts.backends.SignInBackend")
        for name in ("alliance_edit", "membership_end", "group_edit", "post_edit", "post_create"):
            assert client.get(world.address(name)).status_code == 403, name

    def test_member_gets_the_address_only(self, signed_in, world):
        page = signed_in(Role.MEMBER).get(world.address("organisation_edit"))
        text = page.content.decode()
        assert 'name="city"' in text
        assert 'name="kind"' not in text

    def test_planner_edits_posts_of_the_district(self, signed_in, world):
        planner = signed_in(Role.DISTRICT_PLANNER)
        post = make_post(world.district, "Sozialplanung")
        assert planner.get(f"/netz/stellen/{post.public_id}/bearbeiten/").status_code == 200
        address = f"/netz/stellen/neu/gebiet/{world.district.public_id}/"
        assert planner.get(address).status_code == 200

    def test_chamber_edits_its_posts(self, signed_in, world):
        post = make_post(world.organisation, "Leitung")
        chamber = signed_in(Role.CHAMBER)
        assert chamber.get(f"/netz/stellen/{post.public_id}/bearbeiten/").status_code == 200
        assert (
            signed_in(Role.MEMBER).get(f"/netz/stellen/{post.public_id}/bearbeiten/").status_code
            == 403
        )
