"""Building the demonstration's data, room by room."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from buendnisnetz.accounts.domain.assignments import assign_role
from buendnisnetz.accounts.domain.invitations import invite
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import User
from buendnisnetz.api.domain.publishing import publish
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.models import Installation
from buendnisnetz.core.statistics import refresh_statistics
from buendnisnetz.network.enums import ConsentKind, PostKind
from buendnisnetz.network.models import Alliance, Consent, Membership, Organisation, Person, Term
from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.load import load
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory
from buendnisnetz.web.demo.alliances import AllianceBuilder
from buendnisnetz.web.demo.attachments import seed_attachments
from buendnisnetz.web.demo.chance import Chance
from buendnisnetz.web.demo.documents import seed_documents
from buendnisnetz.web.demo.editions import seed_editions
from buendnisnetz.web.demo.exchange import ExchangeBuilder
from buendnisnetz.web.demo.insight import InsightBuilder
from buendnisnetz.web.demo.meetings import MeetingBuilder
from buendnisnetz.web.demo.organisations import OrganisationBuilder
from buendnisnetz.web.demo.partnering import ProspectBuilder
from buendnisnetz.web.demo.posts import PostBuilder
from buendnisnetz.web.demo.preparing import seed_preparing
from buendnisnetz.web.demo.sizes import DEMO, Sizes
from buendnisnetz.web.demo.succession import seed_succession
from buendnisnetz.web.demo.upkeep import seed_upkeep
from buendnisnetz.web.demo.world import World

SEED = 2017
PASSWORD = "demo"  # noqa: S105 -- public on purpose, and only in a demonstration


def seed() -> None:
    """Fill an empty demonstration. Deterministic: the same day gives the same data."""
    today = Installation.objects.get().made_at.date()
    with transaction.atomic():
        load(dataset.read("thueringen"))
        world = build_world(DEMO, today)
        users = seed_accounts(world)
    seed_work(users, today)


def seed_work(users: dict[str, User], today: date) -> None:
    """What people did with the world since, through the same functions that pages call."""
    seed_documents(users["koordination"], today)
    seed_editions(users, today)
    seed_attachments(users, today)
    seed_preparing(users, today)
    seed_succession(users, today)
    seed_upkeep(users, today)
    seed_invitation(users["koordination"], today)
    publish(now=timezone.make_aware(datetime.combine(today, time.min)))


def build_world(sizes: Sizes, today: date) -> World:
    """An invented world of the given size on top of the loaded territories."""
    with recorded(actor=None, action="audit.load"):
        world = World(sizes, Chance(SEED), today)
        for builder in (
            OrganisationBuilder,
            AllianceBuilder,
            PostBuilder,
            MeetingBuilder,
            ProspectBuilder,
            ExchangeBuilder,
            InsightBuilder,
        ):
            builder(world).build()
            refresh_statistics()
    return world


def seed_invitation(user: User, today: date) -> None:
    """An invitation that nobody has answered yet."""
    invite(
        email="neu@demo.example",
        display_name="Nele Spannenkrebs",
        role=Role.ALLIANCE_COORDINATOR,
        scope_id=Alliance.objects.order_by("pk").values_list("pk", flat=True)[1],
        site="http://localhost",
        actor=user,
        now=timezone.make_aware(datetime.combine(today, time(8))),
    )


def seed_accounts(world: World) -> dict[str, User]:
    """The sign-ins listed on the sign-in page, each with a person and a scope that has work in it."""
    alliance = world.alliances[0]
    chamber = Organisation.objects.filter(kind="CHAMBER").order_by("pk")[0]
    member = _company_of(alliance)
    district = Territory.objects.as_of(world.today).get(level=Level.DISTRICT, ags="16063")
    users = {}
    for name, shown, role, scope in (
        ("koordination", "Katrin Ostermann", Role.STATE_COORDINATION, None),
        ("buendnis", "Benno Tautenhan", Role.ALLIANCE_COORDINATOR, alliance.pk),
        ("planung", "Paula Rehestedt", Role.DISTRICT_PLANNER, district.pk),
        ("ministerium", "Merle Auerswald", Role.MINISTRY, None),
        ("kammer", "Konrad Liebetrau", Role.CHAMBER, chamber.pk),
        ("unternehmen", "Ute Heerwagen", Role.MEMBER, member.pk),
        ("verwaltung", "Volker Quaas", Role.ADMINISTRATOR, None),
    ):
        user = User.objects.create_user(
            f"{name}@demo.example", PASSWORD, display_name=shown, public_id=world.chance.public_id()
        )
        assign_role(user=user, role=role, scope_id=scope, actor=None, today=world.today)
        users[name] = user
    _give_posts(world, users, alliance, chamber, member, district)
    return users


def _company_of(alliance: Alliance) -> Organisation:
    links = Membership.objects.filter(
        alliance=alliance, valid_to=None, organisation__kind="COMPANY"
    )
    found = links.order_by("pk").values_list("organisation", flat=True).first()
    companies = Organisation.objects.filter(kind="COMPANY").order_by("pk")
    chosen: Organisation = companies.filter(pk=found).first() or companies[0]
    return chosen


def _give_posts(
    world: World,
    users: dict[str, User],
    alliance: Alliance,
    chamber: Organisation,
    member: Organisation,
    district: Territory,
) -> None:
    """Each sign-in takes over the contact post of its scope, as the successor of whoever held it."""
    office = world.organisations[0]
    scopes: dict[str, dict[str, Any]] = {
        "koordination": {"organisation": office},
        "buendnis": {"alliance": alliance, "kind": PostKind.COORDINATOR},
        "planung": {"territory": district},
        "ministerium": {"organisation": world.organisations[1]},
        "kammer": {"organisation": chamber},
        "unternehmen": {"organisation": member},
    }
    for name, scope in scopes.items():
        given, _blank, family = users[name].display_name.partition(" ")
        person = Person.objects.create(
            public_id=world.chance.public_id(),
            given_name=given,
            family_name=family,
            user=users[name],
        )
        post = next(
            post
            for post in world.posts
            if all(getattr(post, key) == value for key, value in scope.items())
        )
        for term in Term.objects.filter(post=post, valid_to=None):
            term.valid_to = max(world.today.replace(day=1), term.valid_from or world.today)
            term.save()
        last = (
            Term.objects.filter(post=post)
            .order_by("-valid_to")
            .values_list("valid_to", flat=True)
            .first()
        )
        start = date.fromordinal(last.toordinal() + 1) if last else world.today
        Term.objects.create(
            public_id=world.chance.public_id(),
            post=post,
            person=person,
            valid_from=start,
            exclusive=not post.is_shared,
        )
    # Among them somebody whom an alliance names as its contact.
    for person in [*world.people[:5], users["buendnis"].person]:
        Consent.objects.create(
            person=person,
            kind=ConsentKind.PUBLIC_NAME,
            text="Mein Name darf auf öffentlichen Seiten stehen.",
            given_on=date(2024, 1, 15),
            evidence="Formular beim Erstgespräch",
        )
